/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_EXTFS_H
#define BUILD_EXTFS_H

#include "core/arena.h"
#include "core/span.h"

/*
 * A file system of 128 KiB, made by libext2fs at `path`, and read into memory:
 *
 *	d/		a directory
 *	d/f		`text`, d/g another name of it
 *	d/l -> f	a symbolic link
 *	d/long -> ...	one that needs a block
 *	null		a character device 1:3
 *
 * All inodes are of 1970-01-02 but those that the library makes by itself.
 * Empty where this was built without libext2fs.
 */
struct hs_span build_extfs(struct hs_arena *a, const char *path, const char *text);

/* What "d/long" points to. */
const char *build_extfs_long(void);

#endif
