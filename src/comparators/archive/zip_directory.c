/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_directory.h"

enum {
	ID_ZIP64 = 1,
	U16_FULL = 0xffff,
	END_SIZE = 22,
	LOCATOR_SIZE = 20,
	ZIP64_SIZE = 56, /* of the record without its extensible part */
	ZIP64_COUNTED_FROM = 12,
	TAIL = UINT16_MAX + END_SIZE,
};

#define U32_FULL UINT32_MAX

/* What makes one end record more credible than another. */
enum {
	DIRECTORY_IS_THERE = 4,
	LOCAL_IS_THERE = 8,
	COMMENT_ENDS_FILE = 2,
	COMMENT_FITS = 1,
};

bool
hs_zip_take_extra(struct hs_zip_extra *out, struct hs_cursor *c)
{
	struct hs_cursor ahead = *c;

	out->id = (uint16_t)hs_take_le(&ahead, 2);
	out->data = hs_take(&ahead, hs_take_le(&ahead, 2));
	if (ahead.cut)
		return false;
	*c = ahead;
	return true;
}

/* The 64-bit values stand there for those fields alone that are all ones (4.5.3). */
static void
apply_zip64(struct hs_zip_header *h)
{
	struct hs_cursor c = { .rest = h->extra };
	struct hs_zip_extra x;
	struct hs_cursor v;

	do {
		if (!hs_zip_take_extra(&x, &c))
			return;
	} while (x.id != ID_ZIP64);
	h->zip64 = true;
	v.rest = x.data;
	v.cut = false;
	if (h->size == U32_FULL && v.rest.len >= 8)
		h->size = hs_take_le(&v, 8);
	if (h->packed == U32_FULL && v.rest.len >= 8)
		h->packed = hs_take_le(&v, 8);
	if (!h->central)
		return;
	if (h->offset == U32_FULL && v.rest.len >= 8) {
		h->zip64_offset = hs_span_head(v.rest, 8);
		h->offset = hs_take_le(&v, 8);
	}
	if (h->disk == U16_FULL && v.rest.len >= 4)
		h->disk = hs_take_le(&v, 4);
}

/* What both kinds of header have in the same order. */
static void
take_common(struct hs_zip_header *out, struct hs_cursor *c)
{
	out->needed = (uint16_t)hs_take_le(c, 2);
	out->flags = (uint16_t)hs_take_le(c, 2);
	out->method = (uint16_t)hs_take_le(c, 2);
	out->time = (uint16_t)hs_take_le(c, 2);
	out->date = (uint16_t)hs_take_le(c, 2);
	out->crc = (uint32_t)hs_take_le(c, 4);
	out->packed = hs_take_le(c, 4);
	out->size = hs_take_le(c, 4);
}

static bool
finish(struct hs_zip_header *out, const uint8_t *start, const struct hs_cursor *c)
{
	if (c->cut)
		return false;
	out->raw = (struct hs_span){ start, (size_t)(c->rest.at - start) };
	apply_zip64(out);
	return true;
}

bool
hs_zip_take_central(struct hs_zip_header *out, struct hs_cursor *c)
{
	const uint8_t *start = c->rest.at;
	uint64_t n_name, n_extra, n_comment;

	*out = (struct hs_zip_header){ .central = true };
	if (!hs_span_starts(c->rest, HS_SPAN("PK\1\2")))
		return false;
	hs_take(c, 4);
	out->made_by = (uint16_t)hs_take_le(c, 2);
	take_common(out, c);
	n_name = hs_take_le(c, 2);
	n_extra = hs_take_le(c, 2);
	n_comment = hs_take_le(c, 2);
	out->disk = hs_take_le(c, 2);
	out->internal = (uint16_t)hs_take_le(c, 2);
	out->external = (uint32_t)hs_take_le(c, 4);
	out->offset = hs_take_le(c, 4);
	out->name = hs_take(c, n_name);
	out->extra = hs_take(c, n_extra);
	out->comment = hs_take(c, n_comment);
	return finish(out, start, c);
}

bool
hs_zip_take_local(struct hs_zip_header *out, struct hs_cursor *c)
{
	const uint8_t *start = c->rest.at;
	uint64_t n_name, n_extra;

	*out = (struct hs_zip_header){ .central = false };
	if (!hs_span_starts(c->rest, HS_SPAN("PK\3\4")))
		return false;
	hs_take(c, 4);
	take_common(out, c);
	n_name = hs_take_le(c, 2);
	n_extra = hs_take_le(c, 2);
	out->name = hs_take(c, n_name);
	out->extra = hs_take(c, n_extra);
	out->comment = hs_take(c, 0);
	return finish(out, start, c);
}

static bool
describes(const struct hs_zip_header *h, struct hs_cursor c, size_t width)
{
	const uint64_t crc = hs_take_le(&c, 4);
	const uint64_t packed = hs_take_le(&c, width);
	const uint64_t size = hs_take_le(&c, width);

	return !c.cut && crc == h->crc && packed == h->packed && size == h->size;
}

size_t
hs_zip_descriptor(const struct hs_zip_header *h, struct hs_span rest, bool wide)
{
	const bool has_signature = hs_span_starts(rest, HS_SPAN("PK\7\10"));
	const struct hs_cursor behind = { .rest = hs_span_from(rest, 4) };
	const size_t widths[] = { wide ? 8 : 4, wide ? 4 : 8 };

	for (size_t i = 0; i < 2; i++)
		if (has_signature && describes(h, behind, widths[i]))
			return 4 + 4 + 2 * widths[i];
	for (size_t i = 0; i < 2; i++)
		if (describes(h, (struct hs_cursor){ .rest = rest }, widths[i]))
			return 4 + 2 * widths[i];
	return 0;
}

bool
hs_zip_place(uint64_t *out, const struct hs_zip_end *end, struct hs_span file, uint64_t offset)
{
	int64_t at;

	if (offset > INT64_MAX || __builtin_add_overflow((int64_t)offset, end->base, &at) ||
	    at < 0 || (uint64_t)at > file.len)
		return false;
	*out = (uint64_t)at;
	return true;
}

struct hs_span
hs_zip_directory(const struct hs_zip_end *end, struct hs_span file)
{
	return hs_span_head(hs_span_from(file, end->directory),
	                    end->limit > end->directory ? end->limit - end->directory : 0);
}

/* How credible it is that the directory stands at `at` and offsets count from `base`. */
static unsigned
try_place(struct hs_zip_end *e, struct hs_span file, uint64_t at, int64_t base)
{
	struct hs_zip_header first;
	struct hs_cursor c = { .cut = false };
	uint64_t local;

	if (at > e->limit)
		return 0;
	e->directory = at;
	e->base = base;
	if (e->stated_entries == 0 && e->stated_size == 0)
		return at == e->limit ? DIRECTORY_IS_THERE + LOCAL_IS_THERE : 0;
	c.rest = hs_zip_directory(e, file);
	if (!hs_zip_take_central(&first, &c))
		return 0;
	if (!hs_zip_place(&local, e, file, first.offset) ||
	    !hs_span_starts(hs_span_from(file, local), HS_SPAN("PK\3\4")))
		return DIRECTORY_IS_THERE;
	return DIRECTORY_IS_THERE + LOCAL_IS_THERE;
}

/*
 * The directory stands where it is stated to. Or a stub was put before the
 * archive: then it stands right before the end record, and all offsets count
 * from where the stub ends. Or the statement is wrong, and nothing else.
 */
static unsigned
find_place(struct hs_zip_end *e, struct hs_span file)
{
	const uint64_t before_end = e->limit - e->stated_size;
	const struct {
		uint64_t at;
		int64_t base;
	} tries[] = {
		{ e->stated_offset, 0 },
		{ before_end, (int64_t)(before_end - e->stated_offset) },
		{ before_end, 0 },
	};
	struct hs_zip_end best = *e;
	unsigned score = 0;

	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct hs_zip_end now = *e;
		const unsigned s = try_place(&now, file, tries[i].at, tries[i].base);

		if (s > score) {
			score = s;
			best = now;
		}
	}
	*e = best;
	return score;
}

/* The record of zip64 stands where the locator says, or right before it where a stub moved it. */
static bool
find_zip64(struct hs_zip_end *e, struct hs_span file, struct hs_cursor *c)
{
	const struct hs_span before = hs_span_head(file, e->at);
	uint64_t stated, at;
	struct hs_cursor l;

	if (!hs_span_part(&e->locator, before, e->at - LOCATOR_SIZE, LOCATOR_SIZE) ||
	    !hs_span_starts(e->locator, HS_SPAN("PK\6\7"))) {
		e->locator = (struct hs_span){ NULL, 0 };
		return false;
	}
	l.rest = hs_span_from(e->locator, 8);
	l.cut = false;
	stated = hs_take_le(&l, 8);
	for (int i = 0; i < 2; i++) {
		at = i == 0 ? stated : e->at - LOCATOR_SIZE - ZIP64_SIZE;
		c->cut = false;
		c->rest = hs_span_from(hs_span_head(before, e->at - LOCATOR_SIZE), at);
		if (hs_span_starts(c->rest, HS_SPAN("PK\6\6")) && c->rest.len >= ZIP64_SIZE) {
			e->limit = at;
			return true;
		}
	}
	return false;
}

/* The value of the old record; the new one's where the old one has no room for it. */
static uint64_t
choose(struct hs_zip_end *e, uint64_t old, uint64_t full, uint64_t wide)
{
	if (old == full)
		return wide;
	e->zip64_differs |= old != wide;
	return old;
}

/* Reads the record of zip64 into what the old record left open. */
static void
read_zip64(struct hs_zip_end *e, struct hs_span file)
{
	struct hs_cursor c = { .cut = false };
	struct hs_span all;
	uint64_t size;

	if (!find_zip64(e, file, &c))
		return;
	all = c.rest;
	hs_take(&c, 4);
	size = hs_take_le(&c, 8);
	e->zip64_made_by = (uint16_t)hs_take_le(&c, 2);
	e->zip64_needed = (uint16_t)hs_take_le(&c, 2);
	e->disk = choose(e, e->disk, U16_FULL, hs_take_le(&c, 4));
	e->directory_disk = choose(e, e->directory_disk, U16_FULL, hs_take_le(&c, 4));
	e->disk_entries = choose(e, e->disk_entries, U16_FULL, hs_take_le(&c, 8));
	e->stated_entries = choose(e, e->stated_entries, U16_FULL, hs_take_le(&c, 8));
	e->stated_size = choose(e, e->stated_size, U32_FULL, hs_take_le(&c, 8));
	e->stated_offset = choose(e, e->stated_offset, U32_FULL, hs_take_le(&c, 8));
	if (size > ZIP64_SIZE - ZIP64_COUNTED_FROM)
		e->zip64_more = hs_span_head(c.rest, size - (ZIP64_SIZE - ZIP64_COUNTED_FROM));
	e->zip64 = (struct hs_span){ all.at, ZIP64_SIZE + e->zip64_more.len };
}

/* The end record that may stand at `at`. */
static struct hs_zip_end
read_end(struct hs_span file, uint64_t at)
{
	struct hs_zip_end e = { .at = at, .limit = at };
	struct hs_cursor c = { .rest = hs_span_from(file, at) };

	hs_take(&c, 4);
	e.disk = hs_take_le(&c, 2);
	e.directory_disk = hs_take_le(&c, 2);
	e.disk_entries = hs_take_le(&c, 2);
	e.stated_entries = hs_take_le(&c, 2);
	e.stated_size = hs_take_le(&c, 4);
	e.stated_offset = hs_take_le(&c, 4);
	e.comment_size = (uint16_t)hs_take_le(&c, 2);
	if (c.cut)
		return e;
	e.comment = hs_span_head(c.rest, e.comment_size);
	e.after = at + END_SIZE + e.comment.len;
	read_zip64(&e, file);
	e.score = find_place(&e, file);
	if (e.comment.len == e.comment_size)
		e.score += e.after == file.len ? (unsigned)COMMENT_ENDS_FILE : COMMENT_FITS;
	return e;
}

bool
hs_zip_find_end(struct hs_zip_end *out, struct hs_span file)
{
	uint64_t at = file.len > TAIL ? file.len - TAIL : 0;

	*out = (struct hs_zip_end){ 0 };
	while (at + 4 <= file.len) {
		const struct hs_span rest = hs_span_from(file, at);
		const uint8_t *found = rest.at ? memmem(rest.at, rest.len, "PK\5\6", 4) : NULL;
		struct hs_zip_end e;

		if (!found)
			break;
		at += (uint64_t)(found - rest.at);
		e = read_end(file, at);
		if (e.score >= DIRECTORY_IS_THERE && e.score >= out->score)
			*out = e;
		at += 4;
	}
	return out->score > 0;
}
