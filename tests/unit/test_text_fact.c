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
a_fact_that_fits_stands_in_one_line_and_else_in_two(void **state)
{
	static const char long_value[] = "0123456789012345678901234567890123456789";
	struct hs_built b;
	struct hs_node *node = start(&b, HS_STATUS_CONTENT);

	(void)state;
	hs_built_change(&b, node, "mode", "0644", "0600");
	hs_built_change(&b, node, "link target", long_value, "y");
	hs_built_change(&b, node, "digest", long_value, long_value + 1);
	hs_check_has(page(&b), "\n    mode: 0644 -> 0600\n"
	                       "    link target: 0123456789012345678901234567890123456789 -> y\n"
	                       "    - digest: 0123456789012345678901234567890123456789\n"
	                       "    + digest: 123456789012345678901234567890123456789\n");
	hs_built_release(&b);
}

static void
what_only_one_side_says_has_that_sides_sign(void **state)
{
	struct hs_built b;
	struct hs_node *node = start(&b, HS_STATUS_CONTENT);

	(void)state;
	hs_built_change(&b, node, "env", "A=1", NULL);
	hs_built_change(&b, node, "env", NULL, "A=2");
	hs_check_has(page(&b), "\n    - env: A=1\n    + env: A=2\n");
	hs_built_release(&b);
}

static void
an_order_that_differs_is_said_to_be_no_more_than_that(void **state)
{
	struct hs_built b;
	struct hs_node *node = start(&b, HS_STATUS_CONTENT);

	(void)state;
	hs_built_change(&b, node, "env", "A, B", "B, A")->order_only = true;
	hs_check_has(page(&b), "\n    env: only the order differs\n    - A, B\n    + B, A\n");
	hs_built_release(&b);
}

static void
facts_of_one_side_fill_their_lines(void **state)
{
	struct hs_built b;
	struct hs_node *node = start(&b, HS_STATUS_ONLY_B);

	(void)state;
	hs_built_change(&b, node, "type", NULL, "file");
	hs_built_change(&b, node, "mode", NULL, "0644");
	hs_built_change(&b, node, "uid", NULL, "0");
	hs_built_change(&b, node, "size", NULL, "10");
	hs_built_change(&b, node, "mtime", NULL, "2026-08-01T00:00:00Z");
	hs_built_change(&b, node, "stored name", NULL, "./a/name/that/is/long/enough/to/wrap");
	hs_check_has(page(&b), "+ m  data, 10 bytes\n"
	                       "    mode: 0644  uid: 0  mtime: 2026-08-01T00:00:00Z\n"
	                       "    stored name: ./a/name/that/is/long/enough/to/wrap\n");
	hs_built_release(&b);
}

/* The node's line says them; where it says something else, they are shown. */
static void
a_size_or_type_is_said_once(void **state)
{
	struct hs_built b;
	struct hs_node *node = start(&b, HS_STATUS_CONTENT);

	(void)state;
	hs_built_side(node, "", 12, 14);
	hs_built_change(&b, node, "size", "12", "14");
	hs_check_has(page(&b), "~ m  data, 12 -> 14 bytes (+2)\n\nNext");
	node->b.size = 15;
	hs_check_has(page(&b), "    size: 12 -> 14\n");
	hs_built_release(&b);
}

static void
a_document_of_many_facts_does_not_bury_the_rest(void **state)
{
	const struct hs_sink_options verbose = { .verbose = 1 };
	struct hs_built b;
	struct hs_node *node = start(&b, HS_STATUS_CONTENT);

	(void)state;
	for (int i = 0; i < 100; i++)
		hs_built_change(&b, node, hs_arena_printf(&b.arena, ".f%d", i), "1", "2");
	hs_check_has(page(&b), "    .f23: 1 -> 2\n    [76 more facts]\n");
	hs_check_has(page(&b), "Left out: 76 facts\n");
	hs_check_has(hs_built_write(&b, &hs_sink_text, &verbose), "    .f99: 1 -> 2\n");
	hs_built_release(&b);
}

static void
notes_say_their_side_and_whether_they_are_damage(void **state)
{
	const struct hs_note notes[] = {
		{ .code = "remark", .text = "one" },
		{ .code = "remark", .text = "two", .side = 'a' },
		{ .code = "damaged", .text = "three", .damage = true },
		{ .code = "limit", .text = "four", .side = 'b', .damage = true },
	};
	struct hs_built b;
	struct hs_node *node = start(&b, HS_STATUS_CONTENT);

	(void)state;
	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++)
		hs_built_note(&b, node, notes[i]);
	hs_check_has(page(&b), "\n    * one\n    * in a: two\n    ! damaged: three\n"
	                       "    ! limit in b: four\n");
	hs_built_release(&b);
}

static void
an_inspection_has_no_sides_to_name(void **state)
{
	struct hs_built b;
	struct hs_node *node;

	(void)state;
	hs_built_inspection(&b, "a", "tar");
	node = hs_built_add(&b, b.root, HS_SPAN("m"), HS_STATUS_SAME);
	hs_built_change(&b, node, "mode", "0644", NULL);
	hs_built_note(&b, node, (struct hs_note){ .code = "remark", .text = "one", .side = 'a' });
	hs_check_has(page(&b), "\nm  data, 10 bytes\n    mode: 0644\n    * one\n");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fact_that_fits_stands_in_one_line_and_else_in_two),
		cmocka_unit_test(what_only_one_side_says_has_that_sides_sign),
		cmocka_unit_test(an_order_that_differs_is_said_to_be_no_more_than_that),
		cmocka_unit_test(facts_of_one_side_fill_their_lines),
		cmocka_unit_test(a_size_or_type_is_said_once),
		cmocka_unit_test(a_document_of_many_facts_does_not_bury_the_rest),
		cmocka_unit_test(notes_say_their_side_and_whether_they_are_damage),
		cmocka_unit_test(an_inspection_has_no_sides_to_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
