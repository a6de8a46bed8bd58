/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report has a hundred million characters: the stream, which is one
 * thread's while it is written, is not locked for each.
 */
#include "sinks/json_write.h"

#include "core/escape.h"

#include <inttypes.h>

/* What stands between the value before and the one to come. */
static void
separate(struct hs_json *j)
{
	if (j->keyed) {
		j->keyed = false;
		return;
	}
	if (j->follows)
		putc_unlocked(',', j->out);
	if (j->broken)
		putc_unlocked('\n', j->out);
	else if (j->follows)
		putc_unlocked(' ', j->out);
	j->broken = false;
	j->follows = true;
}

void
hs_json_open(struct hs_json *j, char bracket)
{
	separate(j);
	putc_unlocked(bracket, j->out);
	j->follows = false;
}

void
hs_json_close(struct hs_json *j, char bracket)
{
	if (j->broken)
		putc_unlocked('\n', j->out);
	putc_unlocked(bracket, j->out);
	j->broken = false;
	j->follows = true;
}

void
hs_json_break(struct hs_json *j)
{
	j->broken = !j->in_line;
}

void
hs_json_key(struct hs_json *j, const char *key)
{
	separate(j);
	putc_unlocked('"', j->out);
	fputs(key, j->out);
	fputs("\": ", j->out);
	j->keyed = true;
}

void
hs_json_u64(struct hs_json *j, uint64_t value)
{
	separate(j);
	fprintf(j->out, "%" PRIu64, value);
}

void
hs_json_i64(struct hs_json *j, int64_t value)
{
	separate(j);
	fprintf(j->out, "%" PRId64, value);
}

void
hs_json_bool(struct hs_json *j, bool value)
{
	separate(j);
	fputs(value ? "true" : "false", j->out);
}

void
hs_json_null(struct hs_json *j)
{
	separate(j);
	fputs("null", j->out);
}

/* Characters that JSON and a terminal both take as they are: most of any text. */
static size_t
plain_run(struct hs_span s)
{
	size_t n = 0;

	while (n < s.len && s.at[n] >= 0x20 && s.at[n] < 0x7f && s.at[n] != '"' && s.at[n] != '\\')
		n++;
	return n;
}

/* Escapes by the book: two characters where RFC 8259 has them, else UTF-16 in hex. */
static void
put_escape(FILE *out, uint32_t c)
{
	static const char names[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (size_t i = 0; i + 1 < sizeof(names); i += 2) {
		if (c == (uint32_t)names[i]) {
			putc_unlocked('\\', out);
			putc_unlocked(names[i + 1], out);
			return;
		}
	}
	if (c > 0xffff) {
		fprintf(out, "\\u%04" PRIx32, 0xd800 + ((c - 0x10000) >> 10));
		c = 0xdc00 + ((c - 0x10000) & 0x3ff);
	}
	fprintf(out, "\\u%04" PRIx32, c);
}

/* One character, of which `c` is the code point or -1, as a person may see it. */
static void
put_char(FILE *out, struct hs_span raw, int32_t c, bool shown)
{
	char text[4 * 4 + 1]; /* four bytes, each \xHH */
	bool same;

	hs_escape_short(text, sizeof(text), raw);
	same = hs_span_is(raw, text);
	if (same && c != '"') {
		fputs(text, out);
		return;
	}
	if (!shown || same) {
		put_escape(out, c < 0 ? 0xfffd : (uint32_t)c);
		return;
	}
	for (const char *p = text; *p; p++) {
		if (*p == '\\')
			putc_unlocked('\\', out);
		putc_unlocked(*p, out);
	}
}

static void
put_string(struct hs_json *j, struct hs_span s, bool shown)
{
	separate(j);
	putc_unlocked('"', j->out);
	while (s.len) {
		const size_t n = plain_run(s);

		if (n)
			fwrite(s.at, 1, n, j->out);
		s = hs_span_from(s, n);
		if (s.len) {
			const struct hs_span before = s;
			const int32_t c = hs_take_utf8(&s);
			const struct hs_span raw = { before.at, before.len - s.len };

			put_char(j->out, raw, c, shown);
		}
	}
	putc_unlocked('"', j->out);
}

void
hs_json_text(struct hs_json *j, struct hs_span text)
{
	put_string(j, text, false);
}

void
hs_json_key_text(struct hs_json *j, struct hs_span key)
{
	put_string(j, key, false);
	fputs(": ", j->out);
	j->keyed = true;
}

void
hs_json_number(struct hs_json *j, struct hs_span digits)
{
	separate(j);
	fwrite(digits.at, 1, digits.len, j->out);
}

void
hs_json_word(struct hs_json *j, const char *word)
{
	if (word)
		hs_json_text(j, hs_span_of(word));
	else
		hs_json_null(j);
}

void
hs_json_shown(struct hs_json *j, struct hs_span bytes)
{
	put_string(j, bytes, true);
}

void
hs_json_base64(struct hs_json *j, struct hs_span bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	separate(j);
	putc_unlocked('"', j->out);
	for (size_t i = 0; i < bytes.len; i += 3) {
		const size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
		const uint32_t v = (uint32_t)bytes.at[i] << 16 |
		                   (n > 1 ? (uint32_t)bytes.at[i + 1] << 8 : 0) |
		                   (n > 2 ? bytes.at[i + 2] : 0u);

		putc_unlocked(digits[v >> 18], j->out);
		putc_unlocked(digits[v >> 12 & 63], j->out);
		putc_unlocked(n > 1 ? digits[v >> 6 & 63] : '=', j->out);
		putc_unlocked(n > 2 ? digits[v & 63] : '=', j->out);
	}
	putc_unlocked('"', j->out);
}
