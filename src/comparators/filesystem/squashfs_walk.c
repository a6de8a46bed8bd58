/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/filesystem/squashfs_walk.h"

#include "comparators/archive/member.h"
#include "comparators/archive/member_head.h"
#include "comparators/archive/member_spool.h"

#include <inttypes.h>

#if HS_WITH_SQUASHFS

#include <sqfs/compressor.h>
#include <sqfs/data_reader.h>
#include <sqfs/dir.h>
#include <sqfs/dir_reader.h>
#include <sqfs/error.h>
#include <sqfs/id_table.h>
#include <sqfs/inode.h>
#include <sqfs/io.h>
#include <sqfs/super.h>
#include <sqfs/xattr.h>
#include <sqfs/xattr_reader.h>

/* The file as the library reads it. */
struct memory {
	sqfs_file_t base;
	struct hs_span bytes;
};

static int
memory_read(sqfs_file_t *file, sqfs_u64 at, void *out, size_t n)
{
	struct hs_span part;

	if (!hs_span_part(&part, ((struct memory *)file)->bytes, at, n))
		return SQFS_ERROR_OUT_OF_BOUNDS;
	if (n > 0)
		memcpy(out, part.at, n);
	return 0;
}

static sqfs_u64
memory_size(const sqfs_file_t *file)
{
	return ((const struct memory *)file)->bytes.len;
}

struct walk {
	struct hs_tree *out;
	struct hs_member_spool spool;
	struct memory file;
	sqfs_super_t super;
	sqfs_compressor_t *compressor;
	sqfs_id_table_t *ids;
	sqfs_dir_reader_t *dirs;
	sqfs_data_reader_t *data;
	sqfs_xattr_reader_t *xattrs; /* NULL where there are none */
	struct hs_span *first; /* by inode number: the first name of a file of several; or NULL */
	uint32_t n_first;
	uint8_t *walked; /* by inode number, for directories: a loop would never end */
	unsigned depth;
};

static const char *
reason(int code)
{
	switch (code) {
	case SQFS_ERROR_ALLOC:
		return "it asks for more memory than there is";
	case SQFS_ERROR_COMPRESSOR:
		return "it cannot be decompressed";
	case SQFS_ERROR_UNSUPPORTED:
		return "libsquashfs does not support it";
	case SQFS_ERROR_OUT_OF_BOUNDS:
		return "it points past the end";
	default:
		return "it is damaged";
	}
}

static int
fail(struct hs_err *err, int code, const char *what)
{
	return hs_fail(err, code == SQFS_ERROR_UNSUPPORTED ? HS_EABSENT : HS_EFORMAT, "%s: %s",
	               what, reason(code));
}

static int
open_tables(struct walk *w, struct hs_err *err)
{
	sqfs_file_t *file = &w->file.base;
	int rc = sqfs_id_table_read(w->ids, file, &w->super, w->compressor);

	if (rc < 0)
		return fail(err, rc, "its table of ids");
	if (w->super.fragment_table_start != UINT64_MAX) {
		rc = sqfs_data_reader_load_fragment_table(w->data, &w->super);
		if (rc < 0)
			return fail(err, rc, "its table of fragments");
	}
	if (w->super.flags & SQFS_FLAG_NO_XATTRS || w->super.xattr_id_table_start == UINT64_MAX)
		return 0;
	w->xattrs = sqfs_xattr_reader_create(0);
	if (!w->xattrs)
		hs_die_out_of_memory();
	rc = sqfs_xattr_reader_load(w->xattrs, &w->super, file, w->compressor);
	return rc < 0 ? fail(err, rc, "its table of extended attributes") : 0;
}

static int
open_image(struct walk *w, struct hs_err *err)
{
	sqfs_compressor_config_t config;
	int rc = sqfs_super_read(&w->super, &w->file.base);

	if (rc < 0)
		return fail(err, rc, "its superblock");
	rc = sqfs_compressor_config_init(&config, w->super.compression_id, w->super.block_size,
	                                 SQFS_COMP_FLAG_UNCOMPRESS);
	if (rc == 0)
		rc = sqfs_compressor_create(&config, &w->compressor);
	if (rc < 0)
		return fail(err, rc, "its compressor");
	w->ids = sqfs_id_table_create(0);
	w->dirs = sqfs_dir_reader_create(&w->super, w->compressor, &w->file.base, 0);
	w->data = sqfs_data_reader_create(&w->file.base, w->super.block_size, w->compressor, 0);
	if (!w->ids || !w->dirs || !w->data)
		hs_die_out_of_memory();
	return open_tables(w, err);
}

/* The value is freed by the caller. */
static bool
read_pair(const struct walk *w, sqfs_xattr_entry_t **key, sqfs_xattr_value_t **value)
{
	*value = NULL;
	if (sqfs_xattr_reader_read_key(w->xattrs, key) < 0)
		return false;
	if (sqfs_xattr_reader_read_value(w->xattrs, *key, value) == 0)
		return true;
	sqfs_free(*key);
	return false;
}

/* False where they cannot be read. */
static bool
read_xattrs(const struct walk *w, struct hs_meta *m, const sqfs_inode_generic_t *inode)
{
	struct hs_arena *a = &w->out->arena;
	sqfs_xattr_id_t desc;
	struct hs_attr *list;
	uint32_t index;

	if (!w->xattrs || sqfs_inode_get_xattr_index(inode, &index) < 0 || index == UINT32_MAX)
		return true;
	if (sqfs_xattr_reader_get_desc(w->xattrs, index, &desc) < 0 ||
	    desc.count > HS_MAX_META / sizeof(*list) ||
	    sqfs_xattr_reader_seek_kv(w->xattrs, &desc) < 0)
		return false;
	list = hs_arena_array(a, desc.count, sizeof(*list));
	m->xattrs = list;
	for (uint32_t i = 0; i < desc.count; i++) {
		sqfs_xattr_entry_t *key;
		sqfs_xattr_value_t *value;

		if (!read_pair(w, &key, &value))
			return false;
		list[m->n_xattrs++] = (struct hs_attr){
			hs_arena_copy(a, hs_span_of((const char *)key->key)),
			hs_arena_copy(a, (struct hs_span){ value->value, value->size }),
		};
		sqfs_free(key);
		sqfs_free(value);
	}
	return true;
}

static uint32_t
links_of(const sqfs_inode_generic_t *inode)
{
	return inode->base.type == SQFS_INODE_EXT_FILE ? inode->data.file_ext.nlink : 1;
}

static void
read_device(struct hs_meta *m, const sqfs_inode_generic_t *inode)
{
	const bool ext =
		inode->base.type == SQFS_INODE_EXT_BDEV || inode->base.type == SQFS_INODE_EXT_CDEV;
	const uint32_t number = ext ? inode->data.dev_ext.devno : inode->data.dev.devno;

	/* Linux: new_decode_dev(). */
	m->has |= HS_HAS_DEVICE;
	m->dev_major = (number & 0xfff00) >> 8;
	m->dev_minor = (number & 0xff) | (number >> 12 & 0xfff00);
}

static void
read_meta(const struct walk *w, struct hs_meta *m, const sqfs_inode_generic_t *inode)
{
	struct hs_span *first =
		inode->base.inode_number < w->n_first ? &w->first[inode->base.inode_number] : NULL;
	uint32_t uid = 0, gid = 0;

	m->has = HS_HAS_MODE | HS_HAS_MTIME;
	m->kind = hs_kind_of_mode(inode->base.mode);
	m->mode = inode->base.mode;
	m->mtime.sec = inode->base.mod_time;
	if (sqfs_id_table_index_to_id(w->ids, inode->base.uid_idx, &uid) == 0 &&
	    sqfs_id_table_index_to_id(w->ids, inode->base.gid_idx, &gid) == 0) {
		m->has |= HS_HAS_OWNER;
		m->uid = uid;
		m->gid = gid;
	}
	if (m->kind == HS_KIND_SYMLINK) {
		m->has |= HS_HAS_LINK;
		m->link = hs_arena_copy(&w->out->arena,
		                        (struct hs_span){ (const uint8_t *)inode->extra,
		                                          inode->data.slink.target_size });
	} else if (m->kind == HS_KIND_CHARDEV || m->kind == HS_KIND_BLOCKDEV) {
		read_device(m, inode);
	} else if (m->kind == HS_KIND_FILE && first && first->len && links_of(inode) > 1) {
		m->kind = HS_KIND_HARDLINK;
		m->has |= HS_HAS_LINK;
		m->link = *first;
	} else if (m->kind == HS_KIND_FILE) {
		m->has |= HS_HAS_SIZE;
		sqfs_inode_get_file_size(inode, &m->size);
	}
}

/* Decodes the content block by block; damage is a note on the entry. */
static int
read_content(struct walk *w, struct hs_entry *e, const sqfs_inode_generic_t *inode,
             struct hs_err *err)
{
	const size_t n = inode->payload_bytes_used / sizeof(uint32_t);
	int rc = 0, got = 0;

	for (size_t i = 0; i <= n && got == 0 && rc == 0; i++) {
		sqfs_u8 *block = NULL;
		size_t len = 0;

		got = i < n ? sqfs_data_reader_get_block(w->data, inode, i, &len, &block)
		            : sqfs_data_reader_get_fragment(w->data, inode, &len, &block);
		if (got == 0 && len > 0)
			rc = hs_member_spool_put(&w->spool, block, len, err);
		sqfs_free(block);
	}
	hs_member_spool_close(&w->spool, e);
	if (rc == 0 && (got < 0 || e->bytes.len != e->size)) {
		e->note = got < 0 ? hs_arena_printf(&w->out->arena, "its content: %s", reason(got))
		                  : "its content has another size than it states";
		e->damaged = true;
	}
	e->size = e->bytes.len;
	return rc;
}

static int
add_entry(struct walk *w, struct hs_span name, const sqfs_inode_generic_t *inode,
          struct hs_err *err)
{
	struct hs_arena *a = &w->out->arena;
	struct hs_member m = { .name = name };
	const uint32_t number = inode->base.inode_number;
	struct hs_entry *e;
	bool has_xattrs;
	int rc;

	read_meta(w, &m.meta, inode);
	has_xattrs = read_xattrs(w, &m.meta, inode);
	rc = hs_tree_add(&e, w->out, name, err);
	if (rc < 0)
		return rc;
	e->kind = m.meta.kind;
	e->link = m.meta.link;
	e->size = m.meta.size;
	e->head = hs_member_head(a, &m);
	if (!has_xattrs) {
		e->note = "its extended attributes cannot be read";
		e->damaged = true;
	}
	if (e->kind != HS_KIND_FILE)
		return 0;
	if (links_of(inode) > 1 && number < w->n_first)
		w->first[number] = name;
	return read_content(w, e, inode, err);
}

/* The files of one directory, read before any of them is gone into: the reader knows one place. */
struct listed {
	struct hs_span name;
	sqfs_inode_generic_t *inode;
	struct listed *next;
};

static void
release(struct listed *list)
{
	for (; list; list = list->next)
		sqfs_free(list->inode);
}

/* What is listed before damage is in *out all the same. */
static int
list_directory(struct walk *w, struct listed **out, struct hs_span path,
               const sqfs_inode_generic_t *inode, struct hs_err *err)
{
	int rc = sqfs_dir_reader_open_dir(w->dirs, inode, 0);

	while (rc == 0) {
		sqfs_dir_entry_t *entry = NULL;
		struct listed *l;

		rc = sqfs_dir_reader_read(w->dirs, &entry);
		if (rc != 0)
			break;
		if (hs_run_check(w->out->run, err) < 0) {
			sqfs_free(entry);
			return err->code;
		}
		l = hs_arena_alloc(&w->out->arena, sizeof(*l));
		/* The size is of the name without its last byte. */
		l->name = hs_member_path(&w->out->arena, path,
		                         (struct hs_span){ entry->name, (size_t)entry->size + 1 });
		sqfs_free(entry);
		rc = sqfs_dir_reader_get_inode(w->dirs, &l->inode);
		if (rc == 0) {
			*out = l;
			out = &l->next;
		}
	}
	return rc < 0 ? fail(err, rc, "a directory") : 0;
}

static int walk_directory(struct walk *w, struct hs_span path, const sqfs_inode_generic_t *inode,
                          struct hs_err *err);

static int
go_into(struct walk *w, const struct listed *l, struct hs_err *err)
{
	const uint32_t number = l->inode->base.inode_number;
	int rc;

	if (number >= w->n_first)
		return hs_fail(err, HS_EFORMAT, "inode %" PRIu32 " is past the last", number);
	if (w->walked[number])
		return hs_fail(err, HS_EFORMAT, "directory %" PRIu32 " stands in two places",
		               number);
	if (w->depth >= HS_MAX_FILESYSTEM_DEPTH)
		return hs_fail(err, HS_ELIMIT, "directories nested deeper than %d",
		               HS_MAX_FILESYSTEM_DEPTH);
	w->walked[number] = 1;
	w->depth++;
	rc = walk_directory(w, l->name, l->inode, err);
	w->depth--;
	return rc;
}

static int
walk_directory(struct walk *w, struct hs_span path, const sqfs_inode_generic_t *inode,
               struct hs_err *err)
{
	struct listed *list = NULL;
	struct hs_err damage = { 0 };
	const int damaged = list_directory(w, &list, path, inode, &damage);
	int rc = 0;

	for (const struct listed *l = list; l && rc == 0; l = l->next) {
		const size_t at = w->out->n_entries;

		rc = add_entry(w, l->name, l->inode, err);
		if (rc < 0 || hs_kind_of_mode(l->inode->base.mode) != HS_KIND_DIR)
			continue;
		rc = go_into(w, l, err);
		/* Its files are lost, and those beside it are not. */
		if (rc == HS_EFORMAT) {
			rc = 0;
			w->out->entries[at].note = hs_arena_printf(&w->out->arena, "%s", err->text);
			w->out->entries[at].damaged = true;
		}
	}
	release(list);
	if (rc == 0 && damaged < 0) {
		rc = damaged;
		*err = damage;
	}
	return rc;
}

static int
walk_root(struct walk *w, struct hs_err *err)
{
	const uint32_t n = w->super.inode_count;
	sqfs_inode_generic_t *root = NULL;
	int rc = sqfs_dir_reader_get_root_inode(w->dirs, &root);

	if (rc < 0)
		return fail(err, rc, "its root directory");
	/* An inode takes some bytes: a count beyond that is not believed. */
	w->n_first = n < w->file.bytes.len ? n + 1 : (uint32_t)w->file.bytes.len;
	w->first = hs_arena_array(&w->out->arena, w->n_first, sizeof(*w->first));
	w->walked = hs_arena_array(&w->out->arena, w->n_first, 1);
	if (root->base.inode_number < w->n_first)
		w->walked[root->base.inode_number] = 1;
	rc = add_entry(w, HS_SPAN("."), root, err);
	if (rc == 0)
		rc = walk_directory(w, (struct hs_span){ 0 }, root, err);
	sqfs_free(root);
	return rc;
}

int
hs_squashfs_walk(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct walk w = {
		.out = out,
		.spool = { .out = out, .file = file },
		.file = { .base = { .read_at = memory_read, .get_size = memory_size },
		          .bytes = file },
	};
	int rc = open_image(&w, err);

	if (rc == 0)
		rc = hs_member_spool_end(&w.spool, walk_root(&w, err), err);
	sqfs_destroy(w.xattrs);
	sqfs_destroy(w.data);
	sqfs_destroy(w.dirs);
	sqfs_destroy(w.ids);
	sqfs_destroy(w.compressor);
	return rc;
}

#else

int
hs_squashfs_walk(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	(void)out;
	(void)file;
	return hs_fail(err, HS_EABSENT, "built without libsquashfs");
}

#endif
