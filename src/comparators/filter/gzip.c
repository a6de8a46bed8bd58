/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gzip (RFC 1952): members one after the other, whose contents join.
 *
 *	10 bytes  magic 1f 8b, method 8, flags, mtime (4, little-endian), xfl, os
 *	extra     2 bytes of length and that many more, in subfields, where FEXTRA is set
 *	name      bytes up to a NUL, where FNAME is set
 *	comment   bytes up to a NUL, where FCOMMENT is set
 *	crc       2 bytes, of the header, where FHCRC is set
 *	...       deflate, CRC-32 and size of the content
 *
 * mtime and name record the machine that compressed, not what it compressed;
 * xfl and os tell gzip (level, Unix) from Go's writer (0, 255), pigz and zlib.
 * Several members come from pigz -i, bgzip, eStargz (one a file) and from cat.
 * The level itself and the encoder are not recorded: they show in the bytes
 * (core/compressor.h).
 */
#include "comparators/comparator.h"
#include "comparators/filter/filter.h"
#include "core/compressor.h"
#include "core/gzip_header.h"

#include <inttypes.h>

static unsigned
gzip_bid(struct hs_span file)
{
	/* Tools refuse reserved flags: with one of them set it is something else. */
	return hs_is_gzip(file) && file.len > 3 && !(file.at[3] & HS_GZIP_RESERVED) ? 24 : 0;
}

static const char *
os_name(unsigned os)
{
	static const char *const names[] = { "FAT",      "Amiga",       "VMS",     "Unix",
		                             "VM/CMS",   "Atari",       "HPFS",    "Macintosh",
		                             "Z-System", "CP/M",        "TOPS-20", "NTFS",
		                             "QDOS",     "Acorn RISCOS" };

	if (os < sizeof(names) / sizeof(names[0]))
		return names[os];
	return os == 255 ? "unknown" : "not assigned";
}

static const char *
xfl_name(unsigned xfl)
{
	switch (xfl) {
	case 0:
		return "none";
	case 2:
		return "best";
	case 4:
		return "fastest";
	default:
		return "not assigned";
	}
}

static void
say_mtime(struct hs_facts *out, uint32_t mtime)
{
	if (mtime == 0)
		hs_say_word(out, "mtime", "not set");
	else
		hs_say_time(out, "mtime", mtime, 0, 0);
}

/* Subfields: two letters, a length, a value. What does not fit that is said as it is. */
static void
say_extra(struct hs_facts *out, struct hs_span extra)
{
	struct hs_cursor c = { .rest = extra };

	while (c.rest.len > 0) {
		const struct hs_span left = c.rest;
		const struct hs_span id = hs_take(&c, 2);
		const struct hs_span value = hs_take(&c, hs_take_le(&c, 2));

		if (c.cut) {
			hs_say_value(out, "extra", left);
			return;
		}
		hs_say_value(out, hs_arena_printf(out->arena, "extra %02x%02x", id.at[0], id.at[1]),
		             value);
	}
}

static void
say_header(struct hs_facts *out, const struct hs_gzip_header *h)
{
	hs_say_hex(out, "flags", h->flags);
	say_mtime(out, h->mtime);
	hs_sayf(out, "level hint", "%u (%s)", h->xfl, xfl_name(h->xfl));
	hs_sayf(out, "os", "%u (%s)", h->os, os_name(h->os));
	if (h->flags & HS_GZIP_EXTRA)
		say_extra(out, h->extra);
	if (h->flags & HS_GZIP_NAME)
		hs_say_value(out, "name", h->name);
	if (h->flags & HS_GZIP_COMMENT)
		hs_say_value(out, "comment", h->comment);
	if (h->flags & HS_GZIP_HCRC)
		hs_sayf(out, "header crc", "0x%04x%s", h->crc,
		        h->crc_fits ? "" : " (does not fit)");
}

static int
gzip_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	struct hs_gzip_header h;
	struct hs_err why;
	const int rc = hs_take_gzip_header(&h, &c, &why);

	/* A header that is cut short is expand()'s damage: what there is is said here. */
	if (rc < 0 && h.raw.len == 0)
		return hs_fail(err, HS_EFORMAT, "%s", why.text);
	if (rc == 0)
		hs_say_compressor(out, HS_CODEC_GZIP, file, NULL, NULL);
	say_header(out, &h);
	return 0;
}

static struct hs_span
gzip_header(struct hs_span rest)
{
	struct hs_cursor c = { .rest = rest };
	struct hs_gzip_header h;
	struct hs_err why;

	hs_take_gzip_header(&h, &c, &why);
	return h.raw;
}

/* One line of what say_header() says. */
static struct hs_span
gzip_say(struct hs_arena *a, struct hs_span header)
{
	struct hs_cursor c = { .rest = header };
	struct hs_facts facts = { .arena = a };
	struct hs_span line = { NULL, 0 };
	struct hs_gzip_header h;
	struct hs_err why;

	if (hs_take_gzip_header(&h, &c, &why) < 0)
		return HS_SPAN("cut short");
	say_header(&facts, &h);
	for (const struct hs_fact *f = facts.first; f; f = f->next)
		line = hs_arena_span(a, "%.*s%s%s %.*s", (int)line.len,
		                     line.len ? (const char *)line.at : "", line.len ? ", " : "",
		                     f->field, (int)f->value.len,
		                     f->value.len ? (const char *)f->value.at : "");
	return line;
}

static const struct hs_filter filter = { HS_CODEC_GZIP, gzip_header, gzip_say };

static int
gzip_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return hs_filter_expand(out, file, &filter, err);
}

const struct hs_comparator hs_comparator_gzip = {
	.name = "gzip",
	.about = "gzip: the header of each member; their content goes on as one",
	.known_by = "\"\\37\\213\\10\" at 0, no reserved flag",
	.library = "zlib",
	.shape = HS_SHAPE_FILTER,
	.bid = gzip_bid,
	.describe = gzip_describe,
	.expand = gzip_expand,
};
