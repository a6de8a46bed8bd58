/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "image/config_meaning.h"

static bool
same(const char *a, const char *b)
{
	const bool one = hs_config_same_meaning(hs_span_of(a), hs_span_of(b));

	assert_int_equal(hs_config_same_meaning(hs_span_of(b), hs_span_of(a)), one);
	return one;
}

static void
configs_mean_the_same_whoever_wrote_them(void **state)
{
	static const struct {
		const char *a, *b;
	} rows[] = {
		{ "{\"os\":\"linux\",\"architecture\":\"arm\"}",
		  "{\n \"architecture\": \"arm\",\n \"os\": \"\\u006cinux\"\n}\n" },
		{ "{}", "{\"author\":\"\",\"variant\":null,\"config\":{},\"history\":[]}" },
		{ "{}", "{\"config\":{\"Cmd\":null,\"Env\":[],\"Tty\":false,\"Memory\":0,"
		        "\"Volumes\":{},\"Labels\":null,\"User\":\"\"}}" },
		{ "{\"config\":{\"User\":\"u\"}}",
		  "{\"config\":{\"User\":\"u\",\"Hostname\":\"c0ffee\",\"Domainname\":\"d\","
		  "\"Image\":\"sha256:1\",\"AttachStdin\":true,\"AttachStdout\":true,"
		  "\"AttachStderr\":true,\"Tty\":true,\"OpenStdin\":true,\"StdinOnce\":true,"
		  "\"MacAddress\":\"m\",\"NetworkDisabled\":true}}" },
		{ "{\"os\":\"linux\"}",
		  "{\"os\":\"linux\",\"container\":\"c\",\"container_config\":{\"Cmd\":[\"x\"]},"
		  "\"docker_version\":\"20\",\"id\":\"1\",\"parent\":\"2\",\"Size\":3}" },
		{ "{\"history\":[{\"created_by\":\"x\"}]}",
		  "{\"history\":[{\"created_by\":\"x\",\"empty_layer\":false,\"comment\":\"\"}]}" },
		{ "{\"config\":{\"Healthcheck\":{\"Test\":[\"x\"]}}}",
		  "{\"config\":{\"Healthcheck\":{\"Test\":[\"x\"],\"Retries\":0}}}" },
		{ "{\"created\":\"2020-01-01T00:00:00.5Z\"}",
		  "{\"created\":\"2020-01-01T00:00:00.500000000+00:00\"}" },
		{ "{\"history\":[{\"created\":\"2020-01-01T00:00:10Z\"}]}",
		  "{\"history\":[{\"created\":\"2020-01-01T00:00:10.000Z\"}]}" },
		{ "{}", "{\"created\":\"0001-01-01T00:00:00Z\"}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_true(same(rows[i].a, rows[i].b));
}

static void
configs_mean_another_thing_where_a_value_differs(void **state)
{
	static const struct {
		const char *a, *b;
	} rows[] = {
		{ "{\"os\":\"linux\"}", "{\"os\":\"Linux\"}" },
		{ "{}", "{\"config\":{\"User\":\"u\"}}" },
		{ "{\"config\":{\"Env\":[\"A=1\",\"B=2\"]}}",
		  "{\"config\":{\"Env\":[\"B=2\",\"A=1\"]}}" },
		{ "{\"config\":{\"Env\":[\"A=1\"]}}", "{\"config\":{\"Env\":[\"A=1\",\"\"]}}" },
		/* Empty values are values where the keys are the user's. */
		{ "{}", "{\"config\":{\"Labels\":{\"a\":\"\"}}}" },
		{ "{}", "{\"config\":{\"Volumes\":{\"/v\":{}}}}" },
		{ "{\"x\":{}}", "{\"x\":{\"y\":null}}" },
		{ "{\"config\":{\"Healthcheck\":{\"Test\":[\"NONE\"]}}}", "{}" },
		{ "{\"config\":{\"Shell\":[\"sh\"]}}", "{}" },
		{ "{\"history\":[{}]}", "{\"history\":[{},{}]}" },
		{ "{\"history\":[{\"empty_layer\":true}]}", "{\"history\":[{}]}" },
		{ "{\"rootfs\":{\"diff_ids\":[\"sha256:1\"]}}",
		  "{\"rootfs\":{\"diff_ids\":[\"sha256:2\"]}}" },
		{ "{\"created\":\"2020-01-01T00:00:10Z\"}",
		  "{\"created\":\"2020-01-01T00:00:1Z\"}" },
		{ "{\"created\":\"2020-01-01T00:00:00Z\"}",
		  "{\"created\":\"2020-01-01T00:00:00+01:00\"}" },
		{ "{\"moby.buildkit.cache.v0\":\"a\"}", "{}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_false(same(rows[i].a, rows[i].b));
}

static void
configs_mean_nothing_where_they_cannot_be_read(void **state)
{
	static const char *const rows[] = {
		"", "{", "[]", "1", "{\"os\":\"a\",\"os\":\"a\"}", "{}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_false(same(rows[i], "{}"));
		assert_false(same(rows[i], rows[i]));
	}
}

/* Fields that are not what the specification has. */
static void
configs_of_odd_types_are_compared_as_they_are(void **state)
{
	static const char *const rows[] = {
		"{\"config\":1,\"history\":2,\"rootfs\":3,\"created\":4}",
		"{\"config\":[1],\"history\":[1,\"x\",null],\"created\":[\"x.0Z\"]}",
		"{\"config\":{\"Healthcheck\":[1]},\"history\":[{\"created\":5}]}",
		"{\"created\":\"Z\",\"history\":[{\"created\":\".Z\"},{\"created\":\"+00:00\"}]}",
		"{\"created\":\".00000000000000000000000000000000000000001Z\"}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(same(rows[i], rows[i]));
		assert_false(same(rows[i], "{}"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(configs_mean_the_same_whoever_wrote_them),
		cmocka_unit_test(configs_mean_another_thing_where_a_value_differs),
		cmocka_unit_test(configs_mean_nothing_where_they_cannot_be_read),
		cmocka_unit_test(configs_of_odd_types_are_compared_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
