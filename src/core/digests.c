/* SPDX-License-Identifier: Apache-2.0 */
#include "core/digests.h"

#include "core/arena.h"

#include <pthread.h>
#include <stdlib.h>

/* Which bytes: equal keys, the same bytes. No padding: it is hashed and compared as bytes. */
struct key {
	struct hs_file_id file;
	uint64_t offset, len;
};

enum state {
	EMPTY,
	BUSY,
	KNOWN,
	FAILED, /* the next who asks may try */
};

struct slot {
	struct key key;
	struct hs_sha256 digest;
	enum state state;
};

struct hs_digests {
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t told;
	struct slot *slots; /* open addressing */
	size_t n, room;
};

struct hs_digests *
hs_digests_new(void)
{
	struct hs_digests *d = hs_alloc(sizeof(*d));

	pthread_mutex_init(&d->lock, NULL);
	pthread_cond_init(&d->told, NULL);
	return d;
}

void
hs_digests_free(struct hs_digests *d)
{
	if (!d)
		return;
	pthread_cond_destroy(&d->told);
	pthread_mutex_destroy(&d->lock);
	free(d->slots);
	free(d);
}

static struct hs_span
span_of(const struct key *k)
{
	return (struct hs_span){ (const uint8_t *)k, sizeof(*k) };
}

/* False for bytes that are no part of an input's file. */
static bool
key_of(struct key *out, const struct hs_content *c)
{
	const struct hs_blob *b = c->blob;

	while (b && !b->file.known && b->parent)
		b = b->parent;
	if (!b || !b->file.known || c->bytes.len == 0)
		return false;
	*out = (struct key){
		.file = b->file,
		.offset = (uint64_t)(c->bytes.at - b->bytes.at),
		.len = c->bytes.len,
	};
	return true;
}

static struct slot *
slot_of(const struct hs_digests *d, const struct key *k)
{
	size_t at = (size_t)hs_xxh64(span_of(k)) & (d->room - 1);

	while (d->slots[at].state != EMPTY &&
	       !hs_span_equal(span_of(&d->slots[at].key), span_of(k)))
		at = (at + 1) & (d->room - 1);
	return &d->slots[at];
}

static void
make_room(struct hs_digests *d)
{
	struct slot *old = d->slots;
	const size_t n = d->room;

	if (2 * d->n < d->room)
		return;
	d->room = n ? 2 * n : 64;
	d->slots = hs_alloc(d->room * sizeof(*d->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i].state != EMPTY)
			*slot_of(d, &old[i].key) = old[i];
	free(old);
}

enum hs_digests_answer
hs_digests_ask(struct hs_sha256 *out, struct hs_digests *d, const struct hs_content *c, bool wait)
{
	enum hs_digests_answer answer = HS_DIGESTS_YOURS;
	struct slot *s;
	struct key k;

	if (!key_of(&k, c))
		return HS_DIGESTS_YOURS;
	pthread_mutex_lock(&d->lock);
	make_room(d);
	while ((s = slot_of(d, &k))->state == BUSY && wait)
		pthread_cond_wait(&d->told, &d->lock);
	if (s->state == KNOWN) {
		*out = s->digest;
		answer = HS_DIGESTS_KNOWN;
	} else if (s->state == BUSY) {
		answer = HS_DIGESTS_BUSY;
	} else {
		d->n += s->state == EMPTY;
		*s = (struct slot){ .key = k, .state = BUSY };
	}
	pthread_mutex_unlock(&d->lock);
	return answer;
}

void
hs_digests_tell(struct hs_digests *d, const struct hs_content *c, const struct hs_sha256 *digest)
{
	struct slot *s;
	struct key k;

	if (!key_of(&k, c))
		return;
	pthread_mutex_lock(&d->lock);
	s = slot_of(d, &k);
	if (digest)
		s->digest = *digest;
	s->state = digest ? KNOWN : FAILED;
	pthread_cond_broadcast(&d->told);
	pthread_mutex_unlock(&d->lock);
}
