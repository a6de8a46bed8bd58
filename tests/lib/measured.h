/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_MEASURED_H
#define HS_TESTS_MEASURED_H

#include "compared.h"

/*
 * Two enclave images compared, and what their measurements come to as a text:
 *
 *	SENTENCE
 *	PCR0 ~ kernel, cmdline, ramdisk[1], ramdisk[2]*: SENTENCE
 *	CODE PCR0,PCR2 1 ramdisk[2]!etc/motd: SENTENCE
 *	aside metadata: DETAIL
 *	remark TEXT
 *
 * "~" and "*" stand for what differs, "=" for what does not, "<" and ">" behind
 * a section for what only a or b has.
 */
struct measured_eif {
	const char *kernel, *cmdline; /* NULL: "kernel", "reboot=k panic=30" */
	struct hs_span metadata;      /* empty: none */
	struct hs_span ramdisks[3];   /* those that are not empty, in their order */
	unsigned flags;
};
struct hs_span measured_eif(struct hs_arena *a, const struct measured_eif *e);

/*
 * A ramdisk (newc) of words "path[%MODE][@TIME][=content]"; "path/" is a
 * directory. Inode numbers begin with `first` and grow by `step`. In the arena.
 */
struct hs_span measured_ramdisk(struct hs_arena *a, const char *words, unsigned first,
                                unsigned step);

/* The usual enclave image with that as its customer ramdisk. */
struct hs_span measured_customer(struct hs_arena *a, struct hs_span ramdisk);

const char *measured_text(struct hs_arena *a, const struct hs_measurements *m);

/* Compares the two and gives the text; "none" where nothing was measured. In the arena. */
const char *measure_both(struct hs_arena *a, struct hs_span x, struct hs_span y);

/* The same of the usual images with these two customer ramdisks. */
const char *measure_ramdisks(struct hs_arena *a, struct hs_span x, struct hs_span y);

#endif
