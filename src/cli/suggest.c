/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/suggest.h"

#include <stdint.h>
#include <string.h>

/* Names of ours are shorter; what is longer is not a mistyped one of them. */
enum { LONGEST = 32 };

static size_t
least(size_t a, size_t b, size_t c)
{
	const size_t m = a < b ? a : b;

	return m < c ? m : c;
}

size_t
hs_edit_distance(const char *a, const char *b)
{
	const size_t n = strlen(a), m = strlen(b);
	size_t d[LONGEST + 1][LONGEST + 1];

	if (n > LONGEST || m > LONGEST)
		return SIZE_MAX;
	for (size_t i = 0; i <= n; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= m; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		for (size_t j = 1; j <= m; j++) {
			d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1,
			                d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    d[i - 2][j - 2] + 1 < d[i][j])
				d[i][j] = d[i - 2][j - 2] + 1;
		}
	}
	return d[n][m];
}

/* An abbreviation is as near as one wrong letter: it is refused, so it should at least be
 * explained. */
static size_t
distance_of(const char *typed, const char *name)
{
	const size_t len = strlen(typed);

	if (len >= 2 && strncmp(typed, name, len) == 0)
		return 1;
	return hs_edit_distance(typed, name);
}

void
hs_suggest_try(struct hs_suggest *s, const char *name)
{
	const size_t distance = distance_of(s->typed, name);

	/* A third of the letters may be wrong, one in any case: else everything resembles "ls". */
	if (distance > 1 && distance > strlen(name) / 3)
		return;
	if (strlen(name) <= distance)
		return;
	if (!s->best || distance < s->distance) {
		s->best = name;
		s->distance = distance;
	}
}
