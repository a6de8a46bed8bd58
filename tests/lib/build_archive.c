/* SPDX-License-Identifier: Apache-2.0 */
#include "build_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

const struct build_member build_usual[5] = {
	{ .name = "etc", .mode = 040755, .mtime = 1700000000 },
	{ .name = "etc/motd",
	  .mode = 0100644,
	  .data = { (const uint8_t *)"hello\n", 6 },
	  .mtime = 1700000001,
	  .nsec = 123456700 },
	{ .name = "etc/other",
	  .mode = 0100600,
	  .data = { (const uint8_t *)"other words, other words\n", 25 },
	  .mtime = 1700000002 },
	{ .name = "etc/link", .mode = 0120777, .link = "motd", .mtime = 1700000003 },
	{ .name = "etc/again", .mode = 0100644, .hardlink = "etc/motd", .mtime = 1700000001 },
};

static void
write_member(struct archive *ar, const struct build_member *m)
{
	struct archive_entry *e = archive_entry_new();

	archive_entry_set_pathname(e, m->name);
	archive_entry_set_mode(e, (__LA_MODE_T)m->mode);
	archive_entry_set_mtime(e, m->mtime, m->nsec);
	archive_entry_set_nlink(e, 2); /* else the writers take no notice of hard links */
	archive_entry_set_uid(e, 1000);
	archive_entry_set_gid(e, 100);
	archive_entry_set_size(e, (int64_t)m->data.len);
	if (m->link)
		archive_entry_set_symlink(e, m->link);
	if (m->hardlink)
		archive_entry_set_hardlink(e, m->hardlink);
	if (m->xattr)
		archive_entry_xattr_add_entry(e, m->xattr, m->xattr_value, strlen(m->xattr_value));
	if (archive_write_header(ar, e) < ARCHIVE_WARN ||
	    (m->data.len && archive_write_data(ar, m->data.at, m->data.len) < 0))
		abort();
	archive_entry_free(e);
}

struct hs_span
build_archive(struct hs_arena *a, const char *format, const char *options,
              const struct build_member *members, size_t n)
{
	size_t room = 1 << 20, used = 0;
	struct archive *ar = archive_write_new();
	uint8_t *at;

	for (size_t i = 0; i < n; i++)
		room += 2 * members[i].data.len;
	at = hs_arena_alloc(a, room);
	archive_write_set_bytes_per_block(ar, 0);
	if (archive_write_set_format_by_name(ar, format) != ARCHIVE_OK ||
	    archive_write_set_options(ar, options) != ARCHIVE_OK ||
	    archive_write_open_memory(ar, at, room, &used) != ARCHIVE_OK)
		abort();
	for (size_t i = 0; i < n; i++)
		write_member(ar, &members[i]);
	if (archive_write_close(ar) != ARCHIVE_OK)
		abort();
	archive_write_free(ar);
	return (struct hs_span){ at, used };
}
