/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "enclave/ramdisk.h"
#include "newc_text.h"

/* "CMD|ENV|ARCH", then the codes of the remarks; or the error's text. */
static const char *
command_of(struct hs_arena *a, const char *config)
{
	struct hs_ramdisk_command c;
	const char *text;
	struct hs_err err;

	if (hs_ramdisk_command(&c, a, hs_span_of(config), &err) < 0)
		return hs_arena_printf(a, "%d: %s", (int)err.code, err.text);
	text = hs_arena_printf(a, "%.*s|%.*s|%s", (int)c.cmd.len, (const char *)c.cmd.at,
	                       (int)c.env.len, (const char *)c.env.at, c.arch ? c.arch : "-");
	for (const struct hs_ramdisk_remark *r = c.remarks.first; r; r = r->next)
		text = hs_arena_printf(a, "%s %s", text, r->code);
	return text;
}

static void
cmd_counts_before_entrypoint_and_null_is_absent(void **state)
{
	static const char *const rows[][2] = {
		{ "{\"config\":{\"Cmd\":[\"/a\",\"b c\"],\"Env\":[\"X=1\",\"Y=\"]}}",
		  "/a\nb c\n|X=1\nY=\n|-" },
		{ "{\"config\":{\"Cmd\":null,\"Entrypoint\":[\"/e\"],\"Env\":null}}", "/e\n||-" },
		{ "{\"config\":{\"Entrypoint\":[\"/e\"]}}", "/e\n||-" },
		{ "{\"config\":{\"Cmd\":[\"/a\"],\"Entrypoint\":[\"/e\"],\"Env\":[]}}",
		  "/a\n||- entrypoint-ignored" },
		{ "{\"config\":{\"Cmd\":[\"/a\"],\"Entrypoint\":[]}}", "/a\n||-" },
		{ "{\"config\":{\"Cmd\":[\"/a\"],\"Entrypoint\":null}}", "/a\n||-" },
		{ "{\"config\":{\"Cmd\":[],\"Entrypoint\":[\"/e\"]}}",
		  "||- empty-command entrypoint-ignored" },
		{ "{\"config\":{\"Cmd\":[]}}", "||- empty-command" },
		{ "{\"config\":{\"Cmd\":[null,\"x\"]}}", "\nx\n||- relative-command" },
		{ "{\"config\":{\"Cmd\":\"/one two\",\"Env\":null}}", "/one two\n||-" },
		{ "{\"architecture\":\"amd64\",\"config\":{\"Cmd\":[\"/a\"]}}", "/a\n||x86_64" },
		{ "{\"architecture\":\"arm64\",\"config\":{\"Cmd\":[\"/a\"]}}", "/a\n||aarch64" },
		{ "{\"architecture\":\"s390x\",\"config\":{\"Cmd\":[\"/a\"]}}", "/a\n||-" },
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(command_of(&arena, rows[i][0]), rows[i][1]);
}

static void
what_docker_heeds_and_nitro_cli_does_not_is_remarked(void **state)
{
	static const char *const rows[][2] = {
		{ "{\"config\":{\"Cmd\":[\"a\"],\"WorkingDir\":\"/w\",\"User\":\"1000\"}}",
		  "a\n||- relative-command workdir-ignored user-ignored" },
		{ "{\"config\":{\"Cmd\":[\"./a\"],\"WorkingDir\":\"/\",\"User\":\"root\"}}",
		  "./a\n||- relative-command" },
		{ "{\"config\":{\"Cmd\":[\"/a\",\"b\\nc\"],\"Env\":[\"X=1\\n2\"],\"User\":\"\"}}",
		  "/a\nb\nc\n|X=1\n2\n|- newline newline" },
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(command_of(&arena, rows[i][0]), rows[i][1]);
}

static void
a_configuration_that_docker_would_not_take_is_refused(void **state)
{
	static const char *const rows[][2] = {
		{ "", "-1: its configuration is no JSON object" },
		{ "[]", "-1: its configuration is no JSON object" },
		{ "{\"config\":{}", "-1: its configuration is no JSON object" },
		{ "{\"config\":1,\"config\":2}", "-1: its configuration is no JSON object" },
		{ "{}", "-6: its configuration has neither Cmd nor Entrypoint" },
		{ "{\"config\":null}", "-6: its configuration has neither Cmd nor Entrypoint" },
		{ "{\"config\":{\"Cmd\":null}}",
		  "-6: its configuration has neither Cmd nor Entrypoint" },
		{ "{\"config\":{\"Cmd\":{}}}", "-1: its Cmd is no list" },
		{ "{\"config\":{\"Cmd\":7}}", "-1: its Cmd is no list" },
		{ "{\"config\":{\"Cmd\":[\"a\",7]}}", "-1: element 1 of its Cmd is no string" },
		{ "{\"config\":{\"Cmd\":[\"a\"],\"Env\":\"X=1\"}}", "-1: its Env is no list" },
		{ "{\"config\":{\"Cmd\":[\"a\"],\"Env\":[[]]}}",
		  "-1: element 0 of its Env is no string" },
		{ "{\"config\":{\"Cmd\":[\"a\"],\"Entrypoint\":[1]}}",
		  "-1: element 0 of its Entrypoint is no string" },
	};
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(command_of(&arena, rows[i][0]), rows[i][1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cmd_counts_before_entrypoint_and_null_is_absent),
		cmocka_unit_test(what_docker_heeds_and_nitro_cli_does_not_is_remarked),
		cmocka_unit_test(a_configuration_that_docker_would_not_take_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
