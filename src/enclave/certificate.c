/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/certificate.h"

#include "core/limits.h"
#include "core/pem.h"
#include "enclave/curve.h"

#include <openssl/err.h>
#include <openssl/pem.h>

/* OpenSSL would ask on the terminal for a password. */
static int
no_password(char *buf, int size, int rwflag, void *ctx)
{
	(void)buf;
	(void)size;
	(void)rwflag;
	(void)ctx;
	return -1;
}

static size_t
count(struct hs_span pem)
{
	struct hs_pem_block b;
	size_t n = 0;

	while (hs_pem_next(&b, &pem))
		n += hs_pem_is_certificate(b.label);
	return n;
}

/* What is asked of each certificate; takes over `x509`. A failure leaves nothing to be released. */
static int
finish(struct hs_certificate *out, X509 *x509, struct hs_err *err)
{
	uint8_t *der = NULL;
	int len;

	out->x509 = x509;
	len = i2d_X509(x509, &der);
	if (len <= 0) {
		hs_certificate_release(out);
		return hs_fail(err, HS_EFORMAT, "the certificate cannot be encoded");
	}
	out->der = (struct hs_span){ der, (size_t)len };
	out->key = X509_get0_pubkey(x509);
	if (!out->key)
		ERR_clear_error();
	return 0;
}

int
hs_certificate_of_pem(struct hs_certificate *out, struct hs_span pem, struct hs_err *err)
{
	BIO *bio;
	X509 *x509;

	*out = (struct hs_certificate){ .n_in_file = count(pem) };
	if (pem.len > HS_MAX_PEM)
		return hs_fail(err, HS_ELIMIT,
		               "the PEM file has %zu bytes, more than %" PRIu64 " (HS_MAX_PEM)",
		               pem.len, HS_MAX_PEM);
	bio = BIO_new_mem_buf(pem.at ? (const void *)pem.at : "", (int)pem.len);
	if (!bio)
		hs_die_out_of_memory();
	x509 = PEM_read_bio_X509(bio, NULL, no_password, NULL);
	BIO_free(bio);
	if (!x509) {
		ERR_clear_error();
		if (out->n_in_file > 0)
			return hs_fail(err, HS_EFORMAT, "the first certificate cannot be read");
		return hs_fail(err, HS_EFORMAT, "there is no certificate in PEM");
	}
	return finish(out, x509, err);
}

int
hs_certificate_of_der(struct hs_certificate *out, struct hs_span der, struct hs_err *err)
{
	const uint8_t *at = der.at;
	X509 *const x509 =
		der.len > 0 && der.len <= HS_MAX_PEM ? d2i_X509(NULL, &at, (long)der.len) : NULL;

	*out = (struct hs_certificate){ .n_in_file = 1 };
	if (!x509) {
		ERR_clear_error();
		return hs_fail(err, HS_EFORMAT, "the %zu bytes are no certificate in DER", der.len);
	}
	if (at != der.at + der.len) {
		X509_free(x509);
		return hs_fail(err, HS_EFORMAT, "%zu bytes are behind the certificate",
		               (size_t)(der.at + der.len - at));
	}
	return finish(out, x509, err);
}

void
hs_certificate_release(struct hs_certificate *c)
{
	OPENSSL_free((void *)(uintptr_t)c->der.at);
	X509_free(c->x509);
	*c = (struct hs_certificate){ 0 };
}

const char *
hs_certificate_curve(const struct hs_certificate *c)
{
	const struct hs_curve *const curve = hs_curve_of_key(c->key);

	return curve ? curve->name : NULL;
}

/* Seconds since 1970. */
static bool
seconds(int64_t *out, const ASN1_TIME *epoch, const ASN1_TIME *t)
{
	int days, rest;

	if (!t || !ASN1_TIME_diff(&days, &rest, epoch, t))
		return false;
	*out = (int64_t)days * 86400 + rest;
	return true;
}

bool
hs_certificate_dates(const struct hs_certificate *c, int64_t *from, int64_t *until)
{
	ASN1_TIME *const epoch = ASN1_TIME_set(NULL, 0);
	bool good;

	if (!epoch)
		hs_die_out_of_memory();
	good = seconds(from, epoch, X509_get0_notBefore(c->x509)) &&
	       seconds(until, epoch, X509_get0_notAfter(c->x509));
	ASN1_TIME_free(epoch);
	if (!good)
		ERR_clear_error();
	return good;
}
