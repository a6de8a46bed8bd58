/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_OBSERVED_H
#define HS_ATTEST_OBSERVED_H

#include "attest/attestation.h"

/* "the whole image", "the parent instance's IAM role", ...: what a PCR measures. */
const char *hs_attest_pcr_meaning(unsigned index);

/*
 * What real documents have shown and nobody documents: the region, the parent
 * instance, when the enclave was launched, when the leaf was issued. A part that does
 * not have the form is empty or 0.
 */
struct hs_attest_observed {
	struct hs_span region, instance_id, enclave_id;
	int64_t launched_ms, leaf_issued;
	bool pcr4_fits; /* PCR4 is that of the instance in module_id */
};
void hs_attest_observe(struct hs_attest_observed *out, const struct hs_attest_document *d);

#endif
