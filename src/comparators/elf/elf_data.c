/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_data.h"

#include "core/escape.h"

enum {
	LEAST_TEXT = 4,  /* with a NUL behind */
	LEAST_BARE = 10, /* without: Go and Rust write one behind the other */
	LEAST_RUN = 32,
	ROW = 8,         /* the size of most constants: one more moves no row */
	SHORT_LINE = 64, /* a line ends at a space or the like from here on */
	LONG_LINE = 256, /* and at the latest here */
};

static bool
is_text(uint8_t c)
{
	return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t' || c == '\r' || c == 0x1b;
}

/* How far the characters at the front go; UTF-8 counts where it is well-formed. */
static size_t
text_at(struct hs_span s)
{
	struct hs_span rest = s;

	while (rest.len > 0) {
		struct hs_span next = rest;

		if (is_text(rest.at[0]))
			next = hs_span_from(rest, 1);
		else if (rest.at[0] < 0x80 || hs_take_utf8(&next) < 0)
			break;
		rest = next;
	}
	return s.len - rest.len;
}

/* How often the first byte stands there. */
static size_t
run_at(struct hs_span s)
{
	size_t n = 1;

	while (n < s.len && s.at[n] == s.at[0])
		n++;
	return n;
}

static void
write_hex(FILE *out, struct hs_span s, uint64_t at)
{
	static const char digits[] = "0123456789abcdef";

	while (s.len > 0) {
		const size_t left = ROW - at % ROW;
		const size_t n = s.len < left ? s.len : left;
		char row[3 * ROW] = { 0 };

		for (size_t i = 0; i < n; i++) {
			row[3 * i] = digits[s.at[i] >> 4];
			row[3 * i + 1] = digits[s.at[i] & 0xf];
			row[3 * i + 2] = i + 1 < n ? ' ' : '\n';
		}
		fwrite(row, 1, 3 * n, out);
		s = hs_span_from(s, n);
		at += n;
	}
}

/* Where a line of the text ends: by what it says, so that an insertion moves few line ends. */
static size_t
line_of(struct hs_span s)
{
	size_t i;

	for (i = 0; i < s.len && i < LONG_LINE; i++) {
		if (s.at[i] == '\n')
			return i + 1;
		if (i >= SHORT_LINE && (s.at[i] == ' ' || s.at[i] == '/' || s.at[i] == ','))
			return i + 1;
	}
	/* Not inside a character. */
	while (i < s.len && i > SHORT_LINE && (s.at[i] & 0xc0) == 0x80)
		i--;
	return i;
}

static void
write_text(FILE *out, struct hs_span s, bool bare)
{
	do {
		const size_t n = line_of(s);

		fputc('"', out);
		hs_escape_write(out, hs_span_head(s, n));
		s = hs_span_from(s, n);
		fputs(s.len > 0 || bare ? "\" ...\n" : "\"\n", out);
	} while (s.len > 0);
}

void
hs_elf_write_data(FILE *out, struct hs_span s, uint64_t at)
{
	struct hs_span hex = { s.at, 0 };
	const uint8_t *front = s.at;

	while (s.len > 0 && !ferror(out)) {
		const size_t run = s.at[0] == 0 || s.at[0] == 0xff ? run_at(s) : 1;
		const size_t text = text_at(s);
		const bool bare = text == s.len || s.at[text] != 0;

		if (text >= (bare ? LEAST_BARE : LEAST_TEXT)) {
			write_hex(out, hex, at + (uint64_t)(hex.at - front));
			write_text(out, hs_span_head(s, text), bare);
			s = hs_span_from(s, text + !bare);
			hex = (struct hs_span){ s.at, 0 };
		} else if (run >= LEAST_RUN) {
			write_hex(out, hex, at + (uint64_t)(hex.at - front));
			fprintf(out, "%02x, %zu times\n", s.at[0], run);
			s = hs_span_from(s, run);
			hex = (struct hs_span){ s.at, 0 };
		} else {
			/* What was no text for being short, and the byte that ended it, or the run.
			 */
			const size_t n = text ? text : run;

			hex.len += n;
			s = hs_span_from(s, n);
		}
	}
	if (hex.len > 0)
		write_hex(out, hex, at + (uint64_t)(hex.at - front));
}
