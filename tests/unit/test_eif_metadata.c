/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "cli/eif_metadata.h"
#include "core/version.h"
#include "scratch.h"

#include <stdio.h>

#define CONFIG "#\n# made\n# Linux/x86_64 4.14.256 Kernel Configuration\n"

static void
check(const struct hs_cli_eif *eif, const struct hs_env *env, const char *want)
{
	const struct hs_eif_metadata_order order = {
		.eif = eif,
		.env = env,
		.run = &scratch_run,
		.image_name = HS_SPAN("app"),
		.image_version = HS_SPAN("0123"),
		.operating_system = HS_SPAN("Unknown"),
		.kernel_version = HS_SPAN("Unknown"),
		.kernel_config = HS_SPAN(CONFIG),
		.has_kernel_config = true,
	};
	struct hs_arena arena = { 0 };
	struct hs_span section;
	struct hs_err err;

	if (hs_eif_metadata_make(&section, &arena, &order, &err) < 0)
		assert_string_equal(err.text, want);
	else
		assert_span(section, want);
	hs_arena_release(&arena);
}

static const struct hs_env plain;

static void
without_options_nothing_of_the_machine_or_the_clock_gets_in(void **state)
{
	const struct hs_cli_eif eif = { 0 };
	const struct hs_env dated = { .has_epoch = true, .epoch = 1718291918 };
	char want[512];

	(void)state;
	snprintf(want, sizeof(want),
	         "{\"ImageName\":\"app\",\"ImageVersion\":\"0123\",\"BuildMetadata\":{"
	         "\"BuildTime\":\"1970-01-01T00:00:00+00:00\",\"BuildTool\":\"hashoscope\","
	         "\"BuildToolVersion\":\"%s\",\"OperatingSystem\":\"Linux\","
	         "\"KernelVersion\":\"4.14.256\"},\"DockerInfo\":null,\"CustomMetadata\":null}",
	         hs_version());
	check(&eif, &plain, want);
	snprintf(want, sizeof(want),
	         "{\"ImageName\":\"app\",\"ImageVersion\":\"0123\",\"BuildMetadata\":{"
	         "\"BuildTime\":\"2024-06-13T15:18:38+00:00\",\"BuildTool\":\"hashoscope\","
	         "\"BuildToolVersion\":\"%s\",\"OperatingSystem\":\"Linux\","
	         "\"KernelVersion\":\"4.14.256\"},\"DockerInfo\":null,\"CustomMetadata\":null}",
	         hs_version());
	check(&eif, &dated, want);
}

static void
each_option_says_its_field(void **state)
{
	const struct hs_cli_eif eif = {
		.name = "\xc3\xa9",
		.version = "v\"1\"",
		.build_time = "0",
		.build_tool = "nitro-cli",
		.build_tool_version = "1.4.2",
		.img_os = "os",
		.img_kernel = "k",
		.docker_info = "[1, {\"b\": 2, \"a\": 1}]",
		.metadata = "{\"z\":1.50,\"a\":\"\\u00e9\"}",
	};
	const struct hs_env dated = { .has_epoch = true, .epoch = 5 };

	(void)state;
	check(&eif, &dated,
	      "{\"ImageName\":\"\xc3\xa9\",\"ImageVersion\":\"v\\\"1\\\"\",\"BuildMetadata\":{"
	      "\"BuildTime\":\"1970-01-01T00:00:00+00:00\",\"BuildTool\":\"nitro-cli\","
	      "\"BuildToolVersion\":\"1.4.2\",\"OperatingSystem\":\"os\",\"KernelVersion\":\"k\"},"
	      "\"DockerInfo\":[1,{\"a\":1,\"b\":2}],"
	      "\"CustomMetadata\":{\"a\":\"\xc3\xa9\",\"z\":1.5}}");
}

static void
json_comes_from_files_too_and_a_time_may_be_any_text(void **state)
{
	struct hs_cli_eif eif = {
		.name = "",
		.version = "",
		.build_time = "yesterday",
		.build_tool = "",
		.build_tool_version = "",
		.img_os = "",
		.docker_info = "none",
		.metadata = scratch_file("custom.json", HS_SPAN(" {\"a\": null}\n")),
	};

	(void)state;
	check(&eif, &plain,
	      "{\"ImageName\":\"\",\"ImageVersion\":\"\",\"BuildMetadata\":{"
	      "\"BuildTime\":\"yesterday\",\"BuildTool\":\"\",\"BuildToolVersion\":\"\","
	      "\"OperatingSystem\":\"\",\"KernelVersion\":\"4.14.256\"},\"DockerInfo\":null,"
	      "\"CustomMetadata\":{\"a\":null}}");
}

static void
what_makes_no_sense_names_its_option(void **state)
{
	static char long_json[5000] = "{\"a\":\"";
	static const struct {
		struct hs_cli_eif eif;
		const char *want;
	} rows[] = {
		{ { .name = "\xff" }, "--name: it is no UTF-8" },
		{ { .build_tool = "\xc3" }, "--build-tool: it is no UTF-8" },
		{ { .build_time = "99999999999999999999" }, "--build-time: it is no time" },
		{ { .metadata = "[1]" },
		  "--metadata: it is no object, and nitro-cli could not "
		  "describe the image" },
		{ { .metadata = long_json },
		  "--metadata: 4102 bytes, and nitro-cli takes at most 4096" },
	};

	(void)state;
	memset(long_json + 6, 'x', 4094);
	memcpy(long_json + 4100, "\"}", 3);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i].eif, &plain, rows[i].want);
}

static void
json_that_is_none_is_told_with_its_option(void **state)
{
	const struct hs_cli_eif custom = { .metadata = "{\"a\":}" };
	const struct hs_cli_eif info = { .docker_info = "[" };
	const struct hs_eif_metadata_order orders[] = {
		{ .eif = &custom, .env = &plain, .run = &scratch_run },
		{ .eif = &info, .env = &plain, .run = &scratch_run },
	};
	struct hs_arena arena = { 0 };
	struct hs_span section;
	struct hs_err err;

	(void)state;
	assert_true(hs_eif_metadata_make(&section, &arena, &orders[0], &err) < 0);
	assert_int_equal(strncmp(err.text, "--metadata: ", 12), 0);
	assert_true(hs_eif_metadata_make(&section, &arena, &orders[1], &err) < 0);
	assert_int_equal(strncmp(err.text, "--docker-info: ", 15), 0);
	hs_arena_release(&arena);
}

static void
times_are_written_as_nitro_cli_writes_them(void **state)
{
	static const struct {
		int64_t epoch;
		const char *want;
	} rows[] = {
		{ 0, "1970-01-01T00:00:00+00:00" },
		{ -1, "1969-12-31T23:59:59+00:00" },
		{ 951782400, "2000-02-29T00:00:00+00:00" },
		{ INT64_C(253402300799), "9999-12-31T23:59:59+00:00" },
	};
	struct hs_arena arena = { 0 };
	struct hs_err err;
	const char *text;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(hs_eif_time_print(&text, &arena, rows[i].epoch, &err), 0);
		assert_string_equal(text, rows[i].want);
	}
	assert_int_equal(hs_eif_time_print(&text, &arena, INT64_C(253402300800), &err), HS_EUSAGE);
	assert_int_equal(hs_eif_time_print(&text, &arena, INT64_MAX, &err), HS_EUSAGE);
	hs_arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_options_nothing_of_the_machine_or_the_clock_gets_in),
		cmocka_unit_test(each_option_says_its_field),
		cmocka_unit_test(json_comes_from_files_too_and_a_time_may_be_any_text),
		cmocka_unit_test(what_makes_no_sense_names_its_option),
		cmocka_unit_test(json_that_is_none_is_told_with_its_option),
		cmocka_unit_test(times_are_written_as_nitro_cli_writes_them),
	};

	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
