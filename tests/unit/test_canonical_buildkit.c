/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "canonical_text.h"

#define PLATFORM "\"os\":\"linux\",\"architecture\":\"amd64\""
#define EPOCH "\"2023-11-14T22:13:20Z\""
#define ROOTFS(ids) "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":" ids "}"
#define BASE                                                                                       \
	"BuildKit leaves the layers and the history of a base image alone; an archive does not "   \
	"tell which they are, so all are rewritten\n"

static const char *
buildkit(struct canonical_text *t, const char *config, size_t n_layers)
{
	t->how = (struct hs_canon){ HS_LIKE_BUILDKIT, true, 1700000000 };
	return canonical_text(t, hs_canonical_buildkit, hs_span_of(config), n_layers);
}

static void
buildkit_replaces_three_members_and_sorts_all(void **state)
{
	struct canonical_text t = { 0 };

	(void)state;
	assert_string_equal(
		buildkit(&t,
	                 "{ " PLATFORM
	                 ", \"x\" : [ 1.50 , \"<\\/\" ], \"history\":[],\"Z\":1,\"created\":"
	                 "\"2020-01-01T00:00:00.0+01:00\",\"x\":null,\"moby.buildkit.cache.v0\":"
	                 "\"\"}",
	                 0),
		"{\"Z\":1,\"architecture\":\"amd64\",\"created\":\"2020-01-01T00:00:00.0+01:00\","
		"\"history\":[],\"moby.buildkit.cache.v0\":\"\",\"os\":\"linux\"," ROOTFS(
			"null") ",\"x\":"
				"null"
				"}");
	assert_string_equal(t.losses,
	                    "moby.buildkit.cache.v0 stays as it is: BuildKit would make it anew, "
	                    "from records that an archive does not have\n" BASE);
	hs_arena_release(&t.arena);
}

static void
buildkit_clamps_times(void **state)
{
	static const struct {
		const char *created, *history, *want_created, *want_history;
	} rows[] = {
		/* Later than the epoch by a nanosecond, and not. */
		{ "\"created\":\"2023-11-14T22:13:20.000000001Z\",",
		  "[{\"created\":\"2023-11-14T22:13:20.000000001Z\"}]", EPOCH,
		  "[{\"created\":" EPOCH "}]" },
		{ "\"created\":" EPOCH ",", "[{\"created\":\"2023-11-15T00:13:20+02:00\"}]", EPOCH,
		  "[{\"created\":\"2023-11-15T00:13:20+02:00\"}]" },
		{ "\"created\":null,", "[{\"created\":\"2020-01-01T00:00:00Z\"}]", "null",
		  "[{\"created\":\"2020-01-01T00:00:00Z\"}]" },
		/* None: the last of the history. */
		{ "", "[{\"created\":\"2020-01-01T00:00:00.50Z\"}]", "\"2020-01-01T00:00:00.5Z\"",
		  "[{\"created\":\"2020-01-01T00:00:00.5Z\"}]" },
		/* A layer without a time was made by the build; a command of no layer gets the time
		 * of the first layer behind it. */
		{ "\"created\":null,", "[{}]", "null", "[{\"created\":" EPOCH "}]" },
		{ "\"created\":null,",
		  "[{\"empty_layer\":true},{\"created\":\"2020-01-01T00:00:00Z\"}]", "null",
		  "[{\"created\":\"2020-01-01T00:00:00Z\",\"empty_layer\":true},{\"created\":"
		  "\"2020-01-01T00:00:00Z\"}]" },
		{ "\"created\":null,",
		  "[{\"created\":\"2020-01-01T00:00:00Z\",\"author\":\"x\"},{\"empty_layer\":true}"
		  "]",
		  "null",
		  "[{\"created\":\"2020-01-01T00:00:00Z\",\"author\":\"x\"},{\"created\":"
		  "\"2020-01-01T00:00:00Z\",\"empty_layer\":true}]" },
		/* More layers in the history than there are. */
		{ "\"created\":null,", "[{},{\"comment\":\"c\"}]", "null",
		  "[{\"created\":" EPOCH "},{\"created\":" EPOCH
		  ",\"comment\":\"c\",\"empty_layer\":true}]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct canonical_text t = { 0 };
		const char *config = hs_arena_printf(&t.arena, "{%s\"history\":%s," PLATFORM "}",
		                                     rows[i].created, rows[i].history);
		const char *want = hs_arena_printf(&t.arena,
		                                   "{\"architecture\":\"amd64\",\"created\":%s,"
		                                   "\"history\":%s,\"os\":\"linux\","
		                                   "" ROOTFS("[" CANONICAL_ID_1 "]") "}",
		                                   rows[i].want_created, rows[i].want_history);

		assert_string_equal(buildkit(&t, config, 1), want);
		hs_arena_release(&t.arena);
	}
}

static void
buildkit_says_why_the_tool_would_not(void **state)
{
	static const struct {
		const char *config;
		size_t n_layers;
		const char *want;
	} rows[] = {
		{ "{}", 0, "! BuildKit refuses the configuration: missing os" },
		{ "null", 0, "! BuildKit refuses the configuration: missing os" },
		{ "{\"os\":\"linux\"}", 0,
		  "! BuildKit refuses the configuration: missing architecture" },
		{ "{" PLATFORM "} x", 0,
		  "! the configuration: the JSON goes on behind its end, at byte 37" },
		{ "{" PLATFORM ",\"config\":{\"Env\":\"\"}}", 0,
		  "! BuildKit refuses the configuration: .config.Env is a string" },
		{ "{" PLATFORM "}", 1,
		  "! the history has no entries for the layers from layer[0] on: BuildKit would "
		  "add "
		  "what its own records say of them" },
		{ "{" PLATFORM ",\"history\":[{\"created\":\"2020-01-01T00:00:00+24:00\"}]}", 1,
		  "! BuildKit refuses the configuration: the zone of .history[0].created is a day "
		  "away" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct canonical_text t = { 0 };

		assert_string_equal(buildkit(&t, rows[i].config, rows[i].n_layers), rows[i].want);
		hs_arena_release(&t.arena);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(buildkit_replaces_three_members_and_sorts_all),
		cmocka_unit_test(buildkit_clamps_times),
		cmocka_unit_test(buildkit_says_why_the_tool_would_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
