/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_eif.h"
#include "check_text.h"
#include "measured.h"

static struct hs_span
metadata(struct hs_arena *a, const char *time, const char *tool)
{
	return hs_arena_span(
		a,
		"{\"ImageName\":\"i\",\"ImageVersion\":\"1\",\"BuildMetadata\":{\"BuildTime\":\"%"
		"s\","
		"\"BuildTool\":\"%s\",\"BuildToolVersion\":\"1\",\"OperatingSystem\":\"Linux\","
		"\"KernelVersion\":\"4\"},\"DockerInfo\":null,\"CustomMetadata\":null}",
		time, tool);
}

static struct hs_span
eif(struct hs_arena *a, struct hs_span metadata)
{
	return measured_eif(a, &(struct measured_eif){ .metadata = metadata });
}

static void
fields_of_the_metadata_are_named(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(strstr(measure_both(&a, eif(&a, metadata(&a, "1", "t")),
	                                        eif(&a, metadata(&a, "2", "u"))),
	                           "aside"),
	                    "aside metadata: BuildMetadata.BuildTime, BuildMetadata.BuildTool\n");
	hs_check_has(
		measure_both(&a, eif(&a, metadata(&a, "1", "t")), eif(&a, (struct hs_span){ 0 })),
		"All PCRs are the same: the files differ in the metadata section, which no "
		"PCR covers\n");
	hs_check_has(
		measure_both(&a, eif(&a, metadata(&a, "1", "t")), eif(&a, (struct hs_span){ 0 })),
		"aside metadata: only in a\n");
}

static void
fields_of_the_header_are_told(void **state)
{
	static const struct {
		size_t at, width;
		uint64_t value;
		const char *want;
	} rows[] = {
		{ BUILD_EIF_MEMORY, 8, 5, "aside default memory: 1073741824 in a and 5 in b\n" },
		{ BUILD_EIF_CPUS, 8, 7, "aside default CPUs: 2 in a and 7 in b\n" },
		{ BUILD_EIF_VERSION, 2, 3, "aside version: 4 in a and 3 in b\n" },
		{ BUILD_EIF_RESERVED, 2, 1, "aside reserved: 0 in a and 1 in b\n" },
		{ BUILD_EIF_UNUSED, 4, 9, "aside unused: 0 in a and 9 in b\n" },
		{ BUILD_EIF_SIZES, 8, 1, "aside tables: not what the sections come to in b\n" },
		{ BUILD_EIF_COUNT, 2, 1, "aside tables: not what the sections come to in b\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		const struct hs_span x = build_eif_usual(&a, "x");
		const struct hs_span y = build_eif_usual(&a, "x");
		const char *text;

		build_eif_patch(y, rows[i].at, rows[i].width, rows[i].value);
		build_eif_sum(y);
		text = measure_both(&a, x, y);
		hs_check_has(text, rows[i].want);
		hs_check_has(text, "All PCRs are the same");
		hs_check_lacks(text, "CRC");
	}
}

static void
a_checksum_is_told_only_where_it_is_wrong(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = build_eif_usual(&a, "x"), y = build_eif_usual(&a, "x");

	(void)state;
	build_eif_patch(y, BUILD_EIF_CRC, 4, 1);
	hs_check_has(measure_both(&a, x, y), "aside CRC: wrong in b\n");
	hs_check_lacks(measure_both(&a, x, build_eif_usual(&a, "y")), "aside");
}

static void
gaps_and_the_place_of_metadata_are_told(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct build_eif x = { .out.arena = &a }, y = { .out.arena = &a };
	const char *text;

	(void)state;
	build_eif_add(&x, HS_EIF_KERNEL, HS_SPAN("k"));
	build_eif_add(&x, HS_EIF_CMDLINE, HS_SPAN("c"));
	build_eif_add(&x, HS_EIF_METADATA, build_eif_metadata);
	build_eif_add(&y, HS_EIF_METADATA, build_eif_metadata);
	build_eif_gap(&y, HS_SPAN("gap"));
	build_eif_add(&y, HS_EIF_KERNEL, HS_SPAN("k"));
	build_eif_add(&y, HS_EIF_CMDLINE, HS_SPAN("c"));
	text = measure_both(&a, build_eif_end(&x), build_eif_end(&y));
	hs_check_has(text, "aside order of sections: of what is not measured\n");
	hs_check_has(text, "aside gaps: bytes that are no section's\n");
	hs_check_has(text, "the files differ in the order of sections and gaps, which no PCR");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_of_the_metadata_are_named),
		cmocka_unit_test(fields_of_the_header_are_told),
		cmocka_unit_test(a_checksum_is_told_only_where_it_is_wrong),
		cmocka_unit_test(gaps_and_the_place_of_metadata_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
