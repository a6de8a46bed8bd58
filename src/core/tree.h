/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_TREE_H
#define HS_CORE_TREE_H

#include "core/arena.h"
#include "core/blob.h"
#include "core/err.h"
#include "core/facts.h"
#include "core/meta.h"
#include "core/run.h"

/*
 * The members of one container on one side, in the container's own order.
 *
 * Nothing is decoded that need not be: an entry holds where its header and
 * its content stand. Two members whose headers and contents are the same
 * bytes are the same, and that is one memcmp; only what differs is described.
 */
struct hs_entry_note {
	const char *code; /* stable word for machines; a literal */
	const char *text; /* for people; escaped already */
	bool damage;      /* exit status 3 */
};

struct hs_entry {
	struct hs_span name; /* as stored: any bytes */
	struct hs_span key;  /* what it is paired by; see hs_tree_add() */
	struct hs_span
		bytes; /* what the container stores of its content; decoded by tree->ops->open */
	struct hs_span head; /* the raw bytes that describe it: equal heads, equal metadata */
	struct hs_span link; /* target of a symbolic or hard link */
	struct hs_blob
		*blob; /* of `bytes` where that is not the container's own; the tree's reference */
	struct hs_span digest; /* of `bytes`, checked or trusted: entries of equal codec and digest
	                        * have equal content, which is then not read; or empty */
	const char *note;      /* what is wrong with it (a checksum that does not fit), or NULL */
	const struct hs_entry_note *notes; /* and what else, each with its own code */
	const void *more;                  /* the format's own, for its ops */
	uint64_t size; /* of the content when decoded, as far as the container says */
	enum hs_kind kind;
	uint32_t codec; /* the format's own; 0 where `bytes` is the content itself. Two entries of
	                 * one format with equal codec and equal bytes have equal content. */
	uint32_t occurrence; /* 0 for the first of its key, 1 for the second ...; set by
	                        hs_tree_finish() */
	uint32_t n_notes;
	/* What its content is known to be, whatever it looks like; or NULL. */
	const struct hs_comparator *as;
	uint64_t place; /* of a view: its address, by which a shift is told */

	/*
	 * open() does not give the bytes but what they say, addresses by name. Where
	 * the views of two are equal, what differs follows from what stands
	 * elsewhere, and they count as shifted.
	 */
	bool view;
	bool damaged; /* `note` is damage: exit status 3 */
	bool plain;   /* known to be of no format: what its bytes look like is not asked */
	bool unnamed; /* its key only says what it holds: one that changed has another */
};

/* What is wrong with an entry, one by one: `note`, under the code "damaged" or "remark", and then
 * `notes`. False past the last. */
bool hs_entry_note_at(struct hs_entry_note *out, const struct hs_entry *e, size_t i);

/* Whether the note is one of those, in the same words. */
bool hs_notes_hold(const struct hs_entry_note *notes, size_t n, const struct hs_entry_note *note);

/* The text of the first that is damage, or NULL. */
const char *hs_entry_damage(const struct hs_entry *e);

struct hs_tree;

/* How a format's entries are read. Each may be NULL. Both may be called from any thread, several at
 * once: they change nothing of the tree and use neither its arena nor its worker. */
struct hs_tree_ops {
	/* Says the metadata of an entry, from its head. NULL says only the type, size and link
	 * target. */
	void (*describe)(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e);

	/*
	 * The content of an entry whose bytes are not it yet: decompresses, or
	 * opens the file on disk. Only called for kinds that have content. NULL,
	 * or codec 0 with bytes in place: `bytes` is the content. The caller
	 * releases *out. On an error *out may hold what could be read before it;
	 * it is released too.
	 */
	int (*open)(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
	            struct hs_err *err);

	/*
	 * What describe() says of an entry and every format has, as numbers and
	 * raw bytes, for who writes it anew. False where the head cannot be read.
	 * NULL: not for this format.
	 */
	bool (*meta)(struct hs_meta *out, struct hs_arena *a, const struct hs_tree *t,
	             const struct hs_entry *e);
};

struct hs_tree {
	struct hs_arena arena;    /* names, heads and notes that are not bytes of the container */
	struct hs_run *run;       /* limits, spool, pool */
	struct hs_worker *worker; /* of the thread that expands; only to be used by it */
	struct hs_blob *blob;     /* whose bytes the entries' spans are; the tree's reference */
	struct hs_span name;      /* of the file that it is; empty where it has none */
	const struct hs_tree_ops *ops;
	const struct hs_tree_ops *under; /* the ops that `ops` wraps: a view's; else NULL */
	void *state;                     /* the format's own; in the arena */
	void (*release)(void *state); /* what it holds besides memory (a directory fd), or NULL */
	struct hs_entry *entries;
	size_t n_entries, room;
	bool unordered;        /* the container has no order of its own: a directory on disk */
	const char *note;      /* what to say of the whole container beside its facts, or NULL */
	const char *places;    /* what entry.place counts: "lines"; NULL: addresses */
	const char *note_code; /* the note's stable word; NULL: "remark" */
	const struct hs_entry_note *notes; /* and what else, each with its own code; in the arena */
	uint32_t n_notes;
	bool composed; /* of members of other containers: where no fact differs, heads that do mean
	                  nothing */
};

/* Whether the members of both are described by the same format: equal heads say the same. */
static inline bool
hs_tree_alike(const struct hs_tree *a, const struct hs_tree *b)
{
	return a->ops == b->ops && a->under == b->under;
}

/* An empty tree over the bytes of `blob` (a reference is taken; may be NULL). */
void hs_tree_init(struct hs_tree *t, struct hs_run *run, struct hs_worker *w, struct hs_blob *blob);
void hs_tree_release(struct hs_tree *t);

/*
 * Adds an entry and gives it back to fill in (valid until the next add). Its
 * key is `name` without leading "./" and "/", doubled and trailing slashes
 * ("." and "/" themselves are the key "."); set another where the format
 * knows a better role. `name` must live as long as the tree.
 * HS_ELIMIT past --max-members or for a name past HS_MAX_NAME.
 */
int hs_tree_add(struct hs_entry **out, struct hs_tree *t, struct hs_span name, struct hs_err *err);

/* Bytes that belong to no member: compared like one, shown as `label` ("after the end", ...). */
int hs_tree_add_gap(struct hs_tree *t, const char *label, struct hs_span bytes, struct hs_err *err);

/*
 * After the last add: numbers the occurrences of equal keys, and gives hard
 * links the content of what they point to (the nearest earlier entry of that
 * key, else the nearest later; a link to nothing stays empty).
 */
void hs_tree_finish(struct hs_tree *t);

/* Numbers the occurrences of a finished tree anew, whose keys were changed or entries taken out. */
void hs_tree_renumber(struct hs_tree *t);

/* The entry with that key and occurrence, or NULL. Linear: for lookups by hand. */
const struct hs_entry *hs_tree_find(const struct hs_tree *t, struct hs_span key,
                                    uint32_t occurrence);

/*
 * The content of an entry, decoded, under its name: what a filter wraps is called as the filter's
 * file without its last suffix. Kinds without content give none. *out is the caller's in any case.
 */
int hs_tree_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
                 struct hs_err *err);

/* Says the metadata of an entry. */
void hs_tree_describe(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e);

/* `name` as a key (see hs_tree_add); in the arena where it is not a part of `name`. */
struct hs_span hs_key_of_name(struct hs_arena *a, struct hs_span name);

#endif
