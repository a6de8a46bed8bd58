/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "check_text.h"
#include "listed.h"
#include "unit.h"

static const struct hs_comparator *const by = &hs_comparator_cose;

#define MESSAGE "\x84\x43\xa1\x01\x26\xa1\x04\x42me\x45hello\x43sig"

static void
opens(struct expanded *o, struct hs_span file)
{
	expanded_init(o, by, file, NULL);
}

static void
cose_wins_its_own_bid(void **state)
{
	(void)state;
	assert_ptr_equal(hs_comparator_for(HS_SPAN(MESSAGE), 0), by);
	assert_ptr_equal(hs_comparator_for(HS_SPAN("\xd2" MESSAGE), 0), by);
	assert_int_equal(by->bid(HS_SPAN("")), 0);
	assert_int_equal(by->bid(HS_SPAN("\xd2\x84")), 16);
	assert_int_equal(by->bid(HS_SPAN(MESSAGE "x")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x84\x40\xa0\x40\x40")), 0);
	assert_int_equal(by->bid(HS_SPAN("\x84\x01\x02\x03\x04")), 0);
}

static void
cose_says_headers_and_lists_the_payload(void **state)
{
	struct expanded o;

	(void)state;
	opens(&o, HS_SPAN("\xd2" MESSAGE));
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed_facts(&o, NULL), "tag: 18\nalgorithm: -7 (ES256)\n"
	                                            "key id (unprotected): h'6d65'\n"
	                                            "signature: 736967\n");
	assert_string_equal(listed(&o), "file payload 5\n");
	assert_string_equal(listed_content(&o, "payload"), "hello");
	expanded_release(&o);
}

static void
cose_says_what_is_odd(void **state)
{
	struct expanded o;

	(void)state;
	/* No payload; an algorithm by name, one that nobody knows, labels of other kinds. */
	opens(&o, HS_SPAN("\x84\x4b\xa3\x01\x61x\x61y\x01\x18\x21\x80\xa1\x01\x38\xc7\xf6\x41s"));
	assert_int_equal(o.rc, HS_EFORMAT);
	expanded_release(&o);
	opens(&o, HS_SPAN("\x84\x4a\xa3\x01\x61x\x61y\x01\x18\x21\x80\xa1\x01\x38\xc7\xf6\x41s"));
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed_facts(&o, NULL),
	                    "tag: none\nalgorithm: \"x\"\nparameter \"y\": 1\nparameter 33: []\n"
	                    "algorithm (unprotected): -200 (unknown)\n"
	                    "payload: kept elsewhere\nsignature: 73\n");
	assert_string_equal(listed(&o), "");
	expanded_release(&o);
	/* A head that is longer than it has to be. */
	opens(&o, HS_SPAN("\x84\x43\xa1\x01\x26\xa0\x58\x01p\x41s"));
	assert_int_equal(o.rc, 0);
	hs_check_has(listed(&o), "file payload 1\ngap (as it is encoded) 11");
	expanded_release(&o);
}

static void
cose_refuses_what_is_no_message(void **state)
{
	const struct hs_span rows[] = {
		HS_SPAN("\x85\x40\xa0\x40\x40"),         HS_SPAN("\x84\x41\x01\xa0\x40\x40"),
		HS_SPAN("\x84\x42\xa0\x01\xa0\x40\x40"), HS_SPAN("\x84\x40\x01\x40\x40"),
		HS_SPAN("\x84\x40\xa0\x01\x40"),         HS_SPAN("\x84\x40\xa0\x40\xf6"),
		HS_SPAN("\x9f\x40\xa0\x40\x40\xff"),     HS_SPAN("\xd1\x84\x40\xa0\x40\x40"),
		HS_SPAN("\xd2\xd2\x84\x40\xa0\x40\x40"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct expanded o;

		opens(&o, rows[i]);
		assert_int_equal(o.rc, HS_EFORMAT);
		expanded_exercise(&o);
		expanded_release(&o);
	}
}

static void
cut_is_told(const struct expanded *o, size_t len)
{
	(void)len;
	assert_int_equal(o->rc, HS_EFORMAT);
}

static void
cose_survives_every_truncation(void **state)
{
	(void)state;
	listed_truncations(by, HS_SPAN("\xd2" MESSAGE), cut_is_told);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cose_wins_its_own_bid),
		cmocka_unit_test(cose_says_headers_and_lists_the_payload),
		cmocka_unit_test(cose_says_what_is_odd),
		cmocka_unit_test(cose_refuses_what_is_no_message),
		cmocka_unit_test(cose_survives_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
