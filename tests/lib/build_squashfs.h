/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_SQUASHFS_H
#define BUILD_SQUASHFS_H

#include "core/arena.h"
#include "core/span.h"

/*
 * A squashfs that holds nothing compressed:
 *
 *	d/		a directory (inode 2)
 *	d/f		"hello\n" (inode 3), d/g another name of it
 *	d/l -> f	a symbolic link (inode 4)
 *	null		a character device 1:3 (inode 5)
 */
struct build_squashfs {
	uint32_t time;    /* of the build */
	const char *text; /* of d/f; NULL: "hello\n" */
	unsigned d_inode; /* that the directory "d" is said to be; 0: 2 */
	unsigned padding; /* zeros behind it */
};

struct hs_span build_squashfs(struct hs_arena *a, const struct build_squashfs *s);

#endif
