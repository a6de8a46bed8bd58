/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_CPIO_H
#define BUILD_CPIO_H

#include "core/cpio.h"
#include "grow.h"

/*
 * Writes cpio archives of any dialect, and wrong ones: a field is written as
 * it is given, whether it makes sense or not.
 *
 *	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
 *	build_cpio_add(&b, &(struct build_cpio_member){ .name = "a", .mode = 0100644 });
 *	build_cpio_end(&b);
 *	... b.out.bytes
 */
struct build_cpio {
	struct grow out;
	enum hs_cpio_dialect dialect;
};

struct build_cpio_member {
	const char *name;
	uint64_t ino, mode, uid, gid, nlink, mtime;
	uint64_t dev_major, dev_minor, rdev_major, rdev_minor, check;
	struct hs_span data;
};

void build_cpio_add(struct build_cpio *b, const struct build_cpio_member *m);

/* The trailer, as GNU cpio writes it. */
void build_cpio_end(struct build_cpio *b);

/* Bytes as they are. */
void build_cpio_raw(struct build_cpio *b, struct hs_span bytes);

/* Zero bytes up to a multiple of `align` bytes from the start. */
void build_cpio_fill(struct build_cpio *b, size_t align);

#endif
