/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_CHAIN_H
#define HS_ATTEST_CHAIN_H

#include "attest/attestation.h"
#include "attest/roots.h"

/*
 * The certificates of a document, from the root of its bundle to its own:
 * cabundle[0] has to be, byte for byte, a root that is trusted; each of the
 * others is issued and signed by the one before it. All are valid at `at`, and
 * each is what its place demands: X.509 version 3, a key on P-384 as a named
 * curve, signed with ECDSA and SHA-384, CA or not, the path length, the key
 * usage, and no critical extension beside those two.
 *
 * No certificate of the bundle is ever trusted for being in it, and the time is
 * always looked at. OpenSSL builds and checks the path; what it leaves to its
 * strict mode, which refuses every genuine chain for want of key identifiers, is
 * checked here.
 */
struct hs_attest_chain {
	struct hs_certificate certificates[HS_ATTEST_MAX_CHAIN + 1]; /* the root first */
	size_t n;                                                    /* that could be read */
};

/* Reads the certificates and no more; release in any case. HS_EFORMAT names the one that is none.
 */
int hs_attest_chain_read(struct hs_attest_chain *out, const struct hs_attest_document *d,
                         struct hs_err *err);
void hs_attest_chain_release(struct hs_attest_chain *c);

/* 0, or *reason and the sentence, which names the certificate. `at`: seconds since 1970. */
int hs_attest_chain_check(enum hs_attest_reason *reason, const struct hs_attest_chain *c,
                          const struct hs_attest_roots *roots, int64_t at, struct hs_err *err);

/* "the root", "CA certificate 2 of 3", "the document's certificate": by its place in the chain. */
enum { HS_ATTEST_PLACE = 48 };
const char *hs_attest_place(char out[HS_ATTEST_PLACE], const struct hs_attest_chain *c, size_t i);

#endif
