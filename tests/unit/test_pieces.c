/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/pieces.h"

#include "unit.h"

#include <stdlib.h>

static const char text[] = "abcdefgh";

static struct hs_span
part(size_t at, size_t len)
{
	return (struct hs_span){ (const uint8_t *)text + at, len };
}

static char *
written(const struct hs_pieces *p, size_t *len)
{
	char *out = NULL;
	FILE *f = open_memstream(&out, len);
	struct hs_err err;

	assert_int_equal(hs_pieces_write(p, f, &err), 0);
	fclose(f);
	return out;
}

static void
pieces_keep_their_order_and_join_neighbours(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_pieces p = { .arena = &arena };
	size_t len;
	char *out;

	(void)state;
	hs_pieces_add(&p, part(0, 2));
	hs_pieces_add(&p, part(2, 3));
	hs_pieces_add(&p, part(7, 0));
	hs_pieces_add(&p, part(0, 1));
	assert_int_equal(p.n, 2);
	assert_int_equal(p.size, 6);
	out = written(&p, &len);
	assert_int_equal(len, 6);
	assert_memory_equal(out, "abcdea", 6);
	free(out);
}

static void
pieces_are_as_many_as_are_added(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_pieces p = { .arena = &arena };
	size_t len;
	char *out;

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		hs_pieces_add(&p, part(i % 8, 1));
	assert_int_equal(p.size, 1000);
	out = written(&p, &len);
	assert_int_equal(len, 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(out[i], text[i % 8]);
	free(out);
}

static void
zeros_of_any_number_are_pieces(void **state)
{
	static const uint64_t numbers[] = { 0, 1, 65535, 65536, 65537, 200000 };

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		struct hs_pieces p = { .arena = &arena };
		size_t len;
		char *out;

		hs_pieces_add_zeros(&p, numbers[i]);
		hs_pieces_add_zeros(&p, 3);
		assert_int_equal(p.size, numbers[i] + 3);
		out = written(&p, &len);
		assert_int_equal(len, p.size);
		assert_true(hs_span_is_zero((struct hs_span){ (uint8_t *)out, len }));
		free(out);
	}
}

static void
a_full_disk_is_said(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_pieces p = { .arena = &arena };
	FILE *full = fopen("/dev/full", "w");
	struct hs_err err;

	(void)state;
	if (!full)
		skip();
	hs_pieces_add_zeros(&p, 100000);
	assert_int_equal(hs_pieces_write(&p, full, &err), HS_EIO);
	assert_string_equal(err.text, "it cannot be written: No space left on device");
	fclose(full);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_keep_their_order_and_join_neighbours),
		cmocka_unit_test(pieces_are_as_many_as_are_added),
		cmocka_unit_test(zeros_of_any_number_are_pieces),
		cmocka_unit_test(a_full_disk_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
