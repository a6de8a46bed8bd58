/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/chain.h"

#include "core/arena.h"

#include <inttypes.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdio.h>

/* 192 bits: P-384 with SHA-384 is just that. */
enum { SECURITY_LEVEL = 4, VERSION_3 = 2 };

const char *
hs_attest_place(char out[HS_ATTEST_PLACE], const struct hs_attest_chain *c, size_t i)
{
	if (i == 0)
		snprintf(out, HS_ATTEST_PLACE, "the root");
	else if (i + 1 == c->n)
		snprintf(out, HS_ATTEST_PLACE, "the document's certificate");
	else
		snprintf(out, HS_ATTEST_PLACE, "CA certificate %zu of %zu", i, c->n - 2);
	return out;
}

int
hs_attest_chain_read(struct hs_attest_chain *out, const struct hs_attest_document *d,
                     struct hs_err *err)
{
	*out = (struct hs_attest_chain){ .n = 0 };
	for (size_t i = 0; i <= d->n_cabundle; i++) {
		const bool leaf = i == d->n_cabundle;
		struct hs_certificate *const c = &out->certificates[i];
		const struct hs_span der = leaf ? d->certificate : d->cabundle[i];
		int rc = hs_certificate_of_der(c, der, err);

		out->n += rc == 0;
		/* OpenSSL reads BER, of which one certificate has many forms. */
		if (rc == 0 && !hs_span_equal(c->der, der))
			rc = hs_fail(err, HS_EFORMAT, "the certificate is not in DER");
		if (rc < 0)
			return leaf ? hs_fail_in(err, "certificate")
			            : hs_fail_in(err, "cabundle[%zu]", i);
	}
	return 0;
}

void
hs_attest_chain_release(struct hs_attest_chain *c)
{
	for (size_t i = 0; i < c->n; i++)
		hs_certificate_release(&c->certificates[i]);
	c->n = 0;
}

/* ---- What each place demands ---- */

/* Both coordinates, as the module writes them: no other form of the same point. */
static bool
is_plain_point(const struct hs_certificate *c)
{
	enum { UNCOMPRESSED = 4, COORDINATE = 48 };
	const ASN1_BIT_STRING *const point = X509_get0_pubkey_bitstr(c->x509);

	return point->length == 1 + 2 * COORDINATE && point->data[0] == UNCOMPRESSED;
}

/* NULL, or why the certificate is none that the security module makes. */
static const char *
fault_of_form(const struct hs_certificate *c)
{
	const X509_ALGOR *outer;
	const char *curve;

	if (X509_get_version(c->x509) != VERSION_3)
		return "is not of X.509 version 3";
	X509_get0_signature(NULL, &outer, c->x509);
	if (X509_get_signature_nid(c->x509) != NID_ecdsa_with_SHA384 ||
	    X509_ALGOR_cmp(outer, X509_get0_tbs_sigalg(c->x509)) != 0)
		return "is not signed with ECDSA and SHA-384";
	curve = hs_certificate_curve(c);
	if (!curve || strcmp(curve, "P-384") != 0)
		return "has a key that is not on P-384 as a named curve";
	if (!is_plain_point(c))
		return "has a key whose point is not told by both coordinates";
	for (int i = 0; i < X509_get_ext_count(c->x509); i++) {
		X509_EXTENSION *const e = X509_get_ext(c->x509, i);
		const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(e));

		if (X509_EXTENSION_get_critical(e) && nid != NID_basic_constraints &&
		    nid != NID_key_usage)
			return "has a critical extension that is not known";
		if (X509_get_ext_by_NID(c->x509, nid, i) >= 0 && nid != NID_undef)
			return "has an extension twice";
	}
	return NULL;
}

/* How many CA certificates may be below it; negative: as many as there are. */
struct constraints {
	bool present, critical, ca;
	bool has_length;
	long length;
};

static struct constraints
constraints_of(const struct hs_certificate *c)
{
	struct constraints out = { 0 };
	int critical = 0;
	BASIC_CONSTRAINTS *const bc =
		X509_get_ext_d2i(c->x509, NID_basic_constraints, &critical, NULL);

	if (bc) {
		out.present = true;
		out.critical = critical > 0;
		out.ca = bc->ca != 0;
		out.has_length = bc->pathlen != NULL;
		out.length = bc->pathlen ? ASN1_INTEGER_get(bc->pathlen) : 0;
		BASIC_CONSTRAINTS_free(bc);
	}
	ERR_clear_error();
	return out;
}

static const char *
fault_of_ca(const struct hs_certificate *c, size_t below)
{
	const struct constraints bc = constraints_of(c);

	if (!bc.present || !bc.critical || !bc.ca)
		return "is no certificate of a CA";
	if (bc.has_length && (bc.length < 0 || (size_t)bc.length < below))
		return "allows fewer CA certificates below it than there are";
	/* All bits are set where there is no such extension. */
	if (X509_get_ext_by_NID(c->x509, NID_key_usage, -1) < 0 ||
	    !(X509_get_key_usage(c->x509) & X509v3_KU_KEY_CERT_SIGN))
		return "may not sign certificates";
	return NULL;
}

static const char *
fault_of_leaf(const struct hs_certificate *c)
{
	const struct constraints bc = constraints_of(c);

	if (bc.ca)
		return "is that of a CA";
	if (bc.has_length)
		return "has a path length";
	if (X509_get_ext_by_NID(c->x509, NID_key_usage, -1) < 0 ||
	    !(X509_get_key_usage(c->x509) & X509v3_KU_DIGITAL_SIGNATURE))
		return "may not sign documents";
	return NULL;
}

/* A root of its own, in the hope that somebody trusts what a bundle carries. */
static int
check_links(enum hs_attest_reason *reason, const struct hs_attest_chain *c, struct hs_err *err)
{
	for (size_t i = 1; i < c->n; i++) {
		const X509 *const x = c->certificates[i].x509;
		char place[HS_ATTEST_PLACE];

		if (X509_NAME_cmp(X509_get_subject_name(x), X509_get_issuer_name(x)) != 0)
			continue;
		*reason = HS_ATTEST_CHAIN;
		return hs_fail(err, HS_EFORMAT, "%s is one that signs itself, and no trusted root",
		               hs_attest_place(place, c, i));
	}
	return 0;
}

static int
check_forms(enum hs_attest_reason *reason, const struct hs_attest_chain *c, struct hs_err *err)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct hs_certificate *x = &c->certificates[i];
		const bool leaf = i + 1 == c->n;
		const char *fault = fault_of_form(x);
		char place[HS_ATTEST_PLACE];

		if (!fault)
			fault = leaf ? fault_of_leaf(x) : fault_of_ca(x, c->n - 2 - i);
		if (!fault)
			continue;
		*reason = HS_ATTEST_CERTIFICATE;
		return hs_fail(err, HS_EFORMAT, "%s %s", hs_attest_place(place, c, i), fault);
	}
	return 0;
}

/* ---- The root, the path, the time ---- */

static const struct hs_certificate *
trusted_root(const struct hs_attest_chain *c, const struct hs_attest_roots *roots)
{
	for (size_t i = 0; i < roots->n; i++)
		if (hs_span_equal(roots->list[i].der, c->certificates[0].der))
			return &roots->list[i];
	return NULL;
}

static int
fail_at(enum hs_attest_reason *reason, const struct hs_attest_chain *c, X509_STORE_CTX *ctx,
        struct hs_err *err)
{
	const int code = X509_STORE_CTX_get_error(ctx), depth = X509_STORE_CTX_get_error_depth(ctx);
	const size_t i = depth >= 0 && (size_t)depth < c->n ? c->n - 1 - (size_t)depth : c->n - 1;
	char place[HS_ATTEST_PLACE];

	hs_attest_place(place, c, i);
	*reason = HS_ATTEST_CHAIN;
	if (code == X509_V_ERR_CERT_NOT_YET_VALID || code == X509_V_ERR_CERT_HAS_EXPIRED) {
		const bool expired = code == X509_V_ERR_CERT_HAS_EXPIRED;
		const X509 *const x = c->certificates[i].x509;
		const ASN1_TIME *when = expired ? X509_get0_notAfter(x) : X509_get0_notBefore(x);
		struct tm tm = { 0 };

		ASN1_TIME_to_tm(when, &tm);
		*reason = expired ? HS_ATTEST_EXPIRED : HS_ATTEST_NOT_YET_VALID;
		return hs_fail(err, HS_EFORMAT, "%s %s %04d-%02d-%02dT%02d:%02d:%02dZ", place,
		               expired ? "has expired at" : "is valid from", tm.tm_year + 1900,
		               tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
	}
	return hs_fail(err, HS_EFORMAT, "%s does not hold: %s", place,
	               X509_verify_cert_error_string(code));
}

/* OpenSSL may leave certificates out or take them in another order; the module never does. */
static bool
is_whole_path(const struct hs_attest_chain *c, X509_STORE_CTX *ctx)
{
	STACK_OF(X509) *const path = X509_STORE_CTX_get0_chain(ctx);
	const int n = sk_X509_num(path);

	if (n < 0 || (size_t)n != c->n)
		return false;
	for (int i = 0; i < n; i++)
		if (X509_cmp(sk_X509_value(path, i), c->certificates[c->n - 1 - (size_t)i].x509) !=
		    0)
			return false;
	return true;
}

static int
check_path(enum hs_attest_reason *reason, const struct hs_attest_chain *c,
           const struct hs_certificate *root, int64_t at, struct hs_err *err)
{
	X509_STORE *const store = X509_STORE_new();
	X509_STORE_CTX *const ctx = X509_STORE_CTX_new();
	STACK_OF(X509) *const others = sk_X509_new_null();
	int rc = 0;

	if (!store || !ctx || !others || X509_STORE_add_cert(store, root->x509) != 1)
		hs_die_out_of_memory();
	for (size_t i = 1; i + 1 < c->n; i++)
		if (!sk_X509_push(others, c->certificates[i].x509))
			hs_die_out_of_memory();
	if (X509_STORE_CTX_init(ctx, store, c->certificates[c->n - 1].x509, others) != 1)
		hs_die_out_of_memory();
	X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(ctx), (time_t)at);
	X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(ctx), SECURITY_LEVEL);
	X509_VERIFY_PARAM_set_depth(X509_STORE_CTX_get0_param(ctx), HS_ATTEST_MAX_CHAIN);
	if (X509_verify_cert(ctx) != 1) {
		rc = fail_at(reason, c, ctx, err);
	} else if (!is_whole_path(c, ctx)) {
		*reason = HS_ATTEST_CHAIN;
		rc = hs_fail(err, HS_EFORMAT,
		             "the certificates of cabundle are not one path in their order");
	}
	X509_STORE_CTX_free(ctx);
	X509_STORE_free(store);
	sk_X509_free(others);
	ERR_clear_error();
	return rc;
}

int
hs_attest_chain_check(enum hs_attest_reason *reason, const struct hs_attest_chain *c,
                      const struct hs_attest_roots *roots, int64_t at, struct hs_err *err)
{
	const struct hs_certificate *const root = c->n ? trusted_root(c, roots) : NULL;
	int rc;

	*reason = HS_ATTEST_OK;
	if (!root || c->n < 2) {
		*reason = HS_ATTEST_ROOT;
		return hs_fail(err, HS_EFORMAT, "cabundle does not begin with a trusted root");
	}
	/* OpenSSL would refuse most of these forms as well, and not say what is wrong with them. */
	rc = check_links(reason, c, err);
	if (rc == 0)
		rc = check_forms(reason, c, err);
	return rc < 0 ? rc : check_path(reason, c, root, at, err);
}
