/* SPDX-License-Identifier: Apache-2.0 */
#include "image/found.h"

#include "core/escape.h"
#include "image/reference.h"

#include <stdlib.h>

/* hs_escape_short() keeps a quarter of it whole: names of images are 255 bytes at most. */
enum { LONGEST = 1024 };

static int
by_name_and_platform(const void *a, const void *b)
{
	const struct hs_label *x = a, *y = b;
	int d = hs_span_order(x->name, y->name);

	if (d == 0)
		d = hs_span_order(x->platform, y->platform);
	return d ? d : (x->i > y->i) - (x->i < y->i);
}

static int
by_number(const void *a, const void *b)
{
	const struct hs_label *x = a, *y = b;

	return (x->i > y->i) - (x->i < y->i);
}

static void
write_label(struct hs_label *l, struct hs_arena *a, bool names, bool platforms, size_t same)
{
	char name[LONGEST] = "", platform[LONGEST / 2] = "", number[24] = "";

	if (names)
		hs_escape_short(name, sizeof(name), l->name);
	if (platforms)
		hs_escape_short(platform, sizeof(platform), l->platform);
	if (!name[0] && !platform[0])
		snprintf(number, sizeof(number), "image[%zu]", same);
	else if (same)
		snprintf(number, sizeof(number), "[%zu]", same);
	l->text = hs_arena_span(a, "%s%s%s%s/", name, name[0] && platform[0] ? "/" : "", platform,
	                        number);
}

void
hs_labels_make(struct hs_label *labels, size_t n, struct hs_arena *a)
{
	bool names = false, platforms = false;
	size_t same = 0;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		labels[i].name = hs_span_head(hs_reference_familiar(labels[i].name), LONGEST);
		labels[i].platform = hs_span_head(labels[i].platform, LONGEST);
	}
	qsort(labels, n, sizeof(*labels), by_name_and_platform);
	for (size_t i = 1; i < n; i++) {
		if (!hs_span_equal(labels[i].name, labels[i - 1].name))
			names = true;
		else if (!hs_span_equal(labels[i].platform, labels[i - 1].platform))
			platforms = true;
	}
	for (size_t i = 0; i < n; i++) {
		const struct hs_label *before = i ? &labels[i - 1] : NULL;

		if (before && hs_span_equal(labels[i].name, before->name) &&
		    (!platforms || hs_span_equal(labels[i].platform, before->platform)))
			same++;
		else
			same = 0;
		write_label(&labels[i], a, names, platforms, same);
	}
	qsort(labels, n, sizeof(*labels), by_number);
}
