/* SPDX-License-Identifier: Apache-2.0 */
#include "hostile.h"
#include "sinks/sink.h"

#include <jansson.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char start_of_same[] =
	"{\n"
	"\"$schema\": \"hashoscope-report-1.0.schema.json\",\n"
	"\"format\": {\"name\": \"hashoscope-report\", \"version\": \"1.0.2\"},\n"
	"\"tool\": {\"name\": \"hashoscope\", \"version\": \"";

static const char rest_of_same[] =
	"\"},\n"
	"\"inputs\": {\"a\": {\"name\": \"a.tar\", \"type\": \"tar\", \"size\": 10240, \"sha256\": "
	"\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}, "
	"\"b\": {\"name\": \"b.tar\", \"type\": \"tar\", \"size\": 10240, \"sha256\": "
	"\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"}},\n"
	"\"result\": {\"verdict\": \"same\", \"complete\": true, \"exit_code\": 0, "
	"\"incomplete_reasons\": [], \"ladder\": null, \"ignored\": {}, "
	"\"measurements\": null},\n"
	"\"summary\": {\"entries\": 12, \"identical\": 12, \"content\": 0, \"metadata\": 0, "
	"\"only_a\": 0, \"only_b\": 0, \"moved\": 0, \"ignored\": 0, \"unreadable\": 0},\n"
	"\"measurements\": [],\n"
	"\"causes\": [],\n"
	"\"nodes\": [\n"
	"{\"id\": \"n1\", \"parent\": null, \"path\": \"\", \"path_bytes_b64\": null, "
	"\"kind\": \"tar\", \"type\": \"file\", \"status\": \"same\", \"class\": null, "
	"\"measured_in\": [], \"moved_from\": null, \"similarity\": null, "
	"\"a\": {\"format\": \"tar\", \"type\": \"file\", \"size\": 0, \"sha256\": null}, "
	"\"b\": {\"format\": \"tar\", \"type\": \"file\", \"size\": 0, \"sha256\": null}, "
	"\"fields\": [], \"notes\": [], \"diffs\": [], \"identical\": 12, \"children\": 0, "
	"\"ignored\": []}\n"
	"],\n"
	"\"diagnostics\": []\n"
	"}\n";

static void
a_report_has_its_keys_in_the_order_of_the_specification(void **state)
{
	struct hs_built b;
	const char *text, *rest;

	(void)state;
	hs_built_init(&b, "a.tar", "b.tar", "tar");
	b.root->n_same = 12;
	text = hs_built_write(&b, &hs_sink_json, NULL);
	assert_memory_equal(start_of_same, text, sizeof(start_of_same) - 1);
	rest = strchr(text + sizeof(start_of_same) - 1, '"');
	assert_non_null(rest);
	assert_string_equal(rest_of_same, rest);
	hs_built_release(&b);
}

static json_t *
parsed(struct hs_built *b)
{
	json_t *json =
		json_loads(hs_built_write(b, &hs_sink_json, NULL), JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(json);
	return json;
}

static const char *
text_of(const json_t *json, const char *object, const char *key)
{
	return json_string_value(json_object_get(json_object_get(json, object), key));
}

/* Nothing was found, but not all was looked at: no word of that is "same". */
static void
an_incomplete_result_is_never_the_same(void **state)
{
	struct hs_built b;
	json_t *json;

	(void)state;
	hs_built_init(&b, "a.tar", "b.tar", "tar");
	hs_built_note(
		&b, b.root,
		(struct hs_note){
			.code = "damaged", .text = "cut short", .side = 'b', .damage = true });
	json = parsed(&b);
	assert_string_equal("incomplete", text_of(json, "result", "verdict"));
	assert_int_equal(3, json_integer_value(
				    json_object_get(json_object_get(json, "result"), "exit_code")));
	json_decref(json);
	hs_built_add(&b, b.root, HS_SPAN("x"), HS_STATUS_CONTENT);
	json = parsed(&b);
	assert_string_equal("different", text_of(json, "result", "verdict"));
	json_decref(json);
	hs_built_release(&b);
}

static void
all_damage_is_repeated_at_the_end(void **state)
{
	struct hs_built b;
	struct hs_node *node;
	json_t *json, *first;

	(void)state;
	hs_built_init(&b, "a.tar", "b.tar", "tar");
	node = hs_built_add(&b, b.root, HS_SPAN("x"), HS_STATUS_CONTENT);
	hs_built_note(&b, node, (struct hs_note){ .code = "order-only", .text = "order" });
	hs_built_note(
		&b, node,
		(struct hs_note){
			.code = "damaged", .text = "cut \\x1b", .side = 'b', .damage = true });
	hs_built_note(&b, node,
	              (struct hs_note){ .code = "damaged", .text = "bad", .damage = true });
	json = parsed(&b);
	assert_int_equal(2, json_array_size(json_object_get(json, "diagnostics")));
	first = json_array_get(json_object_get(json, "diagnostics"), 0);
	assert_string_equal("n2", json_string_value(json_object_get(first, "node")));
	assert_string_equal("cut \\x1b", json_string_value(json_object_get(first, "message")));
	assert_string_equal("b", json_string_value(json_object_get(first, "side")));
	json_decref(json);
	hs_built_release(&b);
}

static void
an_inspection_has_one_input(void **state)
{
	struct hs_built b;
	json_t *json;

	(void)state;
	hs_built_inspection(&b, "a.tar", "");
	b.report.a.has_sha256 = false;
	json = parsed(&b);
	assert_string_equal("hashoscope-inspection", text_of(json, "format", "name"));
	assert_int_equal(1, json_object_size(json_object_get(json, "inputs")));
	assert_null(json_object_get(json, "causes"));
	assert_true(json_is_null(
		json_object_get(json_object_get(json_object_get(json, "inputs"), "a"), "type")));
	json_decref(json);
	hs_built_release(&b);
}

static void
hostile_bytes_are_never_written_raw(void **state)
{
	(void)state;
	for (int inspection = 0; inspection < 2; inspection++) {
		struct hs_built b;
		const char *text;
		json_t *json;

		hs_hostile_report(&b, inspection);
		text = hs_built_write(&b, &hs_sink_json, NULL);
		assert_null(hs_hostile_find(text));
		json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(json);
		json_decref(json);
		hs_built_release(&b);
	}
}

/* What the heap holds while the nodes go by does not depend on their number. */
static void
a_hundred_thousand_nodes_are_written_without_being_kept(void **state)
{
	const struct hs_sink_options options = { .verbose = 0 };
	struct hs_sink sink = { .ops = &hs_sink_json,
		                .out = fopen("/dev/null", "w"),
		                .options = &options };
	struct hs_built b;
	struct hs_err err;
	size_t at_start, most = 0;

	(void)state;
	assert_non_null(sink.out);
	hs_built_init(&b, "a.tar", "b.tar", "tar");
	for (int i = 0; i < 100000; i++)
		hs_built_add(&b, b.root, hs_arena_span(&b.arena, "d/%06d\xff", i),
		             HS_STATUS_CONTENT);
	hs_built_finish(&b);
	sink.report = &b.report;
	sink.ops->begin(&sink);
	at_start = mallinfo2().uordblks;
	for (const struct hs_node *n = b.root; n; n = hs_node_next(n)) {
		const size_t now = (sink.ops->enter(&sink, n, NULL), mallinfo2().uordblks);

		most = now > most ? now : most;
		sink.ops->leave(&sink, n);
	}
	assert_true(most <= at_start + 256 * 1024);
	assert_int_equal(0, sink.ops->end(&sink, &err));
	fclose(sink.out);
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_has_its_keys_in_the_order_of_the_specification),
		cmocka_unit_test(an_incomplete_result_is_never_the_same),
		cmocka_unit_test(all_damage_is_repeated_at_the_end),
		cmocka_unit_test(an_inspection_has_one_input),
		cmocka_unit_test(hostile_bytes_are_never_written_raw),
		cmocka_unit_test(a_hundred_thousand_nodes_are_written_without_being_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
