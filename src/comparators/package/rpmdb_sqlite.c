/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The SQLite database of RPM packages (lib/backend/sqlite.c of rpm), rpmdb.sqlite of Fedora 33,
 * RHEL 9 and later:
 *
 *	Packages   hnum, blob: the header of each package
 *	Name, Basenames, Requirename ...   what to look for, made of the headers
 *
 * What varies between builds: the times of installation in the headers; hnum; in which pages all
 * that stands, and the counters in the header of the file. The other tables are digests.
 */
#include "comparators/comparator.h"
#include "comparators/package/rpmdb.h"
#include "comparators/package/sqlite_rows.h"
#include "core/hash.h"

#include <inttypes.h>

/* The page of the schema has room for its first table in any database. */
enum { LOOKED_AT = 64 * 1024, BID = 240 };

static const struct hs_span magic = { (const uint8_t *)"SQLite format 3", 16 };
static const struct hs_span schema = {
	(const uint8_t *)"CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY", 49
};

struct tables {
	struct hs_facts *out;
	struct hs_rpmdb db;
	struct hs_sha256_stream digest;
	uint64_t rows;
	struct hs_span list; /* the names of all others, each ended by NUL */
};

static unsigned
sqlite_bid(struct hs_span file)
{
	const struct hs_span head = hs_span_head(file, LOOKED_AT);

	return hs_span_starts(file, magic) && memmem(head.at, head.len, schema.at, schema.len) ? BID
	                                                                                       : 0;
}

static int
take_package(void *ctx, const struct hs_span *values, size_t n, struct hs_err *err)
{
	struct tables *t = ctx;

	(void)n;
	return hs_rpmdb_add(&t->db, hs_arena_copy(t->out->arena, values[0]), err);
}

static int
take_row(void *ctx, const struct hs_span *values, size_t n, struct hs_err *err)
{
	struct tables *t = ctx;

	(void)err;
	for (size_t i = 0; i < n; i++) {
		const uint64_t len = values[i].len;

		hs_sha256_update(&t->digest,
		                 (struct hs_span){ (const uint8_t *)&len, sizeof(len) });
		hs_sha256_update(&t->digest, values[i]);
	}
	t->rows++;
	return 0;
}

static int
take_name(void *ctx, const struct hs_span *values, size_t n, struct hs_err *err)
{
	struct tables *t = ctx;

	(void)n;
	(void)err;
	if (!hs_span_is(values[0], "Packages") && values[0].len &&
	    !memchr(values[0].at, 0, values[0].len)) {
		t->list = hs_arena_join(t->out->arena, t->list, values[0]);
		t->list = hs_arena_join(t->out->arena, t->list, HS_SPAN("\0"));
	}
	return 0;
}

/* The name as SQL quotes it: a quote in it is doubled. */
static const char *
select_all(struct hs_arena *a, struct hs_span name)
{
	const struct hs_span begin = HS_SPAN("SELECT * FROM \"");
	char *sql = hs_arena_alloc(a, begin.len + 2 * name.len + 2);
	size_t n = begin.len;

	memcpy(sql, begin.at, begin.len);
	for (size_t i = 0; i < name.len; i++) {
		if (name.at[i] == '"')
			sql[n++] = '"';
		sql[n++] = (char)name.at[i];
	}
	sql[n++] = '"';
	return sql;
}

/* The tables that are made of the headers, all in one. */
static int
say_tables(struct tables *t, struct hs_sqlite_rows *rows, struct hs_err *err)
{
	struct hs_cursor c = { .rest = t->list };
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];
	uint64_t n = 0;
	int rc = 0;

	hs_sha256_init(&t->digest);
	while (rc == 0 && c.rest.len) {
		const struct hs_span name = hs_take_string(&c);

		n++;
		hs_sha256_update(&t->digest, (struct hs_span){ name.at, name.len + 1 });
		rc = hs_sqlite_rows_each(rows, select_all(t->out->arena, name), take_row, t, err);
	}
	hs_sha256_final(&t->digest, &digest);
	if (rc == 0)
		hs_sayf(t->out, "other tables", "%" PRIu64 " of %" PRIu64 " rows, sha256:%s", n,
		        t->rows, hs_sha256_hex(hex, &digest));
	return rc;
}

static int
read_all(struct tables *t, struct hs_sqlite_rows *rows, struct hs_err *err)
{
	int rc = hs_sqlite_rows_each(rows, "SELECT blob FROM Packages ORDER BY hnum", take_package,
	                             t, err);

	if (rc == 0)
		rc = hs_rpmdb_say(&t->db, err);
	if (rc == 0)
		rc = hs_sqlite_rows_each(rows,
		                         "SELECT name FROM sqlite_schema WHERE type = 'table'",
		                         take_name, t, err);
	t->out->detail = true;
	if (rc == 0)
		rc = say_tables(t, rows, err);
	t->out->detail = false;
	return rc;
}

/* What changes with each transaction, whatever it is about. */
static void
say_header(struct hs_facts *out, struct hs_span file)
{
	struct hs_cursor c = { .rest = hs_span_from(file, 24) };

	out->detail = true;
	hs_say_u64(out, "change counter", hs_take_be(&c, 4));
	hs_say_u64(out, "pages", hs_take_be(&c, 4));
	hs_take(&c, 4);
	hs_say_u64(out, "unused pages", hs_take_be(&c, 4));
	out->detail = false;
}

static int
sqlite_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct tables t = { .out = out, .db.out = out };
	struct hs_sqlite_rows *rows;
	int rc = hs_sqlite_rows_open(&rows, file, err);

	if (rc < 0)
		return rc;
	rc = read_all(&t, rows, err);
	hs_sqlite_rows_close(rows);
	say_header(out, file);
	return rc;
}

const struct hs_comparator hs_comparator_rpmdb_sqlite = {
	.name = "rpmdb-sqlite",
	.about = "databases of RPM packages in SQLite: the packages with their versions",
	.known_by = "\"SQLite format 3\" at 0, a table Packages of rpm in its schema",
	.library = "sqlite3",
	.shape = HS_SHAPE_LEAF,
	.bid = sqlite_bid,
	.describe = sqlite_describe,
	.by_field = true,
	.lists = "package",
};
