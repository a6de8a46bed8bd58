/* SPDX-License-Identifier: Apache-2.0 */
#include "build_rpmdb.h"

void
hs_build_rpmdb_blob(struct hs_build *b, const char *name, const char *version, uint32_t when,
                    const char *more)
{
	struct hs_build_rpm h = { 0 };
	struct hs_build whole = { 0 }, time = { 0 };

	hs_build_be(&time, when, 4);
	hs_build_rpm_value(&h, 1048, 4, 1, HS_SPAN("\0\0\0\x0c"));
	hs_build_rpm_value(&h, 1008, 4, 1, hs_build_span(&time));
	hs_build_rpm_string(&h, 1000, name);
	hs_build_rpm_string(&h, 1001, version);
	hs_build_rpm_string(&h, 1002, "1.el9");
	hs_build_rpm_string(&h, 1022, "x86_64");
	hs_build_rpm_string(&h, 1020, more);
	hs_build_rpm_value(&h, 1049, 8, 1, HS_SPAN("bash\0"));
	hs_build_rpm_value(&h, 1050, 8, 1,
	                   (struct hs_span){ (const uint8_t *)version, strlen(version) + 1 });
	hs_build_rpm_header(&whole, &h);
	hs_build_put(b, hs_span_from(hs_build_span(&whole), 8));
	hs_build_release(&whole);
	hs_build_release(&time);
}

void
hs_build_ndb(struct hs_build *b, const struct hs_build *blobs, size_t n)
{
	uint64_t at = 4096;

	hs_build_put(b, HS_SPAN("RpmP\0\0\0\0"));
	hs_build_le(b, 1, 4);
	hs_build_le(b, 1, 4);
	hs_build_fill(b, 0, 16);
	for (size_t i = 0; i < 4096 / 16 - 2; i++) {
		const uint64_t blocks = i < n ? (blobs[i].len + 16 + 12 + 15) / 16 : 0;

		hs_build_text(b, "Slot");
		hs_build_le(b, i < n ? i + 1 : 0, 4);
		hs_build_le(b, i < n ? at / 16 : 0, 4);
		hs_build_le(b, blocks, 4);
		at += 16 * blocks;
	}
	for (size_t i = 0; i < n; i++) {
		hs_build_text(b, "BlbS");
		hs_build_le(b, i + 1, 4);
		hs_build_le(b, 1, 4);
		hs_build_le(b, blobs[i].len, 4);
		hs_build_put(b, hs_build_span(&blobs[i]));
		hs_build_fill(b, 0, 4);
		hs_build_le(b, blobs[i].len, 4);
		hs_build_text(b, "BlbE");
		hs_build_align(b, 16);
	}
}

enum { PAGE = 512, PAGE_HEAD = 26, ROOM = PAGE - PAGE_HEAD };

static void
number(struct hs_build *b, uint64_t v, size_t width, bool big)
{
	if (big)
		hs_build_be(b, v, width);
	else
		hs_build_le(b, v, width);
}

static void
page_head(struct hs_build *b, const uint64_t fields[4], uint8_t kind, bool big)
{
	hs_build_fill(b, 0, 8);
	number(b, b->len / PAGE, 4, big);
	number(b, fields[0], 4, big);
	number(b, fields[1], 4, big);
	number(b, fields[2], 2, big);
	number(b, fields[3], 2, big);
	hs_build_fill(b, 0, 1);
	hs_build_fill(b, kind, 1);
}

/* One pair a page of the hash. Its value's pages begin at page `chain`. */
static void
put_pair(struct hs_build *b, size_t i, const struct hs_build *blob, uint64_t chain, bool big)
{
	const bool fits = blob->len + 1 + 5 + 4 <= ROOM;
	const size_t value = fits ? blob->len + 1 : 12;

	page_head(b, (const uint64_t[4]){ 0, 0, 2, PAGE - 5 - value }, 13, big);
	number(b, PAGE - 5, 2, big);
	number(b, PAGE - 5 - value, 2, big);
	hs_build_fill(b, 0, PAGE - 5 - value - PAGE_HEAD - 4);
	if (fits) {
		hs_build_fill(b, 1, 1);
		hs_build_put(b, hs_build_span(blob));
	} else {
		hs_build_put(b, HS_SPAN("\3\0\0\0"));
		number(b, chain, 4, big);
		number(b, blob->len, 4, big);
	}
	hs_build_fill(b, 1, 1);
	number(b, i + 1, 4, big);
}

static void
put_chain(struct hs_build *b, const struct hs_build *blob, bool big)
{
	struct hs_span rest = hs_build_span(blob);

	while (rest.len) {
		const struct hs_span part = hs_span_head(rest, ROOM);

		rest = hs_span_from(rest, ROOM);
		page_head(b,
		          (const uint64_t[4]){ 0, rest.len ? b->len / PAGE + 1 : 0, 1, part.len },
		          7, big);
		hs_build_put(b, part);
		hs_build_align(b, PAGE);
	}
}

void
hs_build_bdb(struct hs_build *b, const struct hs_build *blobs, size_t n, bool big)
{
	uint64_t chain = n + 1;

	hs_build_fill(b, 0, 12);
	number(b, 0x00061561, 4, big);
	number(b, 9, 4, big);
	number(b, PAGE, 4, big);
	hs_build_put(b, HS_SPAN("\0\10"));
	hs_build_align(b, PAGE);
	for (size_t i = 0; i < n; i++) {
		put_pair(b, i, &blobs[i], chain, big);
		chain += blobs[i].len + 1 + 5 + 4 <= ROOM ? 0 : (blobs[i].len + ROOM - 1) / ROOM;
	}
	for (size_t i = 0; i < n; i++)
		if (blobs[i].len + 1 + 5 + 4 > ROOM)
			put_chain(b, &blobs[i], big);
}
