/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/comparator.h"

#include <stdlib.h>

static const struct hs_comparator *const config = &hs_comparator_image_config;

#define ROOTFS "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:1\",\"sha256:2\"]}"

static const char full[] =
	"{\"architecture\":\"arm64\",\"author\":\"me\",\"config\":{\"Cmd\":[\"-c\",\"true\"],"
	"\"Entrypoint\":[\"/bin/sh\"],\"Env\":[\"PATH=/bin\",\"A==\",\"PATH=/sbin\",\"odd\"],"
	"\"ExposedPorts\":{\"80/tcp\":{},\"443/tcp\":{}},\"Healthcheck\":{\"Interval\":30000000000,"
	"\"Retries\":3,\"StartInterval\":1,\"StartPeriod\":2,\"Test\":[\"CMD\",\"x\"],"
	"\"Timeout\":4},\"Hostname\":\"h\",\"Labels\":{\"b\":\"\",\"a\\n\":\"1\"},"
	"\"OnBuild\":[\"RUN x\"],\"Shell\":[\"/bin/ash\"],\"StopSignal\":\"TERM\","
	"\"User\":\"app\",\"Volumes\":{\"/data\":{}},\"WorkingDir\":\"/srv\"},"
	"\"container\":\"c0ffee\",\"created\":\"2020-01-01T00:00:00Z\",\"history\":["
	"{\"author\":\"us\",\"comment\":\"why\",\"created\":\"1970-01-01T00:00:00Z\","
	"\"created_by\":\"ADD file\"},{\"created_by\":\"ENV A\",\"empty_layer\":true},"
	"{\"created_by\":\"RUN\",\"more\":[1]}],\"os\":\"linux\",\"os.features\":[\"f\"],"
	"\"os.version\":\"10\"," ROOTFS ",\"variant\":\"v8\"}";

static const char *
described(struct hs_arena *arena, struct hs_span file)
{
	struct hs_facts facts = { .arena = arena };
	struct hs_err err;

	assert_int_equal(config->describe(&facts, file, &err), 0);
	return hs_facts_text(&facts);
}

static void
image_configs_win_their_own_bid(void **state)
{
	(void)state;
	assert_ptr_equal(hs_comparator_for(hs_span_of(full), 0), config);
	assert_ptr_equal(hs_comparator_for(hs_span_of(full), 1), &hs_comparator_json);
	assert_int_equal(config->bid(HS_SPAN("{\"a\": 1}")), 0);
	assert_int_equal(config->bid(HS_SPAN("\"diff_ids\"")), 0);
	assert_int_equal(config->bid(HS_SPAN("")), 0);
}

/* What speaks of images too, but is no configuration. */
static void
image_configs_leave_other_documents_to_json(void **state)
{
	static const char *const rows[] = {
		"{\"os\":\"linux\"}",
		"[{\"diff_ids\":[]}]",
		"{\"schemaVersion\":2,\"manifests\":[{\"platform\":{\"os\":\"linux\"}}]}",
		"{\"schemaVersion\":2,\"os\":\"x\",\"config\":{},\"layers\":[]}",
		"{\"os\":\"x\",\"config\":{},\"layers\":[]}",
		"{\"os\":1,\"config\":{}}",
		"{\"os\":\"x\",\"config\":[]}",
		"{\"rootfs\":{\"diff_ids\":{}}}",
		"{\"diff_ids\":}",
		"{\"os\":\"x\",\"os\":\"y\",\"config\":{}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		assert_int_equal(config->describe(&facts, hs_span_of(rows[i]), &err), HS_ENOTMINE);
		assert_null(facts.first);
	}
}

static void
image_configs_are_said_in_the_words_of_the_field(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	assert_string_equal(
		described(&arena, hs_span_of(full)),
		"architecture: arm64\nvariant: v8\nos: linux\nos.version: 10\nos.features: f\n"
		"created: 2020-01-01T00:00:00Z\nauthor: me\nuser: app\nworkdir: /srv\n"
		"entrypoint: /bin/sh\ncmd: -c\ncmd: true\nshell: /bin/ash\nstop signal: TERM\n"
		"env PATH: /bin\nenv A: =\nenv PATH: /sbin\nenv: odd\n"
		"(env order): sha256:"
		"972ace66801b734604cb0743e7a21076cd8fb60e8428a7ed247c61ce6a3ba755\n"
		"label a\\\\n: 1\nlabel b: \nexposed port: 443/tcp\nexposed port: 80/tcp\n"
		"volume: /data\nhealthcheck test: CMD\nhealthcheck test: x\n"
		"healthcheck interval: 30000000000\nhealthcheck timeout: 4\n"
		"healthcheck start period: 2\nhealthcheck start interval: 1\n"
		"healthcheck retries: 3\nonbuild: RUN x\n.config.Hostname: h\n"
		"rootfs type: layers\ndiff_id[0]: sha256:1\ndiff_id[1]: sha256:2\n"
		"history[0] created: 1970-01-01T00:00:00Z\nhistory[0] created_by: ADD file\n"
		"history[0] comment: why\nhistory[0] author: us\nhistory[0] layer: layer[0]\n"
		"history[1] created_by: ENV A\nhistory[1] empty_layer: true\n"
		"history[1] layer: none\nhistory[2] created_by: RUN\n.history[2].more[]: 1\n"
		"history[2] layer: layer[1]\n.container: c0ffee\n"
		"(key order): sha256:"
		"8e339da187b1a25e9e61f5d5942a1f2cfe41f1c66d84415ab694b67c5367401b\n"
		"(formatting): compact\n");
}

/* Docker's older images have no rootfs, and the oldest no history. */
static void
image_configs_need_no_rootfs(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	assert_string_equal(
		described(&arena, HS_SPAN("{\"architecture\":\"amd64\",\"container_config\":"
	                                  "{\"User\":\"u\"},\"id\":\"1\"}")),
		"architecture: amd64\n.container_config.User: u\n.id: \"1\"\n(key order): sorted\n"
		"(formatting): compact\n");
	assert_string_equal(described(&arena, HS_SPAN("{\"history\":[],\"os\":\"linux\"}")),
	                    "os: linux\n.history: []\n(key order): sorted\n"
	                    "(formatting): compact\n");
}

/* Nothing is lost: what is not of the type that a field has is said under its path. */
static void
image_configs_say_what_is_odd_as_json(void **state)
{
	static const struct {
		const char *file, *want;
	} rows[] = {
		{ "\"architecture\":1,", ".architecture: 1\n" },
		{ "\"author\":null,", ".author: null\n" },
		{ "\"config\":null,", ".config: null\n" },
		{ "\"config\":{},", ".config: {}\n" },
		{ "\"config\":{\"Cmd\":\"x\"},", ".config.Cmd: x\n" },
		{ "\"config\":{\"Cmd\":[]},", ".config.Cmd: []\n" },
		{ "\"config\":{\"Cmd\":[1]},", ".config.Cmd[]: 1\n" },
		{ "\"config\":{\"Env\":{\"A\":\"1\"}},", ".config.Env.A: \"1\"\n" },
		{ "\"config\":{\"Healthcheck\":{\"Retries\":\"3\"}},",
		  ".config.Healthcheck.Retries: \"3\"\n" },
		{ "\"config\":{\"Labels\":{\"a\":1}},", ".config.Labels.a: 1\n" },
		{ "\"config\":{\"Labels\":[\"a\"]},", ".config.Labels[]: a\n" },
		{ "\"config\":{\"User\":\"\"},", "user: \n" },
		{ "\"config\":{\"Volumes\":{\"/v\":{\"x\":1}}},",
		  ".config.Volumes[\"/v\"].x: 1\n" },
		{ "\"config\":{\"Volumes\":{}},", ".config.Volumes: {}\n" },
		{ "\"history\":[1],", ".history[]: 1\n" },
		{ "\"history\":[{}],", ".history[0]: {}\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span file =
			hs_arena_span(&arena, "{%s\"rootfs\":{\"diff_ids\":[]}}", rows[i].file);

		assert_non_null(strstr(described(&arena, file), rows[i].want));
	}
}

static void
image_configs_say_where_history_does_not_fit_the_layers(void **state)
{
	static const struct {
		const char *history, *want;
	} rows[] = {
		{ "{\"comment\":\"x\"}",
		  "history[0] layer: layer[0]\n"
		  "history against layers: lines that make a layer: 1, diff_ids: 2\n" },
		{ "{\"comment\":\"x\"},{\"comment\":\"y\",\"empty_layer\":false},{\"comment\":"
		  "\"z\"}",
		  "history[2] layer: none is left\n"
		  "history against layers: lines that make a layer: 3, diff_ids: 2\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span file =
			hs_arena_span(&arena, "{" ROOTFS ",\"history\":[%s]}", rows[i].history);

		assert_non_null(strstr(described(&arena, file), rows[i].want));
	}
}

static void
image_configs_tell_the_order_of_variables_by_itself(void **state)
{
	static const struct {
		const char *env, *want;
	} rows[] = {
		{ "\"A=2\",\"B=1\"", "env A: 2\nenv B: 1\n(env order): sorted\n" },
		{ "\"A=2\"", "env A: 2\n(key order)" },
		{ "\"B=1\",\"A=2\"", "env B: 1\nenv A: 2\n(env order): sha256:" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span file = hs_arena_span(
			&arena, "{\"config\":{\"Env\":[%s]},\"os\":\"linux\"}", rows[i].env);
		const char *text = described(&arena, file);

		assert_memory_equal(text, "os: linux\n", 10);
		if (i != 1)
			assert_memory_equal(text + 10, rows[i].want, strlen(rows[i].want));
	}
}

static void
image_configs_survive_every_truncation(void **state)
{
	(void)state;
	for (size_t len = 0; len < sizeof(full) - 1; len++) {
		RELEASED struct hs_arena arena = { 0 };
		const struct hs_span part = exact_copy(hs_span_of(full), len);
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		config->bid(part);
		assert_int_equal(config->describe(&facts, part, &err), HS_ENOTMINE);
		free((void *)(uintptr_t)part.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(image_configs_win_their_own_bid),
		cmocka_unit_test(image_configs_leave_other_documents_to_json),
		cmocka_unit_test(image_configs_are_said_in_the_words_of_the_field),
		cmocka_unit_test(image_configs_need_no_rootfs),
		cmocka_unit_test(image_configs_say_what_is_odd_as_json),
		cmocka_unit_test(image_configs_say_where_history_does_not_fit_the_layers),
		cmocka_unit_test(image_configs_tell_the_order_of_variables_by_itself),
		cmocka_unit_test(image_configs_survive_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
