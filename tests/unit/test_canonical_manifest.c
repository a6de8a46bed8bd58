/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "canon/canonical_manifest.h"

#define HEX_0 "0000000000000000000000000000000000000000000000000000000000000000"
#define HEX_1 "0100000000000000000000000000000000000000000000000000000000000000"
#define DOCKER "application/vnd.docker."
#define OCI "application/vnd.oci.image."

static const struct hs_canonical_blob blobs[] = {
	{ { { 1 } }, 10, HS_CODEC_NONE },
	{ { { 1 } }, 20, HS_CODEC_GZIP },
	{ { { 1 } }, 30, HS_CODEC_ZSTD },
};

static struct hs_span
manifest(struct hs_arena *a, enum hs_like like, bool docker, size_t n_layers)
{
	const struct hs_canonical form = {
		.config = HS_SPAN("{}"),
		.n_layers = n_layers,
		.docker = docker,
		.manifest = HS_SPAN("{\"annotations\":{\"z\":\"<\",\"a\":\"1\","
		                    "\"org.opencontainers.image.created\":\"old\"}}"),
	};
	const struct hs_canon how = { like, true, 1700000000 };

	return hs_canonical_manifest(a, &form, &how, blobs);
}

static void
manifest_of_ggcr_has_docker_types(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_span(manifest(&a, HS_LIKE_GGCR, false, 2),
	            "{\"schemaVersion\":2,\"mediaType\":\"" DOCKER
	            "distribution.manifest.v2+json\","
	            "\"config\":{\"mediaType\":\"" DOCKER "container.image.v1+json\",\"size\":2,"
	            "\"digest\":\"sha256:" HEX_0 "\"},\"layers\":[{\"mediaType\":\"" DOCKER
	            "image.rootfs.diff.tar\",\"size\":10,\"digest\":\"sha256:" HEX_1
	            "\"},{\"mediaType\":\"" DOCKER "image.rootfs.diff.tar.gzip\",\"size\":20,"
	            "\"digest\":\"sha256:" HEX_1 "\"}]}");
	assert_non_null(
		strstr((const char *)manifest(&a, HS_LIKE_GGCR, false, 0).at, "\"layers\":[]}"));
}

static void
manifest_of_buildkit_is_indented_and_annotated(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_span(manifest(&a, HS_LIKE_BUILDKIT, true, 1),
	            "{\n"
	            "  \"schemaVersion\": 2,\n"
	            "  \"mediaType\": \"" OCI "manifest.v1+json\",\n"
	            "  \"config\": {\n"
	            "    \"mediaType\": \"" OCI "config.v1+json\",\n"
	            "    \"digest\": \"sha256:" HEX_0 "\",\n"
	            "    \"size\": 2\n"
	            "  },\n"
	            "  \"layers\": [\n"
	            "    {\n"
	            "      \"mediaType\": \"" OCI "layer.v1.tar\",\n"
	            "      \"digest\": \"sha256:" HEX_1 "\",\n"
	            "      \"size\": 10,\n"
	            "      \"annotations\": {\n"
	            "        \"buildkit/rewritten-timestamp\": \"1700000000\"\n"
	            "      }\n"
	            "    }\n"
	            "  ]\n"
	            "}");
	assert_non_null(strstr((const char *)manifest(&a, HS_LIKE_BUILDKIT, true, 0).at,
	                       "\"layers\": null\n}"));
}

static void
manifest_of_buildah_keeps_annotations_and_dates_itself(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *text = (const char *)manifest(&a, HS_LIKE_BUILDAH, false, 3).at;

	(void)state;
	assert_non_null(strstr(text, OCI "layer.v1.tar+zstd\",\"digest\":\"sha256:" HEX_1
	                                 "\",\"size\":30}],\"annotations\":{\"a\":\"1\","
	                                 "\"org.opencontainers.image.created\":"
	                                 "\"2023-11-14T22:13:20Z\",\"z\":\"\\u003c\"}}"));
	/* Docker's format has none. */
	text = (const char *)manifest(&a, HS_LIKE_BUILDAH, true, 1).at;
	assert_null(strstr(text, "annotations"));
	assert_non_null(strstr(text, DOCKER "image.rootfs.diff.tar\",\"size\":10"));
	text = (const char *)manifest(&a, HS_LIKE_STABILIZE, true, 1).at;
	assert_non_null(strstr(text, "\"org.opencontainers.image.created\":\"old\""));
}

static void
manifest_has_words_for_some_compressors(void **state)
{
	const struct hs_canonical oci = { 0 }, docker = { .docker = true };
	const struct hs_canon ggcr = { .like = HS_LIKE_GGCR },
			      buildah = { .like = HS_LIKE_BUILDAH };

	(void)state;
	assert_true(hs_canonical_can_store(&oci, &ggcr, HS_CODEC_GZIP));
	assert_false(hs_canonical_can_store(&oci, &ggcr, HS_CODEC_ZSTD));
	assert_true(hs_canonical_can_store(&oci, &buildah, HS_CODEC_ZSTD));
	assert_false(hs_canonical_can_store(&docker, &buildah, HS_CODEC_ZSTD));
	assert_false(hs_canonical_can_store(&oci, &buildah, HS_CODEC_XZ));
}

static void
index_names_the_manifest(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_canonical form = { 0 };
	const struct hs_canon how = { .like = HS_LIKE_BUILDKIT };
	const char *digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

	(void)state;
	assert_span(hs_canonical_index(&a, &form, &how, HS_SPAN(""), HS_SPAN("app:1<")),
	            hs_arena_printf(&a,
	                            "{\"schemaVersion\":2,\"mediaType\":\"" OCI "index.v1+json\","
	                            "\"manifests\":[{\"mediaType\":\"" OCI "manifest.v1+json\","
	                            "\"digest\":\"sha256:%s\",\"size\":0,\"annotations\":{"
	                            "\"org.opencontainers.image.ref.name\":\"app:1\\u003c\"}}]}",
	                            digest));
	assert_null(strstr(
		(const char *)hs_canonical_index(&a, &form, &how, HS_SPAN(""), HS_SPAN("")).at,
		"annotations"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(manifest_of_ggcr_has_docker_types),
		cmocka_unit_test(manifest_of_buildkit_is_indented_and_annotated),
		cmocka_unit_test(manifest_of_buildah_keeps_annotations_and_dates_itself),
		cmocka_unit_test(manifest_has_words_for_some_compressors),
		cmocka_unit_test(index_names_the_manifest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
