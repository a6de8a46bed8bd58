/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sparse files (GNU tar manual, "Storing Sparse Files"; star(5)):
 *
 *	old GNU  4 pairs of 12-byte numbers at 386 of the header, 21 pairs at 0
 *	         of each block behind it; a pair of empty fields ends the map
 *	star     the same with the header's pairs at 356
 *	pax 0.0  records GNU.sparse.offset and GNU.sparse.numbytes in turn
 *	pax 0.1  one record GNU.sparse.map: "offset,len,offset,len"
 *	pax 1.0  decimal lines in front of the data: count, offset, len, ...;
 *	         filled with NUL to a whole block
 */
#include "core/tar_sparse.h"

#include "core/limits.h"
#include "core/spool.h"

#include <inttypes.h>

enum { PAIR = 24, PAIRS_IN_HEADER = 4, PAIRS_IN_BLOCK = 21 };

static int
bad_map(const struct hs_tar_member *m, struct hs_err *err)
{
	return hs_fail(err, HS_EFORMAT,
	               "the map of the sparse file at offset %" PRIu64 " is damaged", m->offset);
}

/* A decimal number and the byte behind it; the end of the map stands for any such byte. */
static bool
take_decimal(uint64_t *out, struct hs_span *rest, uint8_t stop)
{
	size_t n = 0;

	while (n < rest->len && rest->at[n] >= '0' && rest->at[n] <= '9')
		n++;
	if (!hs_pax_u64(out, hs_span_head(*rest, n)) || (n < rest->len && rest->at[n] != stop))
		return false;
	*rest = hs_span_from(*rest, n + 1);
	return true;
}

/* The map and the data share the member: the data begin at the block behind the last line. */
static int
split_data(struct hs_tar_extents *x, struct hs_err *err)
{
	struct hs_span rest = x->member->data, after;
	uint64_t ignored, used;

	if (!take_decimal(&x->n_left, &rest, '\n'))
		return bad_map(x->member, err);
	after = rest;
	for (uint64_t i = 0; i < x->n_left; i++)
		if (!take_decimal(&ignored, &after, '\n') || !take_decimal(&ignored, &after, '\n'))
			return bad_map(x->member, err);
	used = x->member->data.len - after.len;
	used += -used & (HS_TAR_BLOCK - 1);
	x->data = hs_span_from(x->member->data, used);
	x->rest = rest;
	return 0;
}

int
hs_tar_extents_init(struct hs_tar_extents *out, const struct hs_tar_member *m, struct hs_err *err)
{
	struct hs_pax_values v = m->values;

	*out = (struct hs_tar_extents){ .member = m, .data = m->data };
	switch (m->sparse) {
	case HS_TAR_SPARSE_GNU:
	case HS_TAR_SPARSE_STAR:
		out->in_header = PAIRS_IN_HEADER;
		out->rest =
			hs_span_from(m->header.block, m->sparse == HS_TAR_SPARSE_GNU ? 386 : 356);
		return 0;
	case HS_TAR_SPARSE_0_0:
		out->rest = m->head;
		out->n_left = 0;
		return hs_pax_u64(&out->n_left, v.of[HS_PAX_SPARSE_NUMBLOCKS]) ? 0
		                                                               : bad_map(m, err);
	case HS_TAR_SPARSE_0_1:
		out->rest = v.of[HS_PAX_SPARSE_MAP];
		return 0;
	case HS_TAR_SPARSE_1_0:
		return split_data(out, err);
	default:
		return 0;
	}
}

static int
next_binary(struct hs_tar_extent *out, struct hs_tar_extents *x, struct hs_err *err)
{
	struct hs_tar_number offset, len;

	if (x->in_header == 0 && x->n_left == 0) {
		if (x->rest.len < HS_TAR_BLOCK)
			return 0;
		x->n_left = PAIRS_IN_BLOCK;
	}
	offset = hs_tar_number_parse(hs_span_head(x->rest, PAIR / 2));
	len = hs_tar_number_parse(hs_span_head(hs_span_from(x->rest, PAIR / 2), PAIR / 2));
	if (len.form == HS_TAR_EMPTY)
		return 0;
	if (offset.form == HS_TAR_BAD || len.form == HS_TAR_BAD || offset.value < 0 ||
	    len.value < 0)
		return bad_map(x->member, err);
	*out = (struct hs_tar_extent){ (uint64_t)offset.value, (uint64_t)len.value };
	x->rest = hs_span_from(x->rest, PAIR);
	if (x->in_header > 0 && --x->in_header == 0)
		x->rest = x->member->map;
	else if (x->in_header == 0 && --x->n_left == 0)
		x->rest = hs_span_from(x->rest, HS_TAR_BLOCK - PAIR * PAIRS_IN_BLOCK);
	return 1;
}

/* The next record with that key in what is left of the last 'x' header. */
static bool
take_record(uint64_t *out, struct hs_tar_extents *x, enum hs_pax_key key)
{
	struct hs_pax_record rec;
	struct hs_err ignored;

	while (hs_pax_take(&rec, &x->rest, &ignored) > 0)
		if (hs_pax_key_of(rec.key) == key)
			return hs_pax_u64(out, rec.value);
	return false;
}

/* Leaves in x->rest the records of the 'x' header that counts: the last. */
static void
find_records(struct hs_tar_extents *x)
{
	struct hs_span head = x->member->head, records = { 0 };
	struct hs_tar_block_view block;

	while (hs_tar_take_block(&block, &head))
		if (block.header.typeflag == 'x' || block.header.typeflag == 'X')
			records = block.data;
	x->rest = records;
}

static int
next_records(struct hs_tar_extent *out, struct hs_tar_extents *x, struct hs_err *err)
{
	if (x->n_left == 0)
		return 0;
	if (!x->in_header) {
		find_records(x);
		x->in_header = 1;
	}
	x->n_left--;
	if (!take_record(&out->offset, x, HS_PAX_SPARSE_OFFSET) ||
	    !take_record(&out->len, x, HS_PAX_SPARSE_NUMBYTES))
		return bad_map(x->member, err);
	return 1;
}

static int
next_text(struct hs_tar_extent *out, struct hs_tar_extents *x, uint8_t stop, struct hs_err *err)
{
	if (!take_decimal(&out->offset, &x->rest, stop) || !take_decimal(&out->len, &x->rest, stop))
		return bad_map(x->member, err);
	return 1;
}

int
hs_tar_extents_next(struct hs_tar_extent *out, struct hs_tar_extents *x, struct hs_err *err)
{
	switch (x->member->sparse) {
	case HS_TAR_SPARSE_GNU:
	case HS_TAR_SPARSE_STAR:
		return next_binary(out, x, err);
	case HS_TAR_SPARSE_0_0:
		return next_records(out, x, err);
	case HS_TAR_SPARSE_0_1:
		return x->rest.len ? next_text(out, x, ',', err) : 0;
	case HS_TAR_SPARSE_1_0:
		if (x->n_left == 0)
			return 0;
		x->n_left--;
		return next_text(out, x, '\n', err);
	default:
		return 0;
	}
}

/* Puts `n` bytes into the spool: those of `from`, or zeros where that has none. */
static int
put(struct hs_spool_writer *w, struct hs_span from, uint64_t n, struct hs_run *run,
    struct hs_err *err)
{
	while (n > 0) {
		size_t room;
		uint8_t *to = hs_spool_room(w, &room);
		int rc;

		room = n < room ? (size_t)n : room;
		if (from.len)
			memcpy(to, from.at, room);
		else
			memset(to, 0, room);
		from = hs_span_from(from, room);
		n -= room;
		rc = hs_spool_took(w, room, err);
		if (rc == 0)
			rc = hs_run_check(run, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int
fill(struct hs_spool_writer *w, const struct hs_tar_member *m, struct hs_run *run,
     struct hs_err *err)
{
	struct hs_tar_extents x;
	struct hs_tar_extent e;
	struct hs_span piece;
	uint64_t at = 0;
	int rc = hs_tar_extents_init(&x, m, err);

	while (rc == 0 && (rc = hs_tar_extents_next(&e, &x, err)) > 0) {
		if (e.offset < at || e.offset > m->real_size || e.len > m->real_size - e.offset)
			return bad_map(m, err);
		piece = hs_span_head(x.data, e.len);
		rc = put(w, (struct hs_span){ 0 }, e.offset - at, run, err);
		if (rc == 0)
			rc = put(w, piece, piece.len, run, err);
		if (rc == 0 && piece.len < e.len)
			rc = hs_fail(err, HS_EFORMAT,
			             "the sparse file at offset %" PRIu64 " lacks %" PRIu64
			             " bytes of its data",
			             m->offset, e.len - piece.len);
		x.data = hs_span_from(x.data, e.len);
		at = e.offset + e.len;
	}
	return rc < 0 ? rc : put(w, (struct hs_span){ 0 }, m->real_size - at, run, err);
}

static int
check_limits(const struct hs_tar_member *m, struct hs_run *run, struct hs_err *err)
{
	const uint64_t stored = m->data.len + m->head.len;

	if (m->real_size > run->limits.max_size)
		return hs_fail(err, HS_ELIMIT,
		               "the sparse file at offset %" PRIu64 " claims %" PRIu64
		               " bytes, more than --max-size",
		               m->offset, m->real_size);
	if (m->real_size > HS_RATIO_FREE && m->real_size / stored > run->limits.max_ratio)
		return hs_fail(err, HS_ELIMIT,
		               "the sparse file at offset %" PRIu64 " makes %" PRIu64
		               " bytes of %" PRIu64 ", more than --max-ratio",
		               m->offset, m->real_size, stored);
	return hs_run_inflated(run, m->real_size, err);
}

int
hs_tar_expand_sparse(struct hs_blob **out, const struct hs_tar_member *m, struct hs_run *run,
                     struct hs_err *err)
{
	struct hs_spool_writer w;
	struct hs_err ignored;
	int rc = check_limits(m, run, err);

	*out = NULL;
	if (rc < 0)
		return rc;
	hs_spool_begin(&w, run->spool);
	rc = fill(&w, m, run, err);
	if (rc < 0 && rc != HS_EFORMAT) {
		hs_spool_drop(&w);
		return rc;
	}
	if (hs_spool_end(&w, out, rc < 0 ? &ignored : err) < 0) {
		hs_spool_drop(&w);
		return rc < 0 ? rc : err->code;
	}
	return rc;
}
