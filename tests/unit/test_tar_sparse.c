/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tar_sparse.h"

#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

/* Each builds a member "s" of ten bytes whose data are "ab" at 1 and "c" at 8. */
#define CONTENT "\\x00ab\\x00\\x00\\x00\\x00\\x00c\\x00"

static void
build_gnu(struct hs_build *b)
{
	hs_build_tar_entry(b, &(struct hs_build_tar){ .name = "s",
	                                              .type = 'S',
	                                              .magic = HS_BUILD_GNU,
	                                              .data = HS_SPAN("abc") });
	hs_build_tar_patch(b, 0, 386,
	                   HS_SPAN("00000000001\0"
	                           "00000000002\0"));
	hs_build_tar_patch(b, 0, 410,
	                   HS_SPAN("00000000010\0"
	                           "00000000001\0"));
	hs_build_tar_patch(b, 0, 483, HS_SPAN("00000000012\0"));
}

static void
put_pairs(struct hs_build *b, size_t n, unsigned first)
{
	char text[32];

	for (size_t i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%011o", first);
		hs_build_put(b, (struct hs_span){ (const uint8_t *)text, 12 });
		hs_build_text(b, "00000000000");
		hs_build_fill(b, 0, 1);
	}
}

/* Four pairs in the header, and two more blocks: the first is full. */
static void
build_gnu_continued(struct hs_build *b)
{
	struct hs_build pairs = { 0 };

	hs_build_tar_header(b,
	                    &(struct hs_build_tar){
				    .name = "s", .type = 'S', .magic = HS_BUILD_GNU, .size = 3 });
	put_pairs(&pairs, 3, 0);
	hs_build_tar_patch(b, 0, 386, hs_build_span(&pairs));
	hs_build_tar_patch(b, 0, 386 + 72,
	                   HS_SPAN("00000000001\0"
	                           "00000000002\0"));
	hs_build_tar_patch(b, 0, 482, HS_SPAN("\1"));
	hs_build_tar_patch(b, 0, 483, HS_SPAN("00000000012\0"));
	put_pairs(b, 21, 4);
	hs_build_fill(b, 1, 1);
	hs_build_align(b, 512);
	hs_build_put(b, HS_SPAN("00000000010\0"
	                        "00000000001\0"));
	hs_build_align(b, 512);
	hs_build_text(b, "abc");
	hs_build_align(b, 512);
	hs_build_release(&pairs);
}

static void
build_star(struct hs_build *b)
{
	hs_build_tar_entry(b, &(struct hs_build_tar){ .name = "s",
	                                              .type = 'S',
	                                              .magic = HS_BUILD_STAR,
	                                              .data = HS_SPAN("abc") });
	hs_build_tar_patch(b, 0, 356,
	                   HS_SPAN("00000000001\0"
	                           "00000000002\0"));
	hs_build_tar_patch(b, 0, 380,
	                   HS_SPAN("00000000010\0"
	                           "00000000001\0"));
	hs_build_tar_patch(b, 0, 452, HS_SPAN("00000000012\0"));
}

static void
build_pax(struct hs_build *b, const char *const records[][2], const char *data)
{
	struct hs_build r = { 0 };

	for (size_t i = 0; records[i][0]; i++)
		hs_build_pax_record(&r, records[i][0], hs_span_of(records[i][1]));
	hs_build_tar_extension(b, 'x', hs_build_span(&r));
	hs_build_tar_file(b, "s", data);
	hs_build_release(&r);
}

static void
build_0_0(struct hs_build *b)
{
	build_pax(b,
	          (const char *const[][2]){ { "GNU.sparse.size", "10" },
	                                    { "GNU.sparse.numblocks", "2" },
	                                    { "GNU.sparse.offset", "1" },
	                                    { "GNU.sparse.numbytes", "2" },
	                                    { "GNU.sparse.offset", "8" },
	                                    { "GNU.sparse.numbytes", "1" },
	                                    { NULL, NULL } },
	          "abc");
}

static void
build_0_1(struct hs_build *b)
{
	build_pax(b,
	          (const char *const[][2]){ { "GNU.sparse.size", "10" },
	                                    { "GNU.sparse.numblocks", "2" },
	                                    { "GNU.sparse.name", "s" },
	                                    { "GNU.sparse.map", "1,2,8,1" },
	                                    { NULL, NULL } },
	          "abc");
}

static void
build_1_0(struct hs_build *b)
{
	struct hs_build data = { 0 };

	hs_build_text(&data, "2\n1\n2\n8\n1\n");
	hs_build_fill(&data, '0', 512 - data.len);
	hs_build_text(&data, "abc");
	hs_build_fill(&data, 0, 1);
	build_pax(b,
	          (const char *const[][2]){ { "GNU.sparse.major", "1" },
	                                    { "GNU.sparse.minor", "0" },
	                                    { "GNU.sparse.name", "s" },
	                                    { "GNU.sparse.realsize", "10" },
	                                    { NULL, NULL } },
	          (const char *)data.at);
	hs_build_release(&data);
}

static const struct {
	void (*build)(struct hs_build *b);
	const char *format;
} formats[] = {
	{ build_gnu, "sparse format: GNU header\nstored size: 3\nsparse extent: 1+2\n" },
	{ build_gnu_continued, "sparse format: GNU header\nstored size: 3\nsparse extent: 0+0\n" },
	{ build_star, "sparse format: star header\nstored size: 3\nsparse extent: 1+2\n" },
	{ build_0_0, "sparse format: pax 0.0\nstored size: 3\nsparse extent: 1+2\n" },
	{ build_0_1, "sparse format: pax 0.1\nstored size: 3\nsparse extent: 1+2\n" },
	{ build_1_0, "sparse format: pax 1.0\nstored size: 515\nsparse extent: 1+2\n" },
};

static void
sparse_files_are_filled_in_every_format(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct hs_build b = { 0 };
		struct expanded o;

		formats[i].build(&b);
		hs_build_tar_end(&b);
		listed_open(&o, tar, &b);
		assert_int_equal(o.rc, 0);
		assert_string_equal(listed(&o), "file s 10\n");
		assert_string_equal(listed_content(&o, "s"), CONTENT);
		assert_non_null(strstr(listed_facts(&o, "s"), formats[i].format));
		expanded_release(&o);
	}
}

static void
check_cut(const struct expanded *o, size_t len)
{
	(void)len;
	assert_true(o->rc == HS_EFORMAT || o->tree.note);
}

static void
sparse_files_survive_every_truncation(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct hs_build b = { 0 };

		formats[i].build(&b);
		listed_truncations(tar, hs_build_span(&b), check_cut);
		hs_build_release(&b);
	}
}

static void
sparse_files_refuse_maps_that_do_not_fit(void **state)
{
	static const struct {
		const char *size, *map, *text;
	} rows[] = {
		{ "10", "1,2,2,1", "the map of the sparse file at offset 0 is damaged" },
		{ "10", "1,20", "the map of the sparse file at offset 0 is damaged" },
		{ "10", "18446744073709551615,2",
		  "the map of the sparse file at offset 0 is damaged" },
		{ "10", "1,2,8", "the map of the sparse file at offset 0 is damaged" },
		{ "10", "1;2", "the map of the sparse file at offset 0 is damaged" },
		{ "10", "1,5", "the sparse file at offset 0 lacks 2 bytes of its data" },
		{ "9223372036854775807", "1,2",
		  "the sparse file at offset 0 claims 9223372036854775807 bytes, more than "
		  "--max-size" },
		{ "9000000000", "1,2",
		  "the sparse file at offset 0 makes 9000000000 bytes of 1539, more than "
		  "--max-ratio" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct expanded o;

		build_pax(&b,
		          (const char *const[][2]){ { "GNU.sparse.size", rows[i].size },
		                                    { "GNU.sparse.map", rows[i].map },
		                                    { NULL, NULL } },
		          "abc");
		hs_build_tar_end(&b);
		listed_open(&o, tar, &b);
		assert_string_equal(listed_content(&o, "s"), rows[i].text);
		expanded_release(&o);
	}
}

static void
sparse_files_of_an_unknown_format_are_damage(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_pax(&b,
	          (const char *const[][2]){ { "GNU.sparse.major", "2" },
	                                    { "GNU.sparse.minor", "0" },
	                                    { NULL, NULL } },
	          "abc");
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o),
	                    "file s 3: its sparse format is not known, so holes are not filled\n");
	assert_string_equal(listed_content(&o, "s"), "abc");
	expanded_release(&o);
}

static void
tar_gives_a_hard_link_to_a_sparse_file_its_content(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "s",
	                                               .type = 'S',
	                                               .magic = HS_BUILD_GNU,
	                                               .data = HS_SPAN("ab") });
	hs_build_tar_patch(&b, 0, 386,
	                   HS_SPAN("00000000001\0"
	                           "00000000002\0"));
	hs_build_tar_patch(&b, 0, 483, HS_SPAN("00000000004\0"));
	hs_build_tar_entry(&b,
	                   &(struct hs_build_tar){
				   .name = "h", .type = '1', .link = "s", .magic = HS_BUILD_GNU });
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_string_equal(listed(&o), "file s 4\nhardlink h 4 -> s\n");
	assert_string_equal(listed_content(&o, "s"), "\\x00ab\\x00");
	assert_string_equal(listed_content(&o, "h"), "\\x00ab\\x00");
	assert_non_null(strstr(listed_facts(&o, "s"),
	                       "sparse format: GNU header\nstored size: 2\nsparse extent: 1+2\n"));
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sparse_files_are_filled_in_every_format),
		cmocka_unit_test(sparse_files_survive_every_truncation),
		cmocka_unit_test(sparse_files_refuse_maps_that_do_not_fit),
		cmocka_unit_test(sparse_files_of_an_unknown_format_are_damage),
		cmocka_unit_test(tar_gives_a_hard_link_to_a_sparse_file_its_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
