/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_ARMOUR_H
#define HS_ATTEST_ARMOUR_H

#include "core/arena.h"
#include "core/err.h"
#include "core/span.h"

/*
 * How an attestation document is wrapped as text: people paste them. Taken is
 * what leaves no doubt: white space at the ends and between lines aside, the
 * whole of the input is one encoding.
 */
enum hs_armour {
	HS_ARMOUR_NONE,   /* CBOR as it is */
	HS_ARMOUR_BASE64, /* either alphabet, with or without padding */
	HS_ARMOUR_HEX,    /* of either case, with or without 0x */
	HS_ARMOUR_PEM,    /* -----BEGIN anything----- around base64 */
};

/* "binary", "base64", "hex", "pem". */
const char *hs_armour_name(enum hs_armour armour);

/*
 * The bytes inside: the input's own, or in the arena. HS_EFORMAT, with the offset, for text that
 * is none of these, HS_ELIMIT past HS_MAX_ATTESTATION_TEXT.
 */
int hs_armour_open(struct hs_span *out, enum hs_armour *how, struct hs_arena *a,
                   struct hs_span input, struct hs_err *err);

#endif
