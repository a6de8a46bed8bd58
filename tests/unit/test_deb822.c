/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/package/deb822.h"

#include <stdlib.h>

static void
deb822_steps_over_each_byte_once(void **state)
{
	static const char text[] = "\nA: 1\nB:\n x\n\ty\n\n \n# no\nC : 2\n-D: 3\nE:4";
	static const struct {
		enum hs_deb822_step step;
		const char *name, *value;
		size_t len;
	} want[] = {
		{ HS_DEB822_BLANK, "", "", 1 },
		{ HS_DEB822_FIELD, "A", " 1", 5 },
		{ HS_DEB822_FIELD, "B", "\n x\n\ty", 9 },
		{ HS_DEB822_BLANK, "", "", 3 },
		{ HS_DEB822_COMMENT, "", "", 5 },
		{ HS_DEB822_OTHER, "", "", 6 },
		{ HS_DEB822_OTHER, "", "", 6 },
		{ HS_DEB822_FIELD, "E", "4", 3 },
		{ HS_DEB822_END, "", "", 0 },
	};
	struct hs_span rest = hs_span_of(text);
	struct hs_deb822_item item;

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_int_equal(hs_deb822_next(&item, &rest), want[i].step);
		assert_span(item.name, want[i].name);
		assert_span(item.value, want[i].value);
		assert_int_equal(item.all.len, want[i].len);
	}
}

static void
deb822_peeks_at_the_first_paragraph_only(void **state)
{
	const struct hs_span text = HS_SPAN("# c\nName:  x y \n more\nEmpty:\n\nLater: 1\n");

	(void)state;
	assert_span(hs_deb822_peek(text, "nAME"), "x y");
	assert_span(hs_deb822_peek(text, "Empty"), "");
	assert_span(hs_deb822_peek(text, "Later"), "");
	assert_span(hs_deb822_peek(HS_SPAN(""), "Later"), "");
}

static void
deb822_survives_every_truncation(void **state)
{
	const struct hs_span whole = HS_SPAN("A: 1\n x\n\n#c\n\r\nB:\n\tz\nx\n");

	(void)state;
	for (size_t len = 0; len <= whole.len; len++) {
		const struct hs_span copy = exact_copy(whole, len);
		struct hs_span rest = copy;
		struct hs_deb822_item item;
		size_t n = 0;

		while (hs_deb822_next(&item, &rest) != HS_DEB822_END)
			n += item.all.len;
		assert_int_equal(n, len);
		hs_deb822_peek(copy, "B");
		free((void *)(uintptr_t)copy.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deb822_steps_over_each_byte_once),
		cmocka_unit_test(deb822_peeks_at_the_first_paragraph_only),
		cmocka_unit_test(deb822_survives_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
