/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_bytes.h"
#include "check_bytes.h"
#include "compared.h"
#include "core/crc32.h"
#include "listed.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_disk;

enum { SECTOR = 512, SECTORS = 16, FIRST = 6, COPY = SECTORS - 1 };

static void
put_le(struct hs_build *b, size_t at, uint64_t v, size_t width)
{
	for (size_t i = 0; i < width; i++)
		b->at[at + i] = (uint8_t)(v >> (8 * i));
}

/* The place of row `i` of the table in that sector. */
#define ROW(sector, i) ((size_t)(sector)*SECTOR + 446 + 16 * (i))

static void
put_row(struct hs_build *b, size_t at, unsigned type, uint64_t first, uint64_t n)
{

	put_le(b, at + 4, type, 1);
	put_le(b, at + 8, first, 4);
	put_le(b, at + 12, n, 4);
	put_le(b, at / SECTOR * SECTOR + 510, 0xaa55, 2);
}

static void
put_text(struct hs_build *b, size_t sector, const char *text)
{
	memcpy(b->at + sector * SECTOR, text, strlen(text));
}

/* Two primary partitions, and two in an extended one. */
static void
build_mbr(struct hs_build *b)
{
	hs_build_fill(b, 0, SECTORS * SECTOR);
	put_le(b, 440, 0x12345678, 4);
	put_row(b, ROW(0, 0), 0x83, 2, 1);
	b->at[446] = 0x80;
	put_text(b, 2, "root");
	put_row(b, ROW(0, 2), 0x05, 4, 8);
	put_row(b, ROW(4, 0), 0x82, 1, 1);
	put_text(b, 5, "swap");
	put_row(b, ROW(4, 1), 0x05, 2, 2);
	put_row(b, ROW(6, 0), 0x07, 1, 1);
	put_text(b, 7, "other");
}

static void
put_header(struct hs_build *b, size_t at, uint64_t own, uint64_t other, uint64_t entries)
{
	struct hs_span h = { b->at + at, 92 };

	memcpy(b->at + at, "EFI PART\0\0\1\0\x5c\0\0\0", 16);
	put_le(b, at + 16, 0, 4);
	put_le(b, at + 24, own, 8);
	put_le(b, at + 32, other, 8);
	put_le(b, at + 40, 3, 8);
	put_le(b, at + 48, SECTORS - 3, 8);
	memcpy(b->at + at + 56, "0123456789abcdef", 16);
	put_le(b, at + 72, entries, 8);
	put_le(b, at + 80, 4, 4);
	put_le(b, at + 84, 128, 4);
	put_le(b, at + 88, hs_crc32((struct hs_span){ b->at + entries * SECTOR, SECTOR }), 4);
	put_le(b, at + 16, hs_crc32(h), 4);
}

/* One partition, "boot", of an EFI system; the copy of both tables at the end. */
static void
build_gpt(struct hs_build *b)
{
	hs_build_fill(b, 0, SECTORS * SECTOR);
	put_row(b, ROW(0, 0), 0xee, 1, SECTORS - 1);
	memcpy(b->at + 2 * SECTOR, "\x28\x73\x2a\xc1\x1f\xf8\xd2\x11\xba\x4b\0\xa0\xc9\x3e\xc9\x3b",
	       16);
	memcpy(b->at + 2 * SECTOR + 16, "fedcba9876543210", 16);
	put_le(b, 2 * SECTOR + 32, FIRST, 8);
	put_le(b, 2 * SECTOR + 40, FIRST + 1, 8);
	put_le(b, 2 * SECTOR + 48, 4, 8);
	for (size_t i = 0; i < 4; i++)
		b->at[2 * SECTOR + 56 + 2 * i] = (uint8_t) "boot"[i];
	memcpy(b->at + (COPY - 1) * SECTOR, b->at + 2 * SECTOR, SECTOR);
	put_text(b, FIRST, "files");
	put_header(b, SECTOR, 1, COPY, 2);
	put_header(b, COPY * SECTOR, COPY, 1, COPY - 1);
}

static void
disk_wins_its_own_bid(void **state)
{
	struct hs_build a = { 0 }, b = { 0 };

	(void)state;
	build_mbr(&a);
	build_gpt(&b);
	assert_ptr_equal(hs_comparator_for(hs_build_span(&a), 0), row);
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), row);
	/* A boot sector alone; a partition behind the end; what is no mark of a boot partition. */
	a.at[446] = 1;
	assert_int_equal(row->bid(hs_build_span(&a)), 0);
	a.at[446] = 0;
	assert_int_equal(row->bid(hs_span_head(hs_build_span(&a), SECTOR)), 0);
	memset(a.at + 446, 0, 64);
	assert_int_equal(row->bid(hs_build_span(&a)), 0);
	hs_build_release(&a);
	hs_build_release(&b);
}

static void
disk_lists_partitions_also_extended_ones(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_mbr(&b);
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(
		expanded_keys(&o),
		"partition 1\npartition 5\npartition 6\n(boot sector)\n(between the partitions)\n");
	assert_string_equal(listed_facts(&o, NULL), "table: MBR\ndisk signature: 12345678\n");
	assert_string_equal(listed_facts(&o, "partition 1"),
	                    "partition type: 0x83 (Linux)\nstatus: active\nfirst sector: 2\n"
	                    "sectors: 1\ncylinders: 000000 to 000000\n");
	assert_int_equal(memcmp(expanded_entry(&o, "partition 5")->bytes.at, "swap", 4), 0);
	assert_int_equal(memcmp(expanded_entry(&o, "partition 6")->bytes.at, "other", 5), 0);
	expanded_release(&o);
}

static void
disk_describes_a_gpt_and_its_copy(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_gpt(&b);
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o), "partition 1\n(boot sector)\n");
	assert_string_equal(
		listed_facts(&o, NULL),
		"table: GPT\ndisk signature: 00000000\nsector size: 512\nrevision: 1.0\n"
		"disk GUID: 33323130-3534-3736-3839-616263646566\n"
		"usable sectors: 3 to 13\nentries: 4 of 128 bytes in sector 2\n"
		"sector of the copy: 15\nCRC: right\ncopy: the same\n");
	assert_string_equal(listed_facts(&o, "partition 1"),
	                    "name: boot\nkind: EFI system\n"
	                    "type GUID: c12a7328-f81f-11d2-ba4b-00a0c93ec93b\n"
	                    "GUID: 63646566-6162-3839-3736-353433323130\n"
	                    "sectors: 6 to 7\nattributes: 0x4\n");
	expanded_release(&o);
}

static void
disk_tells_a_copy_that_is_another(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_gpt(&b);
	b.at[COPY * SECTOR + 60] ^= 1;
	listed_open(&o, row, &b);
	assert_non_null(strstr(listed_facts(&o, NULL), "copy: another\n"));
	assert_non_null(strstr(expanded_keys(&o), "(behind the partitions)\n"));
	expanded_release(&o);
}

static void
disk_tells_what_differs_by_partition(void **state)
{
	struct hs_build a = { 0 }, b = { 0 };
	struct compared c;

	(void)state;
	build_mbr(&a);
	build_mbr(&b);
	put_text(&b, 5, "SWAP");
	compared_init(&c, hs_build_span(&a), hs_build_span(&b), NULL, NULL);
	assert_non_null(strstr(compared_text(&c), "content partition 5"));
	assert_null(strstr(compared_text(&c), "partition 1"));
	compared_release(&c);
	hs_build_release(&a);
	hs_build_release(&b);
}

static void
disk_lets_no_byte_differ_unseen(void **state)
{
	struct hs_build a = { 0 }, b = { 0 };

	(void)state;
	build_mbr(&a);
	build_gpt(&b);
	check_every_byte_counts(row, hs_build_span(&a));
	check_every_byte_counts(row, hs_build_span(&b));
	hs_build_release(&a);
	hs_build_release(&b);
}

static void
check_cut(const struct expanded *o, size_t len)
{
	bool damaged = o->rc == HS_EFORMAT || o->rc == HS_ENOTMINE;

	for (size_t i = 0; i < o->tree.n_entries; i++)
		damaged |= o->tree.entries[i].damaged;
	/* Behind the last partition only the copy of a GPT is missing. */
	assert_true(damaged || len >= 8 * SECTOR);
}

static void
disk_survives_every_truncation(void **state)
{
	struct hs_build a = { 0 }, b = { 0 };

	(void)state;
	build_mbr(&a);
	build_gpt(&b);
	listed_truncations(row, hs_build_span(&a), check_cut);
	listed_truncations(row, hs_build_span(&b), check_cut);
	hs_build_release(&a);
	hs_build_release(&b);
}

/* Any byte of the tables another; and a chain of extended partitions that leads back. */
static void
disk_survives_hostile_fields(void **state)
{
	static const uint8_t values[] = { 0, 0xff, 0x7f, 5 };
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_mbr(&b);
	put_row(&b, ROW(6, 1), 0x05, 0, 1);
	put_row(&b, ROW(4, 1), 0x05, 2, 2);
	put_row(&b, ROW(6, 1), 0x05, 2, 2);
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, HS_ELIMIT);
	expanded_release(&o);
	build_gpt(&b);
	for (size_t i = 440; i < 3 * SECTOR; i++) {
		const uint8_t was = b.at[i];

		for (size_t k = 0; k < sizeof(values); k++) {
			b.at[i] = values[k];
			expanded_init(&o, row, hs_build_span(&b), NULL);
			assert_true(o.rc == 0 || o.rc == HS_EFORMAT || o.rc == HS_ELIMIT ||
			            o.rc == HS_ENOTMINE);
			expanded_exercise(&o);
			expanded_release(&o);
		}
		b.at[i] = was;
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(disk_wins_its_own_bid),
		cmocka_unit_test(disk_lists_partitions_also_extended_ones),
		cmocka_unit_test(disk_describes_a_gpt_and_its_copy),
		cmocka_unit_test(disk_tells_a_copy_that_is_another),
		cmocka_unit_test(disk_tells_what_differs_by_partition),
		cmocka_unit_test(disk_lets_no_byte_differ_unseen),
		cmocka_unit_test(disk_survives_every_truncation),
		cmocka_unit_test(disk_survives_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
