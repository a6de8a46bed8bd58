/* SPDX-License-Identifier: Apache-2.0 */
/* Chains in which one certificate deviates, of a PKI of the test. */
#include "attest/chain.h"

#include "build_attestation.h"
#include "build_certificate.h"
#include "unit.h"

enum { NOBODY = -1, OTHER = BUILD_CHAIN, HOUR = 3600 };

static struct build_pki pki;

/* What is another with one certificate; NULL and 0: nothing. */
struct row {
	const char *name;
	int place;
	const char *constraints, *usage, *extra, *issuer, *md;
	const char *curve; /* of its key; "RSA", "ED25519", "explicit" */
	int signer;        /* place of the key that signs it, plus 1 */
	int64_t from, until;
	bool version_1;
	size_t trailing;
	enum hs_attest_reason want;
};

static const char none[] = "";

/* clang-format off */
static const struct row rows[] = {
	{ "nothing", .place = NOBODY, .want = HS_ATTEST_OK },
	{ "a CA that is none", BUILD_ZONE, .constraints = "critical,CA:FALSE",
	  .want = HS_ATTEST_CHAIN },
	{ "a CA without constraints", BUILD_ZONE, .constraints = none, .want = HS_ATTEST_CHAIN },
	{ "constraints that are not critical", BUILD_ZONE, .constraints = "CA:TRUE,pathlen:1",
	  .want = HS_ATTEST_CERTIFICATE },
	{ "a path that is too long", BUILD_REGION, .constraints = "critical,CA:TRUE,pathlen:1",
	  .want = HS_ATTEST_CHAIN },
	{ "a path that is too long, above", BUILD_ZONE, .constraints = "critical,CA:TRUE,pathlen:0",
	  .want = HS_ATTEST_CHAIN },
	{ "a CA with room to spare", BUILD_ZONE, .constraints = "critical,CA:TRUE,pathlen:7",
	  .want = HS_ATTEST_OK },
	{ "a CA without a length", BUILD_ZONE, .constraints = "critical,CA:TRUE",
	  .want = HS_ATTEST_OK },
	{ "a CA that may not sign", BUILD_INSTANCE, .usage = "critical,digitalSignature",
	  .want = HS_ATTEST_CHAIN },
	{ "a CA without key usage", BUILD_INSTANCE, .usage = none, .want = HS_ATTEST_CERTIFICATE },
	{ "a leaf that is a CA", BUILD_LEAF, .constraints = "critical,CA:TRUE",
	  .usage = "digitalSignature,keyCertSign", .want = HS_ATTEST_CERTIFICATE },
	{ "a leaf that may not sign", BUILD_LEAF, .usage = "keyAgreement",
	  .want = HS_ATTEST_CERTIFICATE },
	{ "a leaf without key usage", BUILD_LEAF, .usage = none, .want = HS_ATTEST_CERTIFICATE },
	{ "a leaf without constraints", BUILD_LEAF, .constraints = none, .want = HS_ATTEST_OK },
	{ "an unknown critical extension", BUILD_ZONE, .extra = "1.3.6.1.4.1.99999.7=0500",
	  .want = HS_ATTEST_CHAIN },
	{ "one of the leaf", BUILD_LEAF, .extra = "1.3.6.1.4.1.99999.7=0500",
	  .want = HS_ATTEST_CHAIN },
	{ "critical name constraints", BUILD_REGION, .extra = "2.5.29.30=3008a0063004820261 62",
	  .want = HS_ATTEST_CHAIN },
	{ "version 1", BUILD_LEAF, .constraints = none, .usage = none, .version_1 = true,
	  .want = HS_ATTEST_CERTIFICATE },
	{ "SHA-256", BUILD_ZONE, .md = "SHA256", .want = HS_ATTEST_CHAIN },
	{ "SHA-512", BUILD_ZONE, .md = "SHA512", .want = HS_ATTEST_CERTIFICATE },
	{ "SHA-256 of the leaf", BUILD_LEAF, .md = "SHA256", .want = HS_ATTEST_CHAIN },
	{ "P-256", BUILD_LEAF, .curve = "prime256v1", .want = HS_ATTEST_CHAIN },
	{ "P-521", BUILD_LEAF, .curve = "secp521r1", .want = HS_ATTEST_CERTIFICATE },
	{ "secp256k1", BUILD_LEAF, .curve = "secp256k1", .want = HS_ATTEST_CHAIN },
	{ "RSA", BUILD_LEAF, .curve = "RSA", .want = HS_ATTEST_CHAIN },
	{ "Ed25519", BUILD_LEAF, .curve = "ED25519", .want = HS_ATTEST_CHAIN },
	{ "explicit parameters", BUILD_LEAF, .curve = "explicit", .want = HS_ATTEST_CHAIN },
	{ "an issuer of another name", BUILD_LEAF, .issuer = "somebody", .want = HS_ATTEST_CHAIN },
	{ "signed by another", BUILD_LEAF, .signer = OTHER + 1, .want = HS_ATTEST_CHAIN },
	{ "signed by the root", BUILD_LEAF, .signer = BUILD_ROOT + 1, .want = HS_ATTEST_CHAIN },
	{ "a CA signed by another", BUILD_REGION, .signer = OTHER + 1, .want = HS_ATTEST_CHAIN },
	{ "a root of the same name", BUILD_ROOT, .signer = OTHER + 1, .want = HS_ATTEST_ROOT },
	{ "bytes behind the leaf", BUILD_LEAF, .trailing = 1, .want = HS_ATTEST_CERTIFICATE },
	{ "bytes behind a CA", BUILD_ZONE, .trailing = 1, .want = HS_ATTEST_CERTIFICATE },
	{ "bytes behind the root", BUILD_ROOT, .trailing = 1, .want = HS_ATTEST_CERTIFICATE },
	{ "a leaf that has expired", BUILD_LEAF, .until = -HOUR, .want = HS_ATTEST_EXPIRED },
	{ "a leaf of tomorrow", BUILD_LEAF, .from = HOUR, .want = HS_ATTEST_NOT_YET_VALID },
	{ "a CA that has expired", BUILD_ZONE, .until = -HOUR, .want = HS_ATTEST_EXPIRED },
	{ "a CA of tomorrow", BUILD_REGION, .from = HOUR, .want = HS_ATTEST_NOT_YET_VALID },
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
	if (strcmp(curve, "explicit") != 0)
		return build_ec_key(curve, "1005");
	key = build_ec_key("secp384r1", "1005");
	assert_int_equal(EVP_PKEY_set_utf8_string_param(key, "encoding", "explicit"), 1);
	return key;
}

/* The certificate in question, made anew. */
static void
make(struct hs_build *der, struct build_x509 *c, const struct row *row)
{
	struct build_x509 usual[BUILD_CHAIN];

	build_pki_chain(usual, &pki);
	*c = usual[row->place];
	c->constraints = changed(c->constraints, row->constraints);
	c->usage = changed(c->usage, row->usage);
	c->extra = row->extra;
	c->issuer = row->issuer ? row->issuer : c->issuer;
	c->md = row->md;
	c->key = row->curve ? key_of(row->curve) : c->key;
	if (row->signer)
		c->signer = row->signer == OTHER + 1 ? pki.other : pki.keys[row->signer - 1];
	c->from = row->from ? BUILD_MOMENT + row->from : c->from;
	c->until = row->until ? BUILD_MOMENT + row->until : c->until;
	c->version_1 = row->version_1;
	c->trailing = row->trailing;
	build_x509_der(der, c);
}

static enum hs_attest_reason
verify(const struct build_attestation *b)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_attest_policy policy = build_policy(&pki);
	struct hs_attest_verdict v;
	struct hs_build out = { 0 };

	build_attestation(&out, b);
	hs_attest_verify(&v, &arena, hs_build_span(&out), &policy);
	hs_attest_roots_release(&policy.roots);
	hs_build_release(&out);
	return v.reason;
}

static struct build_attestation
usual_document(void)
{
	struct build_attestation b = { .n_chain = BUILD_CHAIN, .signer = pki.keys[BUILD_LEAF] };

	for (size_t i = 0; i < BUILD_CHAIN; i++)
		b.chain[i] = hs_build_span(&pki.ders[i]);
	return b;
}

static enum hs_attest_reason
verify_row(const struct row *row)
{
	struct build_attestation b = usual_document();
	struct build_x509 c = { 0 };
	struct hs_build der = { 0 };
	enum hs_attest_reason reason;

	if (row->place != NOBODY) {
		make(&der, &c, row);
		b.chain[row->place] = hs_build_span(&der);
		b.signer = row->place == BUILD_LEAF ? c.key : b.signer;
	}
	reason = verify(&b);
	if (row->curve)
		EVP_PKEY_free(c.key);
	hs_build_release(&der);
	return reason;
}

static void
each_certificate_is_what_its_place_demands(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const enum hs_attest_reason got = verify_row(&rows[i]);

		if (got == rows[i].want)
			continue;
		print_error("%s: %s, not %s\n", rows[i].name, hs_attest_reason_name(got),
		            hs_attest_reason_name(rows[i].want));
		wrong++;
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
		{ "01234", HS_ATTEST_OK },      { "1234", HS_ATTEST_ROOT },
		{ "10234", HS_ATTEST_ROOT },    { "02134", HS_ATTEST_CHAIN },
		{ "012334", HS_ATTEST_CHAIN },  { "001234", HS_ATTEST_CHAIN },
		{ "0134", HS_ATTEST_CHAIN },    { "04", HS_ATTEST_CHAIN },
		{ "91234", HS_ATTEST_ROOT },    { "091234", HS_ATTEST_CHAIN },
		{ "012394", HS_ATTEST_CHAIN },  { "43210", HS_ATTEST_ROOT },
		{ "00", HS_ATTEST_CHAIN },      { "0123", HS_ATTEST_CERTIFICATE },
		{ "0123434", HS_ATTEST_CHAIN },
	};
	struct build_x509 usual[BUILD_CHAIN];
	struct hs_build evil = { 0 };
	unsigned wrong = 0;

	(void)state;
	build_pki_chain(usual, &pki);
	usual[0].key = usual[0].signer = pki.other;
	build_x509_der(&evil, &usual[0]);
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		const char *order = orders[i].order;
		struct build_attestation b = usual_document();
		enum hs_attest_reason got;

		b.n_chain = strlen(order);
		for (size_t k = 0; k < b.n_chain; k++)
			b.chain[k] = order[k] == '9' ? hs_build_span(&evil)
			                             : hs_build_span(&pki.ders[order[k] - '0']);
		b.signer = pki.keys[order[b.n_chain - 1] - '0'];
		got = verify(&b);
		if (got == orders[i].want)
			continue;
		print_error("%s: %s\n", order, hs_attest_reason_name(got));
		wrong++;
	}
	hs_build_release(&evil);
	assert_int_equal(wrong, 0);
}

static void
only_the_key_of_the_leaf_signs(void **state)
{
	struct build_attestation b = usual_document();

	(void)state;
	b.high_s = true;
	for (int i = 0; i < 8; i++)
		assert_int_equal(verify(&b), HS_ATTEST_OK);
	b.signer = pki.keys[BUILD_INSTANCE];
	assert_int_equal(verify(&b), HS_ATTEST_SIGNATURE);
	b.signer = pki.keys[BUILD_ROOT];
	assert_int_equal(verify(&b), HS_ATTEST_SIGNATURE);
	b.signer = pki.other;
	assert_int_equal(verify(&b), HS_ATTEST_SIGNATURE);
}

static int
set_up(void **state)
{
	(void)state;
	build_pki(&pki);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	build_pki_release(&pki);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_certificate_is_what_its_place_demands),
		cmocka_unit_test(the_bundle_is_the_path_and_no_more),
		cmocka_unit_test(only_the_key_of_the_leaf_signs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
