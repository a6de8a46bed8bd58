/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of whole rewritten layers. */
#include "canon/rewrite.h"

/* Bytes that are hashed or compared before somebody looks whether to stop. */
#define CHUNK (UINT64_C(16) << 20)

/* A rewritten layer as runs of bytes and runs of zeros. */
struct stream {
	struct hs_rewrite *rewrite;
	struct hs_rewrite_piece piece; /* what is left of it */
};

/* The next run: `bytes`, or where that is empty so many zeros. */
struct stretch {
	struct hs_span bytes;
	uint64_t zeros;
};

static uint64_t
stretch_len(const struct stretch *s)
{
	return s->bytes.len > 0 ? s->bytes.len : s->zeros;
}

/* 1 with what comes next, which is not taken yet; 0 at the end. */
static int
look(struct stretch *out, struct stream *s, struct hs_err *err)
{
	struct hs_rewrite_piece *const p = &s->piece;

	*out = (struct stretch){ .zeros = 0 };
	while (p->header.len == 0 && p->content.len == 0 && p->padding == 0) {
		const int found = hs_rewrite_next(p, s->rewrite, err);

		if (found <= 0)
			return found;
	}
	out->bytes = p->header.len > 0 ? p->header : p->content;
	if (out->bytes.len == 0)
		out->zeros = p->padding;
	return 1;
}

/* Takes `n` bytes, no more than look() gave. */
static void
take(struct stream *s, uint64_t n)
{
	struct hs_rewrite_piece *const p = &s->piece;

	if (p->header.len > 0)
		p->header = hs_span_from(p->header, n);
	else if (p->content.len > 0)
		p->content = hs_span_from(p->content, n);
	else
		p->padding -= n;
}

static bool
are_equal(const struct stretch *a, const struct stretch *b, uint64_t n)
{
	const struct hs_span x = hs_span_head(a->bytes, n), y = hs_span_head(b->bytes, n);

	if (x.len == 0)
		return hs_span_is_zero(y);
	return y.len == 0 ? hs_span_is_zero(x) : hs_span_equal(x, y);
}

static int
compare(bool *same, struct stream s[2], struct hs_run *run, struct hs_rewrite_pair *pair,
        struct hs_err *err)
{
	for (;;) {
		struct stretch next[2];
		int found[2];
		uint64_t n = CHUNK;

		for (unsigned i = 0; i < 2; i++) {
			pair->side = i == 0 ? 'a' : 'b';
			found[i] = look(&next[i], &s[i], err);
			if (found[i] < 0)
				return found[i];
			n = stretch_len(&next[i]) < n ? stretch_len(&next[i]) : n;
		}
		*same = found[0] == found[1];
		if (!*same || found[0] == 0)
			return 0;
		*same = are_equal(&next[0], &next[1], n);
		if (!*same)
			return 0;
		take(&s[0], n);
		take(&s[1], n);
		pair->side = 'a';
		if (hs_run_check(run, err) < 0)
			return err->code;
	}
}

static void
prepare(void *ctx, size_t i, struct hs_worker *w)
{
	struct stream *s = ctx;

	(void)w;
	hs_rewrite_prepare(s[i].rewrite);
}

int
hs_rewrite_same(bool *same, struct hs_run *run, struct hs_rewrite_pair *pair, struct hs_err *err)
{
	struct stream s[2] = {
		{ .rewrite = hs_rewrite_new(run, pair->a, pair->how) },
		{ .rewrite = hs_rewrite_new(run, pair->b, pair->how) },
	};
	int result;

	if (pair->worker)
		hs_pool_each(pair->worker, 2, prepare, s);
	result = compare(same, s, run, pair, err);
	hs_rewrite_free(s[0].rewrite);
	hs_rewrite_free(s[1].rewrite);
	return result;
}

static int
hash_all(struct hs_sha256_stream *sha, struct stream *s, struct hs_run *run, struct hs_err *err)
{
	static const uint8_t zeros[64 << 10];

	for (;;) {
		struct stretch next;
		const int found = look(&next, s, err);

		if (found <= 0)
			return found;
		if (next.bytes.len > 0)
			next.bytes = hs_span_head(next.bytes, CHUNK);
		else
			next.bytes =
				hs_span_head((struct hs_span){ zeros, sizeof(zeros) }, next.zeros);
		hs_sha256_update(sha, next.bytes);
		take(s, next.bytes.len);
		if (hs_run_check(run, err) < 0)
			return err->code;
	}
}

int
hs_rewrite_diff_id(struct hs_sha256 *out, struct hs_run *run, struct hs_span layer,
                   const struct hs_canon *how, struct hs_err *err)
{
	struct stream s = { .rewrite = hs_rewrite_new(run, layer, how) };
	struct hs_sha256_stream sha = { 0 };
	int result;

	hs_sha256_init(&sha);
	result = hash_all(&sha, &s, run, err);
	hs_sha256_final(&sha, result == 0 ? out : NULL);
	hs_rewrite_free(s.rewrite);
	return result;
}
