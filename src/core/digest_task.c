/* SPDX-License-Identifier: Apache-2.0 */
#include "core/digest_task.h"

enum { PIECE = 1 << 20 };

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
hs_digest_task_begin(struct hs_digest_task *t, struct hs_pool *p, struct hs_span bytes)
{
	*t = (struct hs_digest_task){ .task = { .step = step, .ctx = t }, .rest = bytes };
	hs_sha256_init(&t->stream);
	hs_pool_offer(p, &t->task);
}

void
hs_digest_task_end(struct hs_sha256 *out, struct hs_digest_task *t, struct hs_pool *p)
{
	hs_pool_leave(p, &t->task);
	hs_sha256_update(&t->stream, t->rest);
	hs_sha256_final(&t->stream, out);
}

void
hs_sha256_beside(struct hs_sha256_stream *s, struct hs_span bytes, struct hs_pool *p)
{
	if (!hs_pool_ride(p, &(struct own){ s, bytes }))
		hs_sha256_update(s, bytes);
}
