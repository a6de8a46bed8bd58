/* SPDX-License-Identifier: Apache-2.0 */
#include "listed.h"

#include "core/escape.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void
listed_open(struct expanded *o, const struct hs_comparator *by, struct hs_build *b)
{
	expanded_init(o, by, hs_build_span(b), NULL);
	hs_build_release(b);
}

const char *
listed(struct expanded *o)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	const char *kept;

	for (size_t i = 0; i < o->tree.n_entries; i++) {
		const struct hs_entry *e = &o->tree.entries[i];
		struct hs_entry_note note;

		fprintf(out, "%s ", hs_kind_name(e->kind));
		hs_escape_write(out, e->key);
		fprintf(out, " %" PRIu64, e->size);
		if (e->link.len) {
			fputs(" -> ", out);
			hs_escape_write(out, e->link);
		}
		for (size_t k = 0; hs_entry_note_at(&note, e, k); k++)
			fprintf(out, "%s%s", k ? "; " : ": ", note.text);
		fputc('\n', out);
	}
	fclose(out);
	kept = hs_arena_printf(&o->arena, "%s", text);
	free(text);
	return kept;
}

const char *
listed_facts(struct expanded *o, const char *key)
{
	return key ? expanded_entry_text(o, expanded_entry(o, key)) : expanded_text(o);
}

const char *
listed_content(struct expanded *o, const char *key)
{
	struct hs_content content;
	const char *text;

	if (hs_tree_open(&content, &o->tree, expanded_entry(o, key), &o->err) < 0) {
		text = hs_arena_printf(&o->arena, "%s", o->err.text);
	} else {
		const struct hs_span safe = hs_escape(&o->arena, content.bytes);

		text = (const char *)hs_arena_copy(&o->arena, safe).at;
	}
	hs_content_release(&content);
	return text;
}

void
listed_truncations(const struct hs_comparator *by, struct hs_span file, listed_check *check)
{
	for (size_t len = 0; len < file.len; len++) {
		struct expanded o;

		expanded_init(&o, by, hs_span_head(file, len), NULL);
		check(&o, len);
		expanded_exercise(&o);
		expanded_release(&o);
	}
}
