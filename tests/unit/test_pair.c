/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/pair.h"

/* Two trees whose members are single words: the key, a "=", the content; one that begins with "?"
 * has no name of its own. */
struct fixture {
	struct hs_run run;
	struct hs_tree a, b;
	struct hs_arena arena;
	struct hs_pairing p;
};

static void
fill_tree(struct hs_tree *t, struct hs_run *run, const char *words)
{
	char *text, *save = NULL;
	struct hs_err err;

	hs_tree_init(t, run, hs_pool_main(run->pool), NULL);
	text = hs_arena_printf(&t->arena, "%s", words);
	for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		char *content = strchr(w, '=');
		struct hs_entry *e;

		if (content)
			*content++ = 0;
		assert_int_equal(hs_tree_add(&e, t, hs_span_of(w), &err), 0);
		e->bytes = hs_span_of(content ? content : "");
		e->size = e->bytes.len;
		e->unnamed = *w == '?';
	}
	hs_tree_finish(t);
}

static void
pair(struct fixture *f, const char *a, const char *b)
{
	*f = (struct fixture){ 0 };
	start_run(&f->run, 1);
	fill_tree(&f->a, &f->run, a);
	fill_tree(&f->b, &f->run, b);
	hs_pair_by_key(&f->p, &f->arena, &f->a, &f->b);
}

static void
pair_contents(struct fixture *f)
{
	const struct hs_sketch **sketches =
		hs_arena_array(&f->arena, f->p.n_pairs, sizeof(*sketches));

	for (size_t i = 0; i < f->p.n_pairs; i++) {
		const struct hs_pair *pr = &f->p.pairs[i];
		struct hs_sketch *s = hs_arena_alloc(&f->arena, sizeof(*s));

		if (!hs_pair_may_move(pr))
			continue;
		hs_sketch_make(s, &f->arena, pr->a ? pr->a->bytes : pr->b->bytes);
		sketches[i] = s;
	}
	hs_pair_by_content(&f->p, sketches);
}

/* "key-key" for each pair, "." for a side that is absent. */
static void
check_pairs(struct fixture *f, const char *want, bool reordered)
{
	const char *got = "";

	for (size_t i = 0; i < f->p.n_pairs; i++) {
		const struct hs_pair *pr = &f->p.pairs[i];

		got = hs_arena_printf(
			&f->arena, "%s%s%.*s-%.*s", got, i ? " " : "",
			pr->a ? (int)pr->a->key.len : 1, pr->a ? (const char *)pr->a->key.at : ".",
			pr->b ? (int)pr->b->key.len : 1, pr->b ? (const char *)pr->b->key.at : ".");
	}
	assert_string_equal(got, want);
	assert_int_equal(f->p.reordered, reordered);
	hs_tree_release(&f->a);
	hs_tree_release(&f->b);
	hs_arena_release(&f->arena);
	hs_run_release(&f->run);
}

static void
pair_by_key_finds_each_member_its_other_half(void **state)
{
	struct fixture f;

	(void)state;
	pair(&f, "", "");
	check_pairs(&f, "", false);
	pair(&f, "x y z", "x y z");
	check_pairs(&f, "x-x y-y z-z", false);
	pair(&f, "x y z", "x z w");
	check_pairs(&f, "x-x z-z y-. .-w", false);
	pair(&f, "x y z", "x z y");
	check_pairs(&f, "x-x y-y z-z", true);
	pair(&f, "x", "");
	check_pairs(&f, "x-.", false);
	pair(&f, "", "x y");
	check_pairs(&f, ".-x .-y", false);
}

static void
pair_by_key_matches_the_nth_of_equal_keys_with_the_nth(void **state)
{
	struct fixture f;

	(void)state;
	pair(&f, "x=1 x=2 y", "y x=1");
	check_pairs(&f, "x-x y-y x-.", true);
	pair(&f, "x=1 x=2", "x=1 x=2 x=3");
	assert_int_equal(f.p.pairs[2].b->occurrence, 2);
	check_pairs(&f, "x-x x-x .-x", false);
}

static void
pair_by_content_finds_moves_by_digest(void **state)
{
	struct fixture f;

	(void)state;
	pair(&f, "old=same k=1", "k=1 new=same");
	pair_contents(&f);
	assert_int_equal(f.p.pairs[1].similarity, 0);
	check_pairs(&f, "k-k old-new", false);
	/* Empty files are all alike and none of them moved. */
	pair(&f, "old", "new");
	pair_contents(&f);
	check_pairs(&f, "old-. .-new", false);
	/* Two equal files that moved keep their order. */
	pair(&f, "a1=s a2=s", "b1=s b2=s");
	pair_contents(&f);
	check_pairs(&f, "a1-b1 a2-b2", false);
	pair(&f, "a1=s x=t a2=s a3=s", "b1=s y=t b2=s");
	pair_contents(&f);
	check_pairs(&f, "a1-b1 x-y a2-b2 a3-.", false);
}

/* Many equal files that moved together: each still finds one of its kind. */
static void
pair_by_content_finds_moves_among_many_equal_files(void **state)
{
	RELEASED struct hs_arena words = { 0 };
	const char *a = "", *b = "";
	struct fixture f;

	(void)state;
	for (int i = 0; i < 200; i++) {
		a = hs_arena_printf(&words, "%s a%d=same", a, i);
		b = hs_arena_printf(&words, "%s b%d=same", b, i);
	}
	pair(&f, a, b);
	pair_contents(&f);
	assert_int_equal(f.p.n_pairs, 200);
	for (size_t i = 0; i < f.p.n_pairs; i++) {
		assert_non_null(f.p.pairs[i].a);
		assert_non_null(f.p.pairs[i].b);
	}
	hs_tree_release(&f.a);
	hs_tree_release(&f.b);
	hs_arena_release(&f.arena);
	hs_run_release(&f.run);
}

static void
pair_by_content_finds_renames_by_similarity(void **state)
{
	static char a[20000], b[20000];
	struct fixture f;
	uint32_t seed = 7;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(a); i++) {
		seed = seed * 1664525 + 1013904223;
		a[i] = (char)('a' + (seed >> 24) % 26);
	}
	memcpy(b, a, sizeof(a));
	memcpy(b + 9000, "changed", 7);
	pair(&f, "x=other", "y=thing");
	f.a.entries[0].bytes = hs_span_of(a);
	f.b.entries[0].bytes = hs_span_of(b);
	pair_contents(&f);
	assert_int_equal(f.p.n_pairs, 1);
	assert_in_range(f.p.pairs[0].similarity, 80, 99);
	check_pairs(&f, "x-y", false);
	pair(&f, "x=nothing", "y=common");
	pair_contents(&f);
	check_pairs(&f, "x-. .-y", false);
}

/* What one that changed is called now is no matter: it stands between the same two. */
static void
pair_by_key_finds_unnamed_members_by_where_they_stand(void **state)
{
	struct fixture f;

	(void)state;
	pair(&f, "x ?1 y", "x ?2 y");
	check_pairs(&f, "x-x y-y ?1-?2", false);
	pair(&f, "x ?1 ?2 y ?3", "x ?4 ?5 y ?6");
	check_pairs(&f, "x-x y-y ?1-?4 ?2-?5 ?3-?6", false);
	/* One more on a side: only what is the same is sure. */
	pair(&f, "x ?1 ?2 y", "x ?1 ?3 ?4 ?2 y");
	check_pairs(&f, "x-x ?1-?1 ?2-?2 y-y .-?3 .-?4", false);
	pair(&f, "x ?1 y", "x ?3 ?4 y");
	check_pairs(&f, "x-x y-y ?1-. .-?3 .-?4", false);
	/* Many of one key are not counted through, but stay where they stand. */
	pair(&f, "?s ?s a ?s ?s b ?s", "?t ?s a ?s ?s b ?s");
	check_pairs(&f, "a-a b-b ?s-?t ?s-?s ?s-?s ?s-?s ?s-?s", false);
	/* What has a name is never taken for another. */
	pair(&f, "x n y", "x m y");
	check_pairs(&f, "x-x y-y n-. .-m", false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pair_by_key_finds_each_member_its_other_half),
		cmocka_unit_test(pair_by_key_finds_unnamed_members_by_where_they_stand),
		cmocka_unit_test(pair_by_key_matches_the_nth_of_equal_keys_with_the_nth),
		cmocka_unit_test(pair_by_content_finds_moves_by_digest),
		cmocka_unit_test(pair_by_content_finds_moves_among_many_equal_files),
		cmocka_unit_test(pair_by_content_finds_renames_by_similarity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
