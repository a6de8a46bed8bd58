/* SPDX-License-Identifier: Apache-2.0 */
#include "newc_text.h"

#include "unit.h"

#include "core/cpio.h"
#include "core/escape.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct hs_span
newc_joined(struct hs_arena *a, const struct hs_pieces *p)
{
	uint8_t *at = hs_arena_alloc(a, (size_t)p->size + 1);
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		memcpy(at + n, p->list[i].at, p->list[i].len);
		n += p->list[i].len;
	}
	assert_int_equal(n, p->size);
	return (struct hs_span){ at, n };
}

static const char *
line_of(struct hs_arena *a, const struct hs_cpio_member *m)
{
	const struct hs_span name = hs_escape(a, m->name), data = hs_escape(a, m->data);
	const char *line = hs_arena_printf(
		a, "%06" PRIo64 " %" PRIu64 ":%" PRIu64 " %" PRId64 " %.*s", m->mode, m->uid,
		m->gid, m->mtime, (int)name.len, (const char *)name.at);

	if (m->rdev_major || m->rdev_minor)
		line = hs_arena_printf(a, "%s %" PRIu64 ":%" PRIu64, line, m->rdev_major,
		                       m->rdev_minor);
	if (S_ISREG(m->mode) || m->data.len)
		line = hs_arena_printf(a, "%s %s %.*s", line, S_ISLNK(m->mode) ? "->" : "=",
		                       (int)data.len, (const char *)data.at);
	return line;
}

const char *
newc_text(struct hs_arena *a, const struct hs_pieces *p)
{
	struct hs_span rest = newc_joined(a, p);
	const char *text = "";
	struct hs_cpio_member m;
	uint64_t inode = 721;
	struct hs_err err;

	assert_int_equal(rest.len % 512, 0);
	for (;; inode++) {
		assert_int_equal(hs_cpio_read(&m, rest, &err), 0);
		assert_int_equal(m.ino, inode);
		assert_int_equal(m.nlink, S_ISDIR(m.mode) ? 2 : 1);
		assert_int_equal(m.dev_major, 3);
		assert_int_equal(m.dev_minor, 1);
		assert_int_equal(m.check, 0);
		assert_true(hs_span_is_zero(m.name_rest) && hs_span_is_zero(m.padding));
		rest = hs_span_from(rest, hs_cpio_length(&m));
		if (hs_cpio_is_trailer(&m))
			break;
		text = hs_arena_printf(a, "%s%s\n", text, line_of(a, &m));
	}
	assert_int_equal(m.mode, 0);
	assert_true(rest.len < 512 && hs_span_is_zero(rest));
	return text;
}

const char *
remarks_text(struct hs_arena *a, const struct hs_ramdisk_remarks *r)
{
	const char *text = "";

	for (const struct hs_ramdisk_remark *i = r->first; i; i = i->next) {
		text = hs_arena_printf(a, "%s%s: %s\n", text, i->code, i->text);
		if (i->n_more)
			text = hs_arena_printf(a, "%s%s: %" PRIu64 " more\n", text, i->code,
			                       i->n_more);
	}
	return text;
}

struct hs_span
shared_file(struct hs_arena *a, const char *name)
{
	const char *shared = getenv("HS_SHARED");
	const char *path =
		hs_arena_printf(a, "%s/vectors/%s", shared && *shared ? shared : "../shared", name);
	FILE *in = fopen(path, "rb");
	struct stat st;
	uint8_t *at;

	if (!in) {
		print_message("skipped: no %s\n", path);
		skip();
	}
	assert_int_equal(fstat(fileno(in), &st), 0);
	at = hs_arena_alloc(a, (size_t)st.st_size + 1);
	assert_int_equal(fread(at, 1, (size_t)st.st_size, in), st.st_size);
	fclose(in);
	return (struct hs_span){ at, (size_t)st.st_size };
}
