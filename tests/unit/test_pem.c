/* SPDX-License-Identifier: Apache-2.0 */
#include "core/pem.h"

#include "unit.h"

#include <stdlib.h>

#define BLOCK(label) "-----BEGIN " label "-----\nMIIB\n-----END " label "-----\n"

static const char mixed[] = "subject=x\n"
			    "-----BEGIN CERTIFICATE-----\n"
			    "MIIB\n"
			    "-----END CERTIFICATE-----\n"
			    "text\r\n"
			    "-----BEGIN EC PRIVATE KEY-----  \r\n"
			    "AA==\r\n"
			    "-----END EC PRIVATE KEY-----\r\n"
			    "end";

static void
blocks_are_found_between_any_text(void **state)
{
	struct hs_span rest = hs_span_of(mixed);
	struct hs_pem_block b;

	(void)state;
	assert_true(hs_pem_next(&b, &rest));
	assert_span(b.label, "CERTIFICATE");
	assert_span(b.block, BLOCK("CERTIFICATE"));
	assert_true(b.ended);
	assert_true(hs_pem_next(&b, &rest));
	assert_span(b.label, "EC PRIVATE KEY");
	assert_true(b.ended);
	assert_span(rest, "end");
	assert_false(hs_pem_next(&b, &rest));
	assert_int_equal(rest.len, 0);
}

static void
a_block_without_its_end_ends_where_the_next_begins(void **state)
{
	struct hs_span rest = HS_SPAN(
		"-----BEGIN A-----\nxx\n-----END B-----\n" BLOCK("C") "-----BEGIN D-----\nyy");
	struct hs_pem_block b;

	(void)state;
	assert_true(hs_pem_next(&b, &rest));
	assert_span(b.block, "-----BEGIN A-----\nxx\n-----END B-----\n");
	assert_false(b.ended);
	assert_true(hs_pem_next(&b, &rest));
	assert_span(b.label, "C");
	assert_true(b.ended);
	assert_true(hs_pem_next(&b, &rest));
	assert_span(b.block, "-----BEGIN D-----\nyy");
	assert_false(b.ended);
	assert_false(hs_pem_next(&b, &rest));
}

static void
lines_that_only_look_like_it_are_none(void **state)
{
	static const char *const texts[] = {
		"",
		"-----BEGIN",
		"-----BEGIN -----",
		"-----BEGIN X----",
		" -----BEGIN X-----",
		"-----END X-----\n",
		"----BEGIN X-----",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const struct hs_span text = hs_span_of(texts[i]);
		const struct hs_span copy = exact_copy(text, text.len);
		struct hs_span rest = copy;
		struct hs_pem_block b;

		assert_int_equal(hs_pem_next(&b, &rest), i == 2);
		free((void *)(uintptr_t)copy.at);
	}
}

static void
certificates_have_two_labels(void **state)
{
	(void)state;
	assert_true(hs_pem_is_certificate(HS_SPAN("CERTIFICATE")));
	assert_true(hs_pem_is_certificate(HS_SPAN("X509 CERTIFICATE")));
	assert_false(hs_pem_is_certificate(HS_SPAN("CERTIFICATE REQUEST")));
	assert_false(hs_pem_is_certificate(HS_SPAN("TRUSTED CERTIFICATE")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_found_between_any_text),
		cmocka_unit_test(a_block_without_its_end_ends_where_the_next_begins),
		cmocka_unit_test(lines_that_only_look_like_it_are_none),
		cmocka_unit_test(certificates_have_two_labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
