/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_EXPECT_H
#define HS_CLI_EIF_EXPECT_H

#include "core/run.h"
#include "enclave/pcr.h"

/* Measurements that somebody insists on: --expect, as often as it was given. */
struct hs_eif_expected {
	unsigned index; /* 0, 1, 2 or 8 */
	struct hs_pcr value;
	const char *from; /* the argument */
};

struct hs_eif_expect {
	struct hs_eif_expected *list; /* in the order of the arguments, of a file by number */
	size_t n;
};

/*
 * Reads PCRn=HEX and JSON files as eif pcr, eif build and nitro-cli print
 * them: an object with PCR0, PCR1, PCR2, PCR8 and HashAlgorithm (which says
 * nothing), alone or as "Measurements". In the arena. HS_EUSAGE for all else,
 * and for zeros, which are what an enclave in debug mode attests to.
 */
int hs_eif_expect_read(struct hs_eif_expect *out, struct hs_arena *a, const char *const *args,
                       size_t n, struct hs_err *err);

#endif
