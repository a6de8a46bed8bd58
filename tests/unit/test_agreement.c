/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "image/agreement.h"

/* The notes of an OCI archive whose manifest.json has these layers, beside the config's name. */
static const char *
codes(struct oci *o, const char *config, const char *const *layers)
{
	static const char *const two[] = { "one", "two", NULL };
	const char *list = "";
	struct hs_err err;

	oci_index(o, oci_image(o, "amd64", two, ""));
	for (size_t i = 0; layers[i]; i++)
		list = hs_arena_printf(&o->arena, "%s%s\"blobs/sha256/%s\"", list, i ? "," : "",
		                       oci_digest(o, hs_span_of(layers[i])) + 7);
	if (!config) {
		const struct hs_span both[] = { HS_SPAN("one"), HS_SPAN("two") };

		config = hs_arena_printf(&o->arena, "blobs/sha256/%s",
		                         oci_digest(o, oci_config(o, "amd64", both, 2)) + 7);
	}
	oci_file(o, "manifest.json",
	         hs_arena_span(&o->arena, "[{\"Config\":\"%s\",\"Layers\":[%s]}]", config, list));
	assert_int_equal(oci_arrange(o, &err), 0);
	return oci_codes(o);
}

static void
agreement_of_both_descriptions_is_no_remark(void **state)
{
	static const char *const layers[] = { "one", "two", NULL };
	struct oci o;

	(void)state;
	oci_begin(&o);
	assert_string_equal(codes(&o, NULL, layers), "");
	oci_end(&o);
}

static void
agreement_that_is_none_is_damage(void **state)
{
	static const char *const lists[][3] = {
		{ "two", "one" }, /* another order */
		{ "one" },
		{ NULL },
	};
	static const char *const both[] = { "one", "two", NULL };
	struct oci o;

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		oci_begin(&o);
		assert_string_equal(codes(&o, NULL, lists[i]),
		                    "manifest.json ! manifest-mismatch\n");
		oci_end(&o);
	}
	oci_begin(&o);
	assert_string_equal(codes(&o, "index.json", both), "manifest.json ! manifest-mismatch\n");
	oci_end(&o);
}

static void
agreement_says_what_it_cannot_read(void **state)
{
	static const char *const one[] = { "one", NULL };
	struct hs_err err;
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_index(&o, oci_image(&o, "amd64", one, ""));
	oci_file(&o, "manifest.json", HS_SPAN("[{"));
	assert_int_equal(oci_arrange(&o, &err), 0);
	assert_string_equal(oci_codes(&o), "manifest.json ! bad-json\n");
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agreement_of_both_descriptions_is_no_remark),
		cmocka_unit_test(agreement_that_is_none_is_damage),
		cmocka_unit_test(agreement_says_what_it_cannot_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
