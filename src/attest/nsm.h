/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_NSM_H
#define HS_ATTEST_NSM_H

#include "core/arena.h"
#include "core/err.h"

/*
 * What is asked of the Nitro Security Module of an enclave, in CBOR (nsm-api:
 * Rust enums as serde writes them). A request without fields is its name, one
 * with fields a map of one: { "DescribePCR": { "index": 0 } }; responses are
 * likewise, or { "Error": "ReadOnlyIndex" }.
 */
enum { HS_NSM_MAX_REQUEST = 0x1000, HS_NSM_MAX_RESPONSE = 0x3000, HS_NSM_MAX_PCRS = 32 };

/* How a request gets its response: the device, or what a test puts in its place. */
struct hs_nsm {
	/* *n is the room in `response` and becomes its length. */
	int (*exchange)(void *ctx, uint8_t *response, size_t *n, struct hs_span request,
	                struct hs_err *err);
	void *ctx;
};

struct hs_nsm_description {
	uint64_t version[3];
	struct hs_span module_id, digest;
	uint64_t max_pcrs;
	uint16_t locked[HS_NSM_MAX_PCRS];
	size_t n_locked;
};

/* What the module answers; HS_EIO with its own word ("ReadOnlyIndex") where it refuses, HS_EFORMAT
 * for a response that is none. In the arena. */
int hs_nsm_describe(struct hs_nsm_description *out, struct hs_arena *a, const struct hs_nsm *nsm,
                    struct hs_err *err);
struct hs_nsm_pcr {
	bool locked;
	struct hs_span value;
};
int hs_nsm_pcr(struct hs_nsm_pcr *out, struct hs_arena *a, const struct hs_nsm *nsm, unsigned index,
               struct hs_err *err);
/* A PCR is extended by the data themselves, not by their hash; *out is its new value. */
struct hs_nsm_extension {
	unsigned index;
	struct hs_span data;
};
int hs_nsm_extend(struct hs_span *out, struct hs_arena *a, const struct hs_nsm *nsm,
                  const struct hs_nsm_extension *e, struct hs_err *err);
int hs_nsm_lock(struct hs_arena *a, const struct hs_nsm *nsm, unsigned index, struct hs_err *err);
/* All of [0, range). */
int hs_nsm_lock_range(struct hs_arena *a, const struct hs_nsm *nsm, unsigned range,
                      struct hs_err *err);
int hs_nsm_random(struct hs_span *out, struct hs_arena *a, const struct hs_nsm *nsm,
                  struct hs_err *err);

/* What goes into an attestation document: each NULL or bytes. */
struct hs_nsm_attestation {
	const struct hs_span *user_data, *nonce, *public_key;
};
int hs_nsm_attest(struct hs_span *document, struct hs_arena *a, const struct hs_nsm *nsm,
                  const struct hs_nsm_attestation *order, struct hs_err *err);

#endif
