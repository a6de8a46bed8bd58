/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite 3 databases (sqlite.org/fileformat2.html): the header by field, what is
 * in it as SQL.
 *
 *	16 bytes  "SQLite format 3", NUL
 *	84 bytes  page size, versions, counters, settings (all big-endian)
 *	pages     trees of the schema, tables and indexes; unused pages in a list:
 *	          each trunk page has the next trunk, a count, and so many leaf pages
 *
 * Two databases of one content differ in the change counter and the version of
 * the library that wrote last, in where pages stand, in what unused pages and
 * the room inside of pages still hold of rows that were deleted, and in the
 * number of unused pages: VACUUM makes most of that equal. rpm, apt, dnf,
 * man-db, fontconfig-like caches and browsers keep one, often with times of
 * installation in their rows.
 */
#include "comparators/comparator.h"

#include "comparators/data/sqlite_dump.h"
#include "core/hash.h"
#include "core/limits.h"

#include <inttypes.h>

/* Vouched for by 16 bytes, but a row that knows what the database is for may bid more. */
enum { HEADER = 100, BID = 64 };

static const struct hs_span magic = { (const uint8_t *)"SQLite format 3", 16 };

static unsigned
sqlite_bid(struct hs_span file)
{
	return hs_span_starts(file, magic) ? BID : 0;
}

static const char *
encoding_name(uint64_t n)
{
	static const char *const names[] = { "not set", "UTF-8", "UTF-16LE", "UTF-16BE" };

	return n < sizeof(names) / sizeof(names[0]) ? names[n] : "unknown";
}

static void
say_version(struct hs_facts *out, const char *field, uint64_t n)
{
	hs_sayf(out, field, "%" PRIu64 ".%" PRIu64 ".%" PRIu64, n / 1000000, n / 1000 % 1000,
	        n % 1000);
}

/* Bytes of pages that no tree uses: what was deleted may still stand there. */
static void
say_unused(struct hs_facts *out, struct hs_span file, uint64_t trunk, uint64_t size)
{
	const uint64_t n_pages = file.len / size;
	struct hs_sha256_stream all;
	struct hs_sha256 digest;
	uint64_t n = 0, zero = 0;
	char hex[HS_SHA256_HEX];

	hs_sha256_init(&all);
	while (trunk > 0 && trunk <= n_pages && n <= n_pages) {
		struct hs_cursor c = { .rest = { file.at + (trunk - 1) * size, size } };
		const uint64_t next = hs_take_be(&c, 4), leaves = hs_take_be(&c, 4);

		n++;
		for (uint64_t i = 0; i < leaves && !c.cut && n <= n_pages; i++) {
			const uint64_t page = hs_take_be(&c, 4);
			struct hs_span bytes;

			if (page == 0 || !hs_span_part(&bytes, file, (page - 1) * size, size))
				continue;
			n++;
			zero += hs_span_is_zero(bytes);
			hs_sha256_update(&all, bytes);
		}
		hs_sha256_update(&all, c.rest);
		trunk = next;
	}
	hs_sha256_final(&all, &digest);
	if (n)
		hs_sayf(out, "bytes of unused pages",
		        "sha256:%s, %" PRIu64 " pages, %" PRIu64 " of them zero",
		        hs_sha256_hex(hex, &digest), n, zero);
}

/* The fields behind the page size and the versions, each of 4 bytes. */
static void
say_numbers(struct hs_facts *out, struct hs_cursor *c, uint64_t *trunk)
{
	static const char *const before[] = { "change counter",
		                              "pages",
		                              NULL,
		                              "unused pages",
		                              "schema cookie",
		                              "schema format",
		                              "default cache size",
		                              "largest root page" };
	uint64_t encoding;

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		const uint64_t v = hs_take_be(c, 4);

		if (before[i])
			hs_say_u64(out, before[i], v);
		else
			*trunk = v;
	}
	encoding = hs_take_be(c, 4);
	hs_say_word(out, "text encoding", encoding_name(encoding));
	hs_say_u64(out, "user version", hs_take_be(c, 4));
	hs_say_u64(out, "incremental vacuum", hs_take_be(c, 4));
	hs_say_hex(out, "application id", hs_take_be(c, 4));
	hs_say_value(out, "reserved", hs_take(c, 20));
	hs_say_u64(out, "version valid for", hs_take_be(c, 4));
	say_version(out, "written by SQLite", hs_take_be(c, 4));
}

static int
sqlite_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };
	uint64_t size, trunk = 0;
	struct hs_span formats;

	if (file.len < HEADER)
		return hs_fail(err, HS_EFORMAT, "the header of the database is cut short");
	hs_take(&c, magic.len);
	size = hs_take_be(&c, 2);
	size = size == 1 ? 65536 : size;
	hs_say_u64(out, "page size", size);
	formats = hs_take(&c, 2);
	hs_sayf(out, "format", "%s",
	        formats.at[0] == 2 && formats.at[1] == 2   ? "write-ahead log"
	        : formats.at[0] == 1 && formats.at[1] == 1 ? "rollback journal"
	                                                   : "unknown");
	hs_say_u64(out, "reserved bytes of a page", hs_take_be(&c, 1));
	hs_take(&c, 3);
	say_numbers(out, &c, &trunk);
	if (size < 512 || (size & (size - 1)) != 0)
		return hs_fail(err, HS_EFORMAT, "the page size is %" PRIu64, size);
	if (file.len % size)
		hs_say_u64(out, "bytes behind the last page", file.len % size);
	say_unused(out, file, trunk, size);
	return hs_sqlite_say_tables(out, file, err);
}

const struct hs_comparator hs_comparator_sqlite = {
	.name = "sqlite",
	.about = "SQLite 3 database: header, number of rows, schema and rows as SQL",
	.known_by = "\"SQLite format 3\" at 0",
	.library = "sqlite3",
	.shape = HS_SHAPE_LEAF,
	.bid = sqlite_bid,
	.describe = sqlite_describe,
	.render = hs_sqlite_dump,
};
