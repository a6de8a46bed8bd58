/* SPDX-License-Identifier: Apache-2.0 */
#include "core/digest_task.h"

enum { PIECE = 1 << 20 };

/* A piece that is worth waking a thread for. */
enum { WORTH = 64 << 10 };

/* What the one who does a piece has to hash. */
struct own {
	struct hs_sha256_stream *stream;
	struct hs_span bytes;
};

static bool
step(void *ctx, void *with)
{
	struct hs_digest_task *t = ctx;
	const struct own *own = with;
	const size_t n = own ? own->bytes.len : PIECE;
	const struct hs_span piece = hs_span_head(t->rest, n);

	if (own)
		hs_sha256_update_two(own->stream, own->bytes, &t->stream, piece);
	else
		hs_sha256_update(&t->stream, piece);
	t->rest = hs_span_from(t->rest, n);
	return t->rest.len > 0;
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
	t->rest = bytes;
	t->offered = true;
	hs_pool_offer(p, &t->task);
}

static void
take_back(struct hs_digest_task *t, struct hs_pool *p)
{
	if (t->offered)
		hs_pool_leave(p, &t->task);
	t->offered = false;
}

void
hs_digest_task_begin(struct hs_digest_task *t, struct hs_pool *p, struct hs_span bytes)
{
	hs_digest_task_init(t);
	offer(t, p, bytes);
}

void
hs_digest_task_next(struct hs_digest_task *t, struct hs_pool *p, struct hs_span bytes)
{
	take_back(t, p);
	if (t->rest.len)
		hs_sha256_beside(&t->stream, t->rest, p);
	t->rest = HS_SPAN("");
	if (bytes.len < WORTH)
		hs_sha256_beside(&t->stream, bytes, p);
	else
		offer(t, p, bytes);
}

void
hs_digest_task_end(struct hs_sha256 *out, struct hs_digest_task *t, struct hs_pool *p)
{
	take_back(t, p);
	hs_sha256_update(&t->stream, t->rest);
	hs_sha256_final(&t->stream, out);
}

void
hs_sha256_beside(struct hs_sha256_stream *s, struct hs_span bytes, struct hs_pool *p)
{
	if (!hs_pool_ride(p, &(struct own){ s, bytes }))
		hs_sha256_update(s, bytes);
}
