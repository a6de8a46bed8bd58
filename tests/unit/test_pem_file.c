/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_certificate.h"
#include "check_text.h"
#include "listed.h"
#include "unit.h"

enum { FROM = 1700000000, UNTIL = 1800000000 };

static const struct hs_comparator *const pem = &hs_comparator_pem_file;
static const struct hs_comparator *const leaf = &hs_comparator_certificate;
static const struct hs_comparator *const der = &hs_comparator_certificate_der;

static void
put_certificate(struct hs_build *out, bool in_der)
{
	EVP_PKEY *const key = build_ec_key("secp384r1", "1234567");
	const struct build_certificate c = { key, "x", FROM, UNTIL, true };

	if (in_der)
		build_certificate_der(out, &c);
	else
		build_certificate_pem(out, &c);
	EVP_PKEY_free(key);
}

static void
one_certificate_is_a_leaf_and_says_itself(void **state)
{
	(void)state;
	for (int in_der = 0; in_der < 2; in_der++) {
		const struct hs_comparator *const by = in_der ? der : leaf;
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_build b = { 0 };
		struct hs_err err;

		if (!in_der)
			hs_build_text(&b, "subject=x\n");
		put_certificate(&b, in_der);
		assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), by);
		assert_int_equal(by->describe(&facts, hs_build_span(&b), &err), 0);
		hs_check_has(hs_facts_text(&facts), "subject: C=US, CN=x\n");
		hs_check_has(hs_facts_text(&facts), "\nkey: EC P-384\n");
		hs_build_release(&b);
	}
}

static void
several_blocks_are_members(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_text(&b, "# roots\n");
	put_certificate(&b, false);
	hs_build_text(&b, "-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n");
	for (int i = 0; i < 9; i++)
		put_certificate(&b, false);
	hs_build_text(&b, "-----BEGIN CERTIFICATE-----\nAA");
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), pem);
	listed_open(&o, pem, &b);
	assert_int_equal(o.rc, 0);
	assert_int_equal(o.tree.n_entries, 13);
	hs_check_has(expanded_keys(&o), "(text)\ncertificate[1]\nec-private-key[1]\n"
	                                "certificate[2]\n");
	hs_check_has(expanded_keys(&o), "\ncertificate[11]\n");
	hs_check_has(listed(&o), ": it has no end line of its own\n");
	hs_check_has(listed_content(&o, "(text)"), "# roots\\n");
	expanded_release(&o);
}

/* A manual with a certificate in it is a text. */
static void
texts_are_left_to_text(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	for (int i = 0; i < 40; i++)
		hs_build_text(&b, "How to make a certificate, and what it looks like.\n");
	put_certificate(&b, false);
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), &hs_comparator_text);
	hs_build_release(&b);
	assert_int_equal(leaf->bid(HS_SPAN("-----BEGIN PRIVATE KEY-----\nAA==\n"
	                                   "-----END PRIVATE KEY-----\n")),
	                 0);
	assert_int_equal(leaf->bid(HS_SPAN("")), 0);
	assert_int_equal(der->bid(HS_SPAN("")), 0);
	assert_int_equal(der->bid(HS_SPAN("0\x82\0\x09"
	                                  "0\x82\0\x05\xa0\x03\x02\x01\x02")),
	                 72);
	assert_int_equal(der->bid(HS_SPAN("0\x82\0\x09"
	                                  "0\x82\0\x06\xa0\x03\x02\x01\x02")),
	                 0);
	assert_int_equal(der->bid(HS_SPAN("0\x82\0\x0a"
	                                  "0\x82\0\x05\xa0\x03\x02\x01\x02")),
	                 0);
	assert_int_equal(der->bid(HS_SPAN("0\x82\0\x09"
	                                  "0\x82\0\x05\xa0\x03\x02\x01\x01")),
	                 0);
}

static void
what_is_no_certificate_after_all_is_left_to_others(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_build b = { 0 };
	struct hs_err err;

	(void)state;
	assert_int_equal(leaf->describe(&facts,
	                                HS_SPAN("-----BEGIN CERTIFICATE-----\nMIIB\n"
	                                        "-----END CERTIFICATE-----\n"),
	                                &err),
	                 HS_ENOTMINE);
	assert_int_equal(der->describe(&facts,
	                               HS_SPAN("0\x82\0\x09"
	                                       "0\x82\0\x05\xa0\x03\x02\x01\x02"),
	                               &err),
	                 HS_ENOTMINE);
	put_certificate(&b, false);
	put_certificate(&b, false);
	assert_int_equal(leaf->describe(&facts, hs_build_span(&b), &err), HS_ENOTMINE);
	assert_string_equal(err.text, "more than one certificate is in the file");
	assert_int_equal(facts.n, 0);
	hs_build_release(&b);
}

static void
any(const struct expanded *o, size_t len)
{
	(void)len;
	assert_int_equal(o->rc, 0);
}

static void
every_truncation_is_survived(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	put_certificate(&b, false);
	put_certificate(&b, false);
	listed_truncations(pem, hs_build_span(&b), any);
	b.len = 0;
	put_certificate(&b, true);
	for (size_t len = 0; len < b.len; len++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_err err;

		assert_int_equal(der->describe(&facts, hs_span_head(hs_build_span(&b), len), &err),
		                 HS_ENOTMINE);
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_certificate_is_a_leaf_and_says_itself),
		cmocka_unit_test(several_blocks_are_members),
		cmocka_unit_test(texts_are_left_to_text),
		cmocka_unit_test(what_is_no_certificate_after_all_is_left_to_others),
		cmocka_unit_test(every_truncation_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
