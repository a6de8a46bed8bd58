/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiled terminal descriptions (term(5) of ncurses), by capability; all
 * numbers little-endian:
 *
 *	2  magic 0x011a, or 0x021e where numbers have 4 bytes instead of 2
 *	2  each: bytes of the names, booleans, numbers, strings, bytes of text
 *	   names "xterm|terminal", NUL; booleans, a byte each; up to an even place
 *	   numbers; strings as 2 bytes each that lead into the text
 *	   text
 *	   up to an even place, and then where tic -x found names of its own:
 *	2  each: booleans, numbers, strings, strings in the text, bytes of text
 *	   booleans, numbers, strings; where the name of each stands; text
 *
 * -1 is a capability that is not there, -2 one that was cancelled. Entries differ
 * by the version of terminfo.src and of tic, and by tic -x.
 */
#include "comparators/comparator.h"

#include "comparators/data/many_facts.h"
#include "comparators/data/terminfo_names.h"

#include <inttypes.h>

enum {
	MAGIC_16 = 0x011a,
	MAGIC_32 = 0x021e,
	BITS = 16 + 5, /* the sizes that fit add some to the magic */
	MAX_NAMES = 512,
	ABSENT = -1,
	CANCELLED = -2,
};

struct counts {
	uint64_t names, booleans, numbers, strings, text;
	size_t width;
};

static bool
take_counts(struct counts *n, struct hs_cursor *c)
{
	const uint64_t magic = hs_take_le(c, 2);

	n->width = magic == MAGIC_32 ? 4 : 2;
	n->names = hs_take_le(c, 2);
	n->booleans = hs_take_le(c, 2);
	n->numbers = hs_take_le(c, 2);
	n->strings = hs_take_le(c, 2);
	n->text = hs_take_le(c, 2);
	return !c->cut && (magic == MAGIC_16 || magic == MAGIC_32);
}

/* Whether the sizes fit the file, and the names are some that could be a terminal's. */
static unsigned
terminfo_bid(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	struct counts n;
	struct hs_span names;

	if (!take_counts(&n, &c) || n.names < 2 || n.names > MAX_NAMES || n.booleans > 256 ||
	    n.numbers > 256 || n.strings > 4096)
		return 0;
	names = hs_take(&c, n.names);
	hs_take(&c, n.booleans);
	if ((n.names + n.booleans) % 2)
		hs_take(&c, 1);
	hs_take(&c, n.numbers * n.width + n.strings * 2 + n.text);
	if (c.cut || names.at[n.names - 1] != 0)
		return 0;
	for (size_t i = 0; i + 1 < names.len; i++)
		if (names.at[i] < ' ' || names.at[i] > '~')
			return 0;
	return BITS;
}

/* What the capabilities are called: known by their place, or named in the file. */
struct naming {
	struct hs_cursor places; /* of names in `text`, where the file names them */
	struct hs_span text;
	bool own;
};

static const char *
name_of(struct hs_arena *a, struct naming *by, enum hs_terminfo_kind kind, size_t i)
{
	static const char *const kinds[] = { "boolean", "number", "string" };
	struct hs_cursor c = { .rest = by->text };

	if (!by->own && hs_terminfo_name(kind, i))
		return hs_terminfo_name(kind, i);
	if (!by->own)
		return hs_arena_printf(a, "%s[%zu]", kinds[kind], i);
	hs_take(&c, hs_take_le(&by->places, 2));
	return hs_many_field(a, "own", hs_take_string(&c));
}

static void
say_booleans(struct hs_facts *out, struct hs_span flags, struct naming *by)
{
	for (size_t i = 0; i < flags.len; i++) {
		const char *const name = name_of(out->arena, by, HS_TERMINFO_BOOLEAN, i);

		if (flags.at[i] == 1)
			hs_say_word(out, name, "yes");
		else if (flags.at[i] == 0xfe)
			hs_say_word(out, name, "cancelled");
		else if (flags.at[i])
			hs_say_u64(out, name, flags.at[i]);
	}
}

static int64_t
number(struct hs_cursor *c, size_t width)
{
	const uint64_t v = hs_take_le(c, width);

	return width == 2 ? (int16_t)(uint16_t)v : (int32_t)(uint32_t)v;
}

static void
say_numbers(struct hs_facts *out, struct hs_span numbers, size_t width, struct naming *by)
{
	struct hs_cursor c = { .rest = numbers };

	for (size_t i = 0; c.rest.len; i++) {
		const char *const name = name_of(out->arena, by, HS_TERMINFO_NUMBER, i);
		const int64_t v = number(&c, width);

		if (v == CANCELLED)
			hs_say_word(out, name, "cancelled");
		else if (v != ABSENT)
			hs_say_i64(out, name, v);
	}
}

/* Returns where the last of them ends in the text: behind it the file's own names begin. */
static uint64_t
say_strings(struct hs_facts *out, struct hs_span places, struct hs_span text, struct naming *by)
{
	struct hs_cursor c = { .rest = places };
	uint64_t end = 0;

	for (size_t i = 0; c.rest.len; i++) {
		const char *const name = name_of(out->arena, by, HS_TERMINFO_STRING, i);
		const int64_t at = number(&c, 2);
		struct hs_cursor s = { .rest = text };

		if (at == CANCELLED)
			hs_say_word(out, name, "cancelled");
		if (at < 0)
			continue;
		hs_take(&s, (uint64_t)at);
		hs_say_value(out, name, hs_take_string(&s));
		if (s.cut)
			hs_say_word(out, name, "(outside the text)");
		else if (text.len - s.rest.len > end)
			end = text.len - s.rest.len;
	}
	return end;
}

/* The capabilities that tic -x keeps under names of their own. Names follow the texts. */
static int
say_own(struct hs_facts *out, struct hs_cursor *c, size_t width, struct hs_err *err)
{
	const uint64_t booleans = hs_take_le(c, 2), numbers = hs_take_le(c, 2),
		       strings = hs_take_le(c, 2), in_text = hs_take_le(c, 2),
		       size = hs_take_le(c, 2);
	const struct hs_span flags = hs_take(c, booleans);
	const struct hs_span values = (hs_take(c, booleans % 2), hs_take(c, numbers * width));
	const struct hs_span places = hs_take(c, strings * 2);
	const struct hs_span names = hs_take(c, (booleans + numbers + strings) * 2);
	const struct hs_span text = hs_take(c, size);
	struct naming none = { .own = false }, by = { .places = { .rest = names }, .own = true };
	struct hs_facts unsaid = { .arena = out->arena };

	if (c->cut)
		return hs_fail(err, HS_EFORMAT, "the table of its own names is cut short");
	by.text = hs_span_from(text, say_strings(&unsaid, places, text, &none));
	say_booleans(out, flags, &by);
	say_numbers(out, values, width, &by);
	say_strings(out, places, text, &by);
	if (in_text != 2 * strings + booleans + numbers)
		hs_say_u64(out, "strings in the text of its own names", in_text);
	return 0;
}

static int
terminfo_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	struct naming by = { .own = false };
	struct hs_span flags, numbers, places, text;
	struct counts n;
	size_t before;

	if (!take_counts(&n, &c))
		return hs_fail(err, HS_EFORMAT, "the header is cut short");
	hs_say_word(out, "numbers", n.width == 4 ? "32 bits" : "16 bits");
	hs_say_value(out, "names", hs_span_head(hs_take(&c, n.names), n.names - (n.names > 0)));
	flags = hs_take(&c, n.booleans);
	hs_take(&c, (n.names + n.booleans) % 2);
	numbers = hs_take(&c, n.numbers * n.width);
	places = hs_take(&c, n.strings * 2);
	text = hs_take(&c, n.text);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the description is cut short");
	say_booleans(out, flags, &by);
	say_numbers(out, numbers, n.width, &by);
	say_strings(out, places, text, &by);
	before = c.rest.len;
	if ((file.len - before) % 2 && before)
		hs_take(&c, 1);
	if (c.rest.len && say_own(out, &c, n.width, err) < 0)
		return err->code;
	if (c.rest.len)
		hs_say_value(out, "behind the end", c.rest);
	return 0;
}

const struct hs_comparator hs_comparator_terminfo = {
	.name = "terminfo",
	.about = "compiled terminal description, by capability",
	.known_by = "0x011a or 0x021e at 0, sizes that fit",
	.shape = HS_SHAPE_LEAF,
	.bid = terminfo_bid,
	.describe = terminfo_describe,
	.by_field = true,
};
