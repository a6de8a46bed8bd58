/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTESTED_H
#define ATTESTED_H

#include "build_attestation.h"

/*
 * What tests of verdicts share: a PKI, made before the first test of a program
 * and let go of behind its last (attested_set_up and attested_tear_down for
 * cmocka_run_group_tests), and what came of a document.
 */
extern struct build_pki attested_pki;
int attested_set_up(void **state);
int attested_tear_down(void **state);

struct attested {
	enum hs_attest_reason reason;
	bool genuine;
	char sentence[600];
};

/* Of bytes, which are copied to the end of a block of memory of their own. Lets go of the policy's
 * roots. */
struct attested attested_bytes(struct hs_span bytes, struct hs_attest_policy policy);

/* Of what is built, under build_policy(). */
struct attested attested_built(const struct build_attestation *b);

/* 0 where the reason is `want` and the sentence has `says` in it (NULL: whatever); else 1, having
 * said what is wrong with the row. */
unsigned attested_is_wrong(const char *row, const struct attested *got, enum hs_attest_reason want,
                           const char *says);

#endif
