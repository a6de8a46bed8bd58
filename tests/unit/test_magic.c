/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/magic.h"

static void
magic_names_what_nobody_claims(void **state)
{
	struct hs_pool *p = hs_pool_new(1);
	struct hs_worker *w = hs_pool_main(p);

	(void)state;
	assert_true(hs_span_starts(hs_magic_name(w, HS_SPAN("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
	                           HS_SPAN("PNG image data")));
	assert_true(hs_magic_name(w, (struct hs_span){ 0 }).len > 0);
	hs_pool_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(magic_names_what_nobody_claims) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
