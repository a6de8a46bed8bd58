/* SPDX-License-Identifier: Apache-2.0 */
#include "check_leaf.h"

#include "core/capture.h"
#include "unit.h"

#include <stdlib.h>

/* All that the row says and makes of a copy of just that size. */
struct reading {
	struct hs_arena arena;
	struct hs_err err;
	const char *facts, *text;
	unsigned bid;
	int rc;
};

static void
read_leaf(struct reading *r, const struct hs_comparator *by, struct hs_span file)
{
	const struct hs_span copy = exact_copy(file, file.len);
	struct hs_facts facts = { .arena = &r->arena };

	r->bid = by->bid ? by->bid(copy) : 0;
	r->err.text[0] = 0;
	r->rc = by->describe(&facts, copy, &r->err);
	r->facts = hs_facts_text(&facts);
	r->text = "";
	if (by->render) {
		struct hs_capture c;
		FILE *out = hs_capture_open(&c);
		struct hs_err err;

		by->render(out, copy, &err);
		fclose(out);
		r->text = (const char *)hs_arena_copy(&r->arena, (struct hs_span){ c.bytes, c.len })
		                  .at;
		free(c.bytes);
	}
	free((void *)(uintptr_t)copy.at);
}

void
check_leaf_wins(const struct hs_comparator *by, struct hs_span file, const char *name)
{
	const struct hs_content c = { .bytes = file, .name = hs_span_of(name) };
	struct reading r = { .arena = { 0 } };

	assert_ptr_equal(hs_comparator_of(&c, 0), by);
	read_leaf(&r, by, file);
	assert_int_equal(r.rc, 0);
	hs_arena_release(&r.arena);
}

void
check_leaf_says(const struct hs_comparator *by, struct hs_span file, int rc, const char *text)
{
	struct reading r = { .arena = { 0 } };

	read_leaf(&r, by, file);
	assert_string_equal(r.facts, text);
	assert_int_equal(r.rc, rc);
	hs_arena_release(&r.arena);
}

void
check_leaf_line(const struct hs_comparator *by, struct hs_span file, const char *line)
{
	struct reading r = { .arena = { 0 } };
	const char *whole;

	read_leaf(&r, by, file);
	whole = hs_arena_printf(&r.arena, "\n%s", r.facts);
	if (!strstr(whole, hs_arena_printf(&r.arena, "\n%s\n", line)))
		fail_msg("no line \"%s\" in\n%s", line, r.facts);
	hs_arena_release(&r.arena);
}

void
check_leaf_refuses(const struct hs_comparator *by, struct hs_span file, int rc,
                   const char *sentence)
{
	struct reading r = { .arena = { 0 } };

	read_leaf(&r, by, file);
	assert_string_equal(r.rc < 0 ? r.err.text : "", rc < 0 ? sentence : "");
	assert_int_equal(r.rc, rc);
	hs_arena_release(&r.arena);
}

void
check_leaf_renders(const struct hs_comparator *by, struct hs_span file, const char *text)
{
	struct reading r = { .arena = { 0 } };

	read_leaf(&r, by, file);
	assert_string_equal(r.text, text);
	hs_arena_release(&r.arena);
}

void
check_leaf_truncations(const struct hs_comparator *by, struct hs_span file, size_t needed)
{
	for (size_t len = 0; len < file.len; len++) {
		struct reading r = { .arena = { 0 } };

		read_leaf(&r, by, hs_span_head(file, len));
		if (len < needed && r.rc == 0)
			fail_msg("%zu of %zu bytes are taken for whole", len, file.len);
		hs_arena_release(&r.arena);
	}
}

void
check_leaf_survives(const struct hs_comparator *by, struct hs_span file)
{
	static const uint8_t values[] = { 0, 1, 0x7f, 0x80, 0xff };
	const struct hs_span copy = exact_copy(file, file.len);
	uint8_t *const at = (uint8_t *)(uintptr_t)copy.at;

	for (size_t i = 0; i < file.len; i++) {
		const uint8_t was = at[i];

		for (size_t k = 0; k < sizeof(values); k++) {
			struct reading r = { .arena = { 0 } };

			at[i] = values[k];
			read_leaf(&r, by, copy);
			hs_arena_release(&r.arena);
		}
		at[i] = was;
	}
	free(at);
}

void
check_leaf_tells_every_byte(const struct hs_comparator *by, struct hs_span file,
                            bool (*same)(size_t at))
{
	const struct hs_span copy = exact_copy(file, file.len);
	uint8_t *const at = (uint8_t *)(uintptr_t)copy.at;
	struct reading whole = { .arena = { 0 } };

	read_leaf(&whole, by, file);
	for (size_t i = 0; i < file.len; i++) {
		struct reading r = { .arena = { 0 } };

		at[i] ^= 0x55;
		read_leaf(&r, by, copy);
		if ((!same || !same(i)) && r.rc == 0 && r.bid == whole.bid &&
		    strcmp(r.facts, whole.facts) == 0 && strcmp(r.text, whole.text) == 0)
			fail_msg("byte %zu of %zu differs unseen", i, file.len);
		at[i] ^= 0x55;
		hs_arena_release(&r.arena);
	}
	hs_arena_release(&whole.arena);
	free(at);
}
