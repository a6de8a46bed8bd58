/* SPDX-License-Identifier: Apache-2.0 */
/* Chains in which one certificate deviates, of a PKI of the test. */
#include "attest/chain.h"

#include "attested.h"
#include "build_certificate.h"
#include "unit.h"

enum { NOBODY = -1, OTHER = BUILD_CHAIN, HOUR = 3600 };

/* What is another with one certificate; NULL and 0: nothing. */
struct row {
	const char *name;
	int place;
	const char *constraints, *usage, *extra, *issuer, *md;
	const char *curve; /* of its key; "RSA", "ED25519", "explicit", "compressed", "hybrid" */
	const char *point; /* in place of that of its key */
	int signer;        /* place of the key that signs it, plus 1 */
	int64_t from, until;
	bool version_1;
	bool ber; /* its length takes a byte more than it has to */
	size_t trailing;
	enum hs_attest_reason want;
	const char *says; /* in its sentence */
};

static const char none[] = "";

/* clang-format off */
static const struct row rows[] = {
	{ "nothing", .place = NOBODY, .want = HS_ATTEST_OK },
	{ "a CA that is none", BUILD_ZONE, .constraints = "critical,CA:FALSE",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 is no certificate of a CA" },
	{ "a CA without constraints", BUILD_ZONE, .constraints = none,
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 is no certificate of a CA" },
	{ "constraints that are not critical", BUILD_ZONE, .constraints = "CA:TRUE,pathlen:1",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 is no certificate of a CA" },
	{ "a path that is too long", BUILD_REGION, .constraints = "critical,CA:TRUE,pathlen:1",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 1 of 3 allows fewer CA certificates below it than there are" },
	{ "a path that is too long, above", BUILD_ZONE, .constraints = "critical,CA:TRUE,pathlen:0",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 allows fewer CA certificates below it than there are" },
	{ "a CA with room to spare", BUILD_ZONE, .constraints = "critical,CA:TRUE,pathlen:7",
	  .want = HS_ATTEST_OK },
	{ "a CA without a length", BUILD_ZONE, .constraints = "critical,CA:TRUE",
	  .want = HS_ATTEST_OK },
	{ "a CA that may not sign", BUILD_INSTANCE, .usage = "critical,digitalSignature",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 3 of 3 may not sign certificates" },
	{ "a CA without key usage", BUILD_INSTANCE, .usage = none, .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 3 of 3 may not sign certificates" },
	{ "a leaf that is a CA", BUILD_LEAF, .constraints = "critical,CA:TRUE",
	  .usage = "digitalSignature,keyCertSign", .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate is that of a CA" },
	{ "a leaf that may not sign", BUILD_LEAF, .usage = "keyAgreement",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate may not sign documents" },
	{ "a leaf without key usage", BUILD_LEAF, .usage = none, .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate may not sign documents" },
	{ "a leaf without constraints", BUILD_LEAF, .constraints = none, .want = HS_ATTEST_OK },
	{ "an unknown critical extension", BUILD_ZONE, .extra = "1.3.6.1.4.1.99999.7=0500",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 has a critical extension that is not known" },
	{ "one of the leaf", BUILD_LEAF, .extra = "1.3.6.1.4.1.99999.7=0500",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate has a critical extension that is not known" },
	{ "critical name constraints", BUILD_REGION, .extra = "2.5.29.30=3008a0063004820261 62",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 1 of 3 has a critical extension that is not known" },
	{ "version 1", BUILD_LEAF, .constraints = none, .usage = none, .version_1 = true,
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate is not of X.509 version 3" },
	{ "SHA-256", BUILD_ZONE, .md = "SHA256", .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 is not signed with ECDSA and SHA-384" },
	{ "SHA-512", BUILD_ZONE, .md = "SHA512", .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 is not signed with ECDSA and SHA-384" },
	{ "SHA-256 of the leaf", BUILD_LEAF, .md = "SHA256", .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate is not signed with ECDSA and SHA-384" },
	{ "P-256", BUILD_LEAF, .curve = "prime256v1", .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate has a key that is not on P-384 as a named curve" },
	{ "P-521", BUILD_LEAF, .curve = "secp521r1", .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate has a key that is not on P-384 as a named curve" },
	{ "secp256k1", BUILD_LEAF, .curve = "secp256k1", .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate has a key that is not on P-384 as a named curve" },
	{ "RSA", BUILD_LEAF, .curve = "RSA", .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate has a key that is not on P-384 as a named curve" },
	{ "Ed25519", BUILD_LEAF, .curve = "ED25519", .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate has a key that is not on P-384 as a named curve" },
	{ "explicit parameters", BUILD_LEAF, .curve = "explicit", .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate has a key that is not on P-384 as a named curve" },
	{ "a compressed point", BUILD_LEAF, .curve = "compressed", .want = HS_ATTEST_CERTIFICATE,
	  .says = "certificate has a key whose point is not told by both coordinates" },
	{ "a point in both forms", BUILD_LEAF, .curve = "hybrid", .want = HS_ATTEST_CERTIFICATE,
	  .says = "certificate has a key whose point is not told by both coordinates" },
	{ "the point at infinity", BUILD_LEAF, .point = "00", .want = HS_ATTEST_CERTIFICATE,
	  .says = "certificate has a key whose point is not told by both coordinates" },
	{ "a point that is on no curve", BUILD_LEAF, .point = "04 01*96",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "the document's certificate has a key that is not on P-384 as a named curve" },
	{ "the point at infinity of a CA", BUILD_ZONE, .point = "00", .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 has a key whose point is not told by both coordinates" },
	{ "a compressed point of a CA", BUILD_REGION, .curve = "compressed",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 1 of 3 has a key whose point is not told by both coordinates" },
	{ "an extension twice", BUILD_ZONE, .extra = "2.5.29.15=03020186",
	  .want = HS_ATTEST_CERTIFICATE,
	  .says = "CA certificate 2 of 3 has an extension twice" },
	{ "an issuer of another name", BUILD_LEAF, .issuer = "somebody", .want = HS_ATTEST_CHAIN,
	  .says = "certificate does not hold: unable to get local issuer certificate" },
	{ "signed by another", BUILD_LEAF, .signer = OTHER + 1, .want = HS_ATTEST_CHAIN,
	  .says = "the document's certificate does not hold: certificate signature failure" },
	{ "signed by the root", BUILD_LEAF, .signer = BUILD_ROOT + 1, .want = HS_ATTEST_CHAIN,
	  .says = "the document's certificate does not hold: certificate signature failure" },
	{ "a CA signed by another", BUILD_REGION, .signer = OTHER + 1, .want = HS_ATTEST_CHAIN,
	  .says = "CA certificate 1 of 3 does not hold: certificate signature failure" },
	{ "a root of the same name", BUILD_ROOT, .signer = OTHER + 1, .want = HS_ATTEST_ROOT,
	  .says = "cabundle does not begin with a trusted root" },
	{ "a leaf that is not in DER", BUILD_LEAF, .ber = true, .want = HS_ATTEST_CERTIFICATE,
	  .says = "certificate: the certificate is not in DER" },
	{ "a root that is not in DER", BUILD_ROOT, .ber = true, .want = HS_ATTEST_CERTIFICATE,
	  .says = "cabundle[0]: the certificate is not in DER" },
	{ "bytes behind the leaf", BUILD_LEAF, .trailing = 1, .want = HS_ATTEST_CERTIFICATE,
	  .says = "certificate: 1 bytes are behind the certificate" },
	{ "bytes behind a CA", BUILD_ZONE, .trailing = 1, .want = HS_ATTEST_CERTIFICATE,
	  .says = "cabundle[2]: 1 bytes are behind the certificate" },
	{ "bytes behind the root", BUILD_ROOT, .trailing = 1, .want = HS_ATTEST_CERTIFICATE,
	  .says = "cabundle[0]: 1 bytes are behind the certificate" },
	{ "a leaf that has expired", BUILD_LEAF, .until = -HOUR, .want = HS_ATTEST_EXPIRED,
	  .says = "s certificate has expired at 2023-11-14T21:13:20Z" },
	{ "a leaf of tomorrow", BUILD_LEAF, .from = HOUR, .want = HS_ATTEST_NOT_YET_VALID,
	  .says = "s certificate is valid from 2023-11-14T23:13:20Z" },
	{ "a CA that has expired", BUILD_ZONE, .until = -HOUR, .want = HS_ATTEST_EXPIRED,
	  .says = "CA certificate 2 of 3 has expired at 2023-11-14T21:13:20Z" },
	{ "a CA of tomorrow", BUILD_REGION, .from = HOUR, .want = HS_ATTEST_NOT_YET_VALID,
	  .says = "CA certificate 1 of 3 is valid from 2023-11-14T23:13:20Z" },
};
/* clang-format on */

static const char *
changed(const char *usual, const char *other)
{
	return !other ? usual : *other ? other : NULL;
}

static EVP_PKEY *
key_of(const char *curve)
{
	EVP_PKEY *key;

	if (strcmp(curve, "RSA") == 0 || strcmp(curve, "ED25519") == 0)
		return build_other_key(curve);
	if (strcmp(curve, "explicit") != 0 && strcmp(curve, "compressed") != 0 &&
	    strcmp(curve, "hybrid") != 0)
		return build_ec_key(curve, "1005");
	key = build_ec_key("secp384r1", "1005");
	assert_int_equal(
		EVP_PKEY_set_utf8_string_param(
			key, strcmp(curve, "explicit") == 0 ? "encoding" : "point-format", curve),
		1);
	return key;
}

/* 30 82 xx xx to 30 83 00 xx xx. */
static void
lengthen(struct hs_build *der)
{
	struct hs_build longer = { 0 };

	assert_int_equal(der->at[1], 0x82);
	build_parts_hex(&longer, "30 83 00");
	hs_build_put(&longer, hs_span_from(hs_build_span(der), 2));
	hs_build_release(der);
	*der = longer;
}

/* The certificate in question, made anew. */
static void
make(struct hs_build *der, struct build_x509 *c, const struct row *row)
{
	struct build_x509 usual[BUILD_CHAIN];

	build_pki_chain(usual, &attested_pki);
	*c = usual[row->place];
	c->constraints = changed(c->constraints, row->constraints);
	c->usage = changed(c->usage, row->usage);
	c->extra = row->extra;
	c->issuer = row->issuer ? row->issuer : c->issuer;
	c->md = row->md;
	c->key = row->curve ? key_of(row->curve) : c->key;
	if (row->signer)
		c->signer = row->signer == OTHER + 1 ? attested_pki.other
		                                     : attested_pki.keys[row->signer - 1];
	c->from = row->from ? BUILD_MOMENT + row->from : c->from;
	c->until = row->until ? BUILD_MOMENT + row->until : c->until;
	c->version_1 = row->version_1;
	c->point = row->point;
	c->trailing = row->trailing;
	build_x509_der(der, c);
	if (row->ber)
		lengthen(der);
}

static struct attested
verify_row(const struct row *row)
{
	struct build_attestation b = build_usual_document(&attested_pki);
	struct build_x509 c = { 0 };
	struct hs_build der = { 0 };
	struct attested out;

	if (row->place != NOBODY) {
		make(&der, &c, row);
		b.chain[row->place] = hs_build_span(&der);
		b.signer = row->place == BUILD_LEAF ? c.key : b.signer;
	}
	out = attested_built(&b);
	if (row->curve)
		EVP_PKEY_free(c.key);
	hs_build_release(&der);
	return out;
}

static void
each_certificate_is_what_its_place_demands(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct attested got = verify_row(&rows[i]);

		wrong += attested_is_wrong(rows[i].name, &got, rows[i].want, rows[i].says);
	}
	assert_int_equal(wrong, 0);
}

/* Places of the chain as digits, the leaf last; 9 is a self-signed root of nobody. */
static void
the_bundle_is_the_path_and_no_more(void **state)
{
	static const struct {
		const char *order;
		enum hs_attest_reason want;
	} orders[] = {
		{ "01234", HS_ATTEST_OK },
		{ "1234", HS_ATTEST_ROOT },
		{ "10234", HS_ATTEST_ROOT },
		{ "02134", HS_ATTEST_CERTIFICATE },
		{ "012334", HS_ATTEST_CERTIFICATE },
		{ "001234", HS_ATTEST_CHAIN },
		{ "0134", HS_ATTEST_CHAIN },
		{ "04", HS_ATTEST_CHAIN },
		{ "91234", HS_ATTEST_ROOT },
		{ "091234", HS_ATTEST_CHAIN },
		{ "012394", HS_ATTEST_CHAIN },
		{ "43210", HS_ATTEST_ROOT },
		{ "00", HS_ATTEST_CHAIN },
		{ "0123", HS_ATTEST_CERTIFICATE },
		{ "0123434", HS_ATTEST_CERTIFICATE },
	};
	struct build_x509 usual[BUILD_CHAIN];
	struct hs_build evil = { 0 };
	unsigned wrong = 0;

	(void)state;
	build_pki_chain(usual, &attested_pki);
	usual[0].key = usual[0].signer = attested_pki.other;
	build_x509_der(&evil, &usual[0]);
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		const char *order = orders[i].order;
		struct build_attestation b = build_usual_document(&attested_pki);
		struct attested got;

		b.n_chain = strlen(order);
		for (size_t k = 0; k < b.n_chain; k++)
			b.chain[k] = order[k] == '9'
			                     ? hs_build_span(&evil)
			                     : hs_build_span(&attested_pki.ders[order[k] - '0']);
		b.signer = attested_pki.keys[order[b.n_chain - 1] - '0'];
		got = attested_built(&b);
		wrong += attested_is_wrong(order, &got, orders[i].want, NULL);
	}
	hs_build_release(&evil);
	assert_int_equal(wrong, 0);
}

static void
only_the_key_of_the_leaf_signs(void **state)
{
	struct build_attestation b = build_usual_document(&attested_pki);

	(void)state;
	b.high_s = true;
	for (int i = 0; i < 8; i++)
		assert_int_equal(attested_built(&b).reason, HS_ATTEST_OK);
	b.signer = attested_pki.keys[BUILD_INSTANCE];
	assert_int_equal(attested_built(&b).reason, HS_ATTEST_SIGNATURE);
	b.signer = attested_pki.keys[BUILD_ROOT];
	assert_int_equal(attested_built(&b).reason, HS_ATTEST_SIGNATURE);
	b.signer = attested_pki.other;
	assert_int_equal(attested_built(&b).reason, HS_ATTEST_SIGNATURE);
}

/* It is as good as the document's own, and vouches for another key. */
static void
the_certificate_of_another_document_does_not_do(void **state)
{
	struct build_attestation b = build_usual_document(&attested_pki);
	struct build_x509 usual[BUILD_CHAIN];
	struct hs_build der = { 0 };
	struct attested got;

	(void)state;
	build_pki_chain(usual, &attested_pki);
	usual[BUILD_LEAF].key = attested_pki.other;
	build_x509_der(&der, &usual[BUILD_LEAF]);
	b.chain[BUILD_LEAF] = hs_build_span(&der);
	got = attested_built(&b);
	assert_int_equal(attested_is_wrong("with the key of this one", &got, HS_ATTEST_SIGNATURE,
	                                   "not made with the certificate's key"),
	                 0);
	b.signer = attested_pki.other;
	assert_int_equal(attested_built(&b).reason, HS_ATTEST_OK);
	hs_build_release(&der);
}

/* What --root names has to be the end of the path, not a link of it. */
static void
a_link_of_the_path_is_no_root(void **state)
{
	struct build_attestation b = build_usual_document(&attested_pki);

	(void)state;
	for (size_t cut = 0; cut < 2; cut++) {
		struct hs_attest_policy p = build_policy(&attested_pki);
		struct hs_build built = { 0 };
		struct attested got;

		hs_certificate_release(&p.roots.list[0]);
		hs_certificate_of_der(&p.roots.list[0],
		                      hs_build_span(&attested_pki.ders[BUILD_REGION]),
		                      &(struct hs_err){ 0 });
		build_attestation(&built, &b);
		got = attested_bytes(hs_build_span(&built), p);
		assert_int_equal(attested_is_wrong(cut ? "without its root" : "with its root", &got,
		                                   cut ? HS_ATTEST_CHAIN : HS_ATTEST_ROOT, NULL),
		                 0);
		hs_build_release(&built);
		b.n_chain--;
		memmove(b.chain, b.chain + 1, b.n_chain * sizeof(b.chain[0]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_certificate_is_what_its_place_demands),
		cmocka_unit_test(the_bundle_is_the_path_and_no_more),
		cmocka_unit_test(only_the_key_of_the_leaf_signs),
		cmocka_unit_test(the_certificate_of_another_document_does_not_do),
		cmocka_unit_test(a_link_of_the_path_is_no_root),
	};

	return cmocka_run_group_tests(tests, attested_set_up, attested_tear_down);
}
