/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The headers of cpio (Linux: Documentation/driver-api/early-userspace/
 * buffer-format.rst; POSIX.1-1988 10.1.2; cpio(5)).
 *
 *	newc, crc  6 magic, then 13 fields of 8 hex digits: ino mode uid gid nlink mtime
 *	           filesize devmajor devminor rdevmajor rdevminor namesize check
 *	odc        6 magic, then octal: dev 6 ino 6 mode 6 uid 6 gid 6 nlink 6 rdev 6
 *	           mtime 11 namesize 6 filesize 11
 *	binary     16-bit words: magic dev ino mode uid gid nlink rdev mtime(2) namesize
 *	           filesize(2), numbers of two words with the upper word first
 */
#include "core/cpio.h"

#include <inttypes.h>

enum { NEWC_SIZE = 110, ODC_SIZE = 76, BIN_SIZE = 26, MAX_FIELDS = 13 };

/* What a header says, in the order of newc. */
enum field {
	INO,
	MODE,
	UID,
	GID,
	NLINK,
	MTIME,
	SIZE,
	DEV_MAJOR,
	DEV_MINOR,
	RDEV_MAJOR,
	RDEV_MINOR,
	NAME_SIZE,
	CHECK,
};

static const char *const dialect_name[] = {
	[HS_CPIO_NEWC] = "newc",
	[HS_CPIO_CRC] = "crc",
	[HS_CPIO_ODC] = "odc",
	[HS_CPIO_BIN_LE] = "binary, little-endian",
	[HS_CPIO_BIN_BE] = "binary, big-endian",
};

/* By enum hs_cpio_dialect. */
static const struct {
	struct hs_span magic;
	enum hs_cpio_dialect dialect;
	size_t size;  /* of the header */
	size_t align; /* of name and data */
} dialects[] = {
	{ { (const uint8_t *)"070701", 6 }, HS_CPIO_NEWC, NEWC_SIZE, 4 },
	{ { (const uint8_t *)"070702", 6 }, HS_CPIO_CRC, NEWC_SIZE, 4 },
	{ { (const uint8_t *)"070707", 6 }, HS_CPIO_ODC, ODC_SIZE, 1 },
	{ { (const uint8_t *)"\xc7\x71", 2 }, HS_CPIO_BIN_LE, BIN_SIZE, 2 },
	{ { (const uint8_t *)"\x71\xc7", 2 }, HS_CPIO_BIN_BE, BIN_SIZE, 2 },
};

enum { N_DIALECTS = sizeof(dialects) / sizeof(dialects[0]) };

const char *
hs_cpio_dialect_name(enum hs_cpio_dialect d)
{
	return dialect_name[d];
}

static size_t
find_dialect(struct hs_span bytes)
{
	size_t i = 0;

	while (i < N_DIALECTS && !hs_span_starts(bytes, dialects[i].magic))
		i++;
	return i;
}

bool
hs_cpio_is(struct hs_span bytes)
{
	return find_dialect(bytes) < N_DIALECTS;
}

/* By character: the value of a digit and 1, or 0 for none. */
static const uint8_t digits[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* Whether it is digits only; *v is their value then. */
static bool
read_digits(uint64_t *v, struct hs_span s, unsigned base)
{
	bool good = s.len > 0;

	*v = 0;
	for (size_t i = 0; i < s.len; i++) {
		const unsigned d = digits[s.at[i]];

		good &= d - 1 < base;
		*v = *v * base + d - 1;
	}
	return good;
}

/* A field of digits. Old writers filled up with blanks, linuxkit writes a sign before 1970. */
static uint64_t
take_digits(struct hs_cursor *c, size_t width, unsigned base, struct hs_cpio_member *m)
{
	struct hs_span s = hs_take(c, width);
	bool minus;
	uint64_t v;

	if (read_digits(&v, s, base))
		return v;
	while (s.len && s.at[0] == ' ')
		s = hs_span_from(s, 1);
	minus = s.len && s.at[0] == '-';
	if (minus)
		s = hs_span_from(s, 1);
	m->unusual = true;
	if (!read_digits(&v, s, base)) {
		m->malformed = true;
		return 0;
	}
	return minus ? 0 - v : v;
}

static void
split_device(uint64_t *major, uint64_t *minor, uint64_t device)
{
	*major = device >> 8;
	*minor = device & 0xff;
}

/* The order of odc and binary is the same but for the two sizes' widths. */
static void
take_odc(uint64_t v[MAX_FIELDS], struct hs_cursor *c, struct hs_cpio_member *m)
{
	split_device(&v[DEV_MAJOR], &v[DEV_MINOR], take_digits(c, 6, 8, m));
	for (enum field f = INO; f <= NLINK; f++)
		v[f] = take_digits(c, 6, 8, m);
	split_device(&v[RDEV_MAJOR], &v[RDEV_MINOR], take_digits(c, 6, 8, m));
	v[MTIME] = take_digits(c, 11, 8, m);
	v[NAME_SIZE] = take_digits(c, 6, 8, m);
	v[SIZE] = take_digits(c, 11, 8, m);
}

static uint64_t
take_word(struct hs_cursor *c, enum hs_cpio_dialect dialect)
{
	return dialect == HS_CPIO_BIN_BE ? hs_take_be(c, 2) : hs_take_le(c, 2);
}

static uint64_t
take_two_words(struct hs_cursor *c, enum hs_cpio_dialect dialect)
{
	const uint64_t upper = take_word(c, dialect);

	return upper << 16 | take_word(c, dialect);
}

static void
take_binary(uint64_t v[MAX_FIELDS], struct hs_cursor *c, enum hs_cpio_dialect dialect)
{
	split_device(&v[DEV_MAJOR], &v[DEV_MINOR], take_word(c, dialect));
	for (enum field f = INO; f <= NLINK; f++)
		v[f] = take_word(c, dialect);
	split_device(&v[RDEV_MAJOR], &v[RDEV_MINOR], take_word(c, dialect));
	v[MTIME] = take_two_words(c, dialect);
	v[NAME_SIZE] = take_word(c, dialect);
	v[SIZE] = take_two_words(c, dialect);
}

/* Without its two sizes nothing that follows a header can be found. */
static bool
sizes_are_numbers(const struct hs_cpio_member *m)
{
	enum { NEWC_FILESIZE_AT = 54, NEWC_NAMESIZE_AT = 94, ODC_NAMESIZE_AT = 59 };
	struct hs_cpio_member probe = { 0 };
	struct hs_cursor c;

	switch (m->dialect) {
	case HS_CPIO_NEWC:
	case HS_CPIO_CRC:
		c = (struct hs_cursor){ .rest = hs_span_from(m->header, NEWC_FILESIZE_AT) };
		take_digits(&c, 8, 16, &probe);
		c = (struct hs_cursor){ .rest = hs_span_from(m->header, NEWC_NAMESIZE_AT) };
		take_digits(&c, 8, 16, &probe);
		break;
	case HS_CPIO_ODC:
		c = (struct hs_cursor){ .rest = hs_span_from(m->header, ODC_NAMESIZE_AT) };
		take_digits(&c, 6, 8, &probe);
		take_digits(&c, 11, 8, &probe);
		break;
	default:
		break;
	}
	return !probe.malformed;
}

static void
take_fields(struct hs_cpio_member *m, struct hs_cursor c)
{
	uint64_t v[MAX_FIELDS] = { 0 };

	if (m->dialect == HS_CPIO_ODC)
		take_odc(v, &c, m);
	else if (m->dialect == HS_CPIO_BIN_LE || m->dialect == HS_CPIO_BIN_BE)
		take_binary(v, &c, m->dialect);
	else
		for (enum field f = INO; f <= CHECK; f++)
			v[f] = take_digits(&c, 8, 16, m);
	m->ino = v[INO];
	m->mode = v[MODE];
	m->uid = v[UID];
	m->gid = v[GID];
	m->nlink = v[NLINK];
	m->mtime = (int64_t)v[MTIME];
	m->size = v[SIZE];
	m->dev_major = v[DEV_MAJOR];
	m->dev_minor = v[DEV_MINOR];
	m->rdev_major = v[RDEV_MAJOR];
	m->rdev_minor = v[RDEV_MINOR];
	m->name_size = v[NAME_SIZE];
	m->check = v[CHECK];
}

/* How many bytes fill `n` up to a multiple of `align`. */
static uint64_t
fill(uint64_t n, uint64_t align)
{
	return (align - n % align) % align;
}

static int
take_name(struct hs_cpio_member *m, struct hs_cursor *c, size_t align, struct hs_err *err)
{
	const uint64_t left = c->rest.len;
	const struct hs_span field = hs_take(c, m->name_size);
	const uint8_t *nul;
	uint64_t padding;

	if (c->cut)
		return hs_fail(err, HS_EFORMAT,
		               "a cpio header announces a name of %" PRIu64 " bytes, %" PRIu64
		               " are left",
		               m->name_size, left);
	nul = field.len ? memchr(field.at, 0, field.len) : NULL;
	m->name = hs_span_head(field, nul ? (uint64_t)(nul - field.at) : field.len);
	m->malformed |= !nul;
	padding = fill(m->header.len + m->name_size, align);
	/* A file may end in the middle of the last padding: nothing of the archive is missing. */
	if (padding > c->rest.len)
		padding = c->rest.len;
	hs_take(c, padding);
	m->name_rest.at = field.at + m->name.len;
	m->name_rest.len = field.len - m->name.len + (size_t)padding;
	return 0;
}

static int
take_head(struct hs_cpio_member *m, struct hs_cursor *c, struct hs_err *err)
{
	const size_t kind = find_dialect(c->rest);
	size_t magic;

	if (kind == N_DIALECTS)
		return hs_fail(err, HS_EFORMAT, "no cpio header where the next should stand");
	magic = dialects[kind].magic.len;
	m->dialect = dialects[kind].dialect;
	m->header = hs_take(c, dialects[kind].size);
	if (c->cut)
		return hs_fail(err, HS_EFORMAT, "a cpio header is cut short");
	take_fields(m, (struct hs_cursor){ .rest = hs_span_from(m->header, magic) });
	if (m->malformed && !sizes_are_numbers(m))
		return hs_fail(err, HS_EFORMAT, "a size in a cpio header is no number");
	return take_name(m, c, dialects[kind].align, err);
}

int
hs_cpio_read_head(struct hs_cpio_member *out, struct hs_span bytes, struct hs_err *err)
{
	struct hs_cursor c = { .rest = bytes };
	int rc;

	*out = (struct hs_cpio_member){ 0 };
	rc = take_head(out, &c, err);
	if (rc < 0)
		*out = (struct hs_cpio_member){ 0 };
	return rc;
}

int
hs_cpio_read(struct hs_cpio_member *out, struct hs_span bytes, struct hs_err *err)
{
	const int rc = hs_cpio_read_head(out, bytes, err);
	struct hs_span rest;

	if (rc < 0)
		return rc;
	rest = hs_span_from(bytes, hs_cpio_head(out).len);
	out->data = hs_span_head(rest, out->size);
	if (out->data.len < out->size)
		return hs_fail(err, HS_EFORMAT,
		               "a cpio member announces %" PRIu64 " bytes of content, %zu are left",
		               out->size, out->data.len);
	out->padding = hs_span_head(hs_span_from(rest, out->size),
	                            fill(out->size, dialects[out->dialect].align));
	return 0;
}

struct hs_span
hs_cpio_head(const struct hs_cpio_member *m)
{
	return (struct hs_span){ m->header.at, m->header.len + m->name.len + m->name_rest.len };
}

struct hs_span
hs_cpio_span(const struct hs_cpio_member *m)
{
	return (struct hs_span){ m->header.at, hs_cpio_head(m).len + m->data.len };
}

uint64_t
hs_cpio_length(const struct hs_cpio_member *m)
{
	return hs_cpio_span(m).len + m->padding.len;
}

bool
hs_cpio_is_trailer(const struct hs_cpio_member *m)
{
	return hs_span_is(m->name, "TRAILER!!!");
}

uint32_t
hs_cpio_sum(struct hs_span data)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < data.len; i++)
		sum += data.at[i];
	return sum;
}
