/* SPDX-License-Identifier: Apache-2.0 */
#include "build_rpmdb.h"
#include "check_text.h"
#include "unit.h"

#include "comparators/package/rpmdb.h"

#include <stdlib.h>

static void
rpmdb_says_packages_by_name_then_their_tags(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_rpmdb db = { .out = &facts };
	struct hs_build z = { 0 }, a = { 0 };
	struct hs_err err;
	const char *text;

	(void)state;
	hs_build_rpmdb_blob(&z, "zlib", "2", 1700000000, "u");
	hs_build_rpmdb_blob(&a, "acl", "1", 1700000060, "v");
	assert_int_equal(hs_rpmdb_add(&db, hs_build_span(&z), &err), 0);
	assert_int_equal(hs_rpmdb_add(&db, hs_build_span(&a), &err), 0);
	assert_int_equal(hs_rpmdb_say(&db, &err), 0);
	text = hs_facts_text(&facts);
	hs_check_has(text, "package acl.x86_64: 1-1.el9\npackage zlib.x86_64: 2-1.el9\n"
	                   "acl.x86_64 URL: v\nacl.x86_64 Requires: bash >= 1\n"
	                   "zlib.x86_64 URL: u\nzlib.x86_64 Requires: bash >= 2\n"
	                   "installed: 2023-11-14T22:13:20Z to 2023-11-14T22:14:20Z\n"
	                   "digest of the times and transactions: sha256:");
	assert_true(hs_facts_find(&facts, "acl.x86_64 URL")->detail);
	assert_false(facts.first->detail);
	hs_build_release(&z);
	hs_build_release(&a);
}

static void
rpmdb_refuses_what_is_no_header(void **state)
{
	static const struct {
		struct hs_span blob;
		const char *want;
	} rows[] = {
		{ { (const uint8_t *)"", 0 }, "a header of 0 bytes claims 0 entries and 0 bytes" },
		{ { (const uint8_t *)"\0\0\0\1\0\0\0\0", 8 },
		  "a header of 8 bytes claims 1 entries and 0 bytes" },
		{ { (const uint8_t *)"\0\0\0\0\0\0\0\0x", 9 },
		  "a header of 9 bytes claims 0 entries and 0 bytes" },
		{ { (const uint8_t *)"\0\0\0\0\0\0\0\0", 8 },
		  "a header of 8 bytes names no package" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_rpmdb db = { .out = &facts };
		struct hs_err err;

		assert_int_equal(hs_rpmdb_add(&db, rows[i].blob, &err), HS_EFORMAT);
		assert_string_equal(err.text, rows[i].want);
	}
}

static void
rpmdb_survives_headers_with_any_byte_changed(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_rpmdb_blob(&b, "zlib", "2", 1, "u");
	for (size_t i = 0; i < b.len; i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_rpmdb db = { .out = &facts };
		const struct hs_span copy = exact_copy(hs_build_span(&b), b.len);
		struct hs_err err;

		((uint8_t *)(uintptr_t)copy.at)[i] ^= 0xff;
		if (hs_rpmdb_add(&db, copy, &err) == 0)
			hs_rpmdb_say(&db, &err);
		free((void *)(uintptr_t)copy.at);
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rpmdb_says_packages_by_name_then_their_tags),
		cmocka_unit_test(rpmdb_refuses_what_is_no_header),
		cmocka_unit_test(rpmdb_survives_headers_with_any_byte_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
