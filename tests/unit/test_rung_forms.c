/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "build_oci_archive.h"
#include "compared.h"

/* The forms of a pair, a line each: "like time answer still". */
static const char *
forms_of(struct hs_arena *a, const struct archive_image *x, const struct archive_image *y,
         const struct hs_compare_options *options)
{
	static const char *const answers[] = { "skipped", "yes", "no", "unknown" };
	const struct hs_image_ladder *l;
	const char *out = "";
	struct compared c;

	compared_init(&c, archive_of_image(a, x), archive_of_image(a, y), options, NULL);
	l = c.report.ladder->first;
	for (size_t i = 0; i < l->n_forms; i++) {
		const struct hs_form_result *f = &l->forms[i];

		out = hs_arena_printf(a, "%s%s %lld %s%s%s\n", out, f->like,
		                      f->has_time ? (long long)f->time : -1, answers[f->same],
		                      f->still ? " " : "", f->still ? f->still : "");
	}
	compared_release(&c);
	return out;
}

static void
times_are_what_every_form_forgives(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_compare_options options = { .has_time = true, .time = 4 };
	const struct hs_span early = build_layer_at(&a, "f=1", 5),
			     late = build_layer_at(&a, "f=1", 6);
	const struct archive_image x = { .layers = &early, .n_layers = 1 };
	const struct archive_image y = { .layers = &late, .n_layers = 1 };

	(void)state;
	assert_string_equal(forms_of(&a, &x, &y, NULL),
	                    "ggcr -1 yes\nbuildkit 0 yes\nbuildah 0 yes\nstabilize -1 yes\n");
	assert_string_equal(forms_of(&a, &x, &y, &options),
	                    "ggcr -1 yes\nbuildkit 4 yes\nbuildah 4 yes\nstabilize -1 yes\n");
}

static void
what_a_form_leaves_is_named(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span same = build_layer_at(&a, "g=1", 5);
	const struct hs_span one[] = { same, build_layer_at(&a, "f=1", 5) };
	const struct hs_span two[] = { same, build_layer_at(&a, "f=2", 5) };
	const struct archive_image x = { .layers = one, .n_layers = 2 };
	const struct archive_image y = { .layers = two, .n_layers = 2 };
	const struct archive_image fewer = { .layers = one, .n_layers = 1 };
	struct archive_image z = x;

	(void)state;
	assert_string_equal(forms_of(&a, &x, &y, NULL),
	                    "ggcr -1 no layer[1]\nbuildkit 0 no layer[1]\nbuildah 0 no layer[1]\n"
	                    "stabilize -1 no layer[1]\n");
	assert_string_equal(forms_of(&a, &x, &fewer, NULL),
	                    "ggcr -1 no the number of layers\nbuildkit 0 no the number of layers\n"
	                    "buildah 0 no the number of layers\n"
	                    "stabilize -1 no the number of layers\n");
	z.config = ",\"config\":{\"Env\":[\"A=1\"]}";
	assert_string_equal(forms_of(&a, &x, &z, NULL),
	                    "ggcr -1 no the configuration\nbuildkit 0 no the configuration\n"
	                    "buildah 0 no the configuration\nstabilize -1 no the configuration\n");
}

static void
a_refusal_is_not_a_no(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span one = build_layer_at(&a, "f=1", 5), two = build_layer_at(&a, "f=1", 6);
	const struct archive_image x = { .layers = &one, .n_layers = 1 };
	const struct archive_image y = { .layers = &two, .n_layers = 1, .history = "[]" };
	const char *forms = forms_of(&a, &x, &y, NULL);

	(void)state;
	assert_non_null(strstr(forms, "ggcr -1 unknown refused for b: "));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_what_every_form_forgives),
		cmocka_unit_test(what_a_form_leaves_is_named),
		cmocka_unit_test(a_refusal_is_not_a_no),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
