/* SPDX-License-Identifier: Apache-2.0 */
#include "expanded.h"

#include "core/escape.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdlib.h>

#include <cmocka.h>

void
expanded_init(struct expanded *o, const struct hs_comparator *by, struct hs_span file,
              const struct hs_limits *limits)
{
	const struct hs_limits usual = HS_LIMITS_DEFAULT;
	void *exact = malloc(file.len);

	*o = (struct expanded){ .by = by };
	if (file.len)
		memcpy(exact, file.at, file.len);
	o->blob = hs_blob_of_heap(exact, file.len);
	o->file = o->blob->bytes;
	hs_run_init(&o->run, limits ? limits : &usual, 1, NULL);
	hs_tree_init(&o->tree, &o->run, hs_pool_main(o->run.pool), o->blob);
	o->rc = by->expand(&o->tree, o->file, &o->err);
	hs_tree_finish(&o->tree);
}

void
expanded_release(struct expanded *o)
{
	hs_tree_release(&o->tree);
	hs_run_release(&o->run);
	hs_arena_release(&o->arena);
	hs_blob_unref(o->blob);
}

const struct hs_entry *
expanded_entry(struct expanded *o, const char *key)
{
	const struct hs_entry *e = hs_tree_find(&o->tree, hs_span_of(key), 0);

	if (!e)
		fail_msg("no entry \"%s\" among\n%s", key, expanded_keys(o));
	return e;
}

const char *
expanded_entry_text(struct expanded *o, const struct hs_entry *e)
{
	struct hs_facts facts = { .arena = &o->arena };

	hs_tree_describe(&facts, &o->tree, e);
	return hs_facts_text(&facts);
}

const char *
expanded_text(struct expanded *o)
{
	struct hs_facts facts = { .arena = &o->arena };
	struct hs_err err;

	if (o->by->describe)
		(void)o->by->describe(&facts, o->file, &err);
	return hs_facts_text(&facts);
}

static const char *
escaped(struct expanded *o, struct hs_span s)
{
	return (const char *)hs_arena_copy(&o->arena, hs_escape(&o->arena, s)).at;
}

const char *
expanded_fact(struct expanded *o, const struct hs_entry *e, const char *field)
{
	struct hs_facts facts = { .arena = &o->arena };
	const struct hs_fact *fact;

	hs_tree_describe(&facts, &o->tree, e);
	fact = hs_facts_find(&facts, field);
	return fact ? escaped(o, fact->value) : "";
}

struct hs_span
expanded_content(struct expanded *o, const struct hs_entry *e, int *rc)
{
	struct hs_content content;
	struct hs_span copy;

	*rc = hs_tree_open(&content, &o->tree, e, &o->err);
	copy = hs_arena_copy(&o->arena, content.bytes);
	hs_content_release(&content);
	return copy;
}

const char *
expanded_keys(struct expanded *o)
{
	const char *keys = "";

	for (size_t i = 0; i < o->tree.n_entries; i++)
		keys = hs_arena_printf(&o->arena, "%s%s\n", keys,
		                       escaped(o, o->tree.entries[i].key));
	return keys;
}

void
expanded_exercise(struct expanded *o)
{
	expanded_text(o);
	for (size_t i = 0; i < o->tree.n_entries; i++) {
		int rc;

		expanded_entry_text(o, &o->tree.entries[i]);
		expanded_content(o, &o->tree.entries[i], &rc);
	}
}
