/* SPDX-License-Identifier: Apache-2.0 */
#include "check_text.h"
#include "compared.h"
#include "unit.h"

static const struct hs_note *
note(const struct compared *c, const char *code)
{
	const struct hs_note *n = c->report.root->notes;

	while (n && strcmp(n->code, code) != 0)
		n = n->next;
	return n;
}

static void
lists_are_counted(void **state)
{
	struct compared c;

	(void)state;
	compared_init(&c,
	              HS_SPAN("Package: x\nStatus: s\nVersion: 1\n\nPackage: y\nVersion: 1\n\n"
	                      "Package: z\nVersion: 1\n"),
	              HS_SPAN("Package: x\nStatus: s\nVersion: 2\n\nPackage: z\nVersion: 1\n\n"
	                      "Package: a\nVersion: 1\n\nPackage: b\nVersion: 1\n"),
	              NULL, NULL);
	assert_non_null(note(&c, "listed"));
	assert_string_equal(note(&c, "listed")->text,
	                    "packages: 1 changed, 1 only in a, 2 only in b, 1 the same");
	compared_release(&c);
}

/* Of what only one side has, the fields are marked: not those of what both have. */
static void
lists_mark_fields_of_what_is_alone(void **state)
{
	struct compared c;
	size_t marked = 0, n = 0;

	(void)state;
	compared_init(&c,
	              HS_SPAN("Package: x\nStatus: s\nVersion: 1\nA: 1\n\nPackage: y\nVersion: "
	                      "1\nB: 1\n"),
	              HS_SPAN("Package: x\nStatus: s\nVersion: 1\n"), NULL, NULL);
	for (const struct hs_change *ch = c.report.root->changes.first; ch; ch = ch->next) {
		n++;
		marked += ch->follows;
		assert_int_equal(ch->follows, strcmp(ch->field, "y B") == 0);
	}
	assert_int_equal(n, 3);
	assert_int_equal(marked, 1);
	compared_release(&c);
}

static void
what_is_no_list_is_not_counted(void **state)
{
	struct compared c;

	(void)state;
	compared_init(&c, HS_SPAN("{\"package x\": 1}"), HS_SPAN("{\"package x\": 2}"), NULL, NULL);
	assert_null(note(&c, "listed"));
	compared_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_counted),
		cmocka_unit_test(lists_mark_fields_of_what_is_alone),
		cmocka_unit_test(what_is_no_list_is_not_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
