/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_MARSHAL_H
#define HS_COMPARATORS_MARSHAL_H

#include "core/arena.h"
#include "core/err.h"
#include "core/hash.h"

/*
 * Python's marshal, of which .pyc files are made: one object, each a type byte
 * and what it takes. Nothing is executed or made; the objects stand in one
 * list, each before those that it holds.
 */
#define HS_MARSHAL_NONE UINT32_MAX

struct hs_marshal_object {
	struct hs_span bytes; /* of a number or a string; of code, the numbers before its objects */
	uint32_t n;           /* objects that it holds: they follow, with what they hold */
	uint32_t next;        /* the object behind all those */
	uint32_t target;      /* of a reference: which object */
	uint32_t owner;       /* the code object that it stands in, or HS_MARSHAL_NONE */
	int32_t line;         /* of code: its first line */
	uint8_t type;         /* without the bit that marks it for reuse */
};

struct hs_marshal {
	struct hs_marshal_object *objects;
	size_t n, room;
	uint32_t *marked, *interned; /* what references lead to, by number */
	size_t n_marked, n_interned, n_references;
	size_t end;            /* bytes that the object takes */
	struct hs_sha256 form; /* of the type bytes and reference numbers: how it is written */
};

/* The object at the front of `bytes`, as Python `version` (311 for 3.11) has it. All in `a`. */
int hs_marshal_read(struct hs_marshal *out, struct hs_arena *a, struct hs_span bytes,
                    unsigned version, struct hs_err *err);

/* The object that number `i` is or refers to. */
const struct hs_marshal_object *hs_marshal_at(const struct hs_marshal *m, uint32_t i);

/* The index of the k-th object that `i` holds; HS_MARSHAL_NONE where it has not as many. */
uint32_t hs_marshal_child(const struct hs_marshal *m, uint32_t i, uint32_t k);

/* The bytes of a string of any type that `i` is or refers to; empty for anything else. */
struct hs_span hs_marshal_string(const struct hs_marshal *m, uint32_t i);

#endif
