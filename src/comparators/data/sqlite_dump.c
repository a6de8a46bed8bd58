/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/data/sqlite_dump.h"

#include "core/escape.h"
#include "core/hash.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdlib.h>

#if HS_WITH_SQLITE

#include <sqlite3.h>

enum {
	TICK = 10000,      /* of the library's steps, between two looks at how many there were */
	MAX_SHOWN = 256,   /* bytes of one value; of a longer one there is a digest */
	MAX_LINE = 8192,   /* bytes of the values of one row, after which there is a digest */
	MAX_SQL = 1000000, /* of one statement of the schema; the library's own limit */
	WRITE_FORMAT = 18, /* where the header says 2 for a database with a write-ahead log */
};

struct database {
	sqlite3 *db;
	uint8_t *copy; /* of a file that the library would not open as it stands, or NULL */
	uint64_t ticks;
};

static int
tick(void *ctx)
{
	struct database *d = ctx;

	return ++d->ticks > HS_MAX_SQLITE_TICKS;
}

static int
fail_as_sqlite(struct hs_err *err, const struct database *d)
{
	char said[160];

	hs_escape_short(said, sizeof(said), hs_span_of(sqlite3_errmsg(d->db)));
	if (d->ticks > HS_MAX_SQLITE_TICKS)
		return hs_fail(err, HS_ELIMIT,
		               "reading the database takes too many steps (HS_MAX_SQLITE_TICKS)");
	return hs_fail(err, HS_EFORMAT, "SQLite says: %s", said);
}

static void
close_database(struct database *d)
{
	sqlite3_close_v2(d->db);
	free(d->copy);
}

static void
harden(struct database *d)
{
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_limit(d->db, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL);
	sqlite3_limit(d->db, SQLITE_LIMIT_LENGTH, (int)HS_MAX_TEXT);
	sqlite3_limit(d->db, SQLITE_LIMIT_EXPR_DEPTH, 100);
	sqlite3_limit(d->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_progress_handler(d->db, TICK, tick, d);
	/* No virtual table then opens, whatever its row in the schema claims. */
	sqlite3_drop_modules(d->db, NULL);
}

/* What is in memory has no write-ahead log beside it: the library wants it said in the header. */
static uint8_t *
without_log(struct database *d, struct hs_span file)
{
	if (file.at[WRITE_FORMAT] != 2 && file.at[WRITE_FORMAT + 1] != 2)
		return (uint8_t *)(uintptr_t)file.at;
	d->copy = hs_alloc(file.len);
	memcpy(d->copy, file.at, file.len);
	d->copy[WRITE_FORMAT] = d->copy[WRITE_FORMAT + 1] = 1;
	return d->copy;
}

/* `d` must stay where it is until close_database(). */
static int
open_database(struct database *d, struct hs_span file, struct hs_err *err)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
	const sqlite3_int64 size = (sqlite3_int64)file.len;
	int rc;

	*d = (struct database){ .db = NULL };
	if (file.len > HS_MAX_SQLITE)
		return hs_fail(err, HS_ELIMIT,
		               "the database is larger than %" PRIu64 " bytes (HS_MAX_SQLITE)",
		               HS_MAX_SQLITE);
	if (file.len < 100)
		return hs_fail(err, HS_EFORMAT, "the header of the database is cut short");
	if (sqlite3_open_v2(":memory:", &d->db, flags, NULL) != SQLITE_OK) {
		sqlite3_close_v2(d->db);
		return hs_fail(err, HS_EABSENT, "SQLite does not start");
	}
	rc = sqlite3_deserialize(d->db, "main", without_log(d, file), size, size,
	                         SQLITE_DESERIALIZE_READONLY);
	if (rc != SQLITE_OK) {
		fail_as_sqlite(err, d);
		close_database(d);
		return err->code;
	}
	harden(d);
	return 0;
}

static struct hs_span
text_of(sqlite3_stmt *s, int column)
{
	const uint8_t *text = sqlite3_column_text(s, column);

	return (struct hs_span){ text, text ? (size_t)sqlite3_column_bytes(s, column) : 0 };
}

/* "name", with the quotes in it doubled. */
static void
write_quoted(FILE *out, struct hs_span s, char quote)
{
	putc(quote, out);
	while (s.len) {
		const uint8_t *at = memchr(s.at, quote, s.len);
		const size_t n = at ? (size_t)(at - s.at) : s.len;

		hs_escape_write(out, hs_span_head(s, n));
		if (at)
			fprintf(out, "%c%c", quote, quote);
		s = hs_span_from(s, n + (at != NULL));
	}
	putc(quote, out);
}

static void
write_digest(FILE *out, struct hs_span s)
{
	const struct hs_sha256 digest = hs_sha256(s);
	char hex[HS_SHA256_HEX];

	fprintf(out, "/* ... %zu bytes, sha256:%s */", s.len, hs_sha256_hex(hex, &digest));
}

static void
write_blob(FILE *out, struct hs_span s)
{
	fputs("X'", out);
	for (size_t i = 0; i < s.len && i < MAX_SHOWN / 2; i++)
		fprintf(out, "%02x", s.at[i]);
	putc('\'', out);
	if (s.len > MAX_SHOWN / 2)
		write_digest(out, s);
}

static void
write_value(FILE *out, sqlite3_stmt *s, int column)
{
	struct hs_span text;

	switch (sqlite3_column_type(s, column)) {
	case SQLITE_NULL:
		fputs("NULL", out);
		break;
	case SQLITE_INTEGER:
		fprintf(out, "%lld", (long long)sqlite3_column_int64(s, column));
		break;
	case SQLITE_FLOAT:
		fprintf(out, "%.17g", sqlite3_column_double(s, column));
		break;
	case SQLITE_BLOB:
		text.at = sqlite3_column_blob(s, column);
		text.len = text.at ? (size_t)sqlite3_column_bytes(s, column) : 0;
		write_blob(out, text);
		break;
	default:
		text = text_of(s, column);
		write_quoted(out, hs_span_head(text, MAX_SHOWN), '\'');
		if (text.len > MAX_SHOWN)
			write_digest(out, text);
		break;
	}
}

/* Columns past MAX_LINE, each a digest of its type and bytes in one. */
static void
write_rest(FILE *out, sqlite3_stmt *s, int column)
{
	const int n = sqlite3_column_count(s);
	struct hs_sha256_stream all;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	hs_sha256_init(&all);
	for (int i = column; i < n; i++) {
		const uint8_t type = (uint8_t)sqlite3_column_type(s, i);
		const struct hs_span text = text_of(s, i);
		const uint64_t len = text.len;

		hs_sha256_update(&all, (struct hs_span){ &type, 1 });
		hs_sha256_update(&all, (struct hs_span){ (const uint8_t *)&len, sizeof(len) });
		hs_sha256_update(&all, text);
	}
	hs_sha256_final(&all, &digest);
	fprintf(out, ",/* %d more values, sha256:%s */", n - column, hs_sha256_hex(hex, &digest));
}

static void
write_row(FILE *out, struct hs_span table, sqlite3_stmt *s)
{
	size_t len = 0;

	fputs("INSERT INTO ", out);
	write_quoted(out, hs_span_head(table, MAX_SHOWN), '"');
	fputs(" VALUES(", out);
	for (int i = 0; i < sqlite3_column_count(s); i++) {
		if (len > MAX_LINE) {
			write_rest(out, s, i);
			break;
		}
		if (i)
			putc(',', out);
		write_value(out, s, i);
		len += (size_t)sqlite3_column_bytes(s, i) < MAX_SHOWN
		               ? (size_t)sqlite3_column_bytes(s, i) + 8
		               : 2 * MAX_SHOWN;
	}
	fputs(");\n", out);
}

/* "SELECT `what` FROM `table`" by its keys, and no index that would order it otherwise. */
static sqlite3_stmt *
select_from(const struct database *d, const char *what, struct hs_span table)
{
	char *const sql = sqlite3_mprintf("SELECT %s FROM \"%w\" NOT INDEXED", what, table.at);
	sqlite3_stmt *s = NULL;

	if (sql)
		sqlite3_prepare_v2(d->db, sql, -1, &s, NULL);
	sqlite3_free(sql);
	return s;
}

/* What differs in a table that cannot be read to its end is seen by the note that this leaves. */
static void
write_table(FILE *out, struct database *d, struct hs_span table)
{
	sqlite3_stmt *const s = select_from(d, "*", table);
	int rc = s ? SQLITE_ROW : SQLITE_ERROR;

	while (rc == SQLITE_ROW && !ferror(out)) {
		rc = sqlite3_step(s);
		if (rc == SQLITE_ROW)
			write_row(out, table, s);
	}
	if (rc != SQLITE_DONE) {
		fputs("-- the rows end here: ", out);
		hs_escape_write(out, hs_span_of(sqlite3_errmsg(d->db)));
		putc('\n', out);
	}
	sqlite3_finalize(s);
}

static void
write_sql(FILE *out, struct hs_span sql)
{
	while (sql.len) {
		const uint8_t *nl = memchr(sql.at, '\n', sql.len);
		const size_t n = nl ? (size_t)(nl - sql.at) : sql.len;

		hs_escape_write(out, hs_span_head(sql, n));
		fputs(nl ? "\n" : ";\n", out);
		sql = hs_span_from(sql, n + (nl != NULL));
	}
}

static const char schema[] = "SELECT type, name, rootpage, sql FROM sqlite_schema NOT INDEXED";

/* Whether the row of the schema is a table with rows of its own: a virtual one has none. */
static bool
is_table(sqlite3_stmt *s)
{
	return hs_span_is(text_of(s, 0), "table") && sqlite3_column_int64(s, 2) > 0;
}

int
hs_sqlite_dump(FILE *out, struct hs_span file, struct hs_err *err)
{
	sqlite3_stmt *s = NULL;
	struct database d;
	int rc;

	if (open_database(&d, file, err) < 0)
		return err->code;
	rc = sqlite3_prepare_v2(d.db, schema, -1, &s, NULL);
	for (rc = rc == SQLITE_OK ? sqlite3_step(s) : rc; rc == SQLITE_ROW && !ferror(out);
	     rc = sqlite3_step(s)) {
		write_sql(out, text_of(s, 3));
		if (is_table(s))
			write_table(out, &d, text_of(s, 1));
	}
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		fail_as_sqlite(err, &d);
	sqlite3_finalize(s);
	close_database(&d);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? 0 : err->code;
}

/* How many rows a table has; false where it cannot be read to its end. */
static bool
say_rows(struct hs_facts *out, const struct database *d, struct hs_span table)
{
	sqlite3_stmt *const s = select_from(d, "count(*)", table);
	char name[128];

	hs_escape_short(name, sizeof(name), table);
	if (s && sqlite3_step(s) == SQLITE_ROW)
		hs_say_i64(out, hs_arena_printf(out->arena, "rows of %s", name),
		           sqlite3_column_int64(s, 0));
	return sqlite3_finalize(s) == SQLITE_OK && s;
}

int
hs_sqlite_say_tables(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	sqlite3_stmt *s = NULL;
	struct database d;
	uint64_t n = 0;
	int rc;

	if (open_database(&d, file, err) < 0)
		return err->code;
	rc = sqlite3_prepare_v2(d.db, schema, -1, &s, NULL);
	for (rc = rc == SQLITE_OK ? sqlite3_step(s) : rc; rc == SQLITE_ROW; rc = sqlite3_step(s)) {
		if (!is_table(s) || n++ >= HS_MAX_SQLITE_TABLES)
			continue;
		if (!say_rows(out, &d, text_of(s, 1)))
			break;
	}
	if (rc != SQLITE_DONE)
		fail_as_sqlite(err, &d);
	sqlite3_finalize(s);
	close_database(&d);
	return rc == SQLITE_DONE ? 0 : err->code;
}

#else

int
hs_sqlite_say_tables(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	(void)out;
	(void)file;
	return hs_fail(err, HS_EABSENT, "hashoscope is built without libsqlite3");
}

int
hs_sqlite_dump(FILE *out, struct hs_span file, struct hs_err *err)
{
	(void)out;
	(void)file;
	return hs_fail(err, HS_EABSENT, "hashoscope is built without libsqlite3");
}

#endif
