/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "comparators/package/sqlite_rows.h"

#include <stdio.h>
#include <stdlib.h>

#if HS_WITH_SQLITE

#include <sqlite3.h>

enum { ROOM = 64 };

/* A database made by the library, as bytes; free() its `at`. */
static struct hs_span
made(const char *sql)
{
	sqlite3 *db;
	sqlite3_int64 size = 0;
	unsigned char *bytes;
	struct hs_span out;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	bytes = sqlite3_serialize(db, "main", &size, 0);
	out = exact_copy((struct hs_span){ bytes, (size_t)size }, (size_t)size);
	sqlite3_free(bytes);
	sqlite3_close(db);
	return out;
}

static int
join(void *ctx, const struct hs_span *values, size_t n, struct hs_err *err)
{
	char *text = ctx;

	if (n > 1 && hs_span_is(values[1], "stop"))
		return hs_fail(err, HS_EFORMAT, "stopped");
	for (size_t i = 0; i < n; i++)
		snprintf(text + strlen(text), ROOM - strlen(text), "%.*s%s", (int)values[i].len,
		         (const char *)values[i].at, i + 1 < n ? "," : ";");
	return 0;
}

static void
rows_are_given_one_by_one(void **state)
{
	const struct hs_span file =
		made("CREATE TABLE t(a, b); INSERT INTO t VALUES(1,'x'),(2,'y')");
	struct hs_sqlite_rows *r;
	char text[ROOM] = "";
	struct hs_err err;

	(void)state;
	/* A log that is not there: what the header says does not matter. */
	((uint8_t *)(uintptr_t)file.at)[18] = 2;
	((uint8_t *)(uintptr_t)file.at)[19] = 2;
	assert_int_equal(hs_sqlite_rows_open(&r, file, &err), 0);
	assert_int_equal(hs_sqlite_rows_each(r, "SELECT * FROM t", join, text, &err), 0);
	assert_string_equal(text, "1,x;2,y;");
	assert_int_equal(hs_sqlite_rows_each(r, "SELECT * FROM u", join, text, &err), HS_EFORMAT);
	assert_string_equal(err.text, "the database cannot be read: no such table: u");
	assert_int_equal(hs_sqlite_rows_each(r, "SELECT a, 'stop' FROM t", join, text, &err),
	                 HS_EFORMAT);
	assert_string_equal(err.text, "stopped");
	hs_sqlite_rows_close(r);
	free((void *)(uintptr_t)file.at);
}

/* A view and a function in its place would run what the file's writer wants. */
static void
rows_run_nothing_of_the_schema(void **state)
{
	const struct hs_span file =
		made("CREATE TABLE t(a); CREATE VIEW v AS SELECT upper(a) FROM t");
	struct hs_sqlite_rows *r;
	char text[ROOM] = "";
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_sqlite_rows_open(&r, file, &err), 0);
	assert_int_equal(hs_sqlite_rows_each(r, "SELECT * FROM v", join, text, &err), HS_EFORMAT);
	assert_int_equal(hs_sqlite_rows_each(r, "DELETE FROM t", join, text, &err), HS_EFORMAT);
	hs_sqlite_rows_close(r);
	free((void *)(uintptr_t)file.at);
}

static void
rows_survive_every_truncation(void **state)
{
	const struct hs_span file = made("PRAGMA page_size = 512; CREATE TABLE t(a, b);"
	                                 "INSERT INTO t VALUES(1, zeroblob(900))");

	(void)state;
	for (size_t len = 0; len < file.len; len += 13) {
		const struct hs_span copy = exact_copy(file, len);
		struct hs_sqlite_rows *r;
		char text[ROOM] = "";
		struct hs_err err;

		if (hs_sqlite_rows_open(&r, copy, &err) == 0)
			hs_sqlite_rows_each(r, "SELECT a FROM t", join, text, &err);
		else
			assert_null(r);
		hs_sqlite_rows_close(r);
		free((void *)(uintptr_t)copy.at);
	}
	free((void *)(uintptr_t)file.at);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_given_one_by_one),
		cmocka_unit_test(rows_run_nothing_of_the_schema),
		cmocka_unit_test(rows_survive_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void
rows_say_that_the_library_is_missing(void **state)
{
	struct hs_sqlite_rows *r;
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_sqlite_rows_open(&r, HS_SPAN("x"), &err), HS_EABSENT);
	assert_null(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_say_that_the_library_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
