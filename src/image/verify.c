/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one member of an image claims of another, checked against the bytes:
 * size and digest against the descriptor, data against the blob, the digest
 * of an uncompressed layer against its diff_id, a blob's file name against
 * its content. Each claim has its own sentence. Compressed layers are checked
 * against their diff_id when they are unpacked.
 */
#include "image/image.h"

#include "core/digest_task.h"

#include <inttypes.h>
#include <stdlib.h>

/* Between two looks at the clock. */
#define PIECE (UINT64_C(4) << 20)

/* Both digests and their algorithms fit into a remark. */
enum { DIGEST_TEXT = sizeof("sha512:") + HS_SHA512_HEX };

struct job {
	struct hs_image *image;
	struct hs_member **members; /* the largest first, so that none of them is the tail */
	bool wait;                  /* for those that the other side hashes just now */
};

static int
hash_pieces(struct hs_sha256 *out, struct hs_run *run, struct hs_span bytes, struct hs_err *err)
{
	struct hs_sha256_stream stream;
	int rc = 0;

	hs_sha256_init(&stream);
	while (bytes.len && rc == 0) {
		hs_sha256_beside(&stream, hs_span_head(bytes, PIECE), run->pool);
		bytes = hs_span_from(bytes, PIECE);
		rc = hs_run_check(run, err);
	}
	hs_sha256_final(&stream, out);
	return rc;
}

/* 1 where the same bytes are being hashed for the other side. */
static int
hash_member(struct hs_member *m, const struct job *job, const struct hs_content *content)
{
	struct hs_run *run = job->image->under.run;
	int rc;

	switch (hs_digests_ask(&m->sha256, run->digests, content, job->wait)) {
	case HS_DIGESTS_BUSY:
		return 1;
	case HS_DIGESTS_KNOWN:
		return 0;
	default:
		rc = hash_pieces(&m->sha256, run, content->bytes, &m->trouble);
		hs_digests_tell(run->digests, content, rc == 0 ? &m->sha256 : NULL);
		return rc;
	}
}

/* Only the digest of a packed layer that no descriptor gives is still needed: it is reported. */
static bool
is_trusted(const struct hs_member *m, const struct hs_run *run)
{
	return run->trust_digests &&
	       (m->claim.text.len || !m->is_layer || m->codec == HS_CODEC_NONE);
}

/* Whether anything states a digest of it. */
static bool
is_claimed(const struct hs_member *m)
{
	return m->claim.text.len || m->name.text.len || m->is_layer;
}

static void
read_member(void *ctx, size_t i, struct hs_worker *w)
{
	const struct job *job = ctx;
	struct hs_member *m = job->members[i];
	struct hs_run *run = job->image->under.run;
	struct hs_content content;
	int rc;

	(void)w;
	if (job->wait && !m->postponed)
		return;
	m->postponed = false;
	rc = hs_image_open(&content, job->image, m->entry, &m->trouble);
	if (rc == 0) {
		m->size = content.bytes.len;
		m->codec = hs_codec_of(content.bytes);
		m->trusted = is_trusted(m, run);
	}
	if (rc == 0 && m->trusted && is_claimed(m)) {
		atomic_fetch_add_explicit(&run->trusted, 1, memory_order_relaxed);
	} else if (rc == 0 && !m->trusted) {
		rc = hash_member(m, job, &content);
		m->postponed = rc > 0;
		if (rc == 0 && m->wants_sha512)
			m->sha512 = hs_sha512(content.bytes);
	}
	m->read = rc == 0;
	hs_content_release(&content);
}

/* "sha256:..." of the member, in the algorithm that is asked for. */
static const char *
digest_text(char *out, const struct hs_member *m, enum hs_digest_alg alg)
{
	char hex[HS_SHA512_HEX];

	if (alg == HS_DIGEST_SHA512)
		snprintf(out, DIGEST_TEXT, "sha512:%s", hs_sha512_hex(hex, &m->sha512));
	else
		snprintf(out, DIGEST_TEXT, "sha256:%s", hs_sha256_hex(hex, &m->sha256));
	return out;
}

/* Whether what is claimed holds; true as well where it cannot be checked. `is` gets the truth. */
static bool
fits(char *is, const struct hs_member *m, const struct hs_digest *claimed)
{
	digest_text(is, m, claimed->alg);
	return claimed->text.len == 0 || claimed->alg == HS_DIGEST_OTHER ||
	       hs_span_is(claimed->text, is);
}

/* The compression that a layer's media type states; false where it states none that is known. */
static bool
codec_of_type(enum hs_codec *out, struct hs_span type)
{
	static const struct {
		const char *end;
		enum hs_codec codec;
	} ends[] = {
		{ ".tar", HS_CODEC_NONE },      { ".tar+gzip", HS_CODEC_GZIP },
		{ ".tar.gzip", HS_CODEC_GZIP }, { ".tar+zstd", HS_CODEC_ZSTD },
		{ ".tar.zstd", HS_CODEC_ZSTD },
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		*out = ends[i].codec;
		if (hs_span_ends(type, hs_span_of(ends[i].end)))
			return true;
	}
	return false;
}

/* Readers go by the magic: tools that repack layers keep the type that was there. */
static void
check_media_type(struct hs_part *p, struct hs_arena *a)
{
	enum hs_codec codec;

	if (p->kind != HS_PART_LAYER || !codec_of_type(&codec, p->descriptor->media_type) ||
	    codec == p->member->codec)
		return;
	hs_remarks_add(&p->remarks, a, HS_REMARK_MEDIA_TYPE,
	               "its compression is %s, its media type says %s",
	               hs_codec_name(p->member->codec), hs_codec_name(codec));
}

static void
check_digest(struct hs_part *p, struct hs_arena *a)
{
	const struct hs_descriptor *d = p->descriptor;
	const struct hs_member *m = p->member;
	char is[DIGEST_TEXT];

	p->verified = d->valid && d->size == m->size && d->digest.alg != HS_DIGEST_OTHER &&
	              fits(is, m, &d->digest);
	if (!fits(is, m, &d->digest))
		hs_remarks_add(&p->remarks, a, HS_REMARK_DIGEST,
		               "its content is %s, its descriptor says %.*s", is,
		               (int)d->digest.text.len, (const char *)d->digest.text.at);
	if (d->has_data && (d->data.len != m->size ||
	                    memcmp(hs_sha256(d->data).bytes, m->sha256.bytes, HS_SHA256_SIZE) != 0))
		hs_remarks_add(&p->remarks, a, HS_REMARK_DATA,
		               "the data in its descriptor is not its content");
}

static void
check_descriptor(struct hs_part *p, struct hs_arena *a)
{
	const struct hs_descriptor *d = p->descriptor;
	const struct hs_member *m = p->member;

	if (d->valid && d->size != m->size)
		hs_remarks_add(&p->remarks, a, HS_REMARK_SIZE,
		               "it is %" PRIu64 " bytes long, its descriptor says %" PRIu64,
		               m->size, d->size);
	if (m->trusted)
		p->verified = d->valid && d->size == m->size;
	else
		check_digest(p, a);
	if (d->digest.alg == HS_DIGEST_OTHER && d->digest.text.len)
		hs_remarks_add(&p->remarks, a, HS_REMARK_ODD_DIGEST,
		               "its digest is of a kind that is not checked: %.*s",
		               (int)hs_span_head(d->digest.algorithm, 64).len,
		               (const char *)d->digest.algorithm.at);
	check_media_type(p, a);
}

static void
check_part(struct hs_part *p, struct hs_arena *a)
{
	const struct hs_member *m = p->member;
	char is[DIGEST_TEXT];

	if (!m->read) {
		hs_remarks_add(&p->remarks, a, hs_remark_of(&m->trouble), "not verified: %s",
		               m->trouble.text);
		return;
	}
	if (p->descriptor)
		check_descriptor(p, a);
	if (m->trusted)
		return;
	if (!fits(is, m, &p->file_name))
		hs_remarks_add(&p->remarks, a, HS_REMARK_NAME_HINT,
		               "its content is %s, not what its name says", is);
	if (p->kind == HS_PART_LAYER && m->codec == HS_CODEC_NONE && !fits(is, m, &p->diff_id))
		hs_remarks_add(&p->remarks, a, HS_REMARK_DIFF_ID,
		               "its content is %s, its diff_id is %.*s", is,
		               (int)p->diff_id.text.len, (const char *)p->diff_id.text.at);
}

/* What tells the stored bytes apart from others: their digest, or the one that is believed. */
static void
set_identity(struct hs_part *p, struct hs_arena *a)
{
	struct hs_member *m = p->member;
	char hex[HS_SHA256_HEX];

	if (!m->read || m->identity.len)
		return;
	if (!m->trusted)
		m->identity = hs_arena_span(a, "sha256:%s", hs_sha256_hex(hex, &m->sha256));
	else if (p->verified)
		m->identity = m->claim.text;
	else if (!p->descriptor && p->kind == HS_PART_LAYER && m->codec == HS_CODEC_NONE)
		m->identity = p->diff_id.text;
}

/* Where no descriptor says more than the file name does. */
static void
check_name(struct hs_member *m, struct hs_arena *a)
{
	char is[DIGEST_TEXT];

	if (m->read && !m->trusted && !fits(is, m, &m->name))
		hs_remarks_add(&m->remarks, a, HS_REMARK_NAME,
		               "its content is %s, which is not what its file name says", is);
}

/* The digest in a name "blobs/sha256/1b2c..."; none in any other. */
static void
name_digest(struct hs_digest *out, struct hs_arena *a, struct hs_span key)
{
	const struct hs_span dir = HS_SPAN("blobs/");
	const struct hs_span rest = hs_span_from(key, dir.len);
	const uint8_t *slash = rest.len ? memchr(rest.at, '/', rest.len) : NULL;
	struct hs_err err;
	uint8_t *text;

	if (!hs_span_starts(key, dir) || !slash || rest.len > DIGEST_TEXT)
		return;
	text = hs_arena_alloc(a, rest.len);
	memcpy(text, rest.at, rest.len);
	text[slash - rest.at] = ':';
	if (hs_digest_parse(out, (struct hs_span){ text, rest.len }, &err) < 0)
		*out = (struct hs_digest){ 0 };
}

static void
take_names(struct hs_image *image)
{
	for (size_t i = 0; i < image->under.n_entries; i++) {
		const struct hs_entry *e = &image->under.entries[i];
		struct hs_digest name = { 0 };

		if (e->kind != HS_KIND_FILE && e->kind != HS_KIND_HARDLINK)
			continue;
		name_digest(&name, &image->tree->arena, e->key);
		if (name.text.len) {
			hs_image_member(image, i)->name = name;
			hs_image_member(image, i)->wants_sha512 |= name.alg == HS_DIGEST_SHA512;
		}
	}
}

/* What the documents say of a part's member that has a say in how it is read. */
static void
take_claims(struct hs_part *p)
{
	const struct hs_descriptor *d = p->descriptor;
	struct hs_member *m = p->member;

	m->wants_sha512 |= p->diff_id.alg == HS_DIGEST_SHA512 ||
	                   p->file_name.alg == HS_DIGEST_SHA512 ||
	                   (d && d->digest.alg == HS_DIGEST_SHA512);
	m->described |= d != NULL;
	m->is_layer |= p->kind == HS_PART_LAYER;
	if (d && d->valid && d->digest.alg != HS_DIGEST_OTHER)
		m->claim = d->digest;
}

static int
by_size(const void *x, const void *y)
{
	const struct hs_member *a = *(struct hs_member *const *)x;
	const struct hs_member *b = *(struct hs_member *const *)y;

	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

void
hs_image_verify(struct hs_image *image)
{
	struct hs_arena *a = &image->tree->arena;
	struct job job = { .image = image };
	size_t n = 0;

	take_names(image);
	for (size_t i = 0; i < image->n_parts; i++)
		take_claims(image->parts[i]);
	job.members = hs_arena_array(a, image->under.n_entries, sizeof(struct hs_member *));
	for (size_t i = 0; i < image->under.n_entries; i++) {
		struct hs_member *m = image->members[i];

		if (!m || (!m->has_parts && m->name.text.len == 0))
			continue;
		m->size = image->under.entries[i].size;
		job.members[n++] = m;
	}
	if (n)
		qsort(job.members, n, sizeof(struct hs_member *), by_size);
	hs_pool_each(image->tree->worker, n, read_member, &job);
	job.wait = true;
	hs_pool_each(image->tree->worker, n, read_member, &job);
	for (size_t i = 0; i < image->n_parts; i++) {
		check_part(image->parts[i], a);
		set_identity(image->parts[i], a);
	}
	for (size_t i = 0; i < n; i++)
		if (!job.members[i]->described)
			check_name(job.members[i], a);
}
