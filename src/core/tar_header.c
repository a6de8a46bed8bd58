/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The header block (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar
 * manual, "Basic Tar Format"; star(5)):
 *
 *	  0 name 100     100 mode 8      108 uid 8       116 gid 8
 *	124 size 12      136 mtime 12    148 checksum 8  156 typeflag 1
 *	157 link 100
 *	257 magic and version 8          265 uname 32    297 gname 32
 *	329 devmajor 8   337 devminor 8
 *	345 ustar: prefix 155, unused 12
 *	345 star:  prefix 131, atime 12 at 476, ctime 12 at 488, "tar\0" at 508
 *	           of a sparse file: map at 356, real size at 452, offset at 464
 *	345 GNU:   atime 12, ctime 12, offset 12, unused 5, sparse map 96 at 386,
 *	           more follows 1 at 482, real size 12 at 483
 */
#include "core/tar_header.h"

enum { SUM_AT = 148, SUM_LEN = 8 };

static const char *const dialect_name[] = {
	[HS_TAR_V7] = "v7",
	[HS_TAR_USTAR] = "ustar",
	[HS_TAR_GNU] = "gnu",
	[HS_TAR_STAR] = "star",
};

const char *
hs_tar_dialect_name(enum hs_tar_dialect d)
{
	return dialect_name[d];
}

static struct hs_span
field(struct hs_span block, size_t off, size_t len)
{
	return (struct hs_span){ block.at + off, len };
}

static struct hs_span
text(struct hs_span block, size_t off, size_t len)
{
	const struct hs_span s = field(block, off, len);
	const uint8_t *nul = memchr(s.at, 0, s.len);

	return nul ? hs_span_head(s, (uint64_t)(nul - s.at)) : s;
}

static bool
is_blank(uint8_t c)
{
	return c == 0 || c == ' ';
}

/* Bits below the flag in the first byte: its second is the sign, which fills what is in front. */
static struct hs_tar_number
base256(struct hs_span raw)
{
	struct hs_tar_number n = { .raw = raw, .form = HS_TAR_BASE256 };
	const bool negative = raw.at[0] & 0x40;
	const uint8_t fill = negative ? 0xff : 0;
	uint64_t v = negative ? UINT64_MAX : 0;

	for (size_t i = 0; i < raw.len; i++) {
		const uint8_t b = i ? raw.at[i] : (uint8_t)((raw.at[0] & 0x7f) | (fill & 0x80));

		if (i + 8 < raw.len && b != fill)
			n.form = HS_TAR_BAD;
		v = v << 8 | b;
	}
	if ((v >> 63 != 0) != negative)
		n.form = HS_TAR_BAD;
	if (n.form == HS_TAR_BASE256)
		memcpy(&n.value, &v, sizeof(v));
	return n;
}

struct hs_tar_number
hs_tar_number_parse(struct hs_span raw)
{
	struct hs_tar_number n = { .raw = raw };
	uint64_t v = 0;
	size_t i = 0;

	if (raw.len && raw.at[0] & 0x80)
		return base256(raw);
	while (i < raw.len && is_blank(raw.at[i]))
		i++;
	if (i == raw.len)
		return n;
	n.form = HS_TAR_OCTAL;
	for (; i < raw.len && raw.at[i] >= '0' && raw.at[i] <= '7'; i++)
		v = v << 3 | (uint64_t)(raw.at[i] - '0');
	if (i < raw.len && !is_blank(raw.at[i])) {
		n.form = HS_TAR_BAD;
		return n;
	}
	n.value = (int64_t)v; /* 12 digits are 36 bits */
	return n;
}

/* Eight bytes at a time: each of four 16-bit sums takes 128 bytes, so none overflows. */
uint32_t
hs_tar_sum(struct hs_span block)
{
	const uint64_t lanes = UINT64_C(0x00ff00ff00ff00ff);
	uint64_t sums = 0, word;
	uint32_t sum;

	for (size_t i = 0; i < HS_TAR_BLOCK; i += sizeof(word)) {
		memcpy(&word, block.at + i, sizeof(word));
		sums += (word & lanes) + (word >> 8 & lanes);
	}
	sum = (uint32_t)((sums & 0xffff) + (sums >> 16 & 0xffff) + (sums >> 32 & 0xffff) +
	                 (sums >> 48));
	for (size_t i = SUM_AT; i < SUM_AT + SUM_LEN; i++)
		sum -= block.at[i];
	return sum + SUM_LEN * ' ';
}

/* The same with bytes from 0x80 on counted as negative. */
static int64_t
signed_sum(struct hs_span block)
{
	int64_t sum = hs_tar_sum(block);

	for (size_t i = 0; i < HS_TAR_BLOCK; i++)
		if ((i < SUM_AT || i >= SUM_AT + SUM_LEN) && block.at[i] & 0x80)
			sum -= 256;
	return sum;
}

static enum hs_tar_dialect
dialect_of(struct hs_span block)
{
	const struct hs_span magic = field(block, 257, 6);

	if (hs_span_equal(magic, HS_SPAN("ustar ")))
		return HS_TAR_GNU;
	if (!hs_span_equal(magic, HS_SPAN("ustar\0")))
		return HS_TAR_V7;
	return hs_span_equal(field(block, 508, 4), HS_SPAN("tar\0")) ? HS_TAR_STAR : HS_TAR_USTAR;
}

static struct hs_tar_number
number(struct hs_span block, size_t off, size_t len)
{
	return hs_tar_number_parse(field(block, off, len));
}

static void
parse_gnu(struct hs_tar_header *h)
{
	h->atime = number(h->block, 345, 12);
	h->ctime = number(h->block, 357, 12);
	/* Go before 1.8 wrote ustar's prefix under GNU's magic. */
	if (h->atime.form == HS_TAR_BAD) {
		h->prefix = text(h->block, 345, 155);
		h->atime = h->ctime = (struct hs_tar_number){ 0 };
		return;
	}
	h->offset = number(h->block, 369, 12);
	h->real_size = number(h->block, 483, 12);
}

static void
parse_star(struct hs_tar_header *h)
{
	h->atime = number(h->block, 476, 12);
	h->ctime = number(h->block, 488, 12);
	if (h->typeflag != 'S') {
		h->prefix = text(h->block, 345, 131);
		return;
	}
	h->real_size = number(h->block, 452, 12);
	h->offset = number(h->block, 464, 12);
}

static void
parse_fields(struct hs_tar_header *h)
{
	const struct hs_span b = h->block;

	h->dialect = dialect_of(b);
	h->typeflag = b.at[156];
	h->name = text(b, 0, 100);
	h->link = text(b, 157, 100);
	h->mode = number(b, 100, 8);
	h->uid = number(b, 108, 8);
	h->gid = number(b, 116, 8);
	h->size = number(b, 124, 12);
	h->mtime = number(b, 136, 12);
	if (h->dialect == HS_TAR_V7) {
		/* GNU tar leaves its magic out where a volume begins inside a file. */
		if (h->typeflag == 'M') {
			h->offset = number(b, 369, 12);
			h->real_size = number(b, 483, 12);
		}
		return;
	}
	h->uname = text(b, 265, 32);
	h->gname = text(b, 297, 32);
	h->dev_major = number(b, 329, 8);
	h->dev_minor = number(b, 337, 8);
	if (h->dialect == HS_TAR_USTAR)
		h->prefix = text(b, 345, 155);
	else if (h->dialect == HS_TAR_GNU)
		parse_gnu(h);
	else
		parse_star(h);
}

enum hs_tar_block
hs_tar_header_parse(struct hs_tar_header *out, struct hs_span bytes)
{
	const struct hs_span block = hs_span_head(bytes, HS_TAR_BLOCK);
	const struct hs_tar_number sum = number(block, SUM_AT, SUM_LEN);

	if (block.at[0] == 0 && hs_span_is_zero(block))
		return HS_TAR_IS_ZERO;
	if (sum.form == HS_TAR_EMPTY || sum.form == HS_TAR_BAD)
		return HS_TAR_IS_GARBAGE;
	*out = (struct hs_tar_header){ .block = block, .checksum = sum };
	if (sum.value != hs_tar_sum(block)) {
		if (sum.value != signed_sum(block))
			return HS_TAR_IS_GARBAGE;
		out->signed_sum = true;
	}
	parse_fields(out);
	return HS_TAR_IS_HEADER;
}

const struct hs_tar_range *
hs_tar_unused(const struct hs_tar_header *h)
{
	static const struct hs_tar_range v7[] = { { 257, 255 }, { 0, 0 } };
	static const struct hs_tar_range v7_volume[] = {
		{ 257, 112 }, { 381, 102 }, { 495, 17 }, { 0, 0 }
	};
	static const struct hs_tar_range ustar[] = { { 500, 12 }, { 0, 0 } };
	static const struct hs_tar_range gnu[] = { { 369, 143 }, { 0, 0 } };
	static const struct hs_tar_range gnu_sparse[] = { { 381, 5 }, { 495, 17 }, { 0, 0 } };
	static const struct hs_tar_range star[] = { { 500, 8 }, { 0, 0 } };
	static const struct hs_tar_range star_sparse[] = { { 345, 10 }, { 500, 8 }, { 0, 0 } };
	const bool more = h->typeflag == 'S' || h->typeflag == 'M';

	switch (h->dialect) {
	case HS_TAR_USTAR:
		return ustar;
	case HS_TAR_GNU:
		return h->prefix.len ? ustar : more ? gnu_sparse : gnu;
	case HS_TAR_STAR:
		return h->typeflag == 'S' ? star_sparse : star;
	default:
		return h->typeflag == 'M' ? v7_volume : v7;
	}
}
