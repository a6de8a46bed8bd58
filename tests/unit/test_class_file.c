/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/language/class_file.h"

#include "build_class.h"
#include "core/capture.h"

#include <stdarg.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

static void
check_constant(const struct hs_class *k, unsigned i, const char *want)
{
	struct hs_capture text;
	FILE *out = hs_capture_open(&text);

	hs_class_constant_write(out, k, i);
	fputc('\0', out);
	fclose(out);
	assert_string_equal((const char *)text.bytes, want);
	free(text.bytes);
}

static void
class_is_read_member_by_member(void **state)
{
	struct hs_build b = { 0 };
	struct hs_arena arena = { 0 };
	struct hs_class k;
	struct hs_err err;

	(void)state;
	build_class(&b, &(struct build_class){ 0 });
	hs_build_text(&b, "rest");
	assert_int_equal(hs_class_read(&k, &arena, hs_build_span(&b), &err), 0);
	assert_int_equal(k.major, 61);
	assert_int_equal(k.flags, 0x21);
	assert_int_equal(k.n_members, 2);
	assert_false(k.members[0].is_method);
	assert_true(k.members[1].is_method);
	assert_true(hs_span_is(k.members[1].name, "f"));
	assert_true(hs_span_is(k.rest, "rest"));
	assert_true(hs_span_is(hs_class_utf8(&k, 1), "A"));
	assert_int_equal(hs_class_utf8(&k, 2).len, 0);
	assert_int_equal(hs_class_utf8(&k, 9999).len, 0);
	check_constant(&k, 12, "A.x:I");
	check_constant(&k, 14, "'text'");
	check_constant(&k, 15, "5L");
	check_constant(&k, 16, "(no such constant)");
	check_constant(&k, 18, "7");
	check_constant(&k, 0, "none");
	hs_arena_release(&arena);
	hs_build_release(&b);
}

/* The constants of a class that has nothing else. */
static int
read_constants(struct hs_class *k, struct hs_arena *a, struct hs_span constants, struct hs_err *err)
{
	struct hs_build b = { 0 };
	struct hs_span file;

	hs_build_be(&b, 0xcafebabe, 4);
	hs_build_be(&b, 61, 4);
	hs_build_put(&b, constants);
	hs_build_fill(&b, 0, 14);
	file = hs_arena_copy(a, hs_build_span(&b));
	hs_build_release(&b);
	return hs_class_read(k, a, file, err);
}

static void
numbers_are_said_with_their_bits(void **state)
{
	struct hs_arena arena = { 0 };
	struct hs_class k;
	struct hs_err err;

	(void)state;
	assert_int_equal(read_constants(&k, &arena,
	                                HS_SPAN("\0\6"
	                                        "\4\x3f\xc0\0\0"
	                                        "\6\x40\x04\0\0\0\0\0\0"
	                                        "\3\xff\xff\xff\xff"
	                                        "\x10\0\1"),
	                                &err),
	                 0);
	check_constant(&k, 1, "1.5f (0x3fc00000)");
	check_constant(&k, 2, "2.5 (0x4004000000000000)");
	check_constant(&k, 4, "-1");
	check_constant(&k, 5, "1.5f (0x3fc00000)");
	hs_arena_release(&arena);
}

/* A class that names itself, and dynamic constants that lead round in a circle. */
static void
constants_that_refer_to_themselves_end(void **state)
{
	struct hs_arena arena = { 0 };
	struct hs_class k;
	struct hs_err err;

	(void)state;
	assert_int_equal(read_constants(&k, &arena, HS_SPAN("\0\3\7\0\1\x0c\0\2\0\2"), &err), 0);
	check_constant(&k, 1, "(no such constant)");
	k.bootstraps = HS_SPAN("\0\1\0\2\0\1\0\2");
	k.constants[2] = (struct hs_class_constant){ 17, HS_SPAN("\0\0\0\1") };
	check_constant(&k, 1, "(no such constant)");
	hs_arena_release(&arena);
}

static void
damage_is_named(void **state)
{
	static const struct {
		struct hs_span constants;
		const char *text;
	} rows[] = {
		{ { (const uint8_t *)"\0\2\x63", 3 },
		  "constant 1 of the class is of no known type" },
		{ { (const uint8_t *)"\0\2\2", 3 }, "constant 1 of the class is of no known type" },
		{ { (const uint8_t *)"\0\2\1\xff\xff", 5 },
		  "the constants of the class are cut short" },
		{ { (const uint8_t *)"\0\1\0\0\0\0\0\0\xff\xff", 10 },
		  "the class is cut short after 0 members" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena = { 0 };
		struct hs_class k;
		struct hs_err err;

		assert_int_equal(read_constants(&k, &arena, rows[i].constants, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].text);
		hs_arena_release(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(class_is_read_member_by_member),
		cmocka_unit_test(numbers_are_said_with_their_bits),
		cmocka_unit_test(constants_that_refer_to_themselves_end),
		cmocka_unit_test(damage_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
