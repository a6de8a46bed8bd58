/* SPDX-License-Identifier: Apache-2.0 */
#include "core/digest_task.h"

enum { PIECE = 1 << 20 };

/* A piece that is worth waking a thread for. */
enum { WORTH = 48 << 10 };

/* What the one who does a piece has to hash. */
struct own {
	struct hs_sha256_stream *stream;
	struct hs_span bytes;
};

static unsigned
pending(struct hs_digest_task *t)
{
	return atomic_load(&t->made) - atomic_load(&t->hashed);
}

/* The piece whose turn it is; of who has the task's. */
static struct hs_span *
oldest(struct hs_digest_task *t)
{
	return &t->pieces[atomic_load(&t->hashed) % (HS_DIGEST_BEHIND + 1)];
}

/* So much of the oldest piece is hashed. Its place is the owner's again once all of it is. */
static void
pass(struct hs_digest_task *t, uint64_t n)
{
	struct hs_span *piece = oldest(t);

	*piece = hs_span_from(*piece, n);
	if (piece->len == 0)
		atomic_fetch_add(&t->hashed, 1);
}

static bool
step(void *ctx, void *with)
{
	struct hs_digest_task *t = ctx;
	const struct own *own = with;
	struct hs_span piece = HS_SPAN("");

	if (pending(t))
		piece = hs_span_head(*oldest(t), own ? own->bytes.len : PIECE);
	if (own)
		hs_sha256_update_two(own->stream, own->bytes, &t->stream, piece);
	else
		hs_sha256_update(&t->stream, piece);
	if (piece.len)
		pass(t, piece.len);
	return pending(t) > 0;
}

void
hs_digest_task_init(struct hs_digest_task *t)
{
	*t = (struct hs_digest_task){ .task = { .step = step, .ctx = t } };
	hs_sha256_init(&t->stream);
}

static void
offer(struct hs_digest_task *t, struct hs_pool *p, struct hs_span bytes)
{
	t->pieces[atomic_load(&t->made) % (HS_DIGEST_BEHIND + 1)] = bytes;
	atomic_fetch_add(&t->made, 1);
	hs_pool_offer(p, &t->task);
}

/* All that was made. */
static void
catch_up(struct hs_digest_task *t, struct hs_pool *p)
{
	if (t->task.listed)
		hs_pool_leave(p, &t->task);
	while (pending(t)) {
		const struct hs_span piece = hs_span_head(*oldest(t), PIECE);

		hs_sha256_beside(&t->stream, piece, p);
		pass(t, piece.len);
	}
}

/* One piece, so that no more than HS_DIGEST_BEHIND are left. Who has one to spare does not wait. */
static void
hash_oldest(struct hs_digest_task *t, struct hs_pool *p)
{
	if (!hs_pool_claim(p, &t->task, pending(t) > HS_DIGEST_BEHIND))
		return;
	if (pending(t) >= HS_DIGEST_BEHIND) {
		const struct hs_span piece = *oldest(t);

		hs_sha256_beside(&t->stream, piece, p);
		pass(t, piece.len);
	}
	hs_pool_unclaim(p, &t->task, pending(t) > 0);
}

void
hs_digest_task_begin(struct hs_digest_task *t, struct hs_pool *p, struct hs_span bytes)
{
	hs_digest_task_init(t);
	if (bytes.len)
		offer(t, p, bytes);
}

void
hs_digest_task_next(struct hs_digest_task *t, struct hs_pool *p, struct hs_span bytes)
{
	if (bytes.len < WORTH) {
		catch_up(t, p);
		hs_sha256_beside(&t->stream, bytes, p);
		return;
	}
	offer(t, p, bytes);
	if (pending(t) >= HS_DIGEST_BEHIND)
		hash_oldest(t, p);
}

void
hs_digest_task_end(struct hs_sha256 *out, struct hs_digest_task *t, struct hs_pool *p)
{
	catch_up(t, p);
	hs_sha256_final(&t->stream, out);
}

void
hs_sha256_beside(struct hs_sha256_stream *s, struct hs_span bytes, struct hs_pool *p)
{
	if (!hs_pool_ride(p, &(struct own){ s, bytes }))
		hs_sha256_update(s, bytes);
}
