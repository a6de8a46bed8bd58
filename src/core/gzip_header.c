/* SPDX-License-Identifier: Apache-2.0 */
#include "core/gzip_header.h"

#include <zlib.h>

static const struct hs_span magic = { (const uint8_t *)"\x1f\x8b\x08", 3 };

bool
hs_is_gzip(struct hs_span s)
{
	return hs_span_starts(s, magic);
}

/* Reads the CRC of the header so far, whose lower half is stored behind it. */
static void
take_crc(struct hs_gzip_header *out, struct hs_cursor *c, struct hs_span start)
{
	const size_t len = start.len - c->rest.len;

	out->crc = (uint16_t)hs_take_le(c, 2);
	if (!c->cut)
		out->crc_fits = out->crc == (crc32_z(0, start.at, len) & 0xffff);
}

int
hs_take_gzip_header(struct hs_gzip_header *out, struct hs_cursor *c, struct hs_err *err)
{
	const struct hs_span start = c->rest;

	*out = (struct hs_gzip_header){ 0 };
	if (!hs_is_gzip(start))
		return hs_fail(err, HS_EFORMAT, "no gzip header of method 8");
	hs_take(c, 2);
	out->method = (unsigned)hs_take_le(c, 1);
	out->flags = (unsigned)hs_take_le(c, 1);
	out->mtime = (uint32_t)hs_take_le(c, 4);
	out->xfl = (unsigned)hs_take_le(c, 1);
	out->os = (unsigned)hs_take_le(c, 1);
	if (out->flags & HS_GZIP_EXTRA)
		out->extra = hs_take(c, hs_take_le(c, 2));
	if (out->flags & HS_GZIP_NAME)
		out->name = hs_take_string(c);
	if (out->flags & HS_GZIP_COMMENT)
		out->comment = hs_take_string(c);
	if (out->flags & HS_GZIP_HCRC && !c->cut)
		take_crc(out, c, start);
	if (c->cut)
		return hs_fail(err, HS_EFORMAT, "the gzip header is cut short");
	out->raw = hs_span_head(start, start.len - c->rest.len);
	if (out->flags & HS_GZIP_RESERVED)
		return hs_fail(err, HS_EFORMAT, "the gzip header has reserved flags set (0x%02x)",
		               out->flags);
	return 0;
}
