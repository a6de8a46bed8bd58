/* SPDX-License-Identifier: Apache-2.0 */
/* What libarchive reads of the tar on its standard input, one line an entry; for roundtrip.py. */
#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK = 1 << 16 };

static void
put_hex(const void *bytes, size_t len)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < len; i++)
		printf("%02x", at[i]);
}

static void
put_text(const char *s)
{
	putchar(' ');
	if (s)
		put_hex(s, strlen(s));
}

static void
put_content(struct archive *a)
{
	char bytes[CHUNK];
	la_ssize_t n;

	putchar(' ');
	while ((n = archive_read_data(a, bytes, sizeof(bytes))) > 0)
		put_hex(bytes, (size_t)n);
	if (n < 0)
		printf("!%s", archive_error_string(a));
}

static void
put_xattrs(struct archive_entry *e)
{
	const void *value;
	const char *name;
	size_t size;

	archive_entry_xattr_reset(e);
	while (archive_entry_xattr_next(e, &name, &value, &size) == ARCHIVE_OK) {
		put_text(name);
		putchar('=');
		put_hex(value, size);
	}
}

static void
put_entry(struct archive *a, struct archive_entry *e)
{
	printf("%o", (unsigned)archive_entry_filetype(e));
	put_text(archive_entry_pathname(e));
	put_text(archive_entry_hardlink(e));
	put_text(archive_entry_symlink(e));
	put_text(archive_entry_uname(e));
	put_text(archive_entry_gname(e));
	printf(" %" PRId64 " %u %" PRId64 " %" PRId64, (int64_t)archive_entry_size(e),
	       (unsigned)archive_entry_perm(e), (int64_t)archive_entry_uid(e),
	       (int64_t)archive_entry_gid(e));
	printf(" %u %u %" PRId64 " %ld", (unsigned)archive_entry_rdevmajor(e),
	       (unsigned)archive_entry_rdevminor(e), (int64_t)archive_entry_mtime(e),
	       archive_entry_mtime_nsec(e));
	put_content(a);
	put_xattrs(e);
	putchar('\n');
}

int
main(void)
{
	struct archive *a = archive_read_new();
	struct archive_entry *e;
	int result;

	setlocale(LC_CTYPE, "C.UTF-8");
	archive_read_support_format_tar(a);
	if (archive_read_open_FILE(a, stdin) != ARCHIVE_OK)
		return 2;
	while ((result = archive_read_next_header(a, &e)) == ARCHIVE_OK)
		put_entry(a, e);
	if (result != ARCHIVE_EOF)
		printf("! %s\n", archive_error_string(a));
	archive_read_free(a);
	return 0;
}
