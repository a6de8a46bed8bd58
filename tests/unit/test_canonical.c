/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "build_tar.h"
#include "canon/canonical.h"

#define TAR_LAYER "application/vnd.oci.image.layer.v1.tar"

/* What is odd of a layer: its file, when that was changed, and what follows the end of the tar. */
struct layer {
	const char *name;
	uint64_t mtime;
	bool trailing, broken;
};

/* An image of one side. */
struct image {
	const struct layer *layers; /* up to one without a name */
	const char *more;           /* in its configuration, with a comma behind */
	bool absent;                /* the first layer's blob */
};

static const struct hs_canon canonical = { .like = HS_LIKE_GGCR };
static const struct hs_canon clamp = { HS_LIKE_BUILDKIT, true, 1000 };

static struct hs_span
build_layer(struct oci *o, const struct layer *l)
{
	struct hs_build b = { 0 };
	struct hs_span out;

	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = l->name,
	                                               .mtime = l->mtime,
	                                               .data = HS_SPAN("content") });
	if (l->broken)
		hs_build_fill(&b, 'x', 512);
	hs_build_tar_end(&b);
	if (l->trailing)
		hs_build_fill(&b, 'x', 512);
	out = hs_arena_copy(&o->arena, hs_build_span(&b));
	hs_build_release(&b);
	return out;
}

static const struct hs_image_info *
build_image(struct oci *o, const struct image *image)
{
	const char *ids = "", *list = "", *history = "";
	struct hs_span config;
	struct hs_err err;

	oci_begin(o);
	for (size_t i = 0; image->layers[i].name; i++) {
		const struct hs_span layer = build_layer(o, &image->layers[i]);
		const char *comma = i ? "," : "";

		ids = hs_arena_printf(&o->arena, "%s%s\"%s\"", ids, comma, oci_digest(o, layer));
		list = hs_arena_printf(&o->arena, "%s%s%s", list, comma,
		                       i == 0 && image->absent
		                               ? oci_descriptor(o, TAR_LAYER, layer, "")
		                               : oci_blob(o, TAR_LAYER, layer, ""));
		history = hs_arena_printf(&o->arena, "%s%s{}", history, comma);
	}
	config = hs_arena_span(&o->arena,
	                       "{%s\"os\":\"linux\",\"architecture\":\"amd64\",\"history\":[%s],"
	                       "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}",
	                       image->more ? image->more : "", history, ids);
	oci_index(o, oci_blob(o, OCI_MANIFEST,
	                      hs_arena_span(&o->arena,
	                                    "{\"schemaVersion\":2,\"mediaType\":\"" OCI_MANIFEST
	                                    "\",\"config\":%s,\"layers\":[%s]}",
	                                    oci_blob(o, OCI_CONFIG, config, ""), list),
	                      ""));
	assert_int_equal(oci_arrange(o, &err), 0);
	assert_int_equal(hs_images_of(&o->tree).n, 1);
	return &hs_images_of(&o->tree).list[0];
}

static const struct layer two[] = { { .name = "a", .mtime = 5 },
	                            { .name = "b", .mtime = 6 },
	                            { 0 } };

static void
canonical_makes_the_same_of_all_threads_and_of_one(void **state)
{
	const struct image image = { .layers = two };
	struct hs_canonical one, all;
	struct hs_blob *blobs[2] = { NULL, NULL };
	struct hs_arena a = { 0 };
	struct hs_canonical_order order = { .how = &canonical };
	struct hs_err err;
	struct oci o;

	(void)state;
	order.image = build_image(&o, &image);
	order.tree = &o.tree;
	assert_int_equal(hs_canonical_make(&one, &a, &order, &err), 0);
	order.worker = hs_pool_main(o.run.pool);
	order.blobs = blobs;
	assert_int_equal(hs_canonical_make(&all, &a, &order, &err), 0);
	assert_memory_equal(&one.image_id, &all.image_id, sizeof(one.image_id));
	assert_int_equal(one.n_layers, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct hs_sha256 digest = hs_sha256(blobs[i]->bytes);

		assert_memory_equal(&digest, &one.diff_ids[i], sizeof(digest));
		assert_int_equal(one.sizes[i], blobs[i]->bytes.len);
		assert_int_equal(one.layers[i], i);
		hs_blob_unref(blobs[i]);
	}
	hs_arena_release(&a);
	oci_end(&o);
}

static void
canonical_tells_what_a_layer_loses(void **state)
{
	static const struct layer layers[] = { { .name = "a", .trailing = true }, { 0 } };
	const struct image image = { .layers = layers };
	struct hs_canonical_order order = { .how = &canonical };
	struct hs_canonical made;
	struct hs_arena a = { 0 };
	struct hs_err err;
	struct oci o;

	(void)state;
	order.image = build_image(&o, &image);
	order.tree = &o.tree;
	assert_int_equal(hs_canonical_make(&made, &a, &order, &err), 0);
	assert_int_equal(made.n_losses, 1);
	assert_memory_equal(made.losses[0], "layer[0]: ", 10);
	hs_arena_release(&a);
	oci_end(&o);
}

static void
canonical_says_which_layer_it_cannot_make(void **state)
{
	static const struct layer broken[] = { { .name = "a" },
		                               { .name = "b", .broken = true },
		                               { 0 } };
	const struct {
		struct image image;
		struct hs_canon how;
		const char *want;
	} rows[] = {
		{ { .layers = broken }, canonical, "layer[1]: " },
		{ { .layers = two, .absent = true },
		  canonical,
		  "layer[0]: it is not in the archive" },
		{ { .layers = two, .more = "\"created\":1," },
		  canonical,
		  "go-containerregistry refuses the configuration: .created is a number" },
		{ { .layers = two },
		  { .like = HS_LIKE_BUILDAH },
		  "the form of buildah needs a time" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_canonical_order order = { .how = &rows[i].how };
		struct hs_canonical made;
		struct hs_arena a = { 0 };
		struct hs_err err;
		struct oci o;

		order.image = build_image(&o, &rows[i].image);
		order.tree = &o.tree;
		assert_true(hs_canonical_make(&made, &a, &order, &err) < 0);
		assert_memory_equal(err.text, rows[i].want, strlen(rows[i].want));
		hs_arena_release(&a);
		oci_end(&o);
	}
}

/* "same", "config", "layers 1" or "refused a: why". */
static const char *
meet(struct hs_arena *a, const struct image *x, const struct image *y, const struct hs_canon *how)
{
	struct hs_canonical_meeting m = { .how = how };
	struct oci o[2];
	struct hs_err err;
	const char *out = "config";

	m.image[0] = build_image(&o[0], x);
	m.image[1] = build_image(&o[1], y);
	m.tree[0] = &o[0].tree;
	m.tree[1] = &o[1].tree;
	assert_int_equal(hs_canonical_meet(&m, a, &err), 0);
	if (m.rung == HS_CANONICAL_SAME)
		out = hs_arena_printf(a, "same %zu", m.form.n_layers);
	else if (m.rung == HS_CANONICAL_LAYERS)
		out = hs_arena_printf(a, "layers %zu", m.layer);
	else if (m.rung == HS_CANONICAL_REFUSED)
		out = hs_arena_printf(a, "refused %c: %s", m.side, m.reason.text);
	oci_end(&o[0]);
	oci_end(&o[1]);
	return out;
}

static const struct layer later[] = { { .name = "a", .mtime = 7 },
	                              { .name = "b", .mtime = 6 },
	                              { 0 } };
static const struct layer other[] = { { .name = "a", .mtime = 5 },
	                              { .name = "c", .mtime = 6 },
	                              { 0 } };
static const struct layer late[] = { { .name = "a", .mtime = 5 },
	                             { .name = "b", .mtime = 2000 },
	                             { 0 } };
static const struct layer later_yet[] = { { .name = "a", .mtime = 5 },
	                                  { .name = "b", .mtime = 3000 },
	                                  { 0 } };
static const struct layer fewer[] = { { .name = "a", .mtime = 5 }, { 0 } };
static const struct layer broken_one[] = { { .name = "a", .broken = true }, { 0 } };

static void
canonical_forms_meet_on_a_rung(void **state)
{
	static const struct {
		struct image a, b;
		const struct hs_canon *how;
		const char *want;
	} rows[] = {
		{ { .layers = two }, { .layers = two }, &canonical, "same 2" },
		{ { .layers = two }, { .layers = later }, &canonical, "same 2" },
		{ { .layers = two, .more = "\"author\":\"x\"," },
		  { .layers = later },
		  &canonical,
		  "same 2" },
		{ { .layers = two, .more = "\"config\":{\"User\":\"x\"}," },
		  { .layers = later },
		  &canonical,
		  "config" },
		{ { .layers = two }, { .layers = other }, &canonical, "layers 1" },
		{ { .layers = two, .more = "\"config\":{\"User\":\"x\"}," },
		  { .layers = other },
		  &canonical,
		  "layers 1" },
		{ { .layers = two }, { .layers = fewer }, &canonical, "layers 1" },
		/* What is earlier than the epoch stays as it is. */
		{ { .layers = late }, { .layers = later_yet }, &clamp, "same 2" },
		{ { .layers = two }, { .layers = later }, &clamp, "layers 0" },
		{ { .layers = two },
		  { .layers = two, .absent = true },
		  &canonical,
		  "refused b: layer[0]: it is not in the archive" },
		{ { .layers = two, .more = "\"created\":1," },
		  { .layers = two },
		  &canonical,
		  "refused a: go-containerregistry refuses the configuration: .created is a "
		  "number" },
		/* Go reads the second history into the first, whose entry stays empty. */
		{ { .layers = two },
		  { .layers = two, .more = "\"history\":[{},{\"empty_layer\":true}]," },
		  &canonical,
		  "refused b: go-containerregistry drops layers from layer[1] on: the history has "
		  "no "
		  "entries for them" },
		{ { .layers = fewer },
		  { .layers = broken_one },
		  &canonical,
		  "refused b: layer[0]: " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		const char *got = meet(&a, &rows[i].a, &rows[i].b, rows[i].how);

		if (strncmp(got, "refused", 7) == 0)
			assert_memory_equal(got, rows[i].want, strlen(rows[i].want));
		else
			assert_string_equal(got, rows[i].want);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(canonical_makes_the_same_of_all_threads_and_of_one),
		cmocka_unit_test(canonical_tells_what_a_layer_loses),
		cmocka_unit_test(canonical_says_which_layer_it_cannot_make),
		cmocka_unit_test(canonical_forms_meet_on_a_rung),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
