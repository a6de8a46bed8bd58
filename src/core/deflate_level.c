/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A level that is not the one parts from the stream within its first block,
 * which is where its attempt ends: nine attempts cost little more than one.
 */
#include "core/deflate_level.h"

#include "core/arena.h"

#include <stdlib.h>
#include <zlib.h>

enum {
	CHECKED = 256 << 10,
	PIECE = 128 << 10,  /* of pigz */
	STEP = 16 << 10,    /* of output that is compared at a time */
	LEAST = 64,         /* bytes of output that prove something of a longer stream */
	READ = 2 * CHECKED, /* no level makes more of what is checked */
};

/* One attempt at a stream. */
struct attempt {
	struct hs_span plain, stream;
	int level, memory, flush;
	uint16_t early; /* out: levels that part from the stream before the end of a first piece */
};

/* The first bytes of the content; *whole and *len say whether it ends there and where its stream
 * does. */
static struct hs_span
take_plain(uint8_t *room, struct hs_span stream, bool *whole, size_t *len)
{
	z_stream z = { .next_out = room, .avail_out = CHECKED };
	int rc;

	/* The library reads from it only. */
	z.next_in = (uint8_t *)(uintptr_t)stream.at;
	z.avail_in = stream.len < UINT32_MAX ? (uint32_t)stream.len : UINT32_MAX;
	if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
		hs_die_out_of_memory();
	rc = inflate(&z, Z_SYNC_FLUSH);
	*whole = rc == Z_STREAM_END;
	*len = z.total_in;
	inflateEnd(&z);
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		return (struct hs_span){ NULL, 0 };
	return (struct hs_span){ room, CHECKED - z.avail_out };
}

/* Whether compressing gives the beginning of the stream; all of it at Z_FINISH. */
static bool
fits(struct attempt *t)
{
	z_stream z = { .avail_in = (uint32_t)t->plain.len };
	uint8_t out[STEP];
	bool same = true, more = true;
	size_t at = 0;

	z.next_in = (uint8_t *)(uintptr_t)t->plain.at;
	if (deflateInit2(&z, t->level, Z_DEFLATED, -MAX_WBITS, t->memory, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		hs_die_out_of_memory();
	while (same && more) {
		size_t n;

		z.next_out = out;
		z.avail_out = STEP;
		deflate(&z, t->flush);
		n = STEP - z.avail_out;
		same = hs_span_starts(hs_span_from(t->stream, at), (struct hs_span){ out, n });
		at += n;
		more = z.avail_out == 0;
	}
	deflateEnd(&z);
	/* It did not see yet whether there is more than the piece. */
	if (!same && z.total_in < PIECE)
		t->early |= (uint16_t)(1U << t->level);
	return same && (t->flush == Z_FINISH ? at == t->stream.len : at >= LEAST);
}

/* Of all levels but those in `except`. */
static uint16_t
levels_of(struct attempt *t, uint16_t except)
{
	uint16_t levels = 0;

	for (t->level = 1; t->level <= 9; t->level++)
		if (!(except >> t->level & 1) && fits(t))
			levels |= (uint16_t)(1U << t->level);
	return levels;
}

/* Up to the end of its first piece pigz writes what zlib does. */
static void
prove_pigz(struct hs_deflate_level *out, struct attempt t)
{
	t.plain = hs_span_head(t.plain, PIECE);
	t.flush = Z_BLOCK; /* how the piece is ended then depends on its bits */
	out->levels = levels_of(&t, t.early);
	if (out->levels == 0)
		return;
	out->by_pigz = true;
	out->memory = 8;
	out->checked = PIECE;
	out->whole = false;
}

static void
prove(struct hs_deflate_level *out, struct attempt *t)
{
	uint16_t levels;

	out->checked = (uint32_t)t->plain.len;
	t->flush = out->whole ? Z_FINISH : Z_NO_FLUSH;
	t->memory = 8;
	levels = levels_of(t, 0);
	/* In front of zlib, which cannot be told from it where there is but one piece. */
	if (t->plain.len > PIECE)
		prove_pigz(out, *t);
	if (out->levels)
		return;
	if (levels == 0) {
		t->memory = 9;
		levels = levels_of(t, 0);
	}
	out->levels = levels;
	out->memory = (unsigned)t->memory;
}

struct hs_deflate_level
hs_deflate_level(struct hs_span stream)
{
	struct hs_deflate_level out = { 0 };
	uint8_t *room = hs_alloc(CHECKED);
	struct attempt t = { 0 };
	size_t len;

	t.plain = take_plain(room, stream, &out.whole, &len);
	t.stream = out.whole ? hs_span_head(stream, len) : stream;
	if (out.whole)
		out.read = len;
	else if (t.plain.len == CHECKED && stream.len >= (len > READ ? len : READ))
		out.read = len > READ ? len : READ;
	if (t.plain.len)
		prove(&out, &t);
	free(room);
	return out;
}
