/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_FACTS_H
#define HS_CORE_FACTS_H

#include "core/arena.h"
#include "core/span.h"

/*
 * What is said of one thing: "mtime is ...", "os is ...". Values are raw
 * bytes; a sink escapes them. A field may be said more than once: then it is
 * a list, and two lists are compared as multisets first and by order second.
 */
struct hs_fact {
	const char *field; /* a literal or in the arena; printable */
	struct hs_span value;
	struct hs_fact *next;
	bool of_format;  /* means something only beside the same format: an inode number, a dialect
	                  */
	bool of_members; /* a sum over the members, which tell it too: no difference by itself */
	bool of_origin;  /* tells where the thing comes from, nothing of the thing itself: no
	                    difference, but worth saying beside one. Its value lives as long as the
	                    run
	                  */
	bool detail;     /* of what another fact sums up: told behind all that are none */
};

/* All that is said, in the order in which a reader should see it. */
struct hs_facts {
	struct hs_arena *arena;
	struct hs_fact *first, *last;
	size_t n;
	bool of_format, of_members, of_origin,
		detail; /* what is said from now on gets these marks */
};

/* Keeps `value` as it is: it must live as long as the arena or the input. */
void hs_say(struct hs_facts *f, const char *field, struct hs_span value);
/* `value` is a C string that lives as long. */
void hs_say_word(struct hs_facts *f, const char *field, const char *value);
void hs_say_u64(struct hs_facts *f, const char *field, uint64_t value);
void hs_say_i64(struct hs_facts *f, const char *field, int64_t value);
void hs_say_hex(struct hs_facts *f, const char *field, uint64_t value);
/* "sha256:..., N bytes" of a value too long to show. */
void hs_say_digest(struct hs_facts *f, const char *field, struct hs_span value);
/* The value where it is short, else hs_say_digest(). */
void hs_say_value(struct hs_facts *f, const char *field, struct hs_span value);
void hs_sayf(struct hs_facts *f, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* A time in RFC 3339, UTC, with the fraction's `digits` digits (0 to 9) of `nsec`. */
void hs_say_time(struct hs_facts *f, const char *field, int64_t sec, uint32_t nsec,
                 unsigned digits);

/* The first fact of that field, or NULL. */
const struct hs_fact *hs_facts_find(const struct hs_facts *f, const char *field);

/* A line "field: value" for each fact, escaped; for tests and debugging. In the facts' arena. */
const char *hs_facts_text(const struct hs_facts *f);

/* A field that differs. One of has_a, has_b may be false: said of one side only. */
struct hs_change {
	const char *field;
	struct hs_span a, b;
	bool has_a, has_b;
	bool order_only;  /* a list with the same elements; a and b hold them all, joined by ", " */
	uint16_t ignored; /* the enum hs_ignore that it is ignored for; 0 where it counts */
	bool of_members;  /* as the fact has it */
	bool origin;  /* where each side comes from: may be the same, and is no difference in itself
	               */
	bool follows; /* only tells more of what another change of the node says: for who has the
	                 room */
	struct hs_change *next;
};

struct hs_changes {
	struct hs_change *first, *last;
	size_t n;
};

/*
 * Whether both are times of hs_say_time() that are the same as far as the one
 * with fewer digits goes.
 */
bool hs_same_time(struct hs_span a, struct hs_span b);

/*
 * Adds to `out` what tells `a` from `b`, in the order of `a`, then what only
 * `b` says; then details, likewise. Everything that *out points to is copied into `keep`. With
 * `same_format` false, facts marked of_format are passed over, and so are
 * those whose field the other side never mentions, and times that are the
 * same but for how many digits a format has room for.
 * Takes time linear in the number of facts.
 */
void hs_facts_diff(struct hs_changes *out, struct hs_arena *keep, const struct hs_facts *a,
                   const struct hs_facts *b, bool same_format);

/*
 * Adds what is said of the origin on each side (either may be NULL), whether
 * it differs or not; hs_facts_diff() passes over it. Values are not copied.
 */
void hs_facts_origin(struct hs_changes *out, struct hs_arena *keep, const struct hs_facts *a,
                     const struct hs_facts *b);

/* Adds all facts of something that the other side has not, but those of the origin. */
void hs_facts_alone(struct hs_changes *out, struct hs_arena *keep, const struct hs_facts *facts,
                    bool is_a);

/* Takes out the changes for which drop() says so. */
void hs_changes_drop(struct hs_changes *changes, bool (*drop)(const struct hs_change *c));

void hs_changes_add(struct hs_changes *out, struct hs_arena *keep, struct hs_change change);

#endif
