/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_CBOR_H
#define HS_CORE_CBOR_H

#include "core/arena.h"
#include "core/err.h"
#include "core/span.h"

#include <stdio.h>

/*
 * CBOR (RFC 8949), read in place and written canonically.
 *
 * Why no library: what is signed are exact bytes, so that a reader has to know
 * where each item begins and ends and whether its head was the shortest; and
 * the pass that must go before a library for hostile input (lengths, depth,
 * counts) is already a reader.
 */
enum hs_cbor_major {
	HS_CBOR_UINT,
	HS_CBOR_NEGINT, /* -1 - value */
	HS_CBOR_BYTES,
	HS_CBOR_TEXT,
	HS_CBOR_ARRAY,
	HS_CBOR_MAP,
	HS_CBOR_TAG,
	HS_CBOR_SIMPLE, /* value 20 false, 21 true, 22 null, 23 undefined; floats: `value` is the
	                   bits, `width` their bytes */
};

struct hs_cbor_item {
	enum hs_cbor_major major;
	bool indefinite;     /* a length that is not stated; value is 0. Of SIMPLE: the break that
	                        ends such a one */
	bool shortest;       /* its head takes no more bytes than it has to */
	uint8_t width;       /* bytes of the head behind its first: 0, 1, 2, 4, 8 */
	uint64_t value;      /* number, length, count of elements or pairs, tag */
	struct hs_span data; /* of definite BYTES and TEXT */
	uint64_t offset;     /* of its head in what the cursor began with */
};

/* Whether it is no item, but the end of an array, map or string of no stated length. */
static inline bool
hs_cbor_is_break(const struct hs_cbor_item *it)
{
	return it->major == HS_CBOR_SIMPLE && it->indefinite;
}

struct hs_cbor {
	struct hs_span all, rest;
};

static inline struct hs_cbor
hs_cbor_of(struct hs_span bytes)
{
	return (struct hs_cbor){ bytes, bytes };
}

/*
 * The next head (with the data of a definite string), leaving `rest` behind
 * it: at the first element of an array, map or tag. HS_EFORMAT, with the
 * offset, for what is cut or reserved. A count that cannot fit in what is left
 * is HS_EFORMAT as well, so that it is safe to allocate by. After an error the
 * cursor is where it was.
 */
int hs_cbor_next(struct hs_cbor_item *out, struct hs_cbor *c, struct hs_err *err);

/* The next head, which must be of that major type and definite; `what` names it in the error. */
int hs_cbor_expect(struct hs_cbor_item *out, struct hs_cbor *c, enum hs_cbor_major major,
                   const char *what, struct hs_err *err);

/* One whole item with all in it: *out is its bytes. HS_ELIMIT for more than HS_MAX_CBOR_DEPTH
 * levels or HS_MAX_CBOR_ITEMS items; never recurses. */
int hs_cbor_skip(struct hs_span *out, struct hs_cbor *c, struct hs_err *err);

/* Shortest heads into a growing buffer of the arena. */
struct hs_cbor_writer {
	struct hs_arena *arena;
	uint8_t *at;
	size_t len, room;
};

void hs_cbor_head(struct hs_cbor_writer *w, enum hs_cbor_major major, uint64_t value);
void hs_cbor_int(struct hs_cbor_writer *w, int64_t value);
void hs_cbor_bytes(struct hs_cbor_writer *w, struct hs_span bytes);
void hs_cbor_text(struct hs_cbor_writer *w, const char *text);
/* Bytes as an array of numbers, as Rust's serde writes a Vec<u8>. */
void hs_cbor_byte_array(struct hs_cbor_writer *w, struct hs_span bytes);
void hs_cbor_raw(struct hs_cbor_writer *w, struct hs_span item);
struct hs_span hs_cbor_written(const struct hs_cbor_writer *w);

#endif
