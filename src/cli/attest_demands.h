/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_ATTEST_DEMANDS_H
#define HS_CLI_ATTEST_DEMANDS_H

#include "attest/verdict.h"
#include "cli/eif_expect.h"
#include "cli/session.h"

/* An operand of --expect that is an enclave image. */
struct hs_attest_eif {
	const char *name; /* the argument, as `from` of what it expects is */
	struct hs_operand operand;
};

/* What attest verify is asked to insist on; the policy's pointers go into the rest. */
struct hs_attest_demands {
	struct hs_attest_policy policy;
	struct hs_eif_expect expect;
	const char *at;             /* the argument of --at, or "now" */
	struct hs_attest_eif *eifs; /* in their order, kept open */
	size_t n_eifs;
};

/*
 * Reads the options, and the files that they name; an enclave image is
 * measured, of a container image its ramdisk is made and measured. Release in
 * any case; the error names the option.
 */
int hs_attest_demands_read(struct hs_attest_demands *out, struct hs_arena *a, struct hs_session *s,
                           const struct hs_cli_attest *attest, struct hs_err *err);
void hs_attest_demands_release(struct hs_attest_demands *d);

#endif
