/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_RPM_HEADER_H
#define HS_COMPARATORS_RPM_HEADER_H

#include "core/err.h"
#include "core/facts.h"
#include "core/span.h"

/*
 * The header structure of RPM (docs/manual/format_v4 of rpm), which a package
 * has twice: its signatures and its metadata.
 *
 *	magic   8e ad e8 01, reserved 4
 *	counts  entries 4, bytes of the store 4 (all numbers big-endian)
 *	index   16 each: tag 4, type 4, offset in the store 4, count 4
 *	store   the values
 */
struct hs_rpm_header {
	struct hs_span whole; /* from the magic to the end of the store */
	struct hs_span index, store;
	uint32_t reserved;
	uint32_t n;
};

enum hs_rpm_type {
	HS_RPM_NULL,
	HS_RPM_CHAR,
	HS_RPM_INT8,
	HS_RPM_INT16,
	HS_RPM_INT32,
	HS_RPM_INT64,
	HS_RPM_STRING,
	HS_RPM_BIN,
	HS_RPM_STRING_ARRAY,
	HS_RPM_I18N,
};

struct hs_rpm_entry {
	uint32_t tag, type, offset, count;
	struct hs_span value; /* all its elements */
};

/* Reads the counts; `what` ("signature", "header") names it in errors. HS_EFORMAT where it is cut.
 */
int hs_rpm_header_parse(struct hs_rpm_header *out, struct hs_span bytes, const char *what,
                        struct hs_err *err);

/* Entry `i` of the index. HS_EFORMAT where its value does not lie in the store. */
int hs_rpm_entry_at(struct hs_rpm_entry *out, const struct hs_rpm_header *h, uint32_t i,
                    struct hs_err *err);

/* The first entry of that tag; false where there is none that can be read. */
bool hs_rpm_find(struct hs_rpm_entry *out, const struct hs_rpm_header *h, uint32_t tag);

/* Takes one element off the front of *value: a number's bytes, or a string without its NUL. */
struct hs_span hs_rpm_take(struct hs_span *value, uint32_t type);

#endif
