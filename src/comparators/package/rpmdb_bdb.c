/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Berkeley DB database of RPM packages, var/lib/rpm/Packages up to RHEL 8 (dbinc/db_page.h of
 * Berkeley DB): a hash of numbers to headers of rpm.
 *
 *	page 0     lsn 8, page 4, magic 0x00061561 4, version 4, size of a page 4, encryption 1,
 *	           kind 1 (8), ..., last page 4 at 32, identity of the file 20 at 52
 *	any page   lsn 8, page 4, previous 4, next 4, entries 2, offset 2, level 1, kind 1
 *	of a hash (2 or 13)  offsets of 2 bytes each: key, value, key, value ...; an item is
 *	           1 and its bytes, or 3, 3 bytes, first page 4, length 4: a chain of pages
 *	of a chain (7)       `offset` bytes of the value
 *
 * Numbers are in the order of the machine that wrote it. An item ends where the one before it
 * begins, since a page is filled from its end.
 *
 * What varies between builds: the identity, which is random; lsn; which pages a value has. All
 * that is told by a digest, "everything else".
 */
#include "comparators/comparator.h"
#include "comparators/package/rpmdb.h"

#include <inttypes.h>

enum {
	PAGE_HEAD = 26,
	KIND_HASH_UNSORTED = 2,
	KIND_CHAIN = 7,
	KIND_META = 8,
	KIND_HASH = 13,
	ITEM_BYTES = 1,
	ITEM_CHAIN = 3,
	MAGIC_AT = 12,
	NUMBER_KEY = 4,
};

static const uint32_t hash_magic = 0x00061561;

struct database {
	struct hs_span file;
	uint64_t page_size, n_pages;
	bool big;
	uint8_t *seen; /* of each page: it is of a chain that was read */
	struct hs_rpmdb packages;
};

struct page {
	struct hs_span bytes;
	uint64_t next, n, offset;
	unsigned kind;
};

static uint64_t
number(struct hs_cursor *c, size_t width, bool big)
{
	return big ? hs_take_be(c, width) : hs_take_le(c, width);
}

static bool
is_magic(struct hs_span file, bool big)
{
	struct hs_cursor c = { .rest = hs_span_from(file, MAGIC_AT) };

	return number(&c, 4, big) == hash_magic;
}

static unsigned
bdb_bid(struct hs_span file)
{
	struct hs_cursor c = { .rest = hs_span_from(file, 25) };

	return (is_magic(file, false) || is_magic(file, true)) && hs_take_le(&c, 1) == KIND_META
	               ? 40
	               : 0;
}

static bool
page_at(struct page *out, const struct database *d, uint64_t i)
{
	struct hs_cursor c;

	if (i >= d->n_pages || !hs_span_part(&out->bytes, d->file, i * d->page_size, d->page_size))
		return false;
	c = (struct hs_cursor){ .rest = hs_span_from(out->bytes, 16) };
	out->next = number(&c, 4, d->big);
	out->n = number(&c, 2, d->big);
	out->offset = number(&c, 2, d->big);
	hs_take(&c, 1);
	out->kind = (unsigned)hs_take_le(&c, 1);
	return true;
}

/* The bytes of a value that has pages of its own; each page is of one chain at most. */
static int
read_chain(struct hs_span *out, struct database *d, uint64_t first, uint64_t len,
           struct hs_err *err)
{
	struct page page;
	uint64_t done = 0;
	uint8_t *bytes;

	if (len > d->file.len)
		return hs_fail(err, HS_EFORMAT, "a value claims %" PRIu64 " bytes", len);
	bytes = hs_arena_alloc(d->packages.out->arena, (size_t)len + 1);
	for (uint64_t i = first; done < len; i = page.next) {
		struct hs_span part;

		if (!page_at(&page, d, i) || page.kind != KIND_CHAIN || d->seen[i] ||
		    page.offset > len - done || page.offset == 0 ||
		    !hs_span_part(&part, page.bytes, PAGE_HEAD, page.offset))
			return hs_fail(err, HS_EFORMAT,
			               "page %" PRIu64 " does not go on with a value after %" PRIu64
			               " of %" PRIu64 " bytes",
			               i, done, len);
		d->seen[i] = 1;
		memcpy(bytes + done, part.at, part.len);
		done += part.len;
	}
	*out = (struct hs_span){ bytes, (size_t)len };
	return 0;
}

/* Item `i` of a page: from its offset to that of the item before it. */
static bool
item_at(struct hs_span *out, const struct database *d, const struct page *page, uint64_t i)
{
	struct hs_cursor c = { .rest = hs_span_from(page->bytes, PAGE_HEAD + 2 * (i ? i - 1 : 0)) };
	uint64_t end = i ? number(&c, 2, d->big) : d->page_size, from;

	from = number(&c, 2, d->big);
	return !c.cut && from <= end && hs_span_part(out, page->bytes, from, end - from) &&
	       out->len > 0;
}

/* The value of a pair. The pair of key 0 is a number that rpm counts on. */
static int
read_value(struct database *d, struct hs_span key, struct hs_span value, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(value, 4) };
	struct hs_span blob = hs_span_from(value, 1);
	int rc = 0;

	if (key.len == 1 + NUMBER_KEY && hs_span_is_zero(hs_span_from(key, 1)))
		return 0;
	if (value.at[0] == ITEM_CHAIN) {
		const uint64_t first = number(&c, 4, d->big), len = number(&c, 4, d->big);

		rc = read_chain(&blob, d, first, len, err);
	} else if (value.at[0] != ITEM_BYTES) {
		rc = hs_fail(err, HS_EFORMAT, "a value of the unknown kind %u", value.at[0]);
	}
	return rc < 0 ? rc : hs_rpmdb_add(&d->packages, blob, err);
}

static int
read_page(struct database *d, uint64_t at, struct hs_err *err)
{
	struct page page;
	int rc = 0;

	if (!page_at(&page, d, at) || (page.kind != KIND_HASH && page.kind != KIND_HASH_UNSORTED))
		return 0;
	for (uint64_t i = 0; rc == 0 && i + 1 < page.n; i += 2) {
		struct hs_span key, value;

		if (!item_at(&key, d, &page, i) || !item_at(&value, d, &page, i + 1))
			return hs_fail(err, HS_EFORMAT,
			               "item %" PRIu64 " of page %" PRIu64 " is not in it", i, at);
		rc = read_value(d, key, value, err);
	}
	return rc;
}

/* All but what the chains hold. */
static void
say_rest(const struct database *d)
{
	struct hs_facts *out = d->packages.out;
	struct hs_sha256_stream stream;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	hs_sha256_init(&stream);
	for (uint64_t i = 0; i < d->n_pages; i++) {
		struct page page;

		if (!page_at(&page, d, i))
			break;
		hs_sha256_update(&stream,
		                 d->seen[i] ? hs_span_head(page.bytes, PAGE_HEAD) : page.bytes);
		if (d->seen[i])
			hs_sha256_update(&stream,
			                 hs_span_from(page.bytes, PAGE_HEAD + page.offset));
	}
	hs_sha256_update(&stream, hs_span_from(d->file, d->n_pages * d->page_size));
	hs_sha256_final(&stream, &digest);
	out->detail = true;
	hs_sayf(out, "everything else", "sha256:%s", hs_sha256_hex(hex, &digest));
	out->detail = false;
}

static int
bdb_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct database d = { .file = file, .big = is_magic(file, true), .packages.out = out };
	struct hs_cursor c = { .rest = hs_span_from(file, 20) };
	int rc = 0;

	d.page_size = number(&c, 4, d.big);
	if (c.cut || d.page_size < 512 || d.page_size > 65536)
		return hs_fail(err, HS_EFORMAT, "a page of %" PRIu64 " bytes", d.page_size);
	d.n_pages = file.len / d.page_size;
	d.seen = hs_arena_alloc(out->arena, (size_t)d.n_pages + 1);
	for (uint64_t i = 1; rc == 0 && i < d.n_pages; i++)
		rc = read_page(&d, i, err);
	/* A hash of anything else: the first value is no header. */
	if (rc == HS_EFORMAT && d.packages.n == 0)
		return err->code = HS_ENOTMINE;
	if (rc == 0)
		rc = hs_rpmdb_say(&d.packages, err);
	say_rest(&d);
	return rc;
}

const struct hs_comparator hs_comparator_rpmdb_bdb = {
	.name = "rpmdb-bdb",
	.about = "databases of RPM packages in Berkeley DB: the packages with their versions",
	.known_by = "0x00061561 at 12, kind of page 8 at 25, values that are headers of rpm",
	.shape = HS_SHAPE_LEAF,
	.bid = bdb_bid,
	.describe = bdb_describe,
	.by_field = true,
	.lists = "package",
};
