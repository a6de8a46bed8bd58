/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_report.h"
#include "build_tar.h"
#include "compared.h"
#include "engine/ignore.h"

#define ID_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ID_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define ID_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define ID_D "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"

/* A file let go at the end of its block. */
#define BUILT __attribute__((cleanup(hs_build_release))) struct hs_build

static const struct hs_compare_options times = { .ignore = HS_IGNORE_TIMESTAMPS };
static const struct hs_compare_options all = { .ignore = HS_IGNORE_SEMANTIC |
	                                                 HS_IGNORE_COMPRESSION |
	                                                 HS_IGNORE_OWNER_NAMES };

/* A tar of a folder and a file whose facts are as given. */
static struct hs_span
tar_of(struct hs_build *out, uint64_t mtime, unsigned mode, const char *text)
{
	hs_build_tar_entry(out, &(struct hs_build_tar){
					.name = "etc", .type = '5', .mode = 0755, .mtime = mtime });
	hs_build_tar_entry(out, &(struct hs_build_tar){ .name = "etc/motd",
	                                                .mode = mode,
	                                                .mtime = mtime,
	                                                .data = hs_span_of(text) });
	hs_build_tar_end(out);
	return hs_build_span(out);
}

/* What is left of two tars: the verdict, with those options. */
static bool
is_same(struct hs_span a, struct hs_span b, const struct hs_compare_options *options)
{
	struct compared c;
	bool same;

	compared_init(&c, a, b, options, NULL);
	same = c.report.same;
	assert_int_equal(c.report.exit_status, same ? 0 : 1);
	compared_release(&c);
	return same;
}

static void
what_is_ignored_makes_no_difference_and_is_counted(void **state)
{
	BUILT x = { 0 }, y = { 0 };
	const struct hs_span a = tar_of(&x, 1, 0644, "hi"), b = tar_of(&y, 2, 0644, "hi");
	struct compared c;

	(void)state;
	compared_init(&c, a, b, &times, NULL);
	assert_true(c.report.same);
	assert_int_equal(c.report.exit_status, 0);
	assert_int_equal(c.report.summary.entries, 2);
	assert_int_equal(c.report.summary.ignored, 2);
	assert_int_equal(c.report.summary.metadata, 0);
	/* The times of two members, and of the archive together. */
	assert_int_equal(c.report.n_ignored[0], 3);
	assert_true(c.report.root->ignored & HS_IGNORE_TIMESTAMPS);
	assert_int_equal(c.report.root->n_ignored, 2);
	assert_int_equal(c.report.root->status, HS_STATUS_CONTENT);
	compared_release(&c);
	assert_true(is_same(b, a, &times));
	assert_false(is_same(a, b, NULL));
}

static void
a_real_difference_beside_it_still_counts(void **state)
{
	static const struct {
		unsigned mode;
		const char *text;
	} rows[] = { { 0600, "hi" }, { 0644, "ho" }, { 0644, "longer than before" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		BUILT x = { 0 }, y = { 0 };
		const struct hs_span a = tar_of(&x, 1, 0644, "hi");
		const struct hs_span b = tar_of(&y, 2, rows[i].mode, rows[i].text);

		assert_false(is_same(a, b, &all));
		assert_false(is_same(b, a, &all));
	}
}

static void
a_path_is_ignored_with_all_below_it(void **state)
{
	BUILT x = { 0 }, y = { 0 };
	const struct hs_span a = tar_of(&x, 1, 0644, "hi"), b = tar_of(&y, 1, 0600, "longer");
	static const char *const motd[] = { "nothing", "etc/mo*" }, *const none[] = { "motd" };

	(void)state;
	assert_true(is_same(
		a, b, &(struct hs_compare_options){ .ignore_paths = motd, .n_ignore_paths = 2 }));
	assert_false(is_same(
		a, b, &(struct hs_compare_options){ .ignore_paths = none, .n_ignore_paths = 1 }));
}

static void
damage_is_not_ignored(void **state)
{
	BUILT x = { 0 }, y = { 0 };
	const struct hs_span a = tar_of(&x, 1, 0644, "hi"), b = tar_of(&y, 2, 0644, "hi");
	static const char *const paths[] = { "*" };
	const struct hs_compare_options options = { .ignore = all.ignore,
		                                    .ignore_paths = paths,
		                                    .n_ignore_paths = 1 };
	struct compared c;

	(void)state;
	compared_init(&c, a, hs_span_head(b, 1024 + 1), &options, NULL);
	assert_int_equal(c.report.exit_status, 3);
	assert_false(c.report.same);
	compared_release(&c);
}

/* ---- Images, from their nodes ---- */

/* A document or layer of an image, its header saying nothing. */
static struct hs_node *
add_part(struct hs_built *b, const char *name, bool document)
{
	struct hs_node *n = hs_built_add(b, b->root, hs_span_of(name), HS_STATUS_CONTENT);

	n->by_field = document;
	n->view = document ? HS_VIEW_TEXT : HS_VIEW_NONE;
	hs_built_side(n, document ? "json" : "tar", 10240, 10240);
	return n;
}

/* A change of the part's header. */
static void
head(struct hs_built *b, struct hs_node *n, const char *field, const char *x, const char *y)
{
	hs_built_change(b, n, field, x, y);
	n->n_head++;
}

/* An image whose layer has a file with another time, or another mode. */
static struct hs_node *
add_image(struct hs_built *b, const char *field)
{
	struct hs_node *layer, *config, *manifest;

	hs_built_init(b, "a", "b", "oci-archive");
	layer = add_part(b, "layer[0]", false);
	head(b, layer, "descriptor digest", "sha256:" ID_A, "sha256:" ID_B);
	head(b, layer, "diff_id", "sha256:" ID_C, "sha256:" ID_D);
	head(b, layer, "stored name", "blobs/sha256/" ID_A, "blobs/sha256/" ID_B);
	head(b, hs_built_add(b, layer, HS_SPAN("etc"), HS_STATUS_METADATA), field, "1", "2");
	config = add_part(b, "config", true);
	hs_built_change(b, config, ".rootfs.diff_ids[]", "sha256:" ID_C, NULL);
	hs_built_change(b, config, ".rootfs.diff_ids[]", NULL, "sha256:" ID_D);
	manifest = add_part(b, "manifest", true);
	hs_built_change(b, manifest, ".layers[0].digest", "sha256:" ID_A, "sha256:" ID_B);
	hs_built_change(b, manifest, ".layers[0].size", "17", "18");
	return manifest;
}

static void
what_names_an_ignored_layer_follows(void **state)
{
	struct hs_built b;
	struct hs_node *manifest;

	(void)state;
	manifest = add_image(&b, "mtime");
	hs_ignore(&b.report, &times);
	assert_int_equal(manifest->ignored, HS_IGNORE_DERIVED);
	assert_int_equal(b.root->ignored, HS_IGNORE_TIMESTAMPS | HS_IGNORE_DERIVED);
	assert_int_equal(b.report.n_ignored[0], 1);
	assert_int_equal(b.report.n_ignored[HS_N_IGNORE - 1], 7);
	hs_built_release(&b);
}

static void
what_names_a_layer_that_differs_does_not(void **state)
{
	struct hs_built b;
	const struct hs_node *manifest = add_image(&b, "mode");

	(void)state;
	hs_ignore(&b.report, &all);
	assert_int_equal(b.root->ignored, 0);
	for (const struct hs_node *n = b.root->first_child; n; n = n->next)
		assert_int_equal(n->ignored, 0);
	for (const struct hs_change *c = manifest->changes.first; c; c = c->next)
		assert_int_equal(c->ignored, 0);
	hs_built_release(&b);
}

static void
a_size_beside_a_digest_that_counts_counts(void **state)
{
	struct hs_built b;
	struct hs_node *manifest = add_image(&b, "mtime");

	(void)state;
	hs_built_change(&b, manifest, ".layers[1].size", "17", "18");
	hs_ignore(&b.report, &times);
	assert_int_equal(manifest->ignored, 0);
	assert_int_equal(b.root->ignored, 0);
	hs_built_release(&b);
}

static void
a_digest_that_only_one_side_lists_counts(void **state)
{
	struct hs_built b;
	struct hs_node *manifest = add_image(&b, "mtime"), *config = b.root->first_child->next;

	(void)state;
	hs_built_change(&b, config, ".rootfs.diff_ids[]", "sha256:" ID_C, NULL);
	hs_ignore(&b.report, &times);
	assert_int_equal(config->ignored, 0);
	assert_int_equal(config->changes.last->ignored, 0);
	assert_int_equal(manifest->ignored, HS_IGNORE_DERIVED);
	hs_built_release(&b);
}

/* A layer that is only there on one side is a layer more, whatever is in it. */
static void
a_member_of_one_side_counts_unless_a_path_names_it(void **state)
{
	static const char *const paths[] = { "layer?1*" };
	const struct hs_compare_options options = { .ignore = all.ignore,
		                                    .ignore_paths = paths,
		                                    .n_ignore_paths = 1 };
	struct hs_built b;

	(void)state;
	add_image(&b, "mtime");
	hs_built_add(&b, b.root, HS_SPAN("layer[1]"), HS_STATUS_ONLY_B);
	hs_ignore(&b.report, &all);
	assert_int_equal(b.root->ignored, 0);
	hs_built_release(&b);

	add_image(&b, "mtime");
	hs_built_add(&b, b.root, HS_SPAN("layer[1]"), HS_STATUS_ONLY_B);
	hs_ignore(&b.report, &options);
	assert_true(b.root->ignored & HS_IGNORE_PATH);
	hs_built_release(&b);
}

/* White space of an image's document is how it is packed; of a file it is its content. */
static void
a_document_written_otherwise_is_packing_in_an_image_only(void **state)
{
	static const char *const formats[] = { "oci-archive", "tar" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct hs_built b;
		struct hs_node *n;

		hs_built_init(&b, "a", "b", formats[i]);
		n = add_part(&b, "config", true);
		n->rewritten = true;
		hs_ignore(&b.report, &all);
		assert_int_equal(n->ignored, i ? 0 : HS_IGNORE_PACKING);
		assert_int_equal(b.report.n_ignored[7], i ? 0 : 1);
		hs_built_release(&b);
	}
}

/* An environment in another order is another one, whatever else is ignored. */
static void
an_order_of_elements_counts(void **state)
{
	struct hs_built b;
	struct hs_node *n;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	n = add_part(&b, "config", true);
	hs_built_change(&b, n, "created", "1", "2");
	n->reordered = true;
	hs_ignore(&b.report, &all);
	assert_int_equal(n->ignored, 0);
	assert_int_equal(n->changes.first->ignored, HS_IGNORE_TIMESTAMPS);
	hs_built_release(&b);
}

/* Docker's configuration and OCI's of one image. */
static void
a_configuration_that_says_the_same_is_packing(void **state)
{
	struct hs_built b;
	struct hs_node *n;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	n = add_part(&b, "config", true);
	hs_built_change(&b, n, ".config.Image", "\"\"", NULL);
	hs_ignore(&b.report, &all);
	assert_int_equal(n->ignored, 0);
	hs_built_note(&b, n, (struct hs_note){ .code = "re-serialised", .text = "the same" });
	hs_ignore(&b.report, &all);
	assert_int_equal(n->ignored, HS_IGNORE_PACKING);
	hs_built_release(&b);
}

/* A layer that was not looked into has nothing to tell what differs in it, whatever its header
 * says. */
static void
a_layer_told_by_the_root_file_system_follows_it(void **state)
{
	static const char *const fields[] = { "mtime", "mode" };

	(void)state;
	for (int i = 0; i < 4; i++) {
		const struct hs_compare_options options = { .ignore = HS_IGNORE_TIMESTAMPS,
			                                    .rootfs = i & 1 };
		struct hs_built b;
		struct hs_node *layer, *rootfs;

		hs_built_init(&b, "a", "b", "oci-archive");
		layer = add_part(&b, "layer[0]", false);
		head(&b, layer, "mtime", "1", "2");
		head(&b, layer, "diff_id", "sha256:" ID_A, "sha256:" ID_B);
		hs_built_note(&b, layer, (struct hs_note){ .code = "see-rootfs", .text = "" });
		rootfs = add_part(&b, "rootfs", false);
		head(&b, hs_built_add(&b, rootfs, HS_SPAN("etc"), HS_STATUS_METADATA),
		     fields[i >> 1], "1", "2");
		hs_ignore(&b.report, &options);
		assert_int_equal(rootfs->ignored, i >> 1 ? 0 : HS_IGNORE_TIMESTAMPS);
		assert_int_equal(layer->ignored != 0, i == 1);
		hs_built_release(&b);
	}
}

/* Where a file comes from is no difference. */
static void
an_origin_is_neither_ignored_nor_in_the_way(void **state)
{
	struct hs_built b;
	struct hs_node *n;

	(void)state;
	hs_built_init(&b, "a", "b", "rootfs");
	n = hs_built_add(&b, b.root, HS_SPAN("etc"), HS_STATUS_METADATA);
	head(&b, n, "mtime", "1", "2");
	head(&b, n, "layer", "layer[0]", "layer[1]");
	n->changes.last->origin = true;
	b.root->status = HS_STATUS_CONTENT;
	hs_ignore(&b.report, &times);
	assert_int_equal(n->ignored, HS_IGNORE_TIMESTAMPS);
	assert_int_equal(n->changes.last->ignored, 0);
	hs_built_release(&b);
}

/* Each set of switches ignores what each part of it does. */
static void
one_more_switch_never_adds_a_difference(void **state)
{
	static const char *const fields[] = { "mtime", "uname", "dialect", "mode" };
	const unsigned last = HS_IGNORE_PACKING;

	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		for (unsigned bits = 1; bits < 2 * last; bits++) {
			const struct hs_compare_options few = { .ignore = bits };
			bool same;
			struct hs_built b;

			add_image(&b, fields[i]);
			hs_ignore(&b.report, &few);
			same = b.root->ignored;
			hs_built_release(&b);
			for (unsigned more = 1; same && more <= last; more <<= 1) {
				const struct hs_compare_options many = { .ignore = bits | more };

				add_image(&b, fields[i]);
				hs_ignore(&b.report, &many);
				assert_true(b.root->ignored);
				hs_built_release(&b);
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_ignored_makes_no_difference_and_is_counted),
		cmocka_unit_test(a_real_difference_beside_it_still_counts),
		cmocka_unit_test(a_path_is_ignored_with_all_below_it),
		cmocka_unit_test(damage_is_not_ignored),
		cmocka_unit_test(what_names_an_ignored_layer_follows),
		cmocka_unit_test(what_names_a_layer_that_differs_does_not),
		cmocka_unit_test(a_size_beside_a_digest_that_counts_counts),
		cmocka_unit_test(a_digest_that_only_one_side_lists_counts),
		cmocka_unit_test(a_member_of_one_side_counts_unless_a_path_names_it),
		cmocka_unit_test(a_document_written_otherwise_is_packing_in_an_image_only),
		cmocka_unit_test(an_order_of_elements_counts),
		cmocka_unit_test(a_configuration_that_says_the_same_is_packing),
		cmocka_unit_test(a_layer_told_by_the_root_file_system_follows_it),
		cmocka_unit_test(an_origin_is_neither_ignored_nor_in_the_way),
		cmocka_unit_test(one_more_switch_never_adds_a_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
