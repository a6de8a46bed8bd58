/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_WASM_FILE_H
#define HS_COMPARATORS_WASM_FILE_H

#include "core/arena.h"
#include "core/err.h"
#include "core/span.h"

/* The sections of a module by their number (WebAssembly Core Specification, 5.5). */
enum hs_wasm_section_id {
	HS_WASM_CUSTOM,
	HS_WASM_TYPE,
	HS_WASM_IMPORT,
	HS_WASM_FUNCTION,
	HS_WASM_TABLE,
	HS_WASM_MEMORY,
	HS_WASM_GLOBAL,
	HS_WASM_EXPORT,
	HS_WASM_START,
	HS_WASM_ELEMENT,
	HS_WASM_CODE,
	HS_WASM_DATA,
	HS_WASM_DATA_COUNT,
	HS_WASM_TAG,
	HS_WASM_SECTIONS, /* how many there are */
};

/* What imports and exports are of. */
enum hs_wasm_kind {
	HS_WASM_IS_FUNCTION,
	HS_WASM_IS_TABLE,
	HS_WASM_IS_MEMORY,
	HS_WASM_IS_GLOBAL,
	HS_WASM_IS_TAG,
	HS_WASM_KINDS,
};

struct hs_wasm_section {
	unsigned id;
	size_t width;         /* of its length: 5 where a linker left room */
	struct hs_span name;  /* of a custom section */
	struct hs_span bytes; /* behind the length, and the name */
};

/* A function: the imported ones first, then those that are defined. */
struct hs_wasm_function {
	struct hs_span name; /* by the name section, else as it is exported, else as it is imported;
	                        empty where it has none */
	struct hs_span body; /* behind its length; empty where it is imported */
	struct hs_span stored; /* with its length */
	uint32_t type;
};

struct hs_wasm_segment {
	struct hs_span head; /* its mode and where it goes */
	struct hs_span bytes;
	struct hs_span name; /* or empty */
};

struct hs_wasm {
	struct hs_wasm_section *sections;
	size_t n_sections;
	struct hs_span *types; /* each from its form on, up to the next */
	size_t n_types;
	struct hs_wasm_function *functions;
	size_t n_functions, n_imported;
	struct hs_wasm_segment *segments;
	size_t n_segments;
	struct hs_span *globals; /* their names; empty: none */
	size_t n_globals;
	struct hs_span rest; /* what is no section */
};

/*
 * Takes a module apart; arrays are in `a`, all else are parts of the file.
 * HS_EFORMAT where it is damaged: *out then has what stands before.
 */
int hs_wasm_read(struct hs_wasm *out, struct hs_arena *a, struct hs_span file, struct hs_err *err);

/* LEB128 of at most 64 bits; cuts the cursor where it is longer. */
uint64_t hs_wasm_unsigned(struct hs_cursor *c);
int64_t hs_wasm_signed(struct hs_cursor *c);
/* A number of bytes and these: a name, a body. */
struct hs_span hs_wasm_bytes(struct hs_cursor *c);

/* "type", "import" ...; NULL for a number that means none. */
const char *hs_wasm_section_word(unsigned id);
/* The section of that number; NULL where there is none. */
const struct hs_wasm_section *hs_wasm_section(const struct hs_wasm *w, unsigned id);

#endif
