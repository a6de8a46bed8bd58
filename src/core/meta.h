/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_META_H
#define HS_CORE_META_H

#include "core/facts.h"

/* What a member is; the words of hs_kind_name() stand in reports. */
enum hs_kind {
	HS_KIND_FILE,
	HS_KIND_DIR,
	HS_KIND_SYMLINK,
	HS_KIND_HARDLINK,
	HS_KIND_CHARDEV,
	HS_KIND_BLOCKDEV,
	HS_KIND_FIFO,
	HS_KIND_SOCKET,
	HS_KIND_GAP,   /* bytes of a container that belong to no member: after its end, between
	                  members */
	HS_KIND_OTHER, /* a type only this format has; the fact "type" says more */
};

const char *hs_kind_name(enum hs_kind kind);

/* The kind in the type bits of a Unix mode; HS_KIND_OTHER for none that is known. */
enum hs_kind hs_kind_of_mode(uint64_t mode);

/* A name and a value of an extended attribute (or a PAX record): any bytes. */
struct hs_attr {
	struct hs_span name, value;
};

/*
 * Metadata of a member, in the words that all formats share, so that a tar
 * and a cpio of one tree say the same facts. A format fills in what it
 * records and sets the bit; hs_say_meta() says those and no others.
 */
enum hs_meta_has {
	HS_HAS_MODE = 1 << 0,
	HS_HAS_OWNER = 1 << 1, /* uid and gid */
	HS_HAS_NAMES = 1 << 2, /* uname and gname */
	HS_HAS_SIZE = 1 << 3,
	HS_HAS_MTIME = 1 << 4,
	HS_HAS_ATIME = 1 << 5,
	HS_HAS_CTIME = 1 << 6,
	HS_HAS_BIRTHTIME = 1 << 7,
	HS_HAS_LINK = 1 << 8,
	HS_HAS_DEVICE = 1 << 9, /* of a device node */
	HS_HAS_INODE = 1 << 10, /* it has several names: those of the same inode are one file */
};

/* Seconds since 1970 and the fraction as stored: `digits` of it count (0 to 9). */
struct hs_time {
	int64_t sec;
	uint32_t nsec;
	uint8_t digits;
};

struct hs_meta {
	unsigned has; /* enum hs_meta_has */
	enum hs_kind kind;
	uint64_t mode; /* all bits as stored; permissions are said in octal */
	int64_t uid, gid;
	struct hs_span uname, gname;
	uint64_t size;
	struct hs_time mtime, atime, ctime, birthtime;
	struct hs_span link; /* target of a symbolic or hard link, as stored */
	uint64_t dev_major, dev_minor;
	uint64_t inode[2]; /* the file system's number and its own: never said, each machine has
	                      others */
	const struct hs_attr *xattrs;
	size_t n_xattrs;
};

/* Says: type, mode, uid, gid, uname, gname, size, mtime, atime, ctime, birthtime, link target,
 * device, and "xattr NAME" for each. security.capability is said as a sentence (getcap's words). */
void hs_say_meta(struct hs_facts *out, const struct hs_meta *m);

#endif
