/* SPDX-License-Identifier: Apache-2.0 */
#include "build_report.h"
#include "check_text.h"
#include "sinks/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct hs_node *
start(struct hs_built *b, enum hs_status status)
{
	hs_built_init(b, "a", "b", "tar");
	return hs_built_add(b, b->root, HS_SPAN("m"), status);
}

static const char *
page(struct hs_built *b)
{
	return hs_built_write(b, &hs_sink_text, NULL);
}

static void
a_text_is_listed_as_diff_does(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_listing(&b, start(&b, HS_STATUS_CONTENT), "text",
	                 "@@ 1 3 1 3\n one\n-\ttwo\n+\tzwei\n three\n\\\n@@ 9 0 9 1\n+x\\y\n");
	hs_check_has(page(&b),
	             "    @@ -1,3 +1,3 @@\n     one\n    -\ttwo\n    +\tzwei\n     three\n"
	             "    \\ no newline at the end\n"
	             "    @@ -9,0 +9 @@\n    +x\\\\y\n");
	hs_built_release(&b);
}

static void
rows_of_hex_have_offsets_in_hex(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_listing(&b, start(&b, HS_STATUS_CONTENT), "hex",
	                 "@@ 16 16 32 1\n-00000010  00\n+00000020  5c  |\\|\n");
	hs_check_has(page(&b), "    @@ -0x10,0x10 +0x20,0x1 @@\n    -00000010  00\n"
	                       "    +00000020  5c  |\\|\n");
	hs_built_release(&b);
}

static void
rows_that_repeat_are_shown_once(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_listing(&b, start(&b, HS_STATUS_ONLY_B), "hex",
	                 "@@ 0 0 0 5\n+00000000  00\n+00000010  00\n+00000020  00\n+00000030  00\n"
	                 "+00000040  01\n+00000050  01\n");
	hs_check_has(page(&b), "    +00000000  00\n    +*\n    +00000040  01\n    +00000050  01\n");
	hs_check_lacks(page(&b), "Left out");
	hs_built_release(&b);
}

/* Five hundred lines that go must not hide the five hundred that come. */
static void
both_sides_of_a_long_change_get_room(void **state)
{
	const struct hs_sink_options verbose = { .verbose = 1 };
	struct hs_built b;
	char text[16384];
	size_t n;

	(void)state;
	n = (size_t)snprintf(text, sizeof(text), "@@ 1 500 1 500\n");
	for (int i = 0; i < 1000; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%cl%d\n", i < 500 ? '-' : '+',
		                      i);
	hs_built_listing(&b, start(&b, HS_STATUS_CONTENT), "text", text);
	hs_check_has(page(&b), "    -l11\n    [488 more - lines]\n    +l500\n");
	hs_check_has(page(&b), "    +l511\n    [488 more + lines]\n");
	hs_check_has(page(&b), "Left out: 976 lines\n");
	hs_check_has(hs_built_write(&b, &hs_sink_text, &verbose), "    -l499\n    +l500\n");
	hs_built_release(&b);
}

static void
lines_left_out_are_counted_wherever_they_were(void **state)
{
	struct hs_built b;
	struct hs_listing *listing;
	char text[16384] = "";
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 100; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "@@ %d 1 %d 1\n-a\n+b\n", i, i);
	listing = hs_built_listing(&b, start(&b, HS_STATUS_CONTENT), "text", text);
	listing->lines_left_out = 1000;
	/* Of 200 lines 40 are shown. */
	hs_check_has(page(&b), "    [1160 more lines]\n");
	hs_check_has(page(&b), "Left out: 1160 lines\n");
	hs_built_release(&b);
}

/* The room ends within the fourth run of twelve. */
static void
a_run_that_is_shown_in_part_is_counted_too(void **state)
{
	struct hs_built b;
	char text[1024];
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 60; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s-l%d\n",
		                      i % 12 ? "" : "@@ 1 1 1 1\n", i);
	hs_built_listing(&b, start(&b, HS_STATUS_CONTENT), "text", text);
	hs_check_has(page(&b), "    -l39\n    [20 more lines]\n\nLeft out: 20 lines\n");
	hs_built_release(&b);
}

static void
long_lines_are_shown_where_they_part(void **state)
{
	struct hs_built b;
	char text[2048], line[901];

	(void)state;
	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = 0;
	snprintf(text, sizeof(text), "@@ 1 1 1 1\n-%sOLD%s\n+%sNEW%s\n", line + 100, line + 800,
	         line + 100, line + 800);
	hs_built_listing(&b, start(&b, HS_STATUS_CONTENT), "text", text);
	hs_check_has(page(&b), "...xxxxxxxxxxxxxxxxxxxxOLDxxx");
	hs_check_has(page(&b), "...xxxxxxxxxxxxxxxxxxxxNEWxxx");
	hs_check_has(page(&b), "(903 bytes)");
	hs_built_release(&b);
}

static void
a_view_that_is_not_the_expected_one_says_why(void **state)
{
	struct hs_built b;
	struct hs_listing *listing;

	(void)state;
	listing = hs_built_listing(&b, start(&b, HS_STATUS_CONTENT), "hex",
	                           "@@ 0 1 0 1\n-0  00\n+0  01\n");
	listing->note = "too long for a text";
	hs_check_has(page(&b), "    * too long for a text\n    @@ ");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_listed_as_diff_does),
		cmocka_unit_test(rows_of_hex_have_offsets_in_hex),
		cmocka_unit_test(rows_that_repeat_are_shown_once),
		cmocka_unit_test(both_sides_of_a_long_change_get_room),
		cmocka_unit_test(lines_left_out_are_counted_wherever_they_were),
		cmocka_unit_test(a_run_that_is_shown_in_part_is_counted_too),
		cmocka_unit_test(long_lines_are_shown_where_they_part),
		cmocka_unit_test(a_view_that_is_not_the_expected_one_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
