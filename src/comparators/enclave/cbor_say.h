/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_CBOR_SAY_H
#define HS_COMPARATORS_CBOR_SAY_H

#include "core/cbor.h"

/*
 * Items in diagnostic notation (RFC 8949 section 8), as UTF-8: every choice
 * that an encoder has shows, so that two items of one text are the same bytes.
 * Heads that are longer than they have to be, and all floats, have their width
 * behind them ("_0" to "_3"). A long byte string is its first bytes, its length
 * and its digest; a byte of a text that is no UTF-8 is \xHH.
 */
enum hs_cbor_layout {
	HS_CBOR_ONE_LINE,
	HS_CBOR_INDENTED, /* by two spaces; ends with a new line */
};

/* All the items that stand one after the other in `items`, which hs_cbor_skip() has passed: what
 * is not well formed ends the writing. */
void hs_cbor_say(FILE *out, struct hs_span items, enum hs_cbor_layout layout);

/* One item on one line, in the arena. */
struct hs_span hs_cbor_text_of(struct hs_arena *a, struct hs_span item);

#endif
