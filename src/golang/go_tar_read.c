/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tar.Reader.Next() of Go 1.19 to 1.26. Each extension header before an entry
 * takes formats away that it might be written in again: 'x' leaves PAX, 'L'
 * and 'K' leave GNU, and what is unknown about their own blocks leaves none.
 */
#include "golang/go_tar.h"

#include "core/limits.h"
#include "golang/go_block.h"
#include "golang/go_pax.h"
#include "golang/go_sparse.h"

#include <inttypes.h>

#define ANY_FORMAT ((unsigned)HS_GO_USTAR | HS_GO_PAX | HS_GO_GNU)

/* What the extension headers before an entry say of it. */
struct pending {
	struct hs_go_header pax; /* only its records */
	struct hs_span name, link;
	unsigned format;  /* those still possible */
	unsigned waiting; /* bits: which of 'x', 'L' and 'K' wait for their entry */
};

/* One header block and the data that it claims. */
struct block {
	struct hs_go_header header;
	struct hs_span bytes;
	uint64_t at;
};

static int
refuse(struct hs_err *err, uint64_t at, const char *reason)
{
	return hs_fail(err, HS_EFORMAT, "go refuses the header at offset %" PRIu64 ": %s", at,
	               reason);
}

bool
hs_go_is_header_only(uint8_t typeflag)
{
	return typeflag >= '1' && typeflag <= '6';
}

static struct hs_span
until_nul(struct hs_span s)
{
	const uint8_t *nul = s.len ? memchr(s.at, 0, s.len) : NULL;

	return hs_span_head(s, nul ? (uint64_t)(nul - s.at) : s.len);
}

/* What stands at the reader's place: 1 a header, 0 the end of the archive. */
static int
take_end(struct hs_go_reader *r, struct hs_err *err)
{
	struct hs_span rest = hs_span_from(r->file, r->at);

	if (rest.len == 0) {
		r->at = r->file.len;
		return 0;
	}
	if (rest.len < HS_TAR_BLOCK)
		return refuse(err, r->at, "the file ends inside of it");
	if (!hs_span_is_zero(hs_span_head(rest, HS_TAR_BLOCK)))
		return 1;
	rest = hs_span_from(rest, HS_TAR_BLOCK);
	if (rest.len == 0) {
		r->at = r->file.len;
		return 0;
	}
	if (rest.len < HS_TAR_BLOCK)
		return refuse(err, r->at, "the file ends inside the end marker");
	if (!hs_span_is_zero(hs_span_head(rest, HS_TAR_BLOCK)))
		return refuse(err, r->at, "a zero block, and then none");
	r->at += hs_go_end.len;
	return 0;
}

/* 1 with a header block, behind which the reader then stands. */
static int
take_block(struct block *out, struct hs_arena *a, struct hs_go_reader *r, struct hs_err *err)
{
	const int found = take_end(r, err);
	const char *reason;

	if (found <= 0)
		return found;
	*out = (struct block){ .bytes = { r->file.at + r->at, HS_TAR_BLOCK }, .at = r->at };
	if (!hs_go_block_read(&out->header, a, out->bytes, &reason))
		return refuse(err, r->at, reason);
	if (out->header.size < 0 && !hs_go_is_header_only(out->header.typeflag))
		return refuse(err, r->at, "its size is negative");
	r->at += HS_TAR_BLOCK;
	return 1;
}

/* The next `size` bytes, or those that are left, and the padding behind them. */
static struct hs_span
take_data(struct hs_go_reader *r, uint64_t size)
{
	const struct hs_span rest = hs_span_from(r->file, r->at);
	const uint64_t padding = -size & (HS_TAR_BLOCK - 1);

	r->cut = size > rest.len;
	if (r->cut || padding > rest.len - size)
		r->at = r->file.len;
	else
		r->at += size + padding;
	return hs_span_head(rest, size);
}

/* The data of an extension header. */
static int
take_special(struct hs_span *out, const struct block *b, struct hs_go_reader *r, struct hs_err *err)
{
	const uint64_t size = (uint64_t)b->header.size;

	if (size > HS_MAX_TAR_HEADER)
		return refuse(err, b->at, "an extension header of more than 1 MiB");
	*out = take_data(r, size);
	if (r->cut)
		return refuse(err, b->at, "the file ends inside its data");
	return 0;
}

/* A header of type 'g' is an entry of its own: of its block only the name counts. */
static int
finish_global(struct hs_go_entry *out, const struct block *b, const struct pending *p,
              struct hs_err *err)
{
	struct hs_go_header *const h = &out->header;
	struct hs_go_header whole = b->header;

	*h = (struct hs_go_header){ .typeflag = 'g', .name = b->header.name };
	h->format = p->format & b->header.format & HS_GO_PAX;
	h->records = whole.records = p->pax.records;
	h->n_records = whole.n_records = p->pax.n_records;
	if (hs_go_records_apply(&whole)) {
		h->name = whole.name;
		return 1;
	}
	/* Go stops at the bad number and keeps what it took before, in a random order. */
	for (size_t i = 0; i < h->n_records; i++) {
		const struct hs_go_record *const r = &h->records[i];

		if (r->value.len > 0 &&
		    (hs_go_key_of(r->key) == HS_GO_PATH || hs_go_key_is_xattr(r->key)))
			return refuse(err, b->at, "one of its records is no number");
	}
	h->records = NULL;
	h->n_records = 0;
	return 1;
}

static int
take_pax(struct pending *p, const struct block *b, struct hs_arena *a, struct hs_go_reader *r,
         struct hs_err *err)
{
	struct hs_span data = HS_SPAN("");

	if (take_special(&data, b, r, err) < 0)
		return err->code;
	p->pax = (struct hs_go_header){ .typeflag = 0 };
	if (!hs_go_records_parse(&p->pax, a, data))
		return refuse(err, b->at, "its records are malformed");
	return 0;
}

/* An 'L' or a 'K'. */
static int
take_long(struct pending *p, const struct block *b, struct hs_go_reader *r, struct hs_err *err)
{
	struct hs_span data = HS_SPAN("");

	if (take_special(&data, b, r, err) < 0)
		return err->code;
	*(b->header.typeflag == 'L' ? &p->name : &p->link) = until_nul(data);
	return 0;
}

static int
take_extension(struct pending *p, const struct block *b, struct hs_arena *a, struct hs_go_reader *r,
               struct hs_err *err)
{
	const uint8_t type = b->header.typeflag;
	unsigned bit = 1;

	if (type == 'x') {
		p->format &= b->header.format & HS_GO_PAX;
		if (take_pax(p, b, a, r, err) < 0)
			return err->code;
	} else {
		p->format &= b->header.format & HS_GO_GNU;
		if (take_long(p, b, r, err) < 0)
			return err->code;
		bit = type == 'L' ? 2 : 4;
	}
	if (p->waiting & bit)
		r->n_dropped++;
	p->waiting |= bit;
	return 0;
}

/* What the extension headers say of the entry. */
static bool
apply_pending(struct hs_go_header *h, const struct pending *p)
{
	h->records = p->pax.records;
	h->n_records = p->pax.n_records;
	if (!hs_go_records_apply(h))
		return false;
	if (p->name.len > 0)
		h->name = p->name;
	if (p->link.len > 0)
		h->link = p->link;
	if (h->typeflag == 0)
		h->typeflag = hs_span_ends(h->name, HS_SPAN("/")) ? '5' : '0';
	h->format = p->format & h->format;
	return true;
}

static void
drop_waiting(struct hs_go_reader *r, const struct pending *p)
{
	for (unsigned bit = 1; bit <= 4; bit <<= 1)
		r->n_dropped += (p->waiting & bit) != 0;
}

static int
finish_entry(struct hs_go_entry *out, const struct block *b, struct hs_arena *a,
             struct hs_go_reader *r, struct hs_err *err)
{
	struct hs_go_header *const h = &out->header;
	const bool is_gnu_sparse = h->typeflag == 'S';
	struct hs_span rest = hs_span_from(r->file, r->at);

	if (hs_go_is_header_only(h->typeflag))
		out->stored = 0;
	else if (h->size < 0)
		return refuse(err, b->at, "its size is negative");
	else
		out->stored = (uint64_t)h->size;
	if (is_gnu_sparse) {
		if (!hs_go_block_is_gnu(b->bytes) || !hs_go_sparse_gnu(out, a, b->bytes, &rest))
			return refuse(err, b->at, "its map of a sparse file is malformed");
		r->at = r->file.len - rest.len;
	}
	out->head.len = (size_t)(r->at - (uint64_t)(out->head.at - r->file.at));
	out->data = take_data(r, out->stored);
	if (!is_gnu_sparse && !hs_go_sparse_pax(out, a))
		return refuse(err, b->at, "its map of a sparse file is malformed");
	if (h->format & HS_GO_USTAR && h->format & HS_GO_PAX)
		h->format = HS_GO_USTAR;
	return 1;
}

int
hs_go_next(struct hs_go_entry *out, struct hs_arena *a, struct hs_go_reader *r, struct hs_err *err)
{
	struct pending p = { .format = ANY_FORMAT };
	struct block b;

	*out = (struct hs_go_entry){ .head = hs_span_from(r->file, r->at) };
	if (r->cut)
		return refuse(err, r->at, "the file ends inside the data before it");
	for (;;) {
		const int found = take_block(&b, a, r, err);

		if (found < 0)
			return found;
		if (found == 0 || b.header.typeflag == 'g')
			drop_waiting(r, &p);
		if (found == 0)
			return 0;
		switch (b.header.typeflag) {
		case 'x':
		case 'L':
		case 'K':
			if (take_extension(&p, &b, a, r, err) < 0)
				return err->code;
			continue;
		case 'g':
			p.pax = (struct hs_go_header){ .typeflag = 0 };
			if (take_pax(&p, &b, a, r, err) < 0)
				return err->code;
			return finish_global(out, &b, &p, err);
		default:
			out->header = b.header;
			if (!apply_pending(&out->header, &p))
				return refuse(err, b.at, "a record before it is no number");
			return finish_entry(out, &b, a, r, err);
		}
	}
}
