/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_SINKS_TEXT_H
#define HS_SINKS_TEXT_H

#include "sinks/sink.h"

/*
 * The inside of the text sink: what text.c and its helpers share.
 *
 * The page is made for 80 columns, is ASCII but for what inputs bring, and
 * reads the same without colour. A line is never wrapped and never cut: what
 * is too long to be read is shown with its middle left out and its length
 * said, and what is left out is counted at the end.
 */
enum {
	HS_TEXT_COLUMNS = 80,
	HS_TEXT_LONG = 200, /* bytes of a value beyond which its middle is left out without -v */
};

/* What a stretch of text is; mapped to colours where those are wanted. */
enum hs_text_role {
	HS_TEXT_PLAIN,
	HS_TEXT_SAME,
	HS_TEXT_DIFFERENT,
	HS_TEXT_INCOMPLETE,
	HS_TEXT_A,
	HS_TEXT_B,
	HS_TEXT_CONTENT,
	HS_TEXT_METADATA,
	HS_TEXT_MOVED,
	HS_TEXT_NAME,
	HS_TEXT_HUNK,
	HS_TEXT_DIM,
};

/* Members of one container with the same small difference, told in one line. */
struct hs_fold {
	const struct hs_node *first; /* NULL for a free place of the table */
	uint64_t n;
	uint64_t varies; /* bit i: the values of change i are not the same in all */
};

struct hs_folds {
	struct hs_fold *table; /* open addressing */
	size_t size;           /* a power of two, or 0 */
};

/* A container that was entered and not left. */
struct hs_text_frame {
	struct hs_text_frame *outer;
	struct hs_arena_mark mark; /* of before the frame */
	const struct hs_node *node;
	const struct hs_node *head; /* whose name the only child takes over, or NULL */
	unsigned indent;            /* of the members */
	bool counted;               /* the line for ignored members is there */
	struct hs_folds folds;
};

/* What was not shown, to be said at the end. */
struct hs_text_left {
	uint64_t lines, listings, facts, values, members, folds;
	uint64_t following; /* facts */
};

/* Two values that go by one name: a digest or a size of the same member on both sides. */
struct hs_text_pair {
	struct hs_span a, b;
};

/* What a fact may follow from. */
struct hs_text_follow {
	const struct hs_node *archive; /* of the images; NULL where nothing follows */
	struct hs_text_pair *pairs;    /* sorted */
	size_t n;
	struct hs_text_pair time; /* of all members, or empty */
	bool formats;             /* the archives are of two formats */
};

struct hs_text {
	FILE *out;
	const struct hs_report *report;
	bool color;
	unsigned verbose;
	struct hs_arena arena; /* frames, and what one line needs */
	struct hs_text_frame *frame;
	struct hs_text_left left;
	struct hs_text_follow follow;
	const struct hs_node *example; /* a member to name in the hint, or NULL */
	const struct hs_node *skipped; /* an ignored node that was entered and not left, or NULL */
	bool in_body;                  /* the blank line after the head is there */
};

/* text_value.c */

/* Between begin and end, what is written has the role. Roles do not nest. */
void hs_text_role_begin(struct hs_text *t, enum hs_text_role role);
void hs_text_role_end(struct hs_text *t, enum hs_text_role role);

/* A text of our own in that role. */
void hs_text_put(struct hs_text *t, enum hs_text_role role, const char *text);

/* A text that is escaped already. Should it hold something raw, that is escaped now. */
void hs_text_clean(struct hs_text *t, const char *text);

void hs_text_indent(struct hs_text *t, unsigned columns);

/*
 * A sentence of our own in lines of its own, broken where one would be too
 * long, at a blank: a digest stands alone. The first line is indented by
 * `first` columns, the others by `rest`.
 */
void hs_text_sentence(struct hs_text *t, unsigned first, unsigned rest, const char *text);

/* Columns that hs_text_value() needs. */
size_t hs_text_width(struct hs_text *t, struct hs_span value);

/*
 * A name or a value from an input, escaped. Where it is long, its middle is
 * left out around what tells it from `beside` (its other side; empty for
 * none), and its length is said.
 */
void hs_text_value(struct hs_text *t, struct hs_span value, struct hs_span beside);

/* "12 bytes", "48.1 MiB"; `exact` adds the bytes to the latter. */
void hs_text_size(struct hs_text *t, uint64_t bytes, bool exact);

/* "1 member", "2 members": `noun` without its s. */
void hs_text_count(struct hs_text *t, uint64_t n, const char *noun);

/* text_fact.c */

/* The facts that differ, or what is said of one side, below a node's line. */
void hs_text_facts(struct hs_text *t, unsigned indent, const struct hs_node *node);

/* One fact that differs, in one line or two. */
void hs_text_change(struct hs_text *t, unsigned indent, const char *field,
                    const struct hs_change *c);

/* "mtime, uid differ": the fields that differ, each once. Returns about how many columns that
 * took. */
size_t hs_text_fields(struct hs_text *t, const struct hs_node *node);

/* Whether the line of the node says it too. */
bool hs_text_is_said(const struct hs_text *t, const struct hs_node *node,
                     const struct hs_change *c);

/* Whether the change is short enough to stand in the node's line, `used` columns of which are. */
bool hs_text_fits(struct hs_text *t, size_t used, const struct hs_change *c);

/* The changes of the node that are shown. */
size_t hs_text_n_shown(struct hs_text *t, const struct hs_node *node);

void hs_text_notes(struct hs_text *t, unsigned indent, const struct hs_node *node);

/* text_listing.c */
void hs_text_listing(struct hs_text *t, unsigned indent, const struct hs_node *node,
                     const struct hs_listing *listing);

/* text_fold.c */
void hs_folds_make(struct hs_folds *out, struct hs_arena *a, const struct hs_node *container);

/* The fold that the member is told in, or NULL where it has its own lines. */
const struct hs_fold *hs_folds_find(const struct hs_folds *f, const struct hs_node *node);
void hs_text_fold(struct hs_text *t, unsigned indent, const struct hs_folds *folds,
                  const struct hs_fold *fold);

/* text_node.c */

/* The line of a node that goes by the name of `head`, itself or a filter around it. */
void hs_text_node(struct hs_text *t, unsigned indent, const struct hs_node *node,
                  const struct hs_node *head);

/* text_ignored.c */

bool hs_text_any_ignored(const struct hs_text *t);

/* "7 differences (--ignore-timestamps 5, --ignore-order 2)" */
void hs_text_ignored_counts(struct hs_text *t);

/* The line of them in the head, where the verdict does not say it. */
void hs_text_ignored_head(struct hs_text *t);

/* One line for all ignored members of a container, where `node`, the first, stands. */
void hs_text_ignored_members(struct hs_text *t, unsigned indent, const struct hs_node *node);

/* One line for the ignored facts and notes of a node that is not ignored. */
void hs_text_ignored_facts(struct hs_text *t, unsigned indent, const struct hs_node *node);

/* Behind what is shown though it is ignored: why. Nothing for 0. */
void hs_text_ignored_mark(struct hs_text *t, unsigned bits);

/* Whether a note of the node is to be shown, or a fact but for what follows. */
static inline bool
hs_text_is_shown(const struct hs_text *t, unsigned ignored)
{
	return t->verbose || !ignored;
}

/* text_follow.c */
void hs_text_follow_begin(struct hs_text *t);

/* Whether the fact only follows from what else is shown. Never with -v. */
bool hs_text_follows(struct hs_text *t, const struct hs_node *node, const struct hs_change *c);

/* Whether all that differs in the member does: it needs no line. */
bool hs_text_only_follows(struct hs_text *t, const struct hs_node *node);

/* Whether it is a file that only the format of one archive brings: its line is enough. */
bool hs_text_is_packing(const struct hs_text *t, const struct hs_node *node);

/* Whether the fact of the node is to be shown. */
static inline bool
hs_text_shows(struct hs_text *t, const struct hs_node *node, const struct hs_change *c)
{
	return hs_text_is_shown(t, c->ignored) && !hs_text_follows(t, node, c);
}

/* text_ladder.c */

/* How far two images are the same; nothing where the report is of no images. */
void hs_text_ladder(struct hs_text *t);

/* text_measure.c */

/* Which PCRs differ, by what, and what is in none; nothing where the report is of no enclave
 * images. */
void hs_text_measurements(struct hs_text *t);

/* text_head.c */
void hs_text_head(struct hs_text *t);
void hs_text_tail(struct hs_text *t);

/* Whether the verdict says it already: "only the compression differs" of the whole. */
bool hs_text_is_verdict(const struct hs_text *t, const struct hs_node *node,
                        const struct hs_note *note);

/* A blank line before whatever comes first after the head. */
void hs_text_body(struct hs_text *t);

#endif
