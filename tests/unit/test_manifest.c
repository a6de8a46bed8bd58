/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "image/image.h"

/* Arranges an image with these descriptors as config and layers, and gives the listing. */
static const char *
listing(struct oci *o, const char *config, const char *layers)
{
	struct hs_err err;

	oci_index(o, oci_blob(o, OCI_MANIFEST,
	                      hs_arena_span(&o->arena, "{\"config\":%s,\"layers\":[%s]}", config,
	                                    layers),
	                      ""));
	assert_int_equal(oci_arrange(o, &err), 0);
	return oci_listing(o);
}

static void
manifest_names_the_layers_that_are_not_held(void **state)
{
	const struct hs_span layers[] = { HS_SPAN("gone"), HS_SPAN("held"), HS_SPAN("foreign") };
	const char *config, *held, *text;
	struct oci o;

	(void)state;
	oci_begin(&o);
	config = oci_blob(&o, OCI_CONFIG, oci_config(&o, "amd64", layers, 3), "");
	held = oci_blob(&o, OCI_LAYER, layers[1], "");
	text = listing(&o, config,
	               hs_arena_printf(&o.arena, "%s,%s,%s",
	                               oci_descriptor(&o, OCI_LAYER, layers[0], ""), held,
	                               oci_descriptor(&o, OCI_LAYER, layers[2],
	                                              ",\"urls\":[\"https://x\"]")));
	assert_non_null(strstr(
		text,
		hs_arena_printf(&o.arena,
	                        "manifest ! names layer[0] %s, which the archive does not hold; "
	                        "names layer[2] %s, which is kept elsewhere and which the archive "
	                        "does not hold\n",
	                        oci_digest(&o, layers[0]), oci_digest(&o, layers[2]))));
	assert_non_null(strstr(text, "layer[1]\n"));
	assert_null(strstr(text, "\nlayer[0]"));
	oci_end(&o);
}

static void
manifest_with_foreign_layers_is_not_damaged(void **state)
{
	const struct hs_span layer = HS_SPAN("foreign");
	const char *config;
	struct oci o;

	(void)state;
	oci_begin(&o);
	config = oci_blob(&o, OCI_CONFIG, oci_config(&o, "amd64", &layer, 1), "");
	assert_non_null(strstr(
		listing(&o, config,
	                oci_descriptor(&o,
	                               "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
	                               layer, "")),
		"manifest - names layer[0] "));
	oci_end(&o);
}

static void
manifest_accepts_a_blob_that_stands_in_its_descriptor(void **state)
{
	struct oci o;

	(void)state;
	oci_begin(&o);
	assert_non_null(strstr(
		listing(&o, oci_descriptor(&o, OCI_CONFIG, HS_SPAN("{}"), ",\"data\":\"e30=\""),
	                ""),
		"manifest\n"));
	oci_end(&o);
	oci_begin(&o);
	assert_non_null(strstr(
		listing(&o, oci_descriptor(&o, OCI_CONFIG, HS_SPAN("{}"), ",\"data\":\"W10=\""),
	                ""),
		"manifest ! the data of config does not match its digest\n"));
	oci_end(&o);
}

static void
manifest_keeps_the_good_layers_beside_a_bad_digest(void **state)
{
	const struct hs_span layers[] = { HS_SPAN("x"), HS_SPAN("held") };
	const char *config, *text;
	struct oci o;

	(void)state;
	oci_begin(&o);
	config = oci_blob(&o, OCI_CONFIG, oci_config(&o, "amd64", layers, 2), "");
	text = listing(&o, config,
	               hs_arena_printf(&o.arena, "{\"digest\":\"sha256:../x\",\"size\":1},%s",
	                               oci_blob(&o, OCI_LAYER, layers[1], "")));
	assert_non_null(strstr(text, "manifest ! layer[0]: \"sha256:../x\" is not a digest\n"));
	assert_non_null(strstr(text, "layer[1]\n"));
	oci_end(&o);
}

static void
manifest_counts_diff_ids(void **state)
{
	const struct hs_span layer = HS_SPAN("layer");
	const char *config;
	struct oci o;

	(void)state;
	oci_begin(&o);
	config = oci_blob(&o, OCI_CONFIG, oci_config(&o, "amd64", NULL, 0), "");
	assert_non_null(strstr(listing(&o, config, oci_blob(&o, OCI_LAYER, layer, "")),
	                       "config ! it has 0 diff_ids for 1 layers\n"));
	oci_end(&o);
}

static void
manifest_with_thousands_of_layers_is_read(void **state)
{
	const char *config, *one;
	struct hs_span text = { NULL, 0 };
	uint8_t *layers, *at;
	const size_t n = 5000;
	struct hs_err err;
	struct oci o;
	size_t len;

	(void)state;
	oci_begin(&o);
	config = oci_blob(&o, OCI_CONFIG, oci_config(&o, "amd64", NULL, 0), "");
	one = oci_blob(&o, OCI_LAYER, HS_SPAN("layer"), "");
	len = strlen(one);
	layers = at = hs_arena_alloc(&o.arena, n * (len + 1));
	for (size_t i = 0; i < n; i++) {
		memcpy(at, one, len);
		at[len] = ',';
		at += len + 1;
	}
	text = hs_arena_span(&o.arena, "{\"config\":%s,\"layers\":[%.*s]}", config,
	                     (int)(at - layers - 1), (const char *)layers);
	oci_index(&o, oci_blob(&o, OCI_MANIFEST, text, ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(oci_find(&o, "layer[4999]"));
	assert_int_equal(o.tree.n_entries, 5 + n - 1);
	oci_end(&o);
}

/* Each is an entry of its own, which a few bytes of JSON ask for. */
static void
manifest_limits_how_often_a_blob_is_a_layer(void **state)
{
	static const char *const layers[] = { "layer", NULL };
	struct hs_image *image;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_image(&o, "amd64", layers, ""));
	image = hs_image_begin(&o.tree);
	for (int i = 0; i < HS_MAX_IMAGE_ROLES; i++)
		assert_true(hs_image_take_role(image, 0));
	assert_false(hs_image_take_role(image, 0));
	assert_false(hs_image_take_role(image, 0));
	assert_true(hs_image_take_role(image, 1));
	assert_int_equal(hs_image_finish(image, &err), 0);
	assert_non_null(strstr(oci_codes(&o), " ! limit\n"));
	oci_end(&o);
}

static void
manifest_is_checked_against_its_place_in_the_index(void **state)
{
	static const char *const layers[] = { "layer", NULL };
	static const struct {
		const char *more, *codes;
	} rows[] = {
		{ ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}", "" },
		{ ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\",\"variant\":\"v2\"}",
		  "" },
		{ ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd6\"}",
		  "manifest ! index-mismatch\n" },
		{ ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}",
		  "manifest ! index-mismatch\n" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_err err;
		struct oci o;

		oci_begin(&o);
		oci_index(&o, oci_image(&o, "amd64", layers, rows[i].more));
		assert_int_equal(oci_arrange(&o, &err), 0);
		assert_string_equal(oci_codes(&o), rows[i].codes);
		oci_end(&o);
	}
}

static void
manifest_that_calls_itself_otherwise_than_its_descriptor_is_damaged(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_blob(&o, OCI_MANIFEST,
	                       HS_SPAN("{\"mediaType\":\"application/vnd.docker.distribution."
	                               "manifest.v2+json\",\"layers\":[]}"),
	                       ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_codes(&o), "manifest ! index-mismatch\n");
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(manifest_names_the_layers_that_are_not_held),
		cmocka_unit_test(manifest_with_foreign_layers_is_not_damaged),
		cmocka_unit_test(manifest_accepts_a_blob_that_stands_in_its_descriptor),
		cmocka_unit_test(manifest_keeps_the_good_layers_beside_a_bad_digest),
		cmocka_unit_test(manifest_counts_diff_ids),
		cmocka_unit_test(manifest_with_thousands_of_layers_is_read),
		cmocka_unit_test(manifest_limits_how_often_a_blob_is_a_layer),
		cmocka_unit_test(manifest_is_checked_against_its_place_in_the_index),
		cmocka_unit_test(
			manifest_that_calls_itself_otherwise_than_its_descriptor_is_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
