/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_rootfs.h"

#include "comparators/archive/cpio_links.h"
#include "core/codec.h"
#include "core/cpio_walk.h"
#include "pack/pack_layer.h"

#include <inttypes.h>

/* Compressed archives inside compressed archives: initramfs tools make one level. */
enum { MAX_LEVELS = 8, CHECK_EVERY = 256 };

struct opened_part {
	struct hs_blob *blob;
	struct opened_part *next;
};

struct rootfs {
	struct hs_tree tree;
	struct hs_cpio_links links;
	struct hs_arena scratch;   /* of the links */
	struct opened_part *parts; /* that were decompressed */
	unsigned archive;          /* so many were begun: inodes are of one archive */
};

static bool
rootfs_meta(struct hs_meta *out, struct hs_arena *a, const struct hs_tree *t,
            const struct hs_entry *e)
{
	struct hs_cpio_member m;
	struct hs_err ignored;

	(void)a;
	(void)t;
	if (hs_cpio_read_head(&m, e->head, &ignored) < 0)
		return false;
	*out = (struct hs_meta){
		.has = HS_HAS_MODE | HS_HAS_OWNER | HS_HAS_SIZE | HS_HAS_MTIME,
		.kind = e->kind,
		.mode = m.mode,
		.uid = (int64_t)m.uid,
		.gid = (int64_t)m.gid,
		.size = e->size,
		.mtime.sec = m.mtime,
		.link = e->link,
		.dev_major = m.rdev_major,
		.dev_minor = m.rdev_minor,
	};
	return true;
}

static const struct hs_tree_ops rootfs_ops = { .meta = rootfs_meta };

/* What the path is below rootfs/; false for what is not there. */
static bool
path_below(struct hs_span *out, struct hs_arena *a, struct hs_span name)
{
	const struct hs_span key = hs_key_of_name(a, name);

	*out = HS_SPAN(".");
	if (hs_span_is(key, "rootfs"))
		return true;
	*out = hs_span_from(key, strlen("rootfs/"));
	return hs_span_starts(key, HS_SPAN("rootfs/")) && out->len;
}

static int
add_member(struct rootfs *r, const struct hs_cpio_member *m, struct hs_err *err)
{
	struct hs_entry *e;

	if (m->malformed || m->data.len < m->size) {
		hs_fail(err, HS_EFORMAT,
		        m->malformed ? "a field of its cpio header is malformed"
		                     : "its content is cut short");
		return hs_fail_in_span(err, m->name);
	}
	if (hs_tree_add(&e, &r->tree, m->name, err) < 0)
		return err->code;
	e->kind = hs_kind_of_mode(m->mode);
	e->head = hs_cpio_head(m);
	if (e->kind == HS_KIND_SYMLINK) {
		e->link = m->data;
	} else if (e->kind == HS_KIND_FILE) {
		e->bytes = m->data;
		e->size = m->data.len;
	}
	if (e->kind == HS_KIND_FILE && m->nlink > 1)
		hs_cpio_links_add(&r->links, &r->scratch, m, r->archive, r->tree.n_entries - 1);
	return 0;
}

/* What compresses the bytes, as Linux would see it; .lzma has no magic of its own. */
static enum hs_codec
codec_of(struct hs_span bytes)
{
	const enum hs_codec codec = hs_codec_of(bytes);

	if (codec == HS_CODEC_NONE && hs_span_starts(bytes, HS_SPAN("\x5d\0\0")))
		return HS_CODEC_LZMA;
	return codec;
}

/* Takes the compressed part off the front, and the zero bytes behind it. */
static int
take_part(struct hs_span *out, struct rootfs *r, struct hs_span *bytes, struct hs_err *err)
{
	struct opened_part *p = hs_arena_alloc(&r->tree.arena, sizeof(*p));
	struct hs_inflated inner = { 0 };
	const int rc = hs_inflate(&inner, codec_of(*bytes), *bytes, r->tree.run, err);

	p->blob = inner.blob;
	p->next = r->parts;
	r->parts = p;
	if (rc < 0)
		return rc;
	*out = inner.blob->bytes;
	*bytes = hs_span_from(*bytes, inner.consumed);
	*bytes = hs_span_from(*bytes, hs_cpio_zeros(*bytes));
	return 0;
}

/* Archives that are not compressed, up to *rest, where one is or the file ends. */
static int
add_plain(struct rootfs *r, struct hs_span *rest, struct hs_err *err)
{
	struct hs_cpio_walk w = { .file = *rest };
	enum hs_cpio_step at = HS_CPIO_MEMBER;
	int rc = 0;

	*rest = HS_SPAN("");
	for (unsigned n = 0; rc == 0 && at != HS_CPIO_END && at != HS_CPIO_PART; n++) {
		const unsigned before = w.archive;

		if (n % CHECK_EVERY == 0 && hs_run_check(r->tree.run, err) < 0)
			return err->code;
		rc = hs_cpio_step(&w, &at, err);
		r->archive += w.archive != before;
		if (rc == 0 && at == HS_CPIO_MEMBER)
			rc = add_member(r, &w.member, err);
		if (rc == 0 && at == HS_CPIO_REST && w.bytes.len)
			rc = hs_fail(err, HS_EFORMAT, "%zu bytes at offset %" PRIu64 " are no cpio",
			             w.bytes.len, (uint64_t)(w.bytes.at - w.file.at));
	}
	if (rc == 0 && at == HS_CPIO_PART)
		*rest = w.bytes;
	return rc;
}

/* All archives of a file, one behind the other, those inside compressed parts too. */
static int
add_archives(struct rootfs *r, struct hs_span file, unsigned level, struct hs_err *err)
{
	int rc = 0;

	if (level > MAX_LEVELS)
		return hs_fail(err, HS_ELIMIT, "archives are compressed more than %d times",
		               MAX_LEVELS);
	while (rc == 0 && file.len) {
		struct hs_span inner;

		if (codec_of(file) == HS_CODEC_NONE) {
			rc = add_plain(r, &file, err);
			continue;
		}
		rc = take_part(&inner, r, &file, err);
		if (rc == 0)
			rc = add_archives(r, inner, level + 1, err);
	}
	return rc;
}

static int
add_ramdisks(struct rootfs *r, const struct hs_eif *eif, struct hs_err *err)
{
	for (size_t i = 0; i < eif->n_sections; i++) {
		const struct hs_eif_section *s = &eif->sections[i];

		if (s->type == HS_EIF_RAMDISK && add_archives(r, s->data, 0, err) < 0)
			return hs_fail_in(err, "ramdisk[%u]", s->ordinal);
	}
	return 0;
}

/*
 * Leaves what is below rootfs/, without that. What shares its data with an
 * earlier name is a link to that, if that is there too.
 */
static void
keep_below(struct hs_tree *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n_entries; i++) {
		struct hs_entry e = t->entries[i];
		const struct hs_span *first = e.more;

		if (!path_below(&e.name, &t->arena, e.name))
			continue;
		if (first && path_below(&e.link, &t->arena, *first))
			e.kind = HS_KIND_HARDLINK;
		e.key = e.name;
		t->entries[n++] = e;
	}
	t->n_entries = n;
}

/* The latest time that there is: none is later, and folders that no ramdisk has get it. */
static int64_t
latest(const struct hs_tree *t)
{
	struct hs_cpio_member m;
	struct hs_err ignored;
	int64_t out = 0;

	for (size_t i = 0; i < t->n_entries; i++)
		if (hs_cpio_read_head(&m, t->entries[i].head, &ignored) == 0 &&
		    (i == 0 || m.mtime > out))
			out = m.mtime;
	return out;
}

static int
write_tar(struct hs_blob **out, struct hs_tree *t, struct hs_err *err)
{
	const struct hs_pack_times times = { .has_time = true, .time = latest(t) };
	struct hs_arena arena = { 0 };
	struct hs_pack_list list = { .arena = &arena };
	int rc = 0;

	if (t->n_entries == 0)
		return hs_fail(err, HS_EFORMAT, "no ramdisk has a folder rootfs");
	rc = hs_pack_list_make(&list, t, err);
	if (rc == 0)
		rc = hs_pack_layer(out, &list, t, &times, err);
	hs_pack_list_release(&list);
	hs_arena_release(&arena);
	return rc;
}

int
hs_eif_rootfs(struct hs_blob **out, struct hs_run *run, const struct hs_eif *eif,
              struct hs_err *err)
{
	struct rootfs r = { 0 };
	int rc;

	hs_tree_init(&r.tree, run, hs_pool_main(run->pool), NULL);
	r.tree.ops = &rootfs_ops;
	rc = add_ramdisks(&r, eif, err);
	hs_cpio_links_resolve(&r.links, &r.scratch, &r.tree);
	keep_below(&r.tree);
	hs_tree_finish(&r.tree);
	if (rc == 0)
		rc = write_tar(out, &r.tree, err);
	for (const struct opened_part *p = r.parts; p; p = p->next)
		hs_blob_unref(p->blob);
	hs_tree_release(&r.tree);
	hs_arena_release(&r.scratch);
	return rc;
}
