/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_stream.h"
#include "compared.h"
#include "engine/engine.h"

#include <stdlib.h>

static struct hs_span
gz(struct hs_arena *a, struct hs_span plain)
{
	return build_stream(a, HS_CODEC_GZIP, plain);
}

static void
content_of_texts_is_shown_as_text_and_the_rest_in_hex(void **state)
{
	(void)state;
	check_compared(HS_SPAN("hello\n"), HS_SPAN("world\n"), "content  [text text] text\n");
	check_compared(HS_SPAN("\0\1\2"), HS_SPAN("\0\1\3"), "content  [ ] hex\n");
	check_compared(HS_SPAN("text\n"), HS_SPAN("\0\1\3"),
	               "content  [text ] format:text>data; hex\n");
	check_compared(HS_SPAN(""), HS_SPAN("text\n"),
	               "content  [empty text] format:empty>text; text\n");
}

static void
content_of_documents_is_told_by_field_and_by_how_it_is_written(void **state)
{
	const struct hs_span json = HS_SPAN("{\"b\":1,\"a\":[1,2]}");

	(void)state;
	check_compared(json, HS_SPAN("{\"b\":2,\"a\":[1,2]}"),
	               "content  [json json] .b:1>2; text\n");
	check_compared(json, HS_SPAN("{\"a\":[1,2],\"b\":1}"),
	               "content  [json json] {order-only} text\n");
	check_compared(json, HS_SPAN("{\"b\": 1, \"a\": [1,2]}"),
	               "content  [json json] {whitespace-only} text\n");
	check_compared(json, HS_SPAN("{\"a\": [1,2], \"b\": 1}"),
	               "content  [json json] {order-only} text\n");
	check_compared(json, HS_SPAN("{\"\\u0062\":1,\"a\":[1,2]}"),
	               "content  [json json] {escapes-only} text\n");
	check_compared(HS_SPAN("one\ntwo\n"), HS_SPAN("two\none\n"),
	               "content  [text text] {line-order-only} text\n");
}

static void
content_that_nobody_claims_is_called_what_libmagic_calls_it(void **state)
{
	struct compared c;

	(void)state;
	compared_init(&c, HS_SPAN("fLaC\0\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x42\xf0"),
	              HS_SPAN("\0\1\2"), NULL, NULL);
	assert_string_equal(c.report.root->a.looks_like, "FLAC audio bitstream data");
	assert_null(c.report.root->b.looks_like);
	compared_release(&c);
}

static void
content_compressed_on_one_side_only_is_seen_through(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span x = HS_SPAN("one\n"), y = HS_SPAN("two\n");

	(void)state;
	check_compared(gz(&a, x), x, "content  [gzip text] {compression} {compression-only}\n");
	check_compared(x, gz(&a, gz(&a, x)),
	               "content  [text gzip] {compression} {compression} {compression-only}\n");
	check_compared(gz(&a, x), y, "content  [gzip text] {compression} text\n");
}

static void
content_of_a_filter_is_a_node_of_its_own(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_compared(gz(&a, cpio_of(&a, "m=1")), gz(&a, cpio_of(&a, "m=2")),
	               "content  [gzip gzip]\n"
	               "content ! [cpio cpio]\n"
	               "content m [text text] text\n");
	check_compared(gz(&a, HS_SPAN("x")), build_stream(&a, HS_CODEC_XZ, HS_SPAN("x")),
	               "content  [gzip xz] format:gzip>xz; {compression-only}\n");
}

static void
content_nested_too_deep_is_a_limit_with_a_name(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_limits limits = {
		.max_depth = 3, .max_size = 1 << 20, .max_members = 10, .max_ratio = 100
	};
	struct hs_span x = HS_SPAN("x"), y = HS_SPAN("y");
	struct compared c;

	(void)state;
	for (int i = 0; i < 10; i++) {
		x = gz(&a, x);
		y = gz(&a, y);
	}
	compared_init(&c, x, y, NULL, &limits);
	assert_int_equal(c.report.exit_status, 3);
	assert_int_equal(c.report.n_reasons, 1);
	assert_string_equal(c.report.reasons[0], "limit");
	assert_non_null(strstr(compared_text(&c), "\ncontent !!! [ ] "));
	assert_non_null(strstr(compared_text(&c), " {*limit} hex\n"));
	compared_release(&c);
}

static void
content_that_is_damaged_is_compared_as_far_as_it_goes(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span whole = cpio_of(&a, "m=1 n=2 o=3"), other = cpio_of(&a, "m=2 n=2 o=3");
	struct compared c;

	(void)state;
	compared_init(&c, hs_span_head(whole, whole.len / 2), other, NULL, NULL);
	assert_int_equal(c.report.exit_status, 3);
	assert_non_null(strstr(compared_text(&c), "content m [text text] text\n"));
	assert_non_null(strstr(compared_text(&c), "{*damageda}"));
	compared_release(&c);
}

static void
content_is_compared_by_all_threads_when_it_is_large(void **state)
{
	const size_t size = 40 << 20;
	uint8_t *x = hs_alloc(size), *y = hs_alloc(size);
	struct hs_pool *p = hs_pool_new(3);

	(void)state;
	assert_true(hs_same_bytes(hs_pool_main(p), (struct hs_span){ x, size },
	                          (struct hs_span){ y, size }));
	y[size - 1] = 1;
	assert_false(hs_same_bytes(hs_pool_main(p), (struct hs_span){ x, size },
	                           (struct hs_span){ y, size }));
	assert_false(hs_same_bytes(hs_pool_main(p), (struct hs_span){ x, size },
	                           (struct hs_span){ x, size - 1 }));
	hs_pool_free(p);
	free(x);
	free(y);
}

/* As skopeo turns a Docker configuration into an OCI one; and what no tool does by itself. */
static void
content_tells_re_serialised_configs_from_changed_ones(void **state)
{
	static const struct {
		const char *a, *b, *want;
	} rows[] = {
		{ "{\"container\":\"c\",\"config\":{\"User\":\"u\",\"Env\":null},\"os\":\"x\"}",
		  "{\"os\": \"x\", \"config\": {\"User\": \"u\"}}",
		  "content  [image-config image-config] .config.Env:null>-; .container:c>-; "
		  "{re-serialised} text\n" },
		{ "{\"os\":\"x\",\"config\":{}}", "{\"config\":{},\"os\":\"x\"}",
		  "content  [image-config image-config] {re-serialised} text\n" },
		{ "{\"config\":{\"User\":\"u\"},\"os\":\"x\"}",
		  "{\"config\":{\"User\":\"v\"},\"os\":\"x\"}",
		  "content  [image-config image-config] user:u>v; text\n" },
		{ "{\"config\":{\"Env\":[\"A=1\",\"B=2\"]},\"os\":\"x\"}",
		  "{\"config\":{\"Env\":[\"B=2\",\"A=1\"]},\"os\":\"x\"}",
		  "content  [image-config image-config] {order-only} text\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_compared(hs_span_of(rows[i].a), hs_span_of(rows[i].b), rows[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(content_tells_re_serialised_configs_from_changed_ones),
		cmocka_unit_test(content_of_texts_is_shown_as_text_and_the_rest_in_hex),
		cmocka_unit_test(content_of_documents_is_told_by_field_and_by_how_it_is_written),
		cmocka_unit_test(content_that_nobody_claims_is_called_what_libmagic_calls_it),
		cmocka_unit_test(content_compressed_on_one_side_only_is_seen_through),
		cmocka_unit_test(content_of_a_filter_is_a_node_of_its_own),
		cmocka_unit_test(content_nested_too_deep_is_a_limit_with_a_name),
		cmocka_unit_test(content_that_is_damaged_is_compared_as_far_as_it_goes),
		cmocka_unit_test(content_is_compared_by_all_threads_when_it_is_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
