/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/certificate.h"

#include "core/hash.h"
#include "core/hex.h"
#include "enclave/curve.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

/* A text of OpenSSL's for one fact: what it printed, and the BIO let go. */
static struct hs_span
text_of(struct hs_arena *a, BIO *bio)
{
	const char *at = NULL;
	const long len = BIO_get_mem_data(bio, &at);
	const struct hs_span out = hs_arena_copy(
		a, (struct hs_span){ (const uint8_t *)at, len > 0 ? (size_t)len : 0 });

	BIO_free(bio);
	return out;
}

static BIO *
new_text(void)
{
	BIO *const bio = BIO_new(BIO_s_mem());

	if (!bio)
		hs_die_out_of_memory();
	return bio;
}

/* "C=US, O=Example, CN=x": in the order of the certificate, UTF-8 as it is. */
static void
say_name(struct hs_facts *out, const char *field, const X509_NAME *name)
{
	enum { STRINGS = ASN1_STRFLGS_RFC2253 & ~ASN1_STRFLGS_ESC_MSB };
	BIO *const bio = new_text();

	X509_NAME_print_ex(bio, name, 0, XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_FN_SN | STRINGS);
	hs_say_value(out, field, text_of(out->arena, bio));
}

static void
say_number(struct hs_facts *out, const char *field, const ASN1_INTEGER *number)
{
	const struct hs_span bytes = { ASN1_STRING_get0_data(number),
		                       (size_t)ASN1_STRING_length(number) };
	const struct hs_span hex = hs_hex(out->arena, bytes);

	hs_say_value(out, field,
	             hs_arena_join(out->arena,
	                           ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER ? HS_SPAN("-0x")
	                                                                          : HS_SPAN("0x"),
	                           hex));
}

static void
say_dates(struct hs_facts *out, const struct hs_certificate *c)
{
	const ASN1_TIME *const raw[] = { X509_get0_notBefore(c->x509),
		                         X509_get0_notAfter(c->x509) };
	int64_t from, until;

	if (hs_certificate_dates(c, &from, &until)) {
		hs_say_time(out, "not before", from, 0, 0);
		hs_say_time(out, "not after", until, 0, 0);
		return;
	}
	for (size_t i = 0; i < 2; i++)
		hs_say_value(out, i == 0 ? "not before" : "not after",
		             hs_arena_copy(out->arena,
		                           (struct hs_span){ ASN1_STRING_get0_data(raw[i]),
		                                             (size_t)ASN1_STRING_length(raw[i]) }));
}

/* "sha256:..." of what is too long to be read. */
static void
say_sha256(struct hs_facts *out, const char *field, struct hs_span bytes)
{
	const struct hs_sha256 digest = hs_sha256(bytes);
	char hex[HS_SHA256_HEX];

	hs_sayf(out, field, "sha256:%s", hs_sha256_hex(hex, &digest));
}

static void
say_key(struct hs_facts *out, const struct hs_certificate *c)
{
	char kind[HS_KEY_KIND];
	uint8_t *der = NULL;
	const int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(c->x509), &der);

	hs_sayf(out, "key", "%s", hs_key_kind(kind, c->key));
	if (len > 0)
		say_sha256(out, "public key", (struct hs_span){ der, (size_t)len });
	OPENSSL_free(der);
}

/* A name where OpenSSL knows one, else the numbers of its OID. */
static const char *
object_name(struct hs_arena *a, const ASN1_OBJECT *object)
{
	char text[1024];

	OBJ_obj2txt(text, sizeof(text), object, 0);
	return hs_arena_printf(a, "%s", text);
}

static void
say_signature(struct hs_facts *out, const struct hs_certificate *c)
{
	const ASN1_BIT_STRING *signature;
	const X509_ALGOR *algorithm;
	const ASN1_OBJECT *object;

	X509_get0_signature(&signature, &algorithm, c->x509);
	X509_ALGOR_get0(&object, NULL, NULL, algorithm);
	hs_say_word(out, "signature algorithm", object_name(out->arena, object));
	say_sha256(out, "signature",
	           (struct hs_span){ ASN1_STRING_get0_data(signature),
	                             (size_t)ASN1_STRING_length(signature) });
}

/* What OpenSSL prints for it, on one line; its bytes where OpenSSL does not know it. */
static struct hs_span
extension_value(struct hs_arena *a, X509_EXTENSION *ext)
{
	const ASN1_OCTET_STRING *const data = X509_EXTENSION_get_data(ext);
	const struct hs_span raw = { ASN1_STRING_get0_data(data),
		                     (size_t)ASN1_STRING_length(data) };
	BIO *const bio = new_text();
	const bool known = X509V3_EXT_print(bio, ext, X509V3_EXT_DEFAULT, 0) == 1;
	struct hs_span text = text_of(a, bio);
	uint8_t *line;
	size_t n = 0;

	if (!known) {
		ERR_clear_error();
		return hs_hex(a, raw);
	}
	line = hs_arena_alloc(a, 2 * text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\n' || (text.at[i] == ' ' && (n == 0 || line[n - 1] == ' ')))
			continue;
		if (i > 0 && text.at[i - 1] == '\n' && n > 0 && line[n - 1] != ' ')
			line[n++] = ' ';
		line[n++] = text.at[i];
	}
	return (struct hs_span){ line, n };
}

static void
say_extensions(struct hs_facts *out, const struct hs_certificate *c)
{
	for (int i = 0; i < X509_get_ext_count(c->x509); i++) {
		X509_EXTENSION *const ext = X509_get_ext(c->x509, i);
		const char *const name = object_name(out->arena, X509_EXTENSION_get_object(ext));
		const char *const field =
			hs_arena_printf(out->arena, "%s%s", name,
		                        X509_EXTENSION_get_critical(ext) ? " (critical)" : "");

		hs_say_value(out, field, extension_value(out->arena, ext));
	}
}

void
hs_certificate_say(struct hs_facts *out, const struct hs_certificate *c)
{
	say_name(out, "subject", X509_get_subject_name(c->x509));
	say_name(out, "issuer", X509_get_issuer_name(c->x509));
	say_number(out, "serial number", X509_get0_serialNumber(c->x509));
	say_dates(out, c);
	say_key(out, c);
	say_signature(out, c);
	hs_sayf(out, "version", "%ld", X509_get_version(c->x509) + 1);
	say_extensions(out, c);
	say_sha256(out, "fingerprint", c->der);
}
