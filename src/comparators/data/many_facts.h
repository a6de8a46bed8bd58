/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_MANY_FACTS_H
#define HS_COMPARATORS_MANY_FACTS_H

#include "core/facts.h"
#include "core/hash.h"

/*
 * Facts without end: the first HS_MAX_DATA_FACTS are said one by one, of the
 * rest there is a count and a digest.
 *
 *	struct hs_many m = { .out = facts };
 *	hs_many_say(&m, field, value);	any number of times
 *	hs_many_end(&m);
 */
struct hs_many {
	struct hs_facts *out;
	uint64_t n;
	struct hs_sha256_stream more;
};

/* `field` and `value` live as long as the arena of the facts, or the input. */
void hs_many_say(struct hs_many *m, const char *field, struct hs_span value);
void hs_many_sayf(struct hs_many *m, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Always called, also on the way out with an error. */
void hs_many_end(struct hs_many *m);

/* "KIND NAME" for a field, the name escaped and, where it is long, cut and followed by its digest:
 * two long names with one beginning stay two. */
const char *hs_many_field(struct hs_arena *a, const char *kind, struct hs_span name);

/* A time as hs_say_time() says it, for a field or a part of a value. */
const char *hs_many_time(struct hs_arena *a, int64_t sec);

#endif
