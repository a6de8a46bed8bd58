/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "compared.h"

/* Lines of the comparison that begin with one of the words, without what stands in "[...]" and
 * behind it but notes. */
static const char *
lines(struct compared *c)
{
	const char *out = "";

	for (const struct hs_node *n = c->report.root; n; n = hs_node_next(n)) {
		const struct hs_span path = hs_node_path(&c->arena, n);
		const char *name = (const char *)path.at;

		if (n->parent && !strstr(name, "layer[") && !strstr(name, "rootfs"))
			continue;
		out = hs_arena_printf(&c->arena, "%s%s %s", out, hs_status_name(n->status), name);
		for (const struct hs_change *x = n->changes.first; x; x = x->next)
			if (x->origin)
				out = hs_arena_printf(&c->arena, "%s %s:%.*s>%.*s", out, x->field,
				                      (int)x->a.len, (const char *)x->a.at,
				                      (int)x->b.len, (const char *)x->b.at);
		for (const struct hs_note *x = n->notes; x; x = x->next)
			out = hs_arena_printf(&c->arena, "%s {%s}", out, x->code);
		out = hs_arena_printf(&c->arena, "%s\n", out);
	}
	return out;
}

struct sides {
	const char *a[4], *b[4];
	const char *a_history, *b_history;
	const char *arch, *exclude;
	bool rootfs, gzip_b;
};

static void
check(const struct sides *s, const char *want)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_compare_options options = {
		.rootfs = s->rootfs,
		.exclude = &s->exclude,
		.n_exclude = s->exclude != NULL,
	};
	struct compared c;

	compared_init(&c,
	              build_image(&a, &(struct build_image){ .layers = s->a,
	                                                     .history = s->a_history,
	                                                     .prefix_of = s->arch }),
	              build_image(&a, &(struct build_image){ .layers = s->b,
	                                                     .history = s->b_history,
	                                                     .prefix_of = s->arch,
	                                                     .gzip = s->gzip_b }),
	              &options, NULL);
	assert_string_equal(lines(&c), want);
	compared_release(&c);
}

static void
layers_of_one_count_are_compared_as_they_are(void **state)
{
	(void)state;
	check(&(struct sides){ .a = { "x=1" }, .b = { "x=2" } },
	      "content \ncontent layer[0]\ncontent layer[0]!x\n");
}

static void
layers_of_other_counts_are_compared_by_what_they_come_to(void **state)
{
	(void)state;
	check(&(struct sides){ .a = { "d/ d/x=1 d/y=1", "d/.wh.y d/z=3" },
	                       .b = { "d/ d/x=1 d/z=3" } },
	      "content  {layers-differ} {same-rootfs}\nonly-a layer[0] {see-rootfs}\n"
	      "only-b layer[0] {see-rootfs}\nonly-a layer[1] {see-rootfs}\n");
	check(&(struct sides){ .a = { "d/ d/x=1" },
	                       .b = { "d/ d/x=1", "d/x=2" },
	                       .a_history = "[{\"created_by\":\"ADD\"}]",
	                       .b_history = "[{\"created_by\":\"ADD\"},{\"created_by\":\"RUN\"}]" },
	      "content  {layers-differ}\nonly-b layer[1] {see-rootfs}\ncontent rootfs\n"
	      "content rootfs!d/x layer:layer[0]>layer[1] history:ADD>RUN\n");
}

static void
layers_that_moved_up_are_the_same(void **state)
{
	(void)state;
	check(&(struct sides){ .a = { "x=1", "y=2" }, .b = { "new=0", "x=1", "y=2" } },
	      "content  {layers-differ}\nonly-b layer[0] {see-rootfs}\ncontent rootfs\n"
	      "only-b rootfs!new layer:>layer[0]\n");
}

static void
layers_packed_otherwise_are_said_to_be(void **state)
{
	(void)state;
	check(&(struct sides){ .a = { "x=1" }, .b = { "x=1", "y=2" }, .gzip_b = true },
	      "content  {layers-differ}\nmetadata layer[0]\nonly-b layer[1] {see-rootfs}\n"
	      "content rootfs\nonly-b rootfs!y layer:>layer[1]\n");
}

static void
layers_are_not_looked_into_with_rootfs(void **state)
{
	(void)state;
	/* The same in all but where it comes from, and in how its header is written. */
	check(&(struct sides){ .a = { "x=1", "y=2" },
	                       .b = { "!x=1 y=2", ".wh.none" },
	                       .rootfs = true },
	      "content  {same-rootfs}\ncontent layer[0] {see-rootfs}\n"
	      "content layer[1] {see-rootfs}\nsame rootfs {remark}\n");
	check(&(struct sides){ .a = { "x@1=1" }, .b = { "x@2=1" }, .rootfs = true },
	      "content \ncontent layer[0] {see-rootfs}\ncontent rootfs\n"
	      "metadata rootfs!x layer:layer[0]>layer[0]\n");
}

static void
layers_of_the_other_image_stay_what_they_are(void **state)
{
	(void)state;
	check(&(struct sides){ .a = { "x=1" }, .b = { "x=1", "y=2" }, .arch = "arm64" },
	      "content  {layers-differ}\nonly-b linux/arm64/layer[1] {see-rootfs}\n"
	      "content linux/arm64/rootfs\n"
	      "only-b linux/arm64/rootfs!y layer:>layer[1]\n");
}

static void
layers_and_rootfs_can_be_excluded(void **state)
{
	(void)state;
	check(&(struct sides){ .a = { "x=1" }, .b = { "x=1", "y=2" }, .exclude = "rootfs!y" },
	      "content  {layers-differ} {same-rootfs}\nonly-b layer[1] {see-rootfs}\n"
	      "same rootfs {excluded}\n");
	check(&(struct sides){ .a = { "x=1" }, .b = { "x=1", "y=2" }, .exclude = "rootfs" },
	      "content \nonly-b layer[1]\nonly-b layer[1]!y\n");
	check(&(struct sides){ .a = { "x=1" }, .b = { "x=1", "y=2" }, .exclude = "layer*" },
	      "content  {excluded} {layers-differ}\ncontent rootfs\n"
	      "only-b rootfs!y layer:>layer[1]\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layers_of_one_count_are_compared_as_they_are),
		cmocka_unit_test(layers_of_other_counts_are_compared_by_what_they_come_to),
		cmocka_unit_test(layers_that_moved_up_are_the_same),
		cmocka_unit_test(layers_packed_otherwise_are_said_to_be),
		cmocka_unit_test(layers_are_not_looked_into_with_rootfs),
		cmocka_unit_test(layers_of_the_other_image_stay_what_they_are),
		cmocka_unit_test(layers_and_rootfs_can_be_excluded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
