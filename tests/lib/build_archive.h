/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_ARCHIVE_H
#define BUILD_ARCHIVE_H

#include "core/arena.h"

/* A member of an archive that libarchive writes. */
struct build_member {
	const char *name;
	unsigned mode; /* type and permissions */
	const char *link, *hardlink;
	const char *xattr, *xattr_value;
	struct hs_span data;
	int64_t mtime;
	long nsec;
};

/* `format` as archive_write_set_format_by_name() takes it; "option=value,..." or NULL. */
struct hs_span build_archive(struct hs_arena *a, const char *format, const char *options,
                             const struct build_member *members, size_t n);

/* A folder, two files, a symbolic and a hard link. */
extern const struct build_member build_usual[5];
enum { BUILD_N_USUAL = 5 };

#endif
