/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_images.h"
#include "image/rekey.h"

static void
rekey_changes_keys_of_entries_parts_and_infos(void **state)
{
	const struct hs_span prefixes[] = { HS_SPAN("two/"), HS_SPAN("one/") };
	struct hs_images images;
	struct oci o;

	(void)state;
	images_begin(&o, "one=linux/amd64 two=linux/amd64");
	images = hs_images_of(&o.tree);
	hs_image_rekey(&o.tree, prefixes);
	assert_string_equal(images_text(&o), "two/ one linux/amd64\none/ two linux/amd64\n");
	assert_span(images.list[0].manifest->key, "two/manifest");
	assert_span(images.list[1].layers[0]->key, "one/layer[0]");
	assert_ptr_equal(hs_entry_part(oci_find(&o, "two/manifest")), images.list[0].manifest);
	assert_null(hs_entry_part(oci_find(&o, "oci-layout")));
	oci_end(&o);
}

static void
rekey_numbers_what_now_has_one_key(void **state)
{
	const struct hs_span none[] = { { NULL, 0 }, { NULL, 0 } };
	const struct hs_span prefixes[] = { HS_SPAN("one/"), HS_SPAN("two/") };
	struct oci o;

	(void)state;
	images_begin(&o, "one=linux/amd64 two=linux/amd64");
	hs_image_rekey(&o.tree, none);
	assert_non_null(hs_tree_find(&o.tree, HS_SPAN("layer[0]"), 0));
	assert_non_null(hs_tree_find(&o.tree, HS_SPAN("layer[0]"), 1));
	hs_image_rekey(&o.tree, prefixes);
	assert_non_null(hs_tree_find(&o.tree, HS_SPAN("two/layer[0]"), 0));
	assert_null(hs_tree_find(&o.tree, HS_SPAN("two/layer[0]"), 1));
	oci_end(&o);
}

/* What Docker before 1.10 needs beside a layer has a key below the image's prefix, and no part. */
static void
rekey_takes_what_stands_beside_a_layer_along(void **state)
{
	const struct hs_span prefixes[] = { HS_SPAN("a/"), HS_SPAN("b/") };
	const struct hs_span layer = HS_SPAN("layer"), other = HS_SPAN("other");
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "c", oci_config(&o, "amd64", &layer, 1));
	oci_file(&o, "d", oci_config(&o, "amd64", &other, 1));
	oci_file(&o, "id1/VERSION", HS_SPAN("1.0"));
	oci_file(&o, "id1/layer.tar", layer);
	oci_file(&o, "id2/VERSION", HS_SPAN("1.0"));
	oci_file(&o, "id2/layer.tar", other);
	oci_file(&o, "manifest.json",
	         HS_SPAN("[{\"Config\":\"c\",\"RepoTags\":[\"x:1\"],"
	                 "\"Layers\":[\"id1/layer.tar\"]},"
	                 "{\"Config\":\"d\",\"RepoTags\":[\"x:2\"],"
	                 "\"Layers\":[\"id2/layer.tar\"]}]"));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(oci_find(&o, "x:2/layer[0].v1/VERSION"));
	for (int i = 0; i < 2; i++)
		hs_image_rekey(&o.tree, prefixes);
	assert_string_equal(oci_listing(&o),
	                    "a/config\nb/config\na/layer[0].v1/VERSION\na/layer[0]\n"
	                    "b/layer[0].v1/VERSION\nb/layer[0]\nmanifest.json\n");
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rekey_changes_keys_of_entries_parts_and_infos),
		cmocka_unit_test(rekey_numbers_what_now_has_one_key),
		cmocka_unit_test(rekey_takes_what_stands_beside_a_layer_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
