/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "image/found.h"

static const char *const one_layer[] = { "layer", NULL };
static const char *const other_layer[] = { "other", NULL };

#define PLATFORM(arch) ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" arch "\"}"

/* A manifest that the archive holds, of blobs that it does not. */
static const char *
hollow_image(struct oci *o, const char *more)
{
	return oci_blob(o, OCI_MANIFEST,
	                hs_arena_span(&o->arena, "{\"config\":%s,\"layers\":[%s]}",
	                              oci_descriptor(o, OCI_CONFIG, HS_SPAN("c"), ""),
	                              oci_descriptor(o, OCI_LAYER, HS_SPAN("l"), "")),
	                more);
}

static void
found_image_that_is_held_alone_needs_no_prefix(void **state)
{
	const char *held, *hollow, *text;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	held = oci_image(&o, "amd64", one_layer, PLATFORM("amd64"));
	hollow = hollow_image(&o, PLATFORM("arm64"));
	oci_index(&o, hs_arena_printf(&o.arena, "%s,%s", hollow, held));
	assert_int_equal(oci_arrange(&o, &err), 0);
	text = oci_listing(&o);
	assert_non_null(strstr(text, "linux/arm64/manifest - names config sha256:"));
	assert_non_null(strstr(text, "\nmanifest\n"));
	assert_non_null(oci_find(&o, "layer[0]"));
	oci_end(&o);
}

static void
found_image_that_is_hollow_and_alone_is_damaged(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, hollow_image(&o, PLATFORM("arm64")));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(oci_listing(&o), "manifest ! names config sha256:"));
	oci_end(&o);
}

static void
found_attestations_stand_with_their_images(void **state)
{
	const char *images[2], *signs[2];
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	images[0] = oci_image(&o, "amd64", one_layer, PLATFORM("amd64"));
	images[1] = oci_image(&o, "arm64", other_layer, PLATFORM("arm64"));
	for (int i = 0; i < 2; i++)
		signs[i] = oci_blob(
			&o, OCI_MANIFEST,
			hs_arena_span(
				&o.arena,
				"{\"artifactType\":\"a/b\",\"layers\":[],\"subject\":%s,\"x\":%d}",
				images[i], i),
			"");
	oci_index(&o, hs_arena_printf(&o.arena, "%s,%s,%s,%s", signs[1], signs[0], images[0],
	                              images[1]));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(oci_find(&o, "linux/amd64/artifact[0]/manifest"));
	assert_non_null(oci_find(&o, "linux/arm64/artifact[0]/manifest"));
	oci_end(&o);
}

/* Before artefacts had a type of their own, a config of an unknown type made one. */
static void
found_chart_is_no_image(void **state)
{
	const char *config, *chart;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	config = oci_blob(&o, "application/vnd.cncf.helm.config.v1+json", HS_SPAN("{}"), "");
	chart = oci_blob(&o, "application/x", HS_SPAN("\x1f\x8b\x08"), "");
	oci_index(&o, oci_blob(&o, OCI_MANIFEST,
	                       hs_arena_span(&o.arena, "{\"config\":%s,\"layers\":[%s]}", config,
	                                     chart),
	                       ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_int_equal(oci_find(&o, "artifact[0]/layer[0]")->codec, 0);
	assert_non_null(oci_find(&o, "artifact[0]/config"));
	oci_end(&o);
}

static void
found_name_tells_place_and_platform(void **state)
{
	const struct hs_descriptor arm = { .platform = HS_SPAN("linux/arm64") },
				   none = { .size = 0 };
	char text[80];

	(void)state;
	hs_found_name(text, sizeof(text), &arm, 3);
	assert_string_equal(text, "manifest[3] for linux/arm64");
	hs_found_name(text, sizeof(text), &none, 0);
	assert_string_equal(text, "manifest[0]");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_image_that_is_held_alone_needs_no_prefix),
		cmocka_unit_test(found_image_that_is_hollow_and_alone_is_damaged),
		cmocka_unit_test(found_attestations_stand_with_their_images),
		cmocka_unit_test(found_chart_is_no_image),
		cmocka_unit_test(found_name_tells_place_and_platform),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
