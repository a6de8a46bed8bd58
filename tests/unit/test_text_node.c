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
each_status_has_its_sign(void **state)
{
	struct hs_built b;
	struct hs_node *node;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	hs_built_side(hs_built_add(&b, b.root, HS_SPAN("c"), HS_STATUS_CONTENT), "text", 12, 9);
	hs_built_add(&b, b.root, HS_SPAN("a"), HS_STATUS_ONLY_A);
	hs_built_add(&b, b.root, HS_SPAN("b"), HS_STATUS_ONLY_B)->b.kind = HS_KIND_DIR;
	node = hs_built_add(&b, b.root, HS_SPAN("n"), HS_STATUS_MOVED);
	node->moved_from = HS_SPAN("o");
	node = hs_built_add(&b, b.root, HS_SPAN("r"), HS_STATUS_CONTENT);
	node->moved_from = HS_SPAN("q");
	node->similarity = 87;
	node = hs_built_add(&b, b.root, HS_SPAN("m"), HS_STATUS_METADATA);
	hs_built_change(&b, node, "mode", "1", "2");
	hs_built_change(&b, node, "uid", "1", "2");
	hs_check_has(page(&b), "\n\n~ c  text, 12 -> 9 bytes (-3)\n"
	                       "- a  data, 10 bytes\n"
	                       "+ b  directory, 10 bytes\n"
	                       "> n  file, 10 bytes, moved from o\n"
	                       "~ r  data, 10 bytes, renamed from q (87% the same)\n"
	                       "m m  mode, uid differ\n"
	                       "    mode: 1 -> 2\n"
	                       "    uid: 1 -> 2\n\n");
	hs_built_release(&b);
}

/* A folder that became an empty file, or a link that became a file, is not "empty -> text". */
static void
a_member_that_became_another_type_says_so(void **state)
{
	struct hs_built b;
	struct hs_node *node;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	node = hs_built_add(&b, b.root, HS_SPAN("l"), HS_STATUS_CONTENT);
	hs_built_side(node, "text", 0, 7);
	node->a.format = "empty";
	node->a.kind = HS_KIND_SYMLINK;
	hs_built_change(&b, node, "type", "symlink", "file");
	hs_built_change(&b, node, "size", NULL, "7");
	hs_built_change(&b, node, "format", "empty", "text");
	hs_built_change(&b, node, "link target", "x", NULL);
	hs_check_has(page(&b), "~ l  symlink -> text, 7 bytes\n    - link target: x\n\n");
	hs_built_release(&b);
}

static void
a_filter_with_nothing_to_say_stands_in_the_line_of_its_content(void **state)
{
	struct hs_built b;
	struct hs_node *gz, *tar;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	gz = hs_built_add(&b, b.root, HS_SPAN("layer[0]"), HS_STATUS_CONTENT);
	hs_built_side(gz, "gzip", 1, 2);
	tar = hs_built_add(&b, gz, (struct hs_span){ 0 }, HS_STATUS_CONTENT);
	hs_built_side(tar, "tar", 1, 2);
	tar->n_same = 5;
	hs_built_add(&b, tar, HS_SPAN("x"), HS_STATUS_CONTENT);
	hs_check_has(page(&b), "\n~ layer[0]  tar in gzip, 1 of 6 members differ\n"
	                       "  ~ x  data, 10 bytes\n");
	gz->b.format = "zstd";
	hs_check_has(page(&b), "~ layer[0]  tar in gzip -> tar in zstd, 1 of 6 members differ\n");
	hs_built_change(&b, gz, "mtime", "1", "2");
	hs_check_has(page(&b),
	             "~ layer[0]  gzip -> zstd\n    mtime: 1 -> 2\n"
	             "  ~ (content)  tar, 1 of 6 members differ\n    ~ x  data, 10 bytes\n");
	hs_built_release(&b);
}

static void
the_only_fact_of_a_member_stands_in_its_line_where_it_fits(void **state)
{
	struct hs_built b;
	struct hs_node *node;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	node = hs_built_add(&b, b.root, HS_SPAN("m"), HS_STATUS_METADATA);
	hs_built_change(&b, node, "mode", "0644", "0600");
	hs_check_has(page(&b), "\nm m  mode: 0644 -> 0600\n\n");
	node->name = HS_SPAN("a/name/so/long/that/the/fact/has/no/room/in/the/same/line/x");
	hs_check_has(page(&b), "/line/x  mode differs\n    mode: 0644 -> 0600\n");
	hs_built_release(&b);
}

static void
verbose_adds_digests(void **state)
{
	const struct hs_sink_options verbose = { .verbose = 1 };
	struct hs_built b;
	const char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	hs_built_add(&b, b.root, HS_SPAN("c"), HS_STATUS_CONTENT);
	hs_built_add(&b, b.root, HS_SPAN("d"), HS_STATUS_ONLY_A);
	text = hs_built_write(&b, &hs_sink_text, &verbose);
	hs_check_has(text, "    a sha256:0a0a0a");
	hs_check_has(text, "    b sha256:0b0b0b");
	hs_check_has(text, "- d  data, 10 bytes\n    sha256:0a0a0a");
	hs_built_release(&b);
}

static void
a_second_member_of_one_name_is_numbered(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	hs_built_add(&b, b.root, HS_SPAN("x"), HS_STATUS_ONLY_B)->occurrence = 1;
	hs_check_has(page(&b), "\n+ x#2  data, 10 bytes\n");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_status_has_its_sign),
		cmocka_unit_test(a_member_that_became_another_type_says_so),
		cmocka_unit_test(a_filter_with_nothing_to_say_stands_in_the_line_of_its_content),
		cmocka_unit_test(the_only_fact_of_a_member_stands_in_its_line_where_it_fits),
		cmocka_unit_test(verbose_adds_digests),
		cmocka_unit_test(a_second_member_of_one_name_is_numbered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
