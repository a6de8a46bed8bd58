/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xar (the format of macOS packages):
 *
 *	4 bytes   "xar!"
 *	2 bytes   size of the header; all numbers are big-endian
 *	2 bytes   version
 *	16 bytes  size of the table of contents, packed and unpacked (8 each)
 *	4 bytes   checksum: 0 none, 1 SHA-1, 2 MD5, 3 one with a name that follows
 *	...       the table of contents: XML, packed with zlib
 *	heap      the checksum of the table, then contents and attributes, by its offsets
 *
 * The table holds its own creation time, which differs in every build, and for
 * each member what stat() said on the machine that packed: times, owners, and
 * the numbers of inode and device. A signature differs whenever it is made.
 */
#include "comparators/archive/archive_members.h"
#include "core/codec.h"

#include <archive.h>
#include <zlib.h>

enum { LEAST_HEADER = 28 };

/* As much of the table as holds what stands before its first member. */
enum { TOC_HEAD = 16 * 1024 };

struct header {
	unsigned size, version, checksum;
	uint64_t packed, unpacked;
	struct hs_span toc, heap;
	bool cut;
};

static unsigned
xar_bid(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("xar!\0")) ? 40 : 0;
}

static struct header
read_header(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	struct header h = { 0 };

	hs_take(&c, 4);
	h.size = (unsigned)hs_take_be(&c, 2);
	h.version = (unsigned)hs_take_be(&c, 2);
	h.packed = hs_take_be(&c, 8);
	h.unpacked = hs_take_be(&c, 8);
	h.checksum = (unsigned)hs_take_be(&c, 4);
	h.cut = c.cut || h.size < LEAST_HEADER || !hs_span_part(&h.toc, file, h.size, h.packed);
	if (!h.cut)
		h.heap = hs_span_from(file, h.size + h.packed);
	return h;
}

/* What stands behind `mark`, up to the next `stop`; empty where there is none. */
static struct hs_span
text_after(struct hs_span toc, const char *mark, char stop)
{
	const size_t len = strlen(mark);
	const uint8_t *at = toc.len ? memmem(toc.at, toc.len, mark, len) : NULL;
	struct hs_span rest;
	const uint8_t *end;

	if (!at)
		return (struct hs_span){ NULL, 0 };
	rest = hs_span_from(toc, (uint64_t)(at - toc.at) + len);
	end = rest.len ? memchr(rest.at, stop, rest.len) : NULL;
	return hs_span_head(rest, end ? (uint64_t)(end - rest.at) : 0);
}

/* The front of the table of contents; less of it where it is damaged. */
static struct hs_span
unpack_head(struct hs_arena *a, struct hs_span toc)
{
	uint8_t *at = hs_arena_alloc(a, TOC_HEAD);
	z_stream z = { 0 };

	if (inflateInit(&z) != Z_OK)
		hs_die_out_of_memory();
	/* The library reads from it only. */
	z.next_in = (uint8_t *)(uintptr_t)toc.at;
	z.avail_in = (unsigned)hs_span_head(toc, 1U << 30).len;
	z.next_out = at;
	z.avail_out = TOC_HEAD;
	(void)inflate(&z, Z_SYNC_FLUSH);
	inflateEnd(&z);
	return (struct hs_span){ at, TOC_HEAD - z.avail_out };
}

static void
say_where_told(struct hs_facts *out, const char *field, struct hs_span value)
{
	if (value.len > 0)
		hs_say_value(out, field, value);
}

static int
xar_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	static const char *const checksums[] = { "none", "SHA-1", "MD5", "named" };
	const struct header h = read_header(file);
	struct hs_span toc;

	if (h.cut)
		return hs_fail(err, HS_EFORMAT, "the xar header or its table is cut short");
	hs_say_u64(out, "version", h.version);
	hs_sayf(out, "checksum", "%u (%s)", h.checksum,
	        h.checksum < 4 ? checksums[h.checksum] : "not known");
	toc = unpack_head(out->arena, h.toc);
	say_where_told(out, "creation time", text_after(toc, "<creation-time>", '<'));
	say_where_told(out, "checksum style", text_after(toc, "<checksum style=\"", '"'));
	say_where_told(out, "signature style", text_after(toc, "<signature style=\"", '"'));
	return 0;
}

/* A number in decimal at the front of `s`; UINT64_MAX for one too large. */
static uint64_t
decimal(struct hs_span s)
{
	uint64_t v = 0;

	for (size_t i = 0; i < s.len && s.at[i] >= '0' && s.at[i] <= '9'; i++)
		if (__builtin_mul_overflow(v, UINT64_C(10), &v) ||
		    __builtin_add_overflow(v, (uint64_t)(s.at[i] - '0'), &v))
			return UINT64_MAX;
	return v;
}

/* What one element of the table takes of the heap. */
struct extent {
	uint64_t offset, length, size;
	bool has_length;
};

/* Reads one tag; at the end of an element of the heap, moves `end` behind it. */
static void
take_tag(struct hs_span tag, struct extent *x, uint64_t *end)
{
	static const char *const owners[] = { "data", "ea", "checksum", "signature" };
	uint64_t behind;

	if (hs_span_starts(tag, HS_SPAN("offset>")))
		x->offset = decimal(hs_span_from(tag, 7));
	if (hs_span_starts(tag, HS_SPAN("size>")))
		x->size = decimal(hs_span_from(tag, 5));
	if (hs_span_starts(tag, HS_SPAN("length>"))) {
		x->length = decimal(hs_span_from(tag, 7));
		x->has_length = true;
	}
	for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++) {
		const struct hs_span name = hs_span_of(owners[i]);
		const bool closes = tag.len > 0 && tag.at[0] == '/';

		if (!hs_span_starts(hs_span_from(tag, closes), name))
			continue;
		if (closes &&
		    !__builtin_add_overflow(x->offset, x->has_length ? x->length : x->size,
		                            &behind) &&
		    behind > *end)
			*end = behind;
		*x = (struct extent){ 0 };
	}
}

/* Where the last content of the heap ends, by the table. */
static uint64_t
heap_end(struct hs_span toc)
{
	struct extent x = { 0 };
	uint64_t end = 0;

	while (toc.len > 0) {
		const uint8_t *at = memchr(toc.at, '<', toc.len);

		if (!at)
			break;
		toc = hs_span_from(toc, (uint64_t)(at - toc.at) + 1);
		take_tag(toc, &x, &end);
	}
	return end;
}

static const struct hs_tree_ops ops = { .describe = hs_archive_members_describe };

static const struct hs_archive_format format = {
	.enable = archive_read_support_format_xar,
	.records = HS_HAS_MODE | HS_HAS_OWNER | HS_HAS_NAMES | HS_HAS_MTIME | HS_HAS_ATIME |
	           HS_HAS_CTIME | HS_HAS_BIRTHTIME | HS_HAS_DEVICE,
	.ops = &ops,
};

static int
xar_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct header h = read_header(file);
	struct hs_inflated toc;
	uint64_t end;
	int rc;

	if (h.cut)
		return hs_fail(err, HS_EFORMAT, "the xar header or its table is cut short");
	rc = hs_inflate(&toc, HS_CODEC_ZLIB, h.toc, out->run, err);
	end = rc == 0 ? heap_end(toc.blob->bytes) : 0;
	hs_blob_unref(toc.blob);
	if (rc == 0)
		rc = hs_archive_members_expand(out, file, &format, err);
	if (rc == 0 && end < h.heap.len)
		rc = hs_tree_add_gap(out, "after the end", hs_span_from(h.heap, end), err);
	return rc;
}

const struct hs_comparator hs_comparator_xar = {
	.name = "xar",
	.about = "xar: creation time, checksum and members with their metadata",
	.known_by = "\"xar!\" at 0",
	.library = "libarchive",
	.shape = HS_SHAPE_TREE,
	.bid = xar_bid,
	.describe = xar_describe,
	.expand = xar_expand,
};
