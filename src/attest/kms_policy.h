/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_KMS_POLICY_H
#define HS_ATTEST_KMS_POLICY_H

#include "attest/verdict.h"

#include <stdio.h>

/*
 * Measurements as a relying party takes them. Both print one JSON object with
 * a line end, PCRs by number, and print nothing where they fail: HS_EUSAGE for
 * no PCR at all, one that is all zero (which an enclave in debug mode has),
 * one that is not 48 bytes, and one of two values.
 */
struct hs_kms_policy {
	const struct hs_attest_expected *list;
	size_t n;
	const char *principal; /* ARN of a role; NULL: the statement names nobody */
};

/*
 * The statement of a policy of AWS KMS (KMS developer guide, "Condition keys
 * for AWS Nitro Enclaves"): Decrypt is allowed where the request carries an
 * attestation document with all of these PCRs. PCR0 is ImageSha384 there.
 */
int hs_kms_policy_print(FILE *out, const struct hs_kms_policy *p, struct hs_err *err);

/* { "Measurements": { "HashAlgorithm": ..., "PCR0": ... } }, as nitro-cli prints measurements. */
int hs_kms_policy_print_expected(FILE *out, const struct hs_kms_policy *p, struct hs_err *err);

/* Whether no PCR is among them that says what the enclave runs: 0, 1 or 2. */
bool hs_kms_policy_is_loose(const struct hs_kms_policy *p);

#endif
