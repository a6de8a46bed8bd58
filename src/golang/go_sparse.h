/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_SPARSE_H
#define HS_GOLANG_GO_SPARSE_H

#include "golang/go_tar.h"

/*
 * The maps of sparse files as Go's archive/tar reads them: GNU's old format
 * (typeflag 'S', in the header and in blocks behind it) and those of pax, 0.0,
 * 0.1 and 1.0. `e` has its header and, for pax, its data; the map that stands
 * before these is taken off them. Sets header.size, `sparse` and the extents;
 * an entry that is not sparse stays as it is.
 */

/* `rest` begins behind the header block and is left behind the last block of the map. False where
 * Go gives an error. */
bool hs_go_sparse_gnu(struct hs_go_entry *e, struct hs_arena *a, struct hs_span block,
                      struct hs_span *rest);
bool hs_go_sparse_pax(struct hs_go_entry *e, struct hs_arena *a);

/* The bytes of all extents: what there should be of data. */
uint64_t hs_go_sparse_stored(const struct hs_go_entry *e);

#endif
