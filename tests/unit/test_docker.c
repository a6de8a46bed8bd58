/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"

/* A config for these layers, added under that name. */
static void
add_config(struct oci *o, const char *name, const char *one, const char *two)
{
	const struct hs_span layers[] = { hs_span_of(one), hs_span_of(two ? two : "") };

	oci_file(o, name, oci_config(o, "amd64", layers, two ? 2 : 1));
}

static void
docker_reads_the_old_layout_with_its_links(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "id1/VERSION", HS_SPAN("1.0"));
	oci_file(&o, "id1/layer.tar", HS_SPAN("layer"));
	oci_symlink(&o, "id2/layer.tar", "../id1/layer.tar");
	add_config(&o, "config.json", "layer", "layer");
	oci_file(&o, "manifest.json",
	         HS_SPAN("[{\"Config\":\"config.json\",\"RepoTags\":[\"a:1\"],\"Parent\":\"x\","
	                 "\"Layers\":[\"id1/layer.tar\",\"id2/layer.tar\"]}]"));
	oci_file(&o, "repositories", HS_SPAN("{}"));
	assert_ptr_equal(hs_view_for(&o.tree), &hs_view_docker);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o),
	                    "layer[0].v1/VERSION\nlayer[0]\nlayer[1].v1/layer.tar\nconfig\n"
	                    "manifest.json\nrepositories\nlayer[1]\n");
	oci_end(&o);
}

static void
docker_tells_several_images_apart(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	add_config(&o, "a", "x", NULL);
	add_config(&o, "b", "y", NULL);
	oci_file(&o, "x.tar", HS_SPAN("x"));
	oci_file(&o, "y.tar", HS_SPAN("y"));
	oci_file(&o, "./manifest.json",
	         HS_SPAN("[{\"Config\":\"./a\",\"RepoTags\":[\"t:1\"],\"Layers\":[\"x.tar\"]},"
	                 "{\"Config\":\"/b\",\"RepoTags\":null,\"Layers\":[\"y.tar\"]},"
	                 "{\"Config\":\"b\",\"RepoTags\":[],\"Layers\":[\"y.tar\"]}]"));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o),
	                    "t:1/config\nimage[0]/config\nt:1/layer[0]\nimage[0]/layer[0]\n"
	                    "manifest.json\nimage[1]/config\nimage[1]/layer[0]\n");
	oci_end(&o);
}

static void
docker_says_what_is_missing_and_what_does_not_fit(void **state)
{
	const char *text;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	add_config(&o, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.json", "x",
	           "y");
	oci_file(&o, "x.tar", HS_SPAN("changed"));
	oci_file(&o, "manifest.json",
	         HS_SPAN("[{\"Config\":\"0123456789abcdef0123456789abcdef0123456789abcdef"
	                 "0123456789abcdef.json\",\"Layers\":[\"x.tar\",\"../y\\u001b.tar\"]}]"));
	assert_int_equal(oci_arrange(&o, &err), 0);
	text = oci_listing(&o);
	assert_non_null(strstr(text, "config - its content is sha256:"));
	assert_non_null(strstr(text, "layer[0] ! its content is sha256:"));
	assert_non_null(
		strstr(text, "manifest.json ! names image[0]/layer[1] \"../y\\x1b.tar\", which"));
	oci_end(&o);
}

static void
docker_counts_diff_ids_against_layers(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	add_config(&o, "c", "x", "y");
	oci_file(&o, "x.tar", HS_SPAN("x"));
	oci_file(&o, "manifest.json", HS_SPAN("[{\"Config\":\"c\",\"Layers\":[\"x.tar\"]}]"));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o),
	                    "config ! it has 2 diff_ids for 1 layers\nlayer[0]\nmanifest.json\n");
	oci_end(&o);
}

/* docker 25 saves an image without a tag with an index that lists nothing. */
static void
docker_takes_over_where_the_index_is_empty(void **state)
{
	struct hs_err err;
	const char *config;
	struct oci o;

	(void)state;
	oci_begin(&o);
	config = oci_digest(&o, HS_SPAN("{}")) + 7;
	oci_blob(&o, OCI_CONFIG, HS_SPAN("{}"), "");
	oci_file(&o, "index.json", HS_SPAN("{\"manifests\":null}"));
	oci_file(&o, "manifest.json",
	         hs_arena_span(&o.arena, "[{\"Config\":\"blobs/sha256/%s\",\"Layers\":[]}]",
	                       config));
	assert_ptr_equal(hs_view_for(&o.tree), &hs_view_docker);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o), "config\nindex.json\nmanifest.json\n");
	oci_end(&o);
}

static void
docker_keeps_what_it_does_not_understand(void **state)
{
	static const char *const lists[][2] = {
		{ "[{\"Config\":", "manifest.json ! the JSON ends early at byte 11\n" },
		{ "[{\"Config\":\"c\",\"Config\":\"d\"}]",
		  "manifest.json ! the JSON names a field twice at byte 23; names image[0]/config "
		  "\"d\", which the archive does not hold\n" },
		{ "", "manifest.json ! the JSON is empty\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct hs_err err;
		struct oci o;

		oci_begin(&o);
		oci_file(&o, "manifest.json", hs_span_of(lists[i][0]));
		oci_file(&o, "repositories", HS_SPAN("{}"));
		assert_int_equal(oci_arrange(&o, &err), 0);
		assert_string_equal(oci_listing(&o),
		                    hs_arena_printf(&o.arena, "%srepositories\n", lists[i][1]));
		oci_end(&o);
	}
}

static void
docker_leaves_browser_extensions_alone(void **state)
{
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "manifest.json", HS_SPAN("{\"manifest_version\":3}"));
	assert_null(hs_view_for(&o.tree));
	oci_end(&o);
	oci_begin(&o);
	oci_file(&o, "manifest.json", HS_SPAN("nonsense"));
	assert_null(hs_view_for(&o.tree));
	oci_end(&o);
}

/* The layers of an archive with an odd list: not texts, not a list, absent. */
static void
docker_survives_odd_lists(void **state)
{
	static const char *const lists[] = {
		"[{\"Config\":7,\"Layers\":[7,null,\"\"]}]",
		"[{\"Config\":\"c\",\"Layers\":{}}]",
		"[{\"Config\":\"c\",\"Layers\":[]},7,[],null]",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct hs_err err;
		struct oci o;

		oci_begin(&o);
		oci_file(&o, "manifest.json", hs_span_of(lists[i]));
		assert_int_equal(oci_arrange(&o, &err), 0);
		assert_true(hs_entry_damage(oci_find(&o, "manifest.json")) != NULL);
		oci_end(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(docker_reads_the_old_layout_with_its_links),
		cmocka_unit_test(docker_tells_several_images_apart),
		cmocka_unit_test(docker_says_what_is_missing_and_what_does_not_fit),
		cmocka_unit_test(docker_counts_diff_ids_against_layers),
		cmocka_unit_test(docker_takes_over_where_the_index_is_empty),
		cmocka_unit_test(docker_keeps_what_it_does_not_understand),
		cmocka_unit_test(docker_leaves_browser_extensions_alone),
		cmocka_unit_test(docker_survives_odd_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
