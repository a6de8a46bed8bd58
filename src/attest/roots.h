/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_ROOTS_H
#define HS_ATTEST_ROOTS_H

#include "enclave/certificate.h"

/* What is trusted: the roots that are built in, by partition, or those of --root. */
struct hs_attest_roots {
	struct hs_certificate *list;
	size_t n;
};

/* Of "aws" or "aws-us-gov", checked against its pinned SHA-256. */
int hs_attest_roots_builtin(struct hs_attest_roots *out, const char *partition, struct hs_err *err);
int hs_attest_roots_add_pem(struct hs_attest_roots *r, struct hs_span pem, struct hs_err *err);
void hs_attest_roots_release(struct hs_attest_roots *r);

#endif
