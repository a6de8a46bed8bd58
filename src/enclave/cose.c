/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/cose.h"

#include "core/cbor.h"
#include "enclave/curve.h"

#include <inttypes.h>
#include <openssl/ec.h>

enum { TAG_SIGN1 = 18 };

/* Labels of header parameters (RFC 9052 section 3.1). */
enum { LABEL_ALG = 1, LABEL_CRIT = 2 };

const char *
hs_cose_alg_name(int64_t alg)
{
	const struct hs_curve *const curve = hs_curve_of_cose(alg);

	return curve ? curve->alg : NULL;
}

/* A number that fits; what does not is no label or algorithm that anybody has registered. */
static bool
as_int(int64_t *out, const struct hs_cbor_item *it)
{
	if ((it->major != HS_CBOR_UINT && it->major != HS_CBOR_NEGINT) || it->value > INT64_MAX)
		return false;
	*out = it->major == HS_CBOR_UINT ? (int64_t)it->value : -1 - (int64_t)it->value;
	return true;
}

/* One parameter: a label, a number or a text, and its value. */
static int
read_parameter(struct hs_cose_sign1 *m, struct hs_cbor *c, struct hs_err *err)
{
	struct hs_cbor_item label, value;
	struct hs_span item = { NULL, 0 };
	struct hs_cbor in;
	int64_t number = 0;
	int rc;

	rc = hs_cbor_next(&label, c, err);
	if (rc == 0 && label.major != HS_CBOR_UINT && label.major != HS_CBOR_NEGINT &&
	    label.major != HS_CBOR_TEXT)
		rc = hs_fail(err, HS_EFORMAT,
		             "a label at byte %" PRIu64 " is neither a number nor a text",
		             label.offset);
	if (rc == 0 && label.indefinite)
		rc = hs_fail(err, HS_EFORMAT,
		             "the label at byte %" PRIu64 " does not state its length",
		             label.offset);
	if (rc == 0)
		rc = hs_cbor_skip(&item, c, err);
	if (rc < 0 || !as_int(&number, &label))
		return rc;
	if (number == LABEL_CRIT)
		return hs_fail(err, HS_EFORMAT,
		               "parameters are marked critical, and none is known");
	if (number != LABEL_ALG)
		return 0;
	if (m->has_alg)
		return hs_fail(err, HS_EFORMAT, "two algorithms are stated");
	in = hs_cbor_of(item);
	rc = hs_cbor_next(&value, &in, err);
	if (rc == 0 && !as_int(&m->alg, &value))
		rc = hs_fail(err, HS_EFORMAT, "the algorithm is not a number");
	if (rc == 0)
		m->has_alg = true;
	return rc;
}

/* The protected header: nothing, or one map. */
static int
read_protected(struct hs_cose_sign1 *m, struct hs_err *err)
{
	struct hs_cbor c = hs_cbor_of(m->protected_);
	struct hs_cbor_item map;
	int rc;

	if (m->protected_.len == 0)
		return 0;
	rc = hs_cbor_expect(&map, &c, HS_CBOR_MAP, "its map", err);
	for (uint64_t i = 0; rc == 0 && i < map.value; i++)
		rc = read_parameter(m, &c, err);
	if (rc == 0 && c.rest.len > 0)
		rc = hs_fail(err, HS_EFORMAT, "%zu bytes are behind its map", c.rest.len);
	return rc < 0 ? hs_fail_in(err, "the protected header") : 0;
}

static int
shortest(const struct hs_cbor_item *it, const char *what, struct hs_err *err)
{
	if (it->shortest)
		return 0;
	return hs_fail(err, HS_EFORMAT,
	               "the head of %s at byte %" PRIu64 " takes more bytes than it has to", what,
	               it->offset);
}

static int
take(struct hs_cbor_item *it, struct hs_cbor *c, enum hs_cbor_major major, const char *what,
     struct hs_err *err)
{
	const int rc = hs_cbor_expect(it, c, major, what, err);

	return rc < 0 ? rc : shortest(it, what, err);
}

/* The array, with or without its tag. */
static int
read_envelope(struct hs_cose_sign1 *m, struct hs_cbor *c, struct hs_err *err)
{
	struct hs_cbor ahead = *c;
	struct hs_cbor_item it;
	int rc;

	rc = hs_cbor_next(&it, &ahead, err);
	if (rc < 0)
		return rc;
	if (it.major == HS_CBOR_TAG) {
		if (it.value != TAG_SIGN1)
			return hs_fail(err, HS_EFORMAT,
			               "the message has the tag %" PRIu64
			               ", and COSE_Sign1 is tag 18",
			               it.value);
		rc = shortest(&it, "the tag", err);
		if (rc < 0)
			return rc;
		m->tagged = true;
		*c = ahead;
	}
	rc = take(&it, c, HS_CBOR_ARRAY, "the message", err);
	if (rc == 0 && it.value != 4)
		rc = hs_fail(err, HS_EFORMAT,
		             "the message has %" PRIu64 " elements, and COSE_Sign1 has 4",
		             it.value);
	return rc;
}

static int
take_bytes(struct hs_span *out, struct hs_cbor *c, const char *what, struct hs_err *err)
{
	struct hs_cbor_item it;
	const int rc = take(&it, c, HS_CBOR_BYTES, what, err);

	if (rc == 0)
		*out = it.data;
	return rc;
}

int
hs_cose_read(struct hs_cose_sign1 *out, struct hs_span bytes, struct hs_err *err)
{
	struct hs_cbor c = hs_cbor_of(bytes);
	struct hs_cbor ahead;
	struct hs_cbor_item map;
	int rc;

	*out = (struct hs_cose_sign1){ 0 };
	rc = read_envelope(out, &c, err);
	if (rc == 0)
		rc = take_bytes(&out->protected_, &c, "the protected header", err);
	ahead = c;
	if (rc == 0)
		rc = take(&map, &ahead, HS_CBOR_MAP, "the unprotected header", err);
	if (rc == 0)
		rc = hs_cbor_skip(&out->unprotected, &c, err);
	if (rc == 0)
		rc = take_bytes(&out->payload, &c, "the payload", err);
	if (rc == 0)
		rc = take_bytes(&out->signature, &c, "the signature", err);
	if (rc == 0)
		rc = read_protected(out, err);
	if (rc == 0 && c.rest.len > 0)
		rc = hs_fail(err, HS_EFORMAT, "%zu bytes are behind the message", c.rest.len);
	return rc;
}

struct hs_span
hs_cose_to_be_signed(struct hs_arena *a, const struct hs_cose_sign1 *m)
{
	struct hs_cbor_writer w = { .arena = a };

	hs_cbor_head(&w, HS_CBOR_ARRAY, 4);
	hs_cbor_text(&w, "Signature1");
	hs_cbor_bytes(&w, m->protected_);
	hs_cbor_bytes(&w, (struct hs_span){ NULL, 0 });
	hs_cbor_bytes(&w, m->payload);
	return hs_cbor_written(&w);
}

/* r and s as one, in DER: OPENSSL_free() *out. */
static int
der_of(uint8_t **out, struct hs_span raw)
{
	const int half = (int)(raw.len / 2);
	BIGNUM *const r = BN_bin2bn(raw.at, half, NULL);
	BIGNUM *const s = BN_bin2bn(raw.at + half, half, NULL);
	ECDSA_SIG *const sig = ECDSA_SIG_new();
	int len;

	if (!r || !s || !sig || !ECDSA_SIG_set0(sig, r, s))
		hs_die_out_of_memory();
	*out = NULL;
	len = i2d_ECDSA_SIG(sig, out);
	if (len < 0)
		hs_die_out_of_memory();
	ECDSA_SIG_free(sig);
	return len;
}

static bool
fits(const struct hs_curve *curve, struct hs_span digest, struct hs_span raw, EVP_PKEY *key)
{
	EVP_PKEY_CTX *const ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	const EVP_MD *const md = EVP_get_digestbyname(curve->hash);
	uint8_t *der;
	const int len = der_of(&der, raw);
	bool fits;

	if (!ctx)
		hs_die_out_of_memory();
	fits = EVP_PKEY_verify_init(ctx) == 1 && EVP_PKEY_CTX_set_signature_md(ctx, md) == 1 &&
	       EVP_PKEY_verify(ctx, der, (size_t)len, digest.at, digest.len) == 1;
	EVP_PKEY_CTX_free(ctx);
	OPENSSL_free(der);
	return fits;
}

int
hs_cose_verify(const struct hs_cose_sign1 *m, EVP_PKEY *key, struct hs_err *err)
{
	const struct hs_curve *const curve = hs_curve_of_key(key);
	uint8_t digest[EVP_MAX_MD_SIZE];
	struct hs_arena scratch = { 0 };
	char kind[HS_KEY_KIND];
	size_t len;

	if (!curve)
		return hs_fail(err, HS_EFORMAT,
		               "the key is %s, and only P-256, P-384 and P-521 sign here",
		               hs_key_kind(kind, key));
	if (!m->has_alg)
		return hs_fail(err, HS_EFORMAT, "the message does not state its algorithm");
	if (m->alg != curve->cose)
		return hs_fail(err, HS_EFORMAT,
		               "the algorithm is %" PRIi64 " (%s), and a key on %s signs with %s",
		               m->alg,
		               hs_cose_alg_name(m->alg) ? hs_cose_alg_name(m->alg) : "unknown",
		               curve->name, curve->alg);
	if (m->signature.len != 2 * curve->order)
		return hs_fail(err, HS_EFORMAT,
		               "the signature has %zu bytes, and one of %s has %zu",
		               m->signature.len, curve->alg, 2 * curve->order);
	len = hs_curve_digest(digest, curve, hs_cose_to_be_signed(&scratch, m));
	hs_arena_release(&scratch);
	if (!fits(curve, (struct hs_span){ digest, len }, m->signature, key))
		return hs_fail(err, HS_EFORMAT,
		               "the signature was not made with the certificate's key over this "
		               "payload");
	return 0;
}

/* The protected header that states nothing but the algorithm. */
static struct hs_span
write_protected(struct hs_arena *a, const struct hs_curve *curve)
{
	struct hs_cbor_writer w = { .arena = a };

	hs_cbor_head(&w, HS_CBOR_MAP, 1);
	hs_cbor_int(&w, LABEL_ALG);
	hs_cbor_int(&w, curve->cose);
	return hs_cbor_written(&w);
}

/* What a signer gave, as r and s of the curve's size. */
static int
raw_of(struct hs_span *out, struct hs_arena *a, const struct hs_curve *curve, struct hs_span der,
       struct hs_err *err)
{
	const int order = (int)curve->order;
	uint8_t *const raw = hs_arena_alloc(a, 2 * curve->order);
	const uint8_t *at = der.at;
	ECDSA_SIG *const sig = der.len > 0 ? d2i_ECDSA_SIG(NULL, &at, (long)der.len) : NULL;
	const bool whole = sig && at == der.at + der.len;
	const bool sized = whole && BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, order) == order &&
	                   BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + order, order) == order;

	ECDSA_SIG_free(sig);
	if (!whole)
		return hs_fail(err, HS_EUSAGE, "the signer gave no ECDSA signature in DER");
	if (!sized)
		return hs_fail(err, HS_EUSAGE, "the signer's signature is too long for %s",
		               curve->name);
	*out = (struct hs_span){ raw, 2 * curve->order };
	return 0;
}

int
hs_cose_sign(struct hs_span *out, struct hs_arena *a, const struct hs_cose_signer *signer,
             struct hs_span payload, struct hs_err *err)
{
	const struct hs_curve *const curve = hs_curve_of_key(signer->public_key);
	struct hs_cose_sign1 m = { .payload = payload };
	struct hs_cbor_writer w = { .arena = a };
	uint8_t digest[EVP_MAX_MD_SIZE];
	char kind[HS_KEY_KIND];
	struct hs_span der;
	size_t len;
	int rc;

	if (!curve)
		return hs_fail(err, HS_EUSAGE,
		               "the certificate's key is %s, and only P-256, P-384 and P-521 sign "
		               "here",
		               hs_key_kind(kind, signer->public_key));
	m.protected_ = write_protected(a, curve);
	m.has_alg = true;
	m.alg = curve->cose;
	len = hs_curve_digest(digest, curve, hs_cose_to_be_signed(a, &m));
	rc = signer->sign(signer->ctx, &der, a, (struct hs_span){ digest, len }, err);
	if (rc == 0)
		rc = raw_of(&m.signature, a, curve, der, err);
	if (rc < 0)
		return rc;
	if (hs_cose_verify(&m, signer->public_key, err) < 0)
		return hs_fail(err, HS_EUSAGE,
		               "the signer's signature does not fit the certificate's key");
	hs_cbor_head(&w, HS_CBOR_ARRAY, 4);
	hs_cbor_bytes(&w, m.protected_);
	hs_cbor_head(&w, HS_CBOR_MAP, 0);
	hs_cbor_bytes(&w, m.payload);
	hs_cbor_bytes(&w, m.signature);
	*out = hs_cbor_written(&w);
	return 0;
}
