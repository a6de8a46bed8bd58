/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "build_oci_archive.h"
#include "compared.h"
#include "core/hash.h"

static const struct hs_image_ladder *
compare(struct compared *c, struct hs_arena *a, const struct archive_image *x,
        const struct archive_image *y)
{
	compared_init(c, archive_of_image(a, x), archive_of_image(a, y), NULL, NULL);
	assert_non_null(c->report.ladder);
	return c->report.ladder->first;
}

static const char *
digest(struct hs_arena *a, struct hs_span bytes)
{
	const struct hs_sha256 sum = hs_sha256(bytes);
	char hex[HS_SHA256_HEX];

	return hs_arena_printf(a, "sha256:%s", hs_sha256_hex(hex, &sum));
}

/* image-spec, config.md: ChainID(L0|L1) = Digest(ChainID(L0) + " " + DiffID(L1)). */
static void
layers_have_one_chain_id(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span layers[] = { build_layer_at(&a, "f=1", 5),
		                          build_layer_at(&a, "g=1", 5) };
	const struct archive_image x = { .layers = layers, .n_layers = 2 };
	const struct archive_image y = { .layers = layers, .n_layers = 1 };
	const struct hs_image_ladder *l;
	struct compared c;

	(void)state;
	l = compare(&c, &a, &x, &y);
	assert_int_equal(l->rungs[HS_RUNG_DIFF_IDS].same, HS_ANSWER_NO);
	assert_span(l->rungs[HS_RUNG_DIFF_IDS].b, digest(&a, layers[0]));
	assert_span(l->rungs[HS_RUNG_DIFF_IDS].a,
	            digest(&a, hs_arena_span(&a, "%s %s", digest(&a, layers[0]),
	                                     digest(&a, layers[1]))));
	compared_release(&c);
}

static void
rungs_below_the_first_that_holds_are_not_asked(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span layer = build_layer_at(&a, "f=1", 5);
	const struct archive_image x = { .layers = &layer, .n_layers = 1 };
	const struct archive_image y = { .layers = &layer, .n_layers = 1, .annotation = "n" };
	const struct hs_image_ladder *l;
	struct compared c;

	(void)state;
	l = compare(&c, &a, &x, &y);
	assert_int_equal(l->rungs[HS_RUNG_ARCHIVE].same, HS_ANSWER_NO);
	assert_int_equal(l->rungs[HS_RUNG_MANIFEST].same, HS_ANSWER_NO);
	assert_false(hs_span_equal(l->rungs[HS_RUNG_MANIFEST].a, l->rungs[HS_RUNG_MANIFEST].b));
	assert_int_equal(l->rungs[HS_RUNG_IMAGE_ID].same, HS_ANSWER_YES);
	assert_span(l->rungs[HS_RUNG_IMAGE_ID].a,
	            hs_arena_printf(&a, "%.*s", (int)l->rungs[HS_RUNG_IMAGE_ID].b.len,
	                            (const char *)l->rungs[HS_RUNG_IMAGE_ID].b.at));
	assert_int_equal(l->rungs[HS_RUNG_DIFF_IDS].same, HS_ANSWER_SKIPPED);
	assert_int_equal(l->n_forms, 0);
	compared_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layers_have_one_chain_id),
		cmocka_unit_test(rungs_below_the_first_that_holds_are_not_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
