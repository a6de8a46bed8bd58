/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Members that say the same at other addresses. One instruction more moves
 * all that stands behind it, and with it the bytes of each reference to it:
 * thousands of members differ, and one thing happened.
 */
#include "engine/engine.h"

#include <inttypes.h>
#include <stdlib.h>

/* Shifts that are told apart in the note. */
enum { TOLD = 3 };

struct shift {
	int64_t by;
	size_t n;
};

static int
by_distance(const void *x, const void *y)
{
	const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

/* Most frequent first. */
static int
by_count(const void *x, const void *y)
{
	const struct shift *a = x, *b = y;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return (a->by > b->by) - (a->by < b->by);
}

/* How often each distance occurs, in `out`, which has room for one of each; returns how many. */
static size_t
count(struct shift *out, int64_t *by, size_t n)
{
	size_t kinds = 0;

	qsort(by, n, sizeof(*by), by_distance);
	for (size_t i = 0; i < n; i++) {
		if (kinds == 0 || out[kinds - 1].by != by[i])
			out[kinds++] = (struct shift){ .by = by[i] };
		out[kinds - 1].n++;
	}
	qsort(out, kinds, sizeof(*out), by_count);
	return kinds;
}

/* "by 0x40", "by 0x40 (12), -0x8 (3) and 2 other distances"; empty where nothing moved itself. */
static const char *
distances(struct hs_arena *a, const struct shift *s, size_t kinds, bool decimal)
{
	const char *text = "";

	if (kinds == 1 && s[0].by == 0)
		return ": what they refer to moved";
	for (size_t i = 0; i < kinds && i < TOLD; i++) {
		const bool down = s[i].by < 0;
		const uint64_t far = down ? -(uint64_t)s[i].by : (uint64_t)s[i].by;

		text = hs_arena_printf(a, decimal ? "%s%s%s%" PRIu64 : "%s%s%s0x%" PRIx64, text,
		                       i ? ", " : ", shifted by ", down ? "-" : "", far);
		if (kinds > 1)
			text = hs_arena_printf(a, "%s (%zu)", text, s[i].n);
	}
	if (kinds > TOLD)
		text = hs_arena_printf(a, "%s and %zu other distances", text, kinds - TOLD);
	return text;
}

void
hs_take_shifted(struct hs_node *parent, struct hs_worker *w, struct hs_node **nodes, size_t n,
                const char *places)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	struct shift *shifts;
	int64_t *by;
	size_t n_shifted = 0;

	for (size_t i = 0; i < n; i++)
		n_shifted += nodes[i] && nodes[i]->is_shifted;
	if (n_shifted == 0)
		return;
	by = hs_arena_array(&w->scratch, n_shifted, sizeof(*by));
	shifts = hs_arena_array(&w->scratch, n_shifted, sizeof(*shifts));
	for (size_t i = 0, k = 0; i < n; i++) {
		if (!nodes[i] || !nodes[i]->is_shifted)
			continue;
		by[k++] = nodes[i]->shift;
		nodes[i] = NULL;
	}
	parent->n_shifted += n_shifted;
	hs_node_note(parent, &w->keep,
	             (struct hs_note){
			     .code = "shifted",
			     .text = hs_arena_printf(
				     &w->keep, "%zu %s the same at other %s%s", n_shifted,
				     n_shifted == 1 ? "member says" : "members say",
				     places ? places : "addresses",
				     distances(&w->scratch, shifts, count(shifts, by, n_shifted),
	                                       places != NULL)),
		     });
	hs_arena_rewind(&w->scratch, mark);
}
