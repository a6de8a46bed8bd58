/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/progress.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <jansson.h>

static void
a_line_says_what_is_known(void **state)
{
	static const struct {
		struct hs_progress_state s;
		const char *want;
	} rows[] = {
		{ { .stage = "reading" }, "reading" },
		{ { .stage = "reading", .bytes_known = 2048 }, "reading  2.0 KiB" },
		{ { .stage = "comparing", .entries_done = 1, .entries_known = 4 },
		  "comparing  [#####...............]  25%  1 of 4 entries" },
		{ { .stage = "comparing",
		    .bytes_done = 1024,
		    .bytes_known = 2048,
		    .elapsed_s = 10 },
		  "comparing  [##########..........]  50%  1.0 KiB of 2.0 KiB  10 s left" },
		/* What becomes known later may be less than what is done already. */
		{ { .stage = "comparing", .entries_done = 9, .entries_known = 4, .elapsed_s = 10 },
		  "comparing  [####################] 100%  9 of 4 entries  0 s left" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char line[200];

		hs_progress_line(line, sizeof(line), &rows[i].s, 80);
		assert_string_equal(line, rows[i].want);
	}
}

static void
time_left_is_not_guessed_at_the_beginning(void **state)
{
	struct hs_progress_state s = {
		.stage = "comparing", .entries_done = 1, .entries_known = 2, .elapsed_s = 1
	};
	char line[200];

	(void)state;
	hs_progress_line(line, sizeof(line), &s, 80);
	assert_null(strstr(line, "left"));
	s.elapsed_s = 200;
	hs_progress_line(line, sizeof(line), &s, 80);
	assert_non_null(strstr(line, "3 min left"));
	s.elapsed_s = 20000;
	hs_progress_line(line, sizeof(line), &s, 80);
	assert_non_null(strstr(line, "6 h left"));
}

static void
no_line_is_as_wide_as_its_terminal(void **state)
{
	const struct hs_progress_state s = {
		.stage = "comparing",
		.bytes_done = UINT64_C(1) << 40,
		.bytes_known = UINT64_C(3) << 40,
		.entries_done = UINT64_MAX / 2,
		.entries_known = UINT64_MAX,
		.elapsed_s = 1e5,
	};

	(void)state;
	for (unsigned width = 2; width < 200; width++) {
		char line[100];

		hs_progress_line(line, sizeof(line), &s, width);
		assert_in_range(strlen(line), 1, width - 1);
	}
}

static void
an_event_is_json(void **state)
{
	const struct hs_progress_state s = { .stage = "reading",
		                             .bytes_known = 7,
		                             .entries_done = 3 };
	char line[512];
	json_t *event;

	(void)state;
	hs_progress_event(line, sizeof(line), "stage", &s);
	event = json_loads(line, 0, NULL);
	assert_non_null(event);
	assert_string_equal(json_string_value(json_object_get(event, "event")), "stage");
	assert_string_equal(json_string_value(json_object_get(event, "stage")), "reading");
	assert_int_equal(json_integer_value(json_object_get(event, "bytes_known")), 7);
	assert_int_equal(json_integer_value(json_object_get(event, "entries_done")), 3);
	json_decref(event);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_says_what_is_known),
		cmocka_unit_test(time_left_is_not_guessed_at_the_beginning),
		cmocka_unit_test(no_line_is_as_wide_as_its_terminal),
		cmocka_unit_test(an_event_is_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
