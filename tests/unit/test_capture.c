/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/capture.h"
#include "core/limits.h"

#include <stdlib.h>

static void
capture_keeps_what_is_written(void **state)
{
	struct hs_capture c;
	FILE *out = hs_capture_open(&c);

	(void)state;
	for (int i = 0; i < 10000; i++)
		fprintf(out, "%d\n", i);
	assert_int_equal(fclose(out), 0);
	assert_false(c.full);
	assert_int_equal(c.len, 48890);
	assert_memory_equal(c.bytes + c.len - 5, "9999\n", 5);
	free(c.bytes);
}

static void
capture_refuses_what_is_too_much(void **state)
{
	static const char block[64 * 1024];
	struct hs_capture c;
	FILE *out = hs_capture_open(&c);

	(void)state;
	for (uint64_t i = 0; i <= HS_MAX_TEXT / sizeof(block); i++)
		fwrite(block, 1, sizeof(block), out);
	fflush(out);
	assert_true(ferror(out));
	fclose(out);
	assert_true(c.full);
	assert_in_range(c.len, 0, HS_MAX_TEXT);
	free(c.bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(capture_keeps_what_is_written),
		cmocka_unit_test(capture_refuses_what_is_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
