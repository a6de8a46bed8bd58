/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/formats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "comparators/comparator.h"

#include <stdlib.h>
#include <string.h>

static void
every_format_says_what_it_is_and_how_it_is_known(void **state)
{
	struct hs_library all[HS_N_LIBRARIES];
	struct hs_format f;
	size_t n = 0;

	(void)state;
	hs_libraries(all);
	for (; hs_format_at(&f, n, all); n++) {
		if (!f.about || !f.about[0] || !f.known_by || !f.known_by[0])
			fail_msg("%s: no about, or no known_by", f.name);
		assert_true(f.reader == HS_READER_BUILT_IN || f.libraries);
		assert_true(f.reader != HS_READER_NOT_BUILT || f.why[0]);
	}
	assert_false(hs_format_at(&f, n + 1, all));
}

static void
every_library_of_a_row_is_one_that_the_build_knows(void **state)
{
	struct hs_library all[HS_N_LIBRARIES];
	struct hs_format f;

	(void)state;
	hs_libraries(all);
	for (size_t i = 0; hs_format_at(&f, i, all); i++) {
		const char *rest = f.libraries ? f.libraries : "";

		while (*rest) {
			const size_t len = strcspn(rest, ",");

			if (!hs_library_find(all, (struct hs_span){ (const uint8_t *)rest, len }))
				fail_msg("%s: no library is called '%.*s'", f.name, (int)len, rest);
			rest += len;
			rest += strspn(rest, ", ");
		}
	}
	assert_null(hs_library_find(all, HS_SPAN("libnothing")));
}

/* What is said of a row that needs the libraries, two of which are missing. */
static void
a_missing_library_is_named_with_what_it_costs(void **state)
{
	struct hs_library all[HS_N_LIBRARIES];
	struct hs_format f;
	bool seen = false;

	(void)state;
	hs_libraries(all);
	for (size_t i = 0; i < HS_N_LIBRARIES; i++) {
		if (strcmp(all[i].name, "libbz2") == 0)
			all[i].built = false;
		if (strcmp(all[i].name, "libarchive") == 0) {
			all[i].built = false;
			all[i].without = "old archives are shown in hex";
		}
	}
	for (size_t i = 0; hs_format_at(&f, i, all); i++) {
		if (strcmp(f.name, "bzip2") == 0) {
			assert_int_equal(HS_READER_LIBRARY, f.reader);
			assert_string_equal("built without libbz2: bzip2 is read with libarchive",
			                    f.why);
			seen = true;
		}
		if (strcmp(f.name, "7z") == 0)
			assert_int_equal(HS_READER_NOT_BUILT, f.reader);
		if (strcmp(f.name, "tar") == 0)
			assert_int_equal(HS_READER_BUILT_IN, f.reader);
	}
	assert_true(seen);
}

static void
text_and_json_name_every_row(void **state)
{
	char *text = NULL, *json = NULL;
	size_t text_size = 0, json_size = 0;
	FILE *out = open_memstream(&text, &text_size);
	const struct hs_comparator *c;

	(void)state;
	hs_formats_print_text(out);
	fclose(out);
	out = open_memstream(&json, &json_size);
	hs_formats_print_json(out);
	fclose(out);
	for (size_t i = 0; (c = hs_comparator_at(i)); i++) {
		char want[64];

		snprintf(want, sizeof(want), "\"name\": \"%s\"", c->name);
		assert_non_null(strstr(json, want));
		assert_non_null(strstr(text, c->name));
	}
	assert_non_null(strstr(json, "\"found_in\": \"members\""));
	free(text);
	free(json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_says_what_it_is_and_how_it_is_known),
		cmocka_unit_test(every_library_of_a_row_is_one_that_the_build_knows),
		cmocka_unit_test(a_missing_library_is_named_with_what_it_costs),
		cmocka_unit_test(text_and_json_name_every_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
