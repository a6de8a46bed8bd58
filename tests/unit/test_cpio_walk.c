/* SPDX-License-Identifier: Apache-2.0 */
#include "core/cpio_walk.h"

#include "build_cpio.h"
#include "build_stream.h"
#include "expanded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct build_cpio_member a_file = {
	.name = "a", .mode = 0100644, .nlink = 1, .data = { (const uint8_t *)"A", 1 }
};
static const struct build_cpio_member b_file = {
	.name = "b", .mode = 0100644, .nlink = 1, .data = { (const uint8_t *)"B", 1 }
};

/* Microcode first, then the main archive, as initramfs-tools and dracut join them. */
static void
archives_one_after_the_other_are_one_tree(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct expanded x;

	(void)state;
	build_cpio_add(&b, &a_file);
	build_cpio_end(&b);
	build_cpio_fill(&b, 512);
	build_cpio_add(&b, &a_file);
	b.dialect = HS_CPIO_ODC;
	build_cpio_add(&b, &b_file);
	build_cpio_end(&b);
	b.dialect = HS_CPIO_BIN_LE;
	build_cpio_fill(&b, 4);
	build_cpio_add(&b, &b_file);
	build_cpio_end(&b);
	build_cpio_raw(&b, HS_SPAN("\0\0\0"));
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_keys(&x), "a\n[2]/a\n[2]/b\n[3]/b\n");
	assert_non_null(strstr(expanded_text(&x),
	                       "zero bytes behind the trailer: up to a multiple of 512\n"));
	assert_non_null(strstr(expanded_text(&x), "[2] trailer: odc, "));
	assert_non_null(strstr(expanded_text(&x), "[3] trailer: binary, little-endian, "));
	assert_non_null(strstr(expanded_text(&x), "[3] zero bytes behind the trailer: 3\n"));
	expanded_release(&x);
	hs_arena_release(&arena);
}

static void
a_compressed_part_is_one_member(void **state)
{
	static const struct {
		struct hs_span bytes;
		const char *keys;
	} rows[] = {
		{ { (const uint8_t *)"\x1f\x8b\x08\0rest", 8 }, "a\n[2]\n" },
		{ { (const uint8_t *)"\x28\xb5\x2f\xfdrest", 8 }, "a\n[2]\n" },
		{ { (const uint8_t *)"\xfd"
		                     "7zXZ\0rest",
		    10 },
		  "a\n[2]\n" },
		{ { (const uint8_t *)"\x5d\0\0\x80rest", 8 }, "a\n[2]\n" },
		{ { (const uint8_t *)"something else", 14 }, "a\n(after the end)\n" },
		{ { (const uint8_t *)"\xc7\x71 by chance", 12 }, "a\n(after the end)\n" },
	};
	struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
		struct expanded x;

		build_cpio_add(&b, &a_file);
		build_cpio_end(&b);
		build_cpio_fill(&b, 512);
		build_cpio_raw(&b, rows[i].bytes);
		expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
		assert_int_equal(x.rc, 0);
		assert_string_equal(expanded_keys(&x), rows[i].keys);
		assert_true(hs_span_equal(x.tree.entries[1].bytes, rows[i].bytes));
		expanded_exercise(&x);
		expanded_release(&x);
	}
	hs_arena_release(&arena);
}

/* An archive that somebody has appended to an initramfs, as "cat a.img b.cpio" does. */
static void
an_archive_behind_a_compressed_part_is_a_member(void **state)
{
	static const enum hs_codec codecs[] = { HS_CODEC_GZIP, HS_CODEC_BZIP2, HS_CODEC_XZ,
		                                HS_CODEC_LZMA, HS_CODEC_ZSTD,  HS_CODEC_LZ4 };

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(codecs) / sizeof(codecs[0]); i++) {
		struct hs_arena arena = { 0 };
		struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
		struct build_cpio last = b;
		const bool zeros = i % 2;
		struct expanded x;

		build_cpio_add(&b, &a_file);
		build_cpio_end(&b);
		build_cpio_add(&last, &b_file);
		build_cpio_end(&last);
		build_cpio_raw(&b, build_stream(&arena, codecs[i / 2], build_text(&arena, 300)));
		if (zeros)
			build_cpio_raw(&b, HS_SPAN("\0\0\0\0\0"));
		build_cpio_raw(&b, last.out.bytes);
		expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
		assert_int_equal(x.rc, 0);
		assert_string_equal(expanded_keys(&x),
		                    zeros ? "a\n[2]\n(zero bytes between the archives)\n[3]\n"
		                          : "a\n[2]\n[3]\n");
		assert_true(hs_span_equal(expanded_entry(&x, "[3]")->bytes, last.out.bytes));
		expanded_release(&x);
		hs_arena_release(&arena);
	}
}

/* The magic alone is no archive behind the part: it may stand in a stored block. */
static void
an_archive_inside_a_compressed_part_is_left_there(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct hs_span part;
	struct expanded x;

	(void)state;
	build_cpio_add(&b, &a_file);
	build_cpio_end(&b);
	part = build_stream(&arena, HS_CODEC_GZIP, HS_SPAN("070701"));
	build_cpio_raw(&b, part);
	build_cpio_raw(&b, HS_SPAN("something else, 070701"));
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_string_equal(expanded_keys(&x), "a\n[2]\n");
	assert_int_equal(expanded_entry(&x, "[2]")->size, part.len + 22);
	expanded_release(&x);
	hs_arena_release(&arena);
}

/* Linux skips zero bytes between members; they are there to be seen all the same. */
static void
zero_bytes_between_members_are_a_gap(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct expanded x;

	(void)state;
	build_cpio_add(&b, &a_file);
	build_cpio_raw(&b, HS_SPAN("\0\0\0\0\0\0\0\0"));
	build_cpio_add(&b, &b_file);
	build_cpio_end(&b);
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_keys(&x), "a\n(zero bytes between members)\nb\n");
	expanded_release(&x);
	hs_arena_release(&arena);
}

static void
damage_is_told_with_its_place_and_the_rest_kept(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct expanded x;

	(void)state;
	build_cpio_add(&b, &a_file);
	build_cpio_raw(&b, HS_SPAN("no header here"));
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, HS_EFORMAT);
	assert_string_equal(x.err.text, "byte 116: no cpio header where the next should stand");
	assert_string_equal(expanded_keys(&x), "a\n(after the damage)\n");
	assert_true(hs_span_is(x.tree.entries[1].bytes, "no header here"));
	expanded_release(&x);

	b.out.bytes.len = 0;
	build_cpio_add(&b, &a_file);
	build_cpio_raw(&b, HS_SPAN("\0\0\0\0"));
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, HS_EFORMAT);
	assert_string_equal(x.err.text, "the cpio archive ends at byte 116 without a trailer");
	expanded_release(&x);
	hs_arena_release(&arena);
}

static void
data_of_a_trailer_are_a_gap(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct expanded x;

	(void)state;
	build_cpio_add(
		&b, &(struct build_cpio_member){ .name = "TRAILER!!!", .data = HS_SPAN("more") });
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_keys(&x), "(content of the trailer)\n");
	expanded_release(&x);
	hs_arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(archives_one_after_the_other_are_one_tree),
		cmocka_unit_test(a_compressed_part_is_one_member),
		cmocka_unit_test(an_archive_behind_a_compressed_part_is_a_member),
		cmocka_unit_test(an_archive_inside_a_compressed_part_is_left_there),
		cmocka_unit_test(zero_bytes_between_members_are_a_gap),
		cmocka_unit_test(damage_is_told_with_its_place_and_the_rest_kept),
		cmocka_unit_test(data_of_a_trailer_are_a_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
