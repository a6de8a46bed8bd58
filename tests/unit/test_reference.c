/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "image/reference.h"

static void
reference_likeness_knows_what_writers_leave_out(void **state)
{
	const struct {
		const char *asked, *name;
		enum hs_likeness want;
	} rows[] = {
		{ "busybox:1.36", "busybox:1.36", HS_FITS_EXACTLY },
		{ "docker.io/library/busybox:1.36", "busybox:1.36", HS_FITS_SAME },
		{ "docker.io/me/app:1", "me/app:1", HS_FITS_SAME },
		{ "busybox", "docker.io/library/busybox:latest", HS_FITS_SAME },
		{ "app:1@sha256:ab", "app:1", HS_FITS_SAME },
		{ "1.36", "busybox:1.36", HS_FITS_TAG },
		{ "latest", "localhost:5000/app", HS_FITS_TAG },
		{ "docker.io/library/busybox:1.36", "1.36", HS_FITS_TAG },
		{ "localhost:5000/app", "localhost:5000/app:2", HS_FITS_PART },
		{ "busybox:1.36", "busybox:1.37", HS_FITS_NOT },
		{ "busybox:1.36", "alpine:1.36", HS_FITS_NOT },
		{ "1.36", "1.37", HS_FITS_NOT },
		{ "5000/app", "localhost:5000/app", HS_FITS_NOT },
		{ "", "busybox", HS_FITS_NOT },
		{ "busybox", "", HS_FITS_NOT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
			hs_reference_likeness(hs_span_of(rows[i].asked), hs_span_of(rows[i].name)),
			rows[i].want);
}

static void
reference_platforms_have_variants_that_go_without_saying(void **state)
{
	const struct {
		const char *asked, *platform;
		enum hs_likeness want;
	} rows[] = {
		{ "linux/arm64", "linux/arm64", HS_FITS_EXACTLY },
		{ "linux/arm64", "linux/arm64/v8", HS_FITS_SAME },
		{ "linux/arm64/v8", "linux/arm64", HS_FITS_SAME },
		{ "linux/aarch64", "linux/arm64/v8", HS_FITS_SAME },
		{ "linux/x86_64", "linux/amd64", HS_FITS_SAME },
		{ "linux/arm", "linux/arm/v7", HS_FITS_SAME },
		{ "linux/arm", "linux/arm/v6", HS_FITS_PART },
		{ "linux/amd64", "linux/amd64/v3", HS_FITS_PART },
		{ "linux/arm/v6", "linux/arm", HS_FITS_NOT },
		{ "linux/arm/v6", "linux/arm/v7", HS_FITS_NOT },
		{ "windows/amd64", "linux/amd64", HS_FITS_NOT },
		{ "linux", "linux/amd64", HS_FITS_NOT },
		{ "", "linux/amd64", HS_FITS_NOT },
		{ "linux/amd64", "", HS_FITS_NOT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(hs_platform_likeness(hs_span_of(rows[i].asked),
		                                      hs_span_of(rows[i].platform)),
		                 rows[i].want);
}

static void
reference_has_one_canonical_form(void **state)
{
	const struct {
		const char *name, *want, *tag;
	} rows[] = {
		{ "docker.io/library/busybox", "busybox:latest", "latest" },
		{ "busybox:1.36", "busybox:1.36", "1.36" },
		{ "localhost:5000/app", "localhost:5000/app:latest", "latest" },
		{ "localhost:5000/app:2@sha256:ab", "localhost:5000/app:2", "2" },
		{ "1.36", "1.36:latest", "1.36" },
		{ "docker.io/", "docker.io/:latest", "latest" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		const struct hs_span name = hs_span_of(rows[i].name);

		assert_span(hs_reference_canonical(&a, name), rows[i].want);
		assert_span(hs_reference_tag(name), rows[i].tag);
	}
}

static void
reference_platform_has_one_canonical_form(void **state)
{
	const char *const rows[][2] = {
		{ "linux/arm64/v8", "linux/arm64" },
		{ "linux/aarch64", "linux/arm64" },
		{ "linux/armhf", "linux/arm/v7" },
		{ "linux/arm/v6", "linux/arm/v6" },
		{ "linux/amd64/v1", "linux/amd64" },
		{ "windows/amd64", "windows/amd64" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };

		assert_span(hs_platform_canonical(&a, hs_span_of(rows[i][0])), rows[i][1]);
	}
}

static void
reference_that_may_be_a_tag_has_no_path(void **state)
{
	(void)state;
	assert_true(hs_reference_is_tag(HS_SPAN("1.36")));
	assert_false(hs_reference_is_tag(HS_SPAN("a:1.36")));
	assert_false(hs_reference_is_tag(HS_SPAN("me/app")));
	assert_false(hs_reference_is_tag(HS_SPAN("")));
	assert_span(hs_reference_familiar(HS_SPAN("docker.io/me/app")), "me/app");
	assert_span(hs_reference_familiar(HS_SPAN("quay.io/me/app")), "quay.io/me/app");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_likeness_knows_what_writers_leave_out),
		cmocka_unit_test(reference_platforms_have_variants_that_go_without_saying),
		cmocka_unit_test(reference_has_one_canonical_form),
		cmocka_unit_test(reference_platform_has_one_canonical_form),
		cmocka_unit_test(reference_that_may_be_a_tag_has_no_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
