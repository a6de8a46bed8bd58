/* SPDX-License-Identifier: Apache-2.0 */
#include "core/encoding.h"

#include "core/edits.h"
#include "core/escape.h"

enum { SAMPLE = 64 * 1024 };

/* In a text of 8 bits a character, at most one in this many is not ASCII. */
enum { RARE = 3 };

static const struct hs_span utf8_mark = { (const uint8_t *)"\xef\xbb\xbf", 3 };
static const struct hs_span le_mark = { (const uint8_t *)"\xff\xfe", 2 };
static const struct hs_span be_mark = { (const uint8_t *)"\xfe\xff", 2 };

const char *
hs_encoding_name(enum hs_encoding e)
{
	static const char *const names[] = {
		[HS_ENCODING_UTF8] = "UTF-8",
		[HS_ENCODING_UTF16LE] = "UTF-16LE",
		[HS_ENCODING_UTF16BE] = "UTF-16BE",
		[HS_ENCODING_8BIT] = "8-bit, not UTF-8",
	};

	return names[e];
}

/* Control characters that texts have: \b of overstruck manuals, \t \n \f \r, ESC of colours. */
static bool
is_odd(uint32_t c)
{
	return (c < 0x20 && c != '\b' && c != '\t' && c != '\n' && c != '\f' && c != '\r' &&
	        c != 0x1b) ||
	       c == 0x7f;
}

enum { ODD = 1, HIGH = 2, RETURN = 4 };

/* What kinds of bytes there are: fast, since every text is read so. */
static unsigned
kinds_of(struct hs_span s)
{
	unsigned char kind[256];
	unsigned kinds = 0;

	for (uint32_t c = 0; c < 256; c++)
		kind[c] = is_odd(c) ? ODD : c == '\r' ? RETURN : c >= 0x80 ? HIGH : 0;
	for (size_t i = 0; i < s.len; i++)
		kinds |= kind[s.at[i]];
	return kinds;
}

static bool
are_rare(struct hs_span s)
{
	uint64_t high = 0;

	for (size_t i = 0; i < s.len; i++)
		high += s.at[i] >> 7;
	return high <= s.len / RARE;
}

/* One character of UTF-16, or -1 for a surrogate without its other half. Takes 2 bytes at least. */
static int32_t
take_utf16(struct hs_cursor *c, bool big)
{
	const uint32_t first = (uint32_t)(big ? hs_take_be(c, 2) : hs_take_le(c, 2));
	uint32_t second;

	if (first < 0xd800 || first > 0xdfff)
		return (int32_t)first;
	second = (uint32_t)(big ? hs_take_be(c, 2) : hs_take_le(c, 2));
	if (first > 0xdbff || second < 0xdc00 || second > 0xdfff)
		return -1;
	return (int32_t)(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
}

static bool
is_utf16(struct hs_span s, bool big)
{
	struct hs_cursor c = { .rest = s };

	while (c.rest.len) {
		const int32_t ch = take_utf16(&c, big);

		if (ch < 0 || is_odd((uint32_t)ch))
			return false;
	}
	return !c.cut;
}

/* The encoding of a text whose mark is behind, and whose ends are whole characters. */
static bool
find_encoding(enum hs_encoding *out, struct hs_span s)
{
	const unsigned kinds = kinds_of(s);

	if (kinds & ODD)
		return false;
	*out = HS_ENCODING_UTF8;
	if (!(kinds & HIGH) || hs_is_utf8(s))
		return true;
	*out = HS_ENCODING_8BIT;
	return are_rare(s);
}

/* Reads the mark; true where it says all about the encoding. */
static bool
take_mark(struct hs_text *out, struct hs_span file)
{
	static const struct {
		const struct hs_span *mark;
		enum hs_encoding encoding;
	} rows[] = {
		{ &utf8_mark, HS_ENCODING_UTF8 },
		{ &le_mark, HS_ENCODING_UTF16LE },
		{ &be_mark, HS_ENCODING_UTF16BE },
	};

	*out = (struct hs_text){ .body = file };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (hs_span_starts(file, *rows[i].mark)) {
			out->encoding = rows[i].encoding;
			out->mark = true;
			out->body = hs_span_from(file, rows[i].mark->len);
			return true;
		}
	}
	return false;
}

/* A character that the end of a sample cuts is left out, if it is one of UTF-8. */
static struct hs_span
whole_utf8(struct hs_span s, bool cut_front, bool cut_end)
{
	for (int i = 0; cut_front && i < 3 && s.len && (s.at[0] & 0xc0) == 0x80; i++)
		s = hs_span_from(s, 1);
	for (size_t i = 1; cut_end && i <= 3 && i <= s.len; i++) {
		const uint8_t c = s.at[s.len - i];

		if (c >= 0xc0) {
			s.len -= i;
			break;
		}
		if (c < 0x80)
			break;
	}
	return s;
}

static bool
guess_part(enum hs_encoding *out, const struct hs_text *t, struct hs_span part, bool at_front)
{
	if (t->encoding != HS_ENCODING_UTF8) {
		*out = t->encoding;
		part.len -= part.len % 2;
		/* A pair may be cut; the rest of a pair begins, or ends, the part. */
		if (!at_front && part.len >= 2 &&
		    (part.at[t->encoding == HS_ENCODING_UTF16LE] & 0xfc) == 0xdc)
			part = hs_span_from(part, 2);
		if (at_front && part.len >= 2 &&
		    (part.at[part.len - 2 + (t->encoding == HS_ENCODING_UTF16LE)] & 0xfc) == 0xd8)
			part.len -= 2;
		return is_utf16(part, t->encoding == HS_ENCODING_UTF16BE);
	}
	return find_encoding(out, whole_utf8(part, !at_front, at_front));
}

unsigned
hs_text_guess(struct hs_span file)
{
	enum hs_encoding front, end;
	struct hs_text t;
	size_t start;

	if (file.len <= 2 * SAMPLE) {
		if (!hs_text_read(&t, file))
			return 0;
		front = end = t.encoding;
	} else {
		take_mark(&t, file);
		start = t.body.len - SAMPLE;
		if (t.encoding != HS_ENCODING_UTF8 && t.body.len % 2 != 0)
			return 0;
		if (!guess_part(&front, &t, hs_span_head(t.body, SAMPLE), true) ||
		    !guess_part(&end, &t, hs_span_from(t.body, start), false))
			return 0;
	}
	if (front == HS_ENCODING_8BIT || end == HS_ENCODING_8BIT)
		return 1;
	return front == HS_ENCODING_UTF8 ? 3 : 2;
}

static void
count_ends_of_bytes(struct hs_text *t)
{
	struct hs_span s = t->body;
	const uint8_t *cr;

	t->lf = hs_count_byte(s, '\n');
	while (s.len && (cr = memchr(s.at, '\r', s.len)) != NULL) {
		s = hs_span_from(s, (uint64_t)(cr - s.at) + 1);
		if (s.len && s.at[0] == '\n') {
			t->crlf++;
			t->lf--;
		} else {
			t->cr++;
		}
	}
	s = t->body;
	t->final_newline = s.len && (s.at[s.len - 1] == '\n' || s.at[s.len - 1] == '\r');
}

static void
count_ends_of_utf16(struct hs_text *t)
{
	struct hs_cursor c = { .rest = t->body };
	int32_t before = 0;

	while (c.rest.len) {
		const int32_t ch = take_utf16(&c, t->encoding == HS_ENCODING_UTF16BE);

		if (ch == '\n' && before == '\r') {
			t->cr--;
			t->crlf++;
		} else if (ch == '\n') {
			t->lf++;
		} else if (ch == '\r') {
			t->cr++;
		}
		before = ch;
	}
	t->final_newline = before == '\n' || before == '\r';
}

bool
hs_text_read(struct hs_text *out, struct hs_span file)
{
	if (file.len == 0)
		return false;
	take_mark(out, file);
	if (out->encoding == HS_ENCODING_UTF16LE || out->encoding == HS_ENCODING_UTF16BE) {
		if (!is_utf16(out->body, out->encoding == HS_ENCODING_UTF16BE))
			return false;
		count_ends_of_utf16(out);
	} else {
		if (!find_encoding(&out->encoding, out->body))
			return false;
		/* A mark of UTF-8 before what is not: all of it is read as 8 bits a character. */
		if (out->mark && out->encoding == HS_ENCODING_8BIT) {
			out->mark = false;
			out->body = file;
		}
		count_ends_of_bytes(out);
	}
	out->lines = out->lf + out->crlf + out->cr;
	if (!out->final_newline && out->body.len)
		out->lines++;
	return true;
}

bool
hs_text_is_plain(const struct hs_text *t)
{
	return t->encoding == HS_ENCODING_UTF8 && !t->mark && t->cr == 0 && t->crlf == 0;
}

static void
write_utf8(FILE *out, uint32_t c)
{
	if (c < 0x80) {
		putc((int)c, out);
		return;
	}
	if (c < 0x800) {
		putc((int)(0xc0 | c >> 6), out);
	} else {
		if (c < 0x10000) {
			putc((int)(0xe0 | c >> 12), out);
		} else {
			putc((int)(0xf0 | c >> 18), out);
			putc((int)(0x80 | (c >> 12 & 0x3f)), out);
		}
		putc((int)(0x80 | (c >> 6 & 0x3f)), out);
	}
	putc((int)(0x80 | (c & 0x3f)), out);
}

static void
write_bytes(FILE *out, struct hs_span s, bool keep_ends)
{
	while (s.len) {
		const uint8_t *cr = keep_ends ? NULL : memchr(s.at, '\r', s.len);
		const struct hs_span run = hs_span_head(s, cr ? (uint64_t)(cr - s.at) : s.len);

		fwrite(run.at, 1, run.len, out);
		s = hs_span_from(s, run.len);
		if (s.len) {
			putc('\n', out);
			s = hs_span_from(s, s.len > 1 && s.at[1] == '\n' ? 2 : 1);
		}
	}
}

static void
write_decoded(FILE *out, const struct hs_text *t, bool keep_ends)
{
	struct hs_cursor c = { .rest = t->body };
	bool after_cr = false;

	while (c.rest.len && !ferror(out)) {
		const uint32_t ch =
			t->encoding == HS_ENCODING_8BIT
				? (uint32_t)hs_take_le(&c, 1)
				: (uint32_t)take_utf16(&c, t->encoding == HS_ENCODING_UTF16BE);

		if (keep_ends || (ch != '\r' && ch != '\n'))
			write_utf8(out, ch);
		else if (ch == '\r' || !after_cr)
			putc('\n', out);
		after_cr = ch == '\r';
	}
}

void
hs_text_write(FILE *out, const struct hs_text *t, bool keep_ends)
{
	if (t->encoding == HS_ENCODING_UTF8)
		write_bytes(out, t->body, keep_ends);
	else
		write_decoded(out, t, keep_ends);
}

int
hs_text_render(FILE *out, struct hs_span file, struct hs_err *err)
{
	struct hs_text t;

	if (!hs_text_read(&t, file))
		return hs_fail(err, HS_ENOTMINE, "the file is not text");
	hs_text_write(out, &t, false);
	return 0;
}
