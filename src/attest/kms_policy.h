/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_KMS_POLICY_H
#define HS_ATTEST_KMS_POLICY_H

#include "enclave/expectation.h"

#include <stdio.h>

/* A statement for a KMS key policy whose conditions are these PCRs; HS_EUSAGE for one that is
 * all zero, which every enclave in debug mode has. */
int hs_kms_policy_print(FILE *out, const struct hs_expectation *e, struct hs_err *err);

/* The same as our expectation file: what --expect takes. */
int hs_expectation_print(FILE *out, const struct hs_expectation *e, struct hs_err *err);

#endif
