/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One item of CBOR (RFC 8949):
 *
 *	d9 d9 f7   tag 55799, where the file says what it is
 *	item       a head of 1 to 9 bytes, then what is in it
 *
 * It has no magic but that tag, which few write. Without it a file is CBOR
 * where all of it is one well-formed map or array, which is a weaker claim than
 * any magic or text is. Builds differ in the order of keys and in how heads
 * are spelled; the lines show both.
 */
#include "comparators/comparator.h"

#include "comparators/enclave/cbor_say.h"

enum {
	WINDOW = 64 * 1024,
	LEAST = 16, /* bytes of a file without the tag: anything short is a well-formed item */
	MANY = 64,  /* heads of a large one that are read for a bid */
	TAG_BITS = 24,
	WHOLE_BITS = 2,
	PART_BITS = 1,
};

static bool
has_tag(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("\xd9\xd9\xf7"));
}

static bool
is_one_item(struct hs_span file, struct hs_err *err)
{
	struct hs_cbor c = hs_cbor_of(file);
	struct hs_span item;

	if (hs_cbor_skip(&item, &c, err) < 0)
		return false;
	if (c.rest.len == 0)
		return true;
	hs_fail(err, HS_EFORMAT, "%zu bytes are behind the CBOR item", c.rest.len);
	return false;
}

/* Whether it begins with that many heads in order. */
static bool
begins_well(struct hs_span file)
{
	struct hs_cbor c = hs_cbor_of(file);
	struct hs_cbor_item it;
	struct hs_err ignored;

	for (int i = 0; i < MANY && c.rest.len > file.len - WINDOW; i++)
		if (hs_cbor_next(&it, &c, &ignored) < 0)
			return false;
	return true;
}

static unsigned
cbor_bid(struct hs_span file)
{
	struct hs_err ignored;

	if (has_tag(file))
		return TAG_BITS;
	if (file.len < LEAST ||
	    (file.at[0] >> 5 != HS_CBOR_ARRAY && file.at[0] >> 5 != HS_CBOR_MAP))
		return 0;
	if (file.len <= WINDOW)
		return is_one_item(file, &ignored) ? WHOLE_BITS : 0;
	return begins_well(file) ? PART_BITS : 0;
}

static int
check(struct hs_span file, struct hs_err *err)
{
	if (is_one_item(file, err))
		return 0;
	return has_tag(file) ? (int)err->code : (err->code = HS_ENOTMINE);
}

static int
cbor_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	const int rc = check(file, err);

	if (has_tag(file))
		hs_say_word(out, "tag", "55799 (self-described)");
	return rc;
}

static int
cbor_render(FILE *out, struct hs_span file, struct hs_err *err)
{
	const int rc = check(file, err);

	if (rc == 0)
		hs_cbor_say(out, file, HS_CBOR_INDENTED);
	return rc;
}

const struct hs_comparator hs_comparator_cbor = {
	.name = "cbor",
	.about = "CBOR, as lines of diagnostic notation",
	.known_by = "tag 55799 at 0, or one array or map of 16 bytes or more, as long as the file",
	.shape = HS_SHAPE_LEAF,
	.bid = cbor_bid,
	.describe = cbor_describe,
	.render = cbor_render,
};
