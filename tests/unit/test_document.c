/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "image/document.h"

#include <stdlib.h>

#define D "{\"mediaType\":\"t\",\"digest\":\"x:y\",\"size\":1}"

static void
document_tells_indexes_from_manifests_by_their_fields(void **state)
{
	static const struct {
		const char *text;
		enum hs_document_kind kind;
		const char *note;
	} rows[] = {
		{ "{\"manifests\":[" D "]}", HS_DOCUMENT_INDEX, NULL },
		{ "{\"manifests\":null}", HS_DOCUMENT_INDEX, NULL },
		{ "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}", HS_DOCUMENT_INDEX,
		  NULL },
		{ "{\"config\":" D ",\"layers\":[" D "," D "]}", HS_DOCUMENT_MANIFEST, NULL },
		{ "{\"layers\":[]}", HS_DOCUMENT_MANIFEST, NULL },
		{ "{\"manifests\":[],\"config\":" D "}", HS_DOCUMENT_OTHER,
		  "it has the fields of an index and of a manifest: it is read as neither" },
		{ "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"layers\":[]}",
		  HS_DOCUMENT_MANIFEST, "it calls itself an index and is a manifest" },
		{ "{}", HS_DOCUMENT_OTHER, NULL },
		{ "7", HS_DOCUMENT_OTHER, "it is not an object" },
		{ "{\"layers\":{}}", HS_DOCUMENT_MANIFEST, "its layers are not a list" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct hs_document doc;

		hs_document_read(&doc, &a, hs_span_of(rows[i].text), 10);
		assert_int_equal(doc.kind, rows[i].kind);
		if (rows[i].note)
			assert_string_equal(oci_remarks(&a, &doc.remarks), rows[i].note);
		else
			assert_string_equal(oci_remarks(&a, &doc.remarks), "");
	}
}

static void
document_keeps_the_good_descriptors_beside_a_bad_one(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_document doc;

	(void)state;
	hs_document_read(&doc, &a,
	                 HS_SPAN("{\"config\":" D ",\"subject\":" D ",\"artifactType\":\"z\","
	                         "\"layers\":[" D ",{\"digest\":\"..\"}," D "]}"),
	                 10);
	assert_int_equal(doc.n_list, 3);
	assert_true(doc.list[0].valid && !doc.list[1].valid && doc.list[2].valid);
	assert_true(doc.has_config && doc.has_subject && doc.remarks.damaged);
	assert_span(doc.artifact_type, "z");
	assert_string_equal(oci_remarks(&a, &doc.remarks), "layer[1]: \"..\" is not a digest");
}

static void
document_reads_no_more_than_is_left_of_the_limit(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_document doc;
	struct hs_config c;

	(void)state;
	hs_document_read(&doc, &a, HS_SPAN("{\"layers\":[" D "," D "," D "]}"), 2);
	assert_int_equal(doc.n_list, 2);
	assert_true(doc.remarks.damaged);
	assert_string_equal(oci_remarks(&a, &doc.remarks),
	                    "of its 3 layers 2 are read (HS_MAX_IMAGE_PARTS, which is for all "
	                    "documents of the archive)");
	hs_config_read(&c, &a, HS_SPAN("{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"x:1\"]}}"),
	               0);
	assert_int_equal(c.n_diff_ids, 0);
	assert_true(c.remarks.damaged);
}

static void
document_survives_every_truncation(void **state)
{
	const struct hs_span whole =
		HS_SPAN("{\"config\":" D ",\"layers\":[" D ",{\"annotations\":{\"a\":\"b\"}}]}");

	(void)state;
	for (size_t len = 0; len < whole.len; len++) {
		RELEASED struct hs_arena a = { 0 };
		const struct hs_span cut = exact_copy(whole, len);
		struct hs_document doc;

		hs_document_read(&doc, &a, cut, 10);
		assert_true(doc.remarks.damaged);
		free((void *)(uintptr_t)cut.at);
	}
}

static void
config_gives_platform_and_diff_ids(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_config c;

	(void)state;
	hs_config_read(&c, &a,
	               HS_SPAN("{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":"
	                       "\"layers\",\"diff_ids\":[\"x:1\",7,\"x:3\"]}}"),
	               10);
	assert_span(c.platform, "linux/amd64");
	assert_int_equal(c.n_diff_ids, 3);
	assert_span(c.diff_ids[0].text, "x:1");
	assert_int_equal(c.diff_ids[1].text.len, 0);
	assert_span(c.diff_ids[2].text, "x:3");
	assert_string_equal(oci_remarks(&a, &c.remarks), "diff_ids[1]: \"\" is not a digest");
}

static void
config_remarks_on_another_rootfs(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_config c;

	(void)state;
	hs_config_read(&c, &a, HS_SPAN("{\"rootfs\":{\"type\":\"x\"}}"), 10);
	assert_string_equal(oci_remarks(&a, &c.remarks),
	                    "its rootfs is not of the type \"layers\"");
	hs_config_read(&c, &a, HS_SPAN("{}"), 10);
	assert_string_equal(oci_remarks(&a, &c.remarks), "");
	hs_config_read(&c, &a, HS_SPAN("nonsense"), 10);
	assert_true(c.remarks.damaged);
}

static void
config_counts_its_history_against_its_layers(void **state)
{
	static const char *const rows[][2] = {
		{ "[{},{\"empty_layer\":true}]", "" },
		{ "[{},{}]", "its history tells of 2 layers, it has 1 diff_ids" },
		{ "[]", "" },
		{ "null", "" },
	};
	RELEASED struct hs_arena a = { 0 };
	struct hs_config c;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		hs_config_read(&c, &a,
		               hs_arena_span(&a,
		                             "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":"
		                             "[\"x:y\"]},\"history\":%s}",
		                             rows[i][0]),
		               10);
		assert_string_equal(oci_remarks(&a, &c.remarks), rows[i][1]);
		assert_false(c.remarks.damaged);
	}
}

/* Both lose nothing of the image but the certainty of how others read it. */
static void
document_is_read_in_spite_of_fields_named_twice_and_numbers_too_large(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_document doc;

	(void)state;
	hs_document_read(&doc, &a, HS_SPAN("{\"layers\":[],\"layers\":[" D "],\"config\":" D "}"),
	                 10);
	assert_string_equal(oci_remarks(&a, &doc.remarks),
	                    "the JSON names a field twice at byte 21");
	assert_true(doc.remarks.damaged);
	assert_int_equal(doc.n_list, 1);

	hs_document_read(&doc, &a,
	                 HS_SPAN("{\"layers\":[{\"digest\":\"x:y\",\"size\":"
	                         "99999999999999999999}," D "],\"config\":" D "}"),
	                 10);
	assert_int_equal(doc.n_list, 2);
	assert_false(doc.list[0].valid);
	assert_true(doc.list[1].valid);
	assert_int_equal(doc.list[1].size, 1);
	assert_non_null(
		strstr(oci_remarks(&a, &doc.remarks), "layer[0]: a descriptor has the size 1e+20"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(document_tells_indexes_from_manifests_by_their_fields),
		cmocka_unit_test(document_keeps_the_good_descriptors_beside_a_bad_one),
		cmocka_unit_test(document_reads_no_more_than_is_left_of_the_limit),
		cmocka_unit_test(document_survives_every_truncation),
		cmocka_unit_test(config_gives_platform_and_diff_ids),
		cmocka_unit_test(config_remarks_on_another_rootfs),
		cmocka_unit_test(config_counts_its_history_against_its_layers),
		cmocka_unit_test(
			document_is_read_in_spite_of_fields_named_twice_and_numbers_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
