/* SPDX-License-Identifier: Apache-2.0 */
/* What libarchive writes and reads, read by us: the same members, field by field. */
#include "build_tar.h"
#include "listed.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <inttypes.h>
#include <locale.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

static enum hs_kind
kind_of(struct archive_entry *e)
{
	if (archive_entry_hardlink(e))
		return HS_KIND_HARDLINK;
	return hs_kind_of_mode(archive_entry_filetype(e));
}

/* A time with nine digits whatever the number that is said, so that two can be compared. */
static const char *
full_time(struct hs_arena *a, const char *text)
{
	const char *dot = strchr(text, '.');
	const size_t whole = dot ? (size_t)(dot - text) : strlen(text) - 1;
	const size_t digits = dot ? strlen(dot) - 2 : 0;

	return hs_arena_printf(a, "%.*s.%.*s%.*sZ", (int)whole, text, (int)digits,
	                       dot ? dot + 1 : "", (int)(9 - digits), "000000000");
}

static const char *
time_text(struct hs_arena *a, int64_t sec, long nsec)
{
	struct hs_facts f = { .arena = a };

	hs_say_time(&f, "t", sec, (uint32_t)nsec, 9);
	return (const char *)f.first->value.at;
}

static void
check_number(struct expanded *o, const struct hs_entry *e, const char *field, int64_t want)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRId64, want);
	assert_string_equal(expanded_fact(o, e, field), text);
}

static void
check_meta(struct expanded *o, const struct hs_entry *e, struct archive_entry *theirs)
{
	char mode[16];

	snprintf(mode, sizeof(mode), "%04o", (unsigned)archive_entry_perm(theirs));
	assert_string_equal(expanded_fact(o, e, "mode"), mode);
	check_number(o, e, "uid", archive_entry_uid(theirs));
	check_number(o, e, "gid", archive_entry_gid(theirs));
	assert_string_equal(expanded_fact(o, e, "uname"),
	                    archive_entry_uname(theirs) ? archive_entry_uname(theirs) : "");
	assert_string_equal(expanded_fact(o, e, "gname"),
	                    archive_entry_gname(theirs) ? archive_entry_gname(theirs) : "");
	assert_string_equal(full_time(&o->arena, expanded_fact(o, e, "mtime")),
	                    time_text(&o->arena, archive_entry_mtime(theirs),
	                              archive_entry_mtime_nsec(theirs)));
	if (archive_entry_atime_is_set(theirs))
		assert_string_equal(full_time(&o->arena, expanded_fact(o, e, "atime")),
		                    time_text(&o->arena, archive_entry_atime(theirs),
		                              archive_entry_atime_nsec(theirs)));
	if (e->kind == HS_KIND_CHARDEV || e->kind == HS_KIND_BLOCKDEV) {
		char device[48];

		snprintf(device, sizeof(device), "%ju:%ju",
		         (uintmax_t)archive_entry_rdevmajor(theirs),
		         (uintmax_t)archive_entry_rdevminor(theirs));
		assert_string_equal(expanded_fact(o, e, "device"), device);
	}
}

static void
check_xattrs(struct expanded *o, const struct hs_entry *e, struct archive_entry *theirs)
{
	const char *name;
	const void *value;
	size_t len;

	archive_entry_xattr_reset(theirs);
	while (archive_entry_xattr_next(theirs, &name, &value, &len) == ARCHIVE_OK) {
		const char *field = hs_arena_printf(&o->arena, "xattr %s", name);
		struct hs_facts f = { .arena = &o->arena };
		const struct hs_fact *ours;

		hs_tree_describe(&f, &o->tree, e);
		ours = hs_facts_find(&f, field);
		assert_non_null(ours);
		assert_true(hs_span_equal(ours->value, (struct hs_span){ value, len }));
	}
}

static void
check_content(struct expanded *o, const struct hs_entry *e, struct archive *a)
{
	struct hs_build data = { 0 };
	uint8_t buffer[8192];
	struct hs_span ours;
	la_ssize_t n;
	int rc;

	while ((n = archive_read_data(a, buffer, sizeof(buffer))) > 0)
		hs_build_put(&data, (struct hs_span){ buffer, (size_t)n });
	ours = expanded_content(o, e, &rc);
	assert_int_equal(rc, 0);
	if (e->kind == HS_KIND_FILE)
		assert_true(hs_span_equal(ours, hs_build_span(&data)));
	hs_build_release(&data);
}

/* The next entry that libarchive would give too. */
static const struct hs_entry *
next_shared(const struct expanded *o, size_t *i)
{
	while (*i < o->tree.n_entries) {
		const struct hs_entry *e = &o->tree.entries[(*i)++];

		if (e->kind != HS_KIND_OTHER && e->kind != HS_KIND_GAP)
			return e;
	}
	return NULL;
}

/* libarchive warns of names that are not of the locale's charset. */
static bool
next_of_theirs(struct archive *a, struct archive_entry **e)
{
	const int rc = archive_read_next_header(a, e);

	return rc == ARCHIVE_OK || rc == ARCHIVE_WARN;
}

/* A tar of a tar is an image of layers: one level down is enough. */
static void
check_against_libarchive(struct hs_span file, unsigned deeper)
{
	struct archive *a = archive_read_new();
	struct archive_entry *theirs;
	struct expanded o;
	size_t i = 0;

	archive_read_support_format_tar(a);
	assert_int_equal(archive_read_open_memory(a, file.at, file.len), ARCHIVE_OK);
	expanded_init(&o, tar, file, NULL);
	assert_int_equal(o.rc, 0);
	while (next_of_theirs(a, &theirs)) {
		const struct hs_entry *e = next_shared(&o, &i);
		const char *name = archive_entry_pathname(theirs);

		assert_non_null(e);
		assert_true(hs_span_equal(e->key, hs_key_of_name(&o.arena, hs_span_of(name))));
		assert_int_equal(e->kind, kind_of(theirs));
		if (e->kind == HS_KIND_FILE)
			assert_int_equal(e->size, archive_entry_size(theirs));
		if (archive_entry_symlink(theirs))
			assert_true(hs_span_is(e->link, archive_entry_symlink(theirs)));
		if (archive_entry_hardlink(theirs))
			assert_true(hs_span_is(e->link, archive_entry_hardlink(theirs)));
		check_meta(&o, e, theirs);
		check_xattrs(&o, e, theirs);
		check_content(&o, e, a);
	}
	assert_null(next_shared(&o, &i));
	for (i = 0; deeper && i < o.tree.n_entries; i++) {
		int rc;
		const struct hs_span inner = expanded_content(&o, &o.tree.entries[i], &rc);

		if (o.tree.entries[i].kind == HS_KIND_FILE && tar->bid(inner) >= 48)
			check_against_libarchive(inner, deeper - 1);
	}
	expanded_exercise(&o);
	expanded_release(&o);
	archive_read_free(a);
}

struct sample {
	const char *name, *link;
	unsigned type, mode;
	int64_t uid, mtime;
	long nsec;
	const char *content;
};

static const struct sample samples[] = {
	{ "dir/", NULL, S_IFDIR, 0755, 0, 0, 0, NULL },
	{ "dir/file", NULL, S_IFREG, 0644, 1000, 1700000000, 123456789, "hello\n" },
	{ "dir/empty", NULL, S_IFREG, 04755, 65534, 1, 0, "" },
	{ "dir/link", "file", S_IFLNK, 0777, 0, 86400, 500000000, NULL },
	{ "null", NULL, S_IFCHR, 0666, 0, 7, 0, NULL },
	{ "sda", NULL, S_IFBLK, 0660, 0, 7, 0, NULL },
	{ "fifo", NULL, S_IFIFO, 0600, 0, 7, 0, NULL },
};

static void
write_sample(struct archive *a, const struct sample *s, bool xattrs)
{
	struct archive_entry *e = archive_entry_new();
	const size_t len = s->content ? strlen(s->content) : 0;

	archive_entry_set_pathname(e, s->name);
	archive_entry_set_filetype(e, s->type);
	archive_entry_set_perm(e, s->mode);
	archive_entry_set_uid(e, s->uid);
	archive_entry_set_gid(e, s->uid + 1);
	archive_entry_set_uname(e, "user");
	archive_entry_set_gname(e, "group");
	archive_entry_set_mtime(e, s->mtime, s->nsec);
	archive_entry_set_size(e, (int64_t)len);
	if (s->link)
		archive_entry_set_symlink(e, s->link);
	if (s->type == S_IFCHR || s->type == S_IFBLK) {
		archive_entry_set_rdevmajor(e, 8);
		archive_entry_set_rdevminor(e, 17);
	}
	if (xattrs && len) {
		archive_entry_set_atime(e, 5, 250000000);
		archive_entry_xattr_add_entry(e, "user.mime", "text\0plain", 10);
	}
	assert_true(archive_write_header(a, e) >= ARCHIVE_WARN);
	if (len)
		assert_int_equal(archive_write_data(a, s->content, len), (la_ssize_t)len);
	archive_entry_free(e);
}

static void
write_hard_link(struct archive *a)
{
	struct archive_entry *e = archive_entry_new();

	archive_entry_set_pathname(e, "dir/hard");
	archive_entry_set_filetype(e, S_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_hardlink(e, "dir/file");
	archive_entry_set_mtime(e, 3, 0);
	assert_true(archive_write_header(a, e) >= ARCHIVE_WARN);
	archive_entry_free(e);
}

static void
write_all(struct hs_build *out, const char *format, const struct sample *extra)
{
	enum { ROOM = 1 << 20 };
	const bool pax = strcmp(format, "pax") == 0;
	struct archive *a = archive_write_new();
	void *room = malloc(ROOM);
	size_t used = 0;

	assert_int_equal(archive_write_set_format_by_name(a, format), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(a, room, ROOM, &used), ARCHIVE_OK);
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		if (strcmp(format, "v7tar") != 0 || samples[i].type == S_IFREG ||
		    samples[i].type == S_IFDIR || samples[i].type == S_IFLNK)
			write_sample(a, &samples[i], pax);
	write_hard_link(a);
	if (extra)
		write_sample(a, extra, pax);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	hs_build_put(out, (struct hs_span){ room, used });
	free(room);
}

static void
tar_reads_what_libarchive_writes_in_each_dialect(void **state)
{
	static char name[300];
	static const struct {
		const char *format;
		size_t name_len;
		int64_t uid;
	} rows[] = {
		{ "v7tar", 90, 1 },  { "ustar", 90, 1 },        { "gnutar", 250, 1 },
		{ "pax", 250, 1 },   { "gnutar", 90, 3000000 }, { "pax", 90, 4000000000 },
		{ "ustar", 180, 1 }, { "pax", 101, 1 },         { "gnutar", 101, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct sample extra = { name, NULL, S_IFREG, 0600, rows[i].uid, 9, 0, "x" };

		memset(name, 'n', rows[i].name_len);
		name[rows[i].name_len] = 0;
		name[60] = '/';
		name[120] = rows[i].name_len > 120 ? '/' : name[120];
		write_all(&b, rows[i].format, &extra);
		check_against_libarchive(hs_build_span(&b), 1);
		hs_build_release(&b);
	}
}

static void
read_file(struct hs_build *out, const char *path)
{
	FILE *in = fopen(path, "rb");
	uint8_t buffer[8192];
	size_t n;

	assert_non_null(in);
	while ((n = fread(buffer, 1, sizeof(buffer), in)) > 0)
		hs_build_put(out, (struct hs_span){ buffer, n });
	fclose(in);
}

static bool
is_tar(const char *name)
{
	const size_t len = strlen(name);

	return len > 4 && strcmp(name + len - 4, ".tar") == 0;
}

static void
check_folder(const char *inside)
{
	const char *shared = getenv("HS_SHARED");
	char folder[2048], path[4096];
	const struct dirent *d;
	DIR *dir;

	snprintf(folder, sizeof(folder), "%s/%s", shared && *shared ? shared : "../shared", inside);
	dir = opendir(folder);

	if (!dir) {
		print_message("skipped: no %s\n", folder);
		skip();
	}
	while ((d = readdir(dir))) {
		struct hs_build b = { 0 };

		if (!is_tar(d->d_name))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, d->d_name);
		read_file(&b, path);
		check_against_libarchive(hs_build_span(&b), 1);
		hs_build_release(&b);
	}
	closedir(dir);
}

static void
tar_reads_the_layers_of_other_tools(void **state)
{
	(void)state;
	check_folder("vectors/oci");
}

static void
tar_reads_the_archives_of_image_tools(void **state)
{
	(void)state;
	check_folder("vectors/oci/images");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tar_reads_what_libarchive_writes_in_each_dialect),
		cmocka_unit_test(tar_reads_the_layers_of_other_tools),
		cmocka_unit_test(tar_reads_the_archives_of_image_tools),
	};

	/* libarchive gives names in the charset of the locale. */
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
