/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/filesystem/extfs_walk.h"

#include "comparators/archive/member.h"
#include "comparators/archive/member_head.h"
#include "comparators/archive/member_spool.h"
#include "comparators/filesystem/extfs_memory.h"

#include <inttypes.h>
#include <stdlib.h>

#if HS_WITH_EXT2FS

enum { PIECE = 64 * 1024, MAX_LINK = 4096 };

struct walk {
	struct hs_tree *out;
	struct hs_member_spool spool;
	struct hs_span file;
	ext2_filsys fs;
	char *piece;
	struct hs_span *first; /* by inode: the first name of a file of several */
	uint8_t *walked;       /* by inode, for directories */
	unsigned depth;
};

/* The library's texts are of another program and in any language: its number says which. */
static int
fail(struct hs_err *err, errcode_t code, const char *what)
{
	return hs_fail(err,
	               code == EXT2_ET_UNSUPP_FEATURE || code == EXT2_ET_RO_UNSUPP_FEATURE
	                       ? HS_EABSENT
	                       : HS_EFORMAT,
	               "%s cannot be read (libext2fs error %ld)", what, (long)code - EXT2_ET_BASE);
}

/* Seconds have two bits more beside the nanoseconds. */
static struct hs_time
time_of(uint32_t sec, uint32_t extra, bool has_extra)
{
	struct hs_time t = { .sec = (int32_t)sec };

	if (has_extra) {
		t.sec += (int64_t)(extra & 3) << 32;
		t.nsec = extra >> 2 < 1000000000 ? extra >> 2 : 0;
		t.digits = 9;
	}
	return t;
}

static void
read_times(struct hs_meta *m, const struct ext2_inode_large *inode, bool has_extra)
{
	m->has |= HS_HAS_MTIME | HS_HAS_ATIME | HS_HAS_CTIME;
	m->mtime = time_of(inode->i_mtime, inode->i_mtime_extra, has_extra);
	m->atime = time_of(inode->i_atime, inode->i_atime_extra, has_extra);
	m->ctime = time_of(inode->i_ctime, inode->i_ctime_extra, has_extra);
	if (has_extra && inode->i_crtime) {
		m->has |= HS_HAS_BIRTHTIME;
		m->birthtime = time_of(inode->i_crtime, inode->i_crtime_extra, true);
	}
}

static void
read_device(struct hs_meta *m, const struct ext2_inode_large *inode)
{
	const uint32_t old = inode->i_block[0], number = inode->i_block[1];

	m->has |= HS_HAS_DEVICE;
	/* Linux: old_decode_dev(), new_decode_dev(). */
	m->dev_major = old ? old >> 8 & 0xff : (number & 0xfff00) >> 8;
	m->dev_minor = old ? old & 0xff : (number & 0xff) | (number >> 12 & 0xfff00);
}

/* Up to `room` bytes of the content into w->piece. */
static errcode_t
read_head(struct walk *w, ext2_ino_t ino, unsigned room, unsigned *got)
{
	ext2_file_t f;
	errcode_t code = ext2fs_file_open2(w->fs, ino, NULL, 0, &f);

	*got = 0;
	if (code)
		return code;
	code = ext2fs_file_read(f, w->piece, room, got);
	ext2fs_file_close(f);
	return code;
}

static errcode_t
read_link(struct walk *w, struct hs_meta *m, ext2_ino_t ino, const struct ext2_inode_large *inode)
{
	const uint64_t size = EXT2_I_SIZE(inode);
	unsigned got = 0;
	errcode_t code = 0;

	m->has |= HS_HAS_LINK;
	if (size < sizeof(inode->i_block) && !(inode->i_flags & EXT4_INLINE_DATA_FL)) {
		m->link = hs_arena_copy(
			&w->out->arena,
			(struct hs_span){ (const uint8_t *)inode->i_block, (size_t)size });
		return 0;
	}
	code = read_head(w, ino, MAX_LINK, &got);
	m->link = hs_arena_copy(&w->out->arena, (struct hs_span){ (uint8_t *)w->piece, got });
	return code;
}

struct attrs {
	struct hs_arena *arena;
	struct hs_attr *list;
	size_t n, room;
};

static int
add_attr(char *name, char *value, size_t len, void *ctx)
{
	struct attrs *x = ctx;

	if (x->n == x->room)
		return XATTR_ABORT;
	x->list[x->n++] = (struct hs_attr){
		hs_arena_copy(x->arena, hs_span_of(name)),
		hs_arena_copy(x->arena, (struct hs_span){ (uint8_t *)value, len }),
	};
	return 0;
}

static errcode_t
read_xattrs(const struct walk *w, struct hs_meta *m, ext2_ino_t ino)
{
	struct attrs x = { .arena = &w->out->arena };
	struct ext2_xattr_handle *handle;
	errcode_t code = ext2fs_xattrs_open(w->fs, ino, &handle);

	/* It was made without any. */
	if (code == EXT2_ET_MISSING_EA_FEATURE)
		return 0;
	if (code)
		return code;
	code = ext2fs_xattrs_read(handle);
	if (code == 0)
		code = ext2fs_xattrs_count(handle, &x.room);
	if (code == 0 && x.room > 0) {
		x.list = hs_arena_array(x.arena, x.room, sizeof(*x.list));
		code = ext2fs_xattrs_iterate(handle, add_attr, &x);
	}
	ext2fs_xattrs_close(&handle);
	m->xattrs = x.list;
	m->n_xattrs = x.n;
	return code;
}

static errcode_t
read_meta(struct walk *w, struct hs_meta *m, ext2_ino_t ino, const struct ext2_inode_large *inode)
{
	const bool has_extra = EXT2_INODE_SIZE(w->fs->super) > EXT2_GOOD_OLD_INODE_SIZE &&
	                       inode->i_extra_isize >= 24;
	errcode_t code;

	*m = (struct hs_meta){
		.has = HS_HAS_MODE | HS_HAS_OWNER,
		.kind = hs_kind_of_mode(inode->i_mode),
		.mode = inode->i_mode,
		.uid = inode->i_uid | (int64_t)inode->osd2.linux2.l_i_uid_high << 16,
		.gid = inode->i_gid | (int64_t)inode->osd2.linux2.l_i_gid_high << 16,
	};
	read_times(m, inode, has_extra);
	code = read_xattrs(w, m, ino);
	if (m->kind == HS_KIND_SYMLINK) {
		const errcode_t of_link = read_link(w, m, ino, inode);

		code = code ? code : of_link;
	} else if (m->kind == HS_KIND_CHARDEV || m->kind == HS_KIND_BLOCKDEV) {
		read_device(m, inode);
	} else if (m->kind == HS_KIND_FILE && inode->i_links_count > 1 && w->first[ino].len) {
		m->kind = HS_KIND_HARDLINK;
		m->has |= HS_HAS_LINK;
		m->link = w->first[ino];
	} else if (m->kind == HS_KIND_FILE) {
		m->has |= HS_HAS_SIZE;
		m->size = EXT2_I_SIZE(inode);
	}
	return code;
}

static int
read_content(struct walk *w, size_t at, ext2_ino_t ino, struct hs_err *err)
{
	unsigned got = 0;
	ext2_file_t f;
	errcode_t code = ext2fs_file_open2(w->fs, ino, NULL, 0, &f);
	const bool open = code == 0;
	struct hs_entry *e;
	int rc = 0;

	do {
		got = 0;
		if (code == 0)
			code = ext2fs_file_read(f, w->piece, PIECE, &got);
		if (got > 0)
			rc = hs_member_spool_put(&w->spool, (const uint8_t *)w->piece, got, err);
	} while (rc == 0 && code == 0 && got > 0);
	if (open)
		ext2fs_file_close(f);
	e = &w->out->entries[at];
	hs_member_spool_close(&w->spool, e);
	if (rc == 0 && (code || e->bytes.len != e->size)) {
		e->note = "its content cannot be read to its end";
		e->damaged = true;
	}
	e->size = e->bytes.len;
	return rc;
}

static int
add_entry(struct walk *w, struct hs_span name, ext2_ino_t ino, struct hs_err *err)
{
	struct hs_member m = { .name = name };
	struct ext2_inode_large inode = { 0 };
	errcode_t code =
		ext2fs_read_inode_full(w->fs, ino, (struct ext2_inode *)&inode, sizeof(inode));
	const size_t at = w->out->n_entries;
	struct hs_entry *e;
	int rc;

	if (code == 0)
		code = read_meta(w, &m.meta, ino, &inode);
	rc = hs_tree_add(&e, w->out, name, err);
	if (rc < 0)
		return rc;
	e->kind = m.meta.has ? m.meta.kind : HS_KIND_OTHER;
	e->link = m.meta.link;
	e->size = m.meta.size;
	e->head = hs_member_head(&w->out->arena, &m);
	if (code) {
		e->note = "its inode cannot be read whole";
		e->damaged = true;
	}
	if (e->kind != HS_KIND_FILE)
		return 0;
	if (inode.i_links_count > 1)
		w->first[ino] = name;
	return read_content(w, at, ino, err);
}

/* The files of one directory, before any of them is gone into. */
struct listed {
	struct hs_span name;
	ext2_ino_t ino;
	struct listed *next;
};

struct listing {
	struct walk *w;
	struct hs_span path;
	struct listed **last;
	struct hs_err *err;
	int rc;
};

static bool
is_dots(struct hs_span name)
{
	return hs_span_is(name, ".") || hs_span_is(name, "..");
}

static int
list_one(struct ext2_dir_entry *d, int offset, int block_size, char *block, void *ctx)
{
	struct listing *l = ctx;
	const struct hs_span name = { (const uint8_t *)d->name, (size_t)ext2fs_dirent_name_len(d) };
	struct listed *one;

	(void)offset;
	(void)block_size;
	(void)block;
	if (is_dots(name))
		return 0;
	l->rc = hs_run_check(l->w->out->run, l->err);
	if (l->rc == 0 && (d->inode == 0 || d->inode > l->w->fs->super->s_inodes_count))
		l->rc = hs_fail(l->err, HS_EFORMAT, "inode %" PRIu32 " is past the last",
		                (uint32_t)d->inode);
	if (l->rc < 0)
		return DIRENT_ABORT;
	one = hs_arena_alloc(&l->w->out->arena, sizeof(*one));
	one->name = hs_member_path(&l->w->out->arena, l->path, name);
	one->ino = d->inode;
	*l->last = one;
	l->last = &one->next;
	return 0;
}

static int walk_directory(struct walk *w, struct hs_span path, ext2_ino_t ino, struct hs_err *err);

static int
go_into(struct walk *w, const struct listed *l, struct hs_err *err)
{
	int rc;

	if (w->walked[l->ino])
		return hs_fail(err, HS_EFORMAT, "directory %" PRIu32 " stands in two places",
		               (uint32_t)l->ino);
	if (w->depth >= HS_MAX_FILESYSTEM_DEPTH)
		return hs_fail(err, HS_ELIMIT, "directories nested deeper than %d",
		               HS_MAX_FILESYSTEM_DEPTH);
	w->depth++;
	rc = walk_directory(w, l->name, l->ino, err);
	w->depth--;
	return rc;
}

static int
walk_directory(struct walk *w, struct hs_span path, ext2_ino_t ino, struct hs_err *err)
{
	struct listed *list = NULL;
	struct hs_err damage = { 0 };
	struct listing l = { .w = w, .path = path, .last = &list, .err = &damage };
	const errcode_t code = ext2fs_dir_iterate(w->fs, ino, 0, NULL, list_one, &l);
	int rc = 0;

	w->walked[ino] = 1;
	for (const struct listed *one = list; one && rc == 0; one = one->next) {
		const size_t at = w->out->n_entries;

		rc = add_entry(w, one->name, one->ino, err);
		if (rc < 0 || w->out->entries[at].kind != HS_KIND_DIR)
			continue;
		rc = go_into(w, one, err);
		/* Its files are lost, and those beside it are not. */
		if (rc == HS_EFORMAT) {
			rc = 0;
			w->out->entries[at].note = hs_arena_printf(&w->out->arena, "%s", err->text);
			w->out->entries[at].damaged = true;
		}
	}
	if (rc < 0)
		return rc;
	if (l.rc < 0)
		*err = damage;
	return l.rc < 0 ? l.rc : code ? fail(err, code, "a directory") : 0;
}

/* Adds what the blocks hold that no file has, one behind the other. */
static int
add_free(struct walk *w, struct hs_err *err)
{
	const uint64_t size = w->fs->blocksize, n = ext2fs_blocks_count(w->fs->super);
	const errcode_t code = ext2fs_read_block_bitmap(w->fs);
	struct hs_entry *e;
	struct hs_span block;
	bool any = false;
	int rc = 0;

	if (code)
		return fail(err, code, "its bitmap of blocks");
	for (uint64_t i = w->fs->super->s_first_data_block; i < n && rc == 0; i++) {
		if (ext2fs_test_block_bitmap2(w->fs->block_map, i) ||
		    !hs_span_part(&block, w->file, i * size, size) || hs_span_is_zero(block))
			continue;
		any = true;
		rc = hs_member_spool_put(&w->spool, block.at, block.len, err);
	}
	if (any && rc == 0)
		rc = hs_tree_add(&e, w->out, HS_SPAN("(free blocks)"), err);
	if (any && rc == 0) {
		e->kind = HS_KIND_GAP;
		hs_member_spool_close(&w->spool, e);
		e->size = e->bytes.len;
	}
	return rc;
}

static int
add_rest(struct walk *w, struct hs_err *err)
{
	const uint64_t end = ext2fs_blocks_count(w->fs->super) * w->fs->blocksize;
	const struct hs_span rest = hs_span_from(w->file, end);
	int rc = add_free(w, err);

	if (end > w->file.len && rc == 0)
		return hs_fail(err, HS_EFORMAT, "it states %" PRIu64 " bytes, and the file has %zu",
		               end, w->file.len);
	return rc == 0 && rest.len ? hs_tree_add_gap(w->out, "behind the last block", rest, err)
	                           : rc;
}

static int
walk_root(struct walk *w, struct hs_err *err)
{
	const size_t n = (size_t)w->fs->super->s_inodes_count + 1;
	int rc;

	/* The tables of inodes are in the file, whatever is stated. */
	if (n > w->file.len / EXT2_GOOD_OLD_INODE_SIZE + 1)
		return hs_fail(err, HS_EFORMAT, "it states %zu inodes, and has no room for them",
		               n - 1);
	w->first = hs_arena_array(&w->out->arena, n, sizeof(*w->first));
	w->walked = hs_arena_array(&w->out->arena, n, 1);
	w->piece = hs_arena_alloc(&w->out->arena, PIECE);
	if (n <= EXT2_ROOT_INO)
		return hs_fail(err, HS_EFORMAT, "it has no root directory");
	rc = add_entry(w, HS_SPAN("."), EXT2_ROOT_INO, err);
	if (rc == 0)
		rc = walk_directory(w, (struct hs_span){ 0 }, EXT2_ROOT_INO, err);
	return rc == 0 ? add_rest(w, err) : rc;
}

int
hs_extfs_walk(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct walk w = {
		.out = out,
		.spool = { .out = out, .file = file },
		.file = file,
	};
	const errcode_t code = hs_extfs_open(&w.fs, &w.file);
	int rc;

	if (code)
		return fail(err, code, "it");
	rc = hs_member_spool_end(&w.spool, walk_root(&w, err), err);
	ext2fs_close_free(&w.fs);
	return rc;
}

#else

int
hs_extfs_walk(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	(void)out;
	(void)file;
	return hs_fail(err, HS_EABSENT, "built without libext2fs");
}

#endif
