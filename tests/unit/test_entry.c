/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_cpio.h"
#include "compared.h"

static struct hs_span
cpio_with(struct hs_arena *a, const struct build_cpio_member *m)
{
	struct build_cpio b = { .out.arena = a, .dialect = HS_CPIO_NEWC };

	build_cpio_add(&b, m);
	build_cpio_end(&b);
	return b.out.bytes;
}

static void
entry_with_other_metadata_says_which(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct build_cpio_member x = { .name = "f", .mode = 0100644, .nlink = 1 };
	struct build_cpio_member y = x;

	(void)state;
	y.mode = 0104755;
	y.mtime = 60;
	check_compared(cpio_with(&a, &x), cpio_with(&a, &y),
	               "content  [cpio cpio]\n"
	               "metadata f [ ] mode:0644>4755;"
	               " mtime:1970-01-01T00:00:00Z>1970-01-01T00:01:00Z;\n");
}

/* Either side may write the name otherwise than its key; both are told, once. */
static void
entry_with_a_name_stored_otherwise_says_both(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct build_cpio_member x = { .name = "f", .mode = 0100644, .nlink = 1 };
	const struct build_cpio_member y = { .name = "./f", .mode = 0100644, .nlink = 1 };

	(void)state;
	check_compared(cpio_with(&a, &x), cpio_with(&a, &y),
	               "content  [cpio cpio]\nmetadata f [ ] stored name:f>./f;\n");
	check_compared(cpio_with(&a, &y), cpio_with(&a, &x),
	               "content  [cpio cpio]\nmetadata f [ ] stored name:./f>f;\n");
}

static void
entry_of_one_side_says_all_and_shows_its_content(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct compared c;
	const struct hs_node *n;

	(void)state;
	compared_init(&c, cpio_of(&a, "x=1"), cpio_of(&a, "x=1 y=text"), NULL, NULL);
	n = c.report.root->first_child;
	assert_int_equal(n->status, HS_STATUS_ONLY_B);
	assert_string_equal(n->b.format, "text");
	assert_int_equal(n->view, HS_VIEW_TEXT);
	assert_span(n->b.content.bytes, "text");
	assert_true(n->b.has_sha256);
	assert_false(n->a.present);
	assert_true(n->changes.n > 4);
	assert_false(n->changes.first->has_a);
	compared_release(&c);
}

static void
entry_of_another_kind_differs_in_type_and_content(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct build_cpio_member file = {
		.name = "f", .mode = 0100777, .nlink = 1, .data = HS_SPAN("../t")
	};
	struct build_cpio_member link = file;
	struct compared c;

	(void)state;
	link.mode = 0120777;
	compared_init(&c, cpio_with(&a, &file), cpio_with(&a, &link), NULL, NULL);
	assert_int_equal(c.report.root->first_child->status, HS_STATUS_CONTENT);
	assert_string_equal(c.report.root->first_child->changes.first->field, "type");
	compared_release(&c);
}

static void
entry_mirrors_when_the_sides_are_swapped(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = cpio_of(&a, "same=s only-x=1 both=1 d/=");
	const struct hs_span y = cpio_of(&a, "same=s both=2 only-y=22");
	struct compared ab, ba;
	const struct hs_node *n, *m;

	(void)state;
	compared_init(&ab, x, y, NULL, NULL);
	compared_init(&ba, y, x, NULL, NULL);
	assert_int_equal(ab.report.summary.only_a, ba.report.summary.only_b);
	assert_int_equal(ab.report.summary.content, ba.report.summary.content);
	for (n = ab.report.root, m = ba.report.root; n && m;
	     n = hs_node_next(n), m = hs_node_next(m)) {
		assert_true(hs_span_equal(n->name, m->name));
		assert_int_equal(n->a.present, m->b.present);
		assert_int_equal(n->changes.n, m->changes.n);
	}
	assert_ptr_equal(n, m);
	compared_release(&ab);
	compared_release(&ba);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entry_with_other_metadata_says_which),
		cmocka_unit_test(entry_with_a_name_stored_otherwise_says_both),
		cmocka_unit_test(entry_of_one_side_says_all_and_shows_its_content),
		cmocka_unit_test(entry_of_another_kind_differs_in_type_and_content),
		cmocka_unit_test(entry_mirrors_when_the_sides_are_swapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
