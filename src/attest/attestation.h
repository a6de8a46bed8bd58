/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_ATTESTATION_H
#define HS_ATTEST_ATTESTATION_H

#include "attest/reason.h"
#include "enclave/cose.h"
#include "enclave/pcr.h"

/*
 * An attestation document of the Nitro Security Module: a COSE_Sign1 whose
 * payload is a map (nsm-api, docs/attestation_process.md; what real documents
 * have beside it: docs/attestation.md). Read, it is not verified: whoever
 * shows a field of it says so.
 *
 * Every part is looked up by its key. A key or an index that is there twice, a
 * head that is not the shortest, bytes behind the end of anything: refused,
 * since two readers could disagree.
 */
enum {
	HS_ATTEST_PCRS = 32,
	HS_ATTEST_MAX_CHAIN = 32, /* certificates of the bundle; the device has 4 */
};

struct hs_attest_field {
	bool present;         /* the key is there */
	bool null;            /* as null */
	struct hs_span bytes; /* of the input */
};

struct hs_attest_document {
	struct hs_cose_sign1 cose;
	struct hs_span module_id; /* UTF-8; any characters */
	struct hs_span digest;    /* "SHA384" */
	uint64_t timestamp;       /* milliseconds since 1970 */
	uint32_t pcr_set;         /* bit i: PCR i is there */
	struct hs_pcr pcrs[HS_ATTEST_PCRS];
	struct hs_span certificate;                   /* DER */
	struct hs_span cabundle[HS_ATTEST_MAX_CHAIN]; /* DER, the root first */
	size_t n_cabundle;
	struct hs_attest_field public_key, user_data, nonce;
	bool indefinite;  /* the outer map has no length, as of 2025 */
	size_t n_unknown; /* keys that are none of these: signed, and ignored */
	struct hs_span unknown[8];
};

/*
 * Takes a document apart. Not 0: *reason says which word, err the sentence, and
 * *out holds what could be read before it. Spans of `bytes`.
 */
int hs_attest_read(struct hs_attest_document *out, enum hs_attest_reason *reason,
                   struct hs_span bytes, struct hs_err *err);

/* Whether PCR0, PCR1 or PCR2 is zero: in debug mode all three are, and none is ever else. */
bool hs_attest_is_debug(const struct hs_attest_document *d);

/* Whether bytes may be one: a bid for the comparator. */
bool hs_attest_is(struct hs_span bytes);

#endif
