/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/metadata.h"

#include "core/limits.h"
#include "unit.h"

#include <stdlib.h>

#define BUILD                                                                                      \
	"{\"BuildTime\":\"1970-01-01T00:00:00+00:00\",\"BuildTool\":\"t\","                        \
	"\"BuildToolVersion\":\"0\",\"OperatingSystem\":\"Linux\",\"KernelVersion\":\"4.14.256\"}"
#define WITH(docker, custom)                                                                       \
	"{\"ImageName\":\"img\",\"ImageVersion\":\"1.0\",\"BuildMetadata\":" BUILD                 \
	",\"DockerInfo\":" docker ",\"CustomMetadata\":" custom "}"

static int
read_text(struct hs_metadata *m, struct hs_arena *a, const char *text, struct hs_err *err)
{
	return hs_metadata_read(m, a, hs_span_of(text), err);
}

static void
metadata_come_back_as_they_were(void **state)
{
	static const char *const rows[] = {
		WITH("null", "null"),
		WITH("{\"a\":[1.5,\"\xc3\xa9\x7f\\u0001/\"],\"b\":1}", "null"),
		WITH("0", "{\"x\":{}}"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		struct hs_metadata m;
		struct hs_err err;

		assert_int_equal(read_text(&m, &arena, rows[i], &err), 0);
		assert_false(m.none);
		assert_span(m.image_name, "img");
		assert_span(m.image_version, "1.0");
		assert_span(m.build_time, "1970-01-01T00:00:00+00:00");
		assert_span(m.build_tool, "t");
		assert_span(m.build_tool_version, "0");
		assert_span(m.operating_system, "Linux");
		assert_span(m.kernel_version, "4.14.256");
		assert_span(hs_metadata_write(&arena, &m), rows[i]);
	}
}

/* Any order, more members, or an array of the values: serde takes them for a struct. */
static void
metadata_are_taken_as_serde_takes_them(void **state)
{
	static const char *const rows[] = {
		" {\"CustomMetadata\":null , \"more\":[{\"x\":\"\\ud800\"}], \"DockerInfo\":null,"
		"\"more\":1e999, \"BuildMetadata\":{\"y\":0,\"KernelVersion\":\"4.14.256\","
		"\"OperatingSystem\":\"Linux\",\"BuildToolVersion\":\"0\",\"BuildTool\":\"t\","
		"\"BuildTime\":\"1970-01-01T00:00:00+00:00\"},\"ImageVersion\":\"1.0\","
		"\"Image\\u004eame\":\"img\"}\n",
		"[\"img\",\"1.0\",[\"1970-01-01T00:00:00+00:00\",\"t\",\"0\",\"Linux\","
		"\"4.14.256\"],null,null]",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		struct hs_metadata m;
		struct hs_err err;

		assert_int_equal(read_text(&m, &arena, rows[i], &err), 0);
		assert_span(hs_metadata_write(&arena, &m), WITH("null", "null"));
	}
}

static void
a_section_that_says_null_is_no_metadata(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_metadata m;
	struct hs_err err;

	(void)state;
	assert_int_equal(read_text(&m, &arena, " null ", &err), 0);
	assert_true(m.none);
	assert_int_equal(read_text(&m, &arena, "null,", &err), HS_EFORMAT);
	assert_int_equal(read_text(&m, &arena, "nil", &err), HS_EFORMAT);
}

static void
metadata_that_aws_refuses_are_refused(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "no object at byte 0 of the JSON" },
		{ "{", "no '\"' where one has to be at byte 1 of the JSON" },
		{ "{}", "the member ImageName is missing" },
		{ "[]", "the member ImageName is missing" },
		{ "7", "no object at byte 0 of the JSON" },
		{ "{\"ImageName\":null}", "ImageName is no string at byte 13 of the JSON" },
		{ "{\"ImageName\":\"a\",\"ImageName\":\"a\"}",
		  "ImageName stands there twice, at byte 29 of the JSON" },
		{ "{\"BuildMetadata\":null}", "no object at byte 17 of the JSON" },
		{ "{\"BuildMetadata\":{\"BuildTime\":\"\"}}", "the member BuildTool is missing" },
		{ "[\"a\",\"b\",[\"\",\"\",\"\",\"\",\"\"],0,0,0]",
		  "more elements than there are members at byte 30 of the JSON" },
		{ "[\"a\",\"b\",[\"\",\"\",\"\",\"\",\"\"],0]",
		  "the member CustomMetadata is missing" },
		{ "{\"ImageName\":\"i\",\"ImageVersion\":\"v\",\"BuildMetadata\":" BUILD "}",
		  "the member DockerInfo is missing" },
		{ "{\"ImageName\":\"i\",\"ImageVersion\":\"v\",\"BuildMetadata\":" BUILD
		  ",\"DockerInfo\":null}",
		  "the member CustomMetadata is missing" },
		{ WITH("1", "nul"), "a word that is no value at byte 222 of the JSON" },
		{ WITH("1", "2") "x", "more behind the value at byte 224 of the JSON" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		struct hs_metadata m;
		struct hs_err err;

		assert_int_equal(read_text(&m, &arena, rows[i].text, &err), HS_EFORMAT);
		assert_true(strncmp(err.text, "metadata: ", 10) == 0);
		assert_string_equal(err.text + 10, rows[i].want);
	}
}

static void
metadata_are_refused_at_every_cut(void **state)
{
	const struct hs_span whole = HS_SPAN(WITH("{\"a\":[1]}", "{\"b\":\"\\n\"}"));

	(void)state;
	for (size_t len = 0; len < whole.len; len++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span cut = exact_copy(whole, len);
		struct hs_metadata m;
		struct hs_err err;

		assert_int_equal(hs_metadata_read(&m, &arena, cut, &err), HS_EFORMAT);
		free((void *)(uintptr_t)cut.at);
	}
}

/* The object itself is the first level of 127. */
static void
metadata_nested_too_deep_are_refused(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_metadata m;
	struct hs_err err;
	char text[600];

	(void)state;
	for (int levels = 126; levels <= 127; levels++) {
		char brackets[300] = { 0 };

		memset(brackets, '[', (size_t)levels);
		memset(brackets + levels, ']', (size_t)levels);
		snprintf(text, sizeof(text), "[\"\",\"\",[\"\",\"\",\"\",\"\",\"\"],%s,0]",
		         brackets);
		assert_int_equal(read_text(&m, &arena, text, &err), levels == 126 ? 0 : HS_EFORMAT);
	}
}

static void
metadata_past_the_limit_are_refused(void **state)
{
	const size_t size = HS_MAX_EIF_METADATA + 1;
	struct hs_arena arena RELEASED = { 0 };
	uint8_t *blanks = malloc(size);
	struct hs_metadata m;
	struct hs_err err;

	(void)state;
	memset(blanks, ' ', size);
	assert_int_equal(hs_metadata_read(&m, &arena, (struct hs_span){ blanks, size }, &err),
	                 HS_ELIMIT);
	assert_string_equal(err.text, "the metadata are 16777217 bytes long, 16777216 at most are "
	                              "read (HS_MAX_EIF_METADATA)");
	free(blanks);
}

static void
the_kernel_is_told_from_its_configuration(void **state)
{
	static const struct {
		const char *config, *os, *kernel;
	} rows[] = {
		{ "#\n# Automatically generated file; DO NOT EDIT.\n"
		  "# Linux/x86_64 4.14.256-209.484.amzn2.x86_64 Kernel Configuration\n#\n",
		  "Linux", "4.14.256" },
		{ "\n\n# Linux/arm64 4.14.256 Kernel Configuration", "Linux", "4.14.256" },
		{ "\n\n# Linux/arm64 4.14.256\r\nx", "Linux", "4.14.256" },
		{ "\n\n# Linux/arm64 4.14.256\r", "Linux", "4.14.256\r" },
		{ "a\nb\n", "Unknown", "Unknown" },
		{ "a\nb\n# Linux", "Linux", "Unknown" },
		{ "a\nb\n/", "", "Unknown" },
		{ "", "Unknown", "Unknown" },
		{ "a\nb", "Unknown", "Unknown" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_metadata m = { .none = false };

		hs_metadata_kernel(&m, hs_span_of(rows[i].config));
		assert_span(m.operating_system, rows[i].os);
		assert_span(m.kernel_version, rows[i].kernel);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metadata_come_back_as_they_were),
		cmocka_unit_test(metadata_are_taken_as_serde_takes_them),
		cmocka_unit_test(a_section_that_says_null_is_no_metadata),
		cmocka_unit_test(metadata_that_aws_refuses_are_refused),
		cmocka_unit_test(metadata_are_refused_at_every_cut),
		cmocka_unit_test(metadata_nested_too_deep_are_refused),
		cmocka_unit_test(metadata_past_the_limit_are_refused),
		cmocka_unit_test(the_kernel_is_told_from_its_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
