/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_VERDICT_H
#define HS_ATTEST_VERDICT_H

#include "attest/chain.h"

/* A PCR that somebody insists on. */
struct hs_attest_expected {
	unsigned index;
	struct hs_pcr value;
	const char *from; /* what said so, for people; escaped */
};

/* What a relying party asks of a document. */
struct hs_attest_policy {
	struct hs_attest_roots roots;
	bool at_timestamp; /* certificates are to be valid at the document's own time, not at `at`
	                    */
	int64_t at;        /* seconds since 1970 */
	int64_t now;       /* likewise: for the age, and for documents from the future */
	bool has_max_age;
	int64_t max_age; /* seconds */
	/* What the field has to be; bytes NULL and len 0 with `present`: empty, but there. */
	struct hs_attest_field nonce, user_data, public_key;
	const struct hs_attest_expected *expected;
	size_t n_expected;
	bool allow_debug;
	bool no_measurements; /* that nothing is compared is what was meant */
};

/* One thing that was looked at. */
struct hs_attest_check {
	const char *name; /* a word: "document", "chain", "signature", "nonce", "PCR0" */
	enum hs_attest_reason reason; /* HS_ATTEST_OK, or why it failed */
	const char *text;             /* a sentence without its full stop; escaped */
};

/*
 * What came of it. The first check that fails ends the ones that would mean
 * nothing after it: of a document that is not genuine no field is held against
 * anything. Those of the policy are all told.
 */
struct hs_attest_verdict {
	enum hs_attest_reason reason;   /* of the first that failed, or HS_ATTEST_OK */
	const char *sentence;           /* to quote */
	struct hs_attest_check *checks; /* in the arena */
	size_t n_checks;
	bool genuine;                       /* signed by whom a trusted root vouches for */
	struct hs_attest_document document; /* what could be read of it */
};

/* Reads and verifies one document. Texts in the arena. Never fails; keeps nothing. */
void hs_attest_verify(struct hs_attest_verdict *out, struct hs_arena *a, struct hs_span bytes,
                      const struct hs_attest_policy *policy);

#endif
