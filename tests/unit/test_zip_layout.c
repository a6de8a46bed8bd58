/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_layout.h"

#include "build_zip.h"
#include "expanded.h"
#include "unit.h"

#include "comparators/comparator.h"

#define BLOCK_END "APK Sig Block 42"

static const struct build_zip_member mimetype = {
	.name = "mimetype",
	.content = { (const uint8_t *)"application/epub+zip", 20 },
};

static const struct build_zip_member manifest = {
	.name = "META-INF/MANIFEST.MF",
	.content = { (const uint8_t *)"Manifest-Version: 1.0\r\n", 23 },
};

/* Padded as zipalign does. */
static const struct build_zip_member library = {
	.name = "abcdefg.so",
	.content = { (const uint8_t *)"x", 1 },
	.local_extra = { (const uint8_t *)"\x35\xd9\x14\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
	                 24 },
};

static const char *
fact_of(struct hs_arena *arena, struct hs_span file, const char *field)
{
	struct hs_facts facts = { .arena = arena };
	const struct hs_fact *fact;
	struct expanded x;
	const char *value;
	struct hs_err err;

	expanded_init(&x, &hs_comparator_zip, file, NULL);
	assert_int_equal(0, hs_comparator_zip.describe(&facts, x.file, &err));
	fact = hs_facts_find(&facts, field);
	value = fact ? hs_arena_printf(arena, "%.*s", (int)fact->value.len, fact->value.at) : "";
	expanded_release(&x);
	return value;
}

/* What the archive of these members says of one thing. */
static const char *
said(struct hs_arena *arena, const char *field, const struct build_zip_member *const *members)
{
	struct build_zip b = { .out.arena = arena };

	for (; *members; members++)
		build_zip_add(&b, *members);
	build_zip_end(&b, HS_SPAN(""));
	return fact_of(arena, b.out.bytes, field);
}
#define SAID(arena, field, ...)                                                                    \
	said(arena, field, (const struct build_zip_member *const[]){ __VA_ARGS__, NULL })

static void
what_has_to_come_first_is_told(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_zip_member other = { .name = "a", .content = HS_SPAN("x") };
	const struct build_zip_member folder = { .name = "META-INF/" };
	struct build_zip_member odd = mimetype;

	(void)state;
	assert_string_equal(SAID(&arena, "mimetype", &mimetype, &other), "application/epub+zip");
	assert_string_equal(SAID(&arena, "mimetype", &other, &mimetype), "not the first member");
	assert_string_equal(SAID(&arena, "mimetype", &other), "");
	odd.method = HS_ZIP_DEFLATE;
	assert_string_equal(SAID(&arena, "mimetype", &odd), "first, but compressed");
	odd = mimetype;
	odd.size_more = 1000;
	assert_string_equal(SAID(&arena, "mimetype", &odd), "first, and no media type");

	assert_string_equal(SAID(&arena, "manifest", &manifest, &other), "first");
	assert_string_equal(SAID(&arena, "manifest", &folder, &manifest), "first");
	assert_string_equal(SAID(&arena, "manifest", &other, &manifest),
	                    "not first: readers of a stream miss it");
	assert_string_equal(SAID(&arena, "manifest", &folder, &other, &manifest),
	                    "not first: readers of a stream miss it");
	assert_string_equal(SAID(&arena, "manifest", &other), "");
}

/* A local header of 30 bytes, a name, and what pads them. */
static void
the_alignment_of_stored_data_is_told(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct build_zip_member aligned = { .name = "ab", .content = HS_SPAN("x") };
	const struct build_zip_member odd = { .name = "abc", .content = HS_SPAN("x") };
	const struct build_zip_member packed = { .name = "a",
		                                 .content = HS_SPAN("x"),
		                                 .method = HS_ZIP_DEFLATE };

	(void)state;
	assert_string_equal(SAID(&arena, "stored data aligned to", &aligned), "32");
	assert_string_equal(SAID(&arena, "stored data aligned to", &aligned, &packed), "32");
	assert_string_equal(SAID(&arena, "stored data aligned to", &aligned, &odd), "");
	assert_string_equal(SAID(&arena, "stored data aligned to", &packed), "");
	assert_string_equal(SAID(&arena, "stored .so data aligned to", &library), "64");
	assert_string_equal(SAID(&arena, "stored data aligned to", &library), "");
}

/* An archive whose directory follows these bytes. */
static struct hs_span
with_block(struct hs_arena *arena, uint64_t front, struct hs_span pairs, uint64_t back)
{
	struct build_zip b = { .out.arena = arena };

	build_zip_add(&b, &(struct build_zip_member){ .name = "a", .content = HS_SPAN("x") });
	grow_le(&b.out, 8, front);
	grow_add(&b.out, pairs);
	grow_le(&b.out, 8, back);
	grow_text(&b.out, BLOCK_END);
	build_zip_end(&b, HS_SPAN(""));
	return b.out.bytes;
}

static void
the_pairs_of_a_signing_block_are_named(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span pairs = HS_SPAN("\6\0\0\0\0\0\0\0\x1a\x87\x09\x71v2"
	                                     "\4\0\0\0\0\0\0\0\x77\x65\x72\x42"
	                                     "\5\0\0\0\0\0\0\0\1\2\3\4x");
	const struct hs_span file = with_block(&arena, pairs.len + 24, pairs, pairs.len + 24);

	(void)state;
	assert_memory_equal(fact_of(&arena, file, "signing block 0x7109871a APK signature v2"),
	                    "sha256:", 7);
	assert_true(*fact_of(&arena, file, "signing block 0x42726577 padding"));
	assert_true(*fact_of(&arena, file, "signing block 0x04030201"));
	assert_string_equal(fact_of(&arena, file, "signing block"), "");
}

static void
a_signing_block_that_contradicts_itself_is_told(void **state)
{
	static const char none[] = "not understood behind pair 0";
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span pair = HS_SPAN("\6\0\0\0\0\0\0\0\x1a\x87\x09\x71v2");
	const struct hs_span beyond = HS_SPAN("\xff\xff\xff\xff\xff\xff\xff\xff\x1a\x87\x09\x71v2");
	const uint64_t size = pair.len + 24;
	const struct {
		uint64_t front, back;
		struct hs_span pairs;
		const char *text;
	} rows[] = {
		{ size, size, pair, "" },       { size + 1, size, pair, none },
		{ size, size - 1, pair, none }, { size, UINT64_MAX, pair, none },
		{ size, 23, pair, none },       { 24, 24, HS_SPAN(""), none },
		{ size, size, beyond, none },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_span file =
			with_block(&arena, rows[i].front, rows[i].pairs, rows[i].back);

		assert_string_equal(fact_of(&arena, file, "signing block"), rows[i].text);
	}
}

static void
every_truncation_of_a_laid_out_archive_is_survived(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span pair = HS_SPAN("\6\0\0\0\0\0\0\0\x1a\x87\x09\x71v2");
	const struct hs_span file = with_block(&arena, pair.len + 24, pair, pair.len + 24);

	(void)state;
	for (size_t n = 0; n < file.len; n++)
		fact_of(&arena, hs_span_head(file, n), "signing block");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_to_come_first_is_told),
		cmocka_unit_test(the_alignment_of_stored_data_is_told),
		cmocka_unit_test(the_pairs_of_a_signing_block_are_named),
		cmocka_unit_test(a_signing_block_that_contradicts_itself_is_told),
		cmocka_unit_test(every_truncation_of_a_laid_out_archive_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
