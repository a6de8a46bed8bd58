/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tar_header.h"

#include "build_tar.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

static void
header_numbers_are_octal_or_base256(void **state)
{
	static const struct {
		struct hs_span raw;
		enum hs_tar_form form;
		int64_t value;
	} rows[] = {
		{ { (const uint8_t *)"0000644", 8 }, HS_TAR_OCTAL, 0644 },
		{ { (const uint8_t *)"  644 \0", 8 }, HS_TAR_OCTAL, 0644 },
		{ { (const uint8_t *)"77777777", 8 }, HS_TAR_OCTAL, 077777777 },
		{ { (const uint8_t *)"777777777777", 12 }, HS_TAR_OCTAL, 0777777777777 },
		{ { (const uint8_t *)"12\0garb", 8 }, HS_TAR_OCTAL, 012 },
		{ { (const uint8_t *)"\0\0\0\0\0\0\0", 8 }, HS_TAR_EMPTY, 0 },
		{ { (const uint8_t *)"        ", 8 }, HS_TAR_EMPTY, 0 },
		{ { (const uint8_t *)"0000648", 8 }, HS_TAR_BAD, 0 },
		{ { (const uint8_t *)"-1\0\0\0\0\0", 8 }, HS_TAR_BAD, 0 },
		{ { (const uint8_t *)"\x80\0\0\0\0\0\1\0", 8 }, HS_TAR_BASE256, 256 },
		{ { (const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\xfe", 8 }, HS_TAR_BASE256, -2 },
		{ { (const uint8_t *)"\xbf\xff\xff\xff\xff\xff\xff\xff", 8 },
		  HS_TAR_BASE256,
		  INT64_C(0x3fffffffffffffff) },
		{ { (const uint8_t *)"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", 12 },
		  HS_TAR_BASE256,
		  INT64_MAX },
		{ { (const uint8_t *)"\xff\xff\xff\xff\x80\0\0\0\0\0\0\0", 12 },
		  HS_TAR_BASE256,
		  INT64_MIN },
		{ { (const uint8_t *)"\x80\0\0\0\x80\0\0\0\0\0\0\0", 12 }, HS_TAR_BAD, 0 },
		{ { (const uint8_t *)"\x80\0\0\1\0\0\0\0\0\0\0\0", 12 }, HS_TAR_BAD, 0 },
		{ { (const uint8_t *)"\xff\xff\xff\xff\x7f\0\0\0\0\0\0\0", 12 }, HS_TAR_BAD, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_tar_number n = hs_tar_number_parse(rows[i].raw);

		assert_int_equal(n.form, rows[i].form);
		assert_true(n.value == rows[i].value);
	}
}

static void
header_checksums_may_count_bytes_as_signed(void **state)
{
	struct hs_build b = { 0 };
	struct hs_tar_header h;
	char sum[16];

	(void)state;
	hs_build_tar_file(&b, "na\xefve", "");
	assert_int_equal(hs_tar_header_parse(&h, hs_build_span(&b)), HS_TAR_IS_HEADER);
	assert_false(h.signed_sum);
	assert_int_equal(h.checksum.value, hs_tar_sum(hs_build_span(&b)));
	snprintf(sum, sizeof(sum), "%06o", (unsigned)hs_tar_sum(hs_build_span(&b)) - 256);
	memcpy(b.at + 148, sum, 6);
	assert_int_equal(hs_tar_header_parse(&h, hs_build_span(&b)), HS_TAR_IS_HEADER);
	assert_true(h.signed_sum);
	b.at[153] ^= 1;
	assert_int_equal(hs_tar_header_parse(&h, hs_build_span(&b)), HS_TAR_IS_GARBAGE);
	hs_build_release(&b);
}

static void
header_dialects_are_told_by_magic_and_trailer(void **state)
{
	static const struct {
		enum hs_build_magic magic;
		enum hs_tar_dialect dialect;
		const char *name;
	} rows[] = {
		{ HS_BUILD_USTAR, HS_TAR_USTAR, "ustar" },
		{ HS_BUILD_GNU, HS_TAR_GNU, "gnu" },
		{ HS_BUILD_V7, HS_TAR_V7, "v7" },
		{ HS_BUILD_STAR, HS_TAR_STAR, "star" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct hs_tar_header h;

		hs_build_tar_header(&b, &(struct hs_build_tar){ .name = "n",
		                                                .magic = rows[i].magic,
		                                                .uname = "u" });
		assert_int_equal(hs_tar_header_parse(&h, hs_build_span(&b)), HS_TAR_IS_HEADER);
		assert_int_equal(h.dialect, rows[i].dialect);
		assert_string_equal(hs_tar_dialect_name(h.dialect), rows[i].name);
		assert_true(hs_span_is(h.uname, h.dialect == HS_TAR_V7 ? "" : "u"));
		hs_build_release(&b);
	}
}

static void
header_of_zeros_is_the_end(void **state)
{
	static const uint8_t zeros[HS_TAR_BLOCK];
	struct hs_tar_header h;

	(void)state;
	assert_int_equal(hs_tar_header_parse(&h, (struct hs_span){ zeros, sizeof(zeros) }),
	                 HS_TAR_IS_ZERO);
}

/* Go before 1.8 did that: seen in layers of old images. */
static void
header_of_gnu_may_have_the_prefix_of_ustar(void **state)
{
	struct hs_build b = { 0 };
	struct hs_tar_header h;

	(void)state;
	hs_build_tar_header(&b, &(struct hs_build_tar){ .name = "n", .magic = HS_BUILD_GNU });
	hs_build_tar_patch(&b, 0, 345, HS_SPAN("usr/share"));
	assert_int_equal(hs_tar_header_parse(&h, hs_build_span(&b)), HS_TAR_IS_HEADER);
	assert_true(hs_span_is(h.prefix, "usr/share"));
	assert_int_equal(h.atime.form, HS_TAR_EMPTY);
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_numbers_are_octal_or_base256),
		cmocka_unit_test(header_checksums_may_count_bytes_as_signed),
		cmocka_unit_test(header_dialects_are_told_by_magic_and_trailer),
		cmocka_unit_test(header_of_zeros_is_the_end),
		cmocka_unit_test(header_of_gnu_may_have_the_prefix_of_ustar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
