/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_attestation.h"
#include "check_text.h"
#include "listed.h"
#include "shared.h"
#include "unit.h"

static const struct hs_comparator *const by = &hs_comparator_attestation;

static void
built(struct hs_build *out, enum build_part part, const char *hex)
{
	struct build_attestation b = build_unsigned();

	b.parts[part] = hex;
	build_attestation(out, &b);
}

static void
open_built(struct expanded *o, enum build_part part, const char *hex)
{
	struct hs_build b = { 0 };

	built(&b, part, hex);
	listed_open(o, by, &b);
}

static void
attestation_wins_its_own_bid(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	built(&b, BUILD_BEFORE, NULL);
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), by);
	hs_build_release(&b);
	built(&b, BUILD_BEFORE, "d2");
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), by);
	hs_build_release(&b);
	assert_int_equal(by->bid(HS_SPAN("")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x84\x44\xa1\x01\x38\x22")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x84\x44\xa1\x01\x38\x22\xa0")), 56);
	assert_int_equal(by->bid(HS_SPAN("\x84\x44\xa1\x01\x38\x23\xa0")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x84\x44\xa1\x01\x38\x22\xa0\x59\x01\x01"
	                                 "\xa1\x65nonce")),
	                 56);
	/* What signs an enclave image. */
	assert_int_equal(by->bid(HS_SPAN("\x84\x44\xa1\x01\x38\x22\xa0\x59\x01\x01"
	                                 "\xa2\x6eregister_index")),
	                 0);
	assert_int_equal(by->bid(HS_SPAN("\x84\x44\xa1\x01\x38\x22\xa0\x58\x82\xa2")), 56);
	assert_int_equal(by->bid(HS_SPAN("\x84\x44\xa1\x01\x38\x22\xa0\x58\x82\xa2\x6e"
	                                 "register_index")),
	                 0);
}

static void
attestation_says_what_the_document_says(void **state)
{
	struct expanded o;

	(void)state;
	open_built(&o, BUILD_USER_DATA, BUILD_KEY_USER_DATA "40");
	assert_int_equal(o.rc, 0);
	hs_check_has(listed_facts(&o, NULL), "module_id: i-0123456789abcdef0-enc0123456789abcdef\n"
	                                     "timestamp: 2023-11-14T22:13:20.000Z\n"
	                                     "debug mode: no\n"
	                                     "PCR0 (the whole enclave image): 01010101");
	hs_check_has(listed_facts(&o, NULL), "\nPCR4 (the id of the parent instance): 05050505");
	hs_check_has(listed_facts(&o, NULL), "\nPCR5 (reserved): zero\n");
	hs_check_lacks(listed_facts(&o, NULL), "PCR16");
	hs_check_has(listed_facts(&o, NULL), "\ndigest: SHA384\nsignature: 5555");
	hs_check_has(listed_facts(&o, NULL),
	             "\nmap of the payload: of stated length, as until 2025\n"
	             "parent instance (observed): i-0123456789abcdef0\n"
	             "enclave launched (observed): 2009-08-23T03:58:16.491Z\n"
	             "PCR4 is of the parent instance (observed): no\n");
	assert_string_equal(listed(&o), "file certificate 4\nfile cabundle[0] 4\n"
	                                "file cabundle[1] 6\nfile user_data 0\nfile nonce 7\n");
	assert_string_equal(listed_content(&o, "cabundle[1]"), "middle");
	assert_string_equal(listed_content(&o, "nonce"), "a nonce");
	assert_int_equal(o.tree.n_notes, 1);
	assert_string_equal(o.tree.notes[0].code, "attestation-unverified");
	expanded_release(&o);
}

static void
attestation_says_debug_mode(void **state)
{
	struct build_attestation b = build_unsigned();
	struct hs_build bytes = { 0 };
	struct expanded o;

	(void)state;
	b.parts[BUILD_MAP] = "bf";
	b.parts[BUILD_PCRS] = BUILD_KEY_PCRS "a3 00 5830 00*48 01 5830 00*48 02 5830 00*48";
	b.parts[BUILD_NONCE] = BUILD_KEY_NONCE "f6";
	b.parts[BUILD_MAP_END] = "ff";
	build_attestation(&bytes, &b);
	listed_open(&o, by, &bytes);
	assert_int_equal(o.rc, 0);
	hs_check_has(listed_facts(&o, NULL), "\ndebug mode: yes: PCR0, PCR1 and PCR2 are zero\n"
	                                     "PCR0 (the whole enclave image): zero\n");
	hs_check_has(listed_facts(&o, NULL), "\nnonce: null\n"
	                                     "map of the payload: of no stated length, as since "
	                                     "2025\n");
	assert_int_equal(o.tree.n_notes, 2);
	assert_string_equal(o.tree.notes[1].code, "attestation-debug");
	hs_check_lacks(listed(&o), "as it is encoded");
	expanded_release(&o);
}

/* What neither a fact nor a member tells stands there as it is. */
static void
attestation_shows_another_spelling(void **state)
{
	struct build_attestation d = build_unsigned();
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	open_built(&o, BUILD_NONCE, "66 667574757265 07");
	assert_int_equal(o.rc, 0);
	hs_check_has(listed_facts(&o, NULL), "\nunknown key: future\n");
	hs_check_has(listed(&o), "(as it is encoded)");
	expanded_release(&o);
	/* The nonce stands before all else. */
	d.parts[BUILD_MAP] = "a9" BUILD_KEY_NONCE "41 6e";
	d.parts[BUILD_NONCE] = "";
	build_attestation(&b, &d);
	listed_open(&o, by, &b);
	hs_check_has(listed(&o), "(as it is encoded)");
	expanded_release(&o);
	open_built(&o, BUILD_BEFORE, "d2");
	hs_check_has(listed_facts(&o, NULL), "\ntag: 18\n");
	hs_check_lacks(listed(&o), "as it is encoded");
	expanded_release(&o);
}

/* The same envelope and root, other measurements: its members are there, and so is the rest. */
static void
attestation_opens_a_nitrotpms(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	built(&b, BUILD_PCRS, "6d 6e6974726f74706d5f70637273 a1 04 5830 01*48");
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), by);
	listed_open(&o, by, &b);
	assert_int_equal(o.rc, HS_EFORMAT);
	assert_string_equal(o.err.text,
	                    "it is a document of an EC2 instance's NitroTPM, not of an enclave");
	hs_check_has(listed_facts(&o, NULL), "module_id: i-0123456789abcdef0-enc");
	hs_check_has(listed(&o), "(as it is encoded)");
	expanded_release(&o);
}

/* Signed by nobody, under another algorithm: a message like others, and its payload is CBOR. */
static void
attestation_leaves_qemus_to_others(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	built(&b, BUILD_PROTECTED, "43 a10120");
	assert_int_equal(by->bid(hs_build_span(&b)), 0);
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), &hs_comparator_cose);
	listed_open(&o, &hs_comparator_cose, &b);
	assert_int_equal(o.rc, 0);
	hs_check_has(listed_facts(&o, NULL), "-1");
	hs_check_has(listed(&o), "payload");
	expanded_release(&o);
}

static void
cut_is_told(const struct expanded *o, size_t len)
{
	assert_int_equal(o->rc, HS_EFORMAT);
	if (len)
		assert_true(o->tree.n_entries > 0);
}

static void
attestation_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	built(&b, BUILD_BEFORE, NULL);
	listed_truncations(by, hs_build_span(&b), cut_is_told);
	hs_build_release(&b);
}

static void
attestation_survives_every_changed_byte(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	built(&b, BUILD_USER_DATA, "61 78 07");
	for (size_t i = 0; i < 8 * b.len; i += 3) {
		struct expanded o;

		b.at[i / 8] ^= (uint8_t)(1U << i % 8);
		expanded_init(&o, by, hs_build_span(&b), NULL);
		assert_true(o.rc == 0 || o.rc == HS_EFORMAT || o.rc == HS_ELIMIT);
		expanded_exercise(&o);
		expanded_release(&o);
		b.at[i / 8] ^= (uint8_t)(1U << i % 8);
	}
	hs_build_release(&b);
}

/* Of genuine documents facts and members tell every byte. */
static void
attestation_tells_all_of_genuine_documents(void **state)
{
	static const char *const names[] = {
		"2021-08-18_us-east-2_prod_pempubkey.cbor",
		"2022-10-13_us-east-1_prod_pcr3_pcr8_nonce256.cbor",
		"2024-09-07_us-east-1_DEBUG_3x1024.cbor",
		"2025-04-29_ap-south-1_prod_pcr16_emptyuserdata.cbor",
		"2025-11-10_ap-south-1_prod_pcr16_INDEF.cbor",
		"2026-08-03_us-east-1_DEBUG_INDEF_allnull.cbor",
	};

	(void)state;
	shared_needs("vectors/attestation");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct hs_build b = { 0 };
		struct expanded o;
		char path[200];

		snprintf(path, sizeof(path), "vectors/attestation/%s", names[i]);
		shared_read(&b, path);
		listed_open(&o, by, &b);
		assert_int_equal(o.rc, 0);
		hs_check_has(listed(&o), "file cabundle[3] ");
		hs_check_lacks(listed(&o), "as it is encoded");
		hs_check_has(listed_facts(&o, NULL), "region (observed): ");
		hs_check_has(listed_facts(&o, NULL),
		             "PCR4 is of the parent instance (observed): yes\n");
		expanded_release(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attestation_wins_its_own_bid),
		cmocka_unit_test(attestation_says_what_the_document_says),
		cmocka_unit_test(attestation_says_debug_mode),
		cmocka_unit_test(attestation_shows_another_spelling),
		cmocka_unit_test(attestation_opens_a_nitrotpms),
		cmocka_unit_test(attestation_leaves_qemus_to_others),
		cmocka_unit_test(attestation_survives_every_truncation),
		cmocka_unit_test(attestation_survives_every_changed_byte),
		cmocka_unit_test(attestation_tells_all_of_genuine_documents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
