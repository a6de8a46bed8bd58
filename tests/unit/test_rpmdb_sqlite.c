/* SPDX-License-Identifier: Apache-2.0 */
#include "build_rpmdb.h"
#include "check_text.h"
#include "leaf.h"
#include "unit.h"

#include <stdlib.h>

static const struct hs_comparator *const row = &hs_comparator_rpmdb_sqlite;

#if HS_WITH_SQLITE

#include <sqlite3.h>

static void
add(sqlite3 *db, const char *name, const char *version)
{
	struct hs_build blob = { 0 };
	sqlite3_stmt *s;

	hs_build_rpmdb_blob(&blob, name, version, 1, "u");
	assert_int_equal(
		sqlite3_prepare_v2(db, "INSERT INTO Packages(blob) VALUES(?)", -1, &s, NULL),
		SQLITE_OK);
	sqlite3_bind_blob(s, 1, blob.at, (int)blob.len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	sqlite3_finalize(s);
	hs_build_release(&blob);
}

/* As rpm makes it; free() its `at`. */
static struct hs_span
made(const char *version, const char *more)
{
	sqlite3 *db;
	sqlite3_int64 size = 0;
	unsigned char *bytes;
	struct hs_span out;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
	                              "PRAGMA page_size = 1024; CREATE TABLE 'Packages' (hnum "
	                              "INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL);"
	                              "CREATE TABLE 'Na\"me'(key, hnum)",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	add(db, "zlib", version);
	add(db, "acl", "1");
	assert_int_equal(sqlite3_exec(db, more, NULL, NULL, NULL), SQLITE_OK);
	bytes = sqlite3_serialize(db, "main", &size, 0);
	out = exact_copy((struct hs_span){ bytes, (size_t)size }, (size_t)size);
	sqlite3_free(bytes);
	sqlite3_close(db);
	return out;
}

static void
sqlite_lists_its_packages(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = made("2", "");
	const struct hs_span other = made("2", "INSERT INTO \"Na\"\"me\" VALUES('x', 1)");
	const char *text = leaf_text(&arena, row, file);

	(void)state;
	assert_ptr_equal(hs_comparator_for(file, 0), row);
	hs_check_has(text, "package acl.x86_64: 1-1.el9\npackage zlib.x86_64: 2-1.el9\n");
	hs_check_has(text, "\nother tables: 2 of 1 rows, sha256:");
	hs_check_has(text, "\nchange counter: ");
	hs_check_has(leaf_text(&arena, row, other), "\nother tables: 2 of 2 rows, sha256:");
	free((void *)(uintptr_t)file.at);
	free((void *)(uintptr_t)other.at);
}

static void
sqlite_says_what_is_damaged(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span file = made("2", "INSERT INTO Packages(blob) VALUES(x'00')");

	(void)state;
	hs_check_has(leaf_text(&arena, row, file),
	             "! a header of 1 bytes claims 0 entries and 0 bytes\n");
	hs_check_has(leaf_text(&arena, row, hs_span_head(file, 99)),
	             "! the database ends in its header\n");
	for (size_t len = 0; len < file.len; len += 41) {
		RELEASED struct hs_arena own = { 0 };

		leaf_text(&own, row, hs_span_head(file, len));
	}
	free((void *)(uintptr_t)file.at);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sqlite_lists_its_packages),
		cmocka_unit_test(sqlite_says_what_is_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void
sqlite_says_that_the_library_is_missing(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, "SQLite format 3"), "! built without libsqlite3\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sqlite_says_that_the_library_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
