/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "image/legacy.h"

#define ID_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ID_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define V1(id, parent) "{\"id\":\"" id "\"," parent "\"created\":\"1970-01-01T00:00:00Z\"}"

static void
add_config(struct oci *o, const struct hs_span *layers, size_t n)
{
	oci_file(o, "c.json", oci_config(o, "amd64", layers, n));
}

/* As skopeo writes it: the second and third layer are one file. */
static void
legacy_folders_go_with_their_layers(void **state)
{
	const struct hs_span layers[] = { HS_SPAN("x"), HS_SPAN("y"), HS_SPAN("y") };
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "x.tar", layers[0]);
	oci_file(&o, "id1", HS_SPAN(""))->kind = HS_KIND_DIR;
	oci_file(&o, "id1/VERSION", HS_SPAN("1.0"));
	oci_symlink(&o, "id1/layer.tar", "../x.tar");
	oci_file(&o, "id1/json", HS_SPAN("{}"));
	oci_file(&o, "y.tar", layers[1]);
	oci_symlink(&o, "id3/layer.tar", "../y.tar");
	oci_symlink(&o, "id2/layer.tar", "../id3/layer.tar");
	oci_file(&o, "id2/json", HS_SPAN("{}"));
	oci_symlink(&o, "id4/layer.tar", "../nowhere");
	oci_file(&o, "id4/json", HS_SPAN("{}"));
	oci_symlink(&o, "id5/layer.tar", "../id5/layer.tar");
	add_config(&o, layers, 3);
	oci_file(&o, "manifest.json",
	         HS_SPAN("[{\"Config\":\"c.json\",\"Layers\":[\"x.tar\",\"y.tar\",\"y.tar\"]}]"));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o),
	                    "layer[0]\nlayer[0].v1\nlayer[0].v1/VERSION\nlayer[0].v1/layer.tar\n"
	                    "layer[0].v1/json\nlayer[1]\nlayer[1].v1/layer.tar\n"
	                    "layer[2].v1/layer.tar\nlayer[2].v1/json\nid4/layer.tar\nid4/json\n"
	                    "id5/layer.tar\nconfig\nmanifest.json\nlayer[2]\n");
	oci_end(&o);
}

static void
legacy_blobs_are_put_into_the_order_of_their_parents(void **state)
{
	static const char *const one_layer[] = { "layer", NULL };
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	(void)oci_blob(&o, "", HS_SPAN(V1(ID_A, "\"parent\":\"" ID_B "\",")), "");
	(void)oci_blob(&o, "", HS_SPAN(V1(ID_B, "")), "");
	(void)oci_blob(&o, "", HS_SPAN("{\"id\":\"short\",\"created\":1}"), "");
	oci_index(&o, oci_image(&o, "amd64", one_layer, ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(oci_find(&o, "layer[1].v1/json"));
	assert_span(oci_find(&o, "layer[0].v1/json")->bytes, V1(ID_B, ""));
	assert_null(strstr(oci_listing(&o), "layer[2].v1"));
	assert_string_equal(oci_codes(&o), "");
	oci_end(&o);
}

static void
legacy_blobs_survive_circles(void **state)
{
	static const char *const one_layer[] = { "layer", NULL };
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	(void)oci_blob(&o, "", HS_SPAN(V1(ID_A, "\"parent\":\"" ID_B "\",")), "");
	(void)oci_blob(&o, "", HS_SPAN(V1(ID_B, "\"parent\":\"" ID_A "\",")), "");
	oci_index(&o, oci_image(&o, "amd64", one_layer, ""));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(oci_find(&o, "layer[2].v1/json"));
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(legacy_folders_go_with_their_layers),
		cmocka_unit_test(legacy_blobs_are_put_into_the_order_of_their_parents),
		cmocka_unit_test(legacy_blobs_survive_circles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
