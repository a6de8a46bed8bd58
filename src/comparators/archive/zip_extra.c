/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_extra.h"

#include "comparators/archive/zip_member.h"
#include "core/limits.h"

#include <inttypes.h>

enum {
	HEX_SHOWN = 32, /* bytes of an extra field without a text of its own */
	NTFS_DIGITS = 7,
	TICKS = 10000000, /* of NTFS in a second */
	NTFS_TIMES = 1,   /* the tag that holds the times */
};

/* Seconds from 1601, where NTFS begins to count, to 1970. */
#define NTFS_TO_UNIX INT64_C(11644473600)

/* Extra fields (4.6 and Info-ZIP's extrafld.txt). */
enum {
	ID_ZIP64 = 0x0001,
	ID_NTFS = 0x000a,
	ID_TIMES = 0x5455,
	ID_UNIX_OLD = 0x5855,
	ID_UNIX_16 = 0x7855,
	ID_UNIX_IDS = 0x7875,
	ID_COMMENT = 0x6375,
	ID_PATH = 0x7075,
	ID_AES = 0x9901,
	ID_ALIGNMENT = 0xd935,
};

static const struct {
	uint16_t id;
	const char *name;
} extra_names[] = {
	{ ID_ZIP64, "zip64" },
	{ 0x0007, "AV info" },
	{ 0x0009, "OS/2" },
	{ ID_NTFS, "NTFS times" },
	{ 0x000c, "OpenVMS" },
	{ 0x000d, "PKWARE Unix" },
	{ 0x0014, "PKCS#7 store" },
	{ 0x0015, "X.509 of the file" },
	{ 0x0016, "X.509 of the directory" },
	{ 0x0017, "strong encryption" },
	{ 0x0065, "OS/400" },
	{ 0x07c8, "Macintosh" },
	{ 0x2605, "ZipIt Macintosh" },
	{ 0x334d, "Info-ZIP Macintosh" },
	{ 0x4453, "NTFS security" },
	{ 0x5356, "AOS/VS" },
	{ ID_TIMES, "extended timestamp" },
	{ ID_UNIX_OLD, "Info-ZIP Unix, old" },
	{ ID_COMMENT, "Unicode comment" },
	{ 0x6c78, "libarchive" },
	{ ID_PATH, "Unicode path" },
	{ 0x756e, "ASi Unix" },
	{ ID_UNIX_16, "Info-ZIP Unix, 16 bits" },
	{ ID_UNIX_IDS, "Info-ZIP Unix owner" },
	{ ID_AES, "AES" },
	{ 0xa11e, "Apache Commons Compress" },
	{ 0xa220, "Microsoft growth hint" },
	{ 0xcafe, "Java" },
	{ ID_ALIGNMENT, "Android alignment" },
};

static int64_t
take_i32(struct hs_cursor *c)
{
	return (int32_t)(uint32_t)hs_take_le(c, 4);
}

static void
take_time(struct hs_cursor *c, struct hs_meta *m, enum hs_meta_has which, struct hs_time *to)
{
	const struct hs_time t = { .sec = take_i32(c) };

	if (c->cut)
		return;
	*to = t;
	m->has |= which;
}

/* Flags say which times follow; the directory's copy has the first of them only. */
static void
read_times(struct hs_meta *m, struct hs_cursor c)
{
	const uint64_t flags = hs_take_le(&c, 1);

	if (flags & 1)
		take_time(&c, m, HS_HAS_MTIME, &m->mtime);
	if (flags & 2)
		take_time(&c, m, HS_HAS_ATIME, &m->atime);
	if (flags & 4)
		take_time(&c, m, HS_HAS_CTIME, &m->ctime);
}

/* 7-Zip writes 0 for a time that it does not keep. */
static void
take_ntfs_time(struct hs_cursor *c, struct hs_meta *m, enum hs_meta_has which, struct hs_time *to)
{
	const uint64_t ticks = hs_take_le(c, 8);

	if (c->cut || ticks == 0)
		return;
	*to = (struct hs_time){
		.sec = (int64_t)(ticks / TICKS) - NTFS_TO_UNIX,
		.nsec = (uint32_t)(ticks % TICKS) * (1000000000 / TICKS),
		.digits = NTFS_DIGITS,
	};
	m->has |= which;
}

static void
read_ntfs(struct hs_meta *m, struct hs_cursor c)
{
	hs_take(&c, 4);
	for (struct hs_zip_extra x; hs_zip_take_extra(&x, &c);) {
		struct hs_cursor v = { .rest = x.data };

		if (x.id != NTFS_TIMES)
			continue;
		take_ntfs_time(&v, m, HS_HAS_MTIME, &m->mtime);
		take_ntfs_time(&v, m, HS_HAS_ATIME, &m->atime);
		take_ntfs_time(&v, m, HS_HAS_BIRTHTIME, &m->birthtime);
	}
}

static void
set_owner(struct hs_meta *m, uint64_t uid, uint64_t gid, bool cut)
{
	if (cut || uid > INT64_MAX || gid > INT64_MAX)
		return;
	m->uid = (int64_t)uid;
	m->gid = (int64_t)gid;
	m->has |= HS_HAS_OWNER;
}

static void
read_owner(struct hs_meta *m, struct hs_cursor c, uint16_t id)
{
	uint64_t width, uid, gid;

	if (id == ID_UNIX_IDS) {
		/* A version, then numbers that say their own width. */
		if (hs_take_le(&c, 1) != 1)
			return;
		width = hs_take_le(&c, 1);
		if (width > 8)
			return;
		uid = hs_take_le(&c, width);
		width = hs_take_le(&c, 1);
		if (width > 8)
			return;
		gid = hs_take_le(&c, width);
	} else {
		uid = hs_take_le(&c, 2);
		gid = hs_take_le(&c, 2);
	}
	set_owner(m, uid, gid, c.cut);
}

static void
read_unix_old(struct hs_meta *m, struct hs_cursor c)
{
	take_time(&c, m, HS_HAS_ATIME, &m->atime);
	take_time(&c, m, HS_HAS_MTIME, &m->mtime);
	read_owner(m, c, ID_UNIX_OLD);
}

/* What the extra fields add to the metadata that all formats share. */
void
hs_zip_read_extras(struct hs_meta *m, struct hs_span extras)
{
	struct hs_cursor c = { .rest = extras };

	for (struct hs_zip_extra x; hs_zip_take_extra(&x, &c);) {
		const struct hs_cursor data = { .rest = x.data };

		switch (x.id) {
		case ID_TIMES:
			/* Whole seconds say less than what NTFS has. */
			if (!(m->has & HS_HAS_MTIME) || m->mtime.digits == 0)
				read_times(m, data);
			break;
		case ID_NTFS:
			read_ntfs(m, data);
			break;
		case ID_UNIX_OLD:
			read_unix_old(m, data);
			break;
		case ID_UNIX_16:
		case ID_UNIX_IDS:
			read_owner(m, data, x.id);
			break;
		default:
			break;
		}
	}
}

static const char *
extra_field(struct hs_arena *a, const char *where, uint16_t id)
{
	for (size_t i = 0; i < sizeof(extra_names) / sizeof(extra_names[0]); i++)
		if (extra_names[i].id == id)
			return hs_arena_printf(a, "%sextra 0x%04x %s", where, id,
			                       extra_names[i].name);
	return hs_arena_printf(a, "%sextra 0x%04x", where, id);
}

void
hs_zip_say_bytes(struct hs_facts *out, const char *field, struct hs_span s)
{
	static const char digits[] = "0123456789abcdef";
	char *hex;

	if (s.len > HEX_SHOWN) {
		hs_say_digest(out, field, s);
		return;
	}
	hex = hs_arena_alloc(out->arena, 2 * s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		hex[2 * i] = digits[s.at[i] >> 4];
		hex[2 * i + 1] = digits[s.at[i] & 15];
	}
	hs_say_word(out, field, hex);
}

/* WinZip's specification: version, "AE", strength, true method. */
void
hs_zip_say_aes(struct hs_facts *out, struct hs_span extras)
{
	struct hs_cursor c = { .rest = extras };

	for (struct hs_zip_extra x; hs_zip_take_extra(&x, &c);) {
		struct hs_cursor v = { .rest = x.data };
		const unsigned version = (unsigned)hs_take_le(&v, 2);
		const struct hs_span vendor = hs_take(&v, 2);
		const unsigned strength = (unsigned)hs_take_le(&v, 1);
		const unsigned method = (unsigned)hs_take_le(&v, 2);

		if (x.id != ID_AES || v.cut || !hs_span_is(vendor, "AE") || strength < 1 ||
		    strength > 3)
			continue;
		hs_sayf(out, "encryption", "AES-%u, AE-%u, of %s", 64 + 64 * strength, version,
		        hs_zip_method_name(out->arena, method));
		return;
	}
	hs_say_word(out, "encryption", "AES, without the field that tells how");
}

/* Info-ZIP: a version, the CRC-32 of the name that it stands for, the same in UTF-8. */
static bool
say_unicode(struct hs_facts *out, const char *field, struct hs_span data)
{
	struct hs_cursor v = { .rest = data };
	const uint64_t version = hs_take_le(&v, 1), crc = hs_take_le(&v, 4);

	if (v.cut || version != 1 || v.rest.len > HS_MAX_NAME)
		return false;
	hs_say_value(out, field, v.rest);
	hs_sayf(out, hs_arena_printf(out->arena, "%s, for", field), "crc-32 0x%08" PRIx64, crc);
	return true;
}

/* zipalign and apksigner pad with a field whose first two bytes are the alignment. */
static bool
say_alignment(struct hs_facts *out, const char *field, struct hs_span data)
{
	struct hs_cursor v = { .rest = data };
	const uint64_t to = hs_take_le(&v, 2);

	if (v.cut || !hs_span_is_zero(v.rest))
		return false;
	hs_sayf(out, field, "to %" PRIu64 ", %zu bytes of padding", to, v.rest.len);
	return true;
}

static bool
is_time(struct hs_cursor *c, const struct hs_meta *told, enum hs_meta_has which, int64_t sec)
{
	const int64_t t = take_i32(c);

	return !c->cut && told->has & which && t == sec;
}

/* Which times there are, where all of them are the member's. */
static bool
say_times(struct hs_facts *out, const char *field, struct hs_span data, const struct hs_meta *told)
{
	static const char *const names[] = {
		"none",    "modified",          "read",          "modified, read",
		"changed", "modified, changed", "read, changed", "modified, read, changed",
	};
	struct hs_cursor v = { .rest = data };
	const unsigned flags = (unsigned)hs_take_le(&v, 1);
	bool first;

	if (v.cut || flags > 7 || (flags & 1 && !is_time(&v, told, HS_HAS_MTIME, told->mtime.sec)))
		return false;
	/* The directory's copy ends here, whatever the flags say. */
	first = v.rest.len == 0 && flags > 1;
	if (!first && ((flags & 2 && !is_time(&v, told, HS_HAS_ATIME, told->atime.sec)) ||
	               (flags & 4 && !is_time(&v, told, HS_HAS_CTIME, told->ctime.sec))))
		return false;
	if (v.rest.len)
		return false;
	hs_sayf(out, field, "%s%s", names[flags], first ? ", of which the first is here" : "");
	return true;
}

/* How wide the numbers are, where they are the member's. */
static bool
say_owner(struct hs_facts *out, const char *field, const struct hs_zip_extra *x,
          const struct hs_meta *told)
{
	struct hs_meta read = { 0 };
	const bool wide = x->id == ID_UNIX_IDS;

	read_owner(&read, (struct hs_cursor){ .rest = x->data }, x->id);
	if (!(read.has & told->has & HS_HAS_OWNER) || read.uid != told->uid ||
	    read.gid != told->gid)
		return false;
	if (wide && x->data.len != 3u + x->data.at[1] + x->data.at[2 + x->data.at[1]])
		return false;
	if (!wide && x->data.len != 4)
		return false;
	if (wide)
		hs_sayf(out, field, "uid of %u bytes, gid of %u", x->data.at[1],
		        x->data.at[2 + x->data.at[1]]);
	else
		hs_say_word(out, field, "uid and gid of 2 bytes");
	return true;
}

/* Whether the field has a text of its own, which then is said. */
static bool
say_known(struct hs_facts *out, const char *field, const struct hs_zip_extra *x,
          const struct hs_meta *told)
{
	switch (x->id) {
	case ID_TIMES:
		return say_times(out, field, x->data, told);
	case ID_UNIX_16:
	case ID_UNIX_IDS:
		return say_owner(out, field, x, told);
	case ID_ZIP64:
		/* Sizes are facts of their own, and the offset is none. */
		hs_sayf(out, field, "%zu bytes", x->data.len);
		return true;
	case ID_PATH:
	case ID_COMMENT:
		return say_unicode(out, field, x->data);
	case ID_ALIGNMENT:
		return say_alignment(out, field, x->data);
	default:
		return false;
	}
}

/* Each field by its number, so that one that only one side has is seen. */
void
hs_zip_say_extras(struct hs_facts *out, const char *where, struct hs_span extras,
                  const struct hs_meta *told)
{
	struct hs_cursor c = { .rest = extras };

	for (struct hs_zip_extra x; hs_zip_take_extra(&x, &c);) {
		const char *field = extra_field(out->arena, where, x.id);

		if (!say_known(out, field, &x, told))
			hs_zip_say_bytes(out, field, x.data);
	}
	if (c.rest.len)
		hs_zip_say_bytes(out,
		                 hs_arena_printf(out->arena, "%sextra that is no field", where),
		                 c.rest);
}
