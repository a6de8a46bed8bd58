/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_CPIO_WALK_H
#define HS_CORE_CPIO_WALK_H

#include "core/cpio.h"

/*
 * A walk through the cpio archives of one file, as Linux reads an initramfs:
 * members up to a trailer, zero bytes, then perhaps another archive or a
 * compressed one.
 *
 *	struct hs_cpio_walk w = { .file = file };
 *	while ((rc = hs_cpio_step(&w, &step, err)) == 0 && step != HS_CPIO_END)
 *		...
 */
enum hs_cpio_step {
	HS_CPIO_MEMBER,  /* w->member */
	HS_CPIO_TRAILER, /* w->member, which ends an archive */
	HS_CPIO_ZEROS,   /* w->bytes, between members (w->inside) or archives */
	HS_CPIO_PART,    /* w->bytes: a compressed archive, and all that follows it */
	HS_CPIO_REST,    /* w->bytes: none of these, up to the end of the file */
	HS_CPIO_END,
};

struct hs_cpio_walk {
	struct hs_span file;
	uint64_t at;      /* behind what the last step gave */
	unsigned archive; /* that the last step was in; 1 is the first */
	bool inside;      /* its trailer is still to come */
	struct hs_cpio_member member;
	struct hs_span bytes;
};

/*
 * One step. HS_EFORMAT, with the offset in the text, ends the walk: w->at is
 * where the damage begins, and w->member what could be read there (see
 * hs_cpio_read()).
 */
int hs_cpio_step(struct hs_cpio_walk *w, enum hs_cpio_step *out, struct hs_err *err);

/* How many zero bytes `s` begins with. */
size_t hs_cpio_zeros(struct hs_span s);

#endif
