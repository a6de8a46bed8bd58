/* SPDX-License-Identifier: Apache-2.0 */
#include "core/seen.h"

#include "core/arena.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 64 };

/* An empty slot is all zero, which no digest is that was made fit(). */
static struct hs_xxh128
fit(struct hs_xxh128 d)
{
	if (d.low == 0 && d.high == 0)
		d.low = 1;
	return d;
}

static struct hs_xxh128 *
slot_of(const struct hs_seen *s, struct hs_xxh128 d)
{
	size_t at = (size_t)d.low & (s->n_slots - 1);

	while ((s->slots[at].low || s->slots[at].high) &&
	       (s->slots[at].low != d.low || s->slots[at].high != d.high))
		at = (at + 1) & (s->n_slots - 1);
	return &s->slots[at];
}

static void
grow(struct hs_seen *s)
{
	struct hs_seen more = { .n = s->n, .n_slots = s->n_slots ? 2 * s->n_slots : FIRST_SLOTS };

	more.slots = hs_realloc(NULL, more.n_slots, sizeof(*more.slots));
	memset(more.slots, 0, more.n_slots * sizeof(*more.slots));
	for (size_t i = 0; i < s->n_slots; i++)
		if (s->slots[i].low || s->slots[i].high)
			*slot_of(&more, s->slots[i]) = s->slots[i];
	free(s->slots);
	*s = more;
}

bool
hs_seen_add(struct hs_seen *s, struct hs_xxh128 digest)
{
	struct hs_xxh128 *slot;

	if (4 * s->n >= 3 * s->n_slots)
		grow(s);
	digest = fit(digest);
	slot = slot_of(s, digest);
	if (slot->low || slot->high)
		return false;
	*slot = digest;
	s->n++;
	return true;
}

void
hs_seen_release(struct hs_seen *s)
{
	free(s->slots);
	*s = (struct hs_seen){ 0 };
}
