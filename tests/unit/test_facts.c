/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/facts.h"

static void
facts_say_values_in_words_of_their_kind(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts f = { .arena = &a };

	(void)state;
	hs_say_u64(&f, "u", UINT64_MAX);
	hs_say_i64(&f, "i", INT64_MIN);
	hs_say_hex(&f, "x", 0xbeef);
	hs_say_word(&f, "w", "word");
	hs_say(&f, "s", HS_SPAN("a\nb"));
	hs_sayf(&f, "f", "%d of %d", 1, 2);
	assert_string_equal(hs_facts_text(&f), "u: 18446744073709551615\n"
	                                       "i: -9223372036854775808\n"
	                                       "x: 0xbeef\n"
	                                       "w: word\n"
	                                       "s: a\\nb\n"
	                                       "f: 1 of 2\n");
	assert_non_null(hs_facts_find(&f, "w"));
	assert_null(hs_facts_find(&f, "v"));
	assert_int_equal(f.n, 6);
}

static void
facts_say_times_with_the_digits_that_were_stored(void **state)
{
	const struct {
		int64_t sec;
		uint32_t nsec;
		unsigned digits;
		const char *want;
	} times[] = {
		{ 0, 0, 0, "t: 1970-01-01T00:00:00Z\n" },
		{ 1, 500000000, 1, "t: 1970-01-01T00:00:01.5Z\n" },
		{ 1, 500000000, 3, "t: 1970-01-01T00:00:01.500Z\n" },
		{ -1, 7, 9, "t: 1969-12-31T23:59:59.000000007Z\n" },
		{ 253402300799, 0, 0, "t: 9999-12-31T23:59:59Z\n" },
		{ 253402300800, 0, 0, "t: @253402300800\n" },
		{ INT64_MIN, 0, 0, "t: @-9223372036854775808\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct hs_facts f = { .arena = &a };

		hs_say_time(&f, "t", times[i].sec, times[i].nsec, times[i].digits);
		assert_string_equal(hs_facts_text(&f), times[i].want);
	}
}

static void
facts_say_a_long_value_as_its_digest_never_cut(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts f = { .arena = &a };
	uint8_t zeros[5000] = { 0 };

	(void)state;
	hs_say_value(&f, "short", HS_SPAN("abc"));
	hs_say_value(&f, "long", (struct hs_span){ zeros, sizeof(zeros) });
	assert_span(f.first->value, "abc");
	assert_true(hs_span_starts(f.last->value, HS_SPAN("sha256:")));
	assert_true(hs_span_ends(f.last->value, HS_SPAN(", 5000 bytes")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_say_values_in_words_of_their_kind),
		cmocka_unit_test(facts_say_times_with_the_digits_that_were_stored),
		cmocka_unit_test(facts_say_a_long_value_as_its_digest_never_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
