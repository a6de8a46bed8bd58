/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ATTEST_REASON_H
#define HS_ATTEST_REASON_H

/* Why a document is refused, as a word for machines; hs_attest_reason_name(). */
enum hs_attest_reason {
	HS_ATTEST_OK,
	/* what it is */
	HS_ATTEST_NOT_COSE, /* no COSE_Sign1, or bytes around it */
	HS_ATTEST_ENVELOPE, /* a COSE_Sign1, not as the device makes them */
	HS_ATTEST_PAYLOAD,  /* the payload is not the map that it has to be */
	HS_ATTEST_FIELD,    /* a field is absent, of another type, too long, twice */
	HS_ATTEST_NITROTPM, /* of an EC2 instance's NitroTPM, not of an enclave */
	HS_ATTEST_EMULATED, /* QEMU's: not signed at all */
	/* who signed it */
	HS_ATTEST_CERTIFICATE, /* a certificate cannot be read, or is not as its place demands */
	HS_ATTEST_ROOT,        /* the bundle does not begin with a root that is trusted */
	HS_ATTEST_CHAIN,       /* a certificate is not signed by the one above it */
	HS_ATTEST_NOT_YET_VALID,
	HS_ATTEST_EXPIRED,
	HS_ATTEST_SIGNATURE,
	/* what it says */
	HS_ATTEST_TIMESTAMP, /* lies in the future */
	HS_ATTEST_STALE,     /* older than --max-age */
	HS_ATTEST_NONCE,
	HS_ATTEST_USER_DATA,
	HS_ATTEST_PUBLIC_KEY,
	HS_ATTEST_DEBUG,        /* PCR0, 1 and 2 are zero: debug mode */
	HS_ATTEST_MEASUREMENT,  /* another PCR than expected */
	HS_ATTEST_NOT_COMPARED, /* genuine, but no measurement was asked for */
	HS_ATTEST_N_REASONS,
};
const char *hs_attest_reason_name(enum hs_attest_reason reason);

#endif
