/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/text.h"

#include "core/escape.h"

#include <inttypes.h>

enum {
	HEAD = 60,
	WINDOW_BEFORE = 20, /* of what tells two long values apart */
	WINDOW = 80,
	TAIL = 40,
};

static const char *const sgr[] = {
	[HS_TEXT_PLAIN] = NULL,        [HS_TEXT_SAME] = "1;32",   [HS_TEXT_DIFFERENT] = "1;31",
	[HS_TEXT_INCOMPLETE] = "1;33", [HS_TEXT_A] = "31",        [HS_TEXT_B] = "32",
	[HS_TEXT_CONTENT] = "33",      [HS_TEXT_METADATA] = "36", [HS_TEXT_MOVED] = "35",
	[HS_TEXT_NAME] = "1",          [HS_TEXT_HUNK] = "36",     [HS_TEXT_DIM] = "2",
};

void
hs_text_role_begin(struct hs_text *t, enum hs_text_role role)
{
	if (t->color && sgr[role])
		fprintf(t->out, "\033[%sm", sgr[role]);
}

void
hs_text_role_end(struct hs_text *t, enum hs_text_role role)
{
	if (t->color && sgr[role])
		fputs("\033[0m", t->out);
}

void
hs_text_put(struct hs_text *t, enum hs_text_role role, const char *text)
{
	hs_text_role_begin(t, role);
	fputs(text, t->out);
	hs_text_role_end(t, role);
}

void
hs_text_clean(struct hs_text *t, const char *text)
{
	struct hs_span rest = hs_span_of(text);

	while (rest.len) {
		const uint8_t *slash = memchr(rest.at, '\\', rest.len);
		const size_t n = slash ? (size_t)(slash - rest.at) : rest.len;

		hs_escape_write(t->out, hs_span_head(rest, n));
		if (slash)
			putc('\\', t->out);
		rest = hs_span_from(rest, n + 1);
	}
}

void
hs_text_indent(struct hs_text *t, unsigned columns)
{
	fprintf(t->out, "%*s", (int)columns, "");
}

void
hs_text_sentence(struct hs_text *t, unsigned first, unsigned rest, const char *text)
{
	unsigned indent = first;

	while (*text) {
		const struct hs_arena_mark mark = hs_arena_mark(&t->arena);
		const size_t most = HS_TEXT_COLUMNS - indent;
		size_t len = strlen(text);

		for (size_t i = len > most ? most : 0; i > 0; i--)
			if (text[i] == ' ') {
				len = i;
				break;
			}
		hs_text_indent(t, indent);
		hs_text_clean(t, hs_arena_printf(&t->arena, "%.*s", (int)len, text));
		putc('\n', t->out);
		hs_arena_rewind(&t->arena, mark);
		text += len + (text[len] == ' ');
		indent = rest;
	}
}

static bool
is_long(const struct hs_text *t, struct hs_span value)
{
	return value.len > HS_TEXT_LONG && !t->verbose;
}

size_t
hs_text_width(struct hs_text *t, struct hs_span value)
{
	const struct hs_arena_mark mark = hs_arena_mark(&t->arena);
	struct hs_span shown;
	size_t n = 0;

	if (value.len == 0)
		return 2;
	if (value.len > HS_TEXT_LONG)
		return value.len;
	shown = hs_escape(&t->arena, value);
	for (size_t i = 0; i < shown.len; i++)
		n += (shown.at[i] & 0xc0) != 0x80;
	hs_arena_rewind(&t->arena, mark);
	return n;
}

/* The nearest offset at or before `off` at which a character can begin. */
static size_t
boundary(struct hs_span s, size_t off)
{
	const size_t least = off > 3 ? off - 3 : 0;
	size_t at = off;

	if (off >= s.len)
		return s.len;
	while (at > least && (s.at[at] & 0xc0) == 0x80)
		at--;
	return (s.at[at] & 0xc0) == 0x80 ? off : at;
}

static size_t
common_prefix(struct hs_span a, struct hs_span b)
{
	const size_t n = a.len < b.len ? a.len : b.len;
	size_t i = 0;

	while (i < n && a.at[i] == b.at[i])
		i++;
	return i;
}

static void
put_part(struct hs_text *t, struct hs_span s, size_t from, size_t to)
{
	struct hs_span part;

	from = boundary(s, from);
	to = boundary(s, to);
	if (to > from && hs_span_part(&part, s, from, to - from))
		hs_escape_write(t->out, part);
}

/* Head, what tells it from its other side, tail. Two that differ never look the same. */
static void
put_long(struct hs_text *t, struct hs_span s, struct hs_span beside)
{
	const size_t apart = beside.len ? common_prefix(s, beside) : 0;
	const size_t tail = s.len - TAIL;
	size_t end = HEAD + WINDOW;

	if (apart > HEAD + WINDOW_BEFORE) {
		size_t from = apart - WINDOW_BEFORE;

		from = from > tail ? tail : from;
		end = from + WINDOW;
		put_part(t, s, 0, HEAD);
		if (from > HEAD)
			hs_text_put(t, HS_TEXT_DIM, "...");
		put_part(t, s, from > HEAD ? from : HEAD, end < tail ? end : tail);
	} else {
		put_part(t, s, 0, end);
	}
	if (end < tail)
		hs_text_put(t, HS_TEXT_DIM, "...");
	put_part(t, s, tail, s.len);

	hs_text_role_begin(t, HS_TEXT_DIM);
	fprintf(t->out, " (%zu bytes", s.len);
	if (beside.len == 0) {
		const struct hs_sha256 digest = hs_sha256(s);
		char hex[HS_SHA256_HEX];

		fprintf(t->out, ", sha256 %.12s", hs_sha256_hex(hex, &digest));
	}
	putc(')', t->out);
	hs_text_role_end(t, HS_TEXT_DIM);
	t->left.values++;
}

void
hs_text_value(struct hs_text *t, struct hs_span value, struct hs_span beside)
{
	if (value.len == 0)
		fputs("\"\"", t->out);
	else if (is_long(t, value))
		put_long(t, value, beside);
	else
		hs_escape_write(t->out, value);
}

void
hs_text_size(struct hs_text *t, uint64_t bytes, bool exact)
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	uint64_t tenths = bytes * 10 / 1024;
	size_t unit = 0;

	if (bytes < 10000) {
		fprintf(t->out, "%" PRIu64 " byte%s", bytes, bytes == 1 ? "" : "s");
		return;
	}
	if (bytes > UINT64_MAX / 10)
		tenths = bytes / 1024 * 10;
	while (tenths >= 10240 && unit + 1 < sizeof(units) / sizeof(units[0])) {
		tenths /= 1024;
		unit++;
	}
	fprintf(t->out, "%" PRIu64 ".%" PRIu64 " %s", tenths / 10, tenths % 10, units[unit]);
	if (exact)
		fprintf(t->out, " (%" PRIu64 " bytes)", bytes);
}

void
hs_text_count(struct hs_text *t, uint64_t n, const char *noun)
{
	fprintf(t->out, "%" PRIu64 " %s%s", n, noun, n == 1 ? "" : "s");
}
