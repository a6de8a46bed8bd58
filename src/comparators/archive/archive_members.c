/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/archive_members.h"

#include "comparators/archive/member_head.h"
#include "comparators/archive/member_spool.h"
#include "core/escape.h"

#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <locale.h>
#include <pthread.h>

struct reading {
	struct hs_tree *out;
	struct hs_span file;
	const struct hs_archive_format *format;
	struct archive *ar;
	struct hs_member_spool spool;
};

/* The content of one member while its blocks come in. */
struct content {
	uint64_t len;
	struct hs_span direct; /* all of it so far, where that is bytes of the file itself */
	bool spooled;
};

static const char *
reason(const struct reading *r)
{
	const char *text = archive_error_string(r->ar);
	char shown[256];

	hs_escape_short(shown, sizeof(shown), hs_span_of(text ? text : "no reason given"));
	return hs_arena_printf(&r->out->arena, "%s", shown);
}

static struct hs_entry *
last(const struct reading *r)
{
	return &r->out->entries[r->out->n_entries - 1];
}

static void
damaged(const struct reading *r, const char *note)
{
	last(r)->note = note;
	last(r)->damaged = true;
}

static bool
is_in_file(const struct reading *r, struct hs_span s)
{
	const uintptr_t file = (uintptr_t)r->file.at, at = (uintptr_t)s.at;

	return at >= file && at - file <= r->file.len && s.len <= r->file.len - (at - file);
}

static int
add_block(struct reading *r, struct content *c, struct hs_span block, uint64_t where,
          struct hs_err *err)
{
	int rc = 0;

	if (block.len == 0)
		return 0;
	if (where == c->len && !c->spooled && is_in_file(r, block) &&
	    (c->len == 0 || block.at == c->direct.at + c->direct.len)) {
		c->direct.at = c->len == 0 ? block.at : c->direct.at;
		c->direct.len += block.len;
		c->len += block.len;
		return hs_member_spool_count(&r->spool, block.len, err);
	}
	if (!c->spooled)
		rc = hs_member_spool_put(&r->spool, c->direct.at, c->direct.len, err);
	c->spooled = true;
	if (rc == 0)
		rc = hs_member_spool_put(&r->spool, NULL, where - c->len, err);
	if (rc == 0)
		rc = hs_member_spool_put(&r->spool, block.at, block.len, err);
	if (rc == 0)
		c->len = where + block.len;
	return rc;
}

/* Reads to the end of a member or to its damage; an error is a limit or a full disk. */
static int
read_blocks(struct reading *r, struct content *c, bool *fatal, struct hs_err *err)
{
	for (;;) {
		struct hs_span block;
		const void *at;
		int64_t where;
		const int state = archive_read_data_block(r->ar, &at, &block.len, &where);
		int rc;

		if (state == ARCHIVE_EOF)
			return 0;
		if (state < ARCHIVE_WARN) {
			damaged(r, reason(r));
			*fatal = state == ARCHIVE_FATAL;
			return 0;
		}
		block.at = at;
		if (where < 0 || (uint64_t)where < c->len) {
			damaged(r, "its parts overlap");
			return 0;
		}
		rc = add_block(r, c, block, (uint64_t)where, err);
		if (rc < 0)
			return rc;
	}
}

static int
read_content(struct reading *r, bool *fatal, struct hs_err *err)
{
	struct content c = { 0 };
	const int rc = read_blocks(r, &c, fatal, err);
	struct hs_entry *e = last(r);

	if (c.spooled)
		hs_member_spool_close(&r->spool, e);
	else
		e->bytes = c.direct;
	e->size = e->bytes.len;
	if (rc < 0)
		damaged(r, "it was not read to its end");
	return rc;
}

static struct hs_span
copy_text(struct hs_arena *a, const char *text)
{
	return text ? hs_arena_copy(a, hs_span_of(text)) : (struct hs_span){ NULL, 0 };
}

static struct hs_time
time_of(const struct reading *r, int64_t sec, long nsec)
{
	uint32_t unit = 1000000000;

	for (unsigned i = 0; i < r->format->time_digits; i++)
		unit /= 10;
	return (struct hs_time){
		.sec = sec,
		.nsec = (uint32_t)nsec,
		.digits = (uint32_t)nsec % unit ? 9 : r->format->time_digits,
	};
}

static void
read_times(const struct reading *r, struct hs_meta *m, struct archive_entry *ae)
{
	if (archive_entry_mtime_is_set(ae)) {
		m->has |= HS_HAS_MTIME;
		m->mtime = time_of(r, archive_entry_mtime(ae), archive_entry_mtime_nsec(ae));
	}
	if (archive_entry_atime_is_set(ae)) {
		m->has |= HS_HAS_ATIME;
		m->atime = time_of(r, archive_entry_atime(ae), archive_entry_atime_nsec(ae));
	}
	if (archive_entry_ctime_is_set(ae)) {
		m->has |= HS_HAS_CTIME;
		m->ctime = time_of(r, archive_entry_ctime(ae), archive_entry_ctime_nsec(ae));
	}
	if (archive_entry_birthtime_is_set(ae)) {
		m->has |= HS_HAS_BIRTHTIME;
		m->birthtime =
			time_of(r, archive_entry_birthtime(ae), archive_entry_birthtime_nsec(ae));
	}
}

static void
read_xattrs(struct hs_meta *m, struct hs_arena *a, struct archive_entry *ae)
{
	const int n = archive_entry_xattr_reset(ae);
	struct hs_attr *list;
	const char *name;
	const void *value;
	size_t len;

	if (n <= 0)
		return;
	list = hs_arena_array(a, (size_t)n, sizeof(*list));
	while (m->n_xattrs < (size_t)n &&
	       archive_entry_xattr_next(ae, &name, &value, &len) == ARCHIVE_OK)
		list[m->n_xattrs++] =
			(struct hs_attr){ copy_text(a, name),
			                  hs_arena_copy(a, (struct hs_span){ value, len }) };
	m->xattrs = list;
}

static enum hs_kind
kind_of(struct archive_entry *ae)
{
	if (archive_entry_hardlink(ae))
		return HS_KIND_HARDLINK;
	return hs_kind_of_mode(archive_entry_filetype(ae));
}

static void
read_member(const struct reading *r, struct hs_member *m, struct archive_entry *ae)
{
	struct hs_arena *a = &r->out->arena;
	struct hs_meta *meta = &m->meta;
	const char *flags = archive_entry_fflags_text(ae);

	meta->kind = kind_of(ae);
	meta->mode = archive_entry_mode(ae);
	meta->uid = archive_entry_uid(ae);
	meta->gid = archive_entry_gid(ae);
	meta->uname = copy_text(a, archive_entry_uname(ae));
	meta->gname = copy_text(a, archive_entry_gname(ae));
	meta->has = HS_HAS_MODE | HS_HAS_OWNER | HS_HAS_NAMES;
	if (meta->kind == HS_KIND_FILE && archive_entry_size_is_set(ae)) {
		meta->has |= HS_HAS_SIZE;
		meta->size = (uint64_t)archive_entry_size(ae);
	}
	read_times(r, meta, ae);
	if (meta->kind == HS_KIND_HARDLINK || meta->kind == HS_KIND_SYMLINK) {
		meta->has |= HS_HAS_LINK;
		meta->link =
			copy_text(a, meta->kind == HS_KIND_HARDLINK ? archive_entry_hardlink(ae)
		                                                    : archive_entry_symlink(ae));
	}
	if (meta->kind == HS_KIND_CHARDEV || meta->kind == HS_KIND_BLOCKDEV) {
		meta->has |= HS_HAS_DEVICE;
		meta->dev_major = (uint64_t)archive_entry_rdevmajor(ae);
		meta->dev_minor = (uint64_t)archive_entry_rdevminor(ae);
	}
	meta->has &= r->format->records | HS_HAS_SIZE | HS_HAS_LINK;
	read_xattrs(meta, a, ae);
	if (flags)
		m->facts[m->n_facts++] = (struct hs_attr){ HS_SPAN("flags"), copy_text(a, flags) };
}

static int
add_member(struct reading *r, struct archive_entry *ae, int state, struct hs_err *err)
{
	struct hs_arena *a = &r->out->arena;
	const size_t i = r->out->n_entries;
	struct hs_member m = { .name = copy_text(a, archive_entry_pathname(ae)) };
	struct hs_entry *e;
	int rc;

	read_member(r, &m, ae);
	if (r->format->amend)
		r->format->amend(r->format->ctx, a, i, &m);
	if (m.name.len == 0)
		m.name = hs_arena_span(a, "(member %zu without a name)", i + 1);
	rc = hs_tree_add(&e, r->out, m.name, err);
	if (rc < 0)
		return rc;
	e->kind = m.meta.kind;
	e->link = m.meta.link;
	e->size = m.meta.size;
	e->head = hs_member_head(a, &m);
	if (state == ARCHIVE_WARN)
		e->note = reason(r);
	if (archive_entry_is_encrypted(ae))
		damaged(r, "it is encrypted: its content cannot be read");
	return 0;
}

static int
read_members(struct reading *r, struct hs_err *err)
{
	bool fatal = false;

	while (!fatal) {
		struct archive_entry *ae;
		const int state = archive_read_next_header(r->ar, &ae);
		int rc;

		if (state == ARCHIVE_EOF)
			return 0;
		if (state != ARCHIVE_OK && state != ARCHIVE_WARN)
			return hs_fail(err, HS_EFORMAT, "behind %zu members: %s", r->out->n_entries,
			               reason(r));
		rc = hs_run_check(r->out->run, err);
		if (rc == 0)
			rc = add_member(r, ae, state, err);
		if (rc == 0 && last(r)->kind == HS_KIND_FILE && !archive_entry_is_encrypted(ae))
			rc = read_content(r, &fatal, err);
		if (rc < 0)
			return rc;
	}
	return hs_fail(err, HS_EFORMAT, "member %zu is damaged, and nothing behind it can be read",
	               r->out->n_entries);
}

static int
expand(struct reading *r, struct hs_err *err)
{
	int rc;

	if (r->format->enable(r->ar) != ARCHIVE_OK)
		return hs_fail(err, HS_EABSENT, "this libarchive does not read it: %s", reason(r));
	if (archive_read_open_memory(r->ar, r->file.at, r->file.len) != ARCHIVE_OK)
		return hs_fail(err, HS_EFORMAT, "%s", reason(r));
	rc = read_members(r, err);
	return hs_member_spool_end(&r->spool, rc, err);
}

/*
 * libarchive gives names in the charset of the thread's locale: always UTF-8
 * here. It is made once and shared; threads that made and freed one each would
 * meet in what glibc keeps of them.
 */
static locale_t utf8;
static pthread_once_t utf8_once = PTHREAD_ONCE_INIT;

static void
make_utf8(void)
{
	utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

int
hs_archive_members_expand(struct hs_tree *out, struct hs_span file,
                          const struct hs_archive_format *format, struct hs_err *err)
{
	struct reading r = {
		.out = out,
		.file = file,
		.format = format,
		.ar = archive_read_new(),
		.spool = { .out = out, .file = file },
	};
	locale_t before = (locale_t)0;
	int rc;

	pthread_once(&utf8_once, make_utf8);
	if (utf8)
		before = uselocale(utf8);
	if (!r.ar)
		hs_die_out_of_memory();
	out->ops = format->ops;
	rc = expand(&r, err);
	archive_read_free(r.ar);
	if (utf8)
		uselocale(before);
	return rc;
}

void
hs_archive_members_describe(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_member m;

	(void)t;
	hs_member_of_head(&m, out->arena, e->head);
	hs_say_meta(out, &m.meta);
	out->of_format = true;
	if (!hs_span_equal(e->name, e->key))
		hs_say_value(out, "stored name", e->name);
	for (size_t i = 0; i < m.n_facts; i++)
		hs_say_value(out,
		             hs_arena_printf(out->arena, "%.*s", (int)m.facts[i].name.len,
		                             (const char *)m.facts[i].name.at),
		             m.facts[i].value);
	out->of_format = false;
}

struct hs_time
hs_dos_time(unsigned date, unsigned time)
{
	const int64_t month = date >> 5 & 15, day = date & 31;
	/* Years that begin in March: the leap day is their last. */
	const int64_t year = 1980 + (date >> 9) - (month < 3);
	const int64_t month_days = (153 * ((month + 9) % 12) + 2) / 5;
	const int64_t days = year * 365 + year / 4 - year / 100 + year / 400 + month_days + day - 1;

	const int64_t hour = time >> 11, minute = time >> 5 & 63, second = 2 * (int64_t)(time & 31);

	return (struct hs_time){
		.sec = (((days - 719468) * 24 + hour) * 60 + minute) * 60 + second,
	};
}
