/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_COMPARED_H
#define HS_TESTS_COMPARED_H

#include "engine/compare.h"

/*
 * Two files compared, and the result as a text that a test can hold: a line a
 * node, in the order of the walk,
 *
 *	status path [formats] field:a>b; ... {note-code} view
 *
 * with a "*" before a note that is damage. "-" stands for a side's absence.
 */
struct compared {
	struct hs_arena arena;
	struct hs_run run;
	struct hs_operand a, b;
	struct hs_report report;
};

/* Options and limits may be NULL. */
void compared_init(struct compared *c, struct hs_span a, struct hs_span b,
                   const struct hs_compare_options *options, const struct hs_limits *limits);
void compared_release(struct compared *c);

/* The same with one operand. */
void inspected_init(struct compared *c, struct hs_span x, const struct hs_limits *limits);

/* In the arena. */
const char *compared_text(struct compared *c);

/* Compares and checks the text; the usual case. */
void check_compared(struct hs_span a, struct hs_span b, const char *want);

/* A cpio archive (newc) of files: "name=content" words; "name/" is a folder. In the arena. */
struct hs_span cpio_of(struct hs_arena *a, const char *words);

#endif
