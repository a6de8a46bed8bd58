/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiled message catalogues of GNU gettext (its manual, 10.3 "The Format of
 * GNU MO Files"), by message:
 *
 *	4  magic 0x950412de, in the byte order of all that follows
 *	4  revision, major and minor of 16 bits each
 *	4  N, number of strings
 *	4  where the table of originals stands: N times length, offset
 *	4  where the table of translations stands, likewise
 *	4  size of the hash table, in entries; 4  where it stands
 *
 * A string ends in a NUL that its length leaves out; an original is
 * "context\4text", and "singular\0plural" where it has a plural.
 *
 * The original "" is the header of the .po file, among it POT-Creation-Date and
 * PO-Revision-Date: they are what differs where a build runs xgettext. Byte
 * order and hash table are msgfmt's choice (--endianness, --no-hash).
 */
#include "comparators/comparator.h"

#include "comparators/data/many_facts.h"

#include <inttypes.h>
#include <strings.h>

enum { BITS = 32, HEADER = 28 };

struct catalogue {
	struct hs_span file;
	bool big, latin1;
	uint64_t n, originals, translations, n_hash, hash;
};

static uint64_t
take(const struct catalogue *m, struct hs_cursor *c, size_t width)
{
	return m->big ? hs_take_be(c, width) : hs_take_le(c, width);
}

static unsigned
mo_bid(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("\xde\x12\x04\x95")) ||
	                       hs_span_starts(file, HS_SPAN("\x95\x04\x12\xde"))
	               ? BITS
	               : 0;
}

/* A string of a table; false where it does not lie in the file. */
static bool
string_at(struct hs_span *out, const struct catalogue *m, uint64_t table, uint64_t i)
{
	struct hs_cursor c = { .rest = hs_span_from(m->file, table + 8 * i) };
	const uint64_t len = take(m, &c, 4), at = take(m, &c, 4);

	return !c.cut && hs_span_part(out, m->file, at, len);
}

/* In UTF-8 where the catalogue says that it is in Latin-1; any other stays as it is. */
static struct hs_span
shown(const struct catalogue *m, struct hs_arena *a, struct hs_span s)
{
	struct hs_span out = { NULL, 0 };
	uint8_t *at;

	if (!m->latin1)
		return s;
	at = hs_arena_alloc(a, 2 * s.len + 1);
	out.at = at;
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] >= 0x80)
			at[out.len++] = (uint8_t)(0xc0 | s.at[i] >> 6);
		at[out.len++] = s.at[i] < 0x80 ? s.at[i] : (uint8_t)(0x80 | (s.at[i] & 0x3f));
	}
	return out;
}

/* "Name: value" lines. */
static void
say_header(struct hs_many *all, const struct catalogue *m, struct hs_span text)
{
	struct hs_arena *const a = all->out->arena;

	while (text.len) {
		const uint8_t *const nl = memchr(text.at, '\n', text.len);
		const struct hs_span line =
			hs_span_head(text, nl ? (size_t)(nl - text.at) : text.len);
		const uint8_t *const colon = line.len ? memchr(line.at, ':', line.len) : NULL;
		const size_t name = colon ? (size_t)(colon - line.at) : 0;
		struct hs_span value = hs_span_from(line, name + (colon != NULL));

		if (value.len && value.at[0] == ' ')
			value = hs_span_from(value, 1);
		hs_many_say(all, hs_many_field(a, "header", hs_span_head(line, name)),
		            shown(m, a, value));
		text = hs_span_from(text, line.len + (nl != NULL));
	}
}

/* "message TEXT", "message of CONTEXT TEXT" and "message TEXT | PLURAL". */
static const char *
field_of(struct hs_arena *a, struct hs_span original)
{
	const uint8_t *const nul = original.len ? memchr(original.at, 0, original.len) : NULL;
	const uint8_t *const end = original.len ? memchr(original.at, '\4', original.len) : NULL;
	const struct hs_span context =
		hs_span_head(original, end ? (size_t)(end - original.at) : 0);

	if (nul) {
		const size_t singular = (size_t)(nul - original.at);

		original = hs_arena_join(
			a, hs_arena_join(a, hs_span_head(original, singular), HS_SPAN(" | ")),
			hs_span_from(original, singular + 1));
	}
	if (!end || (nul && nul < end))
		return hs_many_field(a, "message", original);
	return hs_many_field(a, hs_many_field(a, "message of", context),
	                     hs_span_from(original, context.len + 1));
}

/* Plurals stand behind one another with NULs between them: each is said. */
static void
say_message(struct hs_many *all, const struct catalogue *m, struct hs_span original,
            struct hs_span translation)
{
	struct hs_arena *const a = all->out->arena;
	const char *const field = field_of(a, shown(m, a, original));
	struct hs_cursor c = { .rest = translation };

	if (!translation.len || !memchr(translation.at, 0, translation.len)) {
		hs_many_say(all, field, shown(m, a, translation));
		return;
	}
	for (uint64_t i = 0; i == 0 || c.rest.len; i++) {
		const bool more = memchr(c.rest.at, 0, c.rest.len) != NULL;
		const struct hs_span form = more ? hs_take_string(&c) : hs_take(&c, c.rest.len);

		hs_many_say(all, hs_arena_printf(a, "%s [%" PRIu64 "]", field, i),
		            shown(m, a, form));
	}
}

/* "charset=ISO-8859-1", whichever way the name is spelled. */
static bool
is_latin1(struct hs_span header)
{
	static const char *const names[] = { "iso-8859-1\n", "iso8859-1\n", "latin1\n" };
	const struct hs_span key = HS_SPAN("charset=");
	const uint8_t *const at =
		header.len ? memmem(header.at, header.len, key.at, key.len) : NULL;
	struct hs_span rest;

	if (!at)
		return false;
	rest = hs_span_from(header, (uint64_t)(at - header.at) + key.len);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (rest.len >= strlen(names[i]) &&
		    strncasecmp((const char *)rest.at, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static int
say_messages(struct hs_many *all, struct catalogue *m, struct hs_err *err)
{
	uint64_t room = m->file.len;

	for (uint64_t i = 0; i < m->n; i++) {
		struct hs_span original, translation;

		if (!string_at(&original, m, m->originals, i) ||
		    !string_at(&translation, m, m->translations, i))
			return hs_fail(err, HS_EFORMAT,
			               "string %" PRIu64 " of %" PRIu64 " lies outside the file", i,
			               m->n);
		/* Strings that lie over one another would cost more than the file has. */
		if (original.len + translation.len > room)
			return hs_fail(err, HS_EFORMAT,
			               "its strings are longer than the file in all");
		room -= original.len + translation.len;
		if (original.len == 0) {
			m->latin1 = is_latin1(translation);
			say_header(all, m, translation);
		} else {
			say_message(all, m, original, translation);
		}
	}
	return 0;
}

static int
mo_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct catalogue m = { .file = file };
	struct hs_many all = { .out = out };
	struct hs_cursor c = { .rest = file };
	uint64_t revision;
	int rc;

	m.big = hs_take_be(&c, 4) == 0x950412de;
	revision = take(&m, &c, 4);
	m.n = take(&m, &c, 4);
	m.originals = take(&m, &c, 4);
	m.translations = take(&m, &c, 4);
	m.n_hash = take(&m, &c, 4);
	m.hash = take(&m, &c, 4);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the header is cut short");
	hs_say_word(out, "byte order", m.big ? "big-endian" : "little-endian");
	hs_sayf(out, "revision", "%" PRIu64 ".%" PRIu64, revision >> 16, revision & 0xffff);
	hs_say_u64(out, "strings", m.n);
	hs_say_word(out, "hash table", m.n_hash ? "yes" : "no");
	rc = say_messages(&all, &m, err);
	hs_many_end(&all);
	return rc;
}

const struct hs_comparator hs_comparator_gettext_mo = {
	.name = "gettext-mo",
	.about = "GNU message catalogue (.mo), by message",
	.known_by = "0x950412de at 0, in either byte order",
	.shape = HS_SHAPE_LEAF,
	.bid = mo_bid,
	.describe = mo_describe,
	.by_field = true,
};
