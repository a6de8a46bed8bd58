/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_DOCUMENT_H
#define BUILD_DOCUMENT_H

#include "build_bytes.h"

/*
 * An attestation document that nobody signed, as the device lays it out: for
 * tests of what reads one and verifies nothing. Its certificates are a few
 * bytes, PCR0 to PCR4 are 01.., 02.., and so on.
 */
struct build_document {
	bool indefinite; /* the map states no length */
	bool debug;      /* PCR0, PCR1 and PCR2 are zero */
	bool tagged;
	bool last_first;     /* the nonce stands before all else */
	const char *unknown; /* a key more, with a number; or NULL */
	const char *nonce;   /* or NULL */
};

/* Adds it. */
void build_document(struct hs_build *out, const struct build_document *d);

#endif
