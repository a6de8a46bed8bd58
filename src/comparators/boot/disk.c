/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Images of whole disks: the table of partitions of a PC's firmware (MBR), or
 * that of UEFI (GPT; UEFI Specification 2.10, 5), which has an MBR in front.
 *
 *	sector 0     boot code; at 440 a signature; at 446 four partitions of 16 bytes; 55 aa
 *	extended     a sector of the same form: its first partition, then the next such sector
 *	sector 1     GPT: "EFI PART", CRCs, GUIDs, where the entries are
 *	             entries of 128 bytes: type, GUID, first and last sector, attributes, name
 *	the end      both once more
 *
 * Members are the partitions, opened as what they hold. What varies between
 * builds: the disk's signature or GUID and each partition's, which are random,
 * and with them both CRCs and the copy.
 */
#include "comparators/comparator.h"

#include "comparators/boot/disk_gpt.h"
#include "comparators/boot/disk_parts.h"
#include "core/escape.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	SECTOR = 512,
	SIGNATURE = 440,
	TABLE = 446,
	MARK = 510,
	ROW = 16,
	ROWS = 4,
	PROTECTIVE = 0xee,
	MBR_BITS = 20,
	GPT_BITS = 64,
	MAX_LOGICAL = 128, /* partitions in a chain of extended ones */
};

/* ---- The MBR ---- */

struct row {
	unsigned status, type;
	struct hs_span chs_first, chs_last;
	uint64_t first, sectors;
};

static struct row
row_at(struct hs_span sector, unsigned i)
{
	struct hs_cursor c = { .rest = hs_span_from(sector, TABLE + i * ROW) };
	struct row r = { .status = (unsigned)hs_take_le(&c, 1) };

	r.chs_first = hs_take(&c, 3);
	r.type = (unsigned)hs_take_le(&c, 1);
	r.chs_last = hs_take(&c, 3);
	r.first = hs_take_le(&c, 4);
	r.sectors = hs_take_le(&c, 4);
	return r;
}

static bool
is_extended(unsigned type)
{
	return type == 0x05 || type == 0x0f || type == 0x85;
}

/* Whether the sector is a table: nothing but marks of a boot partition, and any in the file. */
static bool
is_table(struct hs_span file)
{
	unsigned used = 0;

	if (file.len < SECTOR || file.at[510] != 0x55 || file.at[511] != 0xaa)
		return false;
	for (unsigned i = 0; i < ROWS; i++) {
		const struct row r = row_at(file, i);

		if (r.status != 0 && r.status != 0x80)
			return false;
		if (r.type == 0 && (r.first || r.sectors))
			return false;
		used += r.type != 0 && r.first != 0 && r.sectors != 0 &&
		        r.first < file.len / SECTOR;
	}
	return used > 0;
}

static unsigned
disk_bid(struct hs_span file)
{
	if (!is_table(file))
		return 0;
	return hs_gpt_is(file) ? GPT_BITS : MBR_BITS;
}

/* Kinds that are met, by their number. */
static const char *
type_name(unsigned type)
{
	static const struct {
		unsigned type;
		const char *name;
	} names[] = {
		{ 0x01, "FAT12" },         { 0x04, "FAT16 below 32 MiB" },
		{ 0x05, "extended" },      { 0x06, "FAT16" },
		{ 0x07, "NTFS" },          { 0x0b, "FAT32" },
		{ 0x0c, "FAT32, LBA" },    { 0x0e, "FAT16, LBA" },
		{ 0x0f, "extended, LBA" }, { 0x82, "Linux swap" },
		{ 0x83, "Linux" },         { 0x85, "Linux extended" },
		{ 0x8e, "Linux LVM" },     { 0xee, "GPT protective" },
		{ 0xef, "EFI system" },    { 0xfd, "Linux RAID" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].type == type)
			return names[i].name;
	return "unknown";
}

/* ---- Facts ---- */

static int
disk_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(file, SIGNATURE) };

	hs_say_word(out, "table", hs_gpt_is(file) ? "GPT" : "MBR");
	hs_sayf(out, "disk signature", "%08" PRIx64, hs_take_le(&c, 4));
	return hs_gpt_is(file) ? hs_gpt_describe(out, file, err) : 0;
}

static void
describe_row(struct hs_facts *out, struct hs_span bytes)
{
	/* A head is the row alone: as in its sector it stands. */
	uint8_t sector[SECTOR] = { 0 };
	struct row r;

	if (bytes.len != ROW)
		return;
	memcpy(sector + TABLE, bytes.at, ROW);
	r = row_at((struct hs_span){ sector, SECTOR }, 0);
	hs_sayf(out, "partition type", "0x%02x (%s)", r.type, type_name(r.type));
	if (r.status)
		hs_sayf(out, "status", r.status == 0x80 ? "active" : "0x%02x", r.status);
	hs_say_u64(out, "first sector", r.first);
	hs_say_u64(out, "sectors", r.sectors);
	hs_sayf(out, "cylinders", "%02x%02x%02x to %02x%02x%02x", r.chs_first.at[0],
	        r.chs_first.at[1], r.chs_first.at[2], r.chs_last.at[0], r.chs_last.at[1],
	        r.chs_last.at[2]);
}

static void
disk_describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	(void)t;
	if (e->head.len == ROW)
		describe_row(out, e->head);
	else
		hs_gpt_describe_entry(out, e->head);
}

static const struct hs_tree_ops disk_ops = { .describe = disk_describe_member };

/* ---- Members ---- */

static int
add_row(struct hs_disk_parts *p, struct hs_span sector, unsigned i, uint64_t base,
        struct hs_err *err)
{
	const struct row r = row_at(sector, i);

	/* Rows that are no member, of an extended partition or a protective one, are gaps. */
	hs_disk_tell(p, (struct hs_span){ sector.at + TABLE + i * ROW, ROW });
	return hs_disk_add(p,
	                   &(struct hs_partition){
				   .number = ++p->n_numbered,
				   .head = { sector.at + TABLE + i * ROW, ROW },
				   .at = (base + r.first) * SECTOR,
				   .size = r.sectors * SECTOR,
			   },
	                   err);
}

/* The chain of sectors in an extended partition, each with a partition and the way to the next. */
static int
add_logical(struct hs_disk_parts *p, uint64_t base, struct hs_err *err)
{
	uint64_t at = base;

	for (unsigned n = 0; n < MAX_LOGICAL; n++) {
		struct hs_span sector;
		struct row next;

		if (!hs_span_part(&sector, p->file, at * SECTOR, SECTOR) || !is_table(sector)) {
			/* Its rows count from elsewhere: only the mark is asked for. */
			if (!hs_span_part(&sector, p->file, at * SECTOR, SECTOR) ||
			    sector.at[510] != 0x55 || sector.at[511] != 0xaa)
				return hs_fail(err, HS_EFORMAT,
				               "no extended partition table in sector %" PRIu64,
				               at);
		}
		hs_disk_tell(p, (struct hs_span){ sector.at + MARK, SECTOR - MARK });
		if (row_at(sector, 0).type && add_row(p, sector, 0, at, err) < 0)
			return err->code;
		next = row_at(sector, 1);
		if (!is_extended(next.type) || next.first == 0)
			return 0;
		at = base + next.first;
	}
	return hs_fail(err, HS_ELIMIT, "more than %d logical partitions", MAX_LOGICAL);
}

static int
add_mbr(struct hs_disk_parts *p, struct hs_err *err)
{
	for (unsigned i = 0; i < ROWS; i++) {
		const struct row r = row_at(p->file, i);

		p->n_numbered = i;
		if (r.type == 0 || r.type == PROTECTIVE)
			continue;
		if (!is_extended(r.type) && add_row(p, p->file, i, 0, err) < 0)
			return err->code;
	}
	p->n_numbered = ROWS;
	for (unsigned i = 0; i < ROWS; i++) {
		const struct row r = row_at(p->file, i);

		if (is_extended(r.type) && add_logical(p, r.first, err) < 0)
			return err->code;
	}
	return 0;
}

static int
disk_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_disk_parts p = { .tree = out, .file = file };
	const bool gpt = hs_gpt_is(file);
	struct hs_err first = { 0 };

	out->ops = &disk_ops;
	if (!is_table(file))
		return hs_fail(err, HS_ENOTMINE, "no table of partitions");
	hs_disk_tell(&p, (struct hs_span){ file.at + SIGNATURE, 4 });
	hs_disk_tell(&p, (struct hs_span){ file.at + MARK, SECTOR - MARK });
	if ((gpt ? hs_gpt_expand(&p, &first) : add_mbr(&p, &first)) < 0 &&
	    first.code == HS_ENOTMINE)
		return *err = first, err->code;
	if (hs_disk_add_gaps(&p, err) < 0)
		return err->code;
	if (first.code)
		*err = first;
	return first.code;
}

const struct hs_comparator hs_comparator_disk = {
	.name = "disk",
	.about = "disk images with partitions (MBR, GPT)",
	.known_by = "55 aa at 510 and partitions at 446; \"EFI PART\" at 512 or 4096",
	.shape = HS_SHAPE_PARTS,
	.bid = disk_bid,
	.describe = disk_describe,
	.expand = disk_expand,
};
