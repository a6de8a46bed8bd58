/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TAR_WRITER_H
#define HS_COMPARATORS_TAR_WRITER_H

#include "core/facts.h"
#include "core/tar_reader.h"

/*
 * Which program writes such headers. Each leaves traces that say nothing of
 * the files: how numbers end, what stands in the device fields of plain files,
 * what extension headers are called. All zero is: nothing seen yet.
 */
struct hs_tar_traces {
	uint32_t seen;       /* bits of tar_writer.c */
	uint64_t n, n_typed; /* entries; those with the file's type in the mode field */
	bool named;          /* an owner has a name */
	bool unfilled;       /* the last entry lacks padding */
};

/* Takes down the traces of one member with its extension headers. */
void hs_tar_trace(struct hs_tar_traces *t, const struct hs_tar_member *m);

/* And of the end, once hs_tar_next() gave 0. */
void hs_tar_trace_end(struct hs_tar_traces *t, const struct hs_tar_reader *r);

/* Says "written by": the programs whose traces these can be, or "unknown". */
void hs_tar_say_writer(struct hs_facts *out, const struct hs_tar_traces *t);

#endif
