/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/text/json_render.h"

#include <stdlib.h>

static const char *
rendered(struct hs_arena *a, struct hs_span file)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct hs_err err;
	const char *kept;

	assert_int_equal(hs_json_render(out, file, &err), 0);
	fclose(out);
	kept = (const char *)hs_arena_copy(a, (struct hs_span){ (uint8_t *)text, len }).at;
	free(text);
	return kept;
}

static void
documents_of_one_content_render_alike(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *one = rendered(&a, HS_SPAN("{\"b\":[1.50,{}],\"a\":\"\\u00e9\\n\\u0001\"}"));

	(void)state;
	assert_string_equal(one, rendered(&a, HS_SPAN("{ \"a\": \"\xc3\xa9\\n\\u0001\",\n"
	                                              "\"b\": [1.50, {}] }\n")));
	assert_string_equal(one, "{\n  \"a\": \"\xc3\xa9\\n\\u0001\",\n  \"b\": [\n    1.50,\n"
	                         "    {}\n  ]\n}\n");
}

static void
what_is_no_json_is_not_rendered(void **state)
{
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_json_render(stdout, HS_SPAN("{"), &err), HS_ENOTMINE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_of_one_content_render_alike),
		cmocka_unit_test(what_is_no_json_is_not_rendered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
