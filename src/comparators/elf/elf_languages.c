/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Go and Rust leave in what they build.
 *
 * Go (debug/buildinfo): a blob aligned to 16 in .go.buildinfo or in data,
 *
 *	"\xff Go buildinf:"   14 bytes
 *	pointer size          1
 *	flags                 1: bit 0 big-endian pointers; bit 1 the strings stand inline
 *	...                   up to 32: pointers to two Go strings {address, length}; or from 32 on
 *	                      each of both as a varint of its length and its bytes
 *
 * The first is the version; the second, between two marks of 16 bytes, has
 * lines "path", "mod", "dep", "=>", "build KEY=VALUE", split by tabs. They vary with
 * the checkout: vcs.revision, vcs.time, vcs.modified.
 *
 * Rust: texts of panics name sources as "/rustc/COMMIT/library/...".
 */
#include "comparators/elf/elf_facts.h"

#include "core/escape.h"

#include <inttypes.h>

enum {
	GO_HEADER = 32,
	GO_INLINE = 2,
	GO_BIG = 1,
	GO_MARK = 16,
	RUST_HASH = 40,
	LOOKED_AT = 16 << 20, /* bytes of data looked through */
};

static const uint8_t *
find(struct hs_span in, struct hs_span what)
{
	return in.len ? memmem(in.at, in.len, what.at, what.len) : NULL;
}

/* ---- Go ---- */

static struct hs_span
go_blob(const struct hs_elf *e)
{
	const struct hs_span magic = HS_SPAN("\xff Go buildinf:");
	const struct hs_elf_section *s = hs_elf_section_named(e, ".go.buildinfo");
	const uint8_t *at;
	struct hs_span in = { NULL, 0 };

	for (size_t i = 0; !s && in.len == 0 && i < e->n_segments; i++)
		if (e->segments[i].type == PT_LOAD && e->segments[i].flags == (PF_R | PF_W))
			in = hs_span_head(e->segments[i].bytes, LOOKED_AT);
	if (s)
		in = s->bytes;
	at = find(in, magic);
	return at ? hs_span_from(in, (uint64_t)(at - in.at)) : (struct hs_span){ NULL, 0 };
}

static struct hs_span
take_varint_string(struct hs_cursor *c)
{
	uint64_t len = 0;

	for (unsigned shift = 0; shift < 63; shift += 7) {
		const uint64_t byte = hs_take_be(c, 1);

		len |= (byte & 0x7f) << shift;
		if (byte < 0x80)
			return hs_take(c, len);
	}
	c->cut = true;
	return (struct hs_span){ NULL, 0 };
}

static uint64_t
take_pointer(struct hs_cursor *c, size_t width, bool big)
{
	return big ? hs_take_be(c, width) : hs_take_le(c, width);
}

/* A Go string that the blob points to: an address of {address, length}. */
static struct hs_span
go_string(const struct hs_elf *e, uint64_t address, size_t width, bool big)
{
	struct hs_cursor c = { .rest = hs_elf_mapped(e, address) };
	const uint64_t at = take_pointer(&c, width, big), len = take_pointer(&c, width, big);
	struct hs_span s = { NULL, 0 };

	if (!c.cut)
		hs_span_part(&s, hs_elf_mapped(e, at), 0, len);
	return s;
}

static bool
go_read(struct hs_span out[2], const struct hs_elf *e, struct hs_span blob)
{
	struct hs_cursor c = { .rest = hs_span_from(blob, 14) };
	const size_t width = (size_t)hs_take_be(&c, 1);
	const uint64_t flags = hs_take_be(&c, 1);

	if (flags & GO_INLINE) {
		c = (struct hs_cursor){ .rest = hs_span_from(blob, GO_HEADER) };
		out[0] = take_varint_string(&c);
		out[1] = take_varint_string(&c);
		return !c.cut;
	}
	if (width != 4 && width != 8)
		return false;
	for (int i = 0; i < 2; i++)
		out[i] = go_string(e, take_pointer(&c, width, flags & GO_BIG), width,
		                   flags & GO_BIG);
	return !c.cut;
}

/* The text between the first and the last `sep`; the whole where there is none. */
static struct hs_span
take_until(struct hs_span *s, uint8_t sep)
{
	const uint8_t *at = s->len ? memchr(s->at, sep, s->len) : NULL;
	const struct hs_span out = at ? hs_span_head(*s, (uint64_t)(at - s->at)) : *s;

	*s = hs_span_from(*s, out.len + 1);
	return out;
}

static void
say_named(struct hs_facts *out, const char *what, struct hs_span name, struct hs_span value)
{
	char text[160];

	hs_escape_short(text, sizeof(text), name);
	hs_say(out, hs_arena_printf(out->arena, "%s %s", what, text), value);
}

/* "mod\tPATH\tVERSION\tSUM": the version and the sum of a path. */
static struct hs_span
spaced(struct hs_arena *a, struct hs_span s)
{
	const struct hs_span copy = hs_arena_copy(a, s);
	uint8_t *at = (uint8_t *)(uintptr_t)copy.at;

	for (size_t i = 0; i < copy.len; i++)
		if (at[i] == '\t')
			at[i] = ' ';
	return copy;
}

static void
say_go_line(struct hs_facts *out, struct hs_span line)
{
	struct hs_span rest = line;
	const struct hs_span key = take_until(&rest, '\t');

	if (hs_span_is(key, "path")) {
		hs_say(out, "Go package", rest);
	} else if (hs_span_is(key, "mod")) {
		hs_say(out, "Go module", spaced(out->arena, rest));
	} else if (hs_span_is(key, "dep")) {
		const struct hs_span path = take_until(&rest, '\t');

		say_named(out, "Go dependency", path, spaced(out->arena, rest));
	} else if (hs_span_is(key, "=>")) {
		hs_say(out, "Go replacement", spaced(out->arena, rest));
	} else if (hs_span_is(key, "build")) {
		const struct hs_span name = take_until(&rest, '=');

		say_named(out, "Go build", name, rest);
	} else {
		hs_say(out, "Go build information", line);
	}
}

static void
say_go(struct hs_facts *out, const struct hs_elf *e)
{
	const struct hs_span blob = go_blob(e);
	struct hs_span text[2] = { { NULL, 0 }, { NULL, 0 } }, rest;

	if (blob.len == 0 || !go_read(text, e, blob))
		return;
	if (text[0].len > 0 && text[0].len <= HS_MAX_NAME)
		hs_say(out, "Go version", text[0]);
	/* The marks stand around the lines, the last of which ends in a newline. */
	if (text[1].len <= 2 * GO_MARK || text[1].at[text[1].len - GO_MARK - 1] != '\n')
		return;
	rest = hs_span_head(hs_span_from(text[1], GO_MARK), text[1].len - 2 * GO_MARK - 1);
	if (rest.len > HS_MAX_META) {
		hs_say_digest(out, "Go build information", rest);
		return;
	}
	while (rest.len > 0)
		say_go_line(out, take_until(&rest, '\n'));
}

/* ---- Rust ---- */

static void
say_rust(struct hs_facts *out, const struct hs_elf *e)
{
	const struct hs_elf_section *s = hs_elf_section_named(e, ".rodata");
	const struct hs_span mark = HS_SPAN("/rustc/");
	struct hs_span in = s ? hs_span_head(s->bytes, LOOKED_AT) : (struct hs_span){ NULL, 0 };
	const uint8_t *at;

	while ((at = find(in, mark))) {
		in = hs_span_from(in, (uint64_t)(at - in.at) + mark.len);
		if (in.len >= RUST_HASH && hs_span_is_hex(hs_span_head(in, RUST_HASH))) {
			hs_say(out, "Rust standard library", hs_span_head(in, RUST_HASH));
			return;
		}
	}
}

void
hs_elf_say_languages(struct hs_facts *out, const struct hs_elf *e)
{
	say_go(out, e);
	say_rust(out, e);
}
