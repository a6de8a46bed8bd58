/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/size.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char units[] = "KMGTP";

/* Reads digits up to the first other character, which *end gets; false for none or too many. */
static bool
take_digits(uint64_t *out, const char **end, const char *text)
{
	uint64_t n = 0;

	if (*text < '0' || *text > '9')
		return false;
	for (; *text >= '0' && *text <= '9'; text++) {
		const unsigned digit = (unsigned)(*text - '0');

		if (n > (UINT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	*end = text;
	return true;
}

bool
hs_number_parse(uint64_t *out, const char *text)
{
	const char *end;
	uint64_t n;

	if (!take_digits(&n, &end, text) || *end)
		return false;
	*out = n;
	return true;
}

bool
hs_size_parse(uint64_t *out, const char *text)
{
	const char *end;
	uint64_t n;

	if (!take_digits(&n, &end, text))
		return false;
	if (*end) {
		const char upper = *end >= 'a' ? (char)(*end - 'a' + 'A') : *end;
		const char *unit = strchr(units, upper);
		unsigned shift;

		if (!unit || (end[1] && strcmp(end + 1, "iB") != 0))
			return false;
		shift = 10 * (unsigned)(unit - units + 1);
		if (n > UINT64_MAX >> shift)
			return false;
		n <<= shift;
	}
	*out = n;
	return true;
}

void
hs_size_print(char *out, size_t size, uint64_t bytes)
{
	size_t unit = 0;

	while (bytes > 0 && bytes % 1024 == 0 && unit + 1 < sizeof(units)) {
		bytes /= 1024;
		unit++;
	}
	if (unit == 0)
		snprintf(out, size, "%" PRIu64, bytes);
	else
		snprintf(out, size, "%" PRIu64 "%c", bytes, units[unit - 1]);
}

void
hs_size_show(char *out, size_t size, uint64_t bytes)
{
	double n = (double)bytes;
	size_t unit = 0;

	/* 1023.95 and more would be shown as 1024.0 of the smaller unit. */
	while ((unit == 0 ? bytes >= 1024 : n >= 1023.95) && unit + 1 < sizeof(units)) {
		n /= 1024;
		unit++;
	}
	if (unit == 0)
		snprintf(out, size, "%" PRIu64 " B", bytes);
	else
		snprintf(out, size, "%.1f %ciB", n, units[unit - 1]);
}

bool
hs_seconds_parse(double *out, const char *text)
{
	char *end;
	double n;

	if ((*text < '0' || *text > '9') && *text != '.')
		return false;
	if (strspn(text, "0123456789.") != strlen(text))
		return false;
	n = strtod(text, &end);
	if (*end || n > 1e9)
		return false;
	*out = n;
	return true;
}
