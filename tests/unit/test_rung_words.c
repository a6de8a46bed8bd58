/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "build_oci_archive.h"
#include "compared.h"

static void
check_remedy(const struct archive_image *x, const struct archive_image *y, const char *begins)
{
	RELEASED struct hs_arena a = { 0 };
	struct compared c;

	compared_init(&c, archive_of_image(&a, x), archive_of_image(&a, y), NULL, NULL);
	assert_memory_equal(c.report.ladder->first->remedy, begins, strlen(begins));
	compared_release(&c);
}

/* The one sentence names what is to be done, with the builder that left its traces. */
static void
the_remedy_fits_the_rung(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span one = build_layer_at(&a, "f=1", 5), two = build_layer_at(&a, "f=1", 6);
	const struct hs_span other = build_layer_at(&a, "f=2", 5);
	const struct archive_image x = { .layers = &one, .n_layers = 1 };
	struct archive_image y = x;

	(void)state;
	y.archive_mtime = 3;
	check_remedy(&x, &y, "compare by manifest digest: both are sha256:");
	y = x;
	y.codec = HS_CODEC_GZIP;
	check_remedy(&x, &y,
	             "compress the layers with the same tool and level, or compare by "
	             "image ID: both are sha256:");
	y = x;
	y.config_spaced = true;
	check_remedy(&x, &y, "convert both with the same tool: ");
	y = x;
	y.config = ",\"config\":{\"Env\":[\"A=1\"]}";
	check_remedy(&x, &y, "make the configurations equal: ");
	y = x;
	y.layers = &two;
	check_remedy(&x, &y, "kaniko --reproducible (mutate.Canonical) would make both one image");
	y.layers = &other;
	check_remedy(&x, &y, "no canonical form makes them equal: ");
}

static void
the_remedy_is_the_builder_s_own(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span one = build_layer_at(&a, "f=1", 5), two = build_layer_at(&a, "f=1", 6);
	struct archive_image x = { .layers = &one, .n_layers = 1 };
	struct archive_image y = { .layers = &two, .n_layers = 1 };

	(void)state;
	x.config = y.config = ",\"config\":{\"Labels\":{\"io.buildah.version\":\"1.28.2\"}}";
	check_remedy(&x, &y, "buildah --timestamp 0 would make both one image");
	x.config = y.config = ",\"config\":{\"Labels\":{\"by\":\"buildkit.dockerfile.v0\"}}";
	check_remedy(&x, &y,
	             "BuildKit's rewrite-timestamp=true with SOURCE_DATE_EPOCH=0 would "
	             "make both one image");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_remedy_fits_the_rung),
		cmocka_unit_test(the_remedy_is_the_builder_s_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
