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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rekey_changes_keys_of_entries_parts_and_infos),
		cmocka_unit_test(rekey_numbers_what_now_has_one_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
