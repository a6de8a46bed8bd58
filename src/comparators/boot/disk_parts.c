/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/boot/disk_parts.h"

#include "core/arena.h"

#include <inttypes.h>
#include <stdlib.h>

enum { BOOT_CODE = 512 };

void
hs_disk_tell(struct hs_disk_parts *p, struct hs_span bytes)
{
	if (p->n_told == p->room) {
		p->room = p->room ? 2 * p->room : 16;
		p->told = hs_realloc(p->told, p->room, sizeof(*p->told));
	}
	p->told[p->n_told++] = bytes;
}

int
hs_disk_add(struct hs_disk_parts *p, const struct hs_partition *one, struct hs_err *err)
{
	struct hs_arena *a = &p->tree->arena;
	const struct hs_span name = hs_arena_span(a, "partition %u", one->number);
	struct hs_entry *e;

	if (hs_tree_add(&e, p->tree, name, err) < 0)
		return err->code;
	e->kind = HS_KIND_FILE;
	e->head = one->head;
	e->bytes = hs_span_head(hs_span_from(p->file, one->at), one->size);
	e->size = e->bytes.len;
	if (e->bytes.len < one->size) {
		e->note = hs_arena_printf(a, "%zu of %" PRIu64 " bytes are in the image",
		                          e->bytes.len, one->size);
		e->damaged = true;
	}
	if (e->bytes.len)
		hs_disk_tell(p, e->bytes);
	return 0;
}

static int
by_place(const void *x, const void *y)
{
	const struct hs_span *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->len > b->len) - (a->len < b->len);
}

int
hs_disk_add_gaps(struct hs_disk_parts *p, struct hs_err *err)
{
	uint64_t end = 0;
	int rc = 0;

	if (p->n_told > 1)
		qsort(p->told, p->n_told, sizeof(*p->told), by_place);
	for (size_t i = 0; rc == 0 && i <= p->n_told; i++) {
		const uint64_t at =
			i < p->n_told ? (uint64_t)(p->told[i].at - p->file.at) : p->file.len;
		const struct hs_span gap =
			hs_span_head(hs_span_from(p->file, end), at > end ? at - end : 0);
		const char *label = at <= BOOT_CODE  ? "boot sector"
		                    : i == p->n_told ? "behind the partitions"
		                                     : "between the partitions";

		if (gap.len && !hs_span_is_zero(gap))
			rc = hs_tree_add_gap(p->tree, label, gap, err);
		if (i < p->n_told && at + p->told[i].len > end)
			end = at + p->told[i].len;
	}
	free(p->told);
	p->told = NULL;
	return rc;
}
