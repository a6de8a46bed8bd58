/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_SQLITE_ROWS_H
#define HS_COMPARATORS_SQLITE_ROWS_H

#include "core/err.h"
#include "core/span.h"

/*
 * Rows of a SQLite database that is known for what it is, read by the library from memory. Nothing
 * is written; no view and no trigger of its schema runs, and what it computes is bounded.
 * HS_EABSENT where the program is built without the library.
 */
struct hs_sqlite_rows;

/* `file` must live as long. */
int hs_sqlite_rows_open(struct hs_sqlite_rows **out, struct hs_span file, struct hs_err *err);
void hs_sqlite_rows_close(struct hs_sqlite_rows *r);

/* One row: `n` values, valid during the call. A negative code, with *err filled in, ends it. */
typedef int hs_sqlite_row(void *ctx, const struct hs_span *values, size_t n, struct hs_err *err);

/* Calls row() for each row that the statement gives; numbers come as their text. */
int hs_sqlite_rows_each(struct hs_sqlite_rows *r, const char *sql, hs_sqlite_row *row, void *ctx,
                        struct hs_err *err);

#endif
