/* SPDX-License-Identifier: Apache-2.0 */
#include "canon/canonical_layer.h"

#include "core/spool.h"

static int
put(struct hs_canonical_layer *l, struct hs_sha256_stream *hash, struct hs_span bytes,
    struct hs_err *err)
{
	hs_sha256_update(hash, bytes);
	l->size += bytes.len;
	hs_run_done(l->run, bytes.len);
	return l->sink ? l->sink(l->ctx, bytes, err) : 0;
}

static int
put_piece(struct hs_canonical_layer *l, struct hs_sha256_stream *hash,
          const struct hs_rewrite_piece *piece, struct hs_err *err)
{
	static const uint8_t zeros[64 << 10];
	uint64_t left = piece->padding;
	int rc = put(l, hash, piece->header, err);

	if (rc == 0)
		rc = put(l, hash, piece->content, err);
	while (rc == 0 && left) {
		const size_t n = left < sizeof(zeros) ? (size_t)left : sizeof(zeros);

		rc = put(l, hash, (struct hs_span){ zeros, n }, err);
		left -= n;
		/* A hole is as large as its header says. */
		if (rc == 0 && left)
			rc = hs_run_check(l->run, err);
	}
	return rc;
}

static void
keep_losses(struct hs_canonical_layer *l, const struct hs_rewrite *rewrite)
{
	const char *const *losses = hs_rewrite_losses(rewrite, &l->n_losses);
	const char **kept = hs_arena_array(l->arena, l->n_losses + 1, sizeof(const char *));

	for (size_t i = 0; i < l->n_losses; i++)
		kept[i] = hs_arena_printf(l->arena, "%s", losses[i]);
	l->losses = kept;
}

int
hs_canonical_layer_make(struct hs_canonical_layer *l, struct hs_err *err)
{
	struct hs_rewrite *rewrite = hs_rewrite_new(l->run, l->layer, l->how);
	struct hs_sha256_stream hash;
	struct hs_rewrite_piece piece;
	int rc;

	hs_sha256_init(&hash);
	while ((rc = hs_rewrite_next(&piece, rewrite, err)) > 0) {
		rc = put_piece(l, &hash, &piece, err);
		if (rc < 0)
			break;
	}
	hs_sha256_final(&hash, &l->diff_id);
	if (rc == 0)
		keep_losses(l, rewrite);
	hs_rewrite_free(rewrite);
	return rc;
}

static int
to_spool(void *ctx, struct hs_span bytes, struct hs_err *err)
{
	struct hs_spool_writer *w = ctx;
	int rc = 0;

	while (rc == 0 && bytes.len) {
		size_t n;
		uint8_t *room = hs_spool_room(w, &n);

		if (n > bytes.len)
			n = bytes.len;
		memcpy(room, bytes.at, n);
		bytes = hs_span_from(bytes, n);
		rc = hs_spool_took(w, n, err);
	}
	return rc;
}

int
hs_canonical_layer_spool(struct hs_blob **out, struct hs_canonical_layer *l, struct hs_err *err)
{
	struct hs_spool_writer w;
	int rc;

	hs_spool_begin(&w, l->run->spool);
	l->sink = to_spool;
	l->ctx = &w;
	rc = hs_canonical_layer_make(l, err);
	l->sink = NULL;
	l->ctx = NULL;
	if (rc == 0)
		rc = hs_spool_end(&w, out, err);
	if (rc < 0)
		hs_spool_drop(&w);
	return rc;
}
