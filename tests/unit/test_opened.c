/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_eif.h"
#include "build_tar.h"
#include "compared.h"

static void
opened_trees_of_two_formats_are_compared_member_by_member(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_build tar = { 0 };
	struct compared c;
	const struct hs_node *root;

	(void)state;
	hs_build_tar_file(&tar, "same", "s");
	hs_build_tar_file(&tar, "other", "1");
	hs_build_tar_end(&tar);
	compared_init(&c, cpio_of(&a, "same=s other=2"), hs_build_span(&tar), NULL, NULL);
	root = c.report.root;
	assert_string_equal(root->changes.first->field, "format");
	assert_int_equal(root->n_same, 1);
	assert_int_equal(root->n_children, 1);
	assert_span(root->first_child->name, "other");
	assert_int_equal(root->first_child->changes.n, 0);
	assert_string_equal(root->notes->code, "not-recorded");
	assert_non_null(strstr(root->notes->text, "tar records what cpio does not: uname, gname"));
	compared_release(&c);
	hs_build_release(&tar);
}

static void
opened_leaf_beside_a_tree_is_another_format_and_bytes(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_compared(cpio_of(&a, "m=1"), HS_SPAN("text\n"),
	               "content  [cpio text] format:cpio>text; hex\n");
}

static void
opened_for_inspection_says_all_of_the_one_side(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct compared c;

	(void)state;
	inspected_init(&c, cpio_of(&a, "m=1 n/"), NULL);
	assert_true(c.report.inspection);
	assert_int_equal(c.report.exit_status, 0);
	assert_int_equal(c.report.root->n_children, 2);
	assert_true(c.report.root->changes.n > 0);
	assert_string_equal(c.report.root->first_child->a.format, "text");
	assert_int_equal(c.report.root->first_child->status, HS_STATUS_SAME);
	compared_release(&c);
}

/* Of several, each with its own code; those that both sides make in the same words once. */
static void
opened_trees_say_all_their_notes(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span a = build_eif_usual(&arena, "x"), b = build_eif_usual(&arena, "y");
	const struct hs_note *n;
	struct compared c;

	(void)state;
	build_eif_patch(a, BUILD_EIF_RESERVED, 2, 1);
	build_eif_patch(a, BUILD_EIF_UNUSED, 4, 1);
	build_eif_sum(a);
	build_eif_patch(b, BUILD_EIF_RESERVED, 2, 1);
	build_eif_patch(b, BUILD_EIF_VERSION, 2, 9);
	build_eif_sum(b);
	compared_init(&c, a, b, NULL, NULL);
	n = c.report.root->notes;
	assert_string_equal(n->code, "eif-reserved");
	assert_int_equal(n->side, 0);
	n = n->next;
	assert_string_equal(n->code, "eif-unused");
	assert_int_equal(n->side, 'a');
	n = n->next;
	assert_string_equal(n->code, "eif-version");
	assert_int_equal(n->side, 'b');
	assert_null(n->next);
	compared_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opened_trees_of_two_formats_are_compared_member_by_member),
		cmocka_unit_test(opened_leaf_beside_a_tree_is_another_format_and_bytes),
		cmocka_unit_test(opened_for_inspection_says_all_of_the_one_side),
		cmocka_unit_test(opened_trees_say_all_their_notes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
