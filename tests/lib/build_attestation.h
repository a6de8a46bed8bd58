/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_ATTESTATION_H
#define BUILD_ATTESTATION_H

#include "attest/verdict.h"
#include "build_bytes.h"

/*
 * A PKI and documents of a test, as the security module's are: a root, three
 * CA certificates and a leaf on P-384. Each part can be another.
 */
enum { BUILD_ROOT, BUILD_REGION, BUILD_ZONE, BUILD_INSTANCE, BUILD_LEAF, BUILD_CHAIN };

/* The moment of all documents, in seconds since 1970. */
#define BUILD_MOMENT INT64_C(1700000000)

struct build_x509 {
	const char *subject, *issuer; /* CN */
	EVP_PKEY *key, *signer;
	int64_t from, until;
	const char *constraints, *usage; /* as openssl.cnf has them; NULL: none */
	const char *extra;               /* "OID=DER in hex", critical; NULL: none */
	bool version_1;
	const char *md;    /* NULL: SHA384 */
	const char *point; /* in hex, in place of that of the key; NULL: the key's */
	size_t trailing;   /* zero bytes behind the DER */
};

/* Keys and certificates, made once; build_pki_release() when all is done. */
struct build_pki {
	EVP_PKEY *keys[BUILD_CHAIN];
	EVP_PKEY *other; /* of nobody in the chain */
	/* The certificates that nothing is wrong with. ECDSA takes random numbers: a root that is
	 * made again is another. */
	struct hs_build ders[BUILD_CHAIN];
};
void build_pki(struct build_pki *out);
void build_pki_release(struct build_pki *p);

/* What each certificate is that nothing is wrong with. */
void build_pki_chain(struct build_x509 out[BUILD_CHAIN], const struct build_pki *p);

void build_x509_der(struct hs_build *out, const struct build_x509 *c);

/* The parts of a document, in their order; a part is CBOR of the builder's own, or the row's. */
enum build_part {
	BUILD_BEFORE, /* of the message: nothing, or a tag */
	BUILD_ARRAY,  /* its head */
	BUILD_PROTECTED,
	BUILD_UNPROTECTED,
	BUILD_MAP, /* head of the payload's map */
	BUILD_MODULE_ID,
	BUILD_DIGEST,
	BUILD_TIMESTAMP,
	BUILD_PCRS,
	BUILD_CERTIFICATE,
	BUILD_CABUNDLE,
	BUILD_PUBLIC_KEY,
	BUILD_USER_DATA,
	BUILD_NONCE,
	BUILD_MAP_END, /* more pairs, a break, bytes behind */
	BUILD_PAYLOAD, /* the item with the payload in it */
	BUILD_SIGNATURE,
	BUILD_BEHIND,
	BUILD_PARTS,
};

struct build_attestation {
	struct hs_span chain[BUILD_CHAIN + 3]; /* DER, the leaf last */
	size_t n_chain;
	EVP_PKEY *signer; /* NULL: the signature is 55 96 times */
	bool high_s;      /* s is made larger than half of the order */
	/*
	 * In place of a part: hex digits, spaces, and "xx*n" for a byte n times. A
	 * field of the payload is its key and its value; "" leaves it out.
	 */
	const char *parts[BUILD_PARTS];
};

void build_attestation(struct hs_build *out, const struct build_attestation *b);

/* The keys of the payload's map, as parts have them. */
#define BUILD_KEY_MODULE_ID "69 6d6f64756c655f6964 "
#define BUILD_KEY_DIGEST "66 646967657374 "
#define BUILD_KEY_TIMESTAMP "69 74696d657374616d70 "
#define BUILD_KEY_PCRS "64 70637273 "
#define BUILD_KEY_CERTIFICATE "6b 6365727469666963617465 "
#define BUILD_KEY_CABUNDLE "68 636162756e646c65 "
#define BUILD_KEY_PUBLIC_KEY "6a 7075626c69635f6b6579 "
#define BUILD_KEY_USER_DATA "69 757365725f64617461 "
#define BUILD_KEY_NONCE "65 6e6f6e6365 "

/* Adds what is written as parts are. */
void build_parts_hex(struct hs_build *out, const char *hex);

/* One with the certificates as they are, signed by the leaf. */
struct build_attestation build_usual_document(const struct build_pki *p);

/* One that nobody signed, for tests of what reads documents and verifies nothing: its certificates
 * are "root", "middle" and "leaf". */
struct build_attestation build_unsigned(void);

/* A genuine document, with the certificates as they are and whatever `parts` says (NULL: nothing).
 */
void build_genuine(struct hs_build *out, const struct build_pki *p, enum build_part part,
                   const char *hex);

/* A policy that trusts the PKI's root and demands nothing else at BUILD_MOMENT; hand its roots to
 * hs_attest_roots_release(). */
struct hs_attest_policy build_policy(const struct build_pki *p);

#endif
