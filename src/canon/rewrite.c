/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One entry after the other: read as Go reads it, changed as the form has it,
 * written as Go writes it. Only headers are made; they and the map of a
 * sparse file live in an arena that begins anew with each entry. The form
 * that sorts reads the layer twice: once for the names and where they stand.
 */
#include "canon/rewrite.h"

#include "canon/rewrite_form.h"
#include "core/escape.h"
#include "golang/go_sort.h"
#include "golang/go_tar.h"

#include <inttypes.h>
#include <stdlib.h>

enum { MAX_LOSSES = 4 };

enum state {
	STATE_ENTRIES,
	STATE_CONTENT, /* of a sparse file: `extent` is the next */
	STATE_DONE,
};

struct hs_rewrite {
	struct hs_run *run;
	struct hs_span layer;
	struct hs_canon how;
	struct hs_go_reader reader;
	struct hs_arena scratch; /* of the entry: goes back to `begin` for each */
	struct hs_arena_mark begin;
	struct hs_go_entry entry;
	enum state state;
	size_t extent;

	/* Of the form that sorts. */
	struct hs_arena kept; /* names that are no part of the layer; the losses */
	struct hs_go_named *order;
	size_t n_order, room, next;
	bool is_sorted;
	struct hs_err unsorted; /* why it could not be; code 0 for nothing */

	uint64_t holes;                          /* bytes of them so far */
	uint64_t n_sparse, n_timeless, trailing; /* for the losses */
	const char *losses[MAX_LOSSES];
	size_t n_losses;
};

struct hs_rewrite *
hs_rewrite_new(struct hs_run *run, struct hs_span layer, const struct hs_canon *how)
{
	struct hs_rewrite *const r = hs_alloc(sizeof(*r));

	*r = (struct hs_rewrite){
		.run = run,
		.layer = layer,
		.how = *how,
		.reader = { .file = layer },
	};
	/* So that going back keeps a block for the next entry. */
	hs_arena_alloc(&r->scratch, 1);
	r->begin = hs_arena_mark(&r->scratch);
	return r;
}

void
hs_rewrite_free(struct hs_rewrite *r)
{
	if (!r)
		return;
	hs_arena_release(&r->scratch);
	hs_arena_release(&r->kept);
	free(r->order);
	free(r);
}

const char *const *
hs_rewrite_losses(const struct hs_rewrite *r, size_t *n)
{
	*n = r->n_losses;
	return r->losses;
}

static int
fail_in_entry(const struct hs_rewrite *r, struct hs_err *err)
{
	char shown[120];

	hs_escape_short(shown, sizeof(shown), r->entry.header.name);
	return hs_fail_in(err, "entry %s", shown);
}

/* buildah reads on behind an end marker: what follows there is a further archive. */
static int
read_entry(struct hs_rewrite *r, struct hs_err *err)
{
	for (;;) {
		const int found = hs_go_next(&r->entry, &r->scratch, &r->reader, err);

		if (found != 0 || r->how.like != HS_LIKE_BUILDAH || r->reader.at >= r->layer.len)
			return found;
		if (hs_run_check(r->run, err) < 0)
			return err->code;
	}
}

static bool
is_within(struct hs_span part, struct hs_span whole)
{
	const uintptr_t at = (uintptr_t)part.at, begin = (uintptr_t)whole.at;

	return part.len == 0 || (at >= begin && at - begin < whole.len);
}

static int
add_name(struct hs_rewrite *r, uint64_t at, struct hs_err *err)
{
	struct hs_span name = r->entry.header.name;

	if (r->n_order >= r->run->limits.max_members)
		return hs_fail(err, HS_ELIMIT, "more than --max-members entries (%" PRIu64 ")",
		               r->run->limits.max_members);
	if (!is_within(name, r->layer))
		name = hs_arena_copy(&r->kept, name);
	if (r->n_order == r->room) {
		r->room = r->room ? 2 * r->room : 64;
		r->order = hs_realloc(r->order, r->room, sizeof(*r->order));
	}
	r->order[r->n_order++] = (struct hs_go_named){ name, at };
	return 0;
}

/* The tool reads all entries and their content before it writes the first. */
static int
read_order(struct hs_rewrite *r, struct hs_err *err)
{
	for (;;) {
		uint64_t at = r->reader.at;
		bool copies;
		int found;

		hs_arena_rewind(&r->scratch, r->begin);
		if (hs_run_check(r->run, err) < 0)
			return err->code;
		found = read_entry(r, err);
		if (found < 0)
			return found;
		if (found == 0)
			break;
		if (hs_form_content(&copies, &r->entry, &r->how, err) < 0)
			return fail_in_entry(r, err);
		if (add_name(r, at, err) < 0)
			return err->code;
	}
	hs_go_sort(r->order, r->n_order);
	r->is_sorted = true;
	return 0;
}

void
hs_rewrite_prepare(struct hs_rewrite *r)
{
	if (r->how.like == HS_LIKE_STABILIZE && !r->is_sorted && r->unsorted.code == 0)
		read_order(r, &r->unsorted);
}

static int
take_sorted(struct hs_rewrite *r, struct hs_err *err)
{
	struct hs_go_reader one = { .file = r->layer };

	hs_rewrite_prepare(r);
	if (!r->is_sorted) {
		*err = r->unsorted;
		return err->code;
	}
	if (r->next == r->n_order)
		return 0;
	one.at = r->order[r->next++].at;
	return hs_go_next(&r->entry, &r->scratch, &one, err);
}

static uint64_t
block_padding(uint64_t size)
{
	return -size & (HS_TAR_BLOCK - 1);
}

/* A small map may claim a hole of 2^63 bytes. */
static int
count_holes(struct hs_rewrite *r, struct hs_err *err)
{
	const struct hs_limits *const limits = &r->run->limits;
	const uint64_t size = (uint64_t)r->entry.header.size;
	const uint64_t holes = size - (size < r->entry.stored ? size : r->entry.stored);

	r->n_sparse++;
	if (holes > limits->max_size || r->holes > limits->max_size - holes)
		return hs_fail(err, HS_ELIMIT, "holes of %" PRIu64 " bytes, more than --max-size",
		               holes);
	r->holes += holes;
	if (r->holes > HS_RATIO_FREE && r->holes / r->layer.len > limits->max_ratio)
		return hs_fail(err, HS_ELIMIT, "holes of %" PRIu64 " bytes, past --max-ratio",
		               r->holes);
	return 0;
}

/* The zeros before extent `i`, or behind the last with those that fill the block. */
static uint64_t
hole_before(const struct hs_go_entry *e, size_t i)
{
	const struct hs_tar_extent *const before = i > 0 ? &e->extents[i - 1] : NULL;
	const uint64_t size = (uint64_t)e->header.size;
	const uint64_t from = before ? before->offset + before->len : 0;

	if (i < e->n_extents)
		return e->extents[i].offset - from;
	return size - from + block_padding(size);
}

/* The next extent of a sparse file and the hole behind it. */
static void
take_extent(struct hs_rewrite_piece *out, struct hs_rewrite *r)
{
	struct hs_go_entry *const e = &r->entry;
	const uint64_t len = e->extents[r->extent].len;

	r->extent++;
	*out = (struct hs_rewrite_piece){
		.content = hs_span_head(e->data, len),
		.padding = hole_before(e, r->extent),
	};
	e->data = hs_span_from(e->data, len);
	r->state = r->extent < e->n_extents ? STATE_CONTENT : STATE_ENTRIES;
}

static void
take_content(struct hs_rewrite_piece *out, struct hs_rewrite *r)
{
	const struct hs_go_entry *const e = &r->entry;

	if (!e->sparse) {
		out->content = e->data;
		out->padding = block_padding(e->data.len);
		return;
	}
	r->extent = 0;
	out->padding = hole_before(e, 0);
	r->state = e->n_extents > 0 ? STATE_CONTENT : STATE_ENTRIES;
}

static int
make_entry(struct hs_rewrite_piece *out, struct hs_rewrite *r, struct hs_err *err)
{
	struct hs_go_header h = r->entry.header;
	bool copies;

	if (hs_form_content(&copies, &r->entry, &r->how, err) < 0)
		return fail_in_entry(r, err);
	r->n_timeless += hs_form_loses_times(&h, &r->how);
	hs_form_header(&h, &r->how);
	if (hs_go_write(&out->header, &r->scratch, &h, err) < 0) {
		hs_fail_in(err, "go refuses");
		return fail_in_entry(r, err);
	}
	if (copies && r->entry.sparse && count_holes(r, err) < 0)
		return fail_in_entry(r, err);
	if (copies)
		take_content(out, r);
	return 1;
}

static void
add_loss(struct hs_rewrite *r, uint64_t n, const char *one, const char *many)
{
	if (n > 0)
		r->losses[r->n_losses++] =
			hs_arena_printf(&r->kept, "%" PRIu64 " %s", n, n == 1 ? one : many);
}

/* Zeros there are the padding of a tape, which nobody misses. */
static void
finish(struct hs_rewrite *r)
{
	const struct hs_span rest = hs_span_from(r->layer, r->reader.at);

	add_loss(r, hs_span_is_zero(rest) ? 0 : rest.len, "byte behind the end marker is lost",
	         "bytes behind the end marker are lost");
	add_loss(r, r->n_sparse, "sparse file becomes dense", "sparse files become dense");
	add_loss(r, r->reader.n_dropped, "extension header that belongs to no entry is lost",
	         "extension headers that belong to no entry are lost");
	add_loss(r, r->n_timeless,
	         "entry loses its access and change times and fractions of a second: Go does not "
	         "know the format of its header",
	         "entries lose their access and change times and fractions of a second: Go does "
	         "not know the format of their headers");
	r->state = STATE_DONE;
}

int
hs_rewrite_next(struct hs_rewrite_piece *out, struct hs_rewrite *r, struct hs_err *err)
{
	int found;

	*out = (struct hs_rewrite_piece){ .padding = 0 };
	if (r->state == STATE_DONE)
		return 0;
	if (hs_run_check(r->run, err) < 0)
		return err->code;
	if (r->state == STATE_CONTENT) {
		take_extent(out, r);
		return 1;
	}
	if (hs_like_needs_time(r->how.like) && !r->how.has_time)
		return hs_fail(err, HS_EUSAGE, "the form %s needs a time",
		               hs_like_name(r->how.like));
	hs_arena_rewind(&r->scratch, r->begin);
	found = r->how.like == HS_LIKE_STABILIZE ? take_sorted(r, err) : read_entry(r, err);
	if (found < 0)
		return found;
	if (found > 0)
		return make_entry(out, r, err);
	out->header = hs_go_end;
	finish(r);
	return 1;
}
