/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/ignore_ids.h"

#include <stdlib.h>

/* Takes what stands before the next id, and the id; an empty one at the end. */
static struct hs_span
take_id(struct hs_span *before, struct hs_span *rest)
{
	const struct hs_span whole = *rest;

	for (size_t at = 0; at < whole.len;) {
		size_t n = 0;

		while (at + n < whole.len && hs_is_hex(whole.at[at + n]))
			n++;
		if (n == 64 || n == 128) {
			*before = hs_span_head(whole, at);
			*rest = hs_span_from(whole, at + n);
			return hs_span_head(hs_span_from(whole, at), n);
		}
		at += n + 1;
	}
	*before = whole;
	*rest = (struct hs_span){ NULL, 0 };
	return (struct hs_span){ NULL, 0 };
}

static int
pair_order(const void *x, const void *y)
{
	const struct hs_id_pair *p = x, *q = y;
	const int d = hs_span_order(p->a, q->a);

	return d ? d : hs_span_order(p->b, q->b);
}

/* With no ids, any two will do. */
static bool
walk(const struct hs_ids *ids, struct hs_span a, struct hs_span b)
{
	size_t n = 0;

	for (;;) {
		struct hs_span before_a, before_b;
		const struct hs_id_pair pair = { take_id(&before_a, &a), take_id(&before_b, &b) };

		if (!hs_span_equal(before_a, before_b) || pair.a.len != pair.b.len)
			return false;
		if (pair.a.len == 0)
			return n > 0;
		if (ids && !hs_span_equal(pair.a, pair.b) &&
		    !(ids->n &&
		      bsearch(&pair, ids->pairs, ids->n, sizeof(*ids->pairs), pair_order)))
			return false;
		n++;
	}
}

bool
hs_ids_same_form(struct hs_span a, struct hs_span b)
{
	return walk(NULL, a, b);
}

bool
hs_ids_related(const struct hs_ids *ids, struct hs_span a, struct hs_span b)
{
	return walk(ids, a, b);
}

static void
add(struct hs_ids *out, struct hs_span a, struct hs_span b)
{
	if (a.len == b.len && a.len > 0)
		out->pairs[out->n++] = (struct hs_id_pair){ a, b };
}

/* The first id in each of the two. */
static void
add_first(struct hs_ids *out, struct hs_span a, struct hs_span b)
{
	struct hs_span before;
	const struct hs_span id = take_id(&before, &a);

	add(out, id, take_id(&before, &b));
}

static struct hs_span
hex_of(struct hs_arena *a, const struct hs_sha256 *digest)
{
	char hex[HS_SHA256_HEX];

	return hs_arena_copy(a, hs_span_of(hs_sha256_hex(hex, digest)));
}

static bool
is_name(const char *field)
{
	static const char *const fields[] = { "descriptor digest", "stored digest", "diff_id",
		                              "stored name" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(field, fields[i]) == 0)
			return true;
	return false;
}

static void
add_node(struct hs_ids *out, struct hs_arena *a, const struct hs_node *n)
{
	const struct hs_change *c = n->changes.first;

	if (n->a.has_sha256 && n->b.has_sha256)
		add(out, hex_of(a, &n->a.sha256), hex_of(a, &n->b.sha256));
	if (n->moved_from.len)
		add_first(out, n->moved_from, n->name);
	for (uint32_t i = 0; c && i < n->n_head; c = c->next, i++)
		if (c->has_a && c->has_b && is_name(c->field))
			add_first(out, c->a, c->b);
}

void
hs_ids_collect(struct hs_ids *out, struct hs_arena *a, const struct hs_node *image)
{
	size_t room = 0;

	for (const struct hs_node *n = image->first_child; n; n = n->next)
		room += n->ignored ? 2 + n->n_head : 0;
	*out = (struct hs_ids){ .pairs = hs_arena_array(a, room, sizeof(*out->pairs)) };
	for (const struct hs_node *n = image->first_child; n; n = n->next)
		if (n->ignored)
			add_node(out, a, n);
	if (out->n)
		qsort(out->pairs, out->n, sizeof(*out->pairs), pair_order);
}
