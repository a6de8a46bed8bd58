/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "canonical_text.h"

#define PLATFORM "\"os\":\"linux\",\"architecture\":\"amd64\""
#define TIME "\"2023-11-14T22:13:20Z\""
#define BASE                                                                                       \
	"buildah leaves the layers and the history of a base image alone; an archive does not "    \
	"tell which they are, so all are rewritten\n"

static const char *
buildah(struct canonical_text *t, const char *config, size_t n_layers)
{
	t->how = (struct hs_canon){ HS_LIKE_BUILDAH, true, 1700000000 };
	return canonical_text(t, hs_canonical_buildah, hs_span_of(config), n_layers);
}

static void
buildah_writes_the_structure_of_oci(void **state)
{
	struct canonical_text t = { 0 };

	(void)state;
	assert_string_equal(
		buildah(&t,
	                "{" PLATFORM
	                ",\"variant\":\"v1\",\"author\":\"a\",\"config\":{\"Env\":[\"A=1\"],"
	                "\"Healthcheck\":{\"Retries\":1},\"Cmd\":[]},\"history\":[{\"created_by\":"
	                "\"<\","
	                "\"author\":\"a\"},{\"created\":\"2020-01-01T00:00:00Z\",\"empty_layer\":"
	                "true}],\"x\":1}",
	                1),
		"{\"created\":" TIME
		",\"author\":\"a\",\"architecture\":\"amd64\",\"os\":\"linux\","
		"\"variant\":\"v1\",\"config\":{\"Env\":[\"A=1\"]},\"rootfs\":{\"type\":\"layers\","
		"\"diff_ids\":[" CANONICAL_ID_1 "]},\"history\":[{\"created\":" TIME
		",\"created_by\":\"\\u003c\",\"author\":\"a\"},{\"created\":" TIME
		",\"empty_layer\":true}]}");
	assert_string_equal(t.losses, "the configuration loses x\n"
	                              "the configuration's config loses Healthcheck\n" BASE);
	assert_non_null(strstr(buildah(&t, "{" PLATFORM "}", 0), "\"diff_ids\":[]"));
	hs_arena_release(&t.arena);
}

#define DOCKER_CONFIG(cmd)                                                                         \
	"{\"Hostname\":\"sandbox\",\"Domainname\":\"\",\"User\":\"\",\"AttachStdin\":false,"       \
	"\"AttachStdout\":false,\"AttachStderr\":false,\"Tty\":false,\"OpenStdin\":false,"         \
	"\"StdinOnce\":false,\"Env\":null,\"Cmd\":" cmd                                            \
	",\"Image\":\"\",\"Volumes\":null,\"WorkingDir\":\"\",\"Entrypoint\":null,\"OnBuild\":"    \
	"null,"                                                                                    \
	"\"Labels\":null}"

static void
buildah_writes_the_structure_of_docker(void **state)
{
	struct canonical_text t = { .docker = true };

	(void)state;
	assert_string_equal(
		buildah(&t,
	                "{\"docker_version\":\"1\",\"container\":\"c\",\"config\":{\"Hostname\":"
	                "\"h\","
	                "\"Domainname\":\"d\",\"Cmd\":\"one\"},\"container_config\":{\"User\":"
	                "\"u\"},"
	                "\"parent\":\"p\",\"id\":\"i\",\"history\":[{}]," PLATFORM "}",
	                1),
		"{\"id\":\"i\",\"created\":" TIME
		",\"container_config\":" DOCKER_CONFIG("[\"one\"]") ",\"config\":" DOCKER_CONFIG(
			"[\"one\"]") ",\"architecture\":"
				     "\"amd64\",\"os\":"
				     "\"linux\",\"parent\":"
				     "\"p\",\"rootfs\":{"
				     "\"type\":\"layers\","
				     "\"diff_ids\":"
				     "[" CANONICAL_ID_1 "]},\"history\":[{"
				     "\"created\":" TIME "}]}");
	/* Without a config there is one all the same. */
	assert_non_null(strstr(buildah(&t, "{" PLATFORM "}", 0),
	                       "\"config\":" DOCKER_CONFIG("null") ",\"architecture\":\"amd64\","
	                                                           "\"os\":\"linux\",\"rootfs\":{"
	                                                           "\"type\":\"layers\"}"));
	hs_arena_release(&t.arena);
}

static void
buildah_says_why_the_tool_would_not(void **state)
{
	static const struct {
		const char *config;
		size_t n_layers;
		const char *want;
	} rows[] = {
		{ "{\"architecture\":\"amd64\"}", 0,
		  "! the configuration has no os: buildah would take that of the machine it runs "
		  "on" },
		{ "{" PLATFORM ",\"history\":[{}]}", 2,
		  "! buildah refuses: history lists 1 non-empty layers, but we have 2 layers on "
		  "disk" },
		{ "{" PLATFORM ",\"history\":{}}", 0,
		  "! buildah refuses the configuration: .history is an object" },
		{ "{" PLATFORM "}]", 0,
		  "! the configuration: the JSON goes on behind its end, at byte 37" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct canonical_text t = { 0 };

		assert_string_equal(buildah(&t, rows[i].config, rows[i].n_layers), rows[i].want);
		hs_arena_release(&t.arena);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(buildah_writes_the_structure_of_oci),
		cmocka_unit_test(buildah_writes_the_structure_of_docker),
		cmocka_unit_test(buildah_says_why_the_tool_would_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
