/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_image.h"
#include "comparators/comparator.h"
#include "core/limits.h"
#include "image/overlay.h"

#include <stdlib.h>

enum { MAX_LAYERS = 8 };

struct stack {
	struct hs_arena arena;
	struct hs_run run;
	struct hs_tree trees[MAX_LAYERS];
	const struct hs_tree *layers[MAX_LAYERS];
	size_t n;
	struct hs_overlay overlay;
};

/* Layers in the words of build_layer(), from the bottom; "|" stands between two. */
static void
stack_begin(struct stack *s, const char *words)
{
	char *copy = strdup(words), *rest = copy, *layer;

	*s = (struct stack){ 0 };
	start_run(&s->run, 1);
	while ((layer = strsep(&rest, "|"))) {
		struct hs_tree *t = &s->trees[s->n];
		struct hs_err err;

		hs_tree_init(t, &s->run, hs_pool_main(s->run.pool), NULL);
		assert_int_equal(hs_comparator_tar.expand(t, build_layer(&s->arena, layer), &err),
		                 0);
		hs_tree_finish(t);
		s->layers[s->n++] = t;
	}
	free(copy);
}

static void
stack_end(struct stack *s)
{
	for (size_t i = 0; i < s->n; i++)
		hs_tree_release(&s->trees[i]);
	hs_arena_release(&s->arena);
	hs_run_release(&s->run);
}

/* "key@layer", "+" behind what replaced something, "=text", ">target", "<first name", "/" */
static const char *
listing(struct stack *s)
{
	const char *out = "";

	for (size_t i = 0; i < s->overlay.n; i++) {
		const struct hs_overlay_entry *e = &s->overlay.entries[i];
		const enum hs_kind kind = e->content ? e->content->kind : HS_KIND_DIR;

		out = hs_arena_printf(&s->arena, "%s%s%.*s@%u%s", out, i ? " " : "",
		                      (int)e->key.len, (const char *)e->key.at, e->layer,
		                      e->in_layer_below ? "+" : "");
		if (kind == HS_KIND_DIR)
			out = hs_arena_printf(&s->arena, "%s%s", out, e->entry ? "/" : "/?");
		else if (kind == HS_KIND_SYMLINK || kind == HS_KIND_HARDLINK)
			out = hs_arena_printf(
				&s->arena, "%s%c%.*s", out, kind == HS_KIND_SYMLINK ? '>' : '!',
				(int)e->content->link.len, (const char *)e->content->link.at);
		else if (e->content->bytes.len)
			out = hs_arena_printf(&s->arena, "%s=%.*s", out, (int)e->content->bytes.len,
			                      (const char *)e->content->bytes.at);
		if (e->link.len)
			out = hs_arena_printf(&s->arena, "%s<%.*s", out, (int)e->link.len,
			                      (const char *)e->link.at);
	}
	return out;
}

/* "key@layer text; " for each. */
static const char *
remarks(struct stack *s)
{
	const char *out = "";

	for (size_t i = 0; i < s->overlay.n_remarks; i++) {
		const struct hs_overlay_remark *r = &s->overlay.remarks[i];

		out = hs_arena_printf(&s->arena, "%s%.*s@%u %s; ", out, (int)r->key.len,
		                      (const char *)r->key.at, r->layer, r->text);
	}
	return out;
}

struct row {
	const char *layers, *want, *remarks;
};

static void
check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct stack s;
		struct hs_err err;

		stack_begin(&s, rows[i].layers);
		assert_int_equal(hs_overlay_make(&s.overlay, &s.arena, s.layers, s.n, &err), 0);
		assert_string_equal(listing(&s), rows[i].want);
		assert_string_equal(remarks(&s), rows[i].remarks ? rows[i].remarks : "");
		stack_end(&s);
	}
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void
overlay_lets_the_last_entry_count(void **state)
{
	static const struct row rows[] = {
		{ "", ".@0/?", NULL },
		{ "a=1", ".@0/? a@0=1", NULL },
		{ "./ b=1 a=2", ".@0/ a@0=2 b@0=1", NULL },
		{ "a=1 | a=2", ".@0/? a@1+=2", NULL },
		{ "a=1 | b=2 | a=3 c=4", ".@0/? a@2+=3 b@1=2 c@2=4", NULL },
		{ "./a=1 | /a=2 | a//=3", ".@0/? a@2+=3", NULL },
		{ "d/ d/x=1 | d/ d/y=2", ".@0/? d@1+/ d/x@0=1 d/y@1=2", NULL },
		{ "d/ d/x=1 | ./d/./y=2", ".@0/? d@0/ d/x@0=1 d/y@1=2", NULL },
		{ "a.b=1 a/ a/x=2", ".@0/? a@0/ a.b@0=1 a/x@0=2", NULL },
		{ "a=1 a=2", ".@0/? a@0=2",
		  "a@0 stands in its layer more than once: the last counts; " },
		{ "x/y/z=1", ".@0/? x@0/? x/y@0/? x/y/z@0=1", NULL },
		{ "x/y/z=1 x/ x/y/", ".@0/? x@0/ x/y@0/ x/y/z@0=1", NULL },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
overlay_lets_directories_and_files_replace_each_other(void **state)
{
	static const struct row rows[] = {
		{ "d/ d/x=1 | d=2", ".@0/? d@1+=2", NULL },
		{ "d/ d/x=1 | d=2 | d/", ".@0/? d@2+/", NULL },
		{ "d/ d/x=1 | d=2 | d/ d/y=3", ".@0/? d@2+/ d/y@2=3", NULL },
		{ "d/ d/x=1 d=2 d/ d/y=3", ".@0/? d@0/ d/y@0=3",
		  "d@0 stands in its layer more than once: the last counts; "
		  "d@0 stands in its layer more than once: the last counts; " },
		{ "d=1 | d/ d/x=2", ".@0/? d@1+/ d/x@1=2", NULL },
		{ "d/ d/x=1 | d>e", ".@0/? d@1+>e", NULL },
		{ "d=1 | d/x=2", ".@0/? d@1+/? d/x@1=2",
		  "d/x@1 stands below what is no directory: a runtime may refuse it; " },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
overlay_lets_a_whiteout_hide_the_layers_below_only(void **state)
{
	static const struct row rows[] = {
		{ "a=1 b=2 | .wh.a", ".@0/? b@0=2", NULL },
		{ "a=1 | .wh.a | a=3", ".@0/? a@2+=3", NULL },
		/* Whatever the order in the layer. */
		{ "a=1 | .wh.a a=2", ".@0/? a@1+=2", NULL },
		{ "a=1 | a=2 .wh.a", ".@0/? a@1+=2", NULL },
		{ "d/ d/x=1 | .wh.d", ".@0/?", NULL },
		{ "d/ d/x=1 | .wh.d d/ d/y=2", ".@0/? d@1+/ d/y@1=2", NULL },
		{ "d/ d/x=1 | d/ d/y=2 .wh.d", ".@0/? d@1+/ d/y@1=2", NULL },
		{ "d/ d/x=1 | d/ .wh.d d/y=2", ".@0/? d@1+/ d/y@1=2", NULL },
		{ "d/ d/x=1 | d/y=2 .wh.d", ".@0/? d@1+/? d/y@1=2", NULL },
		{ "d/ d/x=1 d/z=1 | d/.wh.x", ".@0/? d@0/ d/z@0=1", NULL },
		{ "a=1 | .wh.b", ".@0/? a@0=1", ".wh.b@1 removes what no layer below has; " },
		{ "a=1 | d/.wh.b", ".@0/? a@0=1", "d/.wh.b@1 removes what no layer below has; " },
		/* What it is called counts, not what it is. */
		{ "a=1 | .wh.a/", ".@0/?", NULL },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
overlay_lets_an_opaque_directory_hide_the_layers_below_only(void **state)
{
	static const struct row rows[] = {
		{ "d/ d/x=1 d/s/ d/s/t=1 | d/.wh..wh..opq", ".@0/? d@0/", NULL },
		{ "d/ d/x=1 | d/ d/.wh..wh..opq d/y=2", ".@0/? d@1+/ d/y@1=2", NULL },
		{ "d/ d/x=1 | d/ d/y=2 d/.wh..wh..opq", ".@0/? d@1+/ d/y@1=2", NULL },
		{ "d/ d/x=1 | d/.wh..wh..opq d/x=2", ".@0/? d@0/ d/x@1+=2", NULL },
		{ "d/ d/x=1 | d/x=2 d/.wh..wh..opq", ".@0/? d@0/ d/x@1+=2", NULL },
		{ "d/ d/s/ d/s/t=1 | d/s/u=2 d/.wh..wh..opq", ".@0/? d@0/ d/s@1+/? d/s/u@1=2",
		  NULL },
		{ "d/ d/s/ d/s/t=1 | d/.wh..wh..opq d/s/u=2", ".@0/? d@0/ d/s@1+/? d/s/u@1=2",
		  NULL },
		{ "a=1 d/ d/x=1 | .wh..wh..opq b=2", ".@0/? b@1=2", NULL },
		{ "d/ d/x=1 | d/.wh..wh..opq | d/x=3", ".@0/? d@0/ d/x@2+=3", NULL },
		{ "a=1 | d/.wh..wh..opq", ".@0/? a@0=1",
		  "d/.wh..wh..opq@1 empties a directory that no layer below has; " },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
overlay_takes_explicit_and_opaque_whiteouts_for_the_same(void **state)
{
	static const char *const same[] = {
		"d/ d/x=1 d/y=1 | d/.wh..wh..opq d/z=2",
		"d/ d/x=1 d/y=1 | d/.wh.x d/.wh.y d/z=2",
		"d/ d/x=1 d/y=1 | d/z=2 d/.wh.y d/.wh.x",
		"d/ d/x=1 d/y=1 | d/z=2 d/.wh..wh..opq",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		const struct row row = { same[i], ".@0/? d@0/ d/z@1=2", NULL };

		check_rows(&row, 1);
	}
}

static void
overlay_resolves_hard_links_when_they_are_made(void **state)
{
	static const struct row rows[] = {
		{ "a=1 b<a", ".@0/? a@0=1 b@0=1<a", NULL },
		{ "b=1 a<b", ".@0/? a@0=1 b@0=1<a", NULL },
		{ "a=1 | b<a", ".@0/? a@0=1 b@1=1<a", NULL },
		{ "a=1 | b<a | a=2", ".@0/? a@2+=2 b@1=1", NULL },
		{ "a=1 | b<a | .wh.a", ".@0/? b@1=1", NULL },
		{ "a=1 b<a c<b | .wh.a", ".@0/? b@0=1 c@0=1<b", NULL },
		{ "a=1 | b<a a=2", ".@0/? a@1+=2 b@1=1", NULL },
		{ "a=1 | a=2 b<a", ".@0/? a@1+=2 b@1=2<a", NULL },
		{ "s>t h<s", ".@0/? h@0>t s@0>t<h", NULL },
		{ "a=1 | .wh.a b<a", ".@0/? b@1=1",
		  "b@1 is a hard link to what its own layer removes; " },
		{ "b<a", ".@0/? b@0!a", "b@0 is a hard link to nothing; " },
		{ "a=1 | .wh.a | b<a", ".@0/? b@2!a", "b@2 is a hard link to nothing; " },
		{ "d/ b<d", ".@0/? b@0!d d@0/", "b@0 is a hard link to a directory; " },
		{ "a=1 b<./a c<//a", ".@0/? a@0=1 b@0=1<a c@0=1<a", NULL },
	};

	(void)state;
	CHECK_ROWS(rows);
}

#define FOLLOWED                                                                                   \
	"stands below a symbolic link, which was followed: some runtimes make a directory of it; "

static void
overlay_follows_symbolic_links_inside_the_root(void **state)
{
	static const struct row rows[] = {
		{ "usr/lib/ lib>usr/lib | lib/x=1",
		  ".@0/? lib@0>usr/lib usr@0/? usr/lib@0/ usr/lib/x@1=1", "lib/x@1 " FOLLOWED },
		{ "usr/lib/x=1 lib>/usr/lib | lib/.wh.x",
		  ".@0/? lib@0>/usr/lib usr@0/? usr/lib@0/?", NULL },
		{ "a/ b/c/ b/c/l>../../../../a | b/c/l/x=1",
		  ".@0/? a@0/ a/x@1=1 b@0/? b/c@0/ b/c/l@0>../../../../a", "b/c/l/x@1 " FOLLOWED },
		{ "l>nowhere | l/x=1", ".@0/? l@0>nowhere nowhere@1/? nowhere/x@1=1",
		  "l/x@1 " FOLLOWED },
		{ "l>m m>l | l/x=1", ".@0/? l@1+/? l/x@1=1 m@0>l",
		  "l/x@1 " FOLLOWED "l/x@1 stands below a symbolic link that leads nowhere; " },
		/* A directory's own entry takes the link's place. */
		{ "usr/lib/ lib>usr/lib | lib/ lib/x=1",
		  ".@0/? lib@1+/ lib/x@1=1 usr@0/? usr/lib@0/", NULL },
		{ "usr/lib/x=1 lib>usr/lib | y<lib/x",
		  ".@0/? lib@0>usr/lib usr@0/? usr/lib@0/? "
		  "usr/lib/x@0=1 y@1=1<usr/lib/x",
		  NULL },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
overlay_remarks_on_what_runtimes_disagree_about(void **state)
{
	static const struct row rows[] = {
		{ "a=1 | .wh. b=2", ".@0/? a@0=1 b@1=2",
		  ".wh.@1 is a whiteout of nothing: it is left out; " },
		{ "a=1 | .wh..", ".@0/? a@0=1",
		  ".wh..@1 is a whiteout of nothing: it is left out; " },
		{ "a=1 | .wh...", ".@0/? a@0=1",
		  ".wh...@1 is a whiteout of nothing: it is left out; " },
		{ ".wh..wh.aufs .wh..wh.plnk/ .wh..wh.plnk/1=x a<.wh..wh.plnk/1", ".@0/? a@0=x",
		  ".wh..wh.aufs@0 is left over from AUFS and no part of the file system; "
		  ".wh..wh.plnk@0 is left over from AUFS and no part of the file system; " },
		{ "../etc/x=1", ".@0/? ..@0/? ../etc@0/? ../etc/x@0=1",
		  "../etc/x@0 has \"..\" in its name, which is not followed; " },
		{ "a=1 | x/../.wh.a", ".@0/? a@0=1",
		  "x/../.wh.a@1 has \"..\" in its name, which is not followed; "
		  "x/../.wh.a@1 removes what no layer below has; " },
		{ "c:", ".@0/? c@0",
		  "c@0 is a device 0:0, the mark of overlayfs for what is removed, which "
		  "removes nothing in a layer; " },
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void
overlay_goes_on_without_a_layer_that_could_not_be_read(void **state)
{
	struct stack s;
	struct hs_err err;

	(void)state;
	stack_begin(&s, "a=1 | a=2 b=2 | .wh.b c=3");
	s.layers[1] = NULL;
	assert_int_equal(hs_overlay_make(&s.overlay, &s.arena, s.layers, s.n, &err), 0);
	assert_string_equal(listing(&s), ".@0/? a@0=1 c@2=3");
	stack_end(&s);
}

static void
overlay_counts_what_is_hidden_and_implied(void **state)
{
	struct stack s;
	struct hs_err err;

	(void)state;
	stack_begin(&s, "d/ d/x=1 e/f/g=1 | d/.wh..wh..opq .wh.e d/x=2");
	assert_int_equal(hs_overlay_make(&s.overlay, &s.arena, s.layers, s.n, &err), 0);
	assert_int_equal(s.overlay.n_entries, 6);
	assert_int_equal(s.overlay.n_replaced, 1);
	assert_int_equal(s.overlay.n_whiteouts, 1);
	assert_int_equal(s.overlay.n_opaque, 1);
	assert_int_equal(s.overlay.n_implied, 2);
	stack_end(&s);
}

static void
overlay_keeps_a_number_of_remarks_and_counts_the_rest(void **state)
{
	struct stack s;
	struct hs_err err;

	(void)state;
	stack_begin(&s, "a");
	for (int i = 0; i < HS_MAX_ROOTFS_REMARKS + 4; i++) {
		struct hs_entry *e;

		assert_int_equal(hs_tree_add(&e, &s.trees[0], HS_SPAN(".wh."), &err), 0);
	}
	assert_int_equal(hs_overlay_make(&s.overlay, &s.arena, s.layers, s.n, &err), 0);
	assert_int_equal(s.overlay.n_remarks, HS_MAX_ROOTFS_REMARKS);
	assert_int_equal(s.overlay.n_remarks_left_out, 4);
	stack_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(overlay_lets_the_last_entry_count),
		cmocka_unit_test(overlay_lets_directories_and_files_replace_each_other),
		cmocka_unit_test(overlay_lets_a_whiteout_hide_the_layers_below_only),
		cmocka_unit_test(overlay_lets_an_opaque_directory_hide_the_layers_below_only),
		cmocka_unit_test(overlay_takes_explicit_and_opaque_whiteouts_for_the_same),
		cmocka_unit_test(overlay_resolves_hard_links_when_they_are_made),
		cmocka_unit_test(overlay_follows_symbolic_links_inside_the_root),
		cmocka_unit_test(overlay_remarks_on_what_runtimes_disagree_about),
		cmocka_unit_test(overlay_goes_on_without_a_layer_that_could_not_be_read),
		cmocka_unit_test(overlay_counts_what_is_hidden_and_implied),
		cmocka_unit_test(overlay_keeps_a_number_of_remarks_and_counts_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
