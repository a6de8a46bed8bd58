/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/sqlite_rows.h"

#include "core/arena.h"
#include "core/escape.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdlib.h>

#if HS_WITH_SQLITE

#include <sqlite3.h>

enum {
	STEPS = 10000,      /* of the library, between two looks at how many there were */
	MAX_STEPS = 200000, /* of those: some seconds */
	MAX_COLUMNS = 16,
	HEADER = 100,
	JOURNAL = 18, /* two bytes of the header: 2 for a write-ahead log */
};

struct hs_sqlite_rows {
	sqlite3 *db;
	uint8_t *copy; /* NULL where the file could be read as it stands */
	uint64_t steps;
};

static int
count_steps(void *ctx)
{
	struct hs_sqlite_rows *r = ctx;

	return ++r->steps > MAX_STEPS;
}

static int
fail(struct hs_err *err, const struct hs_sqlite_rows *r)
{
	char said[160];

	if (r->steps > MAX_STEPS)
		return hs_fail(err, HS_ELIMIT, "the database takes too many steps to read");
	hs_escape_short(said, sizeof(said), hs_span_of(sqlite3_errmsg(r->db)));
	return hs_fail(err, HS_EFORMAT, "the database cannot be read: %s", said);
}

/* There is no log beside bytes in memory, and the library insists on one unless the header says
 * otherwise. */
static uint8_t *
readable(struct hs_sqlite_rows *r, struct hs_span file)
{
	if (file.at[JOURNAL] != 2 && file.at[JOURNAL + 1] != 2)
		return (uint8_t *)(uintptr_t)file.at;
	r->copy = hs_alloc(file.len);
	memcpy(r->copy, file.at, file.len);
	r->copy[JOURNAL] = r->copy[JOURNAL + 1] = 1;
	return r->copy;
}

static int
open_memory(struct hs_sqlite_rows *r, struct hs_span file, struct hs_err *err)
{
	const sqlite3_int64 size = (sqlite3_int64)file.len;

	if (sqlite3_open_v2(":memory:", &r->db,
	                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
	                    NULL) != SQLITE_OK ||
	    sqlite3_deserialize(r->db, "main", readable(r, file), size, size,
	                        SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
		return fail(err, r);
	sqlite3_db_config(r->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(r->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(r->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(r->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_limit(r->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_progress_handler(r->db, STEPS, count_steps, r);
	return 0;
}

int
hs_sqlite_rows_open(struct hs_sqlite_rows **out, struct hs_span file, struct hs_err *err)
{
	struct hs_sqlite_rows *r;
	int rc;

	*out = NULL;
	if (file.len < HEADER)
		return hs_fail(err, HS_EFORMAT, "the database ends in its header");
	if (file.len > HS_MAX_RPMDB)
		return hs_fail(err, HS_ELIMIT,
		               "the database has more than %" PRIu64 " bytes (HS_MAX_RPMDB)",
		               HS_MAX_RPMDB);
	r = hs_alloc(sizeof(*r));
	*r = (struct hs_sqlite_rows){ .db = NULL };
	rc = open_memory(r, file, err);
	if (rc < 0)
		hs_sqlite_rows_close(r);
	else
		*out = r;
	return rc;
}

void
hs_sqlite_rows_close(struct hs_sqlite_rows *r)
{
	if (!r)
		return;
	sqlite3_close_v2(r->db);
	free(r->copy);
	free(r);
}

int
hs_sqlite_rows_each(struct hs_sqlite_rows *r, const char *sql, hs_sqlite_row *row, void *ctx,
                    struct hs_err *err)
{
	struct hs_span values[MAX_COLUMNS];
	sqlite3_stmt *s = NULL;
	int rc = 0, step = SQLITE_DONE;

	if (sqlite3_prepare_v2(r->db, sql, -1, &s, NULL) != SQLITE_OK)
		return fail(err, r);
	if (!sqlite3_stmt_readonly(s)) {
		sqlite3_finalize(s);
		return hs_fail(err, HS_EFORMAT, "the statement would change the database");
	}
	while (rc == 0 && (step = sqlite3_step(s)) == SQLITE_ROW) {
		const int n = sqlite3_column_count(s);

		for (int i = 0; i < n && i < MAX_COLUMNS; i++) {
			values[i].at = sqlite3_column_blob(s, i);
			values[i].len = (size_t)sqlite3_column_bytes(s, i);
		}
		rc = row(ctx, values, n < MAX_COLUMNS ? (size_t)n : MAX_COLUMNS, err);
	}
	if (rc == 0 && step != SQLITE_DONE)
		rc = fail(err, r);
	sqlite3_finalize(s);
	return rc;
}

#else

int
hs_sqlite_rows_open(struct hs_sqlite_rows **out, struct hs_span file, struct hs_err *err)
{
	(void)file;
	*out = NULL;
	return hs_fail(err, HS_EABSENT, "built without libsqlite3");
}

void
hs_sqlite_rows_close(struct hs_sqlite_rows *r)
{
	(void)r;
}

int
hs_sqlite_rows_each(struct hs_sqlite_rows *r, const char *sql, hs_sqlite_row *row, void *ctx,
                    struct hs_err *err)
{
	(void)r;
	(void)sql;
	(void)row;
	(void)ctx;
	return hs_fail(err, HS_EABSENT, "built without libsqlite3");
}

#endif
