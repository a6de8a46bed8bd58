/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What decides how an entry is written again is the format that Go believes
 * to see in its block:
 *
 *	magic            format           unless
 *	ustar\0          USTAR or PAX     a byte is above 127, or a number has no NUL behind it
 *	ustar\0 ... tar  unknown (star)
 *	ustar  \0        GNU              the times at 345 and 357 are no numbers
 *	other            unknown (v7)
 */
#include "golang/go_block.h"

#include "golang/go_number.h"
#include "golang/go_path.h"

enum {
	STAR_PREFIX_SIZE = 131,
	STAR_ATIME_AT = 476,
	STAR_CTIME_AT = 488,
	STAR_MAGIC_AT = 508,
	SUM_SIZE = 8,
};

static struct hs_span
field(struct hs_span block, size_t at, size_t size)
{
	return (struct hs_span){ block.at + at, size };
}

static struct hs_span
text(struct hs_span block, size_t at, size_t size)
{
	const uint8_t *nul = memchr(block.at + at, 0, size);

	return field(block, at, nul ? (size_t)(nul - block.at) - at : size);
}

static bool
read_number(int64_t *out, struct hs_span block, size_t at, size_t size)
{
	return hs_go_parse_numeric(out, field(block, at, size));
}

static bool
sum_fits(struct hs_span block)
{
	const int64_t sum = hs_tar_sum(block);
	int64_t n_high = 0, value;

	if (!hs_go_parse_octal(&value, field(block, HS_GO_SUM_AT, SUM_SIZE)))
		return false;
	if (value == sum)
		return true;
	/* SunOS summed signed bytes. */
	for (size_t i = 0; i < HS_TAR_BLOCK; i++)
		n_high += (i < HS_GO_SUM_AT || i >= HS_GO_TYPE_AT) && block.at[i] >= 0x80;
	return value == sum - 256 * n_high;
}

static bool
is_star(struct hs_span block)
{
	return hs_span_equal(field(block, STAR_MAGIC_AT, 4), HS_SPAN("tar\0"));
}

static bool
has_magic(struct hs_span block)
{
	return hs_span_equal(field(block, HS_GO_MAGIC_AT, 6), HS_SPAN("ustar\0"));
}

bool
hs_go_block_is_gnu(struct hs_span block)
{
	return hs_span_equal(field(block, HS_GO_MAGIC_AT, HS_GO_MAGIC_SIZE), HS_SPAN("ustar  \0"));
}

static bool
read_time(struct hs_go_tar_time *out, struct hs_span block, size_t at)
{
	int64_t sec;

	if (!read_number(&sec, block, at, HS_GO_LONG_SIZE))
		return false;
	*out = (struct hs_go_tar_time){ .at = { .sec = sec }, .set = true };
	return true;
}

static bool
ends_in_nul(struct hs_span block, size_t at, size_t size)
{
	return block.at[at + size - 1] == 0;
}

/* Go reads more than USTAR permits, and what it does not permit has no format. */
static bool
is_strict(struct hs_span block)
{
	for (size_t i = 0; i < HS_TAR_BLOCK; i++)
		if (block.at[i] >= 0x80)
			return false;
	return ends_in_nul(block, HS_GO_SIZE_AT, HS_GO_LONG_SIZE) &&
	       ends_in_nul(block, HS_GO_MODE_AT, HS_GO_ID_SIZE) &&
	       ends_in_nul(block, HS_GO_UID_AT, HS_GO_ID_SIZE) &&
	       ends_in_nul(block, HS_GO_GID_AT, HS_GO_ID_SIZE) &&
	       ends_in_nul(block, HS_GO_MTIME_AT, HS_GO_LONG_SIZE) &&
	       ends_in_nul(block, HS_GO_MAJOR_AT, HS_GO_ID_SIZE) &&
	       ends_in_nul(block, HS_GO_MINOR_AT, HS_GO_ID_SIZE);
}

/* A time that is there only where its field is in use. */
static bool
read_gnu_time(struct hs_go_tar_time *out, struct hs_span block, size_t at)
{
	return block.at[at] == 0 || read_time(out, block, at);
}

/* Go before 1.8 at times wrote a prefix where GNU has its times: such a block has no format. */
static void
read_gnu(struct hs_go_header *h, struct hs_span *prefix, struct hs_span block)
{
	const struct hs_span old = text(block, HS_GO_PREFIX_AT, HS_GO_PREFIX_SIZE);

	h->format = HS_GO_GNU;
	if (read_gnu_time(&h->atime, block, HS_GO_ATIME_AT) &&
	    read_gnu_time(&h->ctime, block, HS_GO_CTIME_AT))
		return;
	h->atime = h->ctime = (struct hs_go_tar_time){ .set = false };
	h->format = HS_GO_UNKNOWN;
	if (hs_go_is_ascii(old))
		*prefix = old;
}

static bool
read_v7(struct hs_go_header *h, struct hs_span block)
{
	h->typeflag = block.at[HS_GO_TYPE_AT];
	h->name = text(block, HS_GO_NAME_AT, HS_GO_NAME_SIZE);
	h->link = text(block, HS_GO_LINK_AT, HS_GO_NAME_SIZE);
	return read_number(&h->size, block, HS_GO_SIZE_AT, HS_GO_LONG_SIZE) &&
	       read_number(&h->mode, block, HS_GO_MODE_AT, HS_GO_ID_SIZE) &&
	       read_number(&h->uid, block, HS_GO_UID_AT, HS_GO_ID_SIZE) &&
	       read_number(&h->gid, block, HS_GO_GID_AT, HS_GO_ID_SIZE) &&
	       read_time(&h->mtime, block, HS_GO_MTIME_AT);
}

/* What all but v7 have. */
static bool
read_rest(struct hs_go_header *h, struct hs_span *prefix, struct hs_span block)
{
	h->uname = text(block, HS_GO_UNAME_AT, HS_GO_OWNER_SIZE);
	h->gname = text(block, HS_GO_GNAME_AT, HS_GO_OWNER_SIZE);
	if (!read_number(&h->dev_major, block, HS_GO_MAJOR_AT, HS_GO_ID_SIZE) ||
	    !read_number(&h->dev_minor, block, HS_GO_MINOR_AT, HS_GO_ID_SIZE))
		return false;
	if (!has_magic(block)) {
		read_gnu(h, prefix, block);
		return true;
	}
	if (is_star(block)) {
		*prefix = text(block, HS_GO_PREFIX_AT, STAR_PREFIX_SIZE);
		return read_time(&h->atime, block, STAR_ATIME_AT) &&
		       read_time(&h->ctime, block, STAR_CTIME_AT);
	}
	*prefix = text(block, HS_GO_PREFIX_AT, HS_GO_PREFIX_SIZE);
	h->format = is_strict(block) ? HS_GO_USTAR | HS_GO_PAX : HS_GO_UNKNOWN;
	return true;
}

bool
hs_go_block_read(struct hs_go_header *out, struct hs_arena *a, struct hs_span block,
                 const char **reason)
{
	struct hs_span prefix = HS_SPAN("");

	*out = (struct hs_go_header){ .format = HS_GO_UNKNOWN };
	*reason = "its checksum does not fit";
	if (!sum_fits(block))
		return false;
	*reason = "a field is no number";
	if (!read_v7(out, block))
		return false;
	if (!has_magic(block) && !hs_go_block_is_gnu(block))
		return true;
	if (!read_rest(out, &prefix, block))
		return false;
	if (prefix.len > 0)
		out->name = hs_arena_join(a, hs_arena_join(a, prefix, HS_SPAN("/")), out->name);
	return true;
}

void
hs_go_block_seal(uint8_t *block, enum hs_go_format format)
{
	memcpy(block + HS_GO_MAGIC_AT, format == HS_GO_GNU ? "ustar  \0" : "ustar\00000",
	       HS_GO_MAGIC_SIZE);
	hs_go_put_octal(block + HS_GO_SUM_AT, SUM_SIZE - 1,
	                hs_tar_sum((struct hs_span){ block, HS_TAR_BLOCK }));
	block[HS_GO_TYPE_AT - 1] = ' ';
}

void
hs_go_put_text(uint8_t *field, size_t width, struct hs_span text)
{
	const struct hs_span fits = hs_span_head(text, width);
	size_t n = width - 1;

	if (fits.len > 0)
		memcpy(field, fits.at, fits.len);
	if (fits.len < width)
		field[fits.len] = 0;
	/* Some readers take a file for a folder where its name in the block ends in a slash. */
	if (text.len <= width || field[n] != '/')
		return;
	while (n > 0 && field[n - 1] == '/')
		n--;
	field[n] = 0;
}
