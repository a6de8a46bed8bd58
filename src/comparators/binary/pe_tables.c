/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables that the data directories of a PE image lead to (PE/COFF
 * specification, 6; ECMA-335 II.24 and II.25 for .NET). Addresses count from
 * the image's base; a table that leads nowhere says nothing, its bytes are
 * those of its section.
 */
#include "comparators/binary/pe_facts.h"

#include "core/limits.h"

#include <inttypes.h>

enum {
	DEBUG_ENTRY = 28,
	CODE_VIEW = 2,
	REPRODUCIBLE = 16,
	IMPORT_ENTRY = 20,
	GUID = 16,
};

/* A GUID as Windows writes it. */
static void
say_guid(struct hs_facts *out, const char *field, struct hs_span bytes)
{
	struct hs_cursor c = { .rest = bytes };
	const uint64_t first = hs_take_le(&c, 4), second = hs_take_le(&c, 2);
	const uint64_t third = hs_take_le(&c, 2), fourth = hs_take_be(&c, 2);

	hs_sayf(out, field, "%08" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%012" PRIx64,
	        first, second, third, fourth, hs_take_be(&c, 6));
}

static void
say_code_view(struct hs_facts *out, struct hs_span bytes)
{
	struct hs_cursor c = { .rest = bytes };
	struct hs_span guid;

	if (!hs_span_is(hs_take(&c, 4), "RSDS"))
		return;
	guid = hs_take(&c, GUID);
	if (guid.len == 0)
		return;
	say_guid(out, "pdb guid", guid);
	hs_say_u64(out, "pdb age", hs_take_le(&c, 4));
	hs_say(out, "pdb path", hs_take_string(&c));
}

void
hs_pe_say_debug(struct hs_facts *out, const struct hs_pe *pe)
{
	struct hs_cursor c = { .rest = hs_pe_directory_bytes(pe, HS_PE_DEBUG) };

	for (size_t i = 0; c.rest.len >= DEBUG_ENTRY && i < HS_MAX_PE_NAMES; i++) {
		uint64_t time, type, len, where;

		hs_take(&c, 4);
		time = hs_take_le(&c, 4);
		hs_take(&c, 4);
		type = hs_take_le(&c, 4);
		len = hs_take_le(&c, 4);
		hs_take(&c, 4);
		where = hs_take_le(&c, 4);
		hs_sayf(out, "debug", "type %" PRIu64 ", time 0x%08" PRIx64 ", %" PRIu64 " bytes",
		        type, time, len);
		if (type == CODE_VIEW)
			say_code_view(out, hs_span_head(hs_span_from(pe->file, where), len));
		else if (type == REPRODUCIBLE)
			hs_say_word(out, "reproducible", "its times are digests");
	}
}

/* What is imported of "LIBRARY ", from its lookup table; how many there was room for. */
static size_t
say_library(struct hs_facts *out, const struct hs_pe *pe, struct hs_span library, uint64_t table,
            size_t room)
{
	const size_t width = pe->magic == HS_PE32_PLUS ? 8 : 4;
	struct hs_cursor c = { .rest = hs_pe_at(pe, table) };
	size_t n = 0;

	for (; n < room; n++) {
		const uint64_t v = hs_take_le(&c, width);
		struct hs_span name;

		if (v == 0 || c.cut)
			break;
		if (v >> (8 * width - 1))
			name = hs_arena_span(out->arena, "#%" PRIu64, v & 0xffff);
		else
			name = hs_pe_text(pe, v + 2);
		hs_say(out, "import", hs_arena_join(out->arena, library, name));
	}
	return n;
}

void
hs_pe_say_imports(struct hs_facts *out, const struct hs_pe *pe)
{
	struct hs_cursor c = { .rest = hs_pe_at(pe, hs_pe_directory(pe, HS_PE_IMPORTS).address) };
	size_t room = HS_MAX_PE_NAMES;

	if (hs_pe_directory(pe, HS_PE_IMPORTS).len == 0)
		return;
	while (c.rest.len >= IMPORT_ENTRY && room > 0) {
		const uint64_t lookup = hs_take_le(&c, 4);
		uint64_t name, addresses;

		hs_take(&c, 8);
		name = hs_take_le(&c, 4);
		addresses = hs_take_le(&c, 4);
		if (name == 0)
			break;
		room--;
		room -= say_library(out, pe,
		                    hs_arena_join(out->arena, hs_pe_text(pe, name), HS_SPAN(" ")),
		                    lookup ? lookup : addresses, room);
	}
	if (room == 0)
		hs_sayf(out, "import", "and more than %d", HS_MAX_PE_NAMES);
}

void
hs_pe_say_exports(struct hs_facts *out, const struct hs_pe *pe)
{
	struct hs_cursor c = { .rest = hs_pe_directory_bytes(pe, HS_PE_EXPORTS) }, names;
	uint64_t time, name, n, table;
	struct hs_span one;

	hs_take(&c, 4);
	time = hs_take_le(&c, 4);
	hs_take(&c, 4);
	name = hs_take_le(&c, 4);
	hs_take(&c, 8);
	n = hs_take_le(&c, 4);
	hs_take(&c, 4);
	table = hs_take_le(&c, 4);
	if (c.cut)
		return;
	hs_say(out, "exports as", hs_pe_text(pe, name));
	hs_say_hex(out, "export time", time);
	names = (struct hs_cursor){ .rest = hs_pe_at(pe, table) };
	for (uint64_t i = 0; i < n && names.rest.len >= 4; i++) {
		if (i == HS_MAX_PE_NAMES) {
			hs_sayf(out, "export", "and more than %d", HS_MAX_PE_NAMES);
			return;
		}
		one = hs_pe_text(pe, hs_take_le(&names, 4));
		if (one.len)
			hs_say(out, "export", one);
	}
}

/* The stream of that name in the metadata; empty where there is none. */
static struct hs_span
stream(struct hs_span metadata, struct hs_cursor c, const char *wanted)
{
	for (uint64_t n = hs_take_le(&c, 2); n > 0 && !c.cut; n--) {
		const uint64_t where = hs_take_le(&c, 4), len = hs_take_le(&c, 4);
		const struct hs_span name = hs_take_string(&c);

		hs_take(&c, (4 - (name.len + 1) % 4) % 4);
		if (hs_span_is(name, wanted))
			return hs_span_head(hs_span_from(metadata, where), len);
	}
	return (struct hs_span){ NULL, 0 };
}

void
hs_pe_say_clr(struct hs_facts *out, const struct hs_pe *pe)
{
	struct hs_cursor c = { .rest = hs_pe_directory_bytes(pe, HS_PE_CLR) };
	struct hs_span metadata, version, guids;
	uint64_t major, minor, where, len, flags;

	hs_take(&c, 4);
	major = hs_take_le(&c, 2);
	minor = hs_take_le(&c, 2);
	where = hs_take_le(&c, 4);
	len = hs_take_le(&c, 4);
	flags = hs_take_le(&c, 4);
	if (c.cut)
		return;
	hs_sayf(out, "clr runtime", "%" PRIu64 ".%" PRIu64, major, minor);
	hs_say_hex(out, "clr flags", flags);
	metadata = hs_span_head(hs_pe_at(pe, where), len);
	c = (struct hs_cursor){ .rest = metadata };
	if (!hs_span_is(hs_take(&c, 4), "BSJB"))
		return;
	hs_take(&c, 8);
	version = hs_take(&c, hs_take_le(&c, 4));
	while (version.len && version.at[version.len - 1] == 0)
		version.len--;
	hs_say(out, "clr version", version);
	hs_take(&c, 2);
	guids = stream(metadata, c, "#GUID");
	if (guids.len >= GUID)
		say_guid(out, "module version id", guids);
}
