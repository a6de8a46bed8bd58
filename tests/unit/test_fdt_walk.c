/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/boot/fdt_walk.h"

#include "build_fdt.h"
#include "unit.h"

/* Walks to the end; the error's text, or "" for none. */
static const char *
walked(struct hs_arena *a, struct hs_span file)
{
	struct hs_fdt_walk w;
	struct hs_fdt t;
	struct hs_err err;
	int rc = hs_fdt_open(&t, file, &err);

	if (rc == 0) {
		hs_fdt_begin(&w, &t);
		do
			rc = hs_fdt_next(&w, &err);
		while (rc > 0);
	}
	return rc < 0 ? hs_arena_printf(a, "%s", err.text) : "";
}

static void
check_refused(const char *words, const char *want)
{
	RELEASED struct hs_arena a = { 0 };

	assert_string_equal(walked(&a, build_fdt(&a, words)), want);
}

static void
walk_refuses_what_is_no_tree(void **state)
{
	(void)state;
	check_refused("{ a=b }", "");
	check_refused("{ a=b", "the structure ends in a node");
	check_refused("{ } }", "a node ends that never began");
	check_refused("a=b { }", "a property stands in no node");
}

static void
walk_refuses_hostile_fields(void **state)
{
	/* An offset of the file "{ a=b }", what is put there in 4 bytes, and what is said. */
	static const struct {
		size_t at;
		uint32_t value;
		const char *want;
	} rows[] = {
		{ 8, 0xfffffff0, "its structure of 32 bytes at offset 4294967280 is past the end" },
		{ 12, 200, "its strings of 2 bytes at offset 200 are past the end" },
		{ 4, 4000, "it states 4000 bytes, and has 106" },
		{ 36, 16, "a property of 2 bytes is cut off" },
		{ 72, 7, "token 7 at offset 0 of the structure" },
		{ 84, 0xffffffff, "a property of 4294967295 bytes is cut off" },
		{ 88, 5, "the name of a property at 5 is not among the strings" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		const struct hs_span file = build_fdt(&a, "{ a=b }");
		uint8_t *at = hs_arena_alloc(&a, file.len);

		memcpy(at, file.at, file.len);
		for (size_t k = 0; k < 4; k++)
			at[rows[i].at + k] = (uint8_t)(rows[i].value >> (24 - 8 * k));
		assert_string_equal(walked(&a, (struct hs_span){ at, file.len }), rows[i].want);
	}
}

static void
walk_goes_no_deeper_than_the_limit(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	char words[2 * HS_MAX_FDT_DEPTH + 3] = "";

	(void)state;
	for (size_t i = 0; i <= HS_MAX_FDT_DEPTH; i++)
		memcpy(words + 2 * i, "{ ", 3);
	assert_string_equal(walked(&a, build_fdt(&a, words)), "nodes nested deeper than 64");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walk_refuses_what_is_no_tree),
		cmocka_unit_test(walk_refuses_hostile_fields),
		cmocka_unit_test(walk_goes_no_deeper_than_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
