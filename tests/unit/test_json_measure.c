/* SPDX-License-Identifier: Apache-2.0 */
#include "build_measurements.h"
#include "build_report.h"
#include "check_text.h"
#include "sinks/json_measure.h"
#include "sinks/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

static char *
text_of(void (*write)(struct hs_json *j, const struct hs_measurements *m),
        const struct hs_measurements *m)
{
	char *text = NULL;
	size_t len = 0;
	struct hs_json j = { .out = open_memstream(&text, &len) };

	write(&j, m);
	fclose(j.out);
	return text;
}

static void
without_measurements_there_is_nothing(void **state)
{
	char *pcrs = text_of(hs_json_measured, NULL);
	char *result = text_of(hs_json_measurements, NULL);

	(void)state;
	assert_string_equal(pcrs, "[]");
	assert_string_equal(result, "null");
	free(pcrs);
	free(result);
}

static void
a_pcr_has_its_sections_and_releases(void **state)
{
	struct hs_arena a = { 0 };
	struct build_measurements *m = build_measurements(&a);
	struct hs_node node = { .id = 7 };
	char *text;

	(void)state;
	m->sections[3].node = &node;
	m->m.pcrs[1].release_b = "1.3.1 and later";
	text = text_of(hs_json_measured, &m->m);
	hs_check_has(text, "\n{\"id\": \"PCR2\", \"algorithm\": \"sha384\", \"a\": \"333333");
	hs_check_has(text, "\"same\": false, \"sentence\": \"PCR2 differs because f differs\", "
	                   "\"sections\": [{\"name\": \"ramdisk[2]\", \"in_a\": true, \"in_b\": "
	                   "true, \"same\": false, \"node\": \"n7\"}], \"release_a\": null, "
	                   "\"release_b\": null},\n");
	hs_check_has(text, "\"release_a\": null, \"release_b\": \"1.3.1 and later\"}");
	hs_check_has(text,
	             "{\"id\": \"PCR8\", \"algorithm\": \"sha384\", \"a\": null, \"b\": null, "
	             "\"same\": true, ");
	free(text);
	hs_arena_release(&a);
}

static void
the_result_has_causes_and_what_is_not_measured(void **state)
{
	struct hs_arena a = { 0 };
	struct build_measurements *m = build_measurements(&a);
	struct hs_node node = { .id = 9 };
	char *text;

	(void)state;
	m->causes[0].node = &node;
	m->causes[0].path = "ramdisk[2]!f";
	m->m.n_more = 4;
	m->remarks[0] = "a remark";
	m->m.n_remarks = 1;
	text = text_of(hs_json_measurements, &m->m);
	assert_string_equal(
		text,
		"{\"same\": false, \"sentence\": \"PCR0 and PCR2 differ because f differs; PCR1 is "
		"the same\", \"rebuilt\": null, \"unknown_flags\": false, \"causes\": ["
		"{\"code\": \"content\", \"sentence\": \"f in the customer ramdisk has other "
		"content\", \"reaches\": [\"PCR0\", \"PCR2\"], \"entries\": 1, \"node\": \"n9\", "
		"\"path\": \"ramdisk[2]!f\"}, "
		"{\"code\": \"times\", \"sentence\": \"mtime of 40 entries in the customer ramdisk "
		"differs (a and others)\", \"reaches\": [\"PCR0\", \"PCR2\"], \"entries\": 40, "
		"\"node\": null, \"path\": null}], \"causes_left_out\": 4, "
		"\"not_measured\": [{\"name\": \"metadata\", \"detail\": "
		"\"BuildMetadata.BuildTime\", \"node\": null}], \"remarks\": [\"a remark\"]}");
	free(text);
	hs_arena_release(&a);
}

static void
what_was_rebuilt_names_no_node(void **state)
{
	struct hs_arena a = { 0 };
	struct build_measurements *m = build_measurements(&a);
	struct hs_node node = { .id = 9 };
	char *text;

	(void)state;
	m->causes[0].node = &node;
	m->causes[0].path = "ramdisk[2]!f";
	m->m.rebuilt = 'a';
	text = text_of(hs_json_measurements, &m->m);
	hs_check_has(text, "\"rebuilt\": \"a\"");
	hs_check_has(text, "\"node\": null, \"path\": \"ramdisk[2]!f\"");
	free(text);
	hs_arena_release(&a);
}

static void
nodes_say_which_pcrs_have_them(void **state)
{
	struct build_measurements *m;
	struct hs_node *disk;
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	b.root->status = HS_STATUS_CONTENT;
	m = build_measurements(&b.arena);
	disk = hs_built_add(&b, b.root, HS_SPAN("ramdisk[2]"), HS_STATUS_CONTENT);
	hs_built_add(&b, disk, HS_SPAN("f"), HS_STATUS_CONTENT);
	hs_built_add(&b, b.root, HS_SPAN("metadata"), HS_STATUS_CONTENT);
	m->sections[3].node = disk;
	b.report.measurements = &m->m;
	hs_check_has(hs_built_write(&b, &hs_sink_json, NULL),
	             "\"path\": \"ramdisk[2]!f\", \"path_bytes_b64\": null, \"kind\": null, "
	             "\"type\": \"file\", \"status\": \"content\", \"class\": null, "
	             "\"measured_in\": [\"PCR0\", \"PCR2\"], ");
	hs_check_has(hs_built_write(&b, &hs_sink_json, NULL),
	             "\"status\": \"content\", \"class\": null, \"measured_in\": [], "
	             "\"moved_from\": null");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_measurements_there_is_nothing),
		cmocka_unit_test(a_pcr_has_its_sections_and_releases),
		cmocka_unit_test(the_result_has_causes_and_what_is_not_measured),
		cmocka_unit_test(what_was_rebuilt_names_no_node),
		cmocka_unit_test(nodes_say_which_pcrs_have_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
