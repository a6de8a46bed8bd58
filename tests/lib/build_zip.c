/* SPDX-License-Identifier: Apache-2.0 */
#include "build_zip.h"

#include "core/crc32.h"

#include <zlib.h>

/* A member's numbers as they are written. */
struct numbers {
	uint32_t crc;
	uint64_t packed, size, offset;
	uint16_t flags;
};

static struct hs_span
deflated(struct hs_arena *a, struct hs_span content)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)content.at, .avail_in = (uInt)content.len };
	uint8_t *out;
	size_t room;

	deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
	room = deflateBound(&z, (uLong)content.len);
	out = hs_arena_alloc(a, room);
	z.next_out = out;
	z.avail_out = (uInt)room;
	deflate(&z, Z_FINISH);
	deflateEnd(&z);
	return (struct hs_span){ out, room - z.avail_out };
}

/* The extra field with sizes, and for the directory the offset, in 64 bits. */
static struct hs_span
zip64_field(struct build_zip *b, const struct numbers *n, bool central)
{
	struct grow g = { .arena = b->out.arena };

	grow_le(&g, 2, 1);
	grow_le(&g, 2, central ? 24 : 16);
	grow_le(&g, 8, n->size);
	grow_le(&g, 8, n->packed);
	if (central)
		grow_le(&g, 8, n->offset);
	return g.bytes;
}

static void
add_common(struct grow *g, const struct build_zip_member *m, const struct numbers *n, bool open)
{
	grow_le(g, 2, m->needed);
	grow_le(g, 2, n->flags);
	grow_le(g, 2, m->method);
	grow_le(g, 2, m->time);
	grow_le(g, 2, m->date);
	grow_le(g, 4, open ? 0 : n->crc);
	grow_le(g, 4, open ? 0 : m->zip64 ? UINT32_MAX : n->packed);
	grow_le(g, 4, open ? 0 : m->zip64 ? UINT32_MAX : n->size);
}

static void
add_local(struct build_zip *b, const struct build_zip_member *m, const struct numbers *n)
{
	const char *name = m->local_name ? m->local_name : m->name;
	struct hs_span more = { NULL, 0 };
	struct numbers local = *n;

	local.crc ^= m->local_crc_xor;
	if (m->zip64 && !m->descriptor)
		more = zip64_field(b, n, false);
	grow_text(&b->out, "PK\3\4");
	add_common(&b->out, m, &local, m->descriptor != BUILD_ZIP_NO_DESCRIPTOR);
	grow_le(&b->out, 2, strlen(name));
	grow_le(&b->out, 2, m->local_extra.len + more.len);
	grow_text(&b->out, name);
	grow_add(&b->out, more);
	grow_add(&b->out, m->local_extra);
}

static void
add_descriptor(struct build_zip *b, const struct build_zip_member *m, const struct numbers *n)
{
	const size_t width = m->descriptor > BUILD_ZIP_SIGNED ? 8 : 4;

	if (!m->descriptor)
		return;
	if (m->descriptor % 8 == 0)
		grow_text(&b->out, "PK\7\10");
	grow_le(&b->out, 4, n->crc);
	grow_le(&b->out, width, n->packed);
	grow_le(&b->out, width, n->size);
}

static void
add_record(struct build_zip *b, const struct build_zip_member *m, const struct numbers *n)
{
	const struct hs_span more =
		m->zip64 ? zip64_field(b, n, true) : (struct hs_span){ NULL, 0 };

	b->records.arena = b->out.arena;
	grow_text(&b->records, "PK\1\2");
	grow_le(&b->records, 2, m->made_by);
	add_common(&b->records, m, n, false);
	grow_le(&b->records, 2, strlen(m->name));
	grow_le(&b->records, 2, m->extra.len + more.len);
	grow_le(&b->records, 2, m->comment.len);
	grow_le(&b->records, 2, 0);
	grow_le(&b->records, 2, m->internal);
	grow_le(&b->records, 4, m->external);
	grow_le(&b->records, 4, m->zip64 ? UINT32_MAX : n->offset);
	grow_text(&b->records, m->name);
	grow_add(&b->records, more);
	grow_add(&b->records, m->extra);
	grow_add(&b->records, m->comment);
	b->n++;
}

void
build_zip_add(struct build_zip *b, const struct build_zip_member *m)
{
	const struct hs_span data = m->stored.len    ? m->stored
	                            : m->method == 8 ? deflated(b->out.arena, m->content)
	                                             : m->content;
	const struct numbers n = {
		.crc = hs_crc32(m->content) ^ m->crc_xor,
		.packed = data.len + (uint64_t)m->packed_more,
		.size = m->content.len + (uint64_t)m->size_more,
		.offset = b->out.bytes.len - b->base,
		.flags = (uint16_t)(m->flags | (m->descriptor ? 8 : 0)),
	};

	add_local(b, m, &n);
	grow_add(&b->out, data);
	add_descriptor(b, m, &n);
	add_record(b, m, &n);
}

static void
add_zip64_end(struct build_zip *b, uint64_t offset)
{
	const uint64_t at = b->out.bytes.len - b->base;

	grow_text(&b->out, "PK\6\6");
	grow_le(&b->out, 8, 44);
	grow_le(&b->out, 2, 0x032d);
	grow_le(&b->out, 2, 45);
	grow_le(&b->out, 8, 0);
	grow_le(&b->out, 8, b->n);
	grow_le(&b->out, 8, b->n);
	grow_le(&b->out, 8, b->records.bytes.len);
	grow_le(&b->out, 8, offset);
	grow_text(&b->out, "PK\6\7");
	grow_le(&b->out, 4, 0);
	grow_le(&b->out, 8, at);
	grow_le(&b->out, 4, 1);
}

void
build_zip_end(struct build_zip *b, struct hs_span comment)
{
	const uint64_t offset = b->out.bytes.len - b->base;

	b->directory = b->out.bytes.len;
	grow_add(&b->out, b->records.bytes);
	if (b->zip64)
		add_zip64_end(b, offset);
	b->end = b->out.bytes.len;
	grow_text(&b->out, "PK\5\6");
	grow_le(&b->out, 4, 0);
	grow_le(&b->out, 2, b->zip64 ? 0xffff : b->n);
	grow_le(&b->out, 2, b->zip64 ? 0xffff : b->n);
	grow_le(&b->out, 4, b->zip64 ? UINT32_MAX : b->records.bytes.len);
	grow_le(&b->out, 4, b->zip64 ? UINT32_MAX : offset);
	grow_le(&b->out, 2, comment.len);
	grow_add(&b->out, comment);
}
