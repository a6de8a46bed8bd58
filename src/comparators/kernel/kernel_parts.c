/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/kernel/kernel_parts.h"

#include "comparators/archive/member.h"

#include <inttypes.h>
#include <stdlib.h>

/* The number behind a compressed kernel. */
enum { SIZE_FIELD = 4 };

/* Zero bytes that are a line's own: more than any linker aligns by, less than a section. */
enum { MAX_FILL = 4096 };

void
hs_parts_add(struct hs_kernel_parts *p, const struct hs_kernel_part *part)
{
	struct hs_kernel_part *out;

	if (p->n_parts == HS_KERNEL_PARTS || part->len == 0 || part->at >= p->file.len)
		return;
	out = &p->parts[p->n_parts++];
	*out = *part;
	if (!out->packing)
		out->packing = "";
	if (out->len > p->file.len - out->at)
		out->len = p->file.len - out->at;
}

void
hs_parts_told(struct hs_kernel_parts *p, uint64_t at, uint64_t len)
{
	hs_parts_add(p, &(struct hs_kernel_part){ .at = at, .len = len });
}

void
hs_parts_line(struct hs_kernel_parts *p, struct hs_span line)
{
	if (line.len)
		hs_parts_add(p, &(struct hs_kernel_part){ .at = (uint64_t)(line.at - p->file.at),
		                                          .len = line.len,
		                                          .line = true });
}

void
hs_parts_region(struct hs_kernel_parts *p, struct hs_kernel_region region)
{
	if (p->n_regions == HS_KERNEL_REGIONS || region.len == 0 || region.at >= p->file.len)
		return;
	if (region.len > p->file.len - region.at)
		region.len = p->file.len - region.at;
	p->regions[p->n_regions++] = region;
}

/* ---- What is said of a part, and how it is opened ---- */

/* A part that is an entry; in the tree's arena. */
struct packed {
	struct hs_kernel_part part;
	uint64_t size_said; /* by the number behind its stream */
};

static void
describe(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct packed *p = e->more;
	const struct hs_meta meta = { .has = p ? 0 : HS_HAS_SIZE,
		                      .kind = e->kind,
		                      .size = e->size };

	(void)t;
	hs_say_meta(out, &meta);
	if (!p)
		return;
	hs_say_u64(out, "stored size", e->bytes.len);
	hs_say_word(out, "compression", p->part.packing);
	if (p->part.sized)
		hs_say_u64(out, "size behind the stream", p->size_said);
}

static int
open_part(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
          struct hs_err *err)
{
	const struct packed *p = e->more;
	struct hs_inflated got;
	const int rc = hs_inflate(&got, p->part.codec, e->bytes, t->run, err);

	*out = (struct hs_content){
		.blob = got.blob,
		.bytes = got.blob ? got.blob->bytes : (struct hs_span){ NULL, 0 },
	};
	if (rc < 0)
		return rc;
	if (got.consumed < e->bytes.len)
		return hs_fail(err, HS_EFORMAT, "%" PRIu64 " bytes follow the end of its %s stream",
		               e->bytes.len - got.consumed, p->part.packing);
	if (p->part.sized && p->size_said != (uint32_t)out->bytes.len)
		return hs_fail(
			err, HS_EFORMAT,
			"it unpacks to %zu bytes, the number behind its stream says %" PRIu64,
			out->bytes.len, p->size_said);
	return 0;
}

static const struct hs_tree_ops packed_ops = { .describe = describe, .open = open_part };

/* ---- The list ---- */

static int
part_order(const void *x, const void *y)
{
	const struct hs_kernel_part *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->len > b->len) - (a->len < b->len);
}

static int
add_bytes(struct hs_entry **out, struct hs_tree *t, const char *name, struct hs_span bytes,
          struct hs_err *err)
{
	const int rc = hs_member_add(out, t, hs_span_of(name), err);

	if (rc < 0)
		return rc;
	(*out)->kind = HS_KIND_FILE;
	(*out)->bytes = bytes;
	(*out)->size = bytes.len;
	return 0;
}

static int
add_part(struct hs_tree *t, struct hs_span file, const struct hs_kernel_part *part,
         struct hs_err *err)
{
	struct hs_facts facts = { .arena = &t->arena };
	struct hs_cursor c;
	struct packed *kept;
	struct hs_span bytes = hs_span_head(hs_span_from(file, part->at), part->len);
	struct hs_entry *e;
	int rc;

	if (!part->name)
		return 0;
	rc = add_bytes(&e, t, part->name, bytes, err);
	if (rc < 0 || !*part->packing)
		return rc;
	kept = hs_arena_alloc(&t->arena, sizeof(*kept));
	kept->part = *part;
	e->more = kept;
	e->codec = (uint32_t)part->codec;
	if (part->sized && bytes.len >= SIZE_FIELD) {
		c = (struct hs_cursor){ .rest = hs_span_from(bytes, bytes.len - SIZE_FIELD) };
		kept->size_said = hs_take_le(&c, SIZE_FIELD);
		e->bytes = hs_span_head(bytes, bytes.len - SIZE_FIELD);
		e->size = e->bytes.len;
	}
	describe(&facts, t, e);
	e->head = hs_span_of(hs_facts_text(&facts));
	if (part->codec == HS_CODEC_NONE)
		hs_member_note(t, e,
		               hs_arena_printf(&t->arena,
		                               "%s is not decoded: its stored bytes are compared",
		                               part->packing));
	return 0;
}

/* The region that holds the byte, or else the next one: NULL where there is none up to `to`. */
static const struct hs_kernel_region *
region_at(const struct hs_kernel_parts *p, uint64_t at, uint64_t to)
{
	const struct hs_kernel_region *next = NULL;

	for (size_t i = 0; i < p->n_regions; i++) {
		const struct hs_kernel_region *r = &p->regions[i];

		if (r->at <= at && at - r->at < r->len)
			return r;
		if (r->at > at && r->at < to && (!next || r->at < next->at))
			next = r;
	}
	return next;
}

/* Bytes of a region, which are of no format; of none, where they are not all zero. */
static int
add_piece(struct hs_tree *t, const struct hs_kernel_region *r, struct hs_span bytes,
          struct hs_err *err)
{
	struct hs_entry *e;
	int rc;

	if (!r && hs_span_is_zero(bytes))
		return 0;
	if (!r || r->gap)
		rc = hs_tree_add_gap(t, r ? r->name : "between the parts", bytes, err);
	else
		rc = add_bytes(&e, t, r->name, bytes, err);
	if (rc == 0)
		t->entries[t->n_entries - 1].plain = true;
	return rc;
}

static int
add_rest(const struct hs_kernel_parts *p, struct hs_tree *t, uint64_t at, uint64_t to,
         struct hs_err *err)
{
	int rc = 0;

	while (at < to && rc == 0) {
		const struct hs_kernel_region *r = region_at(p, at, to);
		const bool inside = r && r->at <= at;
		uint64_t end = inside ? r->at + r->len : r ? r->at : to;
		struct hs_span bytes;

		if (end > to)
			end = to;
		bytes = hs_span_head(hs_span_from(p->file, at), end - at);
		rc = add_piece(t, inside ? r : NULL, bytes, err);
		at = end;
	}
	return rc;
}

/* The byte behind the part, and behind the zero bytes that are its own. */
static uint64_t
end_of(const struct hs_kernel_parts *p, const struct hs_kernel_part *part)
{
	const uint64_t end = part->at + part->len;
	const struct hs_span fill = hs_span_head(hs_span_from(p->file, end), MAX_FILL);
	size_t n = 0;

	while (part->line && n < fill.len && fill.at[n] == 0)
		n++;
	return end + n;
}

int
hs_parts_list(struct hs_kernel_parts *p, struct hs_tree *tree, struct hs_err *err)
{
	uint64_t at = 0;
	int rc = 0;

	tree->ops = &packed_ops;
	qsort(p->parts, p->n_parts, sizeof(p->parts[0]), part_order);
	for (size_t i = 0; i < p->n_parts && rc == 0; i++) {
		const struct hs_kernel_part *part = &p->parts[i];

		if (part->at < at)
			continue;
		rc = add_rest(p, tree, at, part->at, err);
		if (rc == 0)
			rc = add_part(tree, p->file, part, err);
		at = end_of(p, part);
	}
	return rc < 0 ? rc : add_rest(p, tree, at, p->file.len, err);
}

/* As "lzma -9" writes it when it does not know the size: lc=3 lp=0 pb=2, a dictionary of whole 64
 * KiB, all ones, and the range coder's first byte. */
static bool
is_lzma(struct hs_span s)
{
	struct hs_cursor c = { .rest = s };
	const bool properties = hs_take_le(&c, 3) == 0x5d;

	hs_take(&c, 2);
	return properties && hs_take_le(&c, 8) == UINT64_MAX && hs_take_le(&c, 1) == 0 && !c.cut;
}

void
hs_kernel_packing(struct hs_kernel_part *part, struct hs_span bytes)
{
	static const struct hs_span lzop = { (const uint8_t *)"\x89LZO\0\r\n\x1a\n", 9 };

	part->codec = hs_codec_of(bytes);
	part->packing = part->codec ? hs_codec_name(part->codec) : "";
	if (part->codec)
		return;
	if (is_lzma(bytes)) {
		part->codec = HS_CODEC_LZMA;
		part->packing = "lzma";
	} else if (hs_span_starts(bytes, lzop)) {
		part->packing = "lzo";
	}
}
