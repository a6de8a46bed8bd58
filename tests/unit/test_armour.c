/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/armour.h"

#include "core/limits.h"
#include "unit.h"

#include <stdlib.h>

#define LINES "hEShATgi\n oFkB\r\n"

static const struct row {
	const char *text;
	enum hs_armour how;
	int rc;
	const char *bytes; /* of what is inside */
	size_t len;
} rows[] = {
	{ "\x84\x44", HS_ARMOUR_NONE, 0, "\x84\x44", 2 },
	{ "", HS_ARMOUR_NONE, 0, "", 0 },
	{ " \n", HS_ARMOUR_NONE, 0, " \n", 2 },
	{ "hEShATgi", HS_ARMOUR_BASE64, 0, "\x84\x44\xa1\x01\x38\x22", 6 },
	{ "\n" LINES, HS_ARMOUR_BASE64, 0, "\x84\x44\xa1\x01\x38\x22\xa0\x59\x01", 9 },
	{ "+/8=", HS_ARMOUR_BASE64, 0, "\xfb\xff", 2 },
	{ "-_8=", HS_ARMOUR_BASE64, 0, "\xfb\xff", 2 },
	{ "-_8", HS_ARMOUR_BASE64, 0, "\xfb\xff", 2 },
	{ "hA==", HS_ARMOUR_BASE64, 0, "\x84", 1 },
	{ "+_8=", HS_ARMOUR_BASE64, HS_EFORMAT, NULL, 0 },
	{ "hA=", HS_ARMOUR_BASE64, HS_EFORMAT, NULL, 0 },
	{ "hA===", HS_ARMOUR_BASE64, HS_EFORMAT, NULL, 0 },
	{ "hA==hA==", HS_ARMOUR_BASE64, HS_EFORMAT, NULL, 0 },
	{ "hEShA", HS_ARMOUR_BASE64, HS_EFORMAT, NULL, 0 },
	{ "hE?h", HS_ARMOUR_BASE64, HS_EFORMAT, NULL, 0 },
	{ "8444 A1\n", HS_ARMOUR_HEX, 0, "\x84\x44\xa1", 3 },
	{ "0x8444a1", HS_ARMOUR_HEX, 0, "\x84\x44\xa1", 3 },
	{ "0x", HS_ARMOUR_HEX, 0, "", 0 },
	{ "84444", HS_ARMOUR_HEX, HS_EFORMAT, NULL, 0 },
	{ "0x84g4", HS_ARMOUR_HEX, HS_EFORMAT, NULL, 0 },
	{ "-----BEGIN X-----\nhA==\n-----END X-----\n", HS_ARMOUR_PEM, 0, "\x84", 1 },
	{ "-----BEGIN X-----\r\nhA==\r\n-----END X-----", HS_ARMOUR_PEM, 0, "\x84", 1 },
	{ "-----BEGIN X-----\nhA==\n", HS_ARMOUR_PEM, HS_EFORMAT, NULL, 0 },
	{ "-----BEGIN X-----", HS_ARMOUR_PEM, HS_EFORMAT, NULL, 0 },
	{ "-----BEGIN X\nhA==\n-----END X", HS_ARMOUR_PEM, HS_EFORMAT, NULL, 0 },
	{ "-----BEGIN X-----\nhA==\n-----END Y-----\n", HS_ARMOUR_PEM, HS_EFORMAT, NULL, 0 },
	{ "-----BEGIN X-----\nhA==\n-----END X-----\nhA==", HS_ARMOUR_PEM, HS_EFORMAT, NULL, 0 },
	{ "-----BEGIN X-----\nhA=?\n-----END X-----\n", HS_ARMOUR_PEM, HS_EFORMAT, NULL, 0 },
};

static void
each_armour_is_taken_off_or_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span text = exact_copy(hs_span_of(r->text), strlen(r->text));
		enum hs_armour how;
		struct hs_span out;
		struct hs_err err;
		const int rc = hs_armour_open(&out, &how, &arena, text, &err);

		if (rc != r->rc || how != r->how)
			fail_msg("%s: %d, %s", r->text, rc, hs_armour_name(how));
		if (rc == 0)
			assert_true(hs_span_equal(
				out, (struct hs_span){ (const uint8_t *)r->bytes, r->len }));
		free((void *)(uintptr_t)text.at);
	}
}

static void
an_error_says_where_in_the_input(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	enum hs_armour how;
	struct hs_span out;
	struct hs_err err;

	(void)state;
	hs_armour_open(&out, &how, &arena, HS_SPAN("\n\nhE?h"), &err);
	assert_string_equal(err.text, "byte 4 (0x3f) is none of base64");
	hs_armour_open(&out, &how, &arena, HS_SPAN(" 0x8?"), &err);
	assert_string_equal(err.text, "byte 4 (0x3f) is none of hex");
	hs_armour_open(&out, &how, &arena, HS_SPAN("-----BEGIN X-----\n?\n-----END X-----\n"),
	               &err);
	assert_string_equal(err.text, "byte 18 (0x3f) is none of base64");
}

static void
text_beyond_the_limit_is_refused(void **state)
{
	const size_t n = (size_t)HS_MAX_ATTESTATION_TEXT + 1;
	RELEASED struct hs_arena arena = { 0 };
	char *const text = malloc(n);
	enum hs_armour how;
	struct hs_span out;
	struct hs_err err;

	(void)state;
	memset(text, 'A', n);
	assert_int_equal(
		hs_armour_open(&out, &how, &arena, (struct hs_span){ (uint8_t *)text, n }, &err),
		HS_ELIMIT);
	assert_int_equal(hs_armour_open(&out, &how, &arena,
	                                (struct hs_span){ (uint8_t *)text, n - 1 }, &err),
	                 0);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_armour_is_taken_off_or_refused),
		cmocka_unit_test(an_error_says_where_in_the_input),
		cmocka_unit_test(text_beyond_the_limit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
