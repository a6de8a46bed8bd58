/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-384 is far slower than memory, so what counts is that no byte is hashed
 * twice on one thread: PCR0 covers all that is measured, and PCR1 a beginning
 * of it in any file that a tool has written, so its hash is a copy of PCR0's
 * on the way. PCR2, the ramdisks of the application, is most of PCR0 again
 * and runs beside it, with the sum over the file, which costs next to nothing
 * while the bytes are in the cache.
 */
#include "enclave/pcr.h"

#include "core/crc32.h"

#include <openssl/evp.h>
#include <stdlib.h>

enum { FEEDS_PCR0 = 1, FEEDS_PCR1 = 2, FEEDS_PCR2 = 4 };

/* Bytes that are hashed between two looks at the clock; they fit the cache of one core. */
enum { CHUNK = 256 << 10 };

/* Where the sum stands in the header, which it does not cover itself. */
enum { CRC_AT = HS_EIF_HEADER - 4 };

/* Bytes that are measured, and by which registers. */
struct part {
	struct hs_span bytes;
	unsigned feeds;
};

struct parts {
	struct part *list;
	size_t n, room;
};

struct measuring {
	struct hs_run *run;
	const struct part *parts;
	size_t n_parts;
	size_t n_boot; /* parts up to the last that feeds PCR1 */
	bool pcr1_begins_pcr0;
	const EVP_MD *md;
	struct hs_span file; /* to be summed up; empty for what is no file yet */
	struct hs_pcrs *out;
	int rc[3];
	struct hs_err err[3];
};

/* One way through the parts. */
struct pass {
	struct measuring *m;
	struct hs_err *err;
	EVP_MD_CTX *hash;
	unsigned feeds;  /* the bit of its register */
	bool counts;     /* it tells how far we are */
	bool sums;       /* it sums up the file, too */
	uint64_t summed; /* bytes of the file that `crc` has seen, its own place included */
	uint32_t crc;
};

static const EVP_MD *
md_of(enum hs_pcr_algo algo)
{
	switch (algo) {
	case HS_PCR_SHA256:
		return EVP_sha256();
	case HS_PCR_SHA512:
		return EVP_sha512();
	default:
		return EVP_sha384();
	}
}

static EVP_MD_CTX *
begin(const EVP_MD *md)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (!ctx || EVP_DigestInit_ex(ctx, md, NULL) != 1)
		hs_die_out_of_memory();
	return ctx;
}

static void
update(EVP_MD_CTX *ctx, struct hs_span bytes)
{
	if (bytes.len && EVP_DigestUpdate(ctx, bytes.at, bytes.len) != 1)
		hs_die_out_of_memory();
}

static struct hs_pcr
finish(EVP_MD_CTX *ctx)
{
	struct hs_pcr out = { .size = 0 };
	unsigned size = 0;

	if (EVP_DigestFinal_ex(ctx, out.bytes, &size) != 1)
		hs_die_out_of_memory();
	EVP_MD_CTX_free(ctx);
	out.size = size;
	return out;
}

/* What a register holds that was zero and was extended once. */
static struct hs_pcr
extended(const EVP_MD *md, struct hs_span with)
{
	static const uint8_t zeros[HS_PCR_MAX];
	EVP_MD_CTX *ctx = begin(md);

	update(ctx, (struct hs_span){ zeros, (size_t)EVP_MD_get_size(md) });
	update(ctx, with);
	return finish(ctx);
}

static struct hs_pcr
finish_extended(const EVP_MD *md, EVP_MD_CTX *ctx)
{
	const struct hs_pcr content = finish(ctx);

	return extended(md, (struct hs_span){ content.bytes, content.size });
}

static void
sum_up_to(struct pass *p, uint64_t end)
{
	const struct hs_span file = p->m->file;
	uint64_t at = p->summed;

	if (end > file.len)
		end = file.len;
	if (at < CRC_AT && at < end) {
		const uint64_t stop = end < CRC_AT ? end : CRC_AT;

		p->crc = hs_crc32_more(p->crc, hs_span_head(hs_span_from(file, at), stop - at));
	}
	if (end > HS_EIF_HEADER) {
		if (at < HS_EIF_HEADER)
			at = HS_EIF_HEADER;
		if (at < end)
			p->crc = hs_crc32_more(p->crc,
			                       hs_span_head(hs_span_from(file, at), end - at));
	}
	if (end > p->summed)
		p->summed = end;
}

/* Sums what stands in the file before `bytes` ends; sections may overlap, the sum goes on only. */
static int
sum_until(struct pass *p, const uint8_t *end)
{
	const struct hs_span file = p->m->file;
	const uint64_t stop = end ? (uint64_t)(end - file.at) : file.len;
	int rc = 0;

	while (rc == 0 && p->summed < stop) {
		const uint64_t left = stop - p->summed;

		rc = hs_run_check(p->m->run, p->err);
		sum_up_to(p, left > CHUNK ? p->summed + CHUNK : stop);
	}
	return rc;
}

static int
hash_part(struct pass *p, struct hs_span bytes)
{
	int rc = 0;

	while (rc == 0 && bytes.len > 0) {
		const struct hs_span chunk = hs_span_head(bytes, CHUNK);

		rc = hs_run_check(p->m->run, p->err);
		if (rc == 0 && p->sums)
			rc = sum_until(p, chunk.at + chunk.len);
		update(p->hash, chunk);
		if (p->counts)
			hs_run_done(p->m->run, chunk.len);
		bytes = hs_span_from(bytes, chunk.len);
	}
	return rc;
}

static int
hash_parts(struct pass *p, size_t from, size_t to)
{
	int rc = 0;

	for (size_t i = from; rc == 0 && i < to; i++)
		if (p->m->parts[i].feeds & p->feeds)
			rc = hash_part(p, p->m->parts[i].bytes);
	return rc;
}

static EVP_MD_CTX *
copy_of(const EVP_MD_CTX *ctx)
{
	EVP_MD_CTX *out = EVP_MD_CTX_new();

	if (!out || EVP_MD_CTX_copy_ex(out, ctx) != 1)
		hs_die_out_of_memory();
	return out;
}

static int
measure_pcr0(struct measuring *m, struct pass *p)
{
	int rc = hash_parts(p, 0, m->n_boot);

	if (m->pcr1_begins_pcr0)
		m->out->pcr[1] = finish_extended(m->md, copy_of(p->hash));
	if (rc == 0)
		rc = hash_parts(p, m->n_boot, m->n_parts);
	m->out->pcr[0] = finish_extended(m->md, p->hash);
	return rc;
}

static int
measure_pcr1(struct measuring *m, struct pass *p)
{
	const int rc = hash_parts(p, 0, m->n_boot);

	m->out->pcr[1] = finish_extended(m->md, p->hash);
	return rc;
}

static int
measure_pcr2(struct measuring *m, struct pass *p)
{
	int rc = hash_parts(p, 0, m->n_parts);

	m->out->pcr[2] = finish_extended(m->md, p->hash);
	if (rc == 0 && p->sums)
		rc = sum_until(p, NULL);
	m->out->crc = p->crc;
	return rc;
}

static void
measure_one(void *ctx, size_t i, struct hs_worker *w)
{
	/* The longest first. */
	static const struct {
		unsigned feeds;
		int (*measure)(struct measuring *m, struct pass *p);
	} rounds[] = {
		{ FEEDS_PCR0, measure_pcr0 },
		{ FEEDS_PCR2, measure_pcr2 },
		{ FEEDS_PCR1, measure_pcr1 },
	};
	struct measuring *m = ctx;
	struct pass p = {
		.m = m,
		.err = &m->err[i],
		.hash = begin(m->md),
		.feeds = rounds[i].feeds,
		.counts = rounds[i].feeds == FEEDS_PCR0,
		.sums = rounds[i].feeds == FEEDS_PCR2 && m->file.len > 0,
	};

	(void)w;
	m->rc[i] = rounds[i].measure(m, &p);
}

/* Whether what comes behind the first ramdisk feeds PCR0 only: then PCR1 is a beginning of it. */
static void
find_boot(struct measuring *m)
{
	m->pcr1_begins_pcr0 = true;
	m->n_boot = 0;
	for (size_t i = 0; i < m->n_parts; i++)
		if (m->parts[i].feeds & FEEDS_PCR1)
			m->n_boot = i + 1;
	for (size_t i = 0; i < m->n_boot; i++)
		if (m->parts[i].feeds == (FEEDS_PCR0 | FEEDS_PCR2) && m->parts[i].bytes.len > 0)
			m->pcr1_begins_pcr0 = false;
}

static int
measure(struct measuring *m, struct hs_worker *w, struct hs_err *err)
{
	find_boot(m);
	hs_pool_each(w, m->pcr1_begins_pcr0 ? 2 : 3, measure_one, m);
	for (size_t i = 0; i < 3; i++) {
		if (m->rc[i] < 0) {
			*err = m->err[i];
			return m->rc[i];
		}
	}
	return 0;
}

static void
add_part(struct parts *p, enum hs_eif_type type, struct hs_span bytes, bool first_ramdisk)
{
	unsigned feeds = FEEDS_PCR0;

	if (type != HS_EIF_KERNEL && type != HS_EIF_CMDLINE && type != HS_EIF_RAMDISK)
		return;
	feeds |= type != HS_EIF_RAMDISK || first_ramdisk ? FEEDS_PCR1 : FEEDS_PCR2;
	if (p->n == p->room) {
		p->room = p->room ? 2 * p->room : 16;
		p->list = hs_realloc(p->list, p->room, sizeof(*p->list));
	}
	p->list[p->n++] = (struct part){ bytes, feeds };
}

int
hs_pcrs_of_eif(struct hs_pcrs *out, struct hs_run *run, struct hs_worker *w,
               const struct hs_eif *eif, struct hs_err *err)
{
	struct parts parts = { .n = 0 };
	struct measuring m = {
		.run = run,
		.md = md_of(HS_PCR_SHA384),
		.file = eif->file,
		.out = out,
	};
	int rc;

	*out = (struct hs_pcrs){ .crc = 0 };
	for (size_t i = 0; i < eif->n_sections; i++) {
		const struct hs_eif_section *s = &eif->sections[i];

		add_part(&parts, s->type, s->data, s->ordinal == 1);
	}
	m.parts = parts.list;
	m.n_parts = parts.n;
	rc = measure(&m, w, err);
	free(parts.list);
	return rc;
}

int
hs_pcrs_of_plan(struct hs_pcrs *out, struct hs_run *run, const struct hs_eif_plan *plan,
                enum hs_pcr_algo algo, struct hs_err *err)
{
	struct parts parts = { .n = 0 };
	struct measuring m = { .run = run, .md = md_of(algo), .out = out };
	unsigned n_ramdisks = 0;
	int rc;

	*out = (struct hs_pcrs){ .crc = 0 };
	for (size_t i = 0; i < plan->n_sections; i++) {
		const struct hs_eif_plan_section *s = &plan->sections[i];

		n_ramdisks += s->type == HS_EIF_RAMDISK;
		for (size_t j = 0; j < s->data.n; j++)
			add_part(&parts, (enum hs_eif_type)s->type, s->data.list[j],
			         n_ramdisks == 1);
	}
	m.parts = parts.list;
	m.n_parts = parts.n;
	rc = measure(&m, hs_pool_main(run->pool), err);
	free(parts.list);
	return rc;
}

struct hs_pcr
hs_pcr_of_bytes(struct hs_span bytes, enum hs_pcr_algo algo)
{
	EVP_MD_CTX *ctx = begin(md_of(algo));

	update(ctx, bytes);
	return finish_extended(md_of(algo), ctx);
}

struct hs_pcr
hs_pcr_of_text(struct hs_span text)
{
	return extended(md_of(HS_PCR_SHA384), text);
}

char *
hs_pcr_hex(char *out, const struct hs_pcr *pcr)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < pcr->size; i++) {
		out[2 * i] = hex[pcr->bytes[i] >> 4];
		out[2 * i + 1] = hex[pcr->bytes[i] & 15];
	}
	out[2 * pcr->size] = 0;
	return out;
}

static int
digit_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
hs_pcr_parse(struct hs_pcr *out, struct hs_span hex)
{
	struct hs_pcr pcr = { .size = hex.len / 2 };

	if (hex.len != 96 && hex.len != 64 && hex.len != 128)
		return false;
	for (size_t i = 0; i < pcr.size; i++) {
		const int high = digit_of(hex.at[2 * i]);
		const int low = digit_of(hex.at[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		pcr.bytes[i] = (uint8_t)(high << 4 | low);
	}
	*out = pcr;
	return true;
}

bool
hs_pcr_equal(const struct hs_pcr *a, const struct hs_pcr *b)
{
	return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}
