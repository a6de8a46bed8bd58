/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gzip (RFC 1952), zlib (RFC 1950) and bare deflate (RFC 1951).
 *
 *	gzip member   header, deflate stream, CRC-32 (4), size modulo 2^32 (4), little-endian
 *	zlib stream   2 bytes, deflate stream, Adler-32 (4), big-endian
 *
 * The wrappers are read here, and only the deflate stream is the library's:
 * so ISA-L and zlib give the same bytes, checks and offsets.
 */
#include "core/codec_job.h"

#include "core/gzip_header.h"

#include <stdlib.h>
#include <zlib.h>

#if HS_WITH_ISAL
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#endif

enum step { STEP_MORE, STEP_END, STEP_BAD };

/* What one step reads and fills; it leaves how much is left of both. */
struct io {
	const uint8_t *in;
	size_t n_in;
	uint8_t *out;
	size_t n_out;
};

/* Both libraries count in 32 bits. */
static uint32_t
clamp(size_t n)
{
	return n < UINT32_C(1) << 30 ? (uint32_t)n : UINT32_C(1) << 30;
}

#if HS_WITH_ISAL

struct raw {
	struct inflate_state state;
};

static struct raw *
raw_new(void)
{
	return hs_realloc(NULL, 1, sizeof(struct raw)); /* raw_begin() fills it in */
}

static void
raw_free(struct raw *r)
{
	free(r);
}

static void
raw_begin(struct raw *r)
{
	isal_inflate_init(&r->state);
}

static enum step
raw_step(struct raw *r, struct io *io)
{
	struct inflate_state *s = &r->state;
	const uint32_t n_in = clamp(io->n_in), n_out = clamp(io->n_out);
	size_t back = 0;
	int rc;

	/* The library reads from it only. */
	s->next_in = (uint8_t *)(uintptr_t)io->in;
	s->avail_in = n_in;
	s->next_out = io->out;
	s->avail_out = n_out;
	rc = isal_inflate(s);
	/* At the end whole bytes may be left in the bit buffer, which are not the stream's. */
	if (rc != ISAL_DECOMP_OK || s->block_state == ISAL_BLOCK_FINISH)
		back = s->read_in_length > 0 ? (size_t)s->read_in_length / 8 : 0;
	io->n_in -= n_in - s->avail_in - back;
	io->n_out -= n_out - s->avail_out;
	if (rc != ISAL_DECOMP_OK)
		return STEP_BAD;
	return s->block_state == ISAL_BLOCK_FINISH ? STEP_END : STEP_MORE;
}

static uint32_t
crc_of(uint32_t crc, struct hs_span s)
{
	return crc32_gzip_refl(crc, s.at, s.len);
}

#else

struct raw {
	z_stream z;
};

static struct raw *
raw_new(void)
{
	struct raw *r = hs_alloc(sizeof(*r));

	if (inflateInit2(&r->z, -MAX_WBITS) != Z_OK)
		hs_die_out_of_memory();
	return r;
}

static void
raw_free(struct raw *r)
{
	inflateEnd(&r->z);
	free(r);
}

static void
raw_begin(struct raw *r)
{
	inflateReset(&r->z);
}

static enum step
raw_step(struct raw *r, struct io *io)
{
	const uint32_t n_in = clamp(io->n_in), n_out = clamp(io->n_out);
	int rc;

	/* The library reads from it only. */
	r->z.next_in = (uint8_t *)(uintptr_t)io->in;
	r->z.avail_in = n_in;
	r->z.next_out = io->out;
	r->z.avail_out = n_out;
	rc = inflate(&r->z, Z_NO_FLUSH);
	io->n_in -= n_in - r->z.avail_in;
	io->n_out -= n_out - r->z.avail_out;
	if (rc == Z_MEM_ERROR)
		hs_die_out_of_memory();
	if (rc != Z_OK && rc != Z_BUF_ERROR && rc != Z_STREAM_END)
		return STEP_BAD;
	return rc == Z_STREAM_END ? STEP_END : STEP_MORE;
}

static uint32_t
crc_of(uint32_t crc, struct hs_span s)
{
	return (uint32_t)crc32_z(crc, s.at, s.len);
}

#endif

static uint32_t
adler_of(uint32_t adler, struct hs_span s)
{
	return (uint32_t)adler32_z(adler, s.at, s.len);
}

static uint32_t
no_sum(uint32_t sum, struct hs_span s)
{
	(void)s;
	return sum;
}

/* One deflate stream from job->at on; *sum is carried over what comes out. */
static int
run_stream(struct hs_codec_job *job, struct raw *raw, uint32_t (*add)(uint32_t, struct hs_span),
           uint32_t *sum, struct hs_err *err)
{
	enum step step = STEP_MORE;

	raw_begin(raw);
	while (step == STEP_MORE) {
		const struct hs_span rest = hs_codec_rest(job);
		/* What is left may be nothing, and then has no address to count from. */
		struct io io = { .in = rest.len ? rest.at : HS_SPAN("").at, .n_in = rest.len };
		struct hs_span made = { .len = 0 };
		int rc;

		io.out = hs_codec_room(job, &made.len);
		io.n_out = made.len;
		made.at = io.out;
		step = raw_step(raw, &io);
		made.len -= io.n_out;
		job->at = job->in.len - io.n_in;
		*sum = add(*sum, made);
		rc = hs_codec_took(job, made.len, err);
		if (rc < 0)
			return rc;
		if (step == STEP_MORE && io.n_in == 0 && io.n_out > 0)
			return hs_codec_cut(job, err);
	}
	if (step == STEP_BAD)
		return hs_fail(err, HS_EFORMAT, "the deflate stream is damaged near offset %zu",
		               (size_t)job->at);
	return 0;
}

static int
run_member(struct hs_codec_job *job, struct raw *raw, struct hs_err *err)
{
	const size_t begin = (size_t)job->at;
	const uint64_t before = job->written;
	struct hs_cursor c = { .rest = hs_codec_rest(job) };
	struct hs_gzip_header header;
	uint32_t sum = 0, crc, size;
	int rc = hs_take_gzip_header(&header, &c, err);

	hs_codec_stream(job);
	if (rc < 0)
		return hs_fail_in(err, "member at offset %zu", begin);
	job->at += header.raw.len;
	rc = run_stream(job, raw, crc_of, &sum, err);
	if (rc < 0)
		return rc;
	c = (struct hs_cursor){ .rest = hs_codec_rest(job) };
	crc = (uint32_t)hs_take_le(&c, 4);
	size = (uint32_t)hs_take_le(&c, 4);
	if (c.cut)
		return hs_codec_cut(job, err);
	job->at += 8;
	if (crc != sum)
		return hs_fail(err, HS_EFORMAT,
		               "member at offset %zu: the CRC is 0x%08x, 0x%08x is stored", begin,
		               sum, crc);
	if (size != (uint32_t)(job->written - before))
		return hs_fail(err, HS_EFORMAT,
		               "member at offset %zu: the size is %u modulo 2^32, %u is stored",
		               begin, (uint32_t)(job->written - before), size);
	return 0;
}

int
hs_decode_gzip(struct hs_codec_job *job, struct hs_err *err)
{
	struct raw *raw = raw_new();
	int rc;

	do
		rc = run_member(job, raw, err);
	while (rc == 0 && hs_is_gzip(hs_codec_rest(job)));
	raw_free(raw);
	return rc;
}

static int
run_zlib(struct hs_codec_job *job, struct raw *raw, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_codec_rest(job) };
	const unsigned head = (unsigned)hs_take_be(&c, 2);
	uint32_t sum = 1, stored;
	int rc;

	if (c.cut)
		return hs_codec_cut(job, err);
	if (head % 31 != 0 || (head >> 8 & 15) != 8)
		return hs_fail(err, HS_EFORMAT, "no zlib header (0x%04x)", head);
	if (head & 0x20)
		return hs_fail(err, HS_EFORMAT, "the zlib stream needs a dictionary of its own");
	job->at += 2;
	rc = run_stream(job, raw, adler_of, &sum, err);
	if (rc < 0)
		return rc;
	c = (struct hs_cursor){ .rest = hs_codec_rest(job) };
	stored = (uint32_t)hs_take_be(&c, 4);
	if (c.cut)
		return hs_codec_cut(job, err);
	job->at += 4;
	if (stored != sum)
		return hs_fail(err, HS_EFORMAT, "the Adler-32 is 0x%08x, 0x%08x is stored", sum,
		               stored);
	return 0;
}

int
hs_decode_zlib(struct hs_codec_job *job, struct hs_err *err)
{
	struct raw *raw = raw_new();
	int rc;

	hs_codec_stream(job);
	rc = run_zlib(job, raw, err);
	raw_free(raw);
	return rc;
}

int
hs_decode_deflate(struct hs_codec_job *job, struct hs_err *err)
{
	struct raw *raw = raw_new();
	uint32_t sum = 0;
	int rc;

	hs_codec_stream(job);
	rc = run_stream(job, raw, no_sum, &sum, err);
	raw_free(raw);
	return rc;
}
