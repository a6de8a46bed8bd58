/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/attest_bytes.h"

#include "cli/output.h"

#include <errno.h>
#include <stdio.h>

static int
read_stream(struct hs_span *out, struct hs_arena *a, FILE *in, struct hs_err *err)
{
	uint8_t *at = hs_arena_alloc(a, HS_ATTEST_MAX_FIELD + 1);
	const size_t len = fread(at, 1, HS_ATTEST_MAX_FIELD + 1, in);

	if (ferror(in))
		return hs_fail_errno(err, errno, "it cannot be read");
	if (len > HS_ATTEST_MAX_FIELD)
		return hs_fail(err, HS_EUSAGE, "it has more than the %d bytes that a field can be",
		               HS_ATTEST_MAX_FIELD);
	*out = (struct hs_span){ at, len };
	return 0;
}

int
hs_attest_bytes_of_file(struct hs_span *out, struct hs_arena *a, const char *file,
                        struct hs_err *err)
{
	const bool standard = hs_output_is_standard(file);
	FILE *in = standard ? stdin : fopen(file, "re");
	int rc;

	if (!in) {
		hs_fail_errno(err, errno, "it cannot be opened");
		return hs_fail_in_span(err, hs_span_of(file));
	}
	rc = read_stream(out, a, in, err);
	if (!standard)
		fclose(in);
	return rc < 0 ? hs_fail_in_span(err, hs_span_of(file)) : 0;
}

/* The value of a hex digit; 16 for what is none. */
static unsigned
digit(char c)
{
	static const char digits[] = "0123456789abcdef", upper[] = "ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	if (at)
		return (unsigned)(at - digits);
	at = c ? strchr(upper, c) : NULL;
	return at ? 10 + (unsigned)(at - upper) : 16;
}

int
hs_attest_bytes_read(struct hs_span *out, struct hs_arena *a, const char *arg, struct hs_err *err)
{
	const size_t len = strlen(arg) / 2;
	uint8_t *at;

	if (*arg == '@')
		return hs_attest_bytes_of_file(out, a, arg + 1, err);
	for (const char *c = arg; *c; c++)
		if (digit(*c) > 15)
			return hs_fail(err, HS_EUSAGE,
			               "it is no hex, and a file is named with @ before it");
	if (strlen(arg) % 2)
		return hs_fail(err, HS_EUSAGE, "a hex digit is missing: there are %zu",
		               strlen(arg));
	if (len > HS_ATTEST_MAX_FIELD)
		return hs_fail(err, HS_EUSAGE,
		               "it is %zu bytes, more than the %d that a field can be", len,
		               HS_ATTEST_MAX_FIELD);
	at = hs_arena_alloc(a, len + 1);
	for (size_t i = 0; i < len; i++)
		at[i] = (uint8_t)(digit(arg[2 * i]) << 4 | digit(arg[2 * i + 1]));
	*out = (struct hs_span){ at, len };
	return 0;
}
