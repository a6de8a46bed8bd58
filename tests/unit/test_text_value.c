/* SPDX-License-Identifier: Apache-2.0 */
#include "build_report.h"
#include "check_text.h"
#include "sinks/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* What the page says of a fact of the only member. */
static const char *
page_of(struct hs_built *b, const char *x, const char *y, unsigned verbose)
{
	const struct hs_sink_options options = { .verbose = verbose };

	hs_built_init(b, "a", "b", "tar");
	hs_built_change(b, hs_built_add(b, b->root, HS_SPAN("m"), HS_STATUS_METADATA), "f", x, y);
	return hs_built_write(b, &hs_sink_text, &options);
}

static void
short_values_stand_as_they_are(void **state)
{
	struct hs_built b;

	(void)state;
	hs_check_has(page_of(&b, "x", "\xc3\xa9", 0), "m m  f: x -> \xc3\xa9\n");
	hs_built_release(&b);
}

static void
an_empty_value_can_be_seen(void **state)
{
	struct hs_built b;

	(void)state;
	hs_check_has(page_of(&b, "", "x", 0), "m m  f: \"\" -> x\n");
	hs_built_release(&b);
}

/* Whatever the place at which two long values part, they do not look the same. */
static void
long_values_that_differ_never_look_the_same(void **state)
{
	(void)state;
	for (size_t at = 0; at < 300; at++) {
		char x[301], y[301];
		struct hs_built b;
		const char *page, *minus, *plus;

		memset(x, 'x', sizeof(x) - 1);
		x[sizeof(x) - 1] = 0;
		memcpy(y, x, sizeof(y));
		y[at] = 'o';
		page = page_of(&b, x, y, 0);
		hs_check_has(page, "(300 bytes)");
		minus = strstr(page, "- f: ");
		plus = strstr(page, "+ f: ");
		assert_non_null(minus);
		assert_non_null(plus);
		assert_true(strncmp(minus + 1, plus + 1, (size_t)(plus - minus) - 4) != 0);
		hs_built_release(&b);
	}
}

static void
a_long_value_alone_is_named_by_its_digest(void **state)
{
	char x[301], y[301];
	struct hs_built b;
	const char *first, *second;

	(void)state;
	memset(x, 'x', sizeof(x) - 1);
	x[sizeof(x) - 1] = 0;
	memcpy(y, x, sizeof(y));
	y[150] = 'o';
	first = page_of(&b, x, NULL, 0);
	hs_check_has(first, "xxx...xxx");
	hs_check_has(first, " (300 bytes, sha256 ");
	hs_check_has(first, "1 middle of long values");
	hs_built_change(&b, b.root->first_child, "f", y, NULL);
	first = hs_built_write(&b, &hs_sink_text, NULL);
	first = strstr(first, "- f: ");
	assert_non_null(first);
	second = strstr(first + 1, "- f: ");
	assert_non_null(second);
	/* The same head, the same tail, the same length: but not the same value. */
	assert_memory_equal(first, second, strlen("- f: xxx"));
	assert_true(strncmp(first, second, (size_t)(strchr(first, '\n') - first)) != 0);
	hs_check_has(first, "2 middles of long values");
	hs_built_release(&b);
}

static void
verbose_shows_long_values_whole(void **state)
{
	char x[301];
	struct hs_built b;

	(void)state;
	memset(x, 'x', sizeof(x) - 1);
	x[sizeof(x) - 1] = 0;
	hs_check_has(page_of(&b, x, "y", 1), x);
	hs_built_release(&b);
}

/* The middle is left out between characters, or what is left would be escaped for no reason. */
static void
a_long_value_is_not_cut_inside_a_character(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 4; shift++) {
		char x[512] = "";
		struct hs_built b;

		memset(x, 'x', shift);
		for (size_t i = shift; i + 3 < 400; i += 3)
			memcpy(x + i, "\xe2\x82\xac", 4);
		hs_check_lacks(page_of(&b, x, NULL, 0), "\\x");
		hs_built_release(&b);
		hs_check_lacks(page_of(&b, x, x + shift + 3, 0), "\\x");
		hs_built_release(&b);
	}
}

static void
sizes_are_exact_while_they_are_small(void **state)
{
	const struct {
		uint64_t size;
		const char *want;
	} rows[] = {
		{ 0, "m  empty\n" },
		{ 1, "data, 1 byte\n" },
		{ 9999, "data, 9999 bytes\n" },
		{ 10240, "data, 10.0 KiB\n" },
		{ 1 << 20, "data, 1.0 MiB\n" },
		{ UINT64_MAX, "data, 15.9 EiB\n" },
		{ UINT64_C(1) << 40, "data, 1.0 TiB\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_built b;

		hs_built_init(&b, "a", "b", "tar");
		hs_built_side(hs_built_add(&b, b.root, HS_SPAN("m"), HS_STATUS_ONLY_A), "",
		              rows[i].size, 0);
		hs_check_has(hs_built_write(&b, &hs_sink_text, NULL), rows[i].want);
		hs_built_release(&b);
	}
}

/* Colour says nothing that signs and words do not say. */
static void
colour_only_adds_sequences(void **state)
{
	const struct hs_sink_options color = { .color = true };
	struct hs_built b;
	const char *plain, *colored;

	(void)state;
	plain = page_of(&b, "x", "y", 0);
	colored = hs_built_write(&b, &hs_sink_text, &color);
	hs_check_lacks(plain, "\x1b");
	hs_check_has(colored, "\x1b[1;31mDIFFERENT\x1b[0m");
	while (*colored) {
		if (*colored == '\x1b') {
			colored = strchr(colored, 'm') + 1;
			continue;
		}
		assert_int_equal(*plain, *colored);
		plain++;
		colored++;
	}
	assert_int_equal(0, *plain);
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_values_stand_as_they_are),
		cmocka_unit_test(an_empty_value_can_be_seen),
		cmocka_unit_test(long_values_that_differ_never_look_the_same),
		cmocka_unit_test(a_long_value_alone_is_named_by_its_digest),
		cmocka_unit_test(verbose_shows_long_values_whole),
		cmocka_unit_test(a_long_value_is_not_cut_inside_a_character),
		cmocka_unit_test(sizes_are_exact_while_they_are_small),
		cmocka_unit_test(colour_only_adds_sequences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
