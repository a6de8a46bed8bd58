/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Portable Network Graphics (W3C PNG, third edition; RFC 2083), all big endian:
 *
 *	8	89 "PNG" 0d 0a 1a 0a
 *	...	chunks: length (4), type (4), data, CRC-32 of type and data (4)
 *		IHDR first: width, height, bit depth, colour type, three methods
 *		IDAT: one zlib stream cut into pieces, of lines that begin with a filter each
 *		tEXt, zTXt, iTXt: keyword and text; iCCP: a colour profile; tIME ...
 *		IEND last
 *
 * The same pixels differ by zlib's level and the size of IDAT (each encoder has its own), by the
 * filters that the encoder chooses, by tIME and by texts such as "date:create" and "Software".
 */
#include "comparators/comparator.h"

#include "comparators/data/many_facts.h"
#include "core/codec.h"
#include "core/crc32.h"

#include <inttypes.h>

#define SIGNATURE HS_SPAN("\x89PNG\r\n\x1a\n")

enum { SIGNATURE_BITS = 64 };

struct walk {
	struct hs_span file, rest;
	struct hs_span type, data; /* of the chunk that next() has found */
	uint32_t crc;
	bool crc_fits, ended;
};

/* The pieces of IDAT: how many, and how large. */
struct pieces {
	uint64_t n, total, first, last;
	bool uneven;
	struct hs_sha256_stream sizes;
};

/* What a member is made from. */
struct packed {
	struct hs_span bytes;
	const char *pieces; /* or NULL */
};

static unsigned
png_bid(struct hs_span file)
{
	return hs_span_starts(file, SIGNATURE) ? SIGNATURE_BITS : 0;
}

static struct walk
begin(struct hs_span file)
{
	return (struct walk){ .file = file, .rest = hs_span_from(file, 8) };
}

/* 1 for a chunk, 0 behind IEND; or what is wrong, with w->rest where it is. */
static int
next(struct walk *w, struct hs_err *err)
{
	struct hs_cursor c = { .rest = w->rest };
	const uint64_t length = hs_take_be(&c, 4);

	if (w->ended)
		return 0;
	w->type = hs_take(&c, 4);
	w->data = hs_take(&c, length);
	w->crc = (uint32_t)hs_take_be(&c, 4);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the chunk at byte %zu is cut short",
		               w->file.len - w->rest.len);
	w->crc_fits = w->crc == hs_crc32((struct hs_span){ w->type.at, w->data.len + 4 });
	w->ended = hs_span_is(w->type, "IEND");
	w->rest = c.rest;
	return 1;
}

static const char *
colour_name(uint64_t type)
{
	static const char *const names[] = {
		[0] = "grey",           [2] = "RGB", [3] = "palette", [4] = "grey with alpha",
		[6] = "RGB with alpha",
	};

	return type < sizeof(names) / sizeof(names[0]) && names[type] ? names[type] : "unknown";
}

static void
say_header(struct hs_facts *out, struct hs_span data)
{
	struct hs_cursor c = { .rest = data };
	uint64_t type;

	hs_say_u64(out, "width", hs_take_be(&c, 4));
	hs_say_u64(out, "height", hs_take_be(&c, 4));
	hs_say_u64(out, "bit depth", hs_take_be(&c, 1));
	type = hs_take_be(&c, 1);
	hs_sayf(out, "colour type", "%" PRIu64 " (%s)", type, colour_name(type));
	hs_say_u64(out, "compression method", hs_take_be(&c, 1));
	hs_say_u64(out, "filter method", hs_take_be(&c, 1));
	hs_say_u64(out, "interlace method", hs_take_be(&c, 1));
}

static void
say_time(struct hs_many *all, struct hs_span data)
{
	struct hs_cursor c = { .rest = data };
	const uint64_t year = hs_take_be(&c, 2), month = hs_take_be(&c, 1), day = hs_take_be(&c, 1);
	const uint64_t h = hs_take_be(&c, 1), min = hs_take_be(&c, 1), s = hs_take_be(&c, 1);

	hs_many_sayf(all, "last modified (tIME)",
	             "%04" PRIu64 "-%02" PRIu64 "-%02" PRIu64 "T%02" PRIu64 ":%02" PRIu64
	             ":%02" PRIu64 "Z",
	             year, month, day, h, min, s);
}

static void
say_density(struct hs_many *all, struct hs_span data)
{
	struct hs_cursor c = { .rest = data };
	const uint64_t x = hs_take_be(&c, 4), y = hs_take_be(&c, 4), unit = hs_take_be(&c, 1);

	hs_many_sayf(all, "density (pHYs)", "%" PRIu64 " x %" PRIu64 " per unit %" PRIu64 "%s", x,
	             y, unit, unit == 1 ? " (metre)" : "");
}

static void
say_gamma(struct hs_many *all, struct hs_span data)
{
	struct hs_cursor c = { .rest = data };
	const uint64_t gamma = hs_take_be(&c, 4);

	hs_many_sayf(all, "gamma (gAMA)", "%" PRIu64 ".%05" PRIu64, gamma / 100000, gamma % 100000);
}

/* Chunks of one size that are said as numbers. */
static const struct number {
	const char *type;
	size_t size;
	void (*say)(struct hs_many *all, struct hs_span data);
} numbers[] = {
	{ "tIME", 7, say_time },
	{ "pHYs", 9, say_density },
	{ "gAMA", 4, say_gamma },
};

/* The keyword that begins a chunk of text or a profile, and what follows its NUL. */
static bool
split_keyword(struct hs_span *keyword, struct hs_span *rest, struct hs_span data)
{
	struct hs_cursor c = { .rest = data };

	*keyword = hs_take_string(&c);
	*rest = c.rest;
	return !c.cut;
}

/* What is compressed of a chunk, the member's name, and what else the chunk says. */
struct text {
	struct hs_span keyword, packed, plain, how;
	bool is_packed;
};

static bool
read_international(struct text *t, struct hs_span rest)
{
	struct hs_cursor c = { .rest = rest };
	const uint64_t flag = hs_take_be(&c, 1);

	hs_take(&c, 1);
	hs_take_string(&c);
	hs_take_string(&c);
	if (c.cut)
		return false;
	t->how = hs_span_head(rest, rest.len - c.rest.len);
	t->is_packed = flag != 0;
	*(t->is_packed ? &t->packed : &t->plain) = c.rest;
	return true;
}

/* False for a chunk that is no text, or is damaged: it is told as it is then. */
static bool
read_text(struct text *t, const struct walk *w)
{
	struct hs_span rest;

	*t = (struct text){ 0 };
	if (hs_span_is(w->type, "tEXt"))
		return split_keyword(&t->keyword, &t->plain, w->data);
	if (hs_span_is(w->type, "iTXt"))
		return split_keyword(&t->keyword, &rest, w->data) && read_international(t, rest);
	if (!hs_span_is(w->type, "zTXt") && !hs_span_is(w->type, "iCCP"))
		return false;
	if (!split_keyword(&t->keyword, &rest, w->data) || rest.len < 1)
		return false;
	t->how = hs_span_head(rest, 1);
	t->packed = hs_span_from(rest, 1);
	t->is_packed = true;
	return true;
}

static void
say_text(struct hs_many *all, const struct walk *w, const struct text *t)
{
	struct hs_arena *const a = all->out->arena;

	if (!t->is_packed)
		hs_many_say(all, hs_many_field(a, "text", t->keyword), t->plain);
	if (t->how.len)
		hs_many_say(all,
		            hs_arena_printf(a, "%s, %s", hs_many_field(a, "text", t->keyword),
		                            hs_span_is(w->type, "iTXt") ? "compression and language"
		                                                        : "compression method"),
		            t->how);
}

static void
say_chunk(struct hs_many *all, const struct walk *w)
{
	struct text t;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (hs_span_is(w->type, numbers[i].type) && w->data.len == numbers[i].size) {
			numbers[i].say(all, w->data);
			return;
		}
	if (read_text(&t, w))
		say_text(all, w, &t);
	else if (w->data.len)
		hs_many_say(all, hs_many_field(all->out->arena, "chunk", w->type), w->data);
}

static int
png_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_many all = { .out = out };
	struct walk w = begin(file);
	bool pixels = false;
	size_t n = 0;
	int rc;

	while ((rc = next(&w, err)) > 0) {
		const bool more = hs_span_is(w.type, "IDAT");

		if (n++ == 0 && hs_span_is(w.type, "IHDR") && w.data.len == 13)
			say_header(out, w.data);
		else if (!more)
			say_chunk(&all, &w);
		if (!more || !pixels)
			hs_many_say(&all, "order of chunks", w.type);
		pixels = more;
		if (!w.crc_fits)
			hs_many_sayf(&all, "wrong CRC", "chunk %zu: 0x%08" PRIx32, n, w.crc);
	}
	hs_many_end(&all);
	return rc;
}

static void
describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_meta meta = { .has = HS_HAS_SIZE, .kind = e->kind, .size = e->size };
	const struct packed *const p = e->more;
	struct hs_cursor c = { .rest = p ? p->bytes : e->bytes };

	(void)t;
	hs_say_meta(out, &meta);
	if (!p)
		return;
	hs_say_hex(out, "zlib header", hs_take_be(&c, 2));
	hs_say_digest(out, "compressed", p->bytes);
	if (p->pieces)
		hs_say_word(out, "IDAT", p->pieces);
}

static const struct hs_tree_ops png_ops = { .describe = describe_member };

static int
add_packed(struct hs_tree *out, const char *name, struct packed from, struct hs_err *err)
{
	struct packed *const kept = hs_arena_alloc(&out->arena, sizeof(*kept));
	struct hs_facts facts = { .arena = &out->arena };
	struct hs_inflated in;
	struct hs_entry *e;
	struct hs_err why;
	const int rc = hs_inflate(&in, HS_CODEC_ZLIB, from.bytes, out->run, &why);

	*kept = from;
	if (rc < 0 && rc != HS_EFORMAT)
		return hs_fail(err, (enum hs_code)rc, "%s", why.text);
	if (hs_tree_add(&e, out, hs_span_of(name), err) < 0) {
		hs_blob_unref(in.blob);
		return err->code;
	}
	e->kind = HS_KIND_FILE;
	e->blob = in.blob;
	if (in.blob)
		e->bytes = in.blob->bytes;
	e->size = e->bytes.len;
	e->more = kept;
	if (rc < 0) {
		e->note = hs_arena_printf(&out->arena, "%s", why.text);
		e->damaged = true;
	}
	describe_member(&facts, out, e);
	e->head = hs_span_of(hs_facts_text(&facts));
	return 0;
}

static void
count_piece(struct pieces *p, const struct walk *w)
{
	const struct hs_span length = { w->type.at - 4, 4 };
	const uint64_t size = w->data.len;

	if (p->n == 0) {
		hs_sha256_init(&p->sizes);
		p->first = size;
	} else if (p->last != p->first) {
		p->uneven = true;
	}
	hs_sha256_update(&p->sizes, length);
	p->last = size;
	p->total += size;
	p->n++;
}

static const char *
pieces_text(struct hs_arena *a, struct pieces *p)
{
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	if (p->n == 1)
		return "1 chunk";
	hs_sha256_final(&p->sizes, &digest);
	if (p->uneven)
		return hs_arena_printf(a, "%" PRIu64 " chunks, their sizes sha256:%s", p->n,
		                       hs_sha256_hex(hex, &digest));
	return hs_arena_printf(a, "%" PRIu64 " chunks of %" PRIu64 " bytes, the last of %" PRIu64,
	                       p->n, p->first, p->last);
}

static int
add_pixels(struct hs_tree *out, struct hs_span file, struct pieces *p, struct hs_err *err)
{
	uint8_t *const all = hs_arena_alloc(&out->arena, (size_t)p->total + 1);
	const struct packed from = { { all, (size_t)p->total }, pieces_text(&out->arena, p) };
	struct walk w = begin(file);
	struct hs_err why;
	size_t at = 0;

	while (next(&w, &why) > 0) {
		if (!hs_span_is(w.type, "IDAT") || w.data.len == 0)
			continue;
		memcpy(all + at, w.data.at, w.data.len);
		at += w.data.len;
	}
	return add_packed(out, "pixels", from, err);
}

static int
add_chunk(struct hs_tree *out, const struct walk *w, struct hs_err *err)
{
	const bool profile = hs_span_is(w->type, "iCCP");
	struct text t;

	if (!read_text(&t, w) || !t.is_packed)
		return 0;
	return add_packed(out,
	                  profile ? "ICC profile" : hs_many_field(&out->arena, "text", t.keyword),
	                  (struct packed){ t.packed, NULL }, err);
}

static int
png_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct walk w = begin(file);
	struct pieces pieces = { 0 };
	struct hs_err why;
	int rc, found;

	out->ops = &png_ops;
	while ((found = next(&w, &why)) > 0) {
		if (hs_span_is(w.type, "IDAT"))
			count_piece(&pieces, &w);
		rc = add_chunk(out, &w, err);
		if (rc < 0)
			return rc;
	}
	if (pieces.n > 0 && (rc = add_pixels(out, file, &pieces, err)) < 0)
		return rc;
	if (w.rest.len > 0 && (rc = hs_tree_add_gap(out, found < 0 ? "unreadable" : "after the end",
	                                            w.rest, err)) < 0)
		return rc;
	return found < 0 ? hs_fail(err, (enum hs_code)found, "%s", why.text) : 0;
}

const struct hs_comparator hs_comparator_png = {
	.name = "png",
	.about = "PNG pictures: header, texts, times; the pixels however compressed",
	.known_by = "\"\\211PNG\\r\\n\\32\\n\" at 0",
	.library = "zlib",
	.shape = HS_SHAPE_PARTS,
	.bid = png_bid,
	.describe = png_describe,
	.expand = png_expand,
};
