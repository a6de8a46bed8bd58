/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "build_oci_archive.h"
#include "compared.h"

/* Two images, and where they part: "rung cause". */
static void
check_rung(const struct archive_image *a, const struct archive_image *b, const char *want)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_image_ladder *l;
	struct compared c;

	compared_init(&c, archive_of_image(&arena, a), archive_of_image(&arena, b), NULL, NULL);
	assert_non_null(c.report.ladder);
	assert_int_equal(c.report.ladder->n, 1);
	l = c.report.ladder->first;
	assert_string_equal(hs_arena_printf(&arena, "%s %s", hs_rung_name(l->rung), l->cause),
	                    want);
	assert_true(l->certain);
	assert_non_null(l->remedy);
	assert_int_equal(c.report.ladder->rung, l->rung);
	compared_release(&c);
}

static void
each_rung_is_found(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span plain[] = { build_layer_at(&a, "etc/ etc/motd=hi", 5) };
	const struct hs_span later[] = { build_layer_at(&a, "etc/ etc/motd=hi", 6) };
	const struct hs_span other[] = { build_layer_at(&a, "etc/ etc/motd=ho", 5) };
	const struct hs_span split[] = { build_layer_at(&a, "etc/", 5),
		                         build_layer_at(&a, "etc/motd=hi", 5) };
	const struct archive_image base = { .layers = plain, .n_layers = 1 };
	struct archive_image x = base;

	(void)state;
	x.archive_mtime = 9;
	check_rung(&base, &x, "manifest packing");
	x = base;
	x.codec = HS_CODEC_GZIP;
	check_rung(&base, &x, "image-id compression");
	x = base;
	x.annotation = "x";
	check_rung(&base, &x, "image-id annotations");
	x = base;
	x.config_spaced = true;
	check_rung(&base, &x, "diff-ids re-serialised");
	x = base;
	x.config = ",\"config\":{\"Env\":[\"A=1\"]}";
	check_rung(&base, &x, "diff-ids configuration");
	x = base;
	x.layers = later;
	check_rung(&base, &x, "canonical timestamps");
	x.layers = split;
	x.n_layers = 2;
	check_rung(&base, &x, "rootfs layering");
	x = base;
	x.layers = other;
	check_rung(&base, &x, "content content");
}

static void
several_images_have_a_ladder_each(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span plain[] = { build_layer_at(&a, "f=1", 5) };
	const struct hs_span later[] = { build_layer_at(&a, "f=1", 6) };
	const struct archive_image left[] = {
		{ .layers = plain, .n_layers = 1, .platform = "amd64" },
		{ .layers = plain, .n_layers = 1, .platform = "arm64" },
	};
	const struct archive_image right[] = {
		{ .layers = plain, .n_layers = 1, .platform = "arm64", .codec = HS_CODEC_GZIP },
		{ .layers = later, .n_layers = 1, .platform = "amd64" },
		{ .layers = later, .n_layers = 1, .platform = "s390x" },
	};
	const struct hs_ladder *l;
	struct compared c;

	(void)state;
	compared_init(&c, archive_of_images(&a, left, 2), archive_of_images(&a, right, 3), NULL,
	              NULL);
	l = c.report.ladder;
	assert_int_equal(l->n, 2);
	assert_int_equal(l->only_a, 0);
	assert_int_equal(l->only_b, 1);
	assert_int_equal(l->rung, HS_RUNG_CANONICAL);
	assert_span(l->first->platform, "linux/amd64");
	assert_int_equal(l->first->rung, HS_RUNG_CANONICAL);
	assert_span(l->first->next->platform, "linux/arm64");
	assert_int_equal(l->first->next->rung, HS_RUNG_IMAGE_ID);
	compared_release(&c);
}

static void
what_is_no_image_has_no_ladder(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span layer = build_layer_at(&a, "f=1", 5);
	const struct archive_image image = { .layers = &layer, .n_layers = 1 };
	struct compared c;

	(void)state;
	compared_init(&c, layer, build_layer_at(&a, "f=2", 5), NULL, NULL);
	assert_null(c.report.ladder);
	compared_release(&c);
	compared_init(&c, layer, archive_of_image(&a, &image), NULL, NULL);
	assert_null(c.report.ladder);
	compared_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rung_is_found),
		cmocka_unit_test(several_images_have_a_ladder_each),
		cmocka_unit_test(what_is_no_image_has_no_ladder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
