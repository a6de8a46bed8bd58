/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_SORT_H
#define HS_GOLANG_GO_SORT_H

#include "core/span.h"

/* An entry to be sorted by its name. */
struct hs_go_named {
	struct hs_span name;
	uint64_t at; /* of its first header in the file */
};

/*
 * Sorts by name as Go's slices.SortFunc() does. That is not stable: where a
 * name comes twice the order of the two is the algorithm's, which is the same
 * in each version since Go 1.19 and for each run.
 */
void hs_go_sort(struct hs_go_named *at, size_t n);

#endif
