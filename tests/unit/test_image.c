/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "image/image.h"

#include <stdlib.h>

static const char *const two_layers[] = { "bottom", "top", NULL };

/* The original facts of an entry stay, and its own state is let go with the tree. */
static void
say_name_length(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	hs_say_u64(out, "state", *(const uint64_t *)t->state);
	hs_say_u64(out, "place", (uint64_t)(e - t->entries));
	hs_say_word(out, "more", e->more);
}

static unsigned released;

static void
count_release(void *state)
{
	released += *(uint64_t *)state == 7;
}

static void
image_wraps_the_ops_beneath(void **state)
{
	static const struct hs_tree_ops ops = { .describe = say_name_length };
	uint64_t number = 7;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_image(&o, "amd64", two_layers, ""));
	for (size_t i = 0; i < o.tree.n_entries; i++)
		o.tree.entries[i].more = "own";
	o.tree.ops = &ops;
	o.tree.state = &number;
	o.tree.release = count_release;
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_ptr_equal(o.tree.under, &ops);
	assert_true(strncmp(oci_facts(&o, "config"), "state: 7\nplace: 2\nmore: own\n", 28) == 0);
	assert_string_equal(oci_facts(&o, "oci-layout"), "state: 7\nplace: 5\nmore: own\n");
	oci_end(&o);
	assert_int_equal(released, 1);
}

static void
image_keeps_every_entry_its_notes_and_its_gaps(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_image(&o, "amd64", two_layers, ""));
	o.tree.entries[0].note = "its checksum is wrong";
	o.tree.entries[0].damaged = true;
	oci_file(&o, "dir", HS_SPAN(""))->kind = HS_KIND_DIR;
	assert_int_equal(hs_tree_add_gap(&o.tree, "after the end", HS_SPAN("xyz"), &err), 0);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o),
	                    "layer[0] ! its checksum is wrong\nlayer[1]\nconfig\nmanifest\n"
	                    "index.json\noci-layout\ndir\n(after the end)\n");
	assert_string_equal(oci_facts(&o, "(after the end)"), "type: gap\nsize: 3\n");
	oci_end(&o);
}

static void
image_gives_hard_links_their_content_under_any_key(void **state)
{
	struct hs_content content;
	struct hs_entry *e;
	struct hs_err err;
	const char *target;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_image(&o, "amd64", two_layers, ""));
	target = hs_arena_printf(&o.arena, "%.*s", (int)o.tree.entries[2].name.len,
	                         (const char *)o.tree.entries[2].name.at);
	e = oci_file(&o, "link", HS_SPAN(""));
	e->kind = HS_KIND_HARDLINK;
	e->link = hs_span_of(target);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_int_equal(hs_tree_open(&content, &o.tree, oci_find(&o, "link"), &err), 0);
	assert_ptr_equal(content.bytes.at, oci_find(&o, "config")->bytes.at);
	hs_content_release(&content);
	oci_end(&o);
}

static int
by_name(const void *a, const void *b)
{
	return hs_span_order(((const struct hs_entry *)a)->name,
	                     ((const struct hs_entry *)b)->name);
}

/* A layout's blobs in the order of their digests stand in no order; any other is the writer's. */
static void
image_puts_blobs_that_are_sorted_by_name_in_the_order_of_parts(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_image(&o, "amd64", two_layers, ""));
	qsort(o.tree.entries, o.tree.n_entries, sizeof(*o.tree.entries), by_name);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o),
	                    "manifest\nconfig\nlayer[0]\nlayer[1]\nindex.json\noci-layout\n");
	oci_end(&o);
}

static void
image_knows_each_document_once(void **state)
{
	struct hs_image *image;
	struct hs_part *part;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "index.json", HS_SPAN("{\"manifests\":[]}"));
	oci_file(&o, "config", HS_SPAN("{\"os\":\"linux\",\"architecture\":\"arm64\"}"));
	image = hs_image_begin(&o.tree);
	assert_int_equal(hs_image_find(image, HS_SPAN("./index.json")), 0);
	assert_true(hs_image_find(image, HS_SPAN("nothing")) == HS_NOWHERE);
	assert_true(hs_image_find(image, HS_SPAN("")) == HS_NOWHERE);
	assert_ptr_equal(hs_image_document(image, 0), hs_image_document(image, 0));
	assert_int_equal(hs_image_document(image, 0)->kind, HS_DOCUMENT_INDEX);
	assert_ptr_equal(hs_image_config(image, 1), hs_image_config(image, 1));
	assert_span(hs_image_config(image, 1)->platform, "linux/arm64");
	assert_int_equal(hs_image_part(&part, image, HS_SPAN("key"), 1, &err), 0);
	assert_int_equal(hs_image_finish(image, &err), 0);
	assert_span(o.tree.entries[1].key, "key");
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(image_wraps_the_ops_beneath),
		cmocka_unit_test(image_keeps_every_entry_its_notes_and_its_gaps),
		cmocka_unit_test(image_gives_hard_links_their_content_under_any_key),
		cmocka_unit_test(image_puts_blobs_that_are_sorted_by_name_in_the_order_of_parts),
		cmocka_unit_test(image_knows_each_document_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
