/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_SIGNATURE_H
#define HS_ENCLAVE_SIGNATURE_H

#include "enclave/certificate.h"
#include "enclave/cose.h"
#include "enclave/pcr.h"

/*
 * The signature section: [ { "signing_certificate": PEM, "signature":
 * COSE_Sign1 } ], both as arrays of numbers, not as byte strings. What is
 * signed is { "register_index": 0, "register_value": PCR0 }, likewise.
 */
struct hs_signature {
	struct hs_span pem;                /* in the arena, and so is what is below */
	struct hs_span cose;               /* the message's bytes */
	struct hs_certificate certificate; /* to be released */
	struct hs_cose_sign1 message;
	bool has_message; /* all of it could be read */
	bool has_payload; /* the payload could be read */
	uint64_t register_index;
	struct hs_pcr register_value;
	size_t n_signatures; /* elements of the outer array; the first counts */
	bool as_written;     /* the section is byte for byte what AWS's tools write for its PEM and
	                        message: no other key, no second signature, shortest heads */
};

/*
 * Reads the section; HS_EFORMAT names what could not be, and *out holds what
 * could be read before it. Release in any case. Checks no signature.
 */
int hs_signature_read(struct hs_signature *out, struct hs_arena *a, struct hs_span section,
                      struct hs_err *err);
void hs_signature_release(struct hs_signature *s);

/* How well a signature that was read holds. */
struct hs_signature_verdict {
	bool genuine;      /* made with the certificate's key over the payload */
	struct hs_err why; /* where it is not */
	bool covers;       /* the payload is the PCR0 that was measured */
};
void hs_signature_verify(struct hs_signature_verdict *out, const struct hs_signature *s,
                         const struct hs_pcr *pcr0);

/* Who signs: the PEM file goes into the section as it is, its first certificate's key is the
 * signer's. */
struct hs_signature_by {
	struct hs_span pem;
	struct hs_cose_signer signer;
};

/* A new section over that PCR0, in the arena. */
int hs_signature_make(struct hs_span *out, struct hs_arena *a, const struct hs_signature_by *by,
                      const struct hs_pcr *pcr0, struct hs_err *err);

#endif
