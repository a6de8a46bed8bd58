/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "engine/side.h"
#include "image/history.h"

/* The lines of an image of two layers with that history, joined by "|"; "none". */
static const char *
lines(struct hs_arena *a, const char *history)
{
	static const char *const layers[] = { "a=1", "b=2", NULL };
	const struct hs_span bytes =
		build_image(a, &(struct build_image){ .layers = layers, .history = history });
	const struct hs_span *got;
	const char *out = "none";
	struct hs_opened o;
	struct hs_run run;

	start_run(&run, 1);
	hs_side_open(&o, &run, hs_pool_main(run.pool), (struct hs_content){ .bytes = bytes });
	assert_int_equal(hs_images_of(&o.tree).n, 1);
	got = hs_image_history(a, &o.tree, hs_images_of(&o.tree).list);
	if (got)
		out = hs_arena_printf(a, "%.*s|%.*s", (int)got[0].len, (const char *)got[0].at,
		                      (int)got[1].len, (const char *)got[1].at);
	hs_side_release(&o);
	hs_run_release(&run);
	return out;
}

static void
history_gives_each_layer_the_line_that_made_it(void **state)
{
	static const struct {
		const char *history, *want;
	} rows[] = {
		{ "[{\"created_by\":\"x\"},{\"created_by\":\"y\"}]", "x|y" },
		{ "[{\"created_by\":\"x\"},{\"empty_layer\":true,\"created_by\":\"e\"},"
		  "{\"created_by\":\"y\",\"empty_layer\":false}]",
		  "x|y" },
		{ "[{\"comment\":\"c\"},{\"created_by\":7}]", "|" },
		/* Lines that do not fit the layers are not guessed at. */
		{ "[{\"created_by\":\"x\"}]", "none" },
		{ "[{},{},{}]", "none" },
		{ "[]", "none" },
		{ "{}", "none" },
		{ NULL, "none" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };

		assert_string_equal(lines(&a, rows[i].history), rows[i].want);
	}
}

static void
history_cuts_a_long_line_between_characters(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *history = "";
	const char *got;

	(void)state;
	for (int i = 0; i < HS_HISTORY_LINE; i++)
		history = hs_arena_printf(&a, "%s%s", history, i == 0 ? "a" : "\xc3\xa4");
	got = lines(&a, hs_arena_printf(&a, "[{\"created_by\":\"%s\"},{\"created_by\":\"\"}]",
	                                history));
	assert_int_equal(strlen(got), HS_HISTORY_LINE - 1 + strlen("...|"));
	assert_string_equal(got + HS_HISTORY_LINE - 1 - 2, "\xc3\xa4...|");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(history_gives_each_layer_the_line_that_made_it),
		cmocka_unit_test(history_cuts_a_long_line_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
