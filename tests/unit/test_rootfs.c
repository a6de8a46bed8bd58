/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "engine/rootfs.h"

struct rootfs {
	struct hs_arena arena;
	struct hs_run run;
	struct hs_opened image, root;
};

static void
rootfs_begin(struct rootfs *r, const struct build_image *image)
{
	struct hs_worker *w;

	*r = (struct rootfs){ .arena = { 0 } };
	start_run(&r->run, 2);
	w = hs_pool_main(r->run.pool);
	hs_side_open(&r->image, &r->run, w,
	             (struct hs_content){ .bytes = build_image(&r->arena, image) });
	assert_int_equal(hs_images_of(&r->image.tree).n, 1);
	hs_rootfs_open(&r->root, &r->run, w, &r->image.tree, hs_images_of(&r->image.tree).list);
	/* It lives on its own from here on. */
	hs_side_release(&r->image);
}

static void
rootfs_end(struct rootfs *r)
{
	hs_side_release(&r->root);
	hs_run_release(&r->run);
	hs_arena_release(&r->arena);
}

static const char *
facts_of(struct rootfs *r, const char *key)
{
	struct hs_facts facts = { .arena = &r->arena };
	const struct hs_entry *e = hs_tree_find(&r->root.tree, hs_span_of(key), 0);

	assert_non_null(e);
	hs_tree_describe(&facts, &r->root.tree, e);
	return hs_facts_text(&facts);
}

static void
check_content(struct rootfs *r, const char *key, const char *want)
{
	const struct hs_entry *e = hs_tree_find(&r->root.tree, hs_span_of(key), 0);
	struct hs_content c;
	struct hs_err err;

	assert_non_null(e);
	assert_int_equal(hs_tree_open(&c, &r->root.tree, e, &err), 0);
	assert_span(c.bytes, want);
	hs_content_release(&c);
}

#define HISTORY "[{\"created_by\":\"ADD x\"},{\"created_by\":\"RUN y\"}]"

static void
rootfs_says_what_is_there_and_where_it_comes_from(void **state)
{
	static const char *const layers[] = {
		"etc/%755 etc/motd@5%600=one gone=1 hard<etc/motd",
		"etc/motd@6%600=two .wh.gone new/file@7%644=n l%777>x", NULL
	};
	struct rootfs r;

	(void)state;
	rootfs_begin(&r,
	             &(struct build_image){ .layers = layers, .history = HISTORY, .gzip = true });
	assert_int_equal(r.root.trouble.code, 0);
	assert_string_equal(r.root.format, "rootfs");
	assert_int_equal(r.root.tree.n_entries, 7);
	assert_null(hs_tree_find(&r.root.tree, HS_SPAN("gone"), 0));
	assert_string_equal(facts_of(&r, "etc/motd"),
	                    "type: file\nmode: 0600\nuid: 0\ngid: 0\nsize: 3\n"
	                    "mtime: 1970-01-01T00:00:06Z\nlayer: layer[1]\nhistory: RUN y\n");
	/* The file that the link led to when it was made. */
	assert_string_equal(facts_of(&r, "hard"),
	                    "type: file\nmode: 0600\nuid: 0\ngid: 0\nsize: 3\n"
	                    "mtime: 1970-01-01T00:00:05Z\nlayer: layer[0]\nhistory: ADD x\n");
	assert_string_equal(facts_of(&r, "new"),
	                    "type: directory\nmode: 0755\nuid: 0\ngid: 0\n"
	                    "implied: by what is in it\nlayer: layer[1]\nhistory: RUN y\n");
	assert_string_equal(facts_of(&r, "l"), "type: symlink\nmode: 0777\nuid: 0\ngid: 0\n"
	                                       "mtime: 1970-01-01T00:00:00Z\nlink target: x\n"
	                                       "layer: layer[1]\nhistory: RUN y\n");
	check_content(&r, "etc/motd", "two");
	check_content(&r, "hard", "one");
	rootfs_end(&r);
}

static void
rootfs_names_the_first_path_of_a_file_that_has_several(void **state)
{
	static const char *const layers[] = { "z=1 a<z", "m<z", NULL };
	struct rootfs r;

	(void)state;
	rootfs_begin(&r, &(struct build_image){ .layers = layers });
	assert_null(strstr(facts_of(&r, "a"), "hard link"));
	assert_non_null(strstr(facts_of(&r, "m"), "hard link to: a\n"));
	assert_non_null(strstr(facts_of(&r, "z"), "hard link to: a\n"));
	check_content(&r, "m", "1");
	rootfs_end(&r);
}

static void
rootfs_goes_on_without_a_layer_that_is_absent(void **state)
{
	static const char *const layers[] = { "a=1", "b=2", "c=3", NULL };
	struct rootfs r;

	(void)state;
	rootfs_begin(&r, &(struct build_image){ .layers = layers, .absent = 2 });
	assert_int_equal(r.root.trouble.code, HS_EFORMAT);
	assert_string_equal(r.root.trouble.text, "layer[1]: the archive does not hold it");
	check_content(&r, "a", "1");
	check_content(&r, "c", "3");
	assert_null(hs_tree_find(&r.root.tree, HS_SPAN("b"), 0));
	rootfs_end(&r);
}

static void
rootfs_takes_an_image_in_a_layer_for_the_files_it_is(void **state)
{
	static const char *const layers[] = {
		"oci-layout={} index.json={\"schemaVersion\":2,\"manifests\":[]} blobs/x=1", NULL
	};
	struct rootfs r;

	(void)state;
	rootfs_begin(&r, &(struct build_image){ .layers = layers });
	assert_int_equal(r.root.trouble.code, 0);
	check_content(&r, "oci-layout", "{}");
	check_content(&r, "blobs/x", "1");
	rootfs_end(&r);
}

static void
rootfs_sums_up_what_is_odd_in_its_layers(void **state)
{
	static const char *const layers[] = { "a=1", ".wh.x .wh.y .wh. b=2", NULL };
	struct rootfs r;

	(void)state;
	rootfs_begin(&r, &(struct build_image){ .layers = layers });
	assert_string_equal(r.root.tree.note,
	                    ".wh.x of layer[1] removes what no layer below has (so are 1 more); "
	                    ".wh. of layer[1] is a whiteout of nothing: it is left out");
	assert_string_equal(hs_facts_text(&r.root.facts),
	                    "layers: 2\nentries of layers: 5\nentries replaced: 0\nwhiteouts: 2\n"
	                    "opaque directories: 0\n");
	rootfs_end(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rootfs_says_what_is_there_and_where_it_comes_from),
		cmocka_unit_test(rootfs_names_the_first_path_of_a_file_that_has_several),
		cmocka_unit_test(rootfs_goes_on_without_a_layer_that_is_absent),
		cmocka_unit_test(rootfs_takes_an_image_in_a_layer_for_the_files_it_is),
		cmocka_unit_test(rootfs_sums_up_what_is_odd_in_its_layers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
