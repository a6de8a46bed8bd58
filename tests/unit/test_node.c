/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/node.h"

/* A chain of nodes, each the only child of the one before; "" is what a filter wraps. */
struct chain {
	struct hs_node nodes[8];
};

static const struct hs_node *
make_chain(struct chain *c, const char *const *names)
{
	size_t n = 0;

	*c = (struct chain){ 0 };
	for (; names[n]; n++) {
		c->nodes[n + 1].parent = &c->nodes[n];
		c->nodes[n].first_child = &c->nodes[n + 1];
		c->nodes[n + 1].name = hs_span_of(names[n]);
	}
	return &c->nodes[n];
}

static void
node_path_joins_members_and_sees_through_filters(void **state)
{
	static const struct {
		const char *names[6];
		const char *want;
	} rows[] = {
		{ { NULL }, "" },
		{ { "etc/motd", NULL }, "etc/motd" },
		{ { "layer[0]", "etc/motd", NULL }, "layer[0]!etc/motd" },
		{ { "x.gz", "", NULL }, "x.gz!" },
		{ { "x.gz", "", "m", NULL }, "x.gz!m" },
		{ { "x.gz", "", "", "m", "n", NULL }, "x.gz!!m!n" },
		{ { "", NULL }, "!" },
		{ { "", "", NULL }, "!!" },
		{ { "", "m", NULL }, "m" },
		{ { "", "m", "", "n", NULL }, "m!n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct chain c;

		assert_span(hs_node_path(&a, make_chain(&c, rows[i].names)), rows[i].want);
	}
}

static void
node_path_numbers_the_second_of_equal_keys(void **state)
{
	static const char *const names[] = { "a", "b", NULL };
	RELEASED struct hs_arena a = { 0 };
	struct chain c;
	const struct hs_node *last = make_chain(&c, names);

	(void)state;
	c.nodes[1].occurrence = 1;
	c.nodes[2].occurrence = 11;
	assert_span(hs_node_path(&a, last), "a#2!b#12");
}

static void
node_walk_visits_parents_before_children(void **state)
{
	struct hs_node root = { 0 }, a = { .parent = &root }, b = { .parent = &a },
		       d = { .parent = &root };

	(void)state;
	root.first_child = &a;
	a.first_child = &b;
	a.next = &d;
	assert_ptr_equal(hs_node_next(&root), &a);
	assert_ptr_equal(hs_node_next(&a), &b);
	assert_ptr_equal(hs_node_next(&b), &d);
	assert_null(hs_node_next(&d));
}

static void
node_notes_keep_their_order(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_node n = { 0 };

	(void)state;
	hs_node_note(&n, &a, (struct hs_note){ .code = "first", .next = n.notes });
	hs_node_note(&n, &a, (struct hs_note){ .code = "second", .damage = true });
	assert_string_equal(n.notes->code, "first");
	assert_string_equal(n.notes->next->code, "second");
	assert_null(n.notes->next->next);
	assert_string_equal(hs_status_name(HS_STATUS_ONLY_B), "only-b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(node_path_joins_members_and_sees_through_filters),
		cmocka_unit_test(node_path_numbers_the_second_of_equal_keys),
		cmocka_unit_test(node_walk_visits_parents_before_children),
		cmocka_unit_test(node_notes_keep_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
