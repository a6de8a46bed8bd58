/* SPDX-License-Identifier: Apache-2.0 */
#include "core/gzip_header.h"

#include "build_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* All options: extra, name, comment and a CRC of the header. */
static const char bytes[] = "\x1f\x8b\x08\x1e\1\2\3\4\2\3\2\0xyname\0remark\0\0";
static const struct hs_span full = { (const uint8_t *)bytes, sizeof(bytes) };

static void
a_header_without_options_is_ten_bytes(void **state)
{
	struct hs_cursor c = { .rest = HS_SPAN("\x1f\x8b\x08\0\1\2\0\0\2\xffrest") };
	struct hs_gzip_header h;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_take_gzip_header(&h, &c, &err), 0);
	assert_int_equal(h.raw.len, 10);
	assert_int_equal(h.mtime, 513);
	assert_int_equal(h.xfl, 2);
	assert_int_equal(h.os, 255);
	assert_true(hs_span_is(c.rest, "rest"));
}

static void
every_option_is_taken_and_the_crc_is_checked(void **state)
{
	uint8_t *at = build_exact(full);
	struct hs_cursor c = { .rest = { at, full.len } };
	struct hs_gzip_header h;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_take_gzip_header(&h, &c, &err), 0);
	assert_true(hs_span_is(h.extra, "xy"));
	assert_true(hs_span_is(h.name, "name"));
	assert_true(hs_span_is(h.comment, "remark"));
	assert_int_equal(h.raw.len, full.len);
	assert_false(h.crc_fits);
	for (unsigned crc = 0; crc < 0x10000 && !h.crc_fits; crc++) {
		at[full.len - 2] = (uint8_t)crc;
		at[full.len - 1] = (uint8_t)(crc >> 8);
		c = (struct hs_cursor){ .rest = { at, full.len } };
		assert_int_equal(hs_take_gzip_header(&h, &c, &err), 0);
	}
	assert_true(h.crc_fits);
	free(at);
}

static void
every_truncation_is_refused(void **state)
{
	(void)state;
	for (size_t len = 0; len < full.len; len++) {
		uint8_t *at = build_exact(hs_span_head(full, len));
		struct hs_cursor c = { .rest = { at, len } };
		struct hs_gzip_header h;
		struct hs_err err;

		assert_int_equal(hs_take_gzip_header(&h, &c, &err), HS_EFORMAT);
		assert_string_equal(err.text, len < 3 ? "no gzip header of method 8"
		                                      : "the gzip header is cut short");
		free(at);
	}
}

static void
reserved_flags_are_refused(void **state)
{
	struct hs_cursor c = { .rest = HS_SPAN("\x1f\x8b\x08\x20\0\0\0\0\0\3") };
	struct hs_gzip_header h;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_take_gzip_header(&h, &c, &err), HS_EFORMAT);
	assert_string_equal(err.text, "the gzip header has reserved flags set (0x20)");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_without_options_is_ten_bytes),
		cmocka_unit_test(every_option_is_taken_and_the_crc_is_checked),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(reserved_flags_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
