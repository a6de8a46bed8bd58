/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"

#define VERSION HS_SPAN("Directory Transport Version: 1.1\n")

/* A blob under its bare digest. */
static const char *
bare(struct oci *o, struct hs_span bytes, const char *suffix, const char *more)
{
	oci_file(o, hs_arena_printf(&o->arena, "%s%s", oci_digest(o, bytes) + 7, suffix), bytes);
	return oci_descriptor(o, "", bytes, more);
}

static struct hs_span
manifest(struct oci *o, const char *layer)
{
	const struct hs_span bytes = hs_span_of(layer);
	const char *config = bare(o, oci_config(o, "amd64", &bytes, 1), "", "");

	return hs_arena_span(&o->arena, "{\"config\":%s,\"layers\":[%s]}", config,
	                     bare(o, bytes, "", ""));
}

static void
dir_finds_blobs_by_bare_digest(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "version", VERSION);
	oci_file(&o, "manifest.json", manifest(&o, "layer"));
	assert_ptr_equal(hs_view_for(&o.tree), &hs_view_dir);
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o), "version\nconfig\nlayer[0]\nmanifest\n");
	oci_end(&o);
}

static void
dir_reads_an_index(void **state)
{
	const char *amd, *arm, *gone;
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "version", VERSION);
	amd = bare(&o, manifest(&o, "one"), ".manifest.json",
	           ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}");
	arm = bare(&o, manifest(&o, "two"), ".manifest.json",
	           ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}");
	gone = oci_descriptor(&o, "", HS_SPAN("gone"), "");
	oci_file(&o, "manifest.json",
	         hs_arena_span(&o.arena, "{\"manifests\":[%s,%s,%s]}", amd, arm, gone));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_non_null(oci_find(&o, "linux/amd64/layer[0]"));
	assert_non_null(oci_find(&o, "linux/arm64/config"));
	assert_non_null(strstr(oci_listing(&o), "manifest.json ! names manifest[2] sha256:"));
	oci_end(&o);
}

static void
dir_is_told_by_its_version(void **state)
{
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "version", HS_SPAN("1.0"));
	oci_file(&o, "manifest.json", HS_SPAN("{\"layers\":[]}"));
	assert_null(hs_view_for(&o.tree));
	oci_end(&o);
}

static void
dir_keeps_what_it_does_not_understand(void **state)
{
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "version", VERSION);
	oci_file(&o, "manifest.json", HS_SPAN("{"));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_listing(&o), "version\nmanifest ! the JSON ends early at byte 1\n");
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dir_finds_blobs_by_bare_digest),
		cmocka_unit_test(dir_reads_an_index),
		cmocka_unit_test(dir_is_told_by_its_version),
		cmocka_unit_test(dir_keeps_what_it_does_not_understand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
