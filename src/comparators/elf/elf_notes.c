/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Notes (System V ABI, "Note Section"): in sections of type SHT_NOTE, or, where
 * a file has no sections, in segments PT_NOTE.
 *
 *	namesz, descsz, type    4 bytes each
 *	name                    with its NUL, padded to 4 (8 where the section is aligned so)
 *	desc                    padded likewise
 *
 * What varies between builds: the build ID, a digest of all the linker wrote;
 * Go's build ID, which has one part for what was compiled and one for the
 * result; and the build salt of a kernel's distribution.
 */
#include "comparators/elf/elf_facts.h"

#include "comparators/elf/elf_names.h"
#include "core/escape.h"

#include <inttypes.h>

enum {
	GNU_ABI_TAG = 1,
	GNU_BUILD_ID = 3,
	GNU_PROPERTIES = 5,
	GO_BUILD_ID = 4,
	BUILD_SALT = 0x100,
	MAX_HEX = 64,
};

#define PACKAGE_METADATA UINT32_C(0xcafe1a7e)
#define PROPERTY_X86_FEATURES UINT32_C(0xc0000002)
#define PROPERTY_X86_NEEDED UINT32_C(0xc0008002)
#define PROPERTY_AARCH64_FEATURES UINT32_C(0xc0000000)

struct note {
	struct hs_span owner, desc; /* the owner without its NUL */
	uint32_t type;
	size_t n_nuls; /* behind the owner, counted as its name; Go has two */
	bool regular;  /* as the specification has it: a NUL behind the name, zeros behind both */
};

static uint64_t
padding_of(uint64_t len, uint64_t align)
{
	return (align - len % align) % align;
}

/* The next note of the table; false at its end, and where it ends inside a note. */
static bool
take_note(struct note *out, const struct hs_elf *e, struct hs_cursor *c, uint64_t align)
{
	const uint64_t name_len = hs_elf_take(e, c, 4), desc_len = hs_elf_take(e, c, 4);
	struct hs_span name, name_padding, desc_padding;

	out->type = (uint32_t)hs_elf_take(e, c, 4);
	name = hs_take(c, name_len);
	name_padding = hs_take(c, padding_of(12 + name_len, align));
	out->desc = hs_take(c, desc_len);
	desc_padding = hs_take(c, c->rest.len ? padding_of(desc_len, align) : 0);
	out->owner = name;
	while (out->owner.len > 0 && out->owner.at[out->owner.len - 1] == 0)
		out->owner.len--;
	out->n_nuls = name.len - out->owner.len;
	out->regular = out->n_nuls > 0 && !(out->owner.len && memchr(name.at, 0, out->owner.len)) &&
	               hs_span_is_zero(name_padding) && hs_span_is_zero(desc_padding);
	return !c->cut;
}

/* ---- What they say ---- */

static struct hs_span
hex_of(struct hs_arena *a, struct hs_span s)
{
	char text[2 * MAX_HEX + 1] = { 0 };

	for (size_t i = 0; i < s.len && i < MAX_HEX; i++)
		snprintf(text + 2 * i, 3, "%02x", s.at[i]);
	return hs_arena_copy(a, hs_span_of(text));
}

static void
say_hex(struct hs_facts *out, const char *field, struct hs_span s)
{
	if (s.len <= MAX_HEX)
		hs_say(out, field, hex_of(out->arena, s));
	else
		hs_say_digest(out, field, s);
}

static void
say_abi(struct hs_facts *out, const struct hs_elf *e, struct hs_span s)
{
	static const char *const systems[] = { "Linux", "Hurd", "Solaris", "FreeBSD", "NetBSD" };
	struct hs_cursor c = { .rest = s };
	const uint64_t system = hs_elf_take(e, &c, 4);
	const uint64_t major = hs_elf_take(e, &c, 4), minor = hs_elf_take(e, &c, 4);
	const uint64_t patch = hs_elf_take(e, &c, 4);

	if (c.cut || c.rest.len || system >= sizeof(systems) / sizeof(systems[0]))
		say_hex(out, "ABI tag", s);
	else
		hs_sayf(out, "ABI tag", "%s %" PRIu64 ".%" PRIu64 ".%" PRIu64, systems[system],
		        major, minor, patch);
}

/* The bits in words; what has none as a number. */
static const char *
bits_of(struct hs_arena *a, const char *const *words, size_t n, uint64_t bits)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++) {
		if (!(bits >> i & 1))
			continue;
		text = hs_arena_printf(a, "%s%s%s", text, *text ? ", " : "", words[i]);
		bits &= ~(UINT64_C(1) << i);
	}
	if (bits || !*text)
		text = hs_arena_printf(a, "%s%s0x%" PRIx64, text, *text ? ", " : "", bits);
	return text;
}

static void
say_property(struct hs_facts *out, const struct hs_elf *e, uint64_t type, struct hs_span s)
{
	static const char *const x86[] = { "IBT", "SHSTK", "LAM_U48", "LAM_U57" };
	static const char *const levels[] = { "baseline", "v2", "v3", "v4" };
	static const char *const arm[] = { "BTI", "PAC", "GCS" };
	struct hs_cursor c = { .rest = s };
	const bool is_x86 = e->machine == EM_X86_64 || e->machine == EM_386;
	const uint64_t bits = s.len == 4 ? hs_elf_take(e, &c, 4) : 0;

	if (s.len == 4 && is_x86 && type == PROPERTY_X86_FEATURES)
		hs_say_word(out, "protection", bits_of(out->arena, x86, 4, bits));
	else if (s.len == 4 && is_x86 && type == PROPERTY_X86_NEEDED)
		hs_say_word(out, "x86 level needed", bits_of(out->arena, levels, 4, bits));
	else if (s.len == 4 && e->machine == EM_AARCH64 && type == PROPERTY_AARCH64_FEATURES)
		hs_say_word(out, "protection", bits_of(out->arena, arm, 3, bits));
	else
		say_hex(out, hs_arena_printf(out->arena, "property 0x%" PRIx64, type), s);
}

static void
say_properties(struct hs_facts *out, const struct hs_elf *e, struct hs_span s)
{
	struct hs_cursor c = { .rest = s };

	while (c.rest.len > 0) {
		const uint64_t type = hs_elf_take(e, &c, 4), len = hs_elf_take(e, &c, 4);
		const struct hs_span value = hs_take(&c, len);
		const struct hs_span padding = hs_take(&c, padding_of(len, e->is64 ? 8 : 4));

		if (c.cut || !hs_span_is_zero(padding)) {
			say_hex(out, "properties", s);
			return;
		}
		say_property(out, e, type, value);
	}
}

/* A program's own text: printable, with or without a NUL. */
static bool
is_words(struct hs_span s)
{
	if (s.len > 0 && s.at[s.len - 1] == 0)
		s.len--;
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < 0x20 || s.at[i] > 0x7e)
			return false;
	return s.len > 3 && s.len <= HS_MAX_NAME;
}

/* SystemTap: three addresses, then provider, name and arguments, each with its NUL. */
static void
say_probe(struct hs_facts *out, const struct hs_elf *e, struct hs_span s)
{
	struct hs_cursor c = { .rest = s };
	struct hs_span part[3];
	char text[3][128];

	hs_take(&c, e->is64 ? 24 : 12);
	for (int i = 0; i < 3; i++) {
		part[i] = hs_take_string(&c);
		hs_escape_short(text[i], sizeof(text[i]), part[i]);
	}
	if (c.cut || c.rest.len)
		say_hex(out, "probe", s);
	else
		hs_sayf(out, "probe", "%s:%s %s", text[0], text[1], text[2]);
	out->of_origin = true;
	say_hex(out, "probe places", hs_span_head(s, e->is64 ? 24 : 12));
	out->of_origin = false;
}

static void
say_note(struct hs_facts *out, const struct hs_elf *e, const struct note *n)
{
	const bool gnu = hs_span_is(n->owner, "GNU");
	char owner[64];

	if (n->n_nuls != 1)
		hs_say_u64(out, "NULs behind a note's owner", n->n_nuls);

	if (gnu && n->type == GNU_ABI_TAG) {
		say_abi(out, e, n->desc);
	} else if (gnu && n->type == GNU_BUILD_ID) {
		say_hex(out, "build ID", n->desc);
	} else if (gnu && n->type == GNU_PROPERTIES) {
		say_properties(out, e, n->desc);
	} else if (hs_span_is(n->owner, "Go") && n->type == GO_BUILD_ID) {
		hs_say_value(out, "Go build ID", n->desc);
	} else if (hs_span_is(n->owner, "FDO") && n->type == PACKAGE_METADATA) {
		hs_say_value(out, "package metadata", n->desc);
	} else if (hs_span_is(n->owner, "stapsdt") && n->type == 3) {
		say_probe(out, e, n->desc);
	} else if (hs_span_is(n->owner, "Linux") && n->type == BUILD_SALT) {
		hs_say_value(out, "build salt", n->desc);
	} else {
		const char *field;

		hs_escape_short(owner, sizeof(owner), n->owner);
		field = hs_arena_printf(out->arena, "note %s type 0x%" PRIx32, owner, n->type);
		if (is_words(n->desc))
			hs_say_value(out, field, n->desc);
		else
			say_hex(out, field, n->desc);
	}
}

/* ---- Where they stand ---- */

static void
say_table(struct hs_facts *out, const struct hs_elf *e, struct hs_span table, uint64_t align)
{
	struct hs_cursor c = { .rest = table };
	struct note n;
	unsigned i;

	for (i = 0; i < HS_MAX_ELF_SAID && c.rest.len > 0 && take_note(&n, e, &c, align); i++)
		say_note(out, e, &n);
	if (i == HS_MAX_ELF_SAID && c.rest.len > 0)
		hs_say_digest(out, "more notes", c.rest);
}

static uint64_t
align_of(uint64_t align)
{
	return align == 8 ? 8 : 4;
}

void
hs_elf_say_notes(struct hs_facts *out, const struct hs_elf *e)
{
	for (size_t i = 1; i < e->n_sections; i++) {
		const struct hs_elf_section *s = &e->sections[i];

		if (s->type == SHT_NOTE && s->packing == HS_ELF_PLAIN)
			say_table(out, e, s->bytes, align_of(s->align));
	}
	for (size_t i = 0; e->n_sections == 0 && e->type != ET_CORE && i < e->n_segments; i++)
		if (e->segments[i].type == PT_NOTE)
			say_table(out, e, e->segments[i].bytes, align_of(e->segments[i].align));
}

bool
hs_elf_notes_tell(const struct hs_elf *e, const struct hs_elf_section *s)
{
	struct hs_cursor c = { .rest = s->bytes };
	struct note n;
	unsigned i;

	if (s->type != SHT_NOTE || s->packing != HS_ELF_PLAIN || s->cut || s->bytes.len == 0)
		return false;
	for (i = 0; i < HS_MAX_ELF_SAID && c.rest.len > 0; i++)
		if (!take_note(&n, e, &c, align_of(s->align)) || !n.regular)
			return false;
	return true;
}
