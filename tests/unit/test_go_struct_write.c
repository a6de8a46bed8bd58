/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "golang/go_struct.h"

static const struct hs_go_field inner[] = {
	{ "n", HS_GO_INT, false, NULL },
	{ 0 },
};

#define FIELDS(omitempty)                                                                          \
	{ "b", HS_GO_BOOL, omitempty, NULL }, { "i", HS_GO_INT, omitempty, NULL },                 \
		{ "pi", HS_GO_INT_POINTER, omitempty, NULL },                                      \
		{ "t", HS_GO_TEXT, omitempty, NULL }, { "l", HS_GO_TEXTS, omitempty, NULL },       \
		{ "w", HS_GO_WORDS, omitempty, NULL }, { "s", HS_GO_SET, omitempty, NULL },        \
		{ "m", HS_GO_MAP, omitempty, NULL }, { "st", HS_GO_STRUCT, omitempty, inner },     \
		{ "p", HS_GO_POINTER, omitempty, inner },                                          \
		{ "ss", HS_GO_STRUCTS, omitempty, inner },                                         \
		{ "time", HS_GO_TIME, omitempty, NULL },                                           \
		{ "ptime", HS_GO_TIME_POINTER, omitempty, NULL },                                  \
	{                                                                                          \
		0                                                                                  \
	}

static const struct hs_go_field full[] = { FIELDS(false) };
static const struct hs_go_field scarce[] = { FIELDS(true) };

static const char *
written(struct hs_arena *a, const struct hs_go_object *o)
{
	struct hs_go_text t = { 0 };

	hs_go_object_write(&t, o);
	return (const char *)hs_go_text_take(&t, a).at;
}

static void
go_struct_writes_what_nothing_was_put_into(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(written(&a, hs_go_object_new(&a, full)),
	                    "{\"b\":false,\"i\":0,\"pi\":null,\"t\":\"\",\"l\":null,\"w\":null,"
	                    "\"s\":null,\"m\":null,\"st\":{\"n\":0},\"p\":null,\"ss\":null,"
	                    "\"time\":\"0001-01-01T00:00:00Z\",\"ptime\":null}");
	/* A structure and a time are never empty to Go. */
	assert_string_equal(written(&a, hs_go_object_new(&a, scarce)),
	                    "{\"st\":{\"n\":0},\"time\":\"0001-01-01T00:00:00Z\"}");
}

static void
go_struct_leaves_out_what_is_empty_but_not_nil(void **state)
{
	static const char *const names[] = { "l", "w", "s", "m", "ss" };
	RELEASED struct hs_arena a = { 0 };
	struct hs_go_object *o = hs_go_object_new(&a, scarce), *p = hs_go_object_new(&a, full);

	(void)state;
	for (size_t i = 0; i < 5; i++)
		hs_go_cell(o, names[i])->there = hs_go_cell(p, names[i])->there = true;
	assert_string_equal(written(&a, o), "{\"st\":{\"n\":0},\"time\":\"0001-01-01T00:00:00Z\"}");
	assert_string_equal(written(&a, p),
	                    "{\"b\":false,\"i\":0,\"pi\":null,\"t\":\"\",\"l\":[],\"w\":[],"
	                    "\"s\":{},\"m\":{},\"st\":{\"n\":0},\"p\":null,\"ss\":[],"
	                    "\"time\":\"0001-01-01T00:00:00Z\",\"ptime\":null}");
}

static void
go_struct_sorts_maps_by_bytes(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_go_cell c = { 0 };
	struct hs_go_text t = { 0 };

	(void)state;
	hs_go_cell_add(&c, &a, (struct hs_go_item){ HS_SPAN("b"), HS_SPAN("1") });
	hs_go_cell_add(&c, &a, (struct hs_go_item){ HS_SPAN("\xc3\xa9"), HS_SPAN("2") });
	hs_go_cell_add(&c, &a, (struct hs_go_item){ HS_SPAN("B<"), HS_SPAN("3") });
	hs_go_cell_add(&c, &a, (struct hs_go_item){ HS_SPAN("b"), HS_SPAN("4") });
	hs_go_cell_add(&c, &a, (struct hs_go_item){ HS_SPAN(""), HS_SPAN("5") });
	hs_go_put_map(&t, &c, HS_GO_MAP);
	assert_span(hs_go_text_take(&t, &a),
	            "{\"\":\"5\",\"B\\u003c\":\"3\",\"b\":\"4\",\"\xc3\xa9\":\"2\"}");
	hs_go_put_map(&t, &c, HS_GO_RAWS);
	assert_span(hs_go_text_take(&t, &a), "{\"\":5,\"B\\u003c\":3,\"b\":4,\"\xc3\xa9\":2}");
	hs_go_put_map(&t, &c, HS_GO_SET);
	assert_span(hs_go_text_take(&t, &a), "{\"\":{},\"B\\u003c\":{},\"b\":{},\"\xc3\xa9\":{}}");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(go_struct_writes_what_nothing_was_put_into),
		cmocka_unit_test(go_struct_leaves_out_what_is_empty_but_not_nil),
		cmocka_unit_test(go_struct_sorts_maps_by_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
