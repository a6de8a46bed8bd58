/* SPDX-License-Identifier: Apache-2.0 */
#include "core/cbor.h"

#include "core/limits.h"

#include <inttypes.h>

/* Of the first byte of a head (RFC 8949 section 3): three bits of major type, five of these. */
enum { ONE_BYTE = 24, EIGHT_BYTES = 27, NOT_STATED = 31 };

/* A simple value below this has no place in a second byte. */
enum { FIRST_LONG_SIMPLE = 32 };

static uint64_t
offset_of(const struct hs_cbor *c)
{
	return c->all.len - c->rest.len;
}

static int
bad_head(const struct hs_cbor_item *it, unsigned info, struct hs_err *err)
{
	return hs_fail(err, HS_EFORMAT, "the CBOR head at byte %" PRIu64 " is reserved (%u, %u)",
	               it->offset, it->major, info);
}

static int
cut(const struct hs_cbor_item *it, struct hs_err *err)
{
	return hs_fail(err, HS_EFORMAT, "the CBOR item at byte %" PRIu64 " is cut short",
	               it->offset);
}

/* The number behind the first byte of a head. */
static int
take_value(struct hs_cbor_item *it, struct hs_cursor *c, unsigned info, struct hs_err *err)
{
	if (info < ONE_BYTE) {
		it->value = info;
		it->shortest = true;
		return 0;
	}
	if (info > EIGHT_BYTES)
		return bad_head(it, info, err);
	it->width = (uint8_t)(1U << (info - ONE_BYTE));
	it->value = hs_take_be(c, it->width);
	if (c->cut)
		return cut(it, err);
	if (it->major == HS_CBOR_SIMPLE && it->width > 1)
		it->shortest = true; /* a float has the width that it has */
	else if (it->width == 1)
		it->shortest = it->value >= ONE_BYTE;
	else
		it->shortest = it->value >> (4 * it->width) != 0;
	if (it->major == HS_CBOR_SIMPLE && it->width == 1 && it->value < FIRST_LONG_SIMPLE)
		return bad_head(it, info, err);
	return 0;
}

static bool
may_be_indefinite(enum hs_cbor_major major)
{
	return major == HS_CBOR_BYTES || major == HS_CBOR_TEXT || major == HS_CBOR_ARRAY ||
	       major == HS_CBOR_MAP || major == HS_CBOR_SIMPLE;
}

/* The data of a string; that of an array or map only has to have room. */
static int
take_data(struct hs_cbor_item *it, struct hs_cursor *c, struct hs_err *err)
{
	switch (it->major) {
	case HS_CBOR_BYTES:
	case HS_CBOR_TEXT:
		if (it->value > c->rest.len)
			return hs_fail(err, HS_EFORMAT,
			               "the CBOR string at byte %" PRIu64 " claims %" PRIu64
			               " bytes and %zu are left",
			               it->offset, it->value, c->rest.len);
		it->data = hs_take(c, it->value);
		return 0;
	case HS_CBOR_ARRAY:
	case HS_CBOR_MAP:
		if (it->value > c->rest.len / (it->major == HS_CBOR_MAP ? 2 : 1))
			return hs_fail(err, HS_EFORMAT,
			               "the CBOR %s at byte %" PRIu64 " claims %" PRIu64
			               " %s and %zu bytes are left",
			               it->major == HS_CBOR_MAP ? "map" : "array", it->offset,
			               it->value, it->major == HS_CBOR_MAP ? "pairs" : "elements",
			               c->rest.len);
		return 0;
	default:
		return 0;
	}
}

int
hs_cbor_next(struct hs_cbor_item *out, struct hs_cbor *c, struct hs_err *err)
{
	struct hs_cbor_item it = { .offset = offset_of(c) };
	struct hs_cursor in = { .rest = c->rest };
	const unsigned first = (unsigned)hs_take_be(&in, 1);
	const unsigned info = first & NOT_STATED;
	int rc;

	if (in.cut)
		return hs_fail(err, HS_EFORMAT, "a CBOR item is missing at byte %" PRIu64,
		               it.offset);
	it.major = (enum hs_cbor_major)(first >> 5);
	if (info == NOT_STATED && may_be_indefinite(it.major)) {
		it.indefinite = it.shortest = true;
	} else {
		rc = take_value(&it, &in, info, err);
		if (rc == 0)
			rc = take_data(&it, &in, err);
		if (rc < 0)
			return rc;
	}
	*out = it;
	c->rest = in.rest;
	return 0;
}

static const char *
name_of(const struct hs_cbor_item *it)
{
	static const char *const names[] = {
		[HS_CBOR_UINT] = "a number",       [HS_CBOR_NEGINT] = "a negative number",
		[HS_CBOR_BYTES] = "a byte string", [HS_CBOR_TEXT] = "a text",
		[HS_CBOR_ARRAY] = "an array",      [HS_CBOR_MAP] = "a map",
		[HS_CBOR_TAG] = "a tag",           [HS_CBOR_SIMPLE] = "a simple value",
	};

	return hs_cbor_is_break(it) ? "the end of something" : names[it->major];
}

int
hs_cbor_expect(struct hs_cbor_item *out, struct hs_cbor *c, enum hs_cbor_major major,
               const char *what, struct hs_err *err)
{
	const struct hs_cbor_item wanted = { .major = major };
	struct hs_cbor ahead = *c;
	struct hs_cbor_item it;

	if (hs_cbor_next(&it, &ahead, err) < 0)
		return hs_fail_in(err, "%s", what);
	if (it.major != major || hs_cbor_is_break(&it))
		return hs_fail(err, HS_EFORMAT, "%s at byte %" PRIu64 " is %s where %s should be",
		               what, it.offset, name_of(&it), name_of(&wanted));
	if (it.indefinite)
		return hs_fail(err, HS_EFORMAT, "%s at byte %" PRIu64 " does not state its length",
		               what, it.offset);
	*out = it;
	*c = ahead;
	return 0;
}

/* An item whose end has not been met. */
struct level {
	struct hs_cbor_item head;
	uint64_t n; /* items still to come; of an indefinite one: that have come */
};

/* Whether something may stand where it stands. */
static int
check_inside(const struct level *in, const struct hs_cbor_item *it, struct hs_err *err)
{
	const bool string =
		in && (in->head.major == HS_CBOR_BYTES || in->head.major == HS_CBOR_TEXT);

	if (hs_cbor_is_break(it)) {
		if (!in || !in->head.indefinite)
			return hs_fail(err, HS_EFORMAT,
			               "the CBOR break at byte %" PRIu64 " ends nothing",
			               it->offset);
		if (in->head.major == HS_CBOR_MAP && in->n % 2 != 0)
			return hs_fail(err, HS_EFORMAT,
			               "the CBOR map at byte %" PRIu64
			               " ends with a key that has no value",
			               in->head.offset);
		return 0;
	}
	if (string && (it->major != in->head.major || it->indefinite))
		return hs_fail(err, HS_EFORMAT,
		               "the CBOR string at byte %" PRIu64 " has a part at byte %" PRIu64
		               " that is %s",
		               in->head.offset, it->offset, name_of(it));
	return 0;
}

/* How many items stand in one; those of an indefinite one are counted as they come. */
static uint64_t
n_inside(const struct hs_cbor_item *it)
{
	if (it->indefinite)
		return 0;
	switch (it->major) {
	case HS_CBOR_ARRAY:
		return it->value;
	case HS_CBOR_MAP:
		return 2 * it->value;
	case HS_CBOR_TAG:
		return 1;
	default:
		return 0;
	}
}

/* An item is complete: it may have been the last of those that it stands in. */
static size_t
close_levels(struct level *levels, size_t n)
{
	for (; n > 0; n--) {
		struct level *const top = &levels[n - 1];

		if (top->head.indefinite) {
			top->n++;
			return n;
		}
		if (--top->n > 0)
			return n;
	}
	return 0;
}

int
hs_cbor_skip(struct hs_span *out, struct hs_cbor *c, struct hs_err *err)
{
	struct level levels[HS_MAX_CBOR_DEPTH];
	struct hs_cbor ahead = *c;
	uint64_t n_items = 0;
	size_t n = 0;

	do {
		struct hs_cbor_item it;
		int rc;

		if (++n_items > HS_MAX_CBOR_ITEMS)
			return hs_fail(err, HS_ELIMIT,
			               "the CBOR item at byte %" PRIu64 " holds more than %" PRIu64
			               " items (HS_MAX_CBOR_ITEMS)",
			               offset_of(c), HS_MAX_CBOR_ITEMS);
		rc = hs_cbor_next(&it, &ahead, err);
		if (rc == 0)
			rc = check_inside(n > 0 ? &levels[n - 1] : NULL, &it, err);
		if (rc < 0)
			return rc;
		if (hs_cbor_is_break(&it)) {
			n = close_levels(levels, n - 1);
		} else if (it.indefinite || n_inside(&it) > 0) {
			if (n == HS_MAX_CBOR_DEPTH)
				return hs_fail(err, HS_ELIMIT,
				               "the CBOR item at byte %" PRIu64
				               " is nested deeper than %d (HS_MAX_CBOR_DEPTH)",
				               it.offset, HS_MAX_CBOR_DEPTH);
			levels[n++] = (struct level){ it, n_inside(&it) };
		} else {
			n = close_levels(levels, n);
		}
	} while (n > 0);
	*out = hs_span_head(c->rest, c->rest.len - ahead.rest.len);
	*c = ahead;
	return 0;
}

static void
put(struct hs_cbor_writer *w, struct hs_span bytes)
{
	if (bytes.len > w->room - w->len) {
		const size_t room = 2 * (w->len + bytes.len) + 64;
		uint8_t *const at = hs_arena_alloc(w->arena, room);

		if (w->len > 0)
			memcpy(at, w->at, w->len);
		w->at = at;
		w->room = room;
	}
	if (bytes.len > 0)
		memcpy(w->at + w->len, bytes.at, bytes.len);
	w->len += bytes.len;
}

void
hs_cbor_head(struct hs_cbor_writer *w, enum hs_cbor_major major, uint64_t value)
{
	uint8_t head[9];
	size_t width = 0;
	uint8_t info = (uint8_t)value;

	if (value >= ONE_BYTE) {
		width = value > UINT32_MAX ? 8 : value > UINT16_MAX ? 4 : value > UINT8_MAX ? 2 : 1;
		info = width == 8 ? 27 : width == 4 ? 26 : width == 2 ? 25 : 24;
	}
	head[0] = (uint8_t)((unsigned)major << 5 | info);
	for (size_t i = 0; i < width; i++)
		head[1 + i] = (uint8_t)(value >> (8 * (width - 1 - i)));
	put(w, (struct hs_span){ head, 1 + width });
}

void
hs_cbor_int(struct hs_cbor_writer *w, int64_t value)
{
	if (value >= 0)
		hs_cbor_head(w, HS_CBOR_UINT, (uint64_t)value);
	else
		hs_cbor_head(w, HS_CBOR_NEGINT, ~(uint64_t)value);
}

void
hs_cbor_bytes(struct hs_cbor_writer *w, struct hs_span bytes)
{
	hs_cbor_head(w, HS_CBOR_BYTES, bytes.len);
	put(w, bytes);
}

void
hs_cbor_text(struct hs_cbor_writer *w, const char *text)
{
	const struct hs_span bytes = hs_span_of(text);

	hs_cbor_head(w, HS_CBOR_TEXT, bytes.len);
	put(w, bytes);
}

void
hs_cbor_byte_array(struct hs_cbor_writer *w, struct hs_span bytes)
{
	hs_cbor_head(w, HS_CBOR_ARRAY, bytes.len);
	for (size_t i = 0; i < bytes.len; i++)
		hs_cbor_head(w, HS_CBOR_UINT, bytes.at[i]);
}

void
hs_cbor_raw(struct hs_cbor_writer *w, struct hs_span item)
{
	put(w, item);
}

struct hs_span
hs_cbor_written(const struct hs_cbor_writer *w)
{
	return (struct hs_span){ w->at, w->len };
}
