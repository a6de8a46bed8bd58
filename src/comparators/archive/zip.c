/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zip archives (PKWARE APPNOTE.TXT 6.3.10; Info-ZIP's extrafld.txt), and all
 * that are zip inside: jar, apk, wheel, docx, epub.
 *
 *	[bytes of a self-extractor]
 *	local header, data, [data descriptor]    for each member
 *	[bytes such as the APK signing block]
 *	central directory: one record a member
 *	[zip64 end record and its locator]
 *	end record, comment
 *
 * The directory counts: it says which members there are, where they stand and
 * how they are compressed. What a local header says differently is a fact.
 *
 * What varies between builds: DOS times (local time, steps of two seconds) and
 * the extended timestamp, uid and gid (Info-ZIP without -X), the order of
 * members, the mode in the external attributes (umask), the "made by" of the
 * writer, its level and library (other compressed bytes of the same content),
 * and whether sizes stand in the local header or behind the data (streaming).
 *
 * Members are spans of compressed bytes. They are decompressed when somebody
 * asks for the content, and what comes out is checked against size and CRC-32.
 */
#include "comparators/comparator.h"
#include "comparators/archive/member.h"
#include "comparators/archive/zip_facts.h"

#include <inttypes.h>
#include <stdlib.h>

enum { CHECK_EVERY = 256, MAGIC_BITS = 32, PREFIXED_BITS = 24 };

/* What a part of the file is. */
enum owner {
	OF_MEMBER,
	OF_DIRECTORY,
	OF_END, /* end records and comment */
};

struct extent {
	uint64_t start, end;
	enum owner owner;
	size_t entry; /* of a member */
	bool noted;   /* that it overlaps */
};

struct build {
	struct hs_tree *tree;
	struct hs_span file;
	struct hs_zip_end end;
	struct extent *extents; /* in the worker's scratch arena; NULL without a directory */
	size_t n_extents;
	/* Members that share bytes could take any amount of memory; others never more than the
	 * file. */
	uint64_t head_room, link_room;
};

static unsigned
zip_bid(struct hs_span file)
{
	struct hs_zip_end end;

	if (hs_span_starts(file, HS_SPAN("PK\3\4")) || hs_span_starts(file, HS_SPAN("PK\5\6")) ||
	    hs_span_starts(file, HS_SPAN("PK00PK\3\4")) ||
	    hs_span_starts(file, HS_SPAN("PK\7\10PK\3\4")))
		return MAGIC_BITS;
	/* With bytes on both sides it is rather a file that holds an archive than one that is one.
	 */
	return hs_zip_find_end(&end, file) && end.after == file.len ? PREFIXED_BITS : 0;
}

static int
open_member(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
            struct hs_err *err)
{
	struct hs_zip_member m;

	hs_zip_take_head(&m, e);
	return hs_zip_read(out, t, hs_zip_header_of(&m), e->bytes, err);
}

static const struct hs_tree_ops zip_ops = {
	.describe = hs_zip_describe_entry,
	.open = open_member,
};

/* ---- Members ---- */

static bool
is_content(enum hs_kind kind)
{
	return kind == HS_KIND_FILE || kind == HS_KIND_OTHER;
}

/* What is no content is kept as metadata, as long as it is not much. */
static enum hs_kind
kind_of(const struct hs_zip_member *m)
{
	const enum hs_kind kind = hs_zip_kind(m);
	const struct hs_zip_header *h = hs_zip_header_of(m);

	if (!is_content(kind) && (m->data.len > HS_MAX_NAME || h->size > HS_MAX_NAME))
		return HS_KIND_FILE;
	return kind;
}

/* The target of a symbolic link, which may be compressed like any content. */
static void
set_link(struct build *b, struct hs_entry *e, const struct hs_zip_header *h)
{
	struct hs_tree *t = b->tree;
	struct hs_content target = { 0 };
	struct hs_err err;

	if (!hs_zip_is_readable(h)) {
		hs_member_note(t, e, "the target of the link cannot be read");
		return;
	}
	if (h->size > b->link_room) {
		hs_member_damage(t, e, "the target of the link is not read: it shares its bytes");
		return;
	}
	b->link_room -= h->size;
	if (hs_zip_read(&target, t, h, e->bytes, &err) < 0)
		hs_member_damage(
			t, e, hs_arena_printf(&t->arena, "the target of the link: %s", err.text));
	e->link = hs_arena_copy(&t->arena, hs_span_head(target.bytes, h->size));
	hs_content_release(&target);
}

static void
set_head(struct build *b, struct hs_entry *e, const struct hs_zip_member *m)
{
	const bool content = is_content(e->kind);
	const uint64_t more = m->local.raw.len + m->descriptor.len + (content ? 0 : m->data.len);
	struct hs_zip_member directory_only = { .central = m->central,
		                                .has_central = m->has_central };

	if (more <= b->head_room) {
		b->head_room -= more;
		e->head = hs_zip_head(&b->tree->arena, m, content);
		return;
	}
	e->head = hs_zip_head(&b->tree->arena, &directory_only, true);
	hs_member_damage(b->tree, e, "its local header is not described: it shares its bytes");
}

static void
note_member(struct hs_tree *t, struct hs_entry *e, const struct hs_zip_member *m)
{
	const struct hs_zip_header *h = hs_zip_header_of(m);
	struct hs_arena *a = &t->arena;

	if (!m->has_local)
		hs_member_damage(
			t, e, hs_arena_printf(a, "no local header at offset %" PRIu64, h->offset));
	else if (m->data.len < h->packed)
		hs_member_damage(t, e,
		                 hs_arena_printf(a,
		                                 "its data are cut short: %" PRIu64
		                                 " bytes announced, %zu left",
		                                 h->packed, m->data.len));
	if (h->flags & HS_ZIP_ENCRYPTED)
		hs_member_note(t, e, "encrypted: its stored bytes are compared");
	else if (!hs_zip_is_readable(h))
		hs_member_note(t, e,
		               hs_arena_printf(a,
		                               "%s is not decoded: its stored bytes are compared",
		                               hs_zip_method_name(a, h->method)));
	if (e->kind == HS_KIND_FILE && hs_zip_kind(m) != HS_KIND_FILE)
		hs_member_note(t, e,
		               hs_arena_printf(a, "a %s with more content than one has",
		                               hs_kind_name(hs_zip_kind(m))));
	if (m->has_local && h->flags & HS_ZIP_DESCRIPTOR && m->descriptor.len == 0)
		hs_member_note(t, e, "no data descriptor that fits it follows its data");
}

static void
add_extent(struct build *b, struct extent x)
{
	if (b->extents && x.end > x.start)
		b->extents[b->n_extents++] = x;
}

static int
add_member(struct build *b, const struct hs_zip_member *m, struct hs_err *err)
{
	const struct hs_zip_header *h = hs_zip_header_of(m);
	struct hs_tree *t = b->tree;
	struct hs_entry *e;
	const int rc = hs_member_add(&e, t, h->name, err);

	if (rc < 0)
		return rc;
	e->kind = kind_of(m);
	e->bytes = m->data;
	e->size = m->data.len;
	if (hs_zip_is_readable(h)) {
		e->codec = h->method + 1u;
		e->size = h->size;
	}
	note_member(t, e, m);
	set_head(b, e, m);
	if (e->kind == HS_KIND_SYMLINK)
		set_link(b, e, h);
	add_extent(b, (struct extent){ .start = m->start,
	                               .end = m->end,
	                               .owner = OF_MEMBER,
	                               .entry = t->n_entries - 1 });
	return 0;
}

/* ---- Bytes that are nobody's ---- */

static int
order_extents(const void *x, const void *y)
{
	const struct extent *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static const char *
gap_label(uint64_t at, enum owner next)
{
	switch (next) {
	case OF_MEMBER:
		return at == 0 ? "before the first member" : "between members";
	case OF_DIRECTORY:
		return "before the directory";
	default:
		return "before the end record";
	}
}

static void
note_overlap(struct build *b, struct extent *x)
{
	if (x->owner == OF_MEMBER && !x->noted)
		hs_member_note(b->tree, &b->tree->entries[x->entry],
		               "its bytes overlap with other parts of the archive");
	x->noted = true;
}

/* What lies between the extents, and behind them all. */
static int
add_gaps(struct build *b, struct hs_err *err)
{
	struct extent none = { .owner = OF_END }, *covering = &none;
	uint64_t at = 0;
	int rc = 0;

	if (b->n_extents)
		qsort(b->extents, b->n_extents, sizeof(*b->extents), order_extents);
	for (size_t i = 0; i < b->n_extents && rc == 0; i++) {
		struct extent *x = &b->extents[i];

		if (x->start < at) {
			note_overlap(b, covering);
			note_overlap(b, x);
		} else if (x->start > at) {
			rc = hs_tree_add_gap(b->tree, gap_label(at, x->owner),
			                     hs_span_head(hs_span_from(b->file, at), x->start - at),
			                     err);
		}
		if (x->end > at) {
			at = x->end;
			covering = x;
		}
	}
	if (rc == 0 && at < b->file.len)
		rc = hs_tree_add_gap(b->tree, "after the end", hs_span_from(b->file, at), err);
	return rc;
}

/* ---- The directory ---- */

static size_t
count_records(struct hs_span directory)
{
	struct hs_cursor c = { .rest = directory };
	struct hs_zip_header h;
	size_t n = 0;

	while (hs_zip_take_central(&h, &c))
		n++;
	return n;
}

static uint64_t
offset_in(struct hs_span file, struct hs_span part)
{
	return (uint64_t)(part.at - file.at);
}

static void
add_end_extents(struct build *b, uint64_t directory_end)
{
	const struct hs_zip_end *e = &b->end;
	const struct hs_span parts[] = { e->zip64, e->locator };

	add_extent(b, (struct extent){
			      .start = e->directory, .end = directory_end, .owner = OF_DIRECTORY });
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const uint64_t at = parts[i].len ? offset_in(b->file, parts[i]) : 0;

		add_extent(b, (struct extent){
				      .start = at, .end = at + parts[i].len, .owner = OF_END });
	}
	add_extent(b, (struct extent){ .start = e->at, .end = e->after, .owner = OF_END });
}

/* The count has 16 bits; writers before zip64 let it run over. */
static int
check_end(const struct build *b, uint64_t found, bool cut, struct hs_err *err)
{
	const struct hs_zip_end *e = &b->end;

	if (cut)
		return hs_fail(err, HS_EFORMAT,
		               "record %" PRIu64 " of the zip directory is cut short", found + 1);
	if (found != e->stated_entries && (e->zip64.len || found % 65536 != e->stated_entries))
		return hs_fail(err, HS_EFORMAT,
		               "the end record counts %" PRIu64
		               " members, the zip directory has %" PRIu64,
		               e->stated_entries, found);
	if (e->stated_offset + (uint64_t)e->base != e->directory)
		return hs_fail(err, HS_EFORMAT,
		               "the end record places the zip directory at byte %" PRIu64
		               ", it stands at %" PRIu64,
		               e->stated_offset, e->directory);
	if (e->comment.len < e->comment_size)
		return hs_fail(err, HS_EFORMAT,
		               "the comment of the zip archive has %zu bytes of %u", e->comment.len,
		               e->comment_size);
	return 0;
}

static int
add_record(struct build *b, const struct hs_zip_header *h, struct hs_err *err)
{
	struct hs_zip_member m = { .central = *h, .has_central = true };
	uint64_t at;

	if (hs_zip_place(&at, &b->end, b->file, h->offset))
		hs_zip_locate(&m, b->file, at);
	return add_member(b, &m, err);
}

static int
expand_directory(struct build *b, struct hs_err *err)
{
	enum { END_EXTENTS = 4 };
	struct hs_cursor c = { .rest = hs_zip_directory(&b->end, b->file) }, ahead = c;
	const size_t n = count_records(c.rest);
	struct hs_zip_header h;
	uint64_t found = 0;
	struct hs_err ignored;
	int rc = 0, gaps;

	b->extents =
		hs_arena_array(&b->tree->worker->scratch, n + END_EXTENTS, sizeof(*b->extents));
	for (; rc == 0 && hs_zip_take_central(&h, &ahead); found++) {
		c = ahead;
		rc = add_record(b, &h, err);
		if (rc == 0 && found % CHECK_EVERY == 0)
			rc = hs_run_check(b->tree->run, err);
	}
	if (rc < 0)
		return rc;
	add_end_extents(b, b->end.limit - c.rest.len);
	rc = check_end(b, found, hs_span_starts(c.rest, HS_SPAN("PK\1\2")), err);
	gaps = add_gaps(b, rc < 0 ? &ignored : err);
	return rc < 0 ? rc : gaps;
}

/* Without a directory: the local headers from the start, as far as they say how long they are. */
static int
expand_local(struct build *b, struct hs_err *err)
{
	uint64_t at = hs_span_starts(b->file, HS_SPAN("PK\3\4")) ? 0 : 4;
	struct hs_err ignored;
	int rc = 0;

	if (at > 0)
		rc = hs_tree_add_gap(b->tree, "before the first member", hs_span_head(b->file, at),
		                     err);
	while (rc == 0) {
		struct hs_zip_member m = { .has_central = false };

		hs_zip_locate(&m, b->file, at);
		if (!m.has_local || (m.local.flags & HS_ZIP_DESCRIPTOR && m.local.packed == 0))
			break;
		at = m.end;
		rc = add_member(b, &m, err);
		if (rc == 0)
			rc = hs_run_check(b->tree->run, err);
	}
	if (rc < 0)
		return rc;
	if (at < b->file.len)
		hs_tree_add_gap(b->tree, "after the damage", hs_span_from(b->file, at), &ignored);
	return hs_fail(err, HS_EFORMAT,
	               "no zip directory is found from the end of the file: members by their local "
	               "headers up to byte %" PRIu64,
	               at);
}

static int
zip_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct hs_arena_mark mark = hs_arena_mark(&out->worker->scratch);
	struct build b = {
		.tree = out,
		.file = file,
		.head_room = file.len,
		.link_room = file.len + HS_MAX_META,
	};
	int rc;

	out->ops = &zip_ops;
	rc = hs_zip_find_end(&b.end, file) ? expand_directory(&b, err) : expand_local(&b, err);
	hs_arena_rewind(&out->worker->scratch, mark);
	return rc;
}

const struct hs_comparator hs_comparator_zip = {
	.name = "zip",
	.about = "zip archives and what is one inside: jar, apk, wheel, docx, epub",
	.known_by =
		"\"PK\\3\\4\" or \"PK\\5\\6\" at 0, or a central directory that ends with the file",
	.library = "zlib",
	.shape = HS_SHAPE_TREE,
	.bid = zip_bid,
	.describe = hs_zip_describe,
	.expand = zip_expand,
};
