/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_NEWC_WRITER_H
#define HS_ENCLAVE_NEWC_WRITER_H

#include "enclave/pieces.h"

/*
 * cpio in the newc format as linuxkit writes it (surma/gocpio with linuxkit's
 * converter): inode numbers from 721 on, device 3:1, no hard links, lower-case
 * hex. Content is not copied.
 */
struct hs_newc_entry {
	struct hs_span name;
	uint32_t type;        /* S_IFREG, S_IFDIR, S_IFLNK, S_IFIFO, S_IFCHR, S_IFBLK */
	uint32_t permissions; /* 07777 */
	int64_t uid, gid;
	int64_t mtime; /* whole seconds */
	uint64_t rdev_major, rdev_minor;
	struct hs_span data; /* content, or a symbolic link's target */
};

struct hs_newc_writer {
	struct hs_pieces *out;
	uint64_t start; /* size of `out` before the first entry */
	uint64_t next_inode;
};

void hs_newc_begin(struct hs_newc_writer *w, struct hs_pieces *out);
void hs_newc_add(struct hs_newc_writer *w, const struct hs_newc_entry *e);

/* The trailer, and zeros up to a multiple of 512 bytes. */
void hs_newc_end(struct hs_newc_writer *w);

#endif
