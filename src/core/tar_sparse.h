/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_TAR_SPARSE_H
#define HS_CORE_TAR_SPARSE_H

#include "core/blob.h"
#include "core/run.h"
#include "core/tar_reader.h"

/* A stretch of data in a sparse file; between them are holes. */
struct hs_tar_extent {
	uint64_t offset, len;
};

/*
 * The extents of a sparse member in the order in which they are stored,
 * whatever the format of the map. Nothing is copied; the map may be longer
 * than memory would like.
 */
struct hs_tar_extents {
	const struct hs_tar_member *member;
	struct hs_span rest; /* of the map */
	struct hs_span data; /* of all extents, one after the other */
	uint64_t n_left;     /* of a map that counts them */
	unsigned in_header;  /* fields of the header's own map that are left */
};

/* `m` needs its data. HS_EFORMAT for a map that does not begin well. */
int hs_tar_extents_init(struct hs_tar_extents *out, const struct hs_tar_member *m,
                        struct hs_err *err);

/* 1 with the next, 0 at the end, or HS_EFORMAT. */
int hs_tar_extents_next(struct hs_tar_extent *out, struct hs_tar_extents *x, struct hs_err *err);

/*
 * The content with its holes filled, in the spool. HS_ELIMIT for more than
 * --max-size and --max-ratio allow; HS_EFORMAT for a map that does not fit the
 * file, with *out what stands before that place (or NULL).
 */
int hs_tar_expand_sparse(struct hs_blob **out, const struct hs_tar_member *m, struct hs_run *run,
                         struct hs_err *err);

#endif
