/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/data/many_facts.h"

#include "core/escape.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { MAX_NAME = 200 };

void
hs_many_say(struct hs_many *m, const char *field, struct hs_span value)
{
	if (m->n++ < HS_MAX_DATA_FACTS) {
		hs_say_value(m->out, field, value);
		return;
	}
	if (m->n == HS_MAX_DATA_FACTS + 1)
		hs_sha256_init(&m->more);
	hs_sha256_update(&m->more, hs_span_of(field));
	hs_sha256_update(&m->more, HS_SPAN(": "));
	hs_sha256_update(&m->more, value);
	hs_sha256_update(&m->more, HS_SPAN("\n"));
}

void
hs_many_sayf(struct hs_many *m, const char *field, const char *fmt, ...)
{
	char text[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n > 0)
		hs_many_say(m, field, hs_arena_copy(m->out->arena, hs_span_of(text)));
}

void
hs_many_end(struct hs_many *m)
{
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	if (m->n <= HS_MAX_DATA_FACTS)
		return;
	hs_sha256_final(&m->more, &digest);
	hs_sayf(m->out, "(more)", "%" PRIu64 ", sha256:%s", m->n - HS_MAX_DATA_FACTS,
	        hs_sha256_hex(hex, &digest));
}

const char *
hs_many_field(struct hs_arena *a, const char *kind, struct hs_span name)
{
	const struct hs_span shown = hs_escape(a, hs_span_head(name, MAX_NAME));
	const char *const gap = *kind && name.len ? " " : "";
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	if (name.len <= MAX_NAME)
		return hs_arena_printf(a, "%s%s%.*s", kind, gap, (int)shown.len,
		                       (const char *)shown.at);
	digest = hs_sha256(name);
	return hs_arena_printf(a, "%s%s%.*s... (sha256:%s)", kind, gap, (int)shown.len,
	                       (const char *)shown.at, hs_sha256_hex(hex, &digest));
}

const char *
hs_many_time(struct hs_arena *a, int64_t sec)
{
	struct hs_facts said = { .arena = a };

	hs_say_time(&said, "", sec, 0, 0);
	return (const char *)hs_arena_copy(a, said.first->value).at;
}
