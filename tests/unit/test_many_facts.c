/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/data/many_facts.h"
#include "core/limits.h"

static const char *
digest_of(struct hs_arena *arena, const char *last)
{
	struct hs_facts facts = { .arena = arena };
	struct hs_many m = { .out = &facts };

	for (uint64_t i = 0; i < HS_MAX_DATA_FACTS + 1; i++)
		hs_many_say(&m, "x", HS_SPAN("y"));
	hs_many_say(&m, "x", hs_span_of(last));
	hs_many_end(&m);
	assert_int_equal(facts.n, HS_MAX_DATA_FACTS + 1);
	assert_string_equal(facts.last->field, "(more)");
	return (const char *)hs_arena_copy(arena, facts.last->value).at;
}

static void
many_facts_sums_up_what_is_too_much(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const char *const one = digest_of(&arena, "1"), *const other = digest_of(&arena, "2");

	(void)state;
	assert_memory_equal(one, "2, sha256:", 10);
	assert_string_not_equal(one, other);
}

static void
many_facts_says_few_one_by_one(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_many m = { .out = &facts };

	(void)state;
	hs_many_say(&m, "a", HS_SPAN("b"));
	hs_many_sayf(&m, "c", "%d", 7);
	hs_many_end(&m);
	assert_string_equal(hs_facts_text(&facts), "a: b\nc: 7\n");
}

static void
many_facts_keeps_long_names_apart(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	char one[300], other[300];

	(void)state;
	memset(one, 'x', sizeof(one));
	memset(other, 'x', sizeof(other));
	other[299] = 'y';
	assert_string_equal(hs_many_field(&arena, "kind", HS_SPAN("a\nb")), "kind a\\nb");
	assert_string_equal(hs_many_field(&arena, "", HS_SPAN("a")), "a");
	assert_string_equal(hs_many_field(&arena, "kind", HS_SPAN("")), "kind");
	assert_string_not_equal(
		hs_many_field(&arena, "k", (struct hs_span){ (uint8_t *)one, sizeof(one) }),
		hs_many_field(&arena, "k", (struct hs_span){ (uint8_t *)other, sizeof(other) }));
	assert_string_equal(hs_many_time(&arena, 0), "1970-01-01T00:00:00Z");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_facts_sums_up_what_is_too_much),
		cmocka_unit_test(many_facts_says_few_one_by_one),
		cmocka_unit_test(many_facts_keeps_long_names_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
