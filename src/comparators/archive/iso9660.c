/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ISO 9660 (ECMA-119), with Rock Ridge (IEEE P1282) and Joliet:
 *
 *	16 sectors  system area: boot code and partition tables of hybrid images, or zeros
 *	1 sector    descriptors, type 1: the primary volume; 0: boot (El Torito); 2: a
 *	            supplementary volume (Joliet by its escape sequences); 255 ends them
 *	...         path tables, directories, contents, in any order
 *
 * Sectors have 2048 bytes. The primary descriptor holds times of the build to
 * a hundredth of a second, with the offset of the builder's time zone, and the
 * names of preparer and application; genisoimage pads the end with 150 sectors.
 */
#include "comparators/archive/archive_members.h"

#include <archive.h>
#include <inttypes.h>

enum { SECTOR = 2048, SYSTEM_AREA = 16 * SECTOR };
enum { TYPE_BOOT = 0, TYPE_PRIMARY = 1, TYPE_SUPPLEMENTARY = 2, TYPE_END = 255 };

/* Descriptors that are looked at; real images have up to five. */
enum { MAX_DESCRIPTORS = 32 };

/* Fields of a volume descriptor: offset from its front, length. */
static const struct {
	const char *field;
	unsigned at, len;
} texts[] = {
	{ "system id", 8, 32 },          { "volume id", 40, 32 },
	{ "volume set id", 190, 128 },   { "publisher", 318, 128 },
	{ "preparer", 446, 128 },        { "application", 574, 128 },
	{ "copyright file", 702, 37 },   { "abstract file", 739, 37 },
	{ "bibliographic file", 776, 37 },
}, times[] = {
	{ "creation time", 813, 17 },
	{ "modification time", 830, 17 },
	{ "expiration time", 847, 17 },
	{ "effective time", 864, 17 },
};

enum { SPACE_AT = 80, BLOCK_AT = 128, ROOT_AT = 156, ESCAPES_AT = 88, USE_AT = 883, USE_LEN = 512 };

static bool
descriptor(struct hs_span *out, struct hs_span file, unsigned i)
{
	return hs_span_part(out, file, SYSTEM_AREA + (uint64_t)i * SECTOR, SECTOR) &&
	       hs_span_starts(hs_span_from(*out, 1), HS_SPAN("CD001"));
}

static unsigned
iso9660_bid(struct hs_span file)
{
	struct hs_span d;

	return descriptor(&d, file, 0) && d.at[6] == 1 ? 56 : 0;
}

static uint64_t
number(struct hs_span d, size_t at, size_t width)
{
	struct hs_cursor c = { .rest = hs_span_from(d, at) };

	return hs_take_le(&c, width);
}

/* Fields are filled up with spaces; a packer that fills with zeros is seen in the value. */
static struct hs_span
trimmed(struct hs_span s)
{
	while (s.len > 0 && s.at[s.len - 1] == ' ')
		s.len--;
	return s;
}

static void
say_text(struct hs_facts *out, const char *field, struct hs_span s)
{
	if (s.len > 0 && hs_span_is_zero(s))
		hs_say_word(out, field, "zeros");
	else if (s.len > 0)
		hs_say(out, field, s);
}

/* Sixteen digits, then the time zone in quarters of an hour. */
static void
say_moment(struct hs_facts *out, const char *field, struct hs_span s)
{
	const int zone = (int8_t)s.at[16] * 15;
	const char *d = (const char *)s.at;
	bool digits = true, zeros = true;

	for (size_t i = 0; i < 16; i++) {
		digits = digits && d[i] >= '0' && d[i] <= '9';
		zeros = zeros && d[i] == '0';
	}
	if (!digits)
		say_text(out, field, s);
	else if (zeros)
		hs_sayf(out, field, "not set%s", zone ? " (with a time zone)" : "");
	else
		hs_sayf(out, field, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s.%.2s%c%02d:%02d", d, d + 4,
		        d + 6, d + 8, d + 10, d + 12, d + 14, zone < 0 ? '-' : '+',
		        (zone < 0 ? -zone : zone) / 60, (zone < 0 ? -zone : zone) % 60);
}

static void
say_primary(struct hs_facts *out, struct hs_span d)
{
	struct hs_span s;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (hs_span_part(&s, d, texts[i].at, texts[i].len))
			say_text(out, texts[i].field, trimmed(s));
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (hs_span_part(&s, d, times[i].at, times[i].len))
			say_moment(out, times[i].field, s);
	hs_say_u64(out, "block size", number(d, BLOCK_AT, 2));
	hs_say_u64(out, "blocks", number(d, SPACE_AT, 4));
	if (hs_span_part(&s, d, USE_AT, USE_LEN) && !hs_span_is_zero(trimmed(s)))
		hs_say_value(out, "application use", trimmed(s));
}

/* Rock Ridge and its kin announce themselves in the first record of the root. */
static bool
has_rock_ridge(struct hs_span file, struct hs_span primary)
{
	const uint64_t at = number(primary, ROOT_AT + 2, 4) * number(primary, BLOCK_AT, 2);
	struct hs_span record;

	/* A record without a name has 34 bytes; what follows is the system's. */
	return hs_span_part(&record, file, at, 34 + 7) &&
	       hs_span_starts(hs_span_from(record, 34), HS_SPAN("SP\7\1\xbe\xef"));
}

static bool
is_joliet(struct hs_span d)
{
	const struct hs_span escapes = hs_span_from(d, ESCAPES_AT);

	return hs_span_starts(escapes, HS_SPAN("%/@")) || hs_span_starts(escapes, HS_SPAN("%/C")) ||
	       hs_span_starts(escapes, HS_SPAN("%/E"));
}

static void
say_boot(struct hs_facts *out, struct hs_span file, struct hs_span d)
{
	struct hs_span catalog;

	hs_say_value(out, "boot system",
	             hs_take_string(&(struct hs_cursor){ .rest = hs_span_from(d, 7) }));
	if (hs_span_part(&catalog, file, number(d, 71, 4) * SECTOR, SECTOR))
		hs_say_digest(out, "boot catalog", catalog);
}

/* Joliet has names in UCS-2, most significant byte first. */
static struct hs_span
of_ucs2(struct hs_arena *a, struct hs_span s)
{
	uint8_t *at = hs_arena_alloc(a, s.len / 2 * 3);
	size_t n = 0;

	for (size_t i = 0; i + 1 < s.len; i += 2) {
		const unsigned c = (unsigned)s.at[i] << 8 | s.at[i + 1];

		if (c < 0x80) {
			at[n++] = (uint8_t)c;
		} else if (c < 0x800) {
			at[n++] = (uint8_t)(0xc0 | c >> 6);
			at[n++] = (uint8_t)(0x80 | (c & 0x3f));
		} else {
			at[n++] = (uint8_t)(0xe0 | c >> 12);
			at[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
			at[n++] = (uint8_t)(0x80 | (c & 0x3f));
		}
	}
	return (struct hs_span){ at, n };
}

static void
say_supplementary(struct hs_facts *out, struct hs_span d)
{
	const bool joliet = is_joliet(d);
	struct hs_span id;

	hs_say_word(out, "supplementary volume", joliet ? "Joliet" : "not Joliet");
	if (hs_span_part(&id, d, 40, 32))
		say_text(out, "supplementary volume id",
		         trimmed(joliet ? of_ucs2(out->arena, id) : id));
}

static int
iso9660_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	bool primary = false;
	struct hs_span d;

	for (unsigned i = 0; i < MAX_DESCRIPTORS; i++) {
		if (!descriptor(&d, file, i))
			return hs_fail(err, HS_EFORMAT, "volume descriptor %u is cut short or none",
			               i + 1);
		if (d.at[0] == TYPE_END)
			break;
		if (d.at[0] == TYPE_PRIMARY && !primary) {
			say_primary(out, d);
			hs_say_word(out, "Rock Ridge", has_rock_ridge(file, d) ? "yes" : "no");
			primary = true;
		} else if (d.at[0] == TYPE_BOOT) {
			say_boot(out, file, d);
		} else if (d.at[0] == TYPE_SUPPLEMENTARY) {
			say_supplementary(out, d);
		} else {
			hs_say_u64(out, "descriptor of type", d.at[0]);
		}
	}
	if (!primary)
		return hs_fail(err, HS_EFORMAT, "there is no primary volume descriptor");
	return 0;
}

static const struct hs_tree_ops ops = { .describe = hs_archive_members_describe };

/* Without Rock Ridge nothing but the time is recorded. */
static const struct hs_archive_format plain_format = {
	.enable = archive_read_support_format_iso9660,
	.records = HS_HAS_MTIME,
	.ops = &ops,
};

static const struct hs_archive_format rock_ridge_format = {
	.enable = archive_read_support_format_iso9660,
	.records = HS_HAS_MODE | HS_HAS_OWNER | HS_HAS_MTIME | HS_HAS_ATIME | HS_HAS_CTIME |
	           HS_HAS_BIRTHTIME | HS_HAS_DEVICE,
	.ops = &ops,
};

static bool
find_primary(struct hs_span *out, struct hs_span file)
{
	for (unsigned i = 0; i < MAX_DESCRIPTORS && descriptor(out, file, i); i++)
		if (out->at[0] == TYPE_PRIMARY)
			return true;
	return false;
}

static int
iso9660_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct hs_span system_area = hs_span_head(file, SYSTEM_AREA);
	struct hs_span primary;
	uint64_t end;
	int rc;

	if (!find_primary(&primary, file))
		return hs_fail(err, HS_EFORMAT, "there is no primary volume descriptor");
	end = number(primary, SPACE_AT, 4) * number(primary, BLOCK_AT, 2);
	rc = hs_archive_members_expand(
		out, file, has_rock_ridge(file, primary) ? &rock_ridge_format : &plain_format, err);
	if (rc == 0 && !hs_span_is_zero(system_area))
		rc = hs_tree_add_gap(out, "system area", system_area, err);
	if (rc == 0 && end < file.len)
		rc = hs_tree_add_gap(out, "after the end", hs_span_from(file, end), err);
	if (rc == 0 && end > file.len)
		rc = hs_fail(err, HS_EFORMAT, "the image has %zu of its %" PRIu64 " bytes",
		             file.len, end);
	return rc;
}

const struct hs_comparator hs_comparator_iso9660 = {
	.name = "iso9660",
	.about = "ISO 9660 image: volume descriptors and files, with Rock Ridge or Joliet names",
	.known_by = "\"CD001\" at 32769",
	.library = "libarchive",
	.shape = HS_SHAPE_TREE,
	.bid = iso9660_bid,
	.describe = iso9660_describe,
	.expand = iso9660_expand,
};
