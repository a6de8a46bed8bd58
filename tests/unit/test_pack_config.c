/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "pack/pack_config.h"

static void
pack_configs_are_written_in_one_order(void **state)
{
	static const struct {
		const char *given, *want;
	} rows[] = {
		{ "", "{\"created\":\"2001-09-09T01:46:40Z\",\"architecture\":\"amd64\","
		      "\"os\":\"linux\"," },
		{ "{\"zz\":[1,2.5,null],\"variant\":\"v8\",\"architecture\":\"arm64\","
		  "\"a\\\"<\":{\"y\":1,\"x\":2},\"author\":\"\xc3\xa9\","
		  "\"config\":{\"Labels\":{\"b\":\"2\",\"a\":\"1\"},\"Env\":[\"B=1\",\"A=2\"],"
		  "\"Volumes\":{\"/v\":{}},\"Odd\":7}}",
		  "{\"created\":\"2001-09-09T01:46:40Z\",\"author\":\"\xc3\xa9\","
		  "\"architecture\":\"arm64\",\"variant\":\"v8\",\"os\":\"linux\","
		  "\"config\":{\"Env\":[\"B=1\",\"A=2\"],\"Labels\":{\"a\":\"1\",\"b\":\"2\"},"
		  "\"Odd\":7,\"Volumes\":{\"/v\":{}}}," },
	};
	static const char *const ours =
		"\"rootfs\":{\"diff_ids\":[\"sha256:"
		"abababababababababababababababababababababababababababababababab\"],"
		"\"type\":\"layers\"},\"history\":[{\"created\":\"2001-09-09T01:46:40Z\","
		"\"created_by\":\"hashoscope pack\"}]";
	static const char *const rest[] = {
		"}",
		",\"a\\\"<\":{\"x\":2,\"y\":1},\"zz\":[1,2.5,null]}",
	};
	struct hs_sha256 digest;

	(void)state;
	memset(digest.bytes, 0xab, sizeof(digest.bytes));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct hs_err err;
		json_t *config;

		assert_int_equal(hs_pack_config_load(&config, hs_span_of(rows[i].given), &err), 0);
		hs_pack_config_fill(config, 1000000000, &digest);
		assert_span(hs_pack_config_text(&a, config),
		            hs_arena_printf(&a, "%s%s%s", rows[i].want, ours, rest[i]));
		json_decref(config);
	}
}

static void
pack_configs_are_refused_where_they_are_none(void **state)
{
	static const struct {
		const char *given, *why;
	} rows[] = {
		{ "[]", "it is no JSON object" },
		{ "{\"rootfs\":{}}", "rootfs: comes from what is packed and from --time" },
		{ "{\"history\":[]}", "history: comes from what is packed and from --time" },
		{ "{\"created\":\"\"}", "created: comes from what is packed and from --time" },
		{ "{\"os\":1}", "os: is no string" },
		{ "{\"os.features\":[1]}", "os.features: is no array of strings" },
		{ "{\"config\":[]}", "config: is no object" },
		{ "{\"config\":{\"Env\":\"A=1\"}}", "Env: is no array of strings" },
		{ "{\"config\":{\"Labels\":{\"a\":1}}}", "Labels: is no object of strings" },
		{ "{\"config\":{\"ExposedPorts\":{\"80\":1}}}",
		  "ExposedPorts: is no object of objects" },
		{ "{\"config\":{\"User\":null}}", "User: is no string" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_err err;
		json_t *config;

		assert_int_equal(hs_pack_config_load(&config, hs_span_of(rows[i].given), &err),
		                 HS_EUSAGE);
		assert_string_equal(err.text, rows[i].why);
		assert_null(config);
	}
}

/* What is no JSON, or says a key twice, is the command line's fault and no damage. */
static void
pack_configs_that_are_no_json_are_wrong_usage(void **state)
{
	static const char *const rows[] = { "{", "{\"os\":\"a\",\"os\":\"b\"}", "{}x", "nul" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_err err;
		json_t *config;

		assert_int_equal(hs_pack_config_load(&config, hs_span_of(rows[i]), &err),
		                 HS_EUSAGE);
		assert_int_equal(err.code, HS_EUSAGE);
		assert_null(config);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pack_configs_are_written_in_one_order),
		cmocka_unit_test(pack_configs_are_refused_where_they_are_none),
		cmocka_unit_test(pack_configs_that_are_no_json_are_wrong_usage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
