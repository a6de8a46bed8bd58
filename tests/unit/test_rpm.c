/* SPDX-License-Identifier: Apache-2.0 */
#include "build_rpm.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

/* Of "payload". */
#define PAYLOAD_SHA256 "239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5"

static const struct hs_comparator *const rpm = &hs_comparator_rpm;

static void
build_package(struct hs_build *b)
{
	struct hs_build_rpm signature = { 0 }, header = { 0 };

	hs_build_rpm_string(&signature, 269, "0123456789");
	hs_build_rpm_value(&signature, 1004, 7, 4, HS_SPAN("\1\2\3\xff"));
	hs_build_rpm_string(&header, 1000, "hello");
	hs_build_rpm_value(&header, 1006, 4, 1, HS_SPAN("\0\1\x51\x80"));
	hs_build_rpm_value(&header, 1028, 4, 2, HS_SPAN("\0\0\0\5\0\0\0\6"));
	hs_build_rpm_value(&header, 1030, 3, 2, HS_SPAN("\x81\xa4\x81\xed"));
	hs_build_rpm_value(&header, 1116, 4, 2, HS_SPAN("\0\0\0\0\0\0\0\1"));
	hs_build_rpm_value(&header, 1117, 8, 2, HS_SPAN("motd\0hello\0"));
	hs_build_rpm_value(&header, 1118, 8, 2, HS_SPAN("/etc/\0/usr/bin/\0"));
	hs_build_rpm_value(&header, 4242, 9, 1, HS_SPAN("what\0"));
	hs_build_rpm_package(b, &signature, &header, HS_SPAN("payload"));
}

static void
rpm_wins_its_own_bid(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_package(&b);
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), rpm);
	b.at[0] = 0;
	assert_int_equal(rpm->bid(hs_build_span(&b)), 0);
	hs_build_release(&b);
}

static void
rpm_says_lead_signature_and_header(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_package(&b);
	listed_open(&o, rpm, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o), "file payload 7\n");
	assert_string_equal(listed_content(&o, "payload"), "payload");
	assert_string_equal(listed_facts(&o, NULL),
	                    "NAME: hello\nBUILDTIME: 1970-01-02T00:00:00Z\n"
	                    "FILESIZES: /etc/motd: 5\nFILESIZES: /usr/bin/hello: 6\n"
	                    "FILEMODES: /etc/motd: 100644\nFILEMODES: /usr/bin/hello: 100755\n"
	                    "DIRINDEXES: 0\nDIRINDEXES: 1\nBASENAMES: motd\nBASENAMES: hello\n"
	                    "DIRNAMES: /etc/\nDIRNAMES: /usr/bin/\ntag 4242: what\n"
	                    "signature SHA1: 0123456789\nsignature MD5: 010203ff\n"
	                    "lead version: 3.0\nlead type: binary\nlead arch: 1\nlead name: "
	                    "name-1-1\nlead os: 1\n"
	                    "lead signature type: 5\n");
	expanded_release(&o);
}

static void
rpm_tells_a_digest_that_does_not_fit(void **state)
{
	struct hs_build_rpm signature = { 0 }, header = { 0 };
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_rpm_string(&signature, 273,
	                    "0000000000000000000000000000000000000000000000000000000000000000");
	hs_build_rpm_string(&header, 5092, PAYLOAD_SHA256);
	hs_build_rpm_package(&b, &signature, &header, HS_SPAN("payload"));
	expanded_init(&o, rpm, hs_build_span(&b), NULL);
	assert_string_equal(listed(&o), "file payload 7\n");
	assert_string_equal(o.tree.note,
	                    "the SHA-256 of the header is not the one of the signature");
	expanded_release(&o);

	b.at[b.len - 1] ^= 1;
	listed_open(&o, rpm, &b);
	assert_string_equal(listed(&o),
	                    "file payload 7: its SHA-256 is not the PAYLOADDIGEST of the header\n");
	expanded_release(&o);
}

static void
check_cut(const struct expanded *o, size_t len)
{
	(void)len;
	if (o->rc < 0)
		assert_int_equal(o->rc, HS_EFORMAT);
	else
		assert_int_equal(o->tree.n_entries, 1);
}

static void
rpm_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_package(&b);
	listed_truncations(rpm, hs_build_span(&b), check_cut);
	hs_build_release(&b);
}

static void
rpm_survives_every_changed_byte(void **state)
{
	static const uint8_t masks[] = { 0x01, 0x80, 0xff };
	struct hs_build b = { 0 };

	(void)state;
	build_package(&b);
	for (size_t i = 0; i < b.len * sizeof(masks); i++) {
		struct expanded o;

		b.at[i / sizeof(masks)] ^= masks[i % sizeof(masks)];
		expanded_init(&o, rpm, hs_build_span(&b), NULL);
		expanded_exercise(&o);
		expanded_release(&o);
		b.at[i / sizeof(masks)] ^= masks[i % sizeof(masks)];
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rpm_wins_its_own_bid),
		cmocka_unit_test(rpm_says_lead_signature_and_header),
		cmocka_unit_test(rpm_tells_a_digest_that_does_not_fit),
		cmocka_unit_test(rpm_survives_every_truncation),
		cmocka_unit_test(rpm_survives_every_changed_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
