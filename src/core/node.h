/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_NODE_H
#define HS_CORE_NODE_H

#include "core/blob.h"
#include "core/facts.h"
#include "core/hash.h"
#include "core/ignore.h"
#include "core/meta.h"

#include <stdio.h>

/*
 * The result: a tree of what differs. Identical members are counted, not
 * kept (unless the report is an inspection, which keeps everything of its one
 * side). Nodes are immutable once hs_compare() is done, so sinks and the
 * interface share them without locks. Their memory belongs to the report.
 */
enum hs_status {
	HS_STATUS_SAME,     /* only ever the root, or a node of an inspection */
	HS_STATUS_CONTENT,  /* the bytes differ (metadata may too) */
	HS_STATUS_METADATA, /* the same bytes, other metadata */
	HS_STATUS_ONLY_A,
	HS_STATUS_ONLY_B,
	HS_STATUS_MOVED, /* the same bytes under another name (metadata may differ) */
};

/* "same", "content", "metadata", "only-a", "only-b", "moved": words of the report format. */
const char *hs_status_name(enum hs_status s);

/* A sentence about a node: why its difference means little, or what is wrong with it. */
struct hs_note {
	const char *code; /* stable word for machines: "order-only", "damaged", "limit", ... */
	const char *text; /* for people; escaped already */
	char side;        /* 'a', 'b', or 0 for both */
	bool damage;      /* the comparison of this node is incomplete: exit status 3 */
	uint16_t ignored; /* of a note that is a difference: the enum hs_ignore it is ignored for */
	struct hs_note *next;
};

struct hs_side {
	bool present;
	const char *format; /* name of the comparator or view that read it, "" for plain bytes */
	const char
		*looks_like; /* what libmagic calls plain bytes, up to its first comma; or NULL */
	enum hs_kind kind;
	uint64_t size; /* of the content */
	bool has_sha256;
	struct hs_sha256 sha256;   /* of the content */
	struct hs_content content; /* kept where a listing may be asked for; else empty */
};

/* How the content of a leaf that differs is shown. */
enum hs_view_kind {
	HS_VIEW_NONE, /* nothing to list: its members, facts or notes say it all */
	HS_VIEW_TEXT,
	HS_VIEW_HEX,
};

typedef int hs_render(FILE *out, struct hs_span file, struct hs_err *err);

struct hs_node {
	struct hs_node *parent, *first_child, *next;
	struct hs_span name; /* key in its container; raw bytes. Empty: what a filter wraps. The
	                        root's: empty */
	struct hs_span moved_from; /* the key on side a, where it is another; else empty */
	uint32_t occurrence;       /* of equal keys: 0 is the first */
	uint32_t n_children;
	uint32_t n_ignored; /* of them, those that are ignored */
	uint32_t n_head;    /* the first of the changes: of its header in its container */
	uint64_t id;        /* 1 for the root, then in the order of the walk */
	uint64_t n_same;    /* members that were compared and are the same */
	uint64_t n_shifted; /* that say the same, in bytes that follow from where things stand */
	uint32_t depth;     /* 0 for the root */
	uint8_t similarity; /* percent of chunks shared, where paired by similarity; else 0 */
	enum hs_status status;
	enum hs_view_kind view;
	/* All that differs in and below it is ignored, for these enum hs_ignore; 0 where it counts.
	 */
	uint16_t ignored;
	bool by_field;   /* the changes tell all of it: the listing only says it again */
	bool rewritten;  /* by field: its white space, order of keys or escapes differ as well */
	bool is_shifted; /* one of those; only until its container takes it out */
	int64_t shift;   /* by so much */
	bool reordered;  /* by field: so does the order of a list of which no element differs */
	hs_render *render_a,
		*render_b; /* to make the text of that side; NULL: it is text already */
	struct hs_side a, b;
	struct hs_changes changes; /* facts that differ; in an inspection: all facts, as a's */
	struct hs_note *notes;
};

/* The path of a node inside its operand: "layer[0]!etc/motd"; "" for the root. In the arena, raw.
 */
struct hs_span hs_node_path(struct hs_arena *a, const struct hs_node *node);

/* The next node in the order of the walk (parents before children), or NULL after the last. */
struct hs_node *hs_node_next(const struct hs_node *node);

/* Adds a note at the end; `text` and `code` must live as long as the report. */
void hs_node_note(struct hs_node *node, struct hs_arena *a, struct hs_note note);

#endif
