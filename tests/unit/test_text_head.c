/* SPDX-License-Identifier: Apache-2.0 */
#include "build_report.h"
#include "check_text.h"
#include "sinks/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char *
page(struct hs_built *b)
{
	return hs_built_write(b, &hs_sink_text, NULL);
}

static void
check_first_line(struct hs_built *b, const char *want)
{
	const char *text = page(b);

	assert_memory_equal(want, text, strlen(want));
	assert_int_equal('\n', text[strlen(want)]);
}

static void
the_verdict_is_the_first_line(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	check_first_line(&b, "SAME  byte for byte");
	b.root->n_same = 1;
	check_first_line(&b, "SAME  1 entry");
	b.root->n_same = 1204;
	check_first_line(&b, "SAME  1204 entries");
	b.root->status = HS_STATUS_CONTENT;
	check_first_line(&b,
	                 "DIFFERENT  what holds the entries differs; 1204 entries are the same");
	b.root->n_same = 0;
	check_first_line(&b, "DIFFERENT  the bytes differ");
	b.report.a.has_sha256 = false;
	check_first_line(&b, "DIFFERENT  one is a directory, the other is a file");
	b.report.a.has_sha256 = true;
	hs_built_add(&b, b.root, HS_SPAN("c"), HS_STATUS_CONTENT);
	check_first_line(&b, "DIFFERENT  1 of 1 entry differs: 1 content");
	hs_built_add(&b, b.root, HS_SPAN("m"), HS_STATUS_METADATA);
	hs_built_add(&b, b.root, HS_SPAN("a"), HS_STATUS_ONLY_A);
	hs_built_add(&b, b.root, HS_SPAN("b"), HS_STATUS_ONLY_B);
	hs_built_add(&b, b.root, HS_SPAN("o"), HS_STATUS_MOVED);
	check_first_line(&b,
	                 "DIFFERENT  5 of 5 entries differ: 1 content, 1 metadata, 1 only in a, "
	                 "1 only in b, 1 moved");
	hs_built_release(&b);
}

/* What all of it comes to is the verdict, and is not said again below. */
static void
a_remark_on_the_whole_is_the_verdict(void **state)
{
	const struct hs_note only = { .code = "compression-only",
		                      .text = "only the packing differs" };
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "gzip");
	b.root->status = HS_STATUS_CONTENT;
	b.root->n_same = 1;
	hs_built_note(&b, b.root, only);
	check_first_line(&b, "DIFFERENT  only the packing differs; 1 entry is the same");
	hs_check_lacks(hs_built_write(&b, &hs_sink_text, NULL), "* only");
	hs_built_add(&b, b.root, HS_SPAN("c"), HS_STATUS_CONTENT);
	hs_check_has(hs_built_write(&b, &hs_sink_text, NULL), "* only the packing differs\n");
	hs_built_release(&b);
}

static void
the_operands_follow(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a.tar", "dir", "tar");
	b.report.b = (struct hs_input){ .name = "dir", .format = "directory" };
	hs_check_has(page(&b), "\n  a  a.tar  tar, 10.0 KiB (10240 bytes)\n     sha256:aaaaaaaa");
	hs_check_has(page(&b), "aa\n  b  dir  directory\n");
	hs_built_release(&b);
}

static void
incomplete_never_looks_like_the_same(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	b.root->n_same = 9;
	hs_built_note(&b, b.root,
	              (struct hs_note){
			      .code = "limit", .text = "too deep", .side = 'a', .damage = true });
	check_first_line(&b, "INCOMPLETE  no difference in what could be compared");
	hs_check_has(page(&b), "\n\nNot compared in full:\n  ! too deep [limit in a]\n");
	hs_check_lacks(page(&b), "SAME");
	hs_built_note(&b, hs_built_add(&b, b.root, HS_SPAN("x\n"), HS_STATUS_CONTENT),
	              (struct hs_note){ .code = "damaged", .text = "cut", .damage = true });
	check_first_line(&b, "INCOMPLETE  1 of 10 entries differs: 1 content");
	hs_check_has(page(&b), "\n  ! x\\n: cut [damaged]\n");
	hs_built_release(&b);
}

static void
only_the_first_damages_are_listed_at_the_top(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	for (int i = 0; i < 25; i++)
		hs_built_note(&b,
		              hs_built_add(&b, b.root, hs_arena_span(&b.arena, "m%d", i),
		                           HS_STATUS_CONTENT),
		              (struct hs_note){ .code = "damaged", .text = "cut", .damage = true });
	hs_check_has(page(&b), "  ! m9: cut [damaged]\n  and 15 more, marked ! below\n\n~ m0");
	hs_check_has(page(&b), "~ m24  data, 10 bytes\n    ! damaged: cut\n");
	hs_built_release(&b);
}

static void
the_hint_can_be_pasted_into_a_shell(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "it's a.tar", "b.tar", "tar");
	hs_built_listing(&b, hs_built_add(&b, b.root, HS_SPAN("etc/motd"), HS_STATUS_CONTENT),
	                 "text", "@@ 1 1 1 1\n-a\n+b\n");
	hs_check_has(page(&b), "Next: hashoscope -o json=report.json 'it'\\''s a.tar' b.tar\n"
	                       "      hashoscope cat b.tar etc/motd\n");
	hs_built_release(&b);
}

static void
what_cannot_be_typed_is_not_in_the_hint(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "-", "b\xff", "tar");
	hs_built_listing(&b, hs_built_add(&b, b.root, HS_SPAN("\x1b"), HS_STATUS_CONTENT), "text",
	                 "@@ 1 1 1 1\n-a\n+b\n");
	hs_check_has(page(&b), "Next: hashoscope -o json=report.json A B\n");
	hs_check_lacks(page(&b), "hashoscope cat");
	hs_built_release(&b);
}

static void
an_inspection_begins_with_its_operand(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_inspection(&b, "a.tar", "tar");
	hs_built_add(&b, b.root, HS_SPAN("x"), HS_STATUS_SAME);
	check_first_line(&b, "a.tar  tar, 10.0 KiB (10240 bytes), 1 entry");
	hs_check_lacks(page(&b), "Next");
	hs_built_note(&b, b.root,
	              (struct hs_note){ .code = "damaged", .text = "cut", .damage = true });
	check_first_line(&b, "INCOMPLETE  not all was read");
	hs_check_has(page(&b), "\n\nNot read in full:\n  ! cut [damaged]\n");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_verdict_is_the_first_line),
		cmocka_unit_test(a_remark_on_the_whole_is_the_verdict),
		cmocka_unit_test(the_operands_follow),
		cmocka_unit_test(incomplete_never_looks_like_the_same),
		cmocka_unit_test(only_the_first_damages_are_listed_at_the_top),
		cmocka_unit_test(the_hint_can_be_pasted_into_a_shell),
		cmocka_unit_test(what_cannot_be_typed_is_not_in_the_hint),
		cmocka_unit_test(an_inspection_begins_with_its_operand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
