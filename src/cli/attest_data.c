/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/attest_data.h"

#include <errno.h>
#include <stdio.h>

int
hs_attest_data_file(struct hs_span *out, struct hs_arena *a, const char *file, struct hs_err *err)
{
	uint8_t *const bytes = hs_arena_alloc(a, HS_ATTEST_DATA + 1);
	FILE *const in = fopen(file, "re");
	int rc = 0;

	if (!in) {
		hs_fail_errno(err, errno, "it cannot be opened");
		return hs_fail_in_span(err, hs_span_of(file));
	}
	*out = (struct hs_span){ bytes, fread(bytes, 1, HS_ATTEST_DATA + 1, in) };
	if (ferror(in))
		rc = hs_fail_errno(err, errno, "it cannot be read");
	else if (out->len > HS_ATTEST_DATA)
		rc = hs_fail(err, HS_EUSAGE, "it has more than the %d bytes that a document holds",
		             HS_ATTEST_DATA);
	fclose(in);
	return rc < 0 ? hs_fail_in_span(err, hs_span_of(file)) : 0;
}

static int
digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int
hs_attest_data(struct hs_span *out, struct hs_arena *a, const char *arg, struct hs_err *err)
{
	const size_t n = strlen(arg);
	uint8_t *bytes;

	if (*arg == '@')
		return hs_attest_data_file(out, a, arg + 1, err);
	if (n / 2 > HS_ATTEST_DATA)
		return hs_fail(err, HS_EUSAGE,
		               "%zu hex digits are more than the %d bytes that a document holds", n,
		               HS_ATTEST_DATA);
	bytes = hs_arena_alloc(a, n / 2 + 1);
	for (size_t i = 0; i < n; i++) {
		const int digit = digit_of(arg[i]);

		if (digit < 0)
			return hs_fail(err, HS_EUSAGE,
			               "character %zu is no hex digit; a file is @FILE", i + 1);
		bytes[i / 2] = (uint8_t)(bytes[i / 2] << 4 | digit);
	}
	if (n % 2)
		return hs_fail(err, HS_EUSAGE, "%zu hex digits are no whole number of bytes", n);
	*out = (struct hs_span){ bytes, n / 2 };
	return 0;
}
