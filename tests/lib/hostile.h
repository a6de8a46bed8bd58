/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_HOSTILE_H
#define HS_TESTS_HOSTILE_H

#include "build_report.h"

/*
 * Sequences that a terminal or a parser must never get raw from an input:
 * escape, carriage return, newline, C1, right-to-left override, zero width,
 * a byte that is no UTF-8.
 */
#define HS_HOSTILE "\x1b[31m\r\n\xc2\x9b\xe2\x80\xae\xe2\x80\x8b\xff\x7f"

/* A report with that text in every place into which an input can bring one. */
void hs_hostile_report(struct hs_built *b, bool inspection);

/* The first byte of the text, behind its own line ends, that had to be escaped; NULL for none. */
const char *hs_hostile_find(const char *text);

#endif
