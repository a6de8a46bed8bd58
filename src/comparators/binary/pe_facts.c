/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/pe_facts.h"

#include "comparators/binary/pe_words.h"

#include <inttypes.h>

/* A field of the optional header: 0 bytes wide is 4 in PE32 and 8 in PE32+. */
struct field {
	const char *name;
	uint8_t width;
	enum { NUMBER, HEX, VERSION_MAJOR, VERSION_MINOR, SUBSYSTEM, DLL_FLAGS } as;
};

static void
say_field(struct hs_facts *out, const struct field *f, uint64_t v, uint64_t before)
{
	switch (f->as) {
	case NUMBER:
		hs_say_u64(out, f->name, v);
		break;
	case HEX:
		hs_say_hex(out, f->name, v);
		break;
	case VERSION_MAJOR:
		break;
	case VERSION_MINOR:
		hs_sayf(out, f->name, "%" PRIu64 ".%" PRIu64, before, v);
		break;
	case SUBSYSTEM:
		hs_say_word(out, f->name, hs_pe_subsystem_word(out->arena, (unsigned)v));
		break;
	case DLL_FLAGS:
		hs_say_word(out, f->name, hs_pe_dll_flags_words(out->arena, (unsigned)v));
	}
}

static void
say_optional(struct hs_facts *out, const struct hs_pe *pe)
{
	static const struct field fields[] = {
		{ "linker version", 1, VERSION_MAJOR },
		{ "linker version", 1, VERSION_MINOR },
		{ "size of code", 4, NUMBER },
		{ "size of data", 4, NUMBER },
		{ "size of zeros", 4, NUMBER },
		{ "entry point", 4, HEX },
		{ "base of code", 4, HEX },
	};
	static const struct field behind[] = {
		{ "image base", 0, HEX },
		{ "section alignment", 4, NUMBER },
		{ "file alignment", 4, NUMBER },
		{ "os version", 2, VERSION_MAJOR },
		{ "os version", 2, VERSION_MINOR },
		{ "image version", 2, VERSION_MAJOR },
		{ "image version", 2, VERSION_MINOR },
		{ "subsystem version", 2, VERSION_MAJOR },
		{ "subsystem version", 2, VERSION_MINOR },
		{ "windows version", 4, NUMBER },
		{ "image size", 4, NUMBER },
		{ "headers size", 4, NUMBER },
		{ "checksum", 4, HEX },
		{ "subsystem", 2, SUBSYSTEM },
		{ "dll characteristics", 2, DLL_FLAGS },
		{ "stack reserve", 0, NUMBER },
		{ "stack commit", 0, NUMBER },
		{ "heap reserve", 0, NUMBER },
		{ "heap commit", 0, NUMBER },
		{ "loader flags", 4, HEX },
		{ "data directories", 4, NUMBER },
	};
	const size_t n_first = sizeof(fields) / sizeof(fields[0]);
	const bool plus = pe->magic == HS_PE32_PLUS;
	struct hs_cursor c = { .rest = hs_span_from(pe->optional, 2) };
	uint64_t before = 0;

	for (size_t i = 0; i < n_first + sizeof(behind) / sizeof(behind[0]); i++) {
		const struct field *f = i < n_first ? &fields[i] : &behind[i - n_first];
		uint64_t v;

		if (i == n_first && !plus)
			hs_say_hex(out, "base of data", hs_take_le(&c, 4));
		v = hs_take_le(&c, f->width ? f->width : plus ? 8 : 4);
		if (c.cut)
			return;
		say_field(out, f, v, before);
		before = v;
	}
}

static void
say_directories(struct hs_facts *out, const struct hs_pe *pe)
{
	for (size_t i = 0; i < pe->n_directories; i++) {
		const struct hs_pe_directory d = hs_pe_directory(pe, i);
		const char *word = hs_pe_directory_word(i);

		if (d.address || d.len)
			hs_sayf(out, "directory", "%s at 0x%" PRIx32 ", %" PRIu32 " bytes", word,
			        d.address, d.len);
	}
}

void
hs_pe_say_headers(struct hs_facts *out, const struct hs_pe *pe)
{
	struct hs_cursor c = { .rest = hs_span_from(pe->file, pe->start + 20) };
	uint64_t optional;

	hs_say_word(out, "machine", hs_pe_machine_word(out->arena, pe->machine));
	hs_say_time(out, "timestamp", pe->timestamp, 0, 0);
	if (pe->symbols || pe->n_symbols)
		hs_sayf(out, "symbols", "%" PRIu32 " at offset %" PRIu32, pe->n_symbols,
		        pe->symbols);
	optional = hs_take_le(&c, 2);
	hs_say_word(out, "characteristics",
	            hs_pe_characteristics_words(out->arena, (unsigned)hs_take_le(&c, 2)));
	hs_sayf(out, "optional header", "%s, %" PRIu64 " bytes",
	        pe->magic == HS_PE32_PLUS ? "PE32+"
	        : pe->magic == 0x10b      ? "PE32"
	                                  : hs_arena_printf(out->arena, "0x%x", pe->magic),
	        optional);
	hs_say_u64(out, "sections", pe->n_said);
	say_optional(out, pe);
	out->detail = true;
	say_directories(out, pe);
	out->detail = false;
}

struct hs_span
hs_pe_say_rich(struct hs_facts *out, const struct hs_pe *pe)
{
	enum { DOS = 0x40, ENTRY = 8 };
	const struct hs_span stub = hs_span_from(hs_span_head(pe->file, pe->start), DOS);
	const struct hs_span none = { NULL, 0 };
	const uint8_t *end = stub.len ? memmem(stub.at, stub.len, "Rich", 4) : NULL;
	struct hs_cursor c;
	size_t to, from;
	uint64_t key;

	to = end ? (size_t)(end - stub.at) : 0;
	c = (struct hs_cursor){ .rest = hs_span_from(stub, to + 4) };
	key = hs_take_le(&c, 4);
	if (!end || c.cut)
		return none;
	for (from = to; from >= ENTRY; from -= ENTRY) {
		c = (struct hs_cursor){ .rest = hs_span_from(stub, from - ENTRY) };
		if ((hs_take_le(&c, 4) ^ key) == 0x536e6144 /* "DanS" */)
			break;
	}
	if (from < ENTRY)
		return none;
	from -= ENTRY;
	/* Three numbers that are nothing but the key. */
	c = (struct hs_cursor){ .rest = hs_span_from(stub, from + 4) };
	if (hs_take_le(&c, 4) != key || hs_take_le(&c, 4) != key || hs_take_le(&c, 4) != key)
		return none;
	c = (struct hs_cursor){ .rest = hs_span_head(hs_span_from(stub, from + 16),
		                                     to - from - 16) };
	hs_say_hex(out, "rich key", key);
	while (c.rest.len >= ENTRY) {
		const uint64_t tool = hs_take_le(&c, 4) ^ key, times = hs_take_le(&c, 4) ^ key;

		hs_sayf(out, "rich", "product %" PRIu64 ", build %" PRIu64 ", %" PRIu64 " objects",
		        tool >> 16, tool & 0xffff, times);
	}
	return hs_span_head(hs_span_from(stub, from), to - from + ENTRY);
}
