/* SPDX-License-Identifier: Apache-2.0 */
#include "peer.h"

#include "grow.h"
#include "unit.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

enum { WHEN = 1700000000, IS_WRITTEN = 1 << 20 };

static const struct {
	const char *name;
	unsigned mode, nlink;
	int64_t ino;
	const char *content; /* or target */
} members[] = {
	{ "dir", S_IFDIR | 0755, 2, 10, "" },
	{ "dir/file", S_IFREG | 0640, 1, 11, "some content, some content, some content\n" },
	{ "dir/empty", S_IFREG | 0444, 1, 12, "" },
	{ "odd-length", S_IFREG | 04755, 1, 13, "abc" },
	{ "link", S_IFLNK | 0777, 1, 14, "dir/file" },
	{ "null", S_IFCHR | 0666, 1, 15, "" },
	{ "disk", S_IFBLK | 0660, 1, 16, "" },
	{ "pipe", S_IFIFO | 0600, 1, 17, "" },
};

static void
write_member(struct archive *w, size_t i)
{
	struct archive_entry *e = archive_entry_new();
	const size_t len = strlen(members[i].content);

	archive_entry_set_pathname(e, members[i].name);
	archive_entry_set_mode(e, (mode_t)members[i].mode);
	archive_entry_set_nlink(e, members[i].nlink);
	archive_entry_set_ino64(e, members[i].ino);
	archive_entry_set_dev(e, makedev(8, 1));
	archive_entry_set_uid(e, 1000 + (int64_t)i);
	archive_entry_set_gid(e, 100);
	archive_entry_set_mtime(e, WHEN + (time_t)i, 0);
	archive_entry_set_size(e, S_ISREG(members[i].mode) ? (int64_t)len : 0);
	if (S_ISLNK(members[i].mode))
		archive_entry_set_symlink(e, members[i].content);
	if (S_ISCHR(members[i].mode) || S_ISBLK(members[i].mode))
		archive_entry_set_rdev(e, makedev(1, 3));
	/* A format that has no such members refuses the header. */
	if (archive_write_header(w, e) == ARCHIVE_OK && S_ISREG(members[i].mode) && len)
		assert_int_equal(archive_write_data(w, members[i].content, len), len);
	archive_entry_free(e);
}

struct hs_span
peer_archive(struct hs_arena *a, const char *format, const char *options)
{
	struct archive *w = archive_write_new();
	uint8_t *out = hs_arena_alloc(a, IS_WRITTEN);
	size_t used = 0;

	assert_int_equal(archive_write_set_format_by_name(w, format), ARCHIVE_OK);
	archive_write_set_bytes_in_last_block(w, 1);
	if (options)
		assert_int_equal(archive_write_set_options(w, options), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(w, out, IS_WRITTEN, &used), ARCHIVE_OK);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		write_member(w, i);
	assert_int_equal(archive_write_close(w), ARCHIVE_OK);
	archive_write_free(w);
	return (struct hs_span){ out, used };
}

static const char *
time_text(struct hs_arena *a, int64_t sec)
{
	struct hs_facts facts = { .arena = a };

	hs_say_time(&facts, "t", sec, 0, 0);
	return (const char *)hs_arena_copy(a, facts.first->value).at;
}

static void
fact_is(struct expanded *x, const struct hs_entry *e, const char *field, const char *want)
{
	const char *got = expanded_fact(x, e, field);

	if (strcmp(got, want) != 0)
		fail_msg("%.*s of \"%s\": \"%s\", libarchive has \"%s\"", (int)strlen(field), field,
		         (const char *)hs_arena_copy(&x->arena, e->name).at, got, want);
}

static void
same_kind(struct expanded *x, const struct hs_entry *e, struct archive_entry *peer)
{
	const mode_t mode = archive_entry_mode(peer);

	if (archive_entry_hardlink(peer)) {
		fact_is(x, e, "hard link to", archive_entry_hardlink(peer));
		return;
	}
	assert_int_equal(e->kind, hs_kind_of_mode(mode));
	if (S_ISLNK(mode))
		fact_is(x, e, "link target", archive_entry_symlink(peer));
	if (S_ISCHR(mode) || S_ISBLK(mode))
		fact_is(x, e, "device",
		        hs_arena_printf(&x->arena, "%u:%u", major(archive_entry_rdev(peer)),
		                        minor(archive_entry_rdev(peer))));
}

static void
same_content(struct expanded *x, const struct hs_entry *e, struct archive *r,
             struct archive_entry *peer)
{
	const int64_t size = archive_entry_size(peer);
	uint8_t *want = hs_arena_alloc(&x->arena, (size_t)size);
	struct hs_span got;
	int rc;

	if (!S_ISREG(archive_entry_mode(peer)) || archive_entry_nlink(peer) > 1)
		return;
	assert_int_equal(archive_read_data(r, want, (size_t)size), size);
	got = expanded_content(x, e, &rc);
	assert_int_equal(rc, 0);
	assert_true(hs_span_equal(got, (struct hs_span){ want, (size_t)size }));
	assert_int_equal(e->size, size);
}

static void
same_member(struct expanded *x, const struct hs_entry *e, struct archive *r,
            struct archive_entry *peer)
{
	struct hs_arena *a = &x->arena;

	assert_span(e->name, archive_entry_pathname(peer));
	same_kind(x, e, peer);
	fact_is(x, e, "mode", hs_arena_printf(a, "%04o", archive_entry_mode(peer) & 07777));
	fact_is(x, e, "uid", hs_arena_printf(a, "%lld", (long long)archive_entry_uid(peer)));
	fact_is(x, e, "gid", hs_arena_printf(a, "%lld", (long long)archive_entry_gid(peer)));
	fact_is(x, e, "mtime", time_text(a, archive_entry_mtime(peer)));
	if (expanded_fact(x, e, "inode")[0]) {
		fact_is(x, e, "inode",
		        hs_arena_printf(a, "%lld", (long long)archive_entry_ino64(peer)));
		fact_is(x, e, "nlink", hs_arena_printf(a, "%u", archive_entry_nlink(peer)));
		fact_is(x, e, "on device",
		        hs_arena_printf(a, "%u:%u", major(archive_entry_dev(peer)),
		                        minor(archive_entry_dev(peer))));
	}
	same_content(x, e, r, peer);
}

void
peer_agrees(struct expanded *x)
{
	struct archive *r = archive_read_new();
	struct archive_entry *peer;
	size_t i = 0;

	archive_read_support_format_cpio(r);
	archive_read_support_format_zip_seekable(r);
	assert_int_equal(archive_read_open_memory(r, x->file.at, x->file.len), ARCHIVE_OK);
	while (archive_read_next_header(r, &peer) == ARCHIVE_OK) {
		assert_true(i < x->tree.n_entries);
		same_member(x, &x->tree.entries[i], r, peer);
		i++;
	}
	/* Gaps, if any, come after the members. */
	assert_true(i == x->tree.n_entries || x->tree.entries[i].kind == HS_KIND_GAP);
	archive_read_free(r);
}
