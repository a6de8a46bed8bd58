/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { ON_DISK = 1, MAX_FOLDERS_DEEP = 512 };

struct state {
	int root;
};

/* What describes a file on disk: kept, so that it is read once. Compared as bytes, so it has no
 * padding. */
struct head {
	uint64_t mode, uid, gid, size, rdev;
	int64_t mtime_sec, mtime_nsec;
	uint64_t n_xattrs; /* struct hs_attr of them, in `more`; their bytes follow the head */
};

/* What is kept beside the head, since it says nothing to a comparison. */
struct beside {
	const struct hs_attr *xattrs;
	uint64_t inode[2];
	bool has_names; /* several */
};

/* openat() that neither leaves the directory nor follows a link on the way. */
static int
open_below(int root, const char *path, int flags)
{
	const struct open_how how = {
		.flags = (unsigned)(flags | O_CLOEXEC | O_NOFOLLOW),
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};
	const long fd = syscall(SYS_openat2, root, path, &how, sizeof(how));

	/* A kernel before 5.6, or a sandbox that does not know the call. */
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		return openat(root, path, flags | O_CLOEXEC | O_NOFOLLOW);
	return (int)fd;
}

static int
directory_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
               struct hs_err *err)
{
	const struct state *s = t->state;
	struct stat st;
	int fd, rc = 0;

	fd = open_below(s->root, (const char *)e->name.at, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return hs_fail_errno(err, errno, "cannot read it");
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		rc = hs_fail(err, HS_EIO, "it changed while it was read");
	if (rc == 0)
		rc = hs_blob_map_input(&out->blob, fd, &st, err);
	close(fd);
	if (rc == 0)
		out->bytes = out->blob->bytes;
	return rc;
}

static bool
directory_meta(struct hs_meta *out, struct hs_arena *a, const struct hs_tree *t,
               const struct hs_entry *e)
{
	const struct head *h = (const void *)e->head.at;
	const struct beside *b = e->more;

	(void)a;
	(void)t;
	if (!b)
		return false;
	*out = (struct hs_meta){
		.has = (b->has_names ? HS_HAS_INODE : 0) | HS_HAS_MODE | HS_HAS_OWNER |
		       HS_HAS_MTIME | (e->kind == HS_KIND_FILE ? HS_HAS_SIZE : 0) |
		       (e->link.len ? HS_HAS_LINK : 0) |
		       (e->kind == HS_KIND_CHARDEV || e->kind == HS_KIND_BLOCKDEV ? HS_HAS_DEVICE
		                                                                  : 0),
		.kind = e->kind,
		.mode = h->mode,
		.uid = (int64_t)h->uid,
		.gid = (int64_t)h->gid,
		.size = h->size,
		.mtime = { h->mtime_sec, (uint32_t)h->mtime_nsec, h->mtime_nsec ? 9 : 0 },
		.link = e->link,
		.dev_major = major(h->rdev),
		.dev_minor = minor(h->rdev),
		.inode = { b->inode[0], b->inode[1] },
		.xattrs = b->xattrs,
		.n_xattrs = (size_t)h->n_xattrs,
	};
	return true;
}

static void
directory_describe(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_meta m;

	if (directory_meta(&m, out->arena, t, e))
		hs_say_meta(out, &m);
}

static const struct hs_tree_ops ops = {
	.describe = directory_describe,
	.open = directory_open,
	.meta = directory_meta,
};

/* Of files whose metadata says nothing. */
static const struct hs_tree_ops forgetful_ops = {
	.open = directory_open,
};

static int
by_name(const void *x, const void *y)
{
	const struct hs_attr *a = x, *b = y;

	return hs_span_order(a->name, b->name);
}

/* The attributes of the file open at `fd`, by name; returns how many. */
static size_t
read_xattrs(const struct hs_attr **out, struct hs_arena *a, int fd)
{
	char *names = hs_alloc(HS_MAX_META), *value = hs_alloc(HS_MAX_META);
	const ssize_t len = flistxattr(fd, names, HS_MAX_META);
	struct hs_attr *rows = NULL;
	size_t n = 0;

	for (ssize_t at = 0; at < len; at += (ssize_t)strlen(names + at) + 1)
		n++;
	rows = hs_arena_array(a, n, sizeof(*rows));
	n = 0;
	for (ssize_t at = 0; at < len; at += (ssize_t)strlen(names + at) + 1) {
		const ssize_t size = fgetxattr(fd, names + at, value, HS_MAX_META);

		if (size < 0)
			continue;
		rows[n].name = hs_arena_copy(a, hs_span_of(names + at));
		rows[n++].value =
			hs_arena_copy(a, (struct hs_span){ (uint8_t *)value, (size_t)size });
	}
	if (n)
		qsort(rows, n, sizeof(*rows), by_name);
	free(names);
	free(value);
	*out = rows;
	return n;
}

/* The head: the numbers, then each attribute's name and value. */
static struct hs_span
make_head(struct hs_arena *a, const struct head *h, const struct hs_attr *xattrs)
{
	size_t len = sizeof(*h);
	uint8_t *out, *at;

	for (size_t i = 0; i < h->n_xattrs; i++)
		len += xattrs[i].name.len + xattrs[i].value.len + 2;
	out = hs_arena_alloc(a, len);
	memcpy(out, h, sizeof(*h));
	at = out + sizeof(*h);
	for (size_t i = 0; i < h->n_xattrs; i++) {
		memcpy(at, xattrs[i].name.at, xattrs[i].name.len);
		at += xattrs[i].name.len + 1;
		memcpy(at, xattrs[i].value.at, xattrs[i].value.len);
		at += xattrs[i].value.len + 1;
	}
	return (struct hs_span){ out, len };
}

static void
read_link(struct hs_entry *e, struct hs_arena *a, int folder, const char *name)
{
	char target[4096 + 1];
	const ssize_t n = readlinkat(folder, name, target, sizeof(target));

	if (n >= 0)
		e->link = hs_arena_copy(a, (struct hs_span){ (uint8_t *)target, (size_t)n });
}

/* Fills the entry in from the file `name` of the open folder. */
static void
read_entry(struct hs_tree *t, struct hs_entry *e, int folder, const char *name)
{
	struct beside *beside;
	struct head h = { 0 };
	struct stat st;
	int fd = -1;

	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		e->kind = HS_KIND_OTHER;
		e->note = "it vanished while the directory was read";
		e->damaged = true;
		return;
	}
	e->kind = hs_kind_of_mode(st.st_mode);
	h = (struct head){
		.mode = st.st_mode,
		.uid = st.st_uid,
		.gid = st.st_gid,
		.size = e->kind == HS_KIND_FILE ? (uint64_t)st.st_size : 0,
		.rdev = e->kind == HS_KIND_CHARDEV || e->kind == HS_KIND_BLOCKDEV ? st.st_rdev : 0,
		.mtime_sec = st.st_mtim.tv_sec,
		.mtime_nsec = st.st_mtim.tv_nsec,
	};
	beside = hs_arena_alloc(&t->arena, sizeof(*beside));
	*beside = (struct beside){
		.inode = { st.st_dev, st.st_ino },
		.has_names = e->kind != HS_KIND_DIR && st.st_nlink > 1,
	};
	e->more = beside;
	if (e->kind == HS_KIND_SYMLINK)
		read_link(e, &t->arena, folder, name);
	if (e->kind == HS_KIND_FILE || e->kind == HS_KIND_DIR)
		fd = openat(folder, name,
		            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd >= 0) {
		char none[1];

		if (flistxattr(fd, none, 0) > 0)
			h.n_xattrs = read_xattrs(&beside->xattrs, &t->arena, fd);
		close(fd);
	}
	e->size = h.size;
	e->codec = e->kind == HS_KIND_FILE && h.size ? ON_DISK : 0;
	e->head = make_head(&t->arena, &h, beside->xattrs);
}

/* The names in a folder, sorted: readdir's order is the file system's whim. */
struct names {
	char **rows;
	size_t n, room;
};

static int
by_text(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

/* Returns what errno says where the listing ends before its end, or 0. */
static int
read_names(struct names *out, struct hs_arena *a, DIR *d)
{
	const struct dirent *entry;
	int failure;

	while ((void)(errno = 0), (entry = readdir(d))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (out->n == out->room) {
			out->room = out->room ? 2 * out->room : 64;
			out->rows = hs_realloc(out->rows, out->room, sizeof(*out->rows));
		}
		out->rows[out->n++] = hs_arena_printf(a, "%s", entry->d_name);
	}
	failure = errno;
	if (out->n)
		qsort(out->rows, out->n, sizeof(*out->rows), by_text);
	return failure;
}

/* The names of the open folder; returns what errno says where not all could be read, or 0. */
static int
list_folder(struct names *out, struct hs_arena *a, int folder)
{
	const int again = fcntl(folder, F_DUPFD_CLOEXEC, 0);
	DIR *d = again >= 0 ? fdopendir(again) : NULL;
	int failure = errno;

	if (d) {
		failure = read_names(out, a, d);
		closedir(d);
	} else if (again >= 0) {
		close(again);
	}
	return failure;
}

/* Where the walk stands; one a folder on the way down. */
struct walk {
	struct hs_tree *t;
	const char *path; /* "" for the directory itself */
	unsigned depth;
};

static int walk_folder(const struct walk *w, int folder, struct hs_err *err);

static void
note_unread(struct hs_tree *t, struct hs_entry *e, int failure)
{
	e->note = hs_arena_printf(&t->arena, "the folder cannot be read: %s",
	                          strerrordesc_np(failure));
	e->damaged = true;
}

/* Goes into the folder that the newest entry is. */
static int
go_down(const struct walk *w, int folder, const char *name, const char *path, struct hs_err *err)
{
	const struct walk below = { w->t, path, w->depth + 1 };
	struct hs_entry *e = &w->t->entries[w->t->n_entries - 1];
	int fd, rc;

	if (below.depth > MAX_FOLDERS_DEEP) {
		e->note = "folders nest deeper than 512: what is below was not read";
		e->damaged = true;
		return 0;
	}
	fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		note_unread(w->t, e, errno);
		return 0;
	}
	rc = walk_folder(&below, fd, err);
	close(fd);
	return rc;
}

static int
walk_folder(const struct walk *w, int folder, struct hs_err *err)
{
	struct hs_arena names_arena = { 0 };
	struct names names = { 0 };
	const int failure = list_folder(&names, &names_arena, folder);
	int rc = hs_run_check(w->t->run, err);

	if (failure)
		note_unread(w->t, &w->t->entries[w->t->n_entries - 1], failure);
	for (size_t i = 0; rc == 0 && i < names.n; i++) {
		const char *path = hs_arena_printf(&w->t->arena, "%s%s%s", w->path,
		                                   *w->path ? "/" : "", names.rows[i]);
		struct hs_entry *e;

		rc = hs_tree_add(&e, w->t, hs_span_of(path), err);
		if (rc < 0)
			break;
		read_entry(w->t, e, folder, names.rows[i]);
		if (e->kind == HS_KIND_DIR)
			rc = go_down(w, folder, names.rows[i], path, err);
	}
	free(names.rows);
	hs_arena_release(&names_arena);
	return rc;
}

static void
release(void *state)
{
	close(((struct state *)state)->root);
}

int
hs_directory_expand(struct hs_tree *t, int dir, struct hs_err *err)
{
	struct state *s = hs_arena_alloc(&t->arena, sizeof(*s));
	const struct walk w = { t, "", 0 };
	struct hs_entry *e;

	s->root = fcntl(dir, F_DUPFD_CLOEXEC, 0);
	if (s->root < 0)
		return hs_fail_errno(err, errno, "cannot keep the directory open");
	t->ops = &ops;
	t->state = s;
	t->release = release;
	t->unordered = true;
	/* The directory itself, as an archive of it has it. */
	if (hs_tree_add(&e, t, HS_SPAN("."), err) < 0)
		return err->code;
	read_entry(t, e, s->root, ".");
	return walk_folder(&w, s->root, err);
}

void
hs_directory_forget(struct hs_tree *t)
{
	t->ops = &forgetful_ops;
	for (size_t i = 0; i < t->n_entries; i++)
		t->entries[i].head = HS_SPAN("forgotten");
}
