/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/boot/disk_gpt.h"

#include "core/crc32.h"
#include "core/escape.h"
#include "core/limits.h"

#include <inttypes.h>

enum {
	HEADER = 92,
	ENTRY = 128,
	NAME = 56, /* of an entry: where its name begins, 36 characters of UTF-16 */
	GUID = 16,
	CRC_AT = 16,
};

struct header {
	struct hs_span bytes; /* all of it, as it says its size */
	uint64_t sector;      /* bytes of one */
	uint64_t revision, crc, own, other, first, last;
	struct hs_span guid;
	uint64_t entries_at, n, entry_size, entries_crc;
	struct hs_span entries;
};

static const struct hs_span magic = { (const uint8_t *)"EFI PART", 8 };

/* Bytes of a sector; 0 where there is no header. */
static uint64_t
sector_of(struct hs_span file)
{
	if (hs_span_starts(hs_span_from(file, 512), magic))
		return 512;
	return hs_span_starts(hs_span_from(file, 4096), magic) ? 4096 : 0;
}

bool
hs_gpt_is(struct hs_span file)
{
	return sector_of(file) != 0;
}

/* The header that stands in that sector; false where it does not, or is cut. */
static bool
read_header(struct header *h, struct hs_span file, uint64_t sector, uint64_t at)
{
	struct hs_cursor c = { 0 };
	uint64_t size;

	*h = (struct header){ .sector = sector };
	if (at > file.len / sector)
		return false;
	c.rest = hs_span_from(file, at * sector);
	if (!hs_span_starts(c.rest, magic))
		return false;
	hs_take(&c, magic.len);
	h->revision = hs_take_le(&c, 4);
	size = hs_take_le(&c, 4);
	h->crc = hs_take_le(&c, 4);
	hs_take(&c, 4);
	h->own = hs_take_le(&c, 8);
	h->other = hs_take_le(&c, 8);
	h->first = hs_take_le(&c, 8);
	h->last = hs_take_le(&c, 8);
	h->guid = hs_take(&c, GUID);
	h->entries_at = hs_take_le(&c, 8);
	h->n = hs_take_le(&c, 4);
	h->entry_size = hs_take_le(&c, 4);
	h->entries_crc = hs_take_le(&c, 4);
	if (c.cut || size < HEADER || size > sector ||
	    !hs_span_part(&h->bytes, file, at * sector, size))
		return false;
	/* As much of the table as there is. */
	if (h->entry_size >= ENTRY && h->entry_size <= sector && h->n <= HS_MAX_PARTITIONS &&
	    h->entries_at <= file.len / sector)
		h->entries = hs_span_head(hs_span_from(file, h->entries_at * sector),
		                          h->n * h->entry_size);
	return true;
}

/* With zeros where it stands itself. */
static uint32_t
header_crc(const struct header *h)
{
	static const uint8_t zeros[4];
	uint32_t crc = hs_crc32(hs_span_head(h->bytes, CRC_AT));

	crc = hs_crc32_more(crc, (struct hs_span){ zeros, sizeof(zeros) });
	return hs_crc32_more(crc, hs_span_from(h->bytes, CRC_AT + sizeof(zeros)));
}

static bool
is_right(const struct header *h)
{
	return header_crc(h) == h->crc && h->entries.len == h->n * h->entry_size &&
	       hs_crc32(h->entries) == h->entries_crc;
}

/* Whether the copy at the end says the same. */
static bool
is_copy(const struct header *h, const struct header *copy)
{
	return is_right(copy) && copy->other == h->own && copy->own == h->other &&
	       copy->first == h->first && copy->last == h->last && copy->revision == h->revision &&
	       copy->bytes.len == h->bytes.len && hs_span_equal(copy->guid, h->guid) &&
	       hs_span_equal(copy->entries, h->entries) && copy->entry_size == h->entry_size;
}

/* The first three fields are numbers, lowest byte first. */
static void
say_guid(struct hs_facts *out, const char *field, struct hs_span g)
{
	const uint8_t *b = g.at;

	hs_sayf(out, field, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
	        b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12],
	        b[13], b[14], b[15]);
}

int
hs_gpt_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct header h, copy;

	if (!read_header(&h, file, sector_of(file), 1))
		return hs_fail(err, HS_EFORMAT, "the header of the GPT is not whole");
	hs_say_u64(out, "sector size", h.sector);
	hs_sayf(out, "revision", "%" PRIu64 ".%" PRIu64, h.revision >> 16, h.revision & 0xffff);
	say_guid(out, "disk GUID", h.guid);
	hs_sayf(out, "usable sectors", "%" PRIu64 " to %" PRIu64, h.first, h.last);
	hs_sayf(out, "entries", "%" PRIu64 " of %" PRIu64 " bytes in sector %" PRIu64, h.n,
	        h.entry_size, h.entries_at);
	if (h.own != 1)
		hs_say_u64(out, "own sector", h.own);
	hs_say_u64(out, "sector of the copy", h.other);
	hs_say_word(out, "CRC", is_right(&h) ? "right" : "wrong");
	if (!is_right(&h))
		hs_sayf(out, "CRC of header and entries", "%08" PRIx64 " and %08" PRIx64, h.crc,
		        h.entries_crc);
	if (!read_header(&copy, file, h.sector, h.other))
		hs_say_word(out, "copy", "missing");
	else
		hs_say_word(out, "copy", is_copy(&h, &copy) ? "the same" : "another");
	return 0;
}

/* Types that images of Linux have (UEFI, 5.3.3; Discoverable Partitions Specification). */
static const char *
type_name(struct hs_span guid)
{
	static const struct {
		uint8_t front[4]; /* its first bytes as stored: no two of these begin alike */
		const char *name;
	} names[] = {
		{ { 0x28, 0x73, 0x2a, 0xc1 }, "EFI system" },
		{ { 0x48, 0x61, 0x68, 0x21 }, "BIOS boot" },
		{ { 0xaf, 0x3d, 0xc6, 0x0f }, "Linux data" },
		{ { 0xe3, 0xbc, 0x68, 0x4f }, "Linux root x86-64" },
		{ { 0x45, 0xb0, 0x21, 0xb9 }, "Linux root AArch64" },
		{ { 0x6d, 0xfd, 0x57, 0x06 }, "Linux swap" },
		{ { 0xff, 0xc2, 0x13, 0xbc }, "Linux extended boot" },
		{ { 0xe1, 0xc7, 0x3a, 0x93 }, "Linux home" },
		{ { 0x79, 0xd3, 0xd6, 0xe6 }, "Linux LVM" },
		{ { 0xa2, 0xa0, 0xd0, 0xeb }, "basic data" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (memcmp(guid.at, names[i].front, sizeof(names[i].front)) == 0)
			return names[i].name;
	return NULL;
}

/* UTF-16 as what ASCII it is; what is none, and what stands behind the first zero, as numbers. */
static void
say_name(struct hs_facts *out, struct hs_span name)
{
	struct hs_cursor c = { .rest = name };
	const char *text = "";

	while (c.rest.len >= 2 && !hs_span_is_zero(c.rest)) {
		const unsigned unit = (unsigned)hs_take_le(&c, 2);

		text = hs_arena_printf(out->arena, unit >= 0x20 && unit < 0x7f ? "%s%c" : "%s{%x}",
		                       text, unit);
	}
	hs_say_word(out, "name", text);
	if (!hs_span_is_zero(c.rest))
		hs_say_value(out, "behind the name", c.rest);
}

void
hs_gpt_describe_entry(struct hs_facts *out, struct hs_span entry)
{
	struct hs_cursor c = { .rest = entry };
	const struct hs_span type = hs_take(&c, GUID), own = hs_take(&c, GUID);
	uint64_t first, last, attributes;

	if (entry.len < ENTRY)
		return;
	first = hs_take_le(&c, 8);
	last = hs_take_le(&c, 8);
	attributes = hs_take_le(&c, 8);
	say_name(out, hs_span_head(c.rest, ENTRY - NAME));
	if (type_name(type))
		hs_say_word(out, "kind", type_name(type));
	say_guid(out, "type GUID", type);
	say_guid(out, "GUID", own);
	hs_sayf(out, "sectors", "%" PRIu64 " to %" PRIu64, first, last);
	if (attributes)
		hs_say_hex(out, "attributes", attributes);
	if (!hs_span_is_zero(hs_span_from(entry, ENTRY)))
		hs_say_value(out, "behind the entry", hs_span_from(entry, ENTRY));
}

/* ---- Members ---- */

static int
add_entries(struct hs_disk_parts *p, const struct header *h, struct hs_err *err)
{
	for (uint64_t i = 0; i < h->entries.len / h->entry_size; i++) {
		struct hs_cursor c = { .rest = hs_span_from(h->entries, i * h->entry_size) };
		struct hs_partition one = { .number = (unsigned)i + 1 };
		uint64_t first, last;

		one.head = hs_span_head(c.rest, h->entry_size);
		if (hs_span_is_zero(hs_span_head(one.head, GUID)))
			continue;
		hs_take(&c, 2 * GUID);
		first = hs_take_le(&c, 8);
		last = hs_take_le(&c, 8);
		hs_disk_tell(p, one.head);
		one.at = first > UINT64_MAX / h->sector ? UINT64_MAX : first * h->sector;
		if (last >= first && last - first < UINT64_MAX / h->sector)
			one.size = (last - first + 1) * h->sector;
		if (hs_disk_add(p, &one, err) < 0)
			return err->code;
	}
	return 0;
}

int
hs_gpt_expand(struct hs_disk_parts *p, struct hs_err *err)
{
	const uint64_t sector = sector_of(p->file);
	struct header h, copy;

	if (!read_header(&h, p->file, sector, 1))
		return hs_fail(err, HS_EFORMAT, "the header of the GPT is not whole");
	/* Its reserved field is in no fact. */
	if (hs_span_is_zero(hs_span_head(hs_span_from(h.bytes, CRC_AT + 4), 4)))
		hs_disk_tell(p, hs_span_head(h.bytes, HEADER));
	if (read_header(&copy, p->file, sector, h.other) && is_copy(&h, &copy)) {
		hs_disk_tell(p, copy.bytes);
		hs_disk_tell(p, copy.entries);
	}
	if (h.entry_size < ENTRY || h.entries.len < h.n * h.entry_size) {
		struct hs_err full;

		if (h.entry_size >= ENTRY && add_entries(p, &h, &full) < 0)
			return *err = full, err->code;
		return hs_fail(err, HS_EFORMAT, "the table of partitions is not whole");
	}
	return add_entries(p, &h, err);
}
