/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tar.Writer.WriteHeader() and Close() of Go 1.19 to 1.26. What it writes,
 * beside the fields themselves:
 *
 *	numbers   octal, padded with zeros, one NUL; device numbers for every type
 *	USTAR     a name over 100 bytes split at a slash between prefix and name
 *	PAX       "dir/PaxHeaders.0/file" of type 'x', its mode, owner and time 0, no
 *	          owner names, no device numbers; then a header with what fits
 *	GNU       "././@LongLink" of type 'L' and 'K', base-256, times at 345 and 357
 */
#include "golang/go_block.h"
#include "golang/go_format.h"
#include "golang/go_path.h"

#include "core/limits.h"

static const uint8_t zeros[2 * HS_TAR_BLOCK];

const struct hs_span hs_go_end = { zeros, sizeof(zeros) };

static size_t
padded(size_t n)
{
	return (n + HS_TAR_BLOCK - 1) / HS_TAR_BLOCK * HS_TAR_BLOCK;
}

/* The header of the data of an extension; gives the place behind the data. */
static uint8_t *
put_extension(uint8_t *at, uint8_t type, struct hs_span name, size_t size)
{
	struct hs_span shown = hs_span_head(name, HS_GO_NAME_SIZE);

	while (hs_span_ends(shown, HS_SPAN("/")))
		shown.len--;
	at[HS_GO_TYPE_AT] = type;
	hs_go_put_text(at + HS_GO_NAME_AT, HS_GO_NAME_SIZE, shown);
	hs_go_put_octal(at + HS_GO_MODE_AT, HS_GO_ID_SIZE, 0);
	hs_go_put_octal(at + HS_GO_UID_AT, HS_GO_ID_SIZE, 0);
	hs_go_put_octal(at + HS_GO_GID_AT, HS_GO_ID_SIZE, 0);
	hs_go_put_octal(at + HS_GO_SIZE_AT, HS_GO_LONG_SIZE, (int64_t)size);
	hs_go_put_octal(at + HS_GO_MTIME_AT, HS_GO_LONG_SIZE, 0);
	hs_go_block_seal(at, type == 'L' || type == 'K' ? HS_GO_GNU : HS_GO_PAX);
	return at + HS_TAR_BLOCK + padded(size);
}

typedef void put_number_fn(uint8_t *field, size_t width, int64_t v);

/* The fields that all formats share. */
static void
put_fields(uint8_t *at, const struct hs_go_header *h, put_number_fn *put)
{
	const int64_t mtime = hs_go_tar_time_is_zero(&h->mtime) ? 0 : h->mtime.at.sec;

	at[HS_GO_TYPE_AT] = h->typeflag;
	hs_go_put_text(at + HS_GO_NAME_AT, HS_GO_NAME_SIZE, h->name);
	hs_go_put_text(at + HS_GO_LINK_AT, HS_GO_NAME_SIZE, h->link);
	put(at + HS_GO_MODE_AT, HS_GO_ID_SIZE, h->mode);
	put(at + HS_GO_UID_AT, HS_GO_ID_SIZE, h->uid);
	put(at + HS_GO_GID_AT, HS_GO_ID_SIZE, h->gid);
	put(at + HS_GO_SIZE_AT, HS_GO_LONG_SIZE, h->size);
	put(at + HS_GO_MTIME_AT, HS_GO_LONG_SIZE, mtime);
	hs_go_put_text(at + HS_GO_UNAME_AT, HS_GO_OWNER_SIZE, h->uname);
	hs_go_put_text(at + HS_GO_GNAME_AT, HS_GO_OWNER_SIZE, h->gname);
	put(at + HS_GO_MAJOR_AT, HS_GO_ID_SIZE, h->dev_major);
	put(at + HS_GO_MINOR_AT, HS_GO_ID_SIZE, h->dev_minor);
}

static struct hs_span
write_ustar(struct hs_arena *a, struct hs_go_header *h)
{
	uint8_t *const at = hs_arena_alloc(a, HS_TAR_BLOCK);
	const size_t split = hs_go_split(h->name);
	const struct hs_span prefix = hs_span_head(h->name, split);

	if (split > 0)
		h->name = hs_span_from(h->name, split + 1);
	put_fields(at, h, hs_go_put_octal);
	hs_go_put_text(at + HS_GO_PREFIX_AT, HS_GO_PREFIX_SIZE, prefix);
	hs_go_block_seal(at, HS_GO_USTAR);
	return (struct hs_span){ at, HS_TAR_BLOCK };
}

static size_t
records_size(const struct hs_go_plan *plan, const struct hs_go_header *h)
{
	struct hs_go_plan_walk w = { .plan = plan, .header = h };
	struct hs_go_record r;
	size_t size = 0;

	while (hs_go_plan_next(&r, &w))
		size += hs_go_record_size(&r);
	return size;
}

static uint8_t *
put_records(uint8_t *at, struct hs_arena *a, const struct hs_go_plan *plan,
            const struct hs_go_header *h, size_t size)
{
	struct hs_go_plan_walk w = { .plan = plan, .header = h };
	const bool is_global = h->typeflag == 'g';
	struct hs_span name = h->name;
	uint8_t *record = at + HS_TAR_BLOCK;
	struct hs_go_record r;

	if (!is_global)
		name = hs_go_pax_name(a, name);
	else if (name.len == 0)
		name = HS_SPAN("GlobalHead.0.0");
	while (hs_go_plan_next(&r, &w))
		record = hs_go_record_put(record, &r);
	return put_extension(at, is_global ? 'g' : 'x', hs_go_to_ascii(a, name), size);
}

static int
write_pax(struct hs_span *out, struct hs_arena *a, const struct hs_go_plan *plan,
          struct hs_go_header *h, struct hs_err *err)
{
	const size_t size = records_size(plan, h);
	const bool is_global = h->typeflag == 'g';
	const size_t extension = size > 0 || is_global ? HS_TAR_BLOCK + padded(size) : 0;
	const size_t total = extension + (is_global ? 0 : HS_TAR_BLOCK);
	uint8_t *at;

	if (size > HS_MAX_TAR_HEADER)
		return hs_fail(err, HS_EUSAGE, "header field too long");
	at = hs_arena_alloc(a, total);
	*out = (struct hs_span){ at, total };
	if (extension > 0)
		at = put_records(at, a, plan, h, size);
	if (is_global)
		return 0;
	h->name = hs_go_to_ascii(a, h->name);
	h->link = hs_go_to_ascii(a, h->link);
	h->uname = hs_go_to_ascii(a, h->uname);
	h->gname = hs_go_to_ascii(a, h->gname);
	put_fields(at, h, hs_go_put_octal);
	hs_go_block_seal(at, HS_GO_PAX);
	return 0;
}

/* The header and data of a name that is too long, NUL and all. */
static uint8_t *
put_long(uint8_t *at, uint8_t type, struct hs_span name)
{
	memcpy(at + HS_TAR_BLOCK, name.at, name.len);
	return put_extension(at, type, HS_SPAN("././@LongLink"), name.len + 1);
}

static size_t
long_size(struct hs_span name)
{
	return name.len > HS_GO_NAME_SIZE ? HS_TAR_BLOCK + padded(name.len + 1) : 0;
}

static struct hs_span
write_gnu(struct hs_arena *a, const struct hs_go_header *h)
{
	const size_t total = long_size(h->name) + long_size(h->link) + HS_TAR_BLOCK;
	uint8_t *const begin = hs_arena_alloc(a, total);
	uint8_t *at = begin;

	if (long_size(h->name) > 0)
		at = put_long(at, 'L', h->name);
	if (long_size(h->link) > 0)
		at = put_long(at, 'K', h->link);
	put_fields(at, h, hs_go_put_numeric);
	if (!hs_go_tar_time_is_zero(&h->atime))
		hs_go_put_numeric(at + HS_GO_ATIME_AT, HS_GO_LONG_SIZE, h->atime.at.sec);
	if (!hs_go_tar_time_is_zero(&h->ctime))
		hs_go_put_numeric(at + HS_GO_CTIME_AT, HS_GO_LONG_SIZE, h->ctime.at.sec);
	hs_go_block_seal(at, HS_GO_GNU);
	return (struct hs_span){ begin, total };
}

int
hs_go_write(struct hs_span *out, struct hs_arena *a, const struct hs_go_header *h,
            struct hs_err *err)
{
	struct hs_go_header copy = *h;
	struct hs_go_plan plan;

	if (copy.typeflag == 0)
		copy.typeflag = hs_span_ends(copy.name, HS_SPAN("/")) ? '5' : '0';
	if (copy.format == HS_GO_UNKNOWN) {
		copy.mtime.at = hs_go_tar_time_rounded(&copy.mtime.at);
		copy.atime = copy.ctime = (struct hs_go_tar_time){ .set = false };
	}
	if (hs_go_plan(&plan, &copy, err) < 0)
		return err->code;
	if (plan.formats & HS_GO_USTAR)
		*out = write_ustar(a, &copy);
	else if (plan.formats & HS_GO_PAX)
		return write_pax(out, a, &plan, &copy, err);
	else
		*out = write_gnu(a, &copy);
	return 0;
}
