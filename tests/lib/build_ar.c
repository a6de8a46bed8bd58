/* SPDX-License-Identifier: Apache-2.0 */
#include "build_ar.h"

#include <stdio.h>

void
hs_build_ar_begin(struct hs_build *b)
{
	hs_build_text(b, "!<arch>\n");
}

void
hs_build_ar_header(struct hs_build *b, const char *const fields[6])
{
	static const int width[6] = { 16, 12, 6, 6, 8, 10 };
	char text[32];

	for (size_t i = 0; i < 6; i++) {
		snprintf(text, sizeof(text), "%-*.*s", width[i], width[i], fields[i]);
		hs_build_text(b, text);
	}
	hs_build_text(b, "`\n");
}

void
hs_build_ar_member(struct hs_build *b, const char *name, struct hs_span data)
{
	char size[16];

	snprintf(size, sizeof(size), "%zu", data.len);
	hs_build_ar_header(b, (const char *const[6]){ name, "0", "0", "0", "100644", size });
	hs_build_put(b, data);
	if (b->len % 2)
		hs_build_text(b, "\n");
}
