/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/language/marshal.h"
#include "core/limits.h"

#include <stdlib.h>

static int
read(struct hs_marshal *m, struct hs_arena *a, struct hs_span bytes, unsigned version,
     struct hs_err *err)
{
	const struct hs_span copy = exact_copy(bytes, bytes.len);
	const int rc = hs_marshal_read(m, a, copy, version, err);

	/* What is looked at afterwards are numbers, and the strings of literals. */
	free((void *)(uintptr_t)copy.at);
	return rc;
}

static void
marshal_lists_objects_before_those_that_they_hold(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span bytes = HS_SPAN(")\3\xda\2abi\7\0\0\0(\1\0\0\0r\0\0\0\0!");
	struct hs_marshal m;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_marshal_read(&m, &a, bytes, 311, &err), 0);
	assert_int_equal(m.n, 5);
	assert_int_equal(m.end, bytes.len - 1);
	assert_int_equal(m.n_marked, 1);
	assert_int_equal(m.n_references, 1);
	assert_int_equal(m.objects[0].n, 3);
	assert_int_equal(hs_marshal_child(&m, 0, 2), 3);
	assert_int_equal(hs_marshal_child(&m, 0, 3), HS_MARSHAL_NONE);
	assert_true(hs_span_is(hs_marshal_string(&m, 4), "ab"));
	assert_int_equal(hs_marshal_string(&m, 2).len, 0);
}

static void
marshal_follows_the_interned_strings_of_python_2(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_marshal m;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_marshal_read(&m, &a, HS_SPAN("{t\1\0\0\0xR\0\0\0\0000"), 207, &err), 0);
	assert_int_equal(m.objects[0].n, 2);
	assert_true(hs_span_is(hs_marshal_string(&m, 2), "x"));
}

static void
marshal_tells_two_ways_to_write_the_same(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_marshal m, marked, other;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_marshal_read(&m, &a, HS_SPAN("z\1x"), 311, &err), 0);
	assert_int_equal(hs_marshal_read(&other, &a, HS_SPAN("z\1y"), 311, &err), 0);
	assert_int_equal(hs_marshal_read(&marked, &a, HS_SPAN("\xfa\1x"), 311, &err), 0);
	assert_memory_equal(&m.form, &other.form, sizeof(m.form));
	assert_memory_not_equal(&m.form, &marked.form, sizeof(m.form));
}

static void
marshal_refuses_hostile_bytes(void **state)
{
	const struct {
		struct hs_span bytes;
		const char *text;
	} rows[] = {
		{ { NULL, 0 }, "the data end at offset 0 of the marshalled object" },
		{ HS_SPAN("r\0\0\0\0"),
		  "a reference to no object at offset 5 of the marshalled object" },
		{ HS_SPAN("R\0\0\0\0"),
		  "a reference to no object at offset 5 of the marshalled object" },
		{ HS_SPAN("(\xff\xff\xff\xff"),
		  "more objects than bytes at offset 5 of the marshalled object" },
		{ HS_SPAN("s\xff\xff\xff\xffx"),
		  "the data end at offset 6 of the marshalled object" },
		{ HS_SPAN("l\0\0\0\x80"), "the data end at offset 5 of the marshalled object" },
		{ HS_SPAN("l\0\0"), "the data end at offset 3 of the marshalled object" },
		{ HS_SPAN(")\1"
		          "0"),
		  "no object at offset 3 of the marshalled object" },
		{ HS_SPAN("?"), "an unknown type of object at offset 1 of the marshalled object" },
		{ HS_SPAN("x\1"), "the data end at offset 2 of the marshalled object" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct hs_marshal m;
		struct hs_err err;

		assert_int_equal(read(&m, &a, rows[i].bytes, 311, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].text);
	}
}

static void
marshal_stops_at_a_limit_of_depth(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	uint8_t bytes[4 * HS_MAX_MARSHAL_DEPTH];
	struct hs_marshal m;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = i % 2 ? 1 : ')';
	assert_int_equal(read(&m, &a, (struct hs_span){ bytes, sizeof(bytes) }, 311, &err),
	                 HS_ELIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marshal_lists_objects_before_those_that_they_hold),
		cmocka_unit_test(marshal_follows_the_interned_strings_of_python_2),
		cmocka_unit_test(marshal_tells_two_ways_to_write_the_same),
		cmocka_unit_test(marshal_refuses_hostile_bytes),
		cmocka_unit_test(marshal_stops_at_a_limit_of_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
