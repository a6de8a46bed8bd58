/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_EXTFS_MEMORY_H
#define HS_COMPARATORS_EXTFS_MEMORY_H

#include "core/span.h"

#if HS_WITH_EXT2FS

#include <ext2fs/ext2fs.h>

/*
 * Opens a file system that stands in memory, for reading; ext2fs_close_free()
 * closes it. The span must live as long. An error is one of the library's.
 */
errcode_t hs_extfs_open(ext2_filsys *out, const struct hs_span *bytes);

#endif

#endif
