/* SPDX-License-Identifier: Apache-2.0 */
#include "build_report.h"
#include "sinks/sink.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

/* The parsed report, to be decref'd. */
static json_t *
parsed(struct hs_built *b)
{
	json_t *json =
		json_loads(hs_built_write(b, &hs_sink_json, NULL), JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(json);
	return json;
}

static const json_t *
node_at(const json_t *report, size_t i)
{
	const json_t *node = json_array_get(json_object_get(report, "nodes"), i);

	assert_non_null(node);
	return node;
}

static void
check_text(const json_t *object, const char *key, const char *want)
{
	const json_t *value = json_object_get(object, key);

	assert_non_null(value);
	if (want)
		assert_string_equal(want, json_string_value(value));
	else
		assert_true(json_is_null(value));
}

/* The value as JSON text, with keys in the order in which they were written. */
static void
check_dump(const json_t *object, const char *key, const char *want)
{
	char *text = json_dumps(json_object_get(object, key), JSON_ENCODE_ANY | JSON_COMPACT);

	assert_non_null(text);
	assert_string_equal(want, text);
	free(text);
}

static void
a_node_names_its_container_and_its_path(void **state)
{
	struct hs_built b;
	struct hs_node *layer, *tar;
	json_t *json;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	layer = hs_built_add(&b, b.root, HS_SPAN("layer[0]"), HS_STATUS_CONTENT);
	tar = hs_built_add(&b, layer, (struct hs_span){ 0 }, HS_STATUS_CONTENT);
	hs_built_side(tar, "tar", 1, 2);
	hs_built_add(&b, tar, HS_SPAN("etc/motd"), HS_STATUS_CONTENT)->occurrence = 1;
	json = parsed(&b);
	check_text(node_at(json, 0), "id", "n1");
	check_text(node_at(json, 0), "parent", NULL);
	check_text(node_at(json, 0), "path", "");
	check_text(node_at(json, 2), "path", "layer[0]!");
	check_text(node_at(json, 2), "kind", "tar");
	check_text(node_at(json, 3), "id", "n4");
	check_text(node_at(json, 3), "parent", "n3");
	check_text(node_at(json, 3), "path", "layer[0]!etc/motd#2");
	check_text(node_at(json, 3), "path_bytes_b64", NULL);
	check_text(node_at(json, 3), "kind", NULL);
	check_text(node_at(json, 3), "type", "file");
	check_dump(node_at(json, 3), "children", "0");
	check_dump(node_at(json, 2), "children", "1");
	json_decref(json);
	hs_built_release(&b);
}

static void
a_path_that_is_not_clean_comes_with_its_bytes(void **state)
{
	const struct {
		struct hs_span name;
		const char *path, *b64;
	} rows[] = {
		{ HS_SPAN("a\xff"), "a\\xff", "Yf8=" },
		{ HS_SPAN("a\\b"), "a\\\\b", "YVxi" },
		{ HS_SPAN("\x1b"), "\\x1b", "Gw==" },
		{ HS_SPAN("\xc3\xa9"), "\xc3\xa9", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_built b;
		json_t *json;

		hs_built_init(&b, "a", "b", "tar");
		hs_built_add(&b, b.root, rows[i].name, HS_STATUS_CONTENT);
		json = parsed(&b);
		check_text(node_at(json, 1), "path", rows[i].path);
		check_text(node_at(json, 1), "path_bytes_b64", rows[i].b64);
		json_decref(json);
		hs_built_release(&b);
	}
}

static void
sides_that_disagree_have_no_kind_and_no_type_in_common(void **state)
{
	struct hs_built b;
	struct hs_node *node;
	json_t *json;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	node = hs_built_add(&b, b.root, HS_SPAN("x"), HS_STATUS_CONTENT);
	hs_built_side(node, "gzip", 1, 0);
	node->b.format = "";
	node->b.kind = HS_KIND_SYMLINK;
	node->b.has_sha256 = false;
	hs_built_add(&b, b.root, HS_SPAN("y"), HS_STATUS_ONLY_B);
	json = parsed(&b);
	check_text(node_at(json, 1), "kind", NULL);
	check_text(node_at(json, 1), "type", NULL);
	check_dump(node_at(json, 1), "b",
	           "{\"format\":null,\"type\":\"symlink\",\"size\":0,\"sha256\":null}");
	check_text(node_at(json, 2), "status", "only-b");
	check_text(node_at(json, 2), "a", NULL);
	json_decref(json);
	hs_built_release(&b);
}

static void
facts_and_notes_say_their_side(void **state)
{
	struct hs_built b;
	struct hs_node *node;
	json_t *json;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	node = hs_built_add(&b, b.root, HS_SPAN("x"), HS_STATUS_MOVED);
	node->moved_from = HS_SPAN("w\n");
	node->similarity = 87;
	hs_built_change(&b, node, "mode", "0644", "0600");
	hs_built_change(&b, node, "env", NULL, "\x1b");
	hs_built_change(&b, node, "list", "a, b", "b, a")->order_only = true;
	hs_built_note(&b, node, (struct hs_note){ .code = "damaged", .text = "cut", .side = 'b' });
	json = parsed(&b);
	check_dump(node_at(json, 1), "fields",
	           "[{\"name\":\"mode\",\"a\":\"0644\",\"b\":\"0600\",\"order_only\":false,"
	           "\"ignored\":[]},"
	           "{\"name\":\"env\",\"a\":null,\"b\":\"\\\\x1b\",\"order_only\":false,"
	           "\"ignored\":[]},"
	           "{\"name\":\"list\",\"a\":\"a, b\",\"b\":\"b, "
	           "a\",\"order_only\":true,\"ignored\":[]}]");
	check_dump(node_at(json, 1), "notes",
	           "[{\"code\":\"damaged\",\"text\":\"cut\",\"side\":\"b\",\"damage\":false,"
	           "\"ignored\":[]}]");
	check_text(node_at(json, 1), "moved_from", "w\\n");
	check_dump(node_at(json, 1), "similarity", "87");
	check_text(node_at(json, 1), "status", "moved");
	json_decref(json);
	hs_built_release(&b);
}

static void
a_listing_keeps_its_ranges_and_its_missing_line_ends(void **state)
{
	struct hs_built b;
	struct hs_listing *listing;
	json_t *json;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	listing =
		hs_built_listing(&b, hs_built_add(&b, b.root, HS_SPAN("x"), HS_STATUS_CONTENT),
	                         "text", "@@ 1 2 1 2\n same\n-\told\n\\\n+new\\\n@@ 9 0 9 1\n+x\n");
	listing->lines_left_out = 7;
	json = parsed(&b);
	check_dump(node_at(json, 1), "diffs",
	           "[{\"view\":\"text\",\"note\":null,\"truncated\":true,\"lines_left_out\":7,"
	           "\"hunks\":[{\"a\":[1,2],\"b\":[1,2],\"lines\":[[\" \",\"same\"],"
	           "[\"-\",\"\\\\told\",\"no-newline\"],[\"+\",\"new\\\\\\\\\"]]},"
	           "{\"a\":[9,0],\"b\":[9,1],\"lines\":[[\"+\",\"x\"]]}]}]");
	check_dump(node_at(json, 0), "diffs", "[]");
	json_decref(json);
	hs_built_release(&b);
}

static void
an_inspected_node_says_its_facts(void **state)
{
	struct hs_built b;
	struct hs_node *node;
	json_t *json;

	(void)state;
	hs_built_inspection(&b, "a", "tar");
	node = hs_built_add(&b, b.root, HS_SPAN("x"), HS_STATUS_SAME);
	hs_built_side(node, "text", 12, 0);
	hs_built_change(&b, node, "mode", "0644", NULL);
	json = parsed(&b);
	check_dump(node_at(json, 1), "facts", "[{\"name\":\"mode\",\"value\":\"0644\"}]");
	check_dump(node_at(json, 1), "size", "12");
	check_text(node_at(json, 1), "kind", "text");
	assert_null(json_object_get(node_at(json, 1), "status"));
	json_decref(json);
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_node_names_its_container_and_its_path),
		cmocka_unit_test(a_path_that_is_not_clean_comes_with_its_bytes),
		cmocka_unit_test(sides_that_disagree_have_no_kind_and_no_type_in_common),
		cmocka_unit_test(facts_and_notes_say_their_side),
		cmocka_unit_test(a_listing_keeps_its_ranges_and_its_missing_line_ends),
		cmocka_unit_test(an_inspected_node_says_its_facts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
