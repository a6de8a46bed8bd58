/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_SQLITE_DUMP_H
#define HS_COMPARATORS_SQLITE_DUMP_H

#include "core/err.h"
#include "core/facts.h"

#include <stdio.h>

/*
 * What a SQLite database holds, read by the library from memory: nothing is
 * written, no extension, trigger, view or virtual table of the schema is
 * touched, and the work is bounded by HS_MAX_SQLITE_TICKS.
 * HS_EABSENT where the program is built without the library.
 */

/* How many rows each table has: "rows of NAME". HS_EFORMAT with SQLite's words for damage. */
int hs_sqlite_say_tables(struct hs_facts *out, struct hs_span file, struct hs_err *err);

/*
 * Schema and rows as SQL, a row a line, in the order of the keys. Long values
 * are their first bytes, size and digest. A table that is damaged ends in a
 * comment that says so.
 */
int hs_sqlite_dump(FILE *out, struct hs_span file, struct hs_err *err);

#endif
