/* SPDX-License-Identifier: Apache-2.0 */
#include "check_leaf.h"
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

#include "core/limits.h"

static const struct hs_comparator *const row = &hs_comparator_xml;

static const char sample[] =
	"<?xml version=\"1.0\"?>\n<!DOCTYPE a>\n<a b=\"1\" c='2'>\n <!-- d --><e>t</e><e>u</e>\n"
	" <f id=\"x\" g=\"&lt;\"/>\n <f id=\"y\"><![CDATA[<]]><h/>&amp;</f>\n <?p q?>\n</a>\n";

static void
xml_wins_by_its_declaration_or_name(void **state)
{
	(void)state;
	assert_int_equal(row->bid(HS_SPAN("<?xml version='1.0'?><a/>")), 40);
	assert_int_equal(row->bid(HS_SPAN("\xef\xbb\xbf<?xml version='1.0'?><a/>")), 40);
	assert_int_equal(row->bid(HS_SPAN("<a/>")), 0);
	assert_int_equal(row->bid_named(HS_SPAN("<a/>"), HS_SPAN("x.svg")), 25);
	assert_int_equal(row->bid_named(HS_SPAN("a"), HS_SPAN("x.svg")), 0);
	assert_int_equal(row->bid_named(HS_SPAN("<a/>"), HS_SPAN("x.txt")), 0);
	if (HS_WITH_LIBXML2)
		check_leaf_wins(row, hs_span_of(sample), "");
}

static void
xml_says_elements_and_attributes(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	if (!HS_WITH_LIBXML2)
		skip();
	hs_check_has(leaf_of(&arena, row, sample),
	             "comment:  d \ndoctype: <!DOCTYPE a>\n/a/@b: 1\n/a/@c: 2\n"
	             "/a/e[]: t\n/a/e[]: u\n/a/f[@id=x]/@id: x\n/a/f[@id=x]/@g: <\n"
	             "/a/f[@id=y]/@id: y\n/a/f[@id=y]/text()[]: <\n"
	             "/a/f[@id=y]/text()[]: &\n/a/f[@id=y]/h: \n/a/?p: q\n(key order): sha256:");
}

static void
xml_tells_writing_from_values(void **state)
{
	static const struct {
		const char *a, *b, *want;
	} rows[] = {
		{ "<a b='1' c='2'/>", "<a c='2' b='1'/>", "(key order);" },
		{ "<a><b/><c/></a>", "<a>\n<b/>\n<c/></a>", "(formatting);" },
		{ "<a b='1'/>", "<a b=\"1\"/>", "(notation);" },
		{ "<a></a>", "<a/>", "(notation);" },
		{ "<a>&#65;</a>", "<a>A</a>", "(notation);" },
		{ "<a>1</a>", "<a>2</a>", "/a;" },
		{ "<a><b/><c/></a>", "<a><c/><b/></a>", "(key order);" },
		{ "<a><!--x--></a>", "<a><!--y--></a>", "comment;" },
	};

	(void)state;
	if (!HS_WITH_LIBXML2)
		skip();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts fa = { .arena = &arena }, fb = { .arena = &arena };
		struct hs_changes changes = { 0 };
		const char *out = "";
		struct hs_err err;

		assert_int_equal(row->describe(&fa, hs_span_of(rows[i].a), &err), 0);
		assert_int_equal(row->describe(&fb, hs_span_of(rows[i].b), &err), 0);
		hs_facts_diff(&changes, &arena, &fa, &fb, true);
		for (const struct hs_change *c = changes.first; c; c = c->next)
			out = hs_arena_printf(&arena, "%s%s;", out, c->field);
		assert_string_equal(out, rows[i].want);
	}
}

static void
xml_leaves_to_text_what_it_does_not_read(void **state)
{
	static const char *const rows[] = {
		"",
		"text",
		"<a>",
		"<a></b>",
		"<a b='1' b='2'/>",
		"<a>\xff</a>",
		"<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
		"<!DOCTYPE a [<!ENTITY x \"lol\"><!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>",
		"<!-- <!DOCTYPE > --><!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]><a>&x;</a>",
		"<a>&x;</a>",
	};
	char deep[3 * HS_MAX_JSON_DEPTH + 32];

	(void)state;
	for (size_t i = 0; i < sizeof(deep); i++)
		deep[i] = "<a>"[i % 3];
	deep[sizeof(deep) - 1] = 0;
	if (!HS_WITH_LIBXML2)
		skip();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		if (row->describe(&facts, hs_span_of(rows[i]), &err) != HS_ENOTMINE)
			fail_msg("%s is taken", rows[i]);
		assert_int_equal(row->describe(&facts, hs_span_of(deep), &err), HS_ENOTMINE);
	}
}

static void
xml_survives_truncations_and_changes(void **state)
{
	(void)state;
	check_leaf_truncations(row, hs_span_of(sample), sizeof(sample) - 2);
	check_leaf_survives(row, hs_span_of(sample));
	if (HS_WITH_LIBXML2)
		check_leaf_tells_every_byte(row, hs_span_of(sample), NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xml_wins_by_its_declaration_or_name),
		cmocka_unit_test(xml_says_elements_and_attributes),
		cmocka_unit_test(xml_tells_writing_from_values),
		cmocka_unit_test(xml_leaves_to_text_what_it_does_not_read),
		cmocka_unit_test(xml_survives_truncations_and_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
