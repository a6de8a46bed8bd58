/* SPDX-License-Identifier: Apache-2.0 */
#include "build_rpmdb.h"
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_rpmdb_bdb;

enum { PAGE = 512 };

/* One header that fits in its page, and one that has pages of its own. */
static void
build(struct hs_build *b, bool big)
{
	struct hs_build blobs[2] = { 0 };
	char more[700];

	memset(more, 'u', sizeof(more) - 1);
	more[sizeof(more) - 1] = 0;
	hs_build_rpmdb_blob(&blobs[0], "zlib", "2", 1, more);
	hs_build_rpmdb_blob(&blobs[1], "acl", "1", 1, "v");
	hs_build_bdb(b, blobs, 2, big);
	hs_build_release(&blobs[0]);
	hs_build_release(&blobs[1]);
}

static const char *
with(struct hs_arena *arena, size_t at, uint8_t value)
{
	struct hs_build b = { 0 };
	const char *text;

	build(&b, false);
	b.at[at] = value;
	text = leaf_text(arena, row, hs_build_span(&b));
	hs_build_release(&b);
	return text;
}

static void
bdb_lists_its_packages_in_either_byte_order(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_build b = { 0 };
		const char *text;

		build(&b, big);
		assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), row);
		text = leaf_text(&arena, row, hs_build_span(&b));
		hs_check_has(text, "package acl.x86_64: 1-1.el9\npackage zlib.x86_64: 2-1.el9\n");
		hs_check_has(text, "\neverything else: sha256:");
		hs_check_lacks(text, "!");
		hs_build_release(&b);
	}
}

static void
bdb_leaves_other_hashes_to_others(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 }, blob = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_err err;

	(void)state;
	hs_build_text(&blob, "no header of rpm");
	hs_build_bdb(&b, &blob, 1, false);
	assert_int_equal(row->describe(&facts, hs_build_span(&b), &err), HS_ENOTMINE);
	hs_build_release(&b);
	hs_build_release(&blob);
}

static void
bdb_refuses_hostile_fields(void **state)
{
	static const struct {
		size_t at;
		uint8_t value;
		const char *want;
	} rows[] = {
		{ 21, 0, "! a page of 0 bytes\n" },
		{ 23, 1, "! a page of 16777728 bytes\n" },
		/* The second pair: its value's offset, its kind. */
		{ 2 * PAGE + 26, 3, "! item 0 of page 2 is not in it\n" },
		/* The chain: the kind of its first page, a page behind the last, a loop. */
		{ 3 * PAGE + 25, 13, "! page 3 does not go on with a value after 0 of " },
		{ 3 * PAGE + 16, 200, "! page 200 does not go on with a value after 486 of " },
		{ 3 * PAGE + 16, 3, "! page 3 does not go on with a value after 486 of " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };

		hs_check_has(with(&arena, rows[i].at, rows[i].value), rows[i].want);
	}
}

static void
bdb_survives_truncations_and_sees_every_byte(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build(&b, false);
	leaf_truncations(row, hs_build_span(&b));
	leaf_every_byte_counts(row, hs_build_span(&b));
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bdb_lists_its_packages_in_either_byte_order),
		cmocka_unit_test(bdb_leaves_other_hashes_to_others),
		cmocka_unit_test(bdb_refuses_hostile_fields),
		cmocka_unit_test(bdb_survives_truncations_and_sees_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
