/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sections of words: strings one after the other, each with its NUL.
 *
 *	.interp          the program that loads this one
 *	.comment         what compiled and linked it: one string for each tool
 *	.gnu_debuglink   name of the file with the debug information, to a multiple of 4; CRC-32
 *	.gnu_debugaltlink  name of a file shared by several, its build ID
 *	.modinfo         of a kernel module: "key=value"
 *
 * The CRC-32 of a debug link is that of a file elsewhere: it differs where
 * that does, though nothing of this file may.
 */
#include "comparators/elf/elf_facts.h"

#include "core/escape.h"

#include <inttypes.h>

enum { FIELD = 64 };

/* ---- .comment, .interp ---- */

/* Whether it is strings of at least a character, each with its NUL; a first empty one is as the
 * linker begins the table. */
static bool
is_strings(struct hs_span s)
{
	if (s.len == 0 || s.at[s.len - 1] != 0)
		return false;
	for (size_t i = 1; i < s.len; i++)
		if (s.at[i] == 0 && s.at[i - 1] == 0)
			return false;
	return s.len > 1 && s.len <= HS_MAX_META;
}

static void
say_strings(struct hs_facts *out, const char *field, struct hs_span s)
{
	struct hs_cursor c = { .rest = s };

	while (c.rest.len > 0) {
		const struct hs_span one = hs_take_string(&c);

		if (one.len > 0)
			hs_say(out, field, one);
	}
}

/* ---- .gnu_debuglink ---- */

static bool
read_debuglink(struct hs_span *name, uint64_t *crc, const struct hs_elf *e, struct hs_span s)
{
	struct hs_cursor c = { .rest = s };
	struct hs_span padding;

	*name = hs_take_string(&c);
	padding = hs_take(&c, (4 - (name->len + 1) % 4) % 4);
	*crc = hs_elf_take(e, &c, 4);
	return !c.cut && c.rest.len == 0 && hs_span_is_zero(padding);
}

static void
say_debuglink(struct hs_facts *out, const struct hs_elf *e, struct hs_span s)
{
	struct hs_span name;
	uint64_t crc;

	if (!read_debuglink(&name, &crc, e, s))
		return;
	hs_say(out, "debug link", name);
	hs_sayf(out, "debug link CRC-32", "%08" PRIx64, crc);
}

static void
say_altlink(struct hs_facts *out, struct hs_span s)
{
	struct hs_cursor c = { .rest = s };
	const struct hs_span name = hs_take_string(&c);
	char hex[3] = { 0 };
	struct hs_span id = { NULL, 0 };

	if (c.cut)
		return;
	hs_say(out, "shared debug file", name);
	for (size_t i = 0; i < c.rest.len && i < FIELD; i++) {
		snprintf(hex, sizeof(hex), "%02x", c.rest.at[i]);
		id = hs_arena_join(out->arena, id, hs_span_of(hex));
	}
	hs_say(out, "shared debug file ID", id);
}

static bool
altlink_tells(struct hs_span s)
{
	struct hs_cursor c = { .rest = s };

	hs_take_string(&c);
	return !c.cut && c.rest.len <= FIELD;
}

/* ---- .modinfo ---- */

/* "author" as "module author"; what is no key for a field goes under "module information". */
static void
say_modinfo_line(struct hs_facts *out, struct hs_span line)
{
	const uint8_t *equals = memchr(line.at, '=', line.len);
	const size_t n = equals ? (size_t)(equals - line.at) : 0;
	char key[FIELD];

	if (n == 0 || n >= sizeof(key)) {
		hs_say(out, "module information", line);
		return;
	}
	hs_escape_short(key, sizeof(key), hs_span_head(line, n));
	hs_say(out, hs_arena_printf(out->arena, "module %s", key), hs_span_from(line, n + 1));
}

static void
say_modinfo(struct hs_facts *out, struct hs_span s)
{
	struct hs_cursor c = { .rest = s };

	while (c.rest.len > 0) {
		const struct hs_span line = hs_take_string(&c);

		if (line.len > 0)
			say_modinfo_line(out, line);
	}
}

/* Strings with any number of NULs between them; their number says where those are none. */
static bool
modinfo_tells(struct hs_span s)
{
	return s.len > 0 && s.len <= HS_MAX_META && s.at[s.len - 1] == 0;
}

/* ---- All of them ---- */

enum words { INTERP, COMMENT, DEBUGLINK, ALTLINK, MODINFO, N_WORDS };

static const char *const names[N_WORDS] = {
	[INTERP] = ".interp",           [COMMENT] = ".comment",
	[DEBUGLINK] = ".gnu_debuglink", [ALTLINK] = ".gnu_debugaltlink",
	[MODINFO] = ".modinfo",
};

static bool
tells(enum words w, const struct hs_elf *e, struct hs_span s)
{
	struct hs_span name;
	uint64_t crc;

	switch (w) {
	case INTERP:
		return s.len > 1 && memchr(s.at, 0, s.len) == s.at + s.len - 1;
	case COMMENT:
		return is_strings(s);
	case DEBUGLINK:
		return read_debuglink(&name, &crc, e, s);
	case ALTLINK:
		return altlink_tells(s);
	case MODINFO:
		return modinfo_tells(s);
	case N_WORDS:
		break;
	}
	return false;
}

static void
say(struct hs_facts *out, enum words w, const struct hs_elf *e, struct hs_span s)
{
	switch (w) {
	case INTERP:
		hs_say(out, "interpreter", hs_span_head(s, s.len - 1));
		break;
	case COMMENT:
		say_strings(out, "producer", s);
		break;
	case DEBUGLINK:
		say_debuglink(out, e, s);
		break;
	case ALTLINK:
		say_altlink(out, s);
		break;
	case MODINFO:
		say_modinfo(out, s);
		break;
	case N_WORDS:
		break;
	}
}

/* A kind is told of the first section of its name; of any other its bytes are shown. */
static const struct hs_elf_section *
section_of(const struct hs_elf *e, enum words w)
{
	const struct hs_elf_section *s = hs_elf_section_named(e, names[w]);

	return s && s->packing == HS_ELF_PLAIN && tells(w, e, s->bytes) ? s : NULL;
}

void
hs_elf_say_words(struct hs_facts *out, const struct hs_elf *e)
{
	for (int w = 0; w < N_WORDS; w++) {
		const struct hs_elf_section *s = section_of(e, (enum words)w);

		if (s)
			say(out, (enum words)w, e, s->bytes);
	}
	for (size_t i = 0; e->n_sections == 0 && i < e->n_segments; i++)
		if (e->segments[i].type == PT_INTERP && tells(INTERP, e, e->segments[i].bytes))
			say(out, INTERP, e, e->segments[i].bytes);
}

bool
hs_elf_words_tell(const struct hs_elf *e, const struct hs_elf_section *s)
{
	for (int w = 0; w < N_WORDS; w++)
		if (hs_span_is(s->name, names[w]))
			return section_of(e, (enum words)w) == s;
	return false;
}
