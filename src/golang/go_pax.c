/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_pax.h"

#include "golang/go_number.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const key_names[HS_GO_N_KEYS] = {
	[HS_GO_ATIME] = "atime", [HS_GO_CTIME] = "ctime",       [HS_GO_GID] = "gid",
	[HS_GO_GNAME] = "gname", [HS_GO_LINKPATH] = "linkpath", [HS_GO_MTIME] = "mtime",
	[HS_GO_PATH] = "path",   [HS_GO_SIZE] = "size",         [HS_GO_UID] = "uid",
	[HS_GO_UNAME] = "uname",
};

/* A record as it was read: where equal keys meet, the later counts. */
struct parsed {
	struct hs_go_record record;
	size_t index;
};

const char *
hs_go_key_name(enum hs_go_key key)
{
	return key_names[key];
}

enum hs_go_key
hs_go_key_of(struct hs_span key)
{
	for (unsigned i = 0; i < HS_GO_N_KEYS; i++)
		if (hs_span_is(key, key_names[i]))
			return (enum hs_go_key)i;
	return HS_GO_N_KEYS;
}

bool
hs_go_key_is_sparse(struct hs_span key)
{
	return hs_span_starts(key, HS_SPAN("GNU.sparse."));
}

bool
hs_go_key_is_xattr(struct hs_span key)
{
	return hs_span_starts(key, HS_SPAN("SCHILY.xattr."));
}

static bool
has_nul(struct hs_span s)
{
	return s.len > 0 && memchr(s.at, 0, s.len) != NULL;
}

bool
hs_go_record_is_valid(const struct hs_go_record *r)
{
	if (r->key.len == 0 || memchr(r->key.at, '=', r->key.len))
		return false;
	switch (hs_go_key_of(r->key)) {
	case HS_GO_PATH:
	case HS_GO_LINKPATH:
	case HS_GO_UNAME:
	case HS_GO_GNAME:
		return !has_nul(r->value);
	default:
		return !has_nul(r->key);
	}
}

/* Takes one record. The shortest is "5 a=\n". */
static bool
take_record(struct hs_go_record *out, struct hs_span *rest)
{
	const uint8_t *space = memchr(rest->at, ' ', rest->len);
	const size_t digits = space ? (size_t)(space - rest->at) : 0;
	const uint8_t *equals;
	struct hs_span text;
	int64_t n;

	if (!space || !hs_go_parse_int(&n, hs_span_head(*rest, digits)))
		return false;
	if (n < 5 || (uint64_t)n > rest->len || (uint64_t)n <= digits + 1)
		return false;
	if (rest->at[n - 1] != '\n')
		return false;
	text = (struct hs_span){ space + 1, (size_t)n - digits - 2 };
	equals = text.len ? memchr(text.at, '=', text.len) : NULL;
	if (!equals)
		return false;
	out->key = hs_span_head(text, (uint64_t)(equals - text.at));
	out->value = hs_span_from(text, out->key.len + 1);
	*rest = hs_span_from(*rest, (uint64_t)n);
	return hs_go_record_is_valid(out);
}

static bool
is_offset(struct hs_span key)
{
	return hs_span_is(key, "GNU.sparse.offset");
}

static bool
is_map_part(struct hs_span key)
{
	return is_offset(key) || hs_span_is(key, "GNU.sparse.numbytes");
}

/* How many records there are and how many bytes of a map in pairs; checks all. */
static bool
count_records(size_t *n, size_t *map_len, struct hs_span data)
{
	size_t n_parts = 0;

	*n = 0;
	*map_len = 0;
	while (data.len > 0) {
		struct hs_go_record r;

		if (!take_record(&r, &data))
			return false;
		if (!is_map_part(r.key)) {
			++*n;
			continue;
		}
		if (is_offset(r.key) != (n_parts % 2 == 0) ||
		    (r.value.len > 0 && memchr(r.value.at, ',', r.value.len)))
			return false;
		*map_len += r.value.len + (n_parts > 0);
		n_parts++;
	}
	/* A map of one empty value is a record all the same. */
	*n += n_parts > 0;
	return true;
}

static int
order_parsed(const void *x, const void *y)
{
	const struct parsed *a = x, *b = y;
	const int d = hs_span_order(a->record.key, b->record.key);

	return d ? d : (a->index > b->index) - (a->index < b->index);
}

/* Fills `all`; the map, if any, comes last and so counts before a record of that name. */
static void
collect(struct parsed *all, uint8_t *map, size_t n, struct hs_span data)
{
	size_t i = 0, len = 0;
	bool has_map = false;

	while (data.len > 0) {
		struct hs_go_record r;

		if (!take_record(&r, &data))
			return;
		if (!is_map_part(r.key)) {
			all[i] = (struct parsed){ r, i };
			i++;
			continue;
		}
		if (has_map)
			map[len++] = ',';
		if (r.value.len > 0)
			memcpy(map + len, r.value.at, r.value.len);
		len += r.value.len;
		has_map = true;
	}
	if (i < n)
		all[i] = (struct parsed){ { HS_SPAN("GNU.sparse.map"), { map, len } }, i };
}

bool
hs_go_records_parse(struct hs_go_header *out, struct hs_arena *a, struct hs_span data)
{
	struct hs_go_record *records;
	struct parsed *all;
	size_t n, map_len, n_kept = 0;

	if (!count_records(&n, &map_len, data))
		return false;
	all = hs_arena_array(a, n, sizeof(*all));
	collect(all, hs_arena_alloc(a, map_len), n, data);
	if (n > 1)
		qsort(all, n, sizeof(*all), order_parsed);
	records = hs_arena_array(a, n, sizeof(*records));
	for (size_t i = 0; i < n; i++)
		if (i + 1 == n || !hs_span_equal(all[i].record.key, all[i + 1].record.key))
			records[n_kept++] = all[i].record;
	out->records = records;
	out->n_records = n_kept;
	return true;
}

struct hs_span
hs_go_record_value(const struct hs_go_header *h, const char *key)
{
	const struct hs_span want = hs_span_of(key);
	size_t low = 0, high = h->n_records;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int d = hs_span_order(h->records[middle].key, want);

		if (d == 0)
			return h->records[middle].value;
		if (d < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return HS_SPAN("");
}

static bool
apply_time(struct hs_go_tar_time *out, struct hs_span text)
{
	if (!hs_go_parse_time(&out->at, text))
		return false;
	out->set = true;
	return true;
}

static bool
apply(struct hs_go_header *h, enum hs_go_key key, struct hs_span value)
{
	switch (key) {
	case HS_GO_PATH:
		h->name = value;
		return true;
	case HS_GO_LINKPATH:
		h->link = value;
		return true;
	case HS_GO_UNAME:
		h->uname = value;
		return true;
	case HS_GO_GNAME:
		h->gname = value;
		return true;
	case HS_GO_UID:
		return hs_go_parse_int(&h->uid, value);
	case HS_GO_GID:
		return hs_go_parse_int(&h->gid, value);
	case HS_GO_SIZE:
		return hs_go_parse_int(&h->size, value);
	case HS_GO_MTIME:
		return apply_time(&h->mtime, value);
	case HS_GO_ATIME:
		return apply_time(&h->atime, value);
	case HS_GO_CTIME:
		return apply_time(&h->ctime, value);
	case HS_GO_N_KEYS:
		break;
	}
	return true;
}

bool
hs_go_records_apply(struct hs_go_header *h)
{
	for (unsigned key = 0; key < HS_GO_N_KEYS; key++) {
		const struct hs_span value = hs_go_record_value(h, key_names[key]);

		if (value.len > 0 && !apply(h, (enum hs_go_key)key, value))
			return false;
	}
	return true;
}

static size_t
n_digits(size_t v)
{
	size_t n = 1;

	while (v >= 10) {
		v /= 10;
		n++;
	}
	return n;
}

size_t
hs_go_record_size(const struct hs_go_record *r)
{
	const size_t bare = r->key.len + r->value.len + 3;
	const size_t size = bare + n_digits(bare);

	/* The length counts its own digits, and they may carry it over a power of ten. */
	return n_digits(size) == n_digits(bare) ? size : bare + n_digits(size);
}

static uint8_t *
put(uint8_t *at, struct hs_span bytes)
{
	if (bytes.len > 0)
		memcpy(at, bytes.at, bytes.len);
	return at + bytes.len;
}

uint8_t *
hs_go_record_put(uint8_t *at, const struct hs_go_record *r)
{
	char len[HS_GO_NUMBER_ROOM];

	at = put(at, hs_go_int_text(len, (int64_t)hs_go_record_size(r)));
	at = put(at, HS_SPAN(" "));
	at = put(at, r->key);
	at = put(at, HS_SPAN("="));
	at = put(at, r->value);
	return put(at, HS_SPAN("\n"));
}
