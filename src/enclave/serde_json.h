/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_SERDE_JSON_H
#define HS_ENCLAVE_SERDE_JSON_H

#include "core/arena.h"
#include "core/err.h"
#include "core/span.h"

#include <stdio.h>

/*
 * JSON as Rust's serde_json reads and writes a Value (without
 * preserve_order): keys sorted by their bytes, the last of equal keys wins,
 * numbers as u64, i64 or the shortest form of a double (ryu's spelling),
 * strings with serde_json's escapes. The metadata of an EIF are written so,
 * and nitro-cli prints them so.
 */
enum hs_serde_kind {
	HS_SERDE_NULL,
	HS_SERDE_FALSE,
	HS_SERDE_TRUE,
	HS_SERDE_U64,
	HS_SERDE_I64, /* negative */
	HS_SERDE_F64,
	HS_SERDE_STRING,
	HS_SERDE_ARRAY,
	HS_SERDE_OBJECT,
};

struct hs_serde {
	enum hs_serde_kind kind;
	union {
		uint64_t u64;
		int64_t i64;
		double f64;
		struct hs_span string; /* UTF-8, unescaped */
		struct {
			const struct hs_serde *list; /* of an object: the values */
			const struct hs_span *keys;  /* of an object: sorted; else NULL */
			size_t n;
		} of;
	};
};

/* What serde_json::from_slice() takes; HS_EFORMAT with the offset for what it refuses (128
 * levels among it), HS_ELIMIT past HS_MAX_JSON bytes or HS_MAX_SERDE_VALUES values. In the arena;
 * strings without escapes are parts of `text`. */
int hs_serde_read(const struct hs_serde **out, struct hs_arena *a, struct hs_span text,
                  struct hs_err *err);

/* The member of an object, or NULL. */
const struct hs_serde *hs_serde_get(const struct hs_serde *object, const char *key);

/* to_string(): no blanks. */
void hs_serde_write(FILE *out, const struct hs_serde *v);

/* to_string_pretty(): two blanks a level; `level` is where it stands, for all lines but the first.
 */
void hs_serde_write_pretty(FILE *out, const struct hs_serde *v, unsigned level);

/* A string in quotes with serde_json's escapes. */
void hs_serde_write_string(FILE *out, struct hs_span utf8);

#endif
