/* SPDX-License-Identifier: Apache-2.0 */
#include "build_rpmdb.h"
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_rpmdb_ndb;

static void
build(struct hs_build *b)
{
	struct hs_build blobs[2] = { 0 };

	hs_build_rpmdb_blob(&blobs[0], "zlib", "2", 1, "u");
	hs_build_rpmdb_blob(&blobs[1], "acl", "1", 1, "v");
	hs_build_ndb(b, blobs, 2);
	hs_build_release(&blobs[0]);
	hs_build_release(&blobs[1]);
}

/* What is said of the database with one number of 4 bytes replaced. */
static const char *
with(struct hs_arena *arena, size_t at, uint32_t value)
{
	struct hs_build b = { 0 };
	const char *text;

	build(&b);
	for (size_t i = 0; i < 4; i++)
		b.at[at + i] = (uint8_t)(value >> (8 * i));
	text = leaf_text(arena, row, hs_build_span(&b));
	hs_build_release(&b);
	return text;
}

static void
ndb_lists_its_packages(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	const char *text;

	(void)state;
	build(&b);
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), row);
	text = leaf_text(&arena, row, hs_build_span(&b));
	hs_check_has(text, "package acl.x86_64: 1-1.el9\npackage zlib.x86_64: 2-1.el9\n");
	hs_check_has(text, "\neverything else: sha256:");
	hs_check_lacks(text, "!");
	assert_string_not_equal(text, with(&arena, 8, 2));
	hs_build_release(&b);
}

static void
ndb_refuses_hostile_fields(void **state)
{
	static const struct {
		size_t at;
		uint32_t value;
		const char *want;
	} rows[] = {
		{ 12, 0, "! 0 pages of slots in a file of " },
		{ 12, 0xffffffff, "! 4294967295 pages of slots in a file of " },
		{ 32, 1, "! 4064 bytes of slots begin with none\n" },
		{ 32 + 8, 0, "! no whole header of package 1 at offset 0\n" },
		{ 32 + 8, 0xffffffff, "! no whole header of package 1 at offset 68719476720\n" },
		{ 32 + 4, 7, "! no whole header of package 7 at offset 4096\n" },
		{ 4096 + 12, 0xffffffff, "! no whole header of package 1 at offset 4096\n" },
		{ 4096 + 12, 8, "! a header of 8 bytes claims " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };

		hs_check_has(with(&arena, rows[i].at, rows[i].value), rows[i].want);
	}
}

static void
ndb_survives_truncations_and_sees_every_byte(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build(&b);
	leaf_truncations(row, hs_build_span(&b));
	leaf_every_byte_counts(row, hs_build_span(&b));
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ndb_lists_its_packages),
		cmocka_unit_test(ndb_refuses_hostile_fields),
		cmocka_unit_test(ndb_survives_truncations_and_sees_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
