/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_images.h"
#include "image/meet.h"

/* "a-prefix=b-prefix" for each pair, "-" for none. */
static const char *
pairs_text(struct hs_arena *a, const struct hs_image_pairs *pairs)
{
	const char *out = "";

	for (size_t i = 0; i < pairs->n; i++) {
		const struct hs_image_info *x = pairs->list[i].a, *y = pairs->list[i].b;

		out = hs_arena_printf(
			a, "%s%s%.*s=%.*s", out, i ? " " : "", x ? (int)x->prefix.len : 1,
			x ? (const char *)x->prefix.at : "-", y ? (int)y->prefix.len : 1,
			y ? (const char *)y->prefix.at : "-");
	}
	return out;
}

static void
meet_pairs_by_name_platform_and_what_is_left(void **state)
{
	static const struct {
		const char *a, *b, *pairs, *note;
	} rows[] = {
		/* One on each side is always a pair, and nothing need be said. */
		{ "app:1=linux/amd64", "other:2=linux/arm64", "=", NULL },
		/* The same images in another order. */
		{ "x:1=linux/amd64 y:1=linux/amd64", "y:1=linux/amd64 x:1=linux/amd64",
		  "x:1/=x:1/ y:1/=y:1/", NULL },
		/* One beside several: by platform, and by the name as others write it. */
		{ "=linux/arm64", "=linux/amd64 =linux/arm64/v8",
		  "linux/arm64/v8/=linux/arm64/v8/ -=linux/amd64/",
		  "the image of a is compared with linux/arm64/v8 of b" },
		{ "x:1=linux/amd64 y:1=linux/amd64 z:1=linux/amd64",
		  "docker.io/library/y:1=linux/amd64", "x:1/=- y:1/=y:1/ z:1/=-",
		  "y:1 of a is compared with the image of b" },
		/* The tag alone on one side. */
		{ "x:1=linux/amd64 x:2=linux/amd64", "2=linux/amd64 1=linux/amd64",
		  "x:1/=x:1/ x:2/=x:2/",
		  "x:1 of a is compared with 1 of b; x:2 of a is compared with 2 of b" },
		/* But two whole names with one tag are two things. */
		{ "x:1=linux/amd64 x:2=linux/amd64 x:3=linux/amd64",
		  "y:1=linux/amd64 y:2=linux/amd64", "x:1/=- x:2/=- x:3/=- -=y:1/ -=y:2/", NULL },
		/* Same name, no platform on one side. */
		{ "x:1=linux/amd64 x:2=linux/amd64", "x:2= x:1=linux/arm64", "x:1/=x:1/ x:2/=x:2/",
		  NULL },
		/* The last of each. */
		{ "x:1=linux/amd64 x:2=linux/amd64", "x:2=linux/amd64 x:3=linux/amd64",
		  "x:1/=x:1/ x:2/=x:2/", "x:1 of a is compared with x:3 of b" },
		{ "=linux/amd64 =linux/arm64", "=linux/amd64 =linux/ppc64le",
		  "linux/amd64/=linux/amd64/ linux/arm64/=- -=linux/ppc64le/", NULL },
		/* Images that nothing tells apart: the n-th with the n-th. */
		{ "=linux/s390x =linux/s390x", "=linux/s390x =linux/s390x =linux/s390x",
		  "image[0]/=image[0]/ image[1]/=image[1]/ -=image[2]/", NULL },
		/* An index beside images with nothing in common. */
		{ "=linux/amd64", "=linux/arm64 =linux/s390x", "=- -=linux/arm64/ -=linux/s390x/",
		  NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_image_pairs pairs;
		struct oci a, b;

		images_begin(&a, rows[i].a);
		images_begin(&b, rows[i].b);
		hs_images_meet(&pairs, &a.tree, &b.tree);
		assert_string_equal(pairs_text(&a.arena, &pairs), rows[i].pairs);
		assert_string_equal(pairs.note ? pairs.note : "(none)",
		                    rows[i].note ? rows[i].note : "(none)");
		/* Once more: the same pairs, and nothing left to change. */
		hs_images_meet(&pairs, &a.tree, &b.tree);
		assert_string_equal(pairs_text(&a.arena, &pairs), rows[i].pairs);
		assert_null(pairs.note);
		oci_end(&a);
		oci_end(&b);
	}
}

static void
meet_gives_the_members_of_partners_equal_keys(void **state)
{
	struct hs_image_pairs pairs;
	struct oci a, b;

	(void)state;
	images_begin(&a, "=linux/arm64");
	images_begin(&b, "=linux/amd64 =linux/arm64");
	assert_non_null(oci_find(&a, "layer[0]"));
	hs_images_meet(&pairs, &a.tree, &b.tree);
	assert_null(hs_tree_find(&a.tree, HS_SPAN("layer[0]"), 0));
	assert_non_null(oci_find(&a, "linux/arm64/layer[0]"));
	assert_non_null(oci_find(&a, "linux/arm64/manifest"));
	assert_non_null(oci_find(&a, "index.json"));
	assert_string_equal(images_text(&a), "linux/arm64/ - linux/arm64\n");
	/* And back, beside one image. */
	oci_end(&b);
	images_begin(&b, "=linux/arm64");
	hs_images_meet(&pairs, &b.tree, &a.tree);
	assert_non_null(oci_find(&a, "layer[0]"));
	oci_end(&a);
	oci_end(&b);
}

/* b's x:2 would stand where a's x:2 is, which is the partner of another. */
static void
meet_keeps_an_image_from_meeting_what_it_is_no_partner_of(void **state)
{
	struct hs_image_pairs pairs;
	struct oci a, b;

	(void)state;
	images_begin(&a, "x:1=linux/amd64 x:2=linux/arm64 x:3=linux/s390x");
	images_begin(&b, "x:1=linux/arm64 x:2=linux/ppc64le");
	hs_images_meet(&pairs, &a.tree, &b.tree);
	assert_string_equal(pairs_text(&a.arena, &pairs), "x:1/=- x:2/=x:2/ x:3/=- -=x:2[1]/");
	assert_non_null(oci_find(&b, "x:2[1]/layer[0]"));
	assert_string_equal(pairs.note, "x:2 of a is compared with x:1 of b");
	oci_end(&a);
	oci_end(&b);
}

static void
meet_counts_what_it_does_not_say(void **state)
{
	struct hs_image_pairs pairs;
	struct oci a, b;

	(void)state;
	images_begin(&a, "x:0= x:1= x:2= x:3= x:4= x:5= x:6= x:7= x:8= x:9=");
	images_begin(&b, "0= 1= 2= 3= 4= 5= 6= 7= 8= 9=");
	hs_images_meet(&pairs, &a.tree, &b.tree);
	assert_non_null(strstr(pairs.note, "x:7 of a is compared with 7 of b; and 2 more"));
	oci_end(&a);
	oci_end(&b);
}

static void
meet_leaves_what_is_no_image(void **state)
{
	struct hs_image_pairs pairs;
	struct oci a, b;

	(void)state;
	images_begin(&a, "=linux/amd64");
	oci_begin(&b);
	oci_file(&b, "a", HS_SPAN("x"));
	hs_tree_finish(&b.tree);
	hs_images_meet(&pairs, &a.tree, &b.tree);
	assert_int_equal(pairs.n, 0);
	hs_images_meet(&pairs, &b.tree, &a.tree);
	assert_int_equal(pairs.n, 0);
	assert_non_null(oci_find(&a, "layer[0]"));
	oci_end(&a);
	oci_end(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(meet_pairs_by_name_platform_and_what_is_left),
		cmocka_unit_test(meet_gives_the_members_of_partners_equal_keys),
		cmocka_unit_test(meet_keeps_an_image_from_meeting_what_it_is_no_partner_of),
		cmocka_unit_test(meet_counts_what_it_does_not_say),
		cmocka_unit_test(meet_leaves_what_is_no_image),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
