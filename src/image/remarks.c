/* SPDX-License-Identifier: Apache-2.0 */
#include "image/remarks.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHOWN = 8, LONGEST = 600 };

static void
add(struct hs_remarks *r, struct hs_arena *a, const char *text)
{
	if (r->n++ >= SHOWN)
		return;
	r->text = r->text ? hs_arena_printf(a, "%s; %s", r->text, text)
	                  : hs_arena_printf(a, "%s", text);
}

void
hs_remarks_add(struct hs_remarks *r, struct hs_arena *a, bool damage, const char *fmt, ...)
{
	char text[LONGEST];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	r->damaged |= damage;
	add(r, a, text);
}

void
hs_remarks_join(struct hs_remarks *r, struct hs_arena *a, const struct hs_remarks *from)
{
	const char *text = hs_remarks_text(from, a);

	if (text)
		add(r, a, text);
	r->damaged |= from->damaged;
}

const char *
hs_remarks_text(const struct hs_remarks *r, struct hs_arena *a)
{
	if (r->n <= SHOWN)
		return r->text;
	return hs_arena_printf(a, "%s; and %u more of the kind", r->text, r->n - SHOWN);
}
