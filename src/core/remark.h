/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_REMARK_H
#define HS_CORE_REMARK_H

#include "core/span.h"

/*
 * What can be said of all the difference between two files at once, and is
 * proven by comparing what is left when that is taken away.
 */
struct hs_remark {
	const char *code; /* stable word for machines; a literal */
	const char *text; /* the sentence for people; a literal */
};

/*
 * Of two texts, as they stand in their files, that differ:
 *
 *	encoding-only       the same characters, in other bytes or with a byte order mark
 *	line-ends-only      the same lines, ended by \n, \r\n or \r
 *	encoding-and-line-ends-only
 *	line-order-only     the same lines in another order
 *	whitespace-only     the same characters but for blanks, tabs and line ends
 *
 * The first that holds. False, and *out untouched, where none does, where
 * one is no text or where proof would take more than the limits of text diffs.
 * Takes linear time but for sorting the lines when only their order differs.
 */
bool hs_text_remark(struct hs_remark *out, struct hs_span a, struct hs_span b);

#endif
