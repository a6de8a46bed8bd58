/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include <stdlib.h>

void
assert_span(struct hs_span got, const char *want)
{
	char *text = hs_alloc(got.len + 1);

	if (got.len)
		memcpy(text, got.at, got.len);
	assert_string_equal(text, want);
	assert_int_equal(got.len, strlen(want));
	free(text);
}

struct hs_span
exact_copy(struct hs_span s, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	if (len)
		memcpy(copy, s.at, len);
	return (struct hs_span){ copy, len };
}

void
start_run(struct hs_run *run, unsigned jobs)
{
	static const struct hs_limits limits = HS_LIMITS_DEFAULT;

	hs_run_init(run, &limits, jobs, NULL);
}
