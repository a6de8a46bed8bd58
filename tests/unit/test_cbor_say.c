/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/enclave/cbor_say.h"

#include "build_certificate.h"
#include "unit.h"

#include <stdlib.h>

static const char *
said(struct hs_arena *a, const char *hex)
{
	struct hs_build b = { 0 };
	const char *text;

	build_hex(&b, hex);
	text = (const char *)hs_cbor_text_of(a, hs_build_span(&b)).at;
	hs_build_release(&b);
	return text;
}

/* RFC 8949 appendix A, and what it has no row for. */
static void
items_are_said_in_diagnostic_notation(void **state)
{
	static const struct {
		const char *hex, *text;
	} rows[] = {
		{ "00", "0" },
		{ "1818", "24" },
		{ "1bffffffffffffffff", "18446744073709551615" },
		{ "3bffffffffffffffff", "-18446744073709551616" },
		{ "3903e7", "-1000" },
		{ "f93c00", "1.0_1" },
		{ "f97bff", "65504.0_1" },
		{ "f90001", "5.9604644775390625e-08_1" },
		{ "f9c400", "-4.0_1" },
		{ "fa47c35000", "100000.0_2" },
		{ "fb3ff199999999999a", "1.1000000000000001_3" },
		{ "f97c00", "Infinity_1" },
		{ "faff800000", "-Infinity_2" },
		{ "f97e00", "float'7e00'_1" },
		{ "fb7ff8000000000000", "float'7ff8000000000000'_3" },
		{ "f4", "false" },
		{ "f7", "undefined" },
		{ "f0", "simple(16)" },
		{ "f8ff", "simple(255)" },
		{ "c11a514b67b0", "1(1363896240)" },
		{ "d818456449455446", "24(h'6449455446')" },
		{ "40", "h''" },
		{ "62225c", "\"\\\"\\\\\"" },
		{ "62c3bc", "\"\xc3\xbc\"" },
		{ "6361ff0a", "\"a\\xff\\n\"" },
		{ "620009", "\"\\u0000\\u0009\"" },
		{ "80", "[]" },
		{ "a0", "{}" },
		{ "8301820203820405", "[1, [2, 3], [4, 5]]" },
		{ "a26161016162820203", "{\"a\": 1, \"b\": [2, 3]}" },
		{ "9fff", "[_ ]" },
		{ "9f018202039f0405ffff", "[_ 1, [2, 3], [_ 4, 5]]" },
		{ "bf61610161629f0203ffff", "{_ \"a\": 1, \"b\": [_ 2, 3]}" },
		{ "5f42010243030405ff", "(_ h'0102', h'030405')" },
		{ "7fff", "(_ )" },
		{ "1801", "1_0" },
		{ "1900ff", "255_1" },
		{ "5b0000000000000001aa", "h'aa'_3" },
		{ "98020102", "[_0 1, 2]" },
		{ "b80101a0", "{_0 1: {}}" },
		{ "d812a0", "18_0({})" },
		{ "9f80a0c180ff", "[_ [], {}, 1([])]" },
	};
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(said(&a, rows[i].hex), rows[i].text);
}

static void
long_byte_strings_are_shortened(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_cbor_writer w = { .arena = &a };
	uint8_t zeros[65] = { 0 };

	(void)state;
	hs_cbor_bytes(&w, (struct hs_span){ zeros, 65 });
	assert_string_equal((const char *)hs_cbor_text_of(&a, hs_cbor_written(&w)).at,
	                    "h'00000000000000000000000000000000' ... / 65 bytes, sha256:"
	                    "98ce42deef51d40269d542f5314bef2c7468d401ad5d85168bfab4c0108f75f7 /");
}

static void
lines_are_indented(void **state)
{
	struct hs_build b = { 0 };
	char *text = NULL;
	size_t len = 0;
	FILE *const out = open_memstream(&text, &len);

	(void)state;
	build_hex(&b, "a2616182010261628080");
	hs_cbor_say(out, hs_build_span(&b), HS_CBOR_INDENTED);
	fclose(out);
	assert_string_equal(text, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}\n[]\n");
	free(text);
	hs_build_release(&b);
}

/* Nothing that is not well formed makes it fail. */
static void
anything_can_be_said(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(said(&a, ""), "");
	assert_string_equal(said(&a, "ff"), "");
	said(&a, "818181818181818181818181818181818181818181818181818181818180");
	said(&a, "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9fffffffff");
	for (unsigned i = 0; i < 65536; i++)
		said(&a, hs_arena_printf(&a, "%04x9f0001ff", i));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_are_said_in_diagnostic_notation),
		cmocka_unit_test(long_byte_strings_are_shortened),
		cmocka_unit_test(lines_are_indented),
		cmocka_unit_test(anything_can_be_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
