/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "core/limits.h"

static const char *const two_layers[] = { "bottom", "top", NULL };

static void
oci_gives_an_image_its_roles(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_image(&o, "amd64", two_layers, ""));
	oci_file(&o, "README", HS_SPAN("more"));
	assert_ptr_equal(hs_view_for(&o.tree), &hs_view_oci);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o), "layer[0]\nlayer[1]\nconfig\nmanifest\n"
	                                     "index.json\noci-layout\nREADME\n");
	oci_end(&o);
}

static void
oci_tells_platforms_apart(void **state)
{
	static const char *const one[] = { "x", NULL };
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o,
	          hs_arena_printf(
			  &o.arena, "%s,%s",
			  oci_image(&o, "amd64", two_layers,
	                            ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}"),
			  oci_image(&o, "arm64", one, "")));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(oci_find(&o, "linux/amd64/layer[1]"));
	assert_non_null(oci_find(&o, "linux/amd64/config"));
	assert_non_null(oci_find(&o, "linux/arm64/manifest"));
	assert_non_null(oci_find(&o, "linux/arm64/layer[0]"));
	oci_end(&o);
}

static void
oci_tells_names_apart_and_gives_a_shared_blob_each_role(void **state)
{
	static const char *const others[] = { "bottom", "other", NULL };
	const char *first, *second;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	first = oci_image(&o, "amd64", two_layers,
	                  ",\"annotations\":{\"io.containerd.image.name\":"
	                  "\"docker.io/library/app:1\"}");
	second = oci_image(&o, "amd64", others,
	                   ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"app:2\"}");
	oci_index(&o, hs_arena_printf(&o.arena, "%s,%s", first, second));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(
		oci_listing(&o),
		"app:1/layer[0]\napp:1/layer[1]\napp:1/config\napp:1/manifest\napp:2/layer[1]\n"
		"app:2/config\napp:2/manifest\nindex.json\noci-layout\napp:2/layer[0]\n");
	assert_ptr_equal(oci_find(&o, "app:2/layer[0]")->bytes.at,
	                 oci_find(&o, "app:1/layer[0]")->bytes.at);
	oci_end(&o);
}

static void
oci_walks_nested_indexes_and_sorts_out_attestations(void **state)
{
	struct hs_err err;
	const char *image, *config, *attestation, *artifact;
	struct oci o;

	(void)state;
	oci_begin(&o);
	image = oci_image(&o, "arm64", two_layers, "");
	config = oci_blob(&o, OCI_CONFIG, HS_SPAN("{\"attestation\":1}"), "");
	attestation = oci_blob(
		&o, OCI_MANIFEST,
		hs_arena_span(
			&o.arena, "{\"config\":%s,\"layers\":[%s]}", config,
			oci_blob(&o, "application/vnd.in-toto+json", HS_SPAN("{\"x\":1}"), "")),
		hs_arena_printf(
			&o.arena,
			",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"},"
			"\"annotations\":{\"vnd.docker.reference.type\":"
			"\"attestation-manifest\",\"vnd.docker.reference.digest\":\"%.71s\"}",
			strstr(image, "sha256:")));
	artifact = oci_blob(
		&o, OCI_MANIFEST,
		HS_SPAN("{\"artifactType\":\"application/x\",\"config\":{\"mediaType\":"
	                "\"application/vnd.oci.empty.v1+json\",\"digest\":\"sha256:"
	                "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\","
	                "\"size\":2,\"data\":\"e30=\"},\"layers\":[]}"),
		"");
	oci_index(&o, oci_blob(&o, OCI_INDEX,
	                       hs_arena_span(&o.arena, "{\"manifests\":[%s,%s,%s]}", image,
	                                     attestation, artifact),
	                       ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o),
	                    "layer[0]\nlayer[1]\nconfig\nmanifest\nattestation[0]/config\n"
	                    "attestation[0]/layer[0]\nattestation[0]/manifest\n"
	                    "artifact[0]/manifest\nindex[0]\nindex.json\noci-layout\n");
	oci_end(&o);
}

static void
oci_tells_absence_by_intent_from_damage(void **state)
{
	const char *absent, *text;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	absent = oci_descriptor(&o, OCI_MANIFEST, HS_SPAN("arm"),
	                        ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}");
	oci_index(&o, hs_arena_printf(&o.arena, "%s,%s", oci_image(&o, "amd64", two_layers, ""),
	                              absent));
	assert_int_equal(oci_arrange(&o, &err), 0);
	text = oci_listing(&o);
	assert_non_null(strstr(text, "index.json - names manifest[1] for linux/arm64 sha256:"));
	assert_non_null(strstr(text, "layer[0]\n"));
	oci_end(&o);

	oci_begin(&o);
	oci_index(&o, oci_descriptor(&o, OCI_MANIFEST, HS_SPAN("gone"), ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(oci_listing(&o), "index.json ! names manifest[0] sha256:"));
	oci_end(&o);
}

static void
oci_ends_the_loop_of_an_index_that_names_itself(void **state)
{
	static const char zeros[] =
		"sha256:0000000000000000000000000000000000000000000000000000000000000000";
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o,
	         "blobs/sha256/0000000000000000000000000000000000000000000000000000000000000000",
	         hs_arena_span(&o.arena,
	                       "{\"manifests\":[{\"mediaType\":\"" OCI_INDEX
	                       "\",\"digest\":\"%s\",\"size\":1}]}",
	                       zeros));
	oci_index(&o, hs_arena_printf(&o.arena, "{\"digest\":\"%s\",\"size\":9}", zeros));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(oci_listing(&o), "index[0] ! the index names itself; it is "));
	oci_end(&o);
}

static void
oci_stops_at_indexes_nested_too_deep(void **state)
{
	struct hs_err err;
	const char *inner;
	struct oci o;

	(void)state;
	oci_begin(&o);
	inner = oci_image(&o, "amd64", two_layers, "");
	for (int i = 0; i < 100; i++)
		inner = oci_blob(&o, OCI_INDEX,
		                 hs_arena_span(&o.arena, "{\"manifests\":[%s]}", inner), "");
	oci_index(&o, inner);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(oci_listing(&o), "HS_MAX_INDEX_DEPTH"));
	assert_int_equal(o.tree.n_entries, 4 + 100 + 2);
	oci_end(&o);
}

/* Each level names the next one four times: what is followed again and again has a limit. */
static void
oci_limits_how_often_a_document_is_followed(void **state)
{
	struct hs_err err;
	const char *inner;
	struct oci o;

	(void)state;
	oci_begin(&o);
	inner = oci_image(&o, "amd64", two_layers, "");
	for (int i = 0; i < 12; i++)
		inner = oci_blob(&o, OCI_INDEX,
		                 hs_arena_span(&o.arena, "{\"manifests\":[%s,%s,%s,%s]}", inner,
		                               inner, inner, inner),
		                 "");
	oci_index(&o, inner);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(oci_listing(&o), "HS_MAX_IMAGE_VISITS"));
	oci_end(&o);
}

/* One manifest of many layers, which is named many times. */
static void
oci_limits_what_is_named_in_all(void **state)
{
	const char *layers, *manifests;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	layers = oci_blob(&o, OCI_LAYER, HS_SPAN("layer"), "");
	for (int i = 1; i < 32; i++)
		layers = hs_arena_printf(
			&o.arena, "%s,%s", layers,
			oci_blob(&o, OCI_LAYER, hs_arena_span(&o.arena, "layer %d", i), ""));
	for (int i = 0; i < 6; i++)
		layers = hs_arena_printf(&o.arena, "%s,%s", layers, layers);
	manifests = oci_blob(&o, OCI_MANIFEST, hs_arena_span(&o.arena, "{\"layers\":[%s]}", layers),
	                     "");
	for (int i = 0; i < 6; i++)
		manifests = hs_arena_printf(&o.arena, "%s,%s", manifests, manifests);
	oci_index(&o, manifests);
	assert_int_equal(oci_arrange(&o, &err), HS_ELIMIT);
	assert_non_null(strstr(err.text, "HS_MAX_IMAGE_PARTS"));
	assert_int_equal(o.tree.entries[0].damaged, false);
	oci_end(&o);
}

static void
oci_keeps_what_it_does_not_understand(void **state)
{
	static const char *const indexes[][2] = {
		{ "", "index.json ! the JSON is empty\n" },
		{ "{\"manifests\":[", "index.json ! the JSON ends early at byte 14\n" },
		{ "{\"a\":1,\"a\":2}", "index.json ! the JSON names a field twice at byte 10\n" },
		{ "{\"manifests\":[],\"layers\":[]}",
		  "index.json ! it has the fields of an index and of a manifest: it is read as "
		  "neither\n" },
		{ "[]", "index.json ! it is not an object\n" },
		{ "{\"manifests\":{}}", "index.json ! its manifests are not a list\n" },
		{ "{\"manifests\":[7]}",
		  "index.json ! manifest[0]: a descriptor is not an object\n" },
		{ "{\"manifests\":[{\"digest\":\"sha256:../../etc\",\"size\":1}]}",
		  "index.json ! manifest[0]: \"sha256:../../etc\" is not a digest\n" },
		{ "{\"manifests\":[{\"digest\":\"x:y\",\"size\":-1}]}",
		  "index.json ! manifest[0]: a descriptor has the size -1; names manifest[0] x:y, "
		  "which "
		  "the archive does not hold\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(indexes) / sizeof(indexes[0]); i++) {
		struct hs_err err;
		struct oci o;

		oci_begin(&o);
		oci_file(&o, "index.json", hs_span_of(indexes[i][0]));
		oci_file(&o, "oci-layout", HS_SPAN("{}"));
		assert_int_equal(oci_arrange(&o, &err), 0);
		assert_string_equal(oci_listing(&o),
		                    hs_arena_printf(&o.arena, "%soci-layout\n", indexes[i][1]));
		oci_end(&o);
	}
}

static void
oci_leaves_other_trees_alone(void **state)
{
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "index.json", HS_SPAN("{\"manifests\":[1]}"));
	oci_file(&o, "index.html", HS_SPAN(""));
	assert_null(hs_view_for(&o.tree));
	oci_end(&o);
}

static void
oci_takes_what_is_no_manifest_as_a_blob(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, hs_arena_printf(&o.arena, "%s,%s",
	                              oci_blob(&o, "text/plain", HS_SPAN("hello"), ""),
	                              oci_image(&o, "amd64", two_layers, "")));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(strstr(oci_listing(&o), "blob[0]\n"));
	assert_non_null(oci_find(&o, "manifest"));
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(oci_gives_an_image_its_roles),
		cmocka_unit_test(oci_tells_platforms_apart),
		cmocka_unit_test(oci_tells_names_apart_and_gives_a_shared_blob_each_role),
		cmocka_unit_test(oci_walks_nested_indexes_and_sorts_out_attestations),
		cmocka_unit_test(oci_tells_absence_by_intent_from_damage),
		cmocka_unit_test(oci_ends_the_loop_of_an_index_that_names_itself),
		cmocka_unit_test(oci_stops_at_indexes_nested_too_deep),
		cmocka_unit_test(oci_limits_how_often_a_document_is_followed),
		cmocka_unit_test(oci_limits_what_is_named_in_all),
		cmocka_unit_test(oci_keeps_what_it_does_not_understand),
		cmocka_unit_test(oci_leaves_other_trees_alone),
		cmocka_unit_test(oci_takes_what_is_no_manifest_as_a_blob),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
