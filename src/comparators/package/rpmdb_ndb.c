/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ndb database of RPM packages (lib/backend/ndb/rpmpkg.c of rpm): SUSE's Packages.db.
 *
 *	header  32 bytes: "RpmP", version 4, generation 4, pages of slots 4, next index 4 ...
 *	slots   16 each, up to the end of the pages of 4096: "Slot", index of the package 4 (0 for
 *	        a free one), offset in blocks of 16 4, blocks 4
 *	blob    "BlbS", index 4, generation 4, length 4; a header of rpm; then Adler-32 4,
 *	        length 4, "BlbE"
 *	(all numbers little-endian)
 *
 * What varies between builds: the times of installation in the headers, the generation, and
 * where blobs stand. What is no header is told by a digest, "everything else".
 */
#include "comparators/comparator.h"
#include "comparators/package/rpmdb.h"

#include <inttypes.h>
#include <stdlib.h>

enum { HEADER = 32, SLOT = 16, PAGE = 4096, BLOB_HEAD = 16, BLOCK = 16 };

static const struct hs_span magic = { (const uint8_t *)"RpmP\0\0\0\0", 8 };

static unsigned
ndb_bid(struct hs_span file)
{
	return hs_span_starts(file, magic) ? 64 : 0;
}

/* The header that a slot leads to. */
static int
find_blob(struct hs_span *out, struct hs_span file, uint64_t index, uint64_t block,
          struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(file, block * BLOCK) };
	const struct hs_span tag = hs_take(&c, 4);
	const uint64_t own = hs_take_le(&c, 4);
	uint64_t len;

	hs_take_le(&c, 4);
	len = hs_take_le(&c, 4);
	*out = hs_take(&c, len);
	if (c.cut || !hs_span_is(tag, "BlbS") || own != index)
		return hs_fail(err, HS_EFORMAT,
		               "no whole header of package %" PRIu64 " at offset %" PRIu64, index,
		               block * BLOCK);
	return 0;
}

static int
by_place(const void *x, const void *y)
{
	const struct hs_span *a = x, *b = y;

	return (a->at > b->at) - (a->at < b->at);
}

/* The bytes that are none of the blobs'; two blobs may not overlap. */
static int
say_rest(struct hs_facts *out, struct hs_span file, struct hs_span *blobs, size_t n,
         struct hs_err *err)
{
	struct hs_sha256_stream stream;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];
	const uint8_t *at = file.at;
	bool overlap = false;

	qsort(blobs, n, sizeof(*blobs), by_place);
	hs_sha256_init(&stream);
	for (size_t i = 0; i < n && !overlap; i++) {
		overlap = blobs[i].at < at;
		if (!overlap)
			hs_sha256_update(&stream,
			                 (struct hs_span){ at, (size_t)(blobs[i].at - at) });
		at = blobs[i].at + blobs[i].len;
	}
	hs_sha256_update(&stream, hs_span_from(file, (uint64_t)(at - file.at)));
	hs_sha256_final(&stream, &digest);
	if (overlap)
		return hs_fail(err, HS_EFORMAT, "two slots lead to the same header");
	out->detail = true;
	hs_sayf(out, "everything else", "sha256:%s", hs_sha256_hex(hex, &digest));
	out->detail = false;
	return 0;
}

static int
ndb_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_rpmdb db = { .out = out };
	struct hs_cursor c = { .rest = hs_span_from(file, 12) };
	const uint64_t pages = hs_take_le(&c, 4);
	struct hs_span slots, *blobs;
	size_t n = 0;
	int rc = 0;

	if (pages == 0 || !hs_span_part(&slots, file, HEADER, pages * PAGE - HEADER))
		return hs_fail(err, HS_EFORMAT, "%" PRIu64 " pages of slots in a file of %zu bytes",
		               pages, file.len);
	blobs = hs_arena_array(out->arena, slots.len / SLOT, sizeof(*blobs));
	c = (struct hs_cursor){ .rest = slots };
	while (rc == 0 && c.rest.len) {
		struct hs_cursor s = { .rest = hs_take(&c, SLOT) };
		const struct hs_span tag = hs_take(&s, 4);
		const uint64_t index = hs_take_le(&s, 4), block = hs_take_le(&s, 4);

		if (!hs_span_is(tag, "Slot"))
			rc = hs_fail(err, HS_EFORMAT, "%zu bytes of slots begin with none",
			             c.rest.len + SLOT);
		else if (index)
			rc = find_blob(&blobs[n], file, index, block, err);
		if (rc == 0 && index)
			rc = hs_rpmdb_add(&db, blobs[n++], err);
	}
	if (rc == 0)
		rc = hs_rpmdb_say(&db, err);
	return rc < 0 ? rc : say_rest(out, file, blobs, n, err);
}

const struct hs_comparator hs_comparator_rpmdb_ndb = {
	.name = "rpmdb-ndb",
	.about = "databases of RPM packages of SUSE (ndb): the packages with their versions",
	.known_by = "\"RpmP\" and version 0 at 0",
	.shape = HS_SHAPE_LEAF,
	.bid = ndb_bid,
	.describe = ndb_describe,
	.by_field = true,
	.lists = "package",
};
