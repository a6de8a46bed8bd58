/* SPDX-License-Identifier: Apache-2.0 */
#include "core/meta.h"

#include "core/capability.h"
#include "core/escape.h"

#include <inttypes.h>
#include <sys/stat.h>

static const char *const kind_name[] = {
	[HS_KIND_FILE] = "file",
	[HS_KIND_DIR] = "directory",
	[HS_KIND_SYMLINK] = "symlink",
	[HS_KIND_HARDLINK] = "hardlink",
	[HS_KIND_CHARDEV] = "character device",
	[HS_KIND_BLOCKDEV] = "block device",
	[HS_KIND_FIFO] = "fifo",
	[HS_KIND_SOCKET] = "socket",
	[HS_KIND_GAP] = "gap",
	[HS_KIND_OTHER] = "other",
};

const char *
hs_kind_name(enum hs_kind kind)
{
	return kind_name[kind];
}

enum hs_kind
hs_kind_of_mode(uint64_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return HS_KIND_FILE;
	case S_IFDIR:
		return HS_KIND_DIR;
	case S_IFLNK:
		return HS_KIND_SYMLINK;
	case S_IFCHR:
		return HS_KIND_CHARDEV;
	case S_IFBLK:
		return HS_KIND_BLOCKDEV;
	case S_IFIFO:
		return HS_KIND_FIFO;
	case S_IFSOCK:
		return HS_KIND_SOCKET;
	default:
		return HS_KIND_OTHER;
	}
}

static void
say_time(struct hs_facts *out, const char *field, const struct hs_time *t)
{
	hs_say_time(out, field, t->sec, t->nsec, t->digits);
}

static void
say_xattr(struct hs_facts *out, const struct hs_attr *x)
{
	const struct hs_span name = hs_escape(out->arena, hs_span_head(x->name, 256));
	char *field = hs_arena_printf(out->arena, "xattr %.*s", (int)name.len,
	                              name.len ? (const char *)name.at : "");
	struct hs_span sentence;

	if (hs_span_is(x->name, "security.capability") &&
	    hs_capability_text(&sentence, out->arena, x->value))
		hs_say(out, field, sentence);
	else
		hs_say_value(out, field, x->value);
}

static void
say_owner(struct hs_facts *out, const struct hs_meta *m)
{
	if (m->has & HS_HAS_OWNER) {
		hs_say_i64(out, "uid", m->uid);
		hs_say_i64(out, "gid", m->gid);
	}
	if (m->has & HS_HAS_NAMES) {
		hs_say_value(out, "uname", m->uname);
		hs_say_value(out, "gname", m->gname);
	}
}

void
hs_say_meta(struct hs_facts *out, const struct hs_meta *m)
{
	hs_say_word(out, "type", hs_kind_name(m->kind));
	if (m->has & HS_HAS_MODE)
		hs_sayf(out, "mode", "%04" PRIo64, m->mode & 07777);
	say_owner(out, m);
	if (m->has & HS_HAS_SIZE)
		hs_say_u64(out, "size", m->size);
	if (m->has & HS_HAS_MTIME)
		say_time(out, "mtime", &m->mtime);
	if (m->has & HS_HAS_ATIME)
		say_time(out, "atime", &m->atime);
	if (m->has & HS_HAS_CTIME)
		say_time(out, "ctime", &m->ctime);
	if (m->has & HS_HAS_BIRTHTIME)
		say_time(out, "birthtime", &m->birthtime);
	if (m->has & HS_HAS_LINK)
		hs_say_value(out, "link target", m->link);
	if (m->has & HS_HAS_DEVICE)
		hs_sayf(out, "device", "%" PRIu64 ":%" PRIu64, m->dev_major, m->dev_minor);
	for (size_t i = 0; i < m->n_xattrs; i++)
		say_xattr(out, &m->xattrs[i]);
}
