/* SPDX-License-Identifier: Apache-2.0 */
#include "core/facts.h"

#include "core/escape.h"
#include "core/hash.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* A value up to this is shown; a longer one is said as its length and digest. */
enum { LONG_VALUE = 4096 };

void
hs_say(struct hs_facts *f, const char *field, struct hs_span value)
{
	struct hs_fact *fact = hs_arena_alloc(f->arena, sizeof(*fact));

	*fact = (struct hs_fact){
		.field = field,
		.value = value,
		.of_format = f->of_format,
		.of_members = f->of_members,
		.of_origin = f->of_origin,
		.detail = f->detail,
	};
	if (f->last)
		f->last->next = fact;
	else
		f->first = fact;
	f->last = fact;
	f->n++;
}

void
hs_say_word(struct hs_facts *f, const char *field, const char *value)
{
	hs_say(f, field, hs_span_of(value));
}

void
hs_say_u64(struct hs_facts *f, const char *field, uint64_t value)
{
	hs_say(f, field, hs_arena_span(f->arena, "%" PRIu64, value));
}

void
hs_say_i64(struct hs_facts *f, const char *field, int64_t value)
{
	hs_say(f, field, hs_arena_span(f->arena, "%" PRId64, value));
}

void
hs_say_hex(struct hs_facts *f, const char *field, uint64_t value)
{
	hs_say(f, field, hs_arena_span(f->arena, "0x%" PRIx64, value));
}

void
hs_say_digest(struct hs_facts *f, const char *field, struct hs_span value)
{
	const struct hs_sha256 digest = hs_sha256(value);
	char hex[HS_SHA256_HEX];

	hs_sayf(f, field, "sha256:%s, %zu bytes", hs_sha256_hex(hex, &digest), value.len);
}

void
hs_say_value(struct hs_facts *f, const char *field, struct hs_span value)
{
	if (value.len > LONG_VALUE)
		hs_say_digest(f, field, value);
	else
		hs_say(f, field, value);
}

void
hs_sayf(struct hs_facts *f, const char *field, const char *fmt, ...)
{
	char text[LONG_VALUE];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	if (n >= (int)sizeof(text))
		n = (int)sizeof(text) - 1;
	hs_say(f, field,
	       hs_arena_copy(f->arena, (struct hs_span){ (const uint8_t *)text, (size_t)n }));
}

void
hs_say_time(struct hs_facts *f, const char *field, int64_t sec, uint32_t nsec, unsigned digits)
{
	const time_t when = (time_t)sec;
	char fraction[16] = "";
	struct tm tm;

	if (digits > 0) {
		snprintf(fraction, sizeof(fraction), ".%09" PRIu32, nsec % 1000000000);
		fraction[(digits > 9 ? 9 : digits) + 1] = 0;
	}
	/* A year that gmtime cannot say, or RFC 3339 cannot write, is said in seconds. */
	if (!gmtime_r(&when, &tm) || tm.tm_year + 1900 < 0 || tm.tm_year + 1900 > 9999) {
		hs_sayf(f, field, "@%" PRId64 "%s", sec, fraction);
		return;
	}
	hs_sayf(f, field, "%04d-%02d-%02dT%02d:%02d:%02d%sZ", tm.tm_year + 1900, tm.tm_mon + 1,
	        tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, fraction);
}

const struct hs_fact *
hs_facts_find(const struct hs_facts *f, const char *field)
{
	for (const struct hs_fact *p = f->first; p; p = p->next)
		if (strcmp(p->field, field) == 0)
			return p;
	return NULL;
}

const char *
hs_facts_text(const struct hs_facts *f)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	const char *kept;

	if (!out)
		hs_die_out_of_memory();
	for (const struct hs_fact *p = f->first; p; p = p->next) {
		hs_escape_write(out, hs_span_of(p->field));
		fputs(": ", out);
		hs_escape_write(out, p->value);
		fputc('\n', out);
	}
	if (fclose(out) != 0)
		hs_die_out_of_memory();
	kept = (const char *)hs_arena_copy(f->arena, (struct hs_span){ (uint8_t *)text, len }).at;
	free(text);
	return kept;
}
