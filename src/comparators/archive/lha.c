/* SPDX-License-Identifier: Apache-2.0 */
/*
 * LHA, also lzh: members one after the other, then a zero byte.
 *
 *	level 0, 1  size of the header (1), its sum (1), method "-lh5-" (5), packed and unpacked
 *	            size (4 each), date and time of MS-DOS (2 each), attribute, level, name with
 *	            its length (1), CRC-16, then the system's own bytes; level 1: the system,
 *	            then further headers, whose sizes count as packed
 *	level 2     size of all headers (2), method, sizes, Unix time (4), attribute, level,
 *	            CRC-16, the system, further headers
 *	level 3     as level 2 with four-byte sizes, the one of all headers behind the system
 *
 * Levels, methods and systems tell packers apart. Dates of level 0 and 1 are
 * local time of the packer's clock, unless a Unix or Windows one is beside.
 */
#include "comparators/archive/archive_members.h"

#include <archive.h>

enum { NAME_AT = 21, FIELDS = 22, SYSTEM_AT = 23, UNIX_FIELDS = 11 };

/* Types of further headers. */
enum {
	NEXT_FILE = 0x01,
	NEXT_FOLDER = 0x02,
	NEXT_WINDOWS_TIME = 0x41,
	NEXT_MODE = 0x50,
	NEXT_OWNER = 0x51,
	NEXT_GROUP_NAME = 0x52,
	NEXT_USER_NAME = 0x53,
	NEXT_UNIX_TIME = 0x54,
};

struct member {
	struct hs_span method, file, folder;
	uint64_t packed;
	unsigned date, time, attribute, level, system;
	unsigned has;  /* of enum hs_meta_has: what is recorded beside the date */
	bool own_time; /* beside the date of MS-DOS, which then does not count */
};

static unsigned
lha_bid(struct hs_span file)
{
	const struct hs_span m = hs_span_from(file, 2);

	if (file.len < FIELDS || m.at[0] != '-' || m.at[1] != 'l' ||
	    (m.at[2] != 'h' && m.at[2] != 'z') || m.at[4] != '-' || file.at[20] > 3)
		return 0;
	return 38;
}

static void
take_further(struct member *m, uint64_t type, struct hs_span data)
{
	switch (type) {
	case NEXT_FILE:
		m->file = data;
		break;
	case NEXT_FOLDER:
		m->folder = data;
		break;
	case NEXT_WINDOWS_TIME:
		m->has |= HS_HAS_ATIME | HS_HAS_BIRTHTIME;
		m->own_time = true;
		break;
	case NEXT_MODE:
		m->has |= HS_HAS_MODE;
		break;
	case NEXT_OWNER:
		m->has |= HS_HAS_OWNER;
		break;
	case NEXT_GROUP_NAME:
	case NEXT_USER_NAME:
		m->has |= HS_HAS_NAMES;
		break;
	case NEXT_UNIX_TIME:
		m->own_time = true;
		break;
	default:
		break;
	}
}

/* Walks the further headers, each of which ends in the size of the next. */
static void
walk_further(struct member *m, struct hs_cursor *c, uint64_t size, size_t width)
{
	while (size > width && !c->cut) {
		struct hs_cursor inside = { .rest = hs_take(c, size) };
		const uint64_t type = hs_take_le(&inside, 1);

		take_further(m, type, hs_take(&inside, size - width - 1));
		size = hs_take_le(&inside, width);
	}
}

/* Level 0 and 1; what further headers take is not packed bytes, although the packed size counts it.
 */
static void
take_old(struct member *m, struct hs_cursor *c, uint64_t size)
{
	struct hs_cursor body = { .rest = hs_span_from(hs_take(c, size + 2), NAME_AT) };
	const size_t before = c->rest.len;
	uint64_t further;

	m->file = hs_take(&body, hs_take_le(&body, 1));
	hs_take(&body, 2);
	m->system = body.rest.len > 0 ? (unsigned)hs_take_le(&body, 1) : 0;
	if (m->level == 0) {
		m->own_time = m->system == 'U' && body.rest.len >= UNIX_FIELDS;
		if (m->own_time)
			m->has |= HS_HAS_MODE | HS_HAS_OWNER;
		return;
	}
	walk_further(m, c, hs_take_le(&body, 2), 2);
	further = c->cut ? 0 : before - c->rest.len;
	m->packed -= further < m->packed ? further : m->packed;
}

/* Level 2 and 3, whose sizes count the whole header. */
static void
take_new(struct member *m, struct hs_cursor *c)
{
	const size_t width = m->level == 3 ? 4 : 2;
	struct hs_cursor f = *c;
	uint64_t size = hs_take_le(&f, 2);
	struct hs_cursor header;

	hs_take(&f, SYSTEM_AT - 2);
	m->system = (unsigned)hs_take_le(&f, 1);
	m->own_time = true;
	if (m->level == 3)
		size = hs_take_le(&f, 4);
	header.rest = hs_take(c, f.cut ? UINT64_MAX : size);
	header.cut = c->cut;
	hs_take(&header, SYSTEM_AT + 1 + (m->level == 3 ? 4 : 0));
	walk_further(m, &header, hs_take_le(&header, width), width);
}

/* Takes a member; false at the end mark, at what is none, and where it is cut. */
static bool
take_member(struct member *m, struct hs_cursor *c)
{
	struct hs_cursor f = *c;
	const uint64_t size = hs_take_le(&f, 1);

	*m = (struct member){ 0 };
	if (lha_bid(c->rest) == 0)
		return false;
	hs_take(&f, 1);
	m->method = hs_take(&f, 5);
	m->packed = hs_take_le(&f, 4);
	hs_take(&f, 4);
	m->time = (unsigned)hs_take_le(&f, 2);
	m->date = (unsigned)hs_take_le(&f, 2);
	m->attribute = (unsigned)hs_take_le(&f, 1);
	m->level = (unsigned)hs_take_le(&f, 1);
	if (m->level < 2)
		take_old(m, c, size);
	else
		take_new(m, c);
	hs_take(c, m->packed);
	return !c->cut;
}

struct members {
	const struct member *list;
	size_t n;
	struct hs_span rest; /* behind the last and the end mark */
};

/* libarchive passes the members in this order, one for each. */
static struct members
find_members(struct hs_arena *a, struct hs_span file, uint64_t most)
{
	struct hs_cursor c = { .rest = file };
	struct member *list = NULL, m;
	struct members out = { 0 };
	size_t room = 0;

	while (out.n < most && take_member(&m, &c)) {
		if (out.n == room) {
			struct member *more = hs_arena_array(a, room ? 2 * room : 64, sizeof(m));

			if (room)
				memcpy(more, list, room * sizeof(m));
			list = more;
			room = room ? 2 * room : 64;
		}
		list[out.n++] = m;
	}
	out.list = list;
	out.rest = c.rest.len > 0 && c.rest.at[0] == 0 ? hs_span_from(c.rest, 1) : c.rest;
	return out;
}

static int
lha_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	struct member m;

	if (!take_member(&m, &c))
		return hs_fail(err, HS_EFORMAT, "the first member of the archive is cut short");
	hs_say_u64(out, "header level", m.level);
	hs_sayf(out, "system", "0x%02x", m.system);
	return 0;
}

/* The bytes as stored, with slashes; a symbolic link has its target behind a bar. */
static struct hs_span
name_of(struct hs_arena *a, const struct member *m, bool is_link)
{
	const size_t len = m->folder.len + m->file.len;
	uint8_t *at = hs_arena_alloc(a, len + 1);
	struct hs_span name = { at, len };
	const uint8_t *bar;

	if (m->folder.len)
		memcpy(at, m->folder.at, m->folder.len);
	if (m->file.len)
		memcpy(at + m->folder.len, m->file.at, m->file.len);
	for (size_t i = 0; i < len; i++)
		if (at[i] == 0xff || at[i] == '\\')
			at[i] = '/';
	bar = is_link ? memchr(at, '|', len) : NULL;
	return hs_span_head(name, bar ? (uint64_t)(bar - at) : len);
}

static void
lha_amend(const void *ctx, struct hs_arena *a, size_t i, struct hs_member *out)
{
	const struct members *members = ctx;
	const struct member *m;

	if (i >= members->n)
		return;
	m = &members->list[i];
	out->name = name_of(a, m, out->meta.kind == HS_KIND_SYMLINK);
	out->meta.has &= m->has | HS_HAS_MTIME | HS_HAS_SIZE | HS_HAS_LINK;
	if (!m->own_time)
		out->meta.mtime = hs_dos_time(m->date, m->time);
	out->facts[out->n_facts++] = (struct hs_attr){ HS_SPAN("method"), m->method };
	out->facts[out->n_facts++] =
		(struct hs_attr){ HS_SPAN("header"),
		                  hs_arena_span(a, "level %u, system 0x%02x, attribute 0x%02x",
		                                m->level, m->system, m->attribute) };
}

static const struct hs_tree_ops ops = { .describe = hs_archive_members_describe };

/* Names are bytes of a charset that nobody records: one that takes all of them lets none fail. */
static int
enable(struct archive *ar)
{
	const int rc = archive_read_support_format_lha(ar);

	return rc == ARCHIVE_OK ? archive_read_set_option(ar, "lha", "hdrcharset", "ISO-8859-1")
	                        : rc;
}

static int
lha_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct members members =
		find_members(&out->arena, file, out->run->limits.max_members);
	const struct hs_archive_format format = {
		.enable = enable,
		.records = HS_HAS_MODE | HS_HAS_OWNER | HS_HAS_NAMES | HS_HAS_MTIME | HS_HAS_ATIME |
		           HS_HAS_CTIME | HS_HAS_BIRTHTIME,
		.amend = lha_amend,
		.ctx = &members,
		.ops = &ops,
	};
	int rc = hs_archive_members_expand(out, file, &format, err);

	if (rc == 0 && members.rest.len > 0 && members.rest.len < file.len)
		rc = hs_tree_add_gap(out, "after the end", members.rest, err);
	return rc;
}

const struct hs_comparator hs_comparator_lha = {
	.name = "lha",
	.about = "LHA: members with methods, header levels and times",
	.known_by = "\"-lh?-\" or \"-lz?-\" at 2, a level up to 3 at 20",
	.library = "libarchive",
	.shape = HS_SHAPE_TREE,
	.bid = lha_bid,
	.describe = lha_describe,
	.expand = lha_expand,
};
