/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack_layer.h"

#include "core/hash.h"
#include "core/spool.h"
#include "core/tar_header.h"
#include "golang/go_tar.h"

#include <inttypes.h>
#include <stdlib.h>

/* Of a directory that has none of its own, and of a symbolic link, whose are never asked. */
enum { DIRECTORY_MODE = 0755, LINK_MODE = 0777, PERMISSIONS = 07777, OTHERS_ENTER = 0005 };

/* A layer on its way into the spool. */
struct packing {
	struct hs_pack_list *list;
	const struct hs_tree *tree;
	const struct hs_pack_times *times;
	struct hs_spool_writer writer;
	struct hs_sha256_stream sha256;
	struct hs_arena arena; /* of one item at a time */
	uint64_t n_labels;
};

static int
put(struct packing *p, struct hs_span bytes, struct hs_err *err)
{
	struct hs_run *run = p->tree->run;
	int rc = hs_run_inflated(run, bytes.len, err);

	if (rc < 0)
		return hs_fail(err, HS_ELIMIT, "more than %" PRIu64 " bytes (--max-size)",
		               run->limits.max_size);
	while (rc == 0 && bytes.len) {
		size_t room;
		uint8_t *to = hs_spool_room(&p->writer, &room);
		const struct hs_span piece = hs_span_head(bytes, room);

		memcpy(to, piece.at, piece.len);
		hs_sha256_update(&p->sha256, piece);
		rc = hs_spool_took(&p->writer, piece.len, err);
		if (rc == 0)
			rc = hs_run_check(run, err);
		hs_run_done(run, piece.len);
		bytes = hs_span_from(bytes, piece.len);
	}
	return rc;
}

static bool
is_machines_label(struct hs_span name)
{
	return hs_span_is(name, "security.selinux") || hs_span_is(name, "security.ima") ||
	       hs_span_is(name, "security.evm");
}

/* Records and the order in which their attributes came. */
struct record {
	struct hs_go_record of;
	size_t i;
};

static int
by_key(const void *x, const void *y)
{
	const struct record *a = x, *b = y;
	const int d = hs_span_order(a->of.key, b->of.key);

	return d ? d : (a->i > b->i) - (a->i < b->i);
}

/* Of two attributes of one name the later counts, as in records. */
static void
set_records(struct packing *p, struct hs_go_header *h, const struct hs_meta *m)
{
	struct hs_go_record *out = hs_arena_array(&p->arena, m->n_xattrs, sizeof(*out));
	struct record *rows = hs_arena_array(&p->arena, m->n_xattrs, sizeof(*rows));
	size_t n = 0;

	for (size_t i = 0; i < m->n_xattrs; i++) {
		const struct hs_attr *x = &m->xattrs[i];

		if (is_machines_label(x->name)) {
			p->n_labels++;
			continue;
		}
		rows[n].of.key = hs_arena_join(&p->arena, HS_SPAN("SCHILY.xattr."), x->name);
		rows[n].of.value = x->value;
		rows[n++].i = i;
	}
	if (n)
		qsort(rows, n, sizeof(*rows), by_key);
	for (size_t i = 0; i < n; i++)
		if (i + 1 == n || !hs_span_equal(rows[i].of.key, rows[i + 1].of.key))
			out[h->n_records++] = rows[i].of;
	h->records = out;
}

static uint8_t
type_of(enum hs_kind kind)
{
	static const uint8_t types[] = {
		[HS_KIND_FILE] = '0',    [HS_KIND_HARDLINK] = '1', [HS_KIND_SYMLINK] = '2',
		[HS_KIND_CHARDEV] = '3', [HS_KIND_BLOCKDEV] = '4', [HS_KIND_DIR] = '5',
		[HS_KIND_FIFO] = '6',
	};

	return types[kind];
}

static int64_t
clamped(const struct hs_pack_times *times, int64_t sec)
{
	if (!times->has_time)
		return 0;
	return sec < times->time ? sec : times->time;
}

/* The name as it stands in the layer: that of a directory ends in a slash. */
static struct hs_span
stored_name(struct hs_arena *a, struct hs_span path, bool directory)
{
	if (path.len == 0)
		return HS_SPAN("./");
	return directory ? hs_arena_join(a, path, HS_SPAN("/")) : path;
}

static struct hs_go_header
header_of(struct packing *p, const struct hs_pack_item *item, const struct hs_meta *m)
{
	struct hs_go_header h = {
		.typeflag = type_of(m->kind),
		.name = stored_name(&p->arena, item->path, m->kind == HS_KIND_DIR),
		.uid = m->uid,
		.gid = m->gid,
		.mode = m->kind == HS_KIND_SYMLINK ? LINK_MODE : (int64_t)(m->mode & PERMISSIONS),
		.mtime = { .at = { .sec = clamped(p->times, m->mtime.sec) }, .set = true },
	};

	if (m->kind == HS_KIND_SYMLINK)
		h.link = m->link;
	if (m->kind == HS_KIND_FILE)
		h.size = (int64_t)m->size;
	if (m->kind == HS_KIND_CHARDEV || m->kind == HS_KIND_BLOCKDEV) {
		h.dev_major = (int64_t)m->dev_major;
		h.dev_minor = (int64_t)m->dev_minor;
	}
	return h;
}

static int
put_header(struct packing *p, const struct hs_go_header *h, struct hs_err *err)
{
	struct hs_span blocks;
	const int rc = hs_go_write(&blocks, &p->arena, h, err);

	return rc < 0 ? rc : put(p, blocks, err);
}

static int
put_content(struct packing *p, const struct hs_entry *e, uint64_t size, struct hs_err *err)
{
	static const uint8_t zeros[HS_TAR_BLOCK];
	const size_t over = size % HS_TAR_BLOCK;
	struct hs_content content;
	int rc = hs_tree_open(&content, p->tree, e, err);

	if (rc == 0 && content.bytes.len != size)
		rc = hs_fail(err, HS_EIO, "%zu bytes where %" PRIu64 " were: it changed",
		             content.bytes.len, size);
	if (rc == 0)
		rc = put(p, content.bytes, err);
	if (rc == 0)
		rc = put(p, (struct hs_span){ zeros, over ? HS_TAR_BLOCK - over : 0 }, err);
	hs_content_release(&content);
	return rc;
}

/* Another name of a file that stands before it, and has its attributes: they are one file's. */
static int
put_link(struct packing *p, const struct hs_go_header *file, struct hs_span path,
         struct hs_span target, struct hs_err *err)
{
	struct hs_go_header h = *file;

	h.typeflag = type_of(HS_KIND_HARDLINK);
	h.name = path;
	h.link = target;
	h.size = h.dev_major = h.dev_minor = 0;
	return put_header(p, &h, err);
}

/* A directory of one's own is often closed to others: as the root of an image it would be too. */
static void
remark_on_root(struct packing *p, const struct hs_go_header *h)
{
	if ((h->mode & OTHERS_ENTER) != OTHERS_ENTER)
		hs_pack_remark(p->list, (struct hs_span){ 0 },
		               hs_arena_printf(p->list->arena,
		                               "the root directory has mode %04o: only its owner "
		                               "and group may read and enter it",
		                               (unsigned)h->mode));
}

static int
put_item(struct packing *p, size_t i, struct hs_err *err)
{
	const struct hs_pack_item *item = &p->list->items[i];
	struct hs_meta m = {
		.kind = HS_KIND_DIR,
		.mode = DIRECTORY_MODE,
		.mtime.sec = p->times->time,
	};
	struct hs_go_header h;

	if (item->entry && !p->tree->ops->meta(&m, &p->arena, p->tree, item->entry))
		return hs_fail(err, HS_EFORMAT, "its header cannot be read");
	h = header_of(p, item, &m);
	if (item->path.len == 0)
		remark_on_root(p, &h);
	if (item->first != i)
		return put_link(p, &h, item->path, p->list->items[item->first].path, err);
	set_records(p, &h, &m);
	if (put_header(p, &h, err) < 0)
		return err->code;
	return m.kind == HS_KIND_FILE ? put_content(p, item->entry, m.size, err) : 0;
}

static int
put_items(struct packing *p, struct hs_err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < p->list->n; i++) {
		const struct hs_arena_mark mark = hs_arena_mark(&p->arena);

		rc = put_item(p, i, err);
		if (rc < 0 && rc != HS_ESTOP && rc != HS_ELIMIT)
			hs_fail_in_span(err, p->list->items[i].path);
		hs_arena_rewind(&p->arena, mark);
	}
	return rc < 0 ? rc : put(p, hs_go_end, err);
}

int
hs_pack_layer(struct hs_blob **out, struct hs_pack_list *list, const struct hs_tree *t,
              const struct hs_pack_times *times, struct hs_err *err)
{
	struct packing p = { .list = list, .tree = t, .times = times };
	struct hs_sha256 digest;
	int rc;

	hs_spool_begin(&p.writer, t->run->spool);
	hs_sha256_init(&p.sha256);
	rc = put_items(&p, err);
	hs_sha256_final(&p.sha256, &digest);
	if (rc == 0)
		rc = hs_spool_end(&p.writer, out, err);
	if (rc < 0) {
		hs_spool_drop(&p.writer);
	} else {
		(*out)->sha256 = digest;
		(*out)->has_sha256 = true;
	}
	if (p.n_labels)
		hs_pack_remark(list, (struct hs_span){ 0 },
		               hs_arena_printf(list->arena,
		                               "labels of this machine's security modules are "
		                               "left out: %" PRIu64
		                               " of security.selinux, .ima or .evm",
		                               p.n_labels));
	hs_arena_release(&p.arena);
	return rc;
}
