/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_bytes.h"
#include "check_leaf.h"
#include "core/capture.h"

#include <stdlib.h>

static const struct hs_comparator *const sqlite = &hs_comparator_sqlite;

static void
sqlite_needs_its_magic(void **state)
{
	static const struct hs_span magic = { (const uint8_t *)"SQLite format 3", 16 };

	(void)state;
	assert_true(sqlite->bid(magic) > 0);
	assert_int_equal(sqlite->bid(hs_span_head(magic, 15)), 0);
	check_leaf_refuses(sqlite, magic, HS_EFORMAT, "the header of the database is cut short");
}

#if HS_WITH_SQLITE

#include <sqlite3.h>

/* A database in memory after these statements; free() it. */
static struct hs_span
database(const char *sql)
{
	struct hs_span out = { NULL, 0 };
	unsigned char *bytes;
	sqlite3_int64 size;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA page_size=512", NULL, NULL, NULL), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	bytes = sqlite3_serialize(db, "main", &size, 0);
	out = exact_copy((struct hs_span){ bytes, (size_t)size }, (size_t)size);
	sqlite3_free(bytes);
	sqlite3_close(db);
	return out;
}

static void
let_go(struct hs_span s)
{
	free((void *)(uintptr_t)s.at);
}

static void
patch(struct hs_span s, size_t at, const char *bytes, size_t n)
{
	memcpy((uint8_t *)(uintptr_t)s.at + at, bytes, n);
}

static const char usual[] =
	"CREATE TABLE t(a INTEGER PRIMARY KEY, b, c TEXT);"
	"INSERT INTO t VALUES(1, 'it''s', NULL), (7, 2.5, x'00ff');"
	"CREATE TABLE w(k TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO w VALUES('k');"
	"CREATE INDEX i ON t(b, c, a); CREATE VIEW v AS SELECT load_extension('x') FROM t;"
	"CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM w; END;"
	"PRAGMA user_version=3; PRAGMA application_id=255;";

static void
sqlite_wins_its_own_bid(void **state)
{
	const struct hs_span file = database(usual);

	(void)state;
	check_leaf_wins(sqlite, file, "x.db");
	let_go(file);
}

static void
sqlite_shows_schema_and_rows_as_sql(void **state)
{
	const struct hs_span file = database(usual);

	(void)state;
	check_leaf_renders(sqlite, file,
	                   "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c TEXT);\n"
	                   "INSERT INTO \"t\" VALUES(1,'it''s',NULL);\n"
	                   "INSERT INTO \"t\" VALUES(7,2.5,X'00ff');\n"
	                   "CREATE TABLE w(k TEXT PRIMARY KEY) WITHOUT ROWID;\n"
	                   "INSERT INTO \"w\" VALUES('k');\n"
	                   "CREATE INDEX i ON t(b, c, a);\n"
	                   "CREATE VIEW v AS SELECT load_extension('x') FROM t;\n"
	                   "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM w; END;\n");
	let_go(file);
}

static void
sqlite_says_its_header_and_how_many_rows(void **state)
{
	static const char *const lines[] = {
		"page size: 512",       "format: rollback journal", "user version: 3",
		"application id: 0xff", "text encoding: UTF-8",     "rows of t: 2",
		"rows of w: 1",         "unused pages: 0",
	};
	const struct hs_span file = database(usual);

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		check_leaf_line(sqlite, file, lines[i]);
	let_go(file);
}

/* What a DELETE leaves behind is not in the rows, but it is in the file. */
static void
sqlite_tells_what_unused_pages_hold(void **state)
{
	struct hs_span file = database("CREATE TABLE t(a); INSERT INTO t VALUES(randomblob(2000));"
	                               "DELETE FROM t;");
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts one = { .arena = &a }, other = { .arena = &a };
	const struct hs_fact *x, *y;
	struct hs_err err;

	(void)state;
	assert_int_equal(sqlite->describe(&one, file, &err), 0);
	patch(file, file.len - 3, "!", 1);
	assert_int_equal(sqlite->describe(&other, file, &err), 0);
	x = hs_facts_find(&one, "bytes of unused pages");
	y = hs_facts_find(&other, "bytes of unused pages");
	assert_non_null(x);
	assert_non_null(y);
	assert_false(hs_span_equal(x->value, y->value));
	let_go(file);
}

static void
sqlite_reads_what_had_a_write_ahead_log(void **state)
{
	const struct hs_span file = database("CREATE TABLE t(a); INSERT INTO t VALUES(5)");

	(void)state;
	patch(file, 18, "\2\2", 2);
	check_leaf_line(sqlite, file, "format: write-ahead log");
	check_leaf_renders(sqlite, file, "CREATE TABLE t(a);\nINSERT INTO \"t\" VALUES(5);\n");
	let_go(file);
}

/* What is said of a value of 300 bytes whose last one is that. */
static const char *
shown_value(struct hs_arena *a, char last)
{
	const struct hs_span file = database(hs_arena_printf(
		a, "CREATE TABLE t(a); INSERT INTO t VALUES(printf('%%.*c%c', 299, 'x'));", last));
	struct hs_capture c;
	FILE *out = hs_capture_open(&c);
	struct hs_err err;
	const char *text;

	assert_int_equal(sqlite->render(out, file, &err), 0);
	fclose(out);
	text = (const char *)hs_arena_copy(a, (struct hs_span){ c.bytes, c.len }).at;
	free(c.bytes);
	let_go(file);
	return text;
}

static void
sqlite_cuts_long_values_and_tells_them_apart(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const char *const one = shown_value(&a, '1'), *const other = shown_value(&a, '2');

	(void)state;
	assert_non_null(strstr(one, "x'/* ... 300 bytes, sha256:"));
	assert_string_not_equal(one, other);
}

/* A generated column calls nothing that acts. */
static void
sqlite_runs_nothing_of_a_schema(void **state)
{
	const struct hs_span file =
		database("CREATE TABLE t(a); INSERT INTO t(a) VALUES('x');"
	                 "PRAGMA writable_schema=1; UPDATE sqlite_schema SET sql="
	                 "'CREATE TABLE t(a, b AS (load_extension(a)))'; INSERT INTO sqlite_schema "
	                 "VALUES('table','v','v',0,"
	                 "'CREATE VIRTUAL TABLE v USING nowhere(x)');");

	(void)state;
	check_leaf_refuses(sqlite, file, HS_EFORMAT,
	                   "SQLite says: malformed database schema (t) - non-deterministic "
	                   "functions prohibited in generated columns");
	let_go(file);
}

static void
sqlite_opens_no_virtual_table(void **state)
{
	const struct hs_span file = database(
		"PRAGMA writable_schema=1; INSERT INTO sqlite_schema VALUES('table','v','v',0,"
		"'CREATE VIRTUAL TABLE v USING nowhere(x)');");

	(void)state;
	check_leaf_renders(sqlite, file, "CREATE VIRTUAL TABLE v USING nowhere(x);\n");
	let_go(file);
}

/* Its row claims a page of rows, as a plain table has. */
static void
sqlite_opens_no_virtual_table_that_claims_rows(void **state)
{
	const struct hs_span file = database(
		"PRAGMA writable_schema=1; INSERT INTO sqlite_schema VALUES('table','v','v',2,"
		"'CREATE VIRTUAL TABLE v USING dbstat(main)'); CREATE TABLE t(a);");

	(void)state;
	check_leaf_refuses(sqlite, file, HS_EFORMAT, "SQLite says: no such module: dbstat");
	let_go(file);
}

static void
sqlite_survives_every_truncation(void **state)
{
	const struct hs_span file = database("CREATE TABLE t(a); INSERT INTO t VALUES('x');");

	(void)state;
	check_leaf_truncations(sqlite, file, 512);
	check_leaf_survives(sqlite, file);
	let_go(file);
}

static void
sqlite_says_what_is_damaged(void **state)
{
	struct hs_span file = database(usual);

	(void)state;
	patch(file, 16, "\0\3", 2);
	check_leaf_refuses(sqlite, file, HS_EFORMAT, "the page size is 3");
	let_go(file);
	file = database(usual);
	patch(file, 512, "\xff\xff\xff\xff", 4);
	check_leaf_refuses(sqlite, file, HS_EFORMAT,
	                   "SQLite says: database disk image is malformed");
	let_go(file);
	/* A list of unused pages that leads to itself. */
	file = database("CREATE TABLE t(a); INSERT INTO t VALUES(1);");
	patch(file, 32, "\0\0\0\2", 4);
	patch(file, 512, "\0\0\0\2\xff\xff\xff\xff", 8);
	check_leaf_refuses(sqlite, file, HS_EFORMAT,
	                   "SQLite says: database disk image is malformed");
	let_go(file);
}

#else

static void
sqlite_says_that_it_is_not_built_in(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_put(&b, (struct hs_span){ (const uint8_t *)"SQLite format 3\0\4", 18 });
	hs_build_fill(&b, 0, 2048);
	check_leaf_refuses(sqlite, hs_build_span(&b), HS_EABSENT,
	                   "hashoscope is built without libsqlite3");
	hs_build_release(&b);
}

#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sqlite_needs_its_magic),
#if HS_WITH_SQLITE
		cmocka_unit_test(sqlite_wins_its_own_bid),
		cmocka_unit_test(sqlite_shows_schema_and_rows_as_sql),
		cmocka_unit_test(sqlite_says_its_header_and_how_many_rows),
		cmocka_unit_test(sqlite_tells_what_unused_pages_hold),
		cmocka_unit_test(sqlite_reads_what_had_a_write_ahead_log),
		cmocka_unit_test(sqlite_cuts_long_values_and_tells_them_apart),
		cmocka_unit_test(sqlite_runs_nothing_of_a_schema),
		cmocka_unit_test(sqlite_opens_no_virtual_table),
		cmocka_unit_test(sqlite_opens_no_virtual_table_that_claims_rows),
		cmocka_unit_test(sqlite_survives_every_truncation),
		cmocka_unit_test(sqlite_says_what_is_damaged),
#else
		cmocka_unit_test(sqlite_says_that_it_is_not_built_in),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
