/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_images.h"
#include "image/select.h"

#define SEVERAL                                                                                    \
	"app:1=linux/amd64 app:1=linux/arm64/v8 app:2=linux/arm/v6 "                               \
	"docker.io/library/db:7=windows/amd64"

static void
select_finds_one_image_by_each_of_its_names(void **state)
{
	static const struct {
		const char *selector, *want;
	} rows[] = {
		{ "app:1@linux/amd64", "- app:1 linux/amd64\n" },
		{ "linux/amd64@app:1", "- app:1 linux/amd64\n" },
		{ "1@linux/amd64", "- app:1 linux/amd64\n" },
		{ "linux/arm64", "- app:1 linux/arm64/v8\n" },
		{ "linux/arm64/v8", "- app:1 linux/arm64/v8\n" },
		{ "linux/arm", "- app:2 linux/arm/v6\n" },
		{ "app:2", "- app:2 linux/arm/v6\n" },
		{ "2", "- app:2 linux/arm/v6\n" },
		{ "db:7", "- docker.io/library/db:7 windows/amd64\n" },
		{ "db", "- docker.io/library/db:7 windows/amd64\n" },
		{ "docker.io/library/db:7", "- docker.io/library/db:7 windows/amd64\n" },
		{ "app:1/linux/arm64/v8", "- app:1 linux/arm64/v8\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_err err;
		struct oci o;

		images_begin(&o, SEVERAL);
		assert_int_equal(hs_image_select(&o.tree, hs_span_of(rows[i].selector), &err), 0);
		assert_string_equal(images_text(&o), rows[i].want);
		assert_int_equal(o.tree.n_entries, 3);
		assert_non_null(oci_find(&o, "manifest"));
		assert_non_null(oci_find(&o, "config"));
		assert_non_null(oci_find(&o, "layer[0]"));
		assert_non_null(strstr(o.tree.note, "one of its 4 images is looked at; 11 other"));
		oci_end(&o);
	}
}

/* "sha256:" and the first `digits` of the digest of a document. */
static const char *
digest_of(struct oci *o, const char *key, int digits)
{
	const char *digest = oci_digest(o, oci_find(o, key)->bytes);

	return hs_arena_printf(&o->arena, "%.*s", 7 + digits, digest);
}

static void
select_finds_an_image_by_the_digests_of_its_documents(void **state)
{
	static const char *const keys[] = { "app:1/linux/arm64/v8/manifest",
		                            "app:1/linux/arm64/v8/config" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct hs_err err;
		struct oci o;

		images_begin(&o, SEVERAL);
		assert_int_equal(
			hs_image_select(&o.tree,
		                        hs_span_of(digest_of(&o, keys[i % 2], i < 2 ? 64 : 12)),
		                        &err),
			0);
		assert_string_equal(images_text(&o), "- app:1 linux/arm64/v8\n");
		oci_end(&o);
	}
}

static void
select_says_what_there_is_where_it_finds_none_or_several(void **state)
{
	static const struct {
		const char *images, *selector, *want;
	} rows[] = {
		{ "app:1=linux/amd64 app:2=linux/amd64", "app:3",
		  "no image \"@app:3\": it has @app:1, @app:2" },
		{ "app:1=linux/amd64 app:1=linux/arm64", "app:1",
		  "\"@app:1\" is 2 images: @linux/amd64, @linux/arm64" },
		{ SEVERAL, "app:1", "\"@app:1\" is 2 images: @linux/amd64, @linux/arm64/v8" },
		{ SEVERAL, "app:1@linux/s390x",
		  "no image \"@app:1@linux/s390x\": it has @linux/amd64, @linux/arm64/v8, "
		  "@app:2, @docker.io/library/db:7" },
		{ "x:1=linux/amd64 x:1=linux/arm64 y:1=linux/amd64 y:1=linux/arm64", "z",
		  "no image \"@z\": it has @x:1@linux/amd64, @x:1@linux/arm64, "
		  "@y:1@linux/amd64, @y:1@linux/arm64" },
		{ "= = =", "z", "no image \"@z\": it has @image[0], @image[1], @image[2]" },
		{ "long-name/x:1= long-name/x:2= long-name/x:3= long-name/x:4= long-name/x:5= "
		  "long-name/x:6= long-name/x:7= long-name/x:8= long-name/x:9=",
		  "0", "@long-name/x:7 and 2 more" },
		{ "=linux/amd64 =linux/arm64", "sha256:0123456789abcdef", "it has @linux/amd64" },
		{ "a\\u001b=linux/amd64 b=linux/amd64", "z\033",
		  "no image \"@z\\x1b\": it has @a\\x1b, @b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_err err;
		struct oci o;
		size_t n;

		images_begin(&o, rows[i].images);
		n = o.tree.n_entries;
		assert_int_equal(hs_image_select(&o.tree, hs_span_of(rows[i].selector), &err),
		                 HS_EUSAGE);
		if (!strstr(err.text, rows[i].want))
			assert_string_equal(err.text, rows[i].want);
		assert_int_equal(o.tree.n_entries, n);
		oci_end(&o);
	}
}

/* Images that only a number tells apart are still named by what a report calls them. */
static void
select_takes_what_a_report_calls_an_image(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	images_begin(&o, "=linux/amd64 =linux/amd64");
	assert_int_equal(hs_image_select(&o.tree, HS_SPAN("image[1]"), &err), 0);
	assert_int_equal(hs_images_of(&o.tree).n, 1);
	oci_end(&o);
}

/* Two tags of one image are no choice. */
static void
select_takes_one_image_under_two_names(void **state)
{
	static const char *const layer[] = { "layer", NULL };
	const char *d[2];
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	for (int i = 0; i < 2; i++)
		d[i] = oci_image(&o, "amd64", layer,
		                 hs_arena_printf(&o.arena,
		                                 ",\"annotations\":{\"org.opencontainers.image.ref."
		                                 "name\":\"app:%d\"}",
		                                 i));
	oci_index(&o, hs_arena_printf(&o.arena, "%s,%s", d[0], d[1]));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_int_equal(hs_images_of(&o.tree).n, 2);
	assert_int_equal(hs_image_select(&o.tree, HS_SPAN("linux/amd64"), &err), 0);
	assert_string_equal(oci_listing(&o), "layer[0]\nconfig\nmanifest\n");
	oci_end(&o);
}

#define PLATFORM(arch) ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" arch "\"}"

static void
select_keeps_what_is_attached_to_the_image(void **state)
{
	static const char *const layers[][2] = { { "one", NULL }, { "two", NULL } };
	const char *images[2], *signs[2];
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	images[0] = oci_image(&o, "amd64", layers[0], PLATFORM("amd64"));
	images[1] = oci_image(&o, "arm64", layers[1], PLATFORM("arm64"));
	for (int i = 0; i < 2; i++)
		signs[i] = oci_blob(&o, OCI_MANIFEST,
		                    hs_arena_span(&o.arena,
		                                  "{\"artifactType\":\"a/b\",\"layers\":[],"
		                                  "\"subject\":%s,\"x\":%d}",
		                                  images[i], i),
		                    "");
	oci_index(&o, hs_arena_printf(&o.arena, "%s,%s,%s,%s", signs[1], signs[0], images[0],
	                              images[1]));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_int_equal(hs_image_select(&o.tree, HS_SPAN("linux/arm64"), &err), 0);
	assert_non_null(oci_find(&o, "artifact[0]/manifest"));
	assert_int_equal(o.tree.n_entries, 4);
	assert_span(oci_find(&o, "layer[0]")->bytes, "two");
	oci_end(&o);
}

/* An archive for one platform keeps the index of all: what it holds is what is meant. */
static void
select_prefers_an_image_that_is_there(void **state)
{
	static const char *const layer[] = { "layer", NULL };
	const char *held, *hollow;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	held = oci_image(&o, "amd64", layer,
	                 PLATFORM("amd64") ",\"annotations\":{\"org.opencontainers.image.ref.name\""
	                                   ":\"app:1\"}");
	hollow = oci_blob(&o, OCI_MANIFEST,
	                  hs_arena_span(&o.arena, "{\"config\":%s,\"layers\":[%s]}",
	                                oci_descriptor(&o, OCI_CONFIG, HS_SPAN("c"), ""),
	                                oci_descriptor(&o, OCI_LAYER, HS_SPAN("l"), "")),
	                  PLATFORM("arm64") ",\"annotations\":{\"org.opencontainers.image.ref.name"
	                                    "\":\"app:1\"}");
	oci_index(&o, hs_arena_printf(&o.arena, "%s,%s", hollow, held));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_int_equal(hs_image_select(&o.tree, HS_SPAN("app:1"), &err), 0);
	assert_non_null(oci_find(&o, "layer[0]"));
	oci_end(&o);
}

static void
select_knows_every_tag_of_a_docker_archive(void **state)
{
	static const char *const tags[] = { "t:1", "t:2", "t:3" };
	const struct hs_span layer = HS_SPAN("layer"), other = HS_SPAN("other");

	(void)state;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		struct hs_err err;
		struct oci o;

		oci_begin(&o);
		oci_file(&o, "a", oci_config(&o, "amd64", &layer, 1));
		oci_file(&o, "b", oci_config(&o, "amd64", &other, 1));
		oci_file(&o, "a.tar", layer);
		oci_file(&o, "b.tar", other);
		oci_file(&o, "manifest.json",
		         HS_SPAN("[{\"Config\":\"a\",\"RepoTags\":[\"t:1\",7,\"t:2\"],"
		                 "\"Layers\":[\"a.tar\"]},"
		                 "{\"Config\":\"b\",\"RepoTags\":[\"t:3\"],\"Layers\":[\"b.tar\"]}"
		                 "]"));
		assert_int_equal(oci_arrange(&o, &err), 0);
		assert_int_equal(hs_image_select(&o.tree, hs_span_of(tags[i]), &err), 0);
		assert_span(oci_find(&o, "layer[0]")->bytes, i == 2 ? "other" : "layer");
		oci_end(&o);
	}
}

static void
select_refuses_what_is_no_image(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "a", HS_SPAN("x"));
	hs_tree_finish(&o.tree);
	assert_int_equal(hs_image_select(&o.tree, HS_SPAN("x"), &err), HS_EUSAGE);
	assert_string_equal(err.text, "it is no image archive, and \"@\" selects an image");
	oci_end(&o);
	oci_begin(&o);
	oci_index(&o, "");
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_int_equal(hs_image_select(&o.tree, HS_SPAN("x"), &err), HS_EUSAGE);
	assert_string_equal(err.text, "no image \"@x\": it holds none");
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(select_finds_one_image_by_each_of_its_names),
		cmocka_unit_test(select_finds_an_image_by_the_digests_of_its_documents),
		cmocka_unit_test(select_says_what_there_is_where_it_finds_none_or_several),
		cmocka_unit_test(select_takes_what_a_report_calls_an_image),
		cmocka_unit_test(select_takes_one_image_under_two_names),
		cmocka_unit_test(select_keeps_what_is_attached_to_the_image),
		cmocka_unit_test(select_prefers_an_image_that_is_there),
		cmocka_unit_test(select_knows_every_tag_of_a_docker_archive),
		cmocka_unit_test(select_refuses_what_is_no_image),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
