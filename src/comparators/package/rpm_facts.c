/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/rpm_facts.h"

#include "comparators/package/rpm_depends.h"
#include "comparators/package/rpm_tag.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	REGION_IMAGE = 61,
	REGION_IMMUTABLE = 63,
	REGION_SIZE = 16,
	DIRINDEXES = 1116,
	BASENAMES = 1117,
	DIRNAMES = 1118,
	SHORT_BINARY = 64,
	PATHS_PER_STORE = 32, /* a file's path stands in front of some twenty values */
	MAX_FACTS = 1 << 20,
};

/* The paths of the package's files, put together from their parts on demand. */
struct files {
	struct hs_span *dirs, *names;
	struct hs_span dir_indexes;
	uint32_t n_dirs, n;
};

struct teller {
	struct hs_facts *out;
	const struct hs_rpm_header *header;
	struct files files;
	uint64_t bytes_left; /* of values: as many as the store has, so that none is said twice */
	uint64_t paths_left; /* bytes of paths in front of values: beyond, values stand alone */
	uint64_t facts_left; /* beyond, a list is said as a digest */
	bool is_signature;
};

static struct hs_span *
strings(struct hs_arena *a, const struct hs_rpm_header *h, uint32_t tag, uint32_t *n)
{
	struct hs_rpm_entry e;
	struct hs_span *list;

	*n = 0;
	if (!hs_rpm_find(&e, h, tag) || e.type != HS_RPM_STRING_ARRAY)
		return NULL;
	list = hs_arena_array(a, e.count, sizeof(*list));
	for (*n = 0; *n < e.count; (*n)++)
		list[*n] = hs_rpm_take(&e.value, e.type);
	return list;
}

static void
find_files(struct teller *t)
{
	struct hs_rpm_entry e;

	t->files.dirs = strings(t->out->arena, t->header, DIRNAMES, &t->files.n_dirs);
	t->files.names = strings(t->out->arena, t->header, BASENAMES, &t->files.n);
	if (!hs_rpm_find(&e, t->header, DIRINDEXES) || e.type != HS_RPM_INT32 ||
	    e.count != t->files.n)
		t->files.n = 0;
	else
		t->files.dir_indexes = e.value;
}

static struct hs_span
value_text(struct hs_arena *a, struct hs_span raw, uint32_t type, unsigned how)
{
	struct hs_cursor c = { .rest = raw };
	struct hs_facts one = { .arena = a };
	uint64_t v;

	if (type >= HS_RPM_STRING)
		return raw;
	v = hs_take_be(&c, raw.len);
	if (how & HS_RPM_TIME)
		hs_say_time(&one, "", (int64_t)v, 0, 0);
	else if (how & HS_RPM_OCTAL)
		hs_sayf(&one, "", "%06" PRIo64, v);
	else
		hs_say_u64(&one, "", v);
	return one.first->value;
}

/* "PATH: VALUE", so that a list of many files shows those that differ. */
static struct hs_span
with_path(struct teller *t, uint32_t i, struct hs_span value)
{
	struct hs_cursor c = { .rest = hs_span_from(t->files.dir_indexes, 4 * (uint64_t)i) };
	const uint64_t dir_index = hs_take_be(&c, 4);
	const struct hs_span none = { NULL, 0 };
	const struct hs_span parts[] = {
		dir_index < t->files.n_dirs ? t->files.dirs[dir_index] : none,
		t->files.names[i],
		HS_SPAN(": "),
		value,
	};
	const uint64_t path = (uint64_t)parts[0].len + parts[1].len;
	uint8_t *at;
	size_t n = 0;

	if (path > t->paths_left)
		return value;
	t->paths_left -= path;
	at = hs_arena_alloc(t->out->arena, (size_t)path + 2 + value.len);
	for (size_t k = 0; k < sizeof(parts) / sizeof(parts[0]); k++) {
		if (parts[k].len)
			memcpy(at + n, parts[k].at, parts[k].len);
		n += parts[k].len;
	}
	return (struct hs_span){ at, n };
}

void
hs_rpm_say_binary(struct hs_facts *out, const char *field, struct hs_span value)
{
	static const char digits[] = "0123456789abcdef";
	char *text;

	if (value.len > SHORT_BINARY) {
		hs_say_digest(out, field, value);
		return;
	}
	text = hs_arena_alloc(out->arena, 2 * value.len + 1);
	for (size_t i = 0; i < value.len; i++) {
		text[2 * i] = digits[value.at[i] >> 4];
		text[2 * i + 1] = digits[value.at[i] & 15];
	}
	hs_say_word(out, field, text);
}

/* The region is what was signed: its trailer says how many entries of the index it spans. */
static int
say_region(struct teller *t, const char *field, const struct hs_rpm_entry *e, struct hs_err *err)
{
	struct hs_cursor c = { .rest = e->value };
	uint64_t tag, back;

	tag = hs_take_be(&c, 4);
	hs_take_be(&c, 4);
	back = -hs_take_be(&c, 4) & UINT32_MAX;
	if (e->type != HS_RPM_BIN || e->count != REGION_SIZE || back % REGION_SIZE != 0 ||
	    back / REGION_SIZE > t->header->n)
		return hs_fail(err, HS_EFORMAT, "the region of tag %" PRIu32 " is damaged", e->tag);
	hs_sayf(t->out, field, "%" PRIu64 " of %" PRIu32 " entries", back / REGION_SIZE,
	        t->header->n);
	if (tag != e->tag)
		hs_sayf(t->out, field, "ended by tag %" PRIu64, tag);
	return 0;
}

static const char *
field_of(const struct teller *t, const struct hs_rpm_entry *e, const struct hs_rpm_tag *tag)
{
	const char *prefix = t->is_signature ? "signature " : "";

	return tag ? hs_arena_printf(t->out->arena, "%s%s", prefix, tag->name)
	           : hs_arena_printf(t->out->arena, "%stag %" PRIu32, prefix, e->tag);
}

static void
say_list(struct teller *t, const char *field, const struct hs_rpm_entry *e, unsigned how)
{
	const bool per_file = how & HS_RPM_PER_FILE && t->files.n && e->count == t->files.n;
	struct hs_span rest = e->value;

	if (e->count > t->facts_left) {
		hs_say_digest(t->out, field, e->value);
		return;
	}
	t->facts_left -= e->count;
	for (uint32_t i = 0; i < e->count; i++) {
		const struct hs_span raw = hs_rpm_take(&rest, e->type);
		const struct hs_span value = value_text(t->out->arena, raw, e->type, how);

		hs_say_value(t->out, field, per_file ? with_path(t, i, value) : value);
	}
}

static int
say_entry(struct teller *t, const struct hs_rpm_entry *e, struct hs_err *err)
{
	const struct hs_rpm_tag *tag = hs_rpm_tag_of(e->tag, t->is_signature);
	const char *field = field_of(t, e, tag);

	if (e->tag >= REGION_IMAGE && e->tag <= REGION_IMMUTABLE)
		return say_region(t, field, e, err);
	if (!t->is_signature && e->count <= t->facts_left &&
	    hs_rpm_say_depends(t->out, "", t->header, e))
		t->facts_left -= e->count;
	else if (e->type == HS_RPM_NULL)
		hs_say_word(t->out, field, "");
	else if (e->type == HS_RPM_BIN)
		hs_rpm_say_binary(t->out, field, e->value);
	else
		say_list(t, field, e, tag ? tag->how : 0);
	return 0;
}

static int
by_offset(const void *a, const void *b)
{
	const struct hs_rpm_entry *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Bytes of the store between the values, other than the zeros that align them. */
static void
say_unused(struct teller *t, struct hs_rpm_entry *list, uint32_t n)
{
	const char *field = t->is_signature ? "signature unused bytes" : "unused bytes";
	uint64_t end = 0;

	qsort(list, n, sizeof(*list), by_offset);
	for (uint32_t i = 0; i <= n; i++) {
		const uint64_t from = i < n ? list[i].offset : t->header->store.len;
		const struct hs_span gap = hs_span_head(hs_span_from(t->header->store, end),
		                                        from > end ? from - end : 0);

		if (!hs_span_is_zero(gap))
			hs_rpm_say_binary(t->out, field, gap);
		if (i < n && from + list[i].value.len > end)
			end = from + list[i].value.len;
	}
}

int
hs_rpm_say_header(struct hs_facts *out, const struct hs_rpm_header *h, bool is_signature,
                  struct hs_err *err)
{
	struct teller t = {
		.out = out,
		.header = h,
		.bytes_left = h->store.len,
		.paths_left = PATHS_PER_STORE * (uint64_t)h->store.len,
		.facts_left = MAX_FACTS,
		.is_signature = is_signature,
	};
	struct hs_rpm_entry *list = hs_arena_array(out->arena, (size_t)h->n + 1, sizeof(*list));

	if (h->reserved)
		hs_say_hex(out, is_signature ? "signature reserved bytes" : "reserved bytes",
		           h->reserved);
	if (!is_signature)
		find_files(&t);
	for (uint32_t i = 0; i < h->n; i++) {
		int rc = hs_rpm_entry_at(&list[i], h, i, err);

		if (rc == 0 && list[i].value.len > t.bytes_left)
			rc = hs_fail(err, HS_EFORMAT,
			             "the values of tag %" PRIu32 " overlap those of others",
			             list[i].tag);
		if (rc == 0)
			rc = say_entry(&t, &list[i], err);
		if (rc < 0)
			return rc;
		t.bytes_left -= list[i].value.len;
	}
	say_unused(&t, list, h->n);
	return 0;
}
