/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tar, in every dialect (POSIX.1-2017 pax; GNU tar manual; star(5)):
 *
 *	header    512 bytes, see core/tar_header.c
 *	data      as many bytes as the header says, filled to whole blocks
 *	...       more of both
 *	end       two zero blocks, then zeros up to the writer's record size
 *
 * 'x' (pax) and 'L', 'K' (GNU) headers with data of their own stand before the
 * header that they speak of; 'g' speaks of all that follow.
 *
 * What varies between builds: times, above all mtime, and its fraction, which
 * only pax has; numbers and names of owners, from the builder's machine; the
 * order of members, from a directory's; the process number in the names of
 * pax headers; access times in GNU and pax archives; the dialect itself and
 * the forms of numbers, from another version of another tar; padding.
 */
#include "comparators/comparator.h"
#include "comparators/archive/tar_facts.h"
#include "comparators/archive/tar_forensics.h"
#include "comparators/archive/tar_notes.h"
#include "core/escape.h"
#include "core/tar_reader.h"
#include "core/tar_sparse.h"

#include <inttypes.h>

enum { CODEC_SPARSE = 1, SHORT_NAME = 160 };

/* A file of zeros up to this size may be an empty archive; a larger one is rather a disk. */
enum { MAX_EMPTY = 1 << 20 };

/* The 'g' headers that count from one place of the archive on. */
struct epoch {
	const uint8_t *from;
	const struct hs_pax_values *globals;
};

struct state {
	struct epoch *epochs; /* by place */
	size_t n, room;
};

static const struct hs_pax_values no_globals;

static unsigned
tar_bid(struct hs_span file)
{
	struct hs_tar_header h;

	if (file.len < HS_TAR_BLOCK)
		return 0;
	switch (hs_tar_header_parse(&h, file)) {
	case HS_TAR_IS_HEADER:
		return h.dialect != HS_TAR_V7 ? 48 + 40 : h.name.len ? 48 : 0;
	case HS_TAR_IS_ZERO:
		return file.len >= 2 * HS_TAR_BLOCK && file.len <= MAX_EMPTY &&
		       file.len % HS_TAR_BLOCK == 0;
	default:
		return 0;
	}
}

static const struct hs_pax_values *
globals_at(const struct state *s, const uint8_t *at)
{
	size_t low = 0, high = s ? s->n : 0;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (s->epochs[mid].from <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? s->epochs[low - 1].globals : &no_globals;
}

/* A 'g' header with values that the reader uses begins an epoch. */
static void
note_globals(struct hs_tree *t, const struct hs_tar_member *m, const struct hs_tar_reader *r)
{
	struct state *s = t->state;
	struct hs_pax_values *copy;

	if (memcmp(globals_at(s, m->head.at), &r->globals, sizeof(r->globals)) == 0)
		return;
	if (s->n == s->room) {
		struct epoch *more = hs_arena_array(&t->arena, 2 * s->room + 4, sizeof(*more));

		if (s->n)
			memcpy(more, s->epochs, s->n * sizeof(*more));
		s->epochs = more;
		s->room = 2 * s->room + 4;
	}
	copy = hs_arena_alloc(&t->arena, sizeof(*copy));
	*copy = r->globals;
	s->epochs[s->n++] = (struct epoch){ m->head.at, copy };
}

/* The member as its head has it, with the data of the entry. */
static bool
member_of(struct hs_tar_member *m, const struct hs_tree *t, struct hs_span head,
          struct hs_span data)
{
	struct hs_tar_reader r = {
		.file = head,
		.globals = *globals_at(t->state, head.at),
		.head_only = true,
	};
	struct hs_err ignored;

	if (hs_tar_next(m, &r, &ignored) <= 0)
		return false;
	m->data = data;
	return true;
}

/* A list up to what can be shown, then a digest. */
static void
say_map(struct hs_facts *out, const struct hs_tar_member *m)
{
	static const char *const format[] = {
		[HS_TAR_SPARSE_GNU] = "GNU header", [HS_TAR_SPARSE_STAR] = "star header",
		[HS_TAR_SPARSE_0_0] = "pax 0.0",    [HS_TAR_SPARSE_0_1] = "pax 0.1",
		[HS_TAR_SPARSE_1_0] = "pax 1.0",
	};
	struct hs_tar_extents x;
	struct hs_tar_extent e;
	struct hs_err ignored;
	uint64_t n = 0;
	int rc = hs_tar_extents_init(&x, m, &ignored);

	hs_say_word(out, "sparse format", format[m->sparse]);
	hs_say_u64(out, "stored size", m->size);
	while (rc == 0 && n < 16 && hs_tar_extents_next(&e, &x, &ignored) > 0 && ++n)
		hs_sayf(out, "sparse extent", "%" PRIu64 "+%" PRIu64, e.offset, e.len);
	if (m->map.len)
		hs_say_digest(out, "sparse map blocks", m->map);
	else if (m->sparse == HS_TAR_SPARSE_1_0 && rc == 0)
		hs_say_digest(out, "sparse map",
		              hs_span_head(m->data, (uint64_t)(m->data.len - x.data.len)));
}

static void
tar_describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_tar_member m;
	const bool of_format = out->of_format;

	if (!member_of(&m, t, e->head, e->bytes))
		return;
	hs_tar_say_member(out, &m);
	out->of_format = true;
	if (!hs_span_equal(e->name, e->key))
		hs_say_value(out, "stored name", e->name);
	if (m.sparse != HS_TAR_DENSE)
		say_map(out, &m);
	out->of_format = of_format;
}

static int
tar_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
         struct hs_err *err)
{
	const struct hs_span *head = e->more;
	struct hs_blob *blob;
	struct hs_tar_member m;
	int rc;

	if (!member_of(&m, t, *head, e->bytes))
		return hs_fail(err, HS_EFORMAT, "the header of a sparse file cannot be read again");
	rc = hs_tar_expand_sparse(&blob, &m, t->run, err);
	if (blob)
		*out = hs_content_of(blob, blob->bytes);
	hs_blob_unref(blob);
	return rc;
}

static bool
tar_meta(struct hs_meta *out, struct hs_arena *a, const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_tar_member m;

	if (!member_of(&m, t, e->head, e->bytes))
		return false;
	hs_tar_meta(out, a, &m);
	return true;
}

static const struct hs_tree_ops tar_ops = {
	.describe = tar_describe_member,
	.open = tar_open,
	.meta = tar_meta,
};

static int
cut_error(const struct hs_tar_member *m, struct hs_span name, struct hs_err *err)
{
	hs_fail(err, HS_EFORMAT,
	        "the archive ends after %zu of the %" PRIu64
	        " bytes of the entry at offset %" PRIu64,
	        m->data.len, m->size, m->offset);
	return hs_fail_in_span(err, name);
}

/* Bytes around the data of a member that nothing else tells. */
static int
add_remains(struct hs_tree *t, const struct hs_tar_member *m, struct hs_span name,
            struct hs_err *err)
{
	const bool has_padding = !hs_span_is_zero(m->padding);
	char safe[SHORT_NAME];
	int rc = 0;

	if (!has_padding && m->kind == HS_KIND_FILE)
		return 0;
	hs_escape_short(safe, sizeof(safe), name);
	if (m->data.len &&
	    (m->kind != HS_KIND_FILE && m->kind != HS_KIND_OTHER && m->kind != HS_KIND_HARDLINK))
		rc = hs_tree_add_gap(t, hs_arena_printf(&t->arena, "data of %s", safe), m->data,
		                     err);
	if (rc == 0 && has_padding)
		rc = hs_tree_add_gap(t, hs_arena_printf(&t->arena, "padding of %s", safe),
		                     m->padding, err);
	return rc;
}

static void
fill_entry(struct hs_tree *t, struct hs_entry *e, const struct hs_tar_member *m)
{
	e->head = m->head;
	e->kind = m->kind;
	e->size = m->real_size;
	if (m->kind == HS_KIND_FILE || m->kind == HS_KIND_OTHER || m->kind == HS_KIND_HARDLINK)
		e->bytes = m->data;
	else
		e->size = 0;
	if (m->kind == HS_KIND_SYMLINK || m->kind == HS_KIND_HARDLINK)
		e->link = hs_tar_link(m);
	if (m->header.typeflag == 'g')
		e->key = HS_SPAN("(pax global header)");
	if (m->sparse != HS_TAR_DENSE) {
		/* A hard link to this one is opened with the link's head, which has no map. */
		struct hs_span *head = hs_arena_alloc(&t->arena, sizeof(*head));

		*head = m->head;
		e->more = head;
		e->codec = CODEC_SPARSE;
	}
	hs_tar_set_notes(t, e, m->odd);
}

static int
add_member(struct hs_tree *t, const struct hs_tar_member *m, struct hs_err *err)
{
	const struct hs_span name = hs_tar_name(&t->arena, m);
	struct hs_entry *e;
	const int rc = hs_tree_add(&e, t, name, err);

	if (rc < 0)
		return rc;
	fill_entry(t, e, m);
	if (m->cut) {
		cut_error(m, name, err);
		e->note = hs_arena_printf(&t->arena, "%s%s%s", e->note ? e->note : "",
		                          e->note ? "; " : "", err->text);
		e->damaged = true;
	}
	if ((m->data.len && m->kind != HS_KIND_FILE) || m->padding.len)
		return add_remains(t, m, name, err);
	return 0;
}

/* Bytes behind the end, with what in front of a hidden entry is none; opened as an archive of its
 * own, the gap shows the entries. */
static int
add_hidden(struct hs_tree *t, struct hs_span rest, struct hs_err *err)
{
	struct hs_tar_hidden walk = { .r.file = rest };
	struct hs_tar_member m;
	uint64_t first = 0;
	int rc = 0;

	if (hs_tar_next_hidden(&m, &walk)) {
		first = m.offset;
		while (hs_tar_next_hidden(&m, &walk))
			;
		t->note_code = "hidden-entry";
		t->note = hs_arena_printf(&t->arena,
		                          "%s%s%" PRIu64 " %s behind the end marker, "
		                          "where readers do not look",
		                          t->note ? t->note : "", t->note ? "; " : "", walk.n,
		                          walk.n == 1 ? "entry stands" : "entries stand");
	}
	if (first > 0)
		rc = hs_tree_add_gap(t, "after the end", hs_span_head(rest, first), err);
	return rc < 0 ? rc : hs_tree_add_gap(t, "after the end", hs_span_from(rest, first), err);
}

static int
add_end(struct hs_tree *t, const struct hs_tar_reader *r, struct hs_err *err)
{
	const struct hs_span rest = hs_span_from(r->file, r->at);

	/* Nothing of a member is missing, only what fills its block: umoci writes such layers. */
	if (r->n_missing)
		t->note = hs_arena_printf(&t->arena,
		                          "no end marker, and %" PRIu32
		                          " bytes of padding are missing"
		                          " from the last entry: the archive may be cut",
		                          r->n_missing);
	else if (r->end == HS_TAR_END_NONE)
		t->note = "no end marker: the archive may be cut between two entries";
	else if (r->end == HS_TAR_END_LONE)
		t->note = "the end marker is one zero block instead of two: some readers refuse it";
	if (hs_span_is_zero(rest))
		return 0;
	return add_hidden(t, hs_span_from(rest, hs_tar_padding(rest)), err);
}

/* Bytes from `from` to where the reader is, as a gap with a note. */
static bool
add_unread(struct hs_tree *t, const struct hs_tar_reader *r, uint64_t from,
           const struct hs_err *why)
{
	const struct hs_span bytes = hs_span_head(hs_span_from(r->file, from), r->at - from);
	struct hs_err ignored;

	if (hs_tree_add_gap(t, "unreadable", bytes, &ignored) < 0)
		return false;
	t->entries[t->n_entries - 1].note = hs_arena_printf(&t->arena, "%s", why->text);
	t->entries[t->n_entries - 1].damaged = true;
	return true;
}

/* Goes on at the next header; what is in between is a gap. False where the rest is not read. */
static bool
skip_damage(struct hs_tree *t, struct hs_tar_reader *r, const struct hs_err *why)
{
	const uint64_t from = r->at;
	bool more = false;

	if (why->code == HS_EFORMAT)
		more = hs_tar_resync(r);
	else
		r->at = r->file.len;
	return add_unread(t, r, from, why) && more;
}

/* One member. *more says whether others can be read after an error. */
static int
expand_member(struct hs_tree *t, const struct hs_tar_member *m, const struct hs_tar_reader *r,
              bool *more, struct hs_err *err)
{
	int rc;

	if (m->header.typeflag == 'g')
		note_globals(t, m, r);
	rc = add_member(t, m, err);
	if (rc == 0 && t->n_entries % 1024 == 0) {
		rc = hs_run_check(t->run, err);
		*more = rc == 0;
	}
	if (rc == HS_ELIMIT)
		*more = add_unread(t, r, m->offset, err);
	if (rc < 0 || !m->cut)
		return rc;
	*more = false;
	return cut_error(m, t->entries[t->n_entries - 1].name, err);
}

static int
tar_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_tar_reader r = { .file = file };
	struct hs_err first = { 0 };
	struct hs_tar_member m;
	bool more = true;
	int rc;

	out->ops = &tar_ops;
	out->state = hs_arena_alloc(&out->arena, sizeof(struct state));
	while (more && (rc = hs_tar_next(&m, &r, err)) != 0) {
		if (rc < 0)
			more = skip_damage(out, &r, err);
		else
			rc = expand_member(out, &m, &r, &more, err);
		if (rc < 0 && first.code == 0)
			first = *err;
	}
	if (more && (rc = add_end(out, &r, err)) < 0 && first.code == 0)
		first = *err;
	if (first.code) {
		*err = first;
		return (int)first.code;
	}
	if (out->n_entries == 0 && !hs_span_is_zero(file))
		return hs_fail(err, HS_ENOTMINE, "zeros and then something else");
	return 0;
}

/* Damage is what expand() speaks of; this goes on behind it. */
static int
tar_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_tar_reader r = { .file = file };
	struct hs_tar_forensics f;
	struct hs_tar_member m;
	int rc;

	hs_tar_forensics_init(&f, file);
	while ((rc = hs_tar_next(&m, &r, err)) != 0) {
		struct hs_tar_block_view b;

		if (rc < 0 && (rc != HS_EFORMAT || !hs_tar_resync(&r)))
			break;
		if (rc < 0)
			continue;
		hs_tar_forensics_add(&f, &m);
		if (m.header.typeflag == 'g' && hs_tar_take_block(&b, &m.head))
			hs_tar_say_records(out, "pax global", b.data);
	}
	hs_tar_forensics_say(out, &f, &r, rc == 0);
	hs_tar_forensics_release(&f);
	return 0;
}

const struct hs_comparator hs_comparator_tar = {
	.name = "tar",
	.about = "tar archives: v7, ustar, pax, GNU, star; sparse files, long names, all metadata",
	.known_by = "a header of 512 bytes whose checksum is right; all zeros for an empty one",
	.shape = HS_SHAPE_TREE,
	.bid = tar_bid,
	.describe = tar_describe,
	.expand = tar_expand,
};
