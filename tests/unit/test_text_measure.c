/* SPDX-License-Identifier: Apache-2.0 */
#include "build_measurements.h"
#include "build_report.h"
#include "check_text.h"
#include "sinks/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char *
page(struct hs_built *b, const struct hs_measurements *m, unsigned verbose)
{
	const struct hs_sink_options options = { .verbose = verbose, .width = 80 };

	b->root->status = HS_STATUS_CONTENT;
	b->report.measurements = m;
	return hs_built_write(b, &hs_sink_text, &options);
}

static void
the_pcrs_and_the_causes_stand_below_the_verdict(void **state)
{
	struct build_measurements *m;
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	hs_check_has(page(&b, &m->m, 0),
	             "differ\n"
	             "  ~  PCR0  0000000000000000.. -> 1111111111111111..  ramdisk[2] differs\n"
	             "  =  PCR1  2222222222222222..  kernel, cmdline, ramdisk[1]\n"
	             "  ~  PCR2  3333333333333333.. -> 4444444444444444..  ramdisk[2] differs\n"
	             "     because f in the customer ramdisk has other content\n"
	             "     and mtime of 40 entries in the customer ramdisk differs (a and "
	             "others)\n"
	             "     in no PCR: metadata (BuildMetadata.BuildTime)\n"
	             "  a  a");
	hs_built_release(&b);
}

static void
all_digits_and_sections_are_for_who_asks(void **state)
{
	struct build_measurements *m;
	struct hs_built b;
	const char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	m->m.pcrs[1].release_a = m->m.pcrs[1].release_b = "1.3.1 and later";
	text = page(&b, &m->m, 1);
	hs_check_has(text, "  ~  PCR2  "
	                   "333333333333333333333333333333333333333333333333"
	                   "333333333333333333333333333333333333333333333333\n"
	                   "           "
	                   "444444444444444444444444444444444444444444444444"
	                   "444444444444444444444444444444444444444444444444\n"
	                   "           of ramdisk[2] (differs)\n");
	hs_check_has(text, "           of kernel, cmdline, ramdisk[1]\n"
	                   "           a is of nitro-cli 1.3.1 and later\n"
	                   "           b is of nitro-cli 1.3.1 and later\n");
	hs_built_release(&b);
}

static void
a_release_is_told_of_the_side_that_has_it(void **state)
{
	struct build_measurements *m;
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	m->m.pcrs[1].release_a = m->m.pcrs[1].release_b = "1.3.1 and later";
	hs_check_has(page(&b, &m->m, 0), "  kernel, cmdline, ramdisk[1]\n"
	                                 "           of nitro-cli 1.3.1 and later\n");
	m->m.pcrs[1].same = false;
	m->m.pcrs[1].release_a = NULL;
	hs_check_has(page(&b, &m->m, 0), "           b is of nitro-cli 1.3.1 and later\n");
	hs_check_has(page(&b, &m->m, 0), "..  the order of sections\n");
	hs_built_release(&b);
}

static void
a_signature_of_one_side_is_told(void **state)
{
	struct build_measurements *m;
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	m->m.pcrs[3].b = m->m.pcrs[2].b;
	m->m.pcrs[3].same = false;
	hs_check_has(page(&b, &m->m, 0),
	             "  ~  PCR8  not signed -> 4444444444444444..  the certificate\n");
	hs_built_release(&b);
}

static void
many_causes_are_counted_and_remarks_told(void **state)
{
	struct hs_measure_cause causes[9];
	struct build_measurements *m;
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	for (size_t i = 0; i < 9; i++)
		causes[i] = m->causes[0];
	m->m.causes = causes;
	m->m.n_causes = 9;
	m->m.n_more = 3;
	m->remarks[0] = "a remark";
	m->m.n_remarks = 1;
	hs_check_has(page(&b, &m->m, 0), "     and for 7 more reasons, shown with -v\n");
	hs_check_has(page(&b, &m->m, 1), "     and for 3 more reasons\n");
	hs_check_has(page(&b, &m->m, 0), "     a remark\n");
	hs_built_release(&b);
}

static void
what_only_follows_is_left_out(void **state)
{
	struct hs_node *disk, *f, *g;
	struct build_measurements *m;
	struct hs_built b;
	const char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	hs_built_change(&b, b.root, "crc32", "00000001", "00000002")->of_members = true;
	disk = hs_built_add(&b, b.root, HS_SPAN("ramdisk[2]"), HS_STATUS_CONTENT);
	hs_built_change(&b, disk, "size", "512", "1024");
	hs_built_change(&b, disk, "trailer", "newc, inode 7", "newc, inode 8");
	f = hs_built_add(&b, disk, HS_SPAN("f"), HS_STATUS_METADATA);
	hs_built_change(&b, f, "inode", "3", "4");
	g = hs_built_add(&b, disk, HS_SPAN("g"), HS_STATUS_METADATA);
	hs_built_change(&b, g, "inode", "4", "5");
	hs_built_change(&b, g, "mode", "0600", "0644");
	m->m.node = b.root;
	m->sections[3].node = disk;
	m->sections[3].counted = true;
	text = page(&b, &m->m, 0);
	hs_check_lacks(text, "crc32");
	hs_check_lacks(text, "inode");
	hs_check_lacks(text, "size:");
	hs_check_has(text, "  m g  mode: 0600 -> 0644\n");
	hs_check_has(text, "Left out: 4 facts that only follow from others\n");
	hs_check_has(page(&b, &m->m, 1), "inode: 3 -> 4");
	m->sections[3].counted = false;
	hs_check_has(page(&b, &m->m, 0), "inode: 3 -> 4");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pcrs_and_the_causes_stand_below_the_verdict),
		cmocka_unit_test(all_digits_and_sections_are_for_who_asks),
		cmocka_unit_test(a_release_is_told_of_the_side_that_has_it),
		cmocka_unit_test(a_signature_of_one_side_is_told),
		cmocka_unit_test(many_causes_are_counted_and_remarks_told),
		cmocka_unit_test(what_only_follows_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
