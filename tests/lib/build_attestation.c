/* SPDX-License-Identifier: Apache-2.0 */
#include "build_attestation.h"

#include "build_certificate.h"
#include "core/cbor.h"
#include "unit.h"

#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

enum { HALF = 48, HOUR = 3600, DAY = 24 * HOUR };

/* ---- Certificates ---- */

void
build_pki(struct build_pki *out)
{
	static const char *const numbers[BUILD_CHAIN] = { "1001", "1002", "1003", "1004", "1005" };
	struct build_x509 chain[BUILD_CHAIN];

	*out = (struct build_pki){ 0 };
	for (size_t i = 0; i < BUILD_CHAIN; i++)
		out->keys[i] = build_ec_key("secp384r1", numbers[i]);
	out->other = build_ec_key("secp384r1", "1006");
	build_pki_chain(chain, out);
	for (size_t i = 0; i < BUILD_CHAIN; i++)
		build_x509_der(&out->ders[i], &chain[i]);
}

void
build_pki_release(struct build_pki *p)
{
	for (size_t i = 0; i < BUILD_CHAIN; i++) {
		EVP_PKEY_free(p->keys[i]);
		hs_build_release(&p->ders[i]);
	}
	EVP_PKEY_free(p->other);
}

void
build_pki_chain(struct build_x509 out[BUILD_CHAIN], const struct build_pki *p)
{
	static const struct {
		const char *name, *constraints, *usage;
		int64_t before, after;
	} rows[BUILD_CHAIN] = {
		{ "test.nitro-enclaves", "critical,CA:TRUE",
		  "critical,digitalSignature,keyCertSign,cRLSign", 1000 * DAY, 9000 * DAY },
		{ "0123456789abcdef.test-1.aws.nitro-enclaves", "critical,CA:TRUE,pathlen:2",
		  "critical,digitalSignature,keyCertSign,cRLSign", 10 * DAY, 10 * DAY },
		{ "0123456789abcde.zonal.test-1.aws.nitro-enclaves", "critical,CA:TRUE,pathlen:1",
		  "critical,digitalSignature,keyCertSign,cRLSign", 2 * DAY, 3 * DAY },
		{ "i-0123456789abcdef0.test-1.aws.nitro-enclaves", "critical,CA:TRUE,pathlen:0",
		  "critical,keyCertSign", 2 * HOUR, 22 * HOUR },
		{ "i-0123456789abcdef0-enc0123456789abcdef.test-1.aws", "critical,CA:FALSE",
		  "digitalSignature,nonRepudiation", HOUR, 2 * HOUR },
	};

	for (size_t i = 0; i < BUILD_CHAIN; i++) {
		const size_t above = i ? i - 1 : 0;

		out[i] = (struct build_x509){
			.subject = rows[i].name,
			.issuer = rows[above].name,
			.key = p->keys[i],
			.signer = p->keys[above],
			.from = BUILD_MOMENT - rows[i].before,
			.until = BUILD_MOMENT + rows[i].after,
			.constraints = rows[i].constraints,
			.usage = rows[i].usage,
		};
	}
}

static void
add_named(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *ext;

	if (!value)
		return;
	ext = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	assert_non_null(ext);
	assert_int_equal(X509_add_ext(x, ext, -1), 1);
	X509_EXTENSION_free(ext);
}

/* "OID=hex". */
static void
add_extra(X509 *x, const char *extra)
{
	struct hs_build der = { 0 };
	ASN1_OCTET_STRING *data;
	X509_EXTENSION *ext;
	ASN1_OBJECT *oid;
	char name[64];

	if (!extra)
		return;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(extra, "="), extra);
	build_parts_hex(&der, strchr(extra, '=') + 1);
	oid = OBJ_txt2obj(name, 1);
	data = ASN1_OCTET_STRING_new();
	assert_int_equal(ASN1_OCTET_STRING_set(data, der.at, (int)der.len), 1);
	ext = X509_EXTENSION_create_by_OBJ(NULL, oid, 1, data);
	assert_int_equal(X509_add_ext(x, ext, -1), 1);
	X509_EXTENSION_free(ext);
	ASN1_OCTET_STRING_free(data);
	ASN1_OBJECT_free(oid);
	hs_build_release(&der);
}

static void
set_point(X509 *x, const char *hex)
{
	struct hs_build point = { 0 };
	uint8_t *at;

	if (!hex)
		return;
	build_parts_hex(&point, hex);
	at = OPENSSL_memdup(point.at, point.len);
	assert_int_equal(X509_PUBKEY_set0_param(
				 X509_get_X509_PUBKEY(x), OBJ_nid2obj(NID_X9_62_id_ecPublicKey),
				 V_ASN1_OBJECT, OBJ_nid2obj(NID_secp384r1), at, (int)point.len),
	                 1);
	hs_build_release(&point);
}

static X509_NAME *
name_of(const char *cn)
{
	X509_NAME *const name = X509_NAME_new();

	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const uint8_t *)cn, -1, -1, 0);
	return name;
}

void
build_x509_der(struct hs_build *out, const struct build_x509 *c)
{
	X509_NAME *const subject = name_of(c->subject), *const issuer = name_of(c->issuer);
	X509 *const x = X509_new();
	uint8_t *der = NULL;
	int len;

	X509_set_version(x, c->version_1 ? X509_VERSION_1 : X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 0x1234);
	X509_set_subject_name(x, subject);
	X509_set_issuer_name(x, issuer);
	ASN1_TIME_set(X509_getm_notBefore(x), c->from);
	ASN1_TIME_set(X509_getm_notAfter(x), c->until);
	X509_set_pubkey(x, c->key);
	set_point(x, c->point);
	add_named(x, NID_basic_constraints, c->constraints);
	add_named(x, NID_key_usage, c->usage);
	add_extra(x, c->extra);
	assert_int_not_equal(
		X509_sign(x, c->signer, EVP_get_digestbyname(c->md ? c->md : "SHA384")), 0);
	len = i2d_X509(x, &der);
	assert_true(len > 0);
	hs_build_put(out, (struct hs_span){ der, (size_t)len });
	hs_build_fill(out, 0, c->trailing);
	OPENSSL_free(der);
	X509_NAME_free(subject);
	X509_NAME_free(issuer);
	X509_free(x);
}

/* ---- The document ---- */

static int
digit(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

void
build_parts_hex(struct hs_build *out, const char *hex)
{
	uint8_t byte = 0;

	while (*hex) {
		if (*hex == ' ') {
			hex++;
		} else if (*hex == '*') {
			char *end;

			hs_build_fill(out, byte, strtoul(hex + 1, &end, 10) - 1);
			hex = end;
		} else {
			byte = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
			hs_build_fill(out, byte, 1);
			hex += 2;
		}
	}
}

/* PCR0 to PCR15, of which 0, 1, 2 and 4 are not zero. */
static void
write_pcrs(struct hs_cbor_writer *w)
{
	uint8_t value[HALF];

	hs_cbor_head(w, HS_CBOR_MAP, 16);
	for (unsigned i = 0; i < 16; i++) {
		memset(value, i < 3 || i == 4 ? (int)i + 1 : 0, sizeof(value));
		hs_cbor_head(w, HS_CBOR_UINT, i);
		hs_cbor_bytes(w, (struct hs_span){ value, sizeof(value) });
	}
}

static void
write_default(struct hs_cbor_writer *w, const struct build_attestation *b, enum build_part part)
{
	static const uint8_t null[] = { 0xf6 };

	switch (part) {
	case BUILD_MAP:
		hs_cbor_head(w, HS_CBOR_MAP, 9);
		break;
	case BUILD_MODULE_ID:
		hs_cbor_text(w, "module_id");
		hs_cbor_text(w, "i-0123456789abcdef0-enc0123456789abcdef");
		break;
	case BUILD_DIGEST:
		hs_cbor_text(w, "digest");
		hs_cbor_text(w, "SHA384");
		break;
	case BUILD_TIMESTAMP:
		hs_cbor_text(w, "timestamp");
		hs_cbor_head(w, HS_CBOR_UINT, (uint64_t)BUILD_MOMENT * 1000);
		break;
	case BUILD_PCRS:
		hs_cbor_text(w, "pcrs");
		write_pcrs(w);
		break;
	case BUILD_CERTIFICATE:
		hs_cbor_text(w, "certificate");
		hs_cbor_bytes(w, b->chain[b->n_chain - 1]);
		break;
	case BUILD_CABUNDLE:
		hs_cbor_text(w, "cabundle");
		hs_cbor_head(w, HS_CBOR_ARRAY, b->n_chain - 1);
		for (size_t i = 0; i + 1 < b->n_chain; i++)
			hs_cbor_bytes(w, b->chain[i]);
		break;
	case BUILD_PUBLIC_KEY:
		hs_cbor_text(w, "public_key");
		hs_cbor_raw(w, (struct hs_span){ null, 1 });
		break;
	case BUILD_USER_DATA:
		hs_cbor_text(w, "user_data");
		hs_cbor_raw(w, (struct hs_span){ null, 1 });
		break;
	case BUILD_NONCE:
		hs_cbor_text(w, "nonce");
		hs_cbor_bytes(w, HS_SPAN("a nonce"));
		break;
	default:
		break;
	}
}

static struct hs_span
payload_of(struct hs_arena *a, const struct build_attestation *b)
{
	struct hs_cbor_writer w = { .arena = a };

	for (enum build_part i = BUILD_MAP; i <= BUILD_MAP_END; i++) {
		struct hs_build own = { 0 };

		if (b->parts[i]) {
			build_parts_hex(&own, b->parts[i]);
			hs_cbor_raw(&w, hs_arena_copy(a, hs_build_span(&own)));
			hs_build_release(&own);
		} else {
			write_default(&w, b, i);
		}
	}
	return hs_cbor_written(&w);
}

/* r and s of what is to be signed; zeros where the key is of another kind. */
static void
sign(uint8_t out[2 * HALF], const struct build_attestation *b, struct hs_span bytes)
{
	EVP_MD_CTX *const ctx = EVP_MD_CTX_new();
	uint8_t der[200];
	const uint8_t *at = der;
	size_t len = sizeof(der);
	ECDSA_SIG *sig;
	BIGNUM *order = NULL, *s;

	memset(out, b->signer ? 0 : 0x55, 2 * (size_t)HALF);
	if (b->signer && EVP_PKEY_get_bits(b->signer) == 384 && EVP_PKEY_is_a(b->signer, "EC")) {
		assert_int_equal(EVP_DigestSignInit(ctx, NULL, EVP_sha384(), NULL, b->signer), 1);
		assert_int_equal(EVP_DigestSign(ctx, der, &len, bytes.at, bytes.len), 1);
		sig = d2i_ECDSA_SIG(NULL, &at, (long)len);
		BN_hex2bn(&order, "ffffffffffffffffffffffffffffffffffffffffffffffff"
		                  "c7634d81f4372ddf581a0db248b0a77aecec196accc52973");
		s = BN_dup(ECDSA_SIG_get0_s(sig));
		if (b->high_s && BN_num_bits(s) < 384)
			BN_sub(s, order, s);
		BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, HALF);
		BN_bn2binpad(s, out + HALF, HALF);
		BN_free(s);
		BN_free(order);
		ECDSA_SIG_free(sig);
	}
	EVP_MD_CTX_free(ctx);
}

static void
put_part(struct hs_build *out, const struct build_attestation *b, enum build_part part,
         const char *usual)
{
	build_parts_hex(out, b->parts[part] ? b->parts[part] : usual);
}

void
build_attestation(struct hs_build *out, const struct build_attestation *b)
{
	static const uint8_t es384[] = { 0xa1, 0x01, 0x38, 0x22 };
	RELEASED struct hs_arena arena = { 0 };
	struct hs_cbor_writer signed_ = { .arena = &arena }, payload = { .arena = &arena };
	uint8_t signature[2 * HALF];

	hs_cbor_bytes(&payload, payload_of(&arena, b));
	hs_cbor_head(&signed_, HS_CBOR_ARRAY, 4);
	hs_cbor_text(&signed_, "Signature1");
	hs_cbor_bytes(&signed_, (struct hs_span){ es384, sizeof(es384) });
	hs_cbor_bytes(&signed_, HS_SPAN(""));
	hs_cbor_raw(&signed_, hs_cbor_written(&payload));
	sign(signature, b, hs_cbor_written(&signed_));
	put_part(out, b, BUILD_BEFORE, "");
	put_part(out, b, BUILD_ARRAY, "84");
	put_part(out, b, BUILD_PROTECTED, "44 a1 01 38 22");
	put_part(out, b, BUILD_UNPROTECTED, "a0");
	if (b->parts[BUILD_PAYLOAD])
		build_parts_hex(out, b->parts[BUILD_PAYLOAD]);
	else
		hs_build_put(out, hs_cbor_written(&payload));
	if (b->parts[BUILD_SIGNATURE]) {
		build_parts_hex(out, b->parts[BUILD_SIGNATURE]);
	} else {
		build_parts_hex(out, "58 60");
		hs_build_put(out, (struct hs_span){ signature, sizeof(signature) });
	}
	put_part(out, b, BUILD_BEHIND, "");
}

struct build_attestation
build_usual_document(const struct build_pki *p)
{
	struct build_attestation b = { .n_chain = BUILD_CHAIN, .signer = p->keys[BUILD_LEAF] };

	for (size_t i = 0; i < BUILD_CHAIN; i++)
		b.chain[i] = hs_build_span(&p->ders[i]);
	return b;
}

struct build_attestation
build_unsigned(void)
{
	return (struct build_attestation){
		.chain = { HS_SPAN("root"), HS_SPAN("middle"), HS_SPAN("leaf") },
		.n_chain = 3,
	};
}

void
build_genuine(struct hs_build *out, const struct build_pki *p, enum build_part part,
              const char *hex)
{
	struct build_attestation b = build_usual_document(p);

	b.parts[part] = hex;
	build_attestation(out, &b);
}

struct hs_attest_policy
build_policy(const struct build_pki *p)
{
	struct hs_attest_policy policy = { .at = BUILD_MOMENT,
		                           .now = BUILD_MOMENT,
		                           .no_measurements = true };

	policy.roots.list = hs_alloc(sizeof(*policy.roots.list));
	policy.roots.n = 1;
	hs_certificate_of_der(&policy.roots.list[0], hs_build_span(&p->ders[BUILD_ROOT]),
	                      &(struct hs_err){ 0 });
	return policy;
}
