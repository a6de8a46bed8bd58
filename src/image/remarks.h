/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_REMARKS_H
#define HS_IMAGE_REMARKS_H

#include "core/arena.h"

/*
 * Sentences about one thing that become its note: the first few in full, the
 * rest counted, so that a manifest that lies about a thousand layers still
 * has a note that can be read. All zero is empty.
 */
struct hs_remarks {
	const char *text; /* joined by "; ", or NULL */
	unsigned n;
	bool damaged; /* one of them is damage */
};

/* Adds a sentence; texts from inputs are to be escaped first. */
void hs_remarks_add(struct hs_remarks *r, struct hs_arena *a, bool damage, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Adds all that `from` says. */
void hs_remarks_join(struct hs_remarks *r, struct hs_arena *a, const struct hs_remarks *from);

/* The note, with the count of what it leaves out; NULL for none. */
const char *hs_remarks_text(const struct hs_remarks *r, struct hs_arena *a);

#endif
