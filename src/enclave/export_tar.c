/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A docker export stream as linuxkit sees it. It reads the stream with Go's
 * archive/tar, writes each entry with a prefix into a tar of its own, always
 * in the pax format, and reads that again. So what counts is what Go's Reader
 * takes it for, and what its Writer refuses; see golang/go_tar.h.
 */
#include "enclave/export.h"

#include "core/spool.h"
#include "golang/go_tar.h"

#include <inttypes.h>

enum { CHECK_EACH = 1024 };

/* The second in which Go's zero time stands, which its Writer writes as 0. */
#define ZERO_TIME (-INT64_C(62135596800))

struct reading {
	struct hs_export *out;
	struct hs_run *run;
	struct hs_arena scratch; /* of the entry */
	struct hs_arena_mark begin;
	struct hs_go_entry entry;
	struct hs_span stream;
};

static enum hs_kind
kind_of(uint8_t typeflag)
{
	switch (typeflag) {
	case '0':
		return HS_KIND_FILE;
	case '1':
		return HS_KIND_HARDLINK;
	case '2':
		return HS_KIND_SYMLINK;
	case '3':
		return HS_KIND_CHARDEV;
	case '4':
		return HS_KIND_BLOCKDEV;
	case '5':
		return HS_KIND_DIR;
	case '6':
		return HS_KIND_FIFO;
	default:
		return HS_KIND_OTHER;
	}
}

/* What the scratch arena or the stream has, for as long as the list lives. */
static struct hs_span
keep(struct reading *r, struct hs_span s)
{
	const uintptr_t at = (uintptr_t)s.at, begin = (uintptr_t)r->stream.at;

	if (s.len == 0)
		return (struct hs_span){ 0 };
	if (at >= begin && at - begin < r->stream.len)
		return s;
	return hs_arena_copy(r->out->arena, s);
}

static int
put(struct hs_spool_writer *w, struct hs_span from, uint64_t n, struct hs_err *err)
{
	int rc = 0;

	while (rc == 0 && n > 0) {
		size_t room;
		uint8_t *to = hs_spool_room(w, &room);

		if (room > n)
			room = (size_t)n;
		if (from.at)
			memcpy(to, from.at, room);
		else
			memset(to, 0, room);
		from = hs_span_from(from, room);
		n -= room;
		rc = hs_spool_took(w, room, err);
	}
	return rc;
}

static int
fill_holes(struct hs_spool_writer *w, const struct hs_go_entry *e, struct hs_err *err)
{
	struct hs_span data = e->data;
	uint64_t at = 0;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < e->n_extents; i++) {
		const struct hs_tar_extent x = e->extents[i];

		rc = put(w, (struct hs_span){ 0 }, x.offset - at, err);
		if (rc == 0)
			rc = put(w, hs_span_head(data, x.len), x.len, err);
		data = hs_span_from(data, x.len);
		at = x.offset + x.len;
	}
	return rc < 0 ? rc : put(w, (struct hs_span){ 0 }, (uint64_t)e->header.size - at, err);
}

/* A sparse file, which Go reads as one with its zeros. */
static int
take_sparse(struct hs_span *out, struct reading *r, struct hs_err *err)
{
	const struct hs_go_entry *e = &r->entry;
	const uint64_t size = (uint64_t)e->header.size, stored = e->data.len + e->head.len;
	struct hs_spool_writer w;
	struct hs_blob *blob = NULL;
	int rc;

	if (size > HS_RATIO_FREE && size / stored > r->run->limits.max_ratio)
		return hs_fail(err, HS_ELIMIT,
		               "a sparse file makes %" PRIu64 " bytes of %" PRIu64
		               ", more than --max-ratio",
		               size, stored);
	rc = hs_run_inflated(r->run, size, err);
	if (rc < 0)
		return rc;
	hs_spool_begin(&w, r->run->spool);
	rc = fill_holes(&w, e, err);
	if (rc == 0)
		rc = hs_spool_end(&w, &blob, err);
	if (rc < 0) {
		hs_spool_drop(&w);
		return rc;
	}
	*out = hs_export_hold(r->out, (struct hs_content){ .blob = blob, .bytes = blob->bytes });
	return 0;
}

/* Of a type without data Go keeps the size that was claimed, and gocpio fills it with zeros. */
static int
take_claim(struct hs_span *out, struct reading *r, struct hs_err *err)
{
	const int64_t size = r->entry.header.size;

	if (size > (int64_t)HS_MAX_NAME)
		return hs_fail(err, HS_ELIMIT,
		               "an entry of a type without data claims %" PRId64
		               " bytes (HS_MAX_NAME)",
		               size);
	if (size < 0)
		return hs_fail(err, HS_EFORMAT, "it claims %" PRId64 " bytes", size);
	if (size > 0)
		*out = (struct hs_span){ hs_arena_alloc(r->out->arena, (size_t)size),
			                 (size_t)size };
	return 0;
}

static int
take_content(struct hs_export_entry *x, struct reading *r, struct hs_err *err)
{
	const struct hs_go_entry *e = &r->entry;

	switch (x->kind) {
	case HS_KIND_FILE:
	case HS_KIND_OTHER:
		if (e->sparse)
			return take_sparse(&x->bytes, r, err);
		x->bytes = e->data;
		return 0;
	case HS_KIND_HARDLINK:
	case HS_KIND_SYMLINK:
		return 0;
	default:
		return take_claim(&x->bytes, r, err);
	}
}

/* As linuxkit hands it to Go's Writer; what it changes of it changes nothing of the answer. */
static void
ask_writer(struct hs_export_entry *x, struct reading *r)
{
	struct hs_go_header h = r->entry.header;
	struct hs_span ignored;
	struct hs_err err;

	h.format = HS_GO_PAX;
	if (h.typeflag == 'g')
		x->refused = "it is a pax global header";
	else if (hs_go_write(&ignored, &r->scratch, &h, &err) < 0)
		x->refused = hs_arena_printf(r->out->arena, "%s", err.text);
}

static void
remark_attributes(struct reading *r, const struct hs_go_header *h)
{
	const struct hs_span prefix = HS_SPAN("SCHILY.xattr.");
	bool xattr = false, capability = false;

	for (size_t i = 0; i < h->n_records; i++) {
		const struct hs_span key = h->records[i].key;

		if (!hs_span_starts(key, prefix))
			continue;
		if (hs_span_is(hs_span_from(key, prefix.len), "security.capability"))
			capability = true;
		else
			xattr = true;
	}
	hs_export_remark_lost(r->out, h->name, xattr, capability);
}

static int
add(struct reading *r, struct hs_err *err)
{
	const struct hs_go_header *h = &r->entry.header;
	struct hs_export_entry *x;
	int rc;

	if (r->out->n >= r->run->limits.max_members)
		return hs_fail(err, HS_ELIMIT, "more than --max-members entries (%" PRIu64 ")",
		               r->run->limits.max_members);
	if (h->name.len > HS_MAX_NAME || h->link.len > HS_MAX_NAME)
		return hs_fail(err, HS_ELIMIT,
		               "a name of more than %" PRIu64 " bytes (HS_MAX_NAME)", HS_MAX_NAME);
	x = hs_export_add(r->out);
	x->name = keep(r, h->name);
	x->kind = kind_of(h->typeflag);
	x->mode = (uint32_t)((uint64_t)h->mode & 07777);
	x->uid = h->uid;
	x->gid = h->gid;
	x->mtime = h->mtime.set ? h->mtime.at.sec : 0;
	if (x->mtime == ZERO_TIME && h->mtime.at.nsec == 0)
		x->mtime = 0;
	x->dev_major = (uint64_t)h->dev_major;
	x->dev_minor = (uint64_t)h->dev_minor;
	x->link = keep(r, h->link);
	ask_writer(x, r);
	rc = take_content(x, r, err);
	if (rc < 0)
		return hs_fail_in_span(err, x->name);
	remark_attributes(r, h);
	return 0;
}

static int
read_all(struct reading *r, struct hs_go_reader *from, struct hs_err *err)
{
	for (;;) {
		int rc = hs_go_next(&r->entry, &r->scratch, from, err);

		if (rc <= 0)
			return rc;
		if (from->cut) {
			hs_fail(err, HS_EFORMAT, "the stream ends inside the entry");
			return hs_fail_in_span(err, r->entry.header.name);
		}
		rc = add(r, err);
		if (rc == 0 && r->out->n % CHECK_EACH == 0)
			rc = hs_run_check(r->run, err);
		if (rc < 0)
			return rc;
		hs_arena_rewind(&r->scratch, r->begin);
	}
}

/* Go takes an archive without an end for whole. */
static void
remark_end(struct hs_export *out, const struct hs_go_reader *from)
{
	const struct hs_span rest = hs_span_from(from->file, from->at);
	struct hs_span end;

	if (!hs_span_part(&end, from->file, from->at - hs_go_end.len, hs_go_end.len) ||
	    !hs_span_is_zero(end))
		hs_ramdisk_remark(&out->remarks, HS_RAMDISK_STREAM_END,
		                  "the stream has no end marker: it may be cut");
	else if (!hs_span_is_zero(rest))
		hs_ramdisk_remark(&out->remarks, HS_RAMDISK_STREAM_END,
		                  "%zu bytes behind the end marker of the stream are not read",
		                  rest.len);
}

int
hs_export_of_tar(struct hs_export *out, struct hs_run *run, struct hs_content stream,
                 struct hs_err *err)
{
	struct reading r = { .out = out, .run = run, .stream = stream.bytes };
	struct hs_go_reader from = { .file = stream.bytes };
	int rc;

	out->remarks.arena = out->arena;
	/* So that going back keeps a block for the next entry. */
	hs_arena_alloc(&r.scratch, 1);
	r.begin = hs_arena_mark(&r.scratch);
	rc = read_all(&r, &from, err);
	if (rc == 0)
		remark_end(out, &from);
	hs_arena_release(&r.scratch);
	return rc;
}
