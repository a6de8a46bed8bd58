/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_ATTEST_EXPLAIN_H
#define HS_CLI_ATTEST_EXPLAIN_H

#include "cli/attest_demands.h"
#include "sinks/explain.h"

/*
 * Why a document does not measure an enclave image that was expected. Nobody
 * can tell that of a digest; but where another image that was expected is what
 * the document measures, the one runs in place of the other, and the two can
 * be compared.
 */
struct hs_attest_pair {
	const struct hs_attest_eif *running, *other;
};

/* False where the document is not genuine, or measures all of the images or none. */
bool hs_attest_pair(struct hs_attest_pair *out, const struct hs_attest_verdict *v,
                    const struct hs_attest_demands *d);

struct hs_attest_explained {
	struct hs_attest_pair pair;
	struct hs_report report;
	struct hs_explanation explanation; /* of the report: a is the one that runs */
	bool told;                         /* the caller's: of an earlier document */
	struct hs_attest_explained *next;
};

/* Those of a run: many documents may show the same two images. */
struct hs_attest_explanations {
	struct hs_run *run;
	struct hs_arena *arena;
	struct hs_attest_explained *first;
};

/* Compares the two unless that was done before; for the thread that made the pool. NULL where it
 * cannot be done, which is said. */
struct hs_attest_explained *hs_attest_explain(struct hs_attest_explanations *all,
                                              const struct hs_attest_pair *pair);

void hs_attest_explanations_release(struct hs_attest_explanations *all);

#endif
