/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_sparse.h"

#include "core/limits.h"
#include "golang/go_number.h"
#include "golang/go_pax.h"

enum {
	REAL_SIZE_AT = 483,
	MAP_AT = 386, /* of a header: four pairs, and whether blocks follow */
	FIELD = 12,   /* an offset or a length */
	PAIR = 2 * FIELD,
	IN_HEADER = 4 * PAIR,
	IN_BLOCK = 21 * PAIR,
};

/* A map that grows; Go's own limit keeps it below 2^20 pairs. */
struct map {
	struct hs_arena *arena;
	struct hs_tar_extent *at;
	size_t n, room;
	uint64_t size; /* of the file */
	uint64_t end;  /* of the last extent */
};

/* False for what is negative, out of order or out of the file. */
static bool
add_extent(struct map *m, int64_t offset, int64_t len)
{
	if (offset < 0 || len < 0 || offset > INT64_MAX - len)
		return false;
	if ((uint64_t)offset < m->end || (uint64_t)(offset + len) > m->size)
		return false;
	if (m->n == m->room) {
		struct hs_tar_extent *const grown =
			hs_arena_array(m->arena, m->room ? 2 * m->room : 8, sizeof(*grown));

		if (m->n > 0)
			memcpy(grown, m->at, m->n * sizeof(*grown));
		m->at = grown;
		m->room = m->room ? 2 * m->room : 8;
	}
	m->at[m->n++] = (struct hs_tar_extent){ (uint64_t)offset, (uint64_t)len };
	m->end = (uint64_t)(offset + len);
	return true;
}

static bool
set_size(struct map *m, struct hs_go_entry *e, int64_t size)
{
	if (size < 0)
		return false;
	e->header.size = size;
	m->size = (uint64_t)size;
	return true;
}

static bool
finish(struct hs_go_entry *e, const struct map *m)
{
	if (hs_go_is_header_only(e->header.typeflag))
		return false;
	e->sparse = true;
	e->extents = m->at;
	e->n_extents = m->n;
	return true;
}

/* The pairs of one block; the first that begins with a NUL ends them. */
static bool
add_pairs(struct map *m, struct hs_span pairs)
{
	for (; pairs.len >= PAIR && pairs.at[0] != 0; pairs = hs_span_from(pairs, PAIR)) {
		int64_t offset, len;

		if (!hs_go_parse_numeric(&offset, hs_span_head(pairs, FIELD)) ||
		    !hs_go_parse_numeric(&len, hs_span_head(hs_span_from(pairs, FIELD), FIELD)) ||
		    !add_extent(m, offset, len))
			return false;
	}
	return true;
}

bool
hs_go_sparse_gnu(struct hs_go_entry *e, struct hs_arena *a, struct hs_span block,
                 struct hs_span *rest)
{
	struct hs_span pairs = { block.at + MAP_AT, IN_HEADER };
	uint64_t total = IN_HEADER + 1;
	struct map m = { .arena = a };
	int64_t size;

	if (!hs_go_parse_numeric(&size, (struct hs_span){ block.at + REAL_SIZE_AT, FIELD }) ||
	    !set_size(&m, e, size))
		return false;
	while (total < HS_MAX_TAR_HEADER) {
		if (!add_pairs(&m, pairs))
			return false;
		if (pairs.at[pairs.len] == 0)
			return finish(e, &m);
		if (rest->len < HS_TAR_BLOCK)
			return false;
		pairs = (struct hs_span){ rest->at, IN_BLOCK };
		*rest = hs_span_from(*rest, HS_TAR_BLOCK);
		total += HS_TAR_BLOCK;
	}
	return false;
}

/* The text before the next `end`, which is taken too. */
static struct hs_span
take_token(struct hs_span *rest, uint8_t end)
{
	const uint8_t *at = rest->len ? memchr(rest->at, end, rest->len) : NULL;
	const struct hs_span token =
		hs_span_head(*rest, at ? (uint64_t)(at - rest->at) : rest->len);

	*rest = hs_span_from(*rest, token.len + 1);
	return token;
}

static bool
take_number(int64_t *out, struct hs_span *rest, uint8_t end)
{
	return hs_go_parse_int(out, take_token(rest, end));
}

/* Go doubles the count in an int and looks whether it has wrapped round. */
static bool
is_count(int64_t n)
{
	return n >= 0 && (int64_t)((uint64_t)n * 2) >= n;
}

static bool
add_tokens(struct map *m, struct hs_span rest, uint64_t n, uint8_t end)
{
	while (n-- > 0) {
		int64_t offset, len;

		if (!take_number(&offset, &rest, end) || !take_number(&len, &rest, end) ||
		    !add_extent(m, offset, len))
			return false;
	}
	return true;
}

static bool
read_0_1(struct map *m, const struct hs_go_header *h)
{
	const struct hs_span map = hs_go_record_value(h, "GNU.sparse.map");
	uint64_t n_tokens = map.len > 0;
	int64_t n;

	if (!hs_go_parse_int(&n, hs_go_record_value(h, "GNU.sparse.numblocks")) || !is_count(n))
		return false;
	for (size_t i = 0; i < map.len; i++)
		n_tokens += map.at[i] == ',';
	return n_tokens == 2 * (uint64_t)n && add_tokens(m, map, (uint64_t)n, ',');
}

/* Whole blocks from the front of `data` until they hold that many lines; false where it ends. */
static bool
feed(struct hs_span *map, struct hs_span data, uint64_t *n_lines, uint64_t want)
{
	while (*n_lines < want) {
		struct hs_span block;

		if (map->len + HS_TAR_BLOCK > HS_MAX_TAR_HEADER ||
		    !hs_span_part(&block, data, map->len, HS_TAR_BLOCK))
			return false;
		for (size_t i = 0; i < block.len; i++)
			*n_lines += block.at[i] == '\n';
		*map = hs_span_head(data, map->len + HS_TAR_BLOCK);
	}
	return true;
}

static bool
read_1_0(struct map *m, struct hs_go_entry *e)
{
	struct hs_span map = { e->data.at, 0 }, rest;
	uint64_t n_lines = 0;
	int64_t n;

	if (!feed(&map, e->data, &n_lines, 1))
		return false;
	rest = map;
	if (!take_number(&n, &rest, '\n') || !is_count(n))
		return false;
	if (!feed(&map, e->data, &n_lines, 1 + 2 * (uint64_t)n))
		return false;
	rest = map;
	take_token(&rest, '\n');
	e->data = hs_span_from(e->data, map.len);
	e->stored -= map.len;
	return add_tokens(m, rest, (uint64_t)n, '\n');
}

enum version {
	NO_VERSION,
	VERSION_0,
	VERSION_1_0,
};

static enum version
find_version(const struct hs_go_header *h)
{
	const struct hs_span major = hs_go_record_value(h, "GNU.sparse.major");
	const struct hs_span minor = hs_go_record_value(h, "GNU.sparse.minor");

	if (hs_span_is(major, "0") && (hs_span_is(minor, "0") || hs_span_is(minor, "1")))
		return VERSION_0;
	if (hs_span_is(major, "1") && hs_span_is(minor, "0"))
		return VERSION_1_0;
	if (major.len > 0 || minor.len > 0 || hs_go_record_value(h, "GNU.sparse.map").len == 0)
		return NO_VERSION;
	return VERSION_0;
}

bool
hs_go_sparse_pax(struct hs_go_entry *e, struct hs_arena *a)
{
	struct hs_go_header *const h = &e->header;
	const enum version version = find_version(h);
	const struct hs_span name = hs_go_record_value(h, "GNU.sparse.name");
	struct hs_span size_text = hs_go_record_value(h, "GNU.sparse.size");
	struct map m = { .arena = a };
	int64_t size = h->size;

	if (version == NO_VERSION)
		return true;
	if (name.len > 0)
		h->name = name;
	if (size_text.len == 0)
		size_text = hs_go_record_value(h, "GNU.sparse.realsize");
	if (size_text.len > 0 && !hs_go_parse_int(&size, size_text))
		return false;
	if (!set_size(&m, e, size))
		return false;
	if (!(version == VERSION_1_0 ? read_1_0(&m, e) : read_0_1(&m, h)))
		return false;
	return finish(e, &m);
}

uint64_t
hs_go_sparse_stored(const struct hs_go_entry *e)
{
	uint64_t n = 0;

	for (size_t i = 0; i < e->n_extents; i++)
		n += e->extents[i].len;
	return n;
}
