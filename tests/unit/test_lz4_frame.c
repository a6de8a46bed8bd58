/* SPDX-License-Identifier: Apache-2.0 */
#include "core/lz4_frame.h"

#include "build_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* Block and content checksums, content size and dictionary, one stored block of two bytes. */
static const char bytes[] = "\4\x22\x4d\x18\x7d\x40\2\0\0\0\0\0\0\0\7\0\0\0\x99\2\0\0\x80hi"
			    "\1\2\3\4\0\0\0\0\5\6\7\10";
static const struct hs_span full = { (const uint8_t *)bytes, sizeof(bytes) - 1 };

static void
a_frame_with_all_options_is_walked(void **state)
{
	struct hs_cursor c = { .rest = full };
	struct hs_lz4_frame f;

	(void)state;
	assert_true(hs_take_lz4_frame(&f, &c));
	assert_false(c.cut);
	assert_int_equal(f.kind, HS_LZ4_FRAME);
	assert_int_equal(f.raw.len, full.len);
	assert_int_equal(f.content_size, 2);
	assert_int_equal(f.dictionary, 7);
	assert_int_equal(f.block_size_code, 4);
	assert_int_equal(f.n_blocks, 1);
	assert_int_equal(c.rest.len, 0);
}

static void
a_cut_frame_is_all_that_is_left(void **state)
{
	(void)state;
	for (size_t len = 4; len < full.len; len++) {
		uint8_t *at = build_exact(hs_span_head(full, len));
		struct hs_cursor c = { .rest = { at, len } };
		struct hs_lz4_frame f;

		assert_true(hs_take_lz4_frame(&f, &c));
		assert_true(c.cut);
		assert_int_equal(f.raw.len, len);
		free(at);
	}
}

static void
a_legacy_frame_ends_where_no_block_begins(void **state)
{
	struct hs_cursor c = { .rest = HS_SPAN(
				       "\2\x21\x4c\x18\3\0\0\0abc\1\0\0\0d\4\x22\x4d\x18") };
	struct hs_lz4_frame f;

	(void)state;
	assert_true(hs_take_lz4_frame(&f, &c));
	assert_int_equal(f.kind, HS_LZ4_LEGACY);
	assert_int_equal(f.n_blocks, 2);
	assert_int_equal(c.rest.len, 4);
}

static void
a_skippable_frame_shows_what_it_holds(void **state)
{
	struct hs_cursor c = { .rest = HS_SPAN("\x5a\x2a\x4d\x18\3\0\0\0abcrest") };
	struct hs_lz4_frame f;

	(void)state;
	assert_true(hs_take_lz4_frame(&f, &c));
	assert_int_equal(f.kind, HS_LZ4_SKIPPABLE);
	assert_int_equal(f.magic_nibble, 10);
	assert_true(hs_span_is(f.inside, "abc"));
	assert_true(hs_span_is(c.rest, "rest"));
}

static void
other_bytes_are_no_frame(void **state)
{
	struct hs_cursor c = { .rest = HS_SPAN("other bytes") };
	struct hs_lz4_frame f;

	(void)state;
	assert_false(hs_take_lz4_frame(&f, &c));
	assert_int_equal(c.rest.len, 11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_with_all_options_is_walked),
		cmocka_unit_test(a_cut_frame_is_all_that_is_left),
		cmocka_unit_test(a_legacy_frame_ends_where_no_block_begins),
		cmocka_unit_test(a_skippable_frame_shows_what_it_holds),
		cmocka_unit_test(other_bytes_are_no_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
