/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/filter/filter.h"

#include "build_stream.h"
#include "expanded.h"
#include "unit.h"

static const struct hs_filter gzip = { .codec = HS_CODEC_GZIP };

static int
expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand(out, file, &gzip, err);
}

static int
expand_guess(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand_guess(out, file, &gzip, err);
}

static const struct hs_comparator plain_row = { .expand = expand };
static const struct hs_comparator guess_row = { .expand = expand_guess };

static void
the_entry_has_no_name_and_a_head_that_tells_its_facts(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, &plain_row, build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("abc")), NULL);
	assert_int_equal(o.rc, 0);
	assert_span(o.tree.entries[0].name, "");
	assert_span(o.tree.entries[0].key, "");
	assert_span(o.tree.entries[0].head, "type: file\nsize: 3\n");
	assert_string_equal(expanded_entry_text(&o, &o.tree.entries[0]), "type: file\nsize: 3\n");
	expanded_release(&o);
}

static void
damage_is_a_note_on_the_entry(void **state)
{
	struct expanded o;

	(void)state;
	expanded_init(&o, &plain_row, HS_SPAN("\x1f\x8b\x08 and then nothing"), NULL);
	assert_int_equal(o.rc, 0);
	assert_true(o.tree.entries[0].damaged);
	assert_int_equal(o.tree.entries[0].bytes.len, 0);
	expanded_release(&o);
}

/* Linux reads the one as a second archive; the other is whatever it is. */
static void
an_archive_behind_zero_bytes_stands_alone(void **state)
{
	static const struct {
		struct hs_span rest;
		const char *keys;
	} rows[] = {
		{ { (const uint8_t *)"\0\0\0"
		                     "070701...",
		    12 },
		  "\n(zero bytes after the end)\n(after the end)\n" },
		{ { (const uint8_t *)"\0\0\0more", 7 }, "\n(after the end)\n" },
		{ { (const uint8_t *)"070701...", 9 }, "\n(after the end)\n" },
		{ { (const uint8_t *)"\0\0\0\0", 4 }, "\n(after the end)\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct expanded o;

		expanded_init(&o, &plain_row,
		              build_joined(&arena,
		                           build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("abc")),
		                           rows[i].rest),
		              NULL);
		assert_int_equal(o.rc, 0);
		assert_string_equal(expanded_keys(&o), rows[i].keys);
		expanded_release(&o);
	}
}

static void
a_wrong_guess_is_not_mine(void **state)
{
	struct expanded o;

	(void)state;
	expanded_init(&o, &guess_row, HS_SPAN("\x1f\x8b\x08 and then nothing"), NULL);
	assert_int_equal(o.rc, HS_ENOTMINE);
	assert_int_equal(o.tree.n_entries, 0);
	expanded_release(&o);
}

/* What was decoded is there: then it was none. */
static void
damage_after_some_content_is_no_wrong_guess(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span packed = build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("abc"));
	struct expanded o;

	(void)state;
	expanded_init(&o, &guess_row, hs_span_head(packed, packed.len - 1), NULL);
	assert_int_equal(o.rc, 0);
	assert_true(o.tree.entries[0].damaged);
	assert_span(o.tree.entries[0].bytes, "abc");
	expanded_release(&o);
}

static void
a_skippable_frame_is_said_by_its_digest(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };

	(void)state;
	hs_say_skippable(&facts, 15, HS_SPAN(""));
	assert_string_equal(
		hs_facts_text(&facts),
		"skippable frame: magic 0x184d2a5f, "
		"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
		", 0 bytes\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_entry_has_no_name_and_a_head_that_tells_its_facts),
		cmocka_unit_test(damage_is_a_note_on_the_entry),
		cmocka_unit_test(an_archive_behind_zero_bytes_stands_alone),
		cmocka_unit_test(a_wrong_guess_is_not_mine),
		cmocka_unit_test(damage_after_some_content_is_no_wrong_guess),
		cmocka_unit_test(a_skippable_frame_is_said_by_its_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
