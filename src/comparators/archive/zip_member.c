/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_member.h"

#include "core/codec.h"
#include "core/crc32.h"
#include "core/spool.h"

#include <inttypes.h>
#include <sys/stat.h>

/* Hosts whose external attributes hold a Unix mode in their upper half (4.4.2). */
enum { HOST_UNIX = 3, HOST_BEOS = 16, HOST_DARWIN = 19 };

enum {
	DOS_DIRECTORY = 0x10,
	OFFSET_AT = 42,  /* in a record of the directory */
	LZMA_HEADER = 4, /* version and size of the properties */
	LZMA_PROPERTIES = 5,
};

static const struct {
	const char *name;
	unsigned method;
	enum hs_codec codec;
} methods[] = {
	{ "stored", HS_ZIP_STORED, HS_CODEC_NONE },
	{ "shrink", 1, HS_CODEC_NONE },
	{ "reduce 1", 2, HS_CODEC_NONE },
	{ "reduce 2", 3, HS_CODEC_NONE },
	{ "reduce 3", 4, HS_CODEC_NONE },
	{ "reduce 4", 5, HS_CODEC_NONE },
	{ "implode", 6, HS_CODEC_NONE },
	{ "deflate", HS_ZIP_DEFLATE, HS_CODEC_DEFLATE },
	{ "deflate64", HS_ZIP_DEFLATE64, HS_CODEC_NONE },
	{ "PKWARE implode", 10, HS_CODEC_NONE },
	{ "bzip2", HS_ZIP_BZIP2, HS_CODEC_BZIP2 },
	{ "lzma", HS_ZIP_LZMA, HS_CODEC_LZMA },
	{ "zstd", HS_ZIP_ZSTD, HS_CODEC_ZSTD },
	{ "mp3", 94, HS_CODEC_NONE },
	{ "xz", HS_ZIP_XZ, HS_CODEC_XZ },
	{ "jpeg", 96, HS_CODEC_NONE },
	{ "wavpack", 97, HS_CODEC_NONE },
	{ "ppmd", 98, HS_CODEC_NONE },
	{ "aes", HS_ZIP_AES, HS_CODEC_NONE },
};

enum { N_METHODS = sizeof(methods) / sizeof(methods[0]) };

static size_t
find_method(unsigned method)
{
	size_t i = 0;

	while (i < N_METHODS && methods[i].method != method)
		i++;
	return i;
}

const char *
hs_zip_method_name(struct hs_arena *a, unsigned method)
{
	const size_t i = find_method(method);

	return i < N_METHODS ? methods[i].name : hs_arena_printf(a, "method %u", method);
}

bool
hs_zip_is_readable(const struct hs_zip_header *h)
{
	const size_t i = find_method(h->method);

	if (h->flags & HS_ZIP_ENCRYPTED)
		return false;
	return h->method == HS_ZIP_STORED || (i < N_METHODS && methods[i].codec != HS_CODEC_NONE);
}

const struct hs_zip_header *
hs_zip_header_of(const struct hs_zip_member *m)
{
	return m->has_central ? &m->central : &m->local;
}

void
hs_zip_locate(struct hs_zip_member *m, struct hs_span file, uint64_t at)
{
	struct hs_cursor c = { .rest = hs_span_from(file, at) };
	const struct hs_zip_header *h;

	m->start = m->end = at;
	m->has_local = hs_zip_take_local(&m->local, &c);
	if (!m->has_local)
		return;
	h = hs_zip_header_of(m);
	m->data = hs_span_head(c.rest, h->packed);
	if (h->flags & HS_ZIP_DESCRIPTOR || m->local.flags & HS_ZIP_DESCRIPTOR) {
		const struct hs_span rest = hs_span_from(c.rest, h->packed);

		m->descriptor = hs_span_head(rest, hs_zip_descriptor(h, rest, m->local.zip64));
	}
	m->end = at + m->local.raw.len + m->data.len + m->descriptor.len;
}

static uint8_t *
put(uint8_t *to, struct hs_span s)
{
	if (s.len)
		memcpy(to, s.at, s.len);
	return to + s.len;
}

/* The offset says where the local header stands, which is no property of the member. */
static void
clear_offset(uint8_t *record, const struct hs_zip_header *h)
{
	if (h->zip64_offset.len)
		memset(record + (h->zip64_offset.at - h->raw.at), 0, h->zip64_offset.len);
	else if (h->raw.len)
		memset(record + OFFSET_AT, 0, 4);
}

struct hs_span
hs_zip_head(struct hs_arena *a, const struct hs_zip_member *m, bool has_content)
{
	const struct hs_span data = has_content ? (struct hs_span){ NULL, 0 } : m->data;
	const size_t len = m->central.raw.len + m->local.raw.len + m->descriptor.len + data.len;
	uint8_t *head = hs_arena_alloc(a, len), *to = head;

	to = put(to, m->central.raw);
	if (m->has_central)
		clear_offset(head, &m->central);
	to = put(to, m->local.raw);
	to = put(to, m->descriptor);
	put(to, data);
	return (struct hs_span){ head, len };
}

void
hs_zip_take_head(struct hs_zip_member *out, const struct hs_entry *e)
{
	struct hs_cursor c = { .rest = e->head };
	struct hs_cursor ahead;

	*out = (struct hs_zip_member){ .data = e->bytes };
	ahead = c;
	out->has_central = hs_zip_take_central(&out->central, &ahead);
	if (out->has_central)
		c = ahead;
	ahead = c;
	out->has_local = hs_zip_take_local(&out->local, &ahead);
	if (out->has_local)
		c = ahead;
	out->descriptor = c.rest;
	if (e->kind != HS_KIND_FILE && e->kind != HS_KIND_OTHER && c.rest.len >= e->bytes.len)
		out->descriptor.len -= e->bytes.len;
}

uint32_t
hs_zip_mode(const struct hs_zip_member *m)
{
	const unsigned host = m->central.made_by >> 8;

	if (host != HOST_UNIX && host != HOST_BEOS && host != HOST_DARWIN)
		return 0;
	return m->central.external >> 16;
}

enum hs_kind
hs_zip_kind(const struct hs_zip_member *m)
{
	const struct hs_zip_header *h = hs_zip_header_of(m);
	const uint32_t mode = hs_zip_mode(m);

	if (mode & S_IFMT)
		return hs_kind_of_mode(mode);
	if (hs_span_ends(h->name, HS_SPAN("/")) && h->size == 0)
		return HS_KIND_DIR;
	return mode == 0 && h->external & DOS_DIRECTORY ? HS_KIND_DIR : HS_KIND_FILE;
}

/* What the stream says of itself stands in another order than in a .lzma file (5.8). */
static int
as_lzma_file(struct hs_blob **out, const struct hs_tree *t, const struct hs_zip_header *h,
             struct hs_span data, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(data, LZMA_HEADER - 2) };
	const uint64_t n_properties = hs_take_le(&c, 2);
	const struct hs_span properties = hs_take(&c, LZMA_PROPERTIES);
	const uint64_t size = h->flags & HS_ZIP_LZMA_EOS ? UINT64_MAX : h->size;
	uint8_t head[LZMA_PROPERTIES + 8];
	struct hs_spool_writer w;
	int rc = 0;

	if (c.cut || n_properties != LZMA_PROPERTIES)
		return hs_fail(err, HS_EFORMAT, "the lzma header is malformed");
	memcpy(head, properties.at, LZMA_PROPERTIES);
	for (size_t i = 0; i < 8; i++)
		head[LZMA_PROPERTIES + i] = (uint8_t)(size >> 8 * i);
	hs_spool_begin(&w, t->run->spool);
	for (struct hs_span rest = { head, sizeof(head) }; rc == 0 && rest.len > 0;) {
		size_t room;
		uint8_t *to = hs_spool_room(&w, &room);
		const struct hs_span piece = hs_span_head(rest, room);

		put(to, piece);
		rc = hs_spool_took(&w, piece.len, err);
		rest = hs_span_from(rest, piece.len);
		if (rest.len == 0 && c.rest.len > 0) {
			rest = c.rest;
			c.rest.len = 0;
		}
	}
	if (rc == 0)
		rc = hs_spool_end(&w, out, err);
	if (rc < 0)
		hs_spool_drop(&w);
	return rc;
}

static int
inflate(struct hs_content *out, const struct hs_tree *t, const struct hs_zip_header *h,
        struct hs_span data, struct hs_err *err)
{
	const enum hs_codec codec = methods[find_method(h->method)].codec;
	struct hs_inflated got = { 0 };
	struct hs_blob *lzma = NULL;
	int rc = 0;

	if (codec == HS_CODEC_LZMA) {
		rc = as_lzma_file(&lzma, t, h, data, err);
		data = lzma ? lzma->bytes : (struct hs_span){ NULL, 0 };
	}
	if (rc == 0)
		rc = hs_inflate(&got, codec, data, t->run, err);
	if (got.blob)
		*out = (struct hs_content){ .blob = got.blob, .bytes = got.blob->bytes };
	if (rc == 0 && got.consumed < data.len)
		rc = hs_fail(err, HS_EFORMAT, "%" PRIu64 " bytes follow the end of its %s stream",
		             data.len - got.consumed, hs_codec_name(codec));
	hs_blob_unref(lzma);
	return rc;
}

int
hs_zip_read(struct hs_content *out, const struct hs_tree *t, const struct hs_zip_header *h,
            struct hs_span data, struct hs_err *err)
{
	uint32_t crc;
	int rc;

	*out = (struct hs_content){ 0 };
	if (h->method == HS_ZIP_STORED)
		*out = hs_content_of(t->blob, data);
	rc = h->method == HS_ZIP_STORED ? 0 : inflate(out, t, h, data, err);
	if (rc < 0)
		return rc;
	if (out->bytes.len != h->size)
		return hs_fail(err, HS_EFORMAT,
		               "its content has %zu bytes, its header says %" PRIu64,
		               out->bytes.len, h->size);
	crc = hs_crc32(out->bytes);
	if (crc != h->crc)
		return hs_fail(err, HS_EFORMAT,
		               "the crc of its content is 0x%08" PRIx32
		               ", its header says 0x%08" PRIx32,
		               crc, h->crc);
	return 0;
}
