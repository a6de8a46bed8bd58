/* SPDX-License-Identifier: Apache-2.0 */
#include "image/meet.h"

#include "image/reference.h"
#include "image/rekey.h"

#include <stdlib.h>

enum {
	MAX_SENTENCES = 8, /* of a note; the rest is counted */
	MAX_TRIES = 64,    /* numbers behind a prefix that is taken */
};

/* One side: its images, and the partner of each. */
struct images {
	struct hs_tree *tree;
	const struct hs_image_info *list;
	size_t n, left;       /* `left`: without a partner */
	size_t *partner;      /* HS_NOWHERE for none */
	struct hs_span *keys; /* prefixes that they shall have */
};

/* One name that an image goes by under a rule; equal keys are candidates for each other. */
struct item {
	struct hs_span key;
	size_t i; /* which image */
	bool tag; /* the name is a tag alone */
};

struct items {
	struct item *list;
	size_t n;
};

/* Adds the image's names under a rule. */
typedef void name_by(struct items *out, struct hs_arena *a, const struct hs_image_info *info,
                     size_t i);

struct rule {
	name_by *name;
	bool in_order; /* the n-th of a name with the n-th; else only what is alone on both sides */
	bool one_tag;  /* only where a tag alone meets a whole name */
};

static void
add(struct items *out, struct hs_span key, size_t i, bool tag)
{
	out->list[out->n++] = (struct item){ key, i, tag };
}

static struct hs_span
with_platform(struct hs_arena *a, struct hs_span name, const struct hs_image_info *info)
{
	return hs_arena_join(a, hs_arena_join(a, name, HS_SPAN("\n")),
	                     hs_platform_canonical(a, info->platform));
}

static void
by_name_and_platform(struct items *out, struct hs_arena *a, const struct hs_image_info *info,
                     size_t i)
{
	for (size_t k = 0; k < info->n_names; k++)
		add(out, with_platform(a, hs_reference_canonical(a, info->names[k]), info), i,
		    false);
}

static void
by_tag_and_platform(struct items *out, struct hs_arena *a, const struct hs_image_info *info,
                    size_t i)
{
	for (size_t k = 0; k < info->n_names; k++)
		add(out, with_platform(a, hs_reference_tag(info->names[k]), info), i,
		    hs_reference_is_tag(info->names[k]));
}

static void
by_platform(struct items *out, struct hs_arena *a, const struct hs_image_info *info, size_t i)
{
	if (info->platform.len)
		add(out, hs_platform_canonical(a, info->platform), i, false);
}

static void
by_name(struct items *out, struct hs_arena *a, const struct hs_image_info *info, size_t i)
{
	for (size_t k = 0; k < info->n_names; k++)
		add(out, hs_reference_canonical(a, info->names[k]), i, false);
}

static void
by_tag(struct items *out, struct hs_arena *a, const struct hs_image_info *info, size_t i)
{
	(void)a;
	for (size_t k = 0; k < info->n_names; k++)
		add(out, hs_reference_tag(info->names[k]), i, hs_reference_is_tag(info->names[k]));
}

/* Images that nothing else tells apart have a number as prefix. */
static void
by_prefix(struct items *out, struct hs_arena *a, const struct hs_image_info *info, size_t i)
{
	add(out, with_platform(a, info->prefix, info), i, false);
}

static int
item_order(const void *x, const void *y)
{
	const struct item *a = x, *b = y;
	const int d = hs_span_order(a->key, b->key);

	return d ? d : (a->i > b->i) - (a->i < b->i);
}

/* The names of all images of a side that have no partner yet, in order. */
static struct items
items_of(const struct images *side, struct hs_arena *a, name_by *name)
{
	struct items out = { NULL, 0 };
	size_t room = 0;

	for (size_t i = 0; i < side->n; i++)
		room += side->list[i].n_names + 1;
	out.list = hs_arena_array(a, room, sizeof(*out.list));
	for (size_t i = 0; i < side->n; i++)
		if (side->partner[i] == HS_NOWHERE)
			name(&out, a, &side->list[i], i);
	if (out.n)
		qsort(out.list, out.n, sizeof(*out.list), item_order);
	return out;
}

static void
join(struct images *a, size_t i, struct images *b, size_t k)
{
	a->partner[i] = k;
	b->partner[k] = i;
	a->left--;
	b->left--;
}

/* Takes the items of the first name; those whose image has got a partner meanwhile, and the same
 * image once more, are dropped. */
static struct items
take_group(struct items *from, const struct images *side, struct hs_span key)
{
	struct items group = { from->list, 0 };
	size_t end = 0;

	while (end < from->n && hs_span_equal(from->list[end].key, key)) {
		const struct item *x = &from->list[end++];

		if (side->partner[x->i] == HS_NOWHERE &&
		    (group.n == 0 || group.list[group.n - 1].i != x->i))
			group.list[group.n++] = *x;
	}
	from->list += end;
	from->n -= end;
	return group;
}

static void
join_group(struct images *a, struct images *b, const struct rule *rule, const struct items *x,
           const struct items *y)
{
	const size_t n = x->n < y->n ? x->n : y->n;

	if (!rule->in_order && (x->n != 1 || y->n != 1))
		return;
	for (size_t i = 0; i < n; i++)
		if (!rule->one_tag || x->list[i].tag != y->list[i].tag)
			join(a, x->list[i].i, b, y->list[i].i);
}

static void
apply(struct images *a, struct images *b, const struct rule *rule, struct hs_arena *scratch)
{
	const struct hs_arena_mark mark = hs_arena_mark(scratch);
	struct items x, y;

	if (a->left == 0 || b->left == 0)
		return;
	x = items_of(a, scratch, rule->name);
	y = items_of(b, scratch, rule->name);
	while (x.n && y.n) {
		const int d = hs_span_order(x.list->key, y.list->key);
		const struct hs_span key = d <= 0 ? x.list->key : y.list->key;
		const struct items of_a = take_group(&x, a, key), of_b = take_group(&y, b, key);

		if (of_a.n && of_b.n)
			join_group(a, b, rule, &of_a, &of_b);
	}
	hs_arena_rewind(scratch, mark);
}

static size_t
first_left(const struct images *side)
{
	size_t i = 0;

	while (side->partner[i] != HS_NOWHERE)
		i++;
	return i;
}

/* The last of each: the same thing under another name, unless platforms that all others agree on
 * say that it is not. */
static void
join_last(struct images *a, struct images *b)
{
	size_t i, k;

	if (a->left != 1 || b->left != 1)
		return;
	i = first_left(a);
	k = first_left(b);
	if ((a->n == 1 && b->n == 1) || a->list[i].platform.len == 0 ||
	    b->list[k].platform.len == 0 ||
	    hs_platform_likeness(a->list[i].platform, b->list[k].platform) >= HS_FITS_SAME)
		join(a, i, b, k);
}

static void
pair_images(struct images *a, struct images *b)
{
	static const struct rule rules[] = {
		{ .name = by_name_and_platform, .in_order = true },
		{ .name = by_tag_and_platform, .one_tag = true },
		{ .name = by_platform },
		{ .name = by_name },
		{ .name = by_tag, .one_tag = true },
		{ .name = by_prefix, .in_order = true },
	};

	struct hs_arena scratch = { 0 };

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		apply(a, b, &rules[i], &scratch);
	hs_arena_release(&scratch);
	join_last(a, b);
}

/* ---- Prefixes ---- */

static int
span_order(const void *x, const void *y)
{
	return hs_span_order(*(const struct hs_span *)x, *(const struct hs_span *)y);
}

static bool
is_taken(const struct hs_span *taken, size_t n, struct hs_span prefix)
{
	return bsearch(&prefix, taken, n, sizeof(*taken), span_order) != NULL;
}

/* The prefix, with a number where it is one of another image. */
static struct hs_span
free_prefix(struct hs_arena *a, const struct hs_span *taken, size_t n, struct hs_span prefix)
{
	const int len = prefix.len ? (int)prefix.len - 1 : 0;
	struct hs_span out = prefix;

	for (unsigned i = 1; i < MAX_TRIES && is_taken(taken, n, out); i++)
		out = hs_arena_span(a, "%.*s[%u]/", len, (const char *)prefix.at, i);
	return out;
}

/* Gives the images of `side` the prefixes of their partners. */
static void
follow(struct images *side, const struct images *keeper)
{
	struct hs_arena *a = &side->tree->arena;
	const size_t n = side->n + keeper->n;
	struct hs_span *taken = hs_arena_array(a, n, sizeof(*taken));
	bool changed = false;

	for (size_t i = 0; i < keeper->n; i++)
		taken[i] = keeper->list[i].prefix;
	qsort(taken, keeper->n, sizeof(*taken), span_order);
	for (size_t i = 0; i < side->n; i++) {
		const struct hs_span had = side->list[i].prefix;

		side->keys[i] = side->partner[i] == HS_NOWHERE
		                        ? free_prefix(a, taken, keeper->n, had)
		                        : hs_arena_copy(a, keeper->list[side->partner[i]].prefix);
		changed = changed || !hs_span_equal(side->keys[i], had);
	}
	if (changed)
		hs_image_rekey(side->tree, side->keys);
}

/* ---- What is said of it ---- */

/* "busybox:1.36 of a" or "the image of a". */
static const char *
name_of(struct hs_arena *a, struct hs_span prefix, char side)
{
	if (prefix.len == 0)
		return hs_arena_printf(a, "the image of %c", side);
	return hs_arena_printf(a, "%.*s of %c", (int)prefix.len - 1, (const char *)prefix.at, side);
}

static const char *
note_on(const struct images *a, const struct images *b)
{
	struct hs_arena *arena = &a->tree->arena;
	const char *text = NULL;
	size_t said = 0;

	for (size_t i = 0; i < a->n; i++) {
		const size_t k = a->partner[i];

		if (k == HS_NOWHERE || hs_span_equal(a->list[i].prefix, b->list[k].prefix))
			continue;
		if (said++ < MAX_SENTENCES)
			text = hs_arena_printf(arena, "%s%s%s is compared with %s",
			                       text ? text : "", text ? "; " : "",
			                       name_of(arena, a->list[i].prefix, 'a'),
			                       name_of(arena, b->list[k].prefix, 'b'));
	}
	if (said > MAX_SENTENCES)
		text = hs_arena_printf(arena, "%s; and %zu more", text, said - MAX_SENTENCES);
	return text;
}

static struct images
images_of(struct hs_tree *t, struct hs_arena *a)
{
	const struct hs_images images = hs_images_of(t);
	struct images out = {
		.tree = t,
		.list = images.list,
		.n = images.n,
		.left = images.n,
		.partner = hs_arena_array(a, images.n, sizeof(size_t)),
		.keys = hs_arena_array(a, images.n, sizeof(struct hs_span)),
	};

	for (size_t i = 0; i < out.n; i++)
		out.partner[i] = HS_NOWHERE;
	return out;
}

static void
list_pairs(struct hs_image_pairs *out, const struct images *a, const struct images *b)
{
	struct hs_image_pair *list = hs_arena_array(&a->tree->arena, a->n + b->n, sizeof(*list));

	for (size_t i = 0; i < a->n; i++)
		list[out->n++] = (struct hs_image_pair){
			&a->list[i],
			a->partner[i] == HS_NOWHERE ? NULL : &b->list[a->partner[i]],
		};
	for (size_t i = 0; i < b->n; i++)
		if (b->partner[i] == HS_NOWHERE)
			list[out->n++] = (struct hs_image_pair){ NULL, &b->list[i] };
	out->list = list;
}

void
hs_images_meet(struct hs_image_pairs *out, struct hs_tree *a, struct hs_tree *b)
{
	struct images x, y;

	*out = (struct hs_image_pairs){ 0 };
	if (a->ops != &hs_image_ops || b->ops != &hs_image_ops)
		return;
	x = images_of(a, &a->arena);
	y = images_of(b, &a->arena);
	pair_images(&x, &y);
	out->note = note_on(&x, &y);
	if (x.n >= y.n)
		follow(&y, &x);
	else
		follow(&x, &y);
	list_pairs(out, &x, &y);
}
