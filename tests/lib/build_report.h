/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_BUILD_REPORT_H
#define HS_TESTS_BUILD_REPORT_H

#include "core/report.h"

/*
 * A report made by hand, as the engine would make it, and what a sink writes
 * of it. All-zero is not ready: hs_built_init() first, hs_built_release() last.
 *
 *	hs_built_init(&b, "a.tar", "b.tar", "tar");
 *	motd = hs_built_add(&b, b.root, "etc/motd", HS_STATUS_CONTENT);
 *	hs_built_change(&b, motd, "mtime", "1", "2");
 *	hs_built_listing(&b, motd, "text", "@@ 1 1 1 1\n-old\n+new\n");
 *	text = hs_built_write(&b, &hs_sink_text, NULL);
 */
struct hs_built_listing {
	const struct hs_node *node;
	struct hs_listing listing;
	struct hs_built_listing *next;
};

struct hs_built {
	struct hs_arena arena;
	struct hs_report report;
	struct hs_node *root;
	struct hs_node *last; /* that was added */
	struct hs_built_listing *listings;
};

void hs_built_init(struct hs_built *b, const char *a_name, const char *b_name, const char *format);

/* A report of one side; nodes are all "same", and changes are facts of side a. */
void hs_built_inspection(struct hs_built *b, const char *name, const char *format);
void hs_built_release(struct hs_built *b);

/* Adds the last child. Sides are present as the status says: files of 10 bytes without a format. */
struct hs_node *hs_built_add(struct hs_built *b, struct hs_node *parent, struct hs_span name,
                             enum hs_status status);

/* Sets what both present sides are, and their sizes. */
void hs_built_side(struct hs_node *node, const char *format, uint64_t size_a, uint64_t size_b);

/* NULL for a value is not said on that side. Values are borrowed. */
struct hs_change *hs_built_change(struct hs_built *b, struct hs_node *node, const char *field,
                                  const char *a, const char *value_b);
void hs_built_note(struct hs_built *b, struct hs_node *node, struct hs_note note);

/*
 * A listing from its text: "@@ A_START A_COUNT B_START B_COUNT" before each
 * hunk, then lines behind their sign; "\" after a line that has no end.
 */
struct hs_listing *hs_built_listing(struct hs_built *b, struct hs_node *node, const char *view,
                                    const char *text);

/* Numbers the nodes and counts them; damage makes the report incomplete. Called by
 * hs_built_write(). */
void hs_built_finish(struct hs_built *b);

/*
 * What the sink writes, in the builder's arena. NULL options: no colour, not
 * verbose. JSON also goes into the folder that $HS_REPORTS names, for
 * tests/report/validate.py to look at.
 */
const char *hs_built_write(struct hs_built *b, const struct hs_sink_ops *ops,
                           const struct hs_sink_options *options);

/* Hands the whole report to a sink that writes to `out`; returns what its end() did. */
int hs_built_emit(struct hs_built *b, const struct hs_sink_ops *ops,
                  const struct hs_sink_options *options, FILE *out);

#endif
