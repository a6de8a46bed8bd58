/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/rpm_header.h"

#include <inttypes.h>

enum { PREFIX = 16, ENTRY = 16 };

int
hs_rpm_header_parse(struct hs_rpm_header *out, struct hs_span bytes, const char *what,
                    struct hs_err *err)
{
	struct hs_cursor c = { .rest = bytes };
	uint64_t magic, n, size;
	struct hs_span index, store;

	magic = hs_take_be(&c, 4);
	out->reserved = (uint32_t)hs_take_be(&c, 4);
	n = hs_take_be(&c, 4);
	size = hs_take_be(&c, 4);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the %s is cut short", what);
	if (magic != 0x8eade801)
		return hs_fail(err, HS_EFORMAT, "the %s has no magic", what);
	index = hs_take(&c, n * ENTRY);
	store = hs_take(&c, size);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT,
		               "the %s claims %" PRIu64 " entries and %" PRIu64
		               " bytes, %zu bytes are left",
		               what, n, size, bytes.len - PREFIX);
	out->index = index;
	out->store = store;
	out->n = (uint32_t)n;
	out->whole = hs_span_head(bytes, PREFIX + n * ENTRY + size);
	return 0;
}

/* Bytes of an element; 0 for what ends in a NUL. */
static uint64_t
width_of(uint32_t type)
{
	switch (type) {
	case HS_RPM_CHAR:
	case HS_RPM_INT8:
	case HS_RPM_BIN:
		return 1;
	case HS_RPM_INT16:
		return 2;
	case HS_RPM_INT32:
		return 4;
	case HS_RPM_INT64:
		return 8;
	default:
		return 0;
	}
}

static bool
take_strings(struct hs_span *out, struct hs_span from, uint32_t count)
{
	struct hs_cursor c = { .rest = from };

	for (uint32_t i = 0; i < count && !c.cut; i++)
		hs_take_string(&c);
	*out = hs_span_head(from, from.len - c.rest.len);
	return !c.cut;
}

int
hs_rpm_entry_at(struct hs_rpm_entry *out, const struct hs_rpm_header *h, uint32_t i,
                struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(h->index, (uint64_t)i * ENTRY) };
	struct hs_span rest;
	uint64_t width;
	bool whole;

	out->tag = (uint32_t)hs_take_be(&c, 4);
	out->type = (uint32_t)hs_take_be(&c, 4);
	out->offset = (uint32_t)hs_take_be(&c, 4);
	out->count = (uint32_t)hs_take_be(&c, 4);
	out->value = (struct hs_span){ NULL, 0 };
	if (out->type > HS_RPM_I18N)
		return hs_fail(err, HS_EFORMAT, "tag %" PRIu32 " has the unknown type %" PRIu32,
		               out->tag, out->type);
	if (out->type == HS_RPM_NULL)
		return 0;
	width = width_of(out->type);
	whole = hs_span_part(&rest, h->store, out->offset,
	                     out->offset <= h->store.len ? h->store.len - out->offset : 0);
	if (whole && width)
		whole = hs_span_part(&out->value, rest, 0, width * out->count);
	else if (whole)
		whole = take_strings(&out->value, rest, out->count);
	if (!whole)
		return hs_fail(err, HS_EFORMAT,
		               "tag %" PRIu32 " claims %" PRIu32 " values at offset %" PRIu32
		               " of a store of %zu bytes",
		               out->tag, out->count, out->offset, h->store.len);
	return 0;
}

bool
hs_rpm_find(struct hs_rpm_entry *out, const struct hs_rpm_header *h, uint32_t tag)
{
	struct hs_err ignored;

	for (uint32_t i = 0; i < h->n; i++) {
		struct hs_cursor c = { .rest = hs_span_from(h->index, (uint64_t)i * ENTRY) };

		if (hs_take_be(&c, 4) == tag)
			return hs_rpm_entry_at(out, h, i, &ignored) == 0;
	}
	return false;
}

struct hs_span
hs_rpm_take(struct hs_span *value, uint32_t type)
{
	struct hs_cursor c = { .rest = *value };
	const uint64_t width = width_of(type);
	const struct hs_span out = width ? hs_take(&c, width) : hs_take_string(&c);

	*value = c.rest;
	return out;
}
