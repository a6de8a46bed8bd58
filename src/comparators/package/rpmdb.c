/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/rpmdb.h"

#include "comparators/package/deb822_say.h"
#include "comparators/package/rpm_depends.h"
#include "comparators/package/rpm_facts.h"
#include "comparators/package/rpm_tag.h"
#include "core/hash.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	NAME = 1000,
	VERSION = 1001,
	RELEASE = 1002,
	EPOCH = 1003,
	INSTALLTIME = 1008,
	ARCH = 1022,
	INSTALLTID = 1128,
	FIRST_OF_SIGNATURE = 256, /* those below are of any header */
	FIRST_OF_HEADER = 1000,
};

struct hs_rpmdb_package {
	struct hs_rpm_header header;
	const char *name; /* with the architecture */
	struct hs_span version;
	struct hs_rpmdb_package *next;
};

static struct hs_span
text_of(const struct hs_rpm_header *h, uint32_t tag)
{
	struct hs_rpm_entry e;

	if (!hs_rpm_find(&e, h, tag) || e.type != HS_RPM_STRING)
		return (struct hs_span){ NULL, 0 };
	return hs_rpm_take(&e.value, e.type);
}

static bool
number_of(uint64_t *out, const struct hs_rpm_header *h, uint32_t tag)
{
	struct hs_rpm_entry e;
	struct hs_cursor c = { 0 };

	if (!hs_rpm_find(&e, h, tag) || e.type != HS_RPM_INT32 || e.count == 0)
		return false;
	c.rest = e.value;
	*out = hs_take_be(&c, 4);
	return true;
}

/* "1:3.0.7-6.el9" */
static struct hs_span
version_of(struct hs_arena *a, const struct hs_rpm_header *h)
{
	struct hs_span out = text_of(h, VERSION);
	uint64_t epoch;

	if (number_of(&epoch, h, EPOCH))
		out = hs_arena_join(a, hs_arena_span(a, "%" PRIu64 ":", epoch), out);
	out = hs_arena_join(a, out, HS_SPAN("-"));
	return hs_arena_join(a, out, text_of(h, RELEASE));
}

static int
parse(struct hs_rpm_header *out, struct hs_span blob, struct hs_err *err)
{
	enum { ENTRY = 16 };
	struct hs_cursor c = { .rest = blob };
	const uint64_t n = hs_take_be(&c, 4), size = hs_take_be(&c, 4);

	*out = (struct hs_rpm_header){ .whole = blob };
	out->index = hs_take(&c, n * ENTRY);
	out->store = hs_take(&c, size);
	out->n = (uint32_t)n;
	if (c.cut || c.rest.len)
		return hs_fail(err, HS_EFORMAT,
		               "a header of %zu bytes claims %" PRIu64 " entries and %" PRIu64
		               " bytes",
		               blob.len, n, size);
	return 0;
}

int
hs_rpmdb_add(struct hs_rpmdb *db, struct hs_span blob, struct hs_err *err)
{
	struct hs_arena *a = db->out->arena;
	struct hs_rpmdb_package *p = hs_arena_alloc(a, sizeof(*p));
	const int rc = parse(&p->header, blob, err);
	struct hs_span arch;

	if (rc < 0)
		return rc;
	arch = text_of(&p->header, ARCH);
	p->name = hs_field_part(a, text_of(&p->header, NAME));
	if (*p->name == 0)
		return hs_fail(err, HS_EFORMAT, "a header of %zu bytes names no package", blob.len);
	if (arch.len)
		p->name = hs_arena_printf(a, "%s.%s", p->name, hs_field_part(a, arch));
	p->version = version_of(a, &p->header);
	p->next = db->first;
	db->first = p;
	db->n++;
	return 0;
}

static int
by_name(const void *x, const void *y)
{
	const struct hs_rpmdb_package *a = *(const struct hs_rpmdb_package *const *)x,
				      *b = *(const struct hs_rpmdb_package *const *)y;
	const int order = strcmp(a->name, b->name);

	if (order)
		return order;
	return hs_span_order(a->header.whole, b->header.whole);
}

static const struct hs_rpmdb_package **
sorted(const struct hs_rpmdb *db)
{
	const struct hs_rpmdb_package **list =
		hs_arena_array(db->out->arena, (size_t)db->n + 1, sizeof(*list));
	size_t n = 0;

	for (const struct hs_rpmdb_package *p = db->first; p; p = p->next)
		list[n++] = p;
	qsort((void *)list, n, sizeof(*list), by_name);
	return list;
}

static void
say_number(struct hs_facts *out, const char *field, const struct hs_rpm_entry *e, unsigned how)
{
	struct hs_cursor c = { .rest = e->value };
	const uint64_t v = hs_take_be(&c, e->value.len);

	if (how & HS_RPM_TIME)
		hs_say_time(out, field, (int64_t)v, 0, 0);
	else
		hs_say_u64(out, field, v);
}

/* One value as it is, a list or much of it as a digest. */
static void
say_tag(struct hs_facts *out, const char *prefix, const struct hs_rpm_entry *e)
{
	const bool is_signature = e->tag >= FIRST_OF_SIGNATURE && e->tag < FIRST_OF_HEADER;
	const struct hs_rpm_tag *tag = hs_rpm_tag_of(e->tag, is_signature);
	struct hs_span rest = e->value;
	const char *field = tag ? hs_arena_printf(out->arena, "%s%s%s", prefix,
	                                          is_signature ? "signature " : "", tag->name)
	                        : hs_arena_printf(out->arena, "%stag %" PRIu32, prefix, e->tag);

	if (e->type == HS_RPM_STRING || (e->type >= HS_RPM_STRING_ARRAY && e->count == 1))
		hs_say_value(out, field, hs_rpm_take(&rest, e->type));
	else if (e->type == HS_RPM_BIN)
		hs_rpm_say_binary(out, field, e->value);
	else if (e->count == 1 && e->value.len <= 8)
		say_number(out, field, e, tag ? tag->how : 0);
	else
		hs_say_digest(out, field, e->value);
}

/* What differs in each installation, and is told of all packages at once. */
static bool
is_installation(uint32_t tag)
{
	return tag == INSTALLTIME || tag == INSTALLTID;
}

static bool
is_told(uint32_t tag)
{
	return tag == NAME || tag == VERSION || tag == RELEASE || tag == EPOCH || tag == ARCH ||
	       is_installation(tag);
}

static int
say_details(struct hs_facts *out, const struct hs_rpmdb_package *p, struct hs_err *err)
{
	const char *prefix = hs_arena_printf(out->arena, "%s ", p->name);
	uint64_t left = p->header.store.len;

	for (uint32_t i = 0; i < p->header.n; i++) {
		struct hs_rpm_entry e;

		if (hs_rpm_entry_at(&e, &p->header, i, err) < 0)
			return err->code;
		if (e.value.len > left)
			return hs_fail(err, HS_EFORMAT, "values of a header overlap");
		left -= e.value.len;
		if (!is_told(e.tag) && !hs_rpm_say_depends(out, prefix, &p->header, &e))
			say_tag(out, prefix, &e);
	}
	return 0;
}

/* The first and the last installation, and a digest of all of them. */
static void
say_installation(struct hs_facts *out, const struct hs_rpmdb_package *const *list, uint32_t n)
{
	struct hs_facts times = { .arena = out->arena };
	uint64_t first = UINT64_MAX, last = 0;
	struct hs_sha256_stream stream;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	hs_sha256_init(&stream);
	for (uint32_t i = 0; i < n; i++) {
		uint64_t v[2] = { 0 };

		if (number_of(&v[0], &list[i]->header, INSTALLTIME)) {
			first = v[0] < first ? v[0] : first;
			last = v[0] > last ? v[0] : last;
		}
		number_of(&v[1], &list[i]->header, INSTALLTID);
		hs_sha256_update(&stream, (struct hs_span){ (const uint8_t *)v, sizeof(v) });
	}
	hs_sha256_final(&stream, &digest);
	if (first > last)
		return;
	hs_say_time(&times, "", (int64_t)first, 0, 0);
	hs_say_time(&times, "", (int64_t)last, 0, 0);
	hs_sayf(out, "installed", "%.*s to %.*s", (int)times.first->value.len,
	        (const char *)times.first->value.at, (int)times.last->value.len,
	        (const char *)times.last->value.at);
	hs_sayf(out, "digest of the times and transactions", "sha256:%s",
	        hs_sha256_hex(hex, &digest));
}

int
hs_rpmdb_say(struct hs_rpmdb *db, struct hs_err *err)
{
	const struct hs_rpmdb_package *const *list =
		(const struct hs_rpmdb_package *const *)sorted(db);
	struct hs_facts *out = db->out;
	int rc = 0;

	for (uint32_t i = 0; i < db->n; i++)
		hs_say(out, hs_arena_printf(out->arena, "package %s", list[i]->name),
		       list[i]->version);
	out->detail = true;
	for (uint32_t i = 0; i < db->n && rc == 0; i++) {
		rc = say_details(out, list[i], err);
		if (rc == 0 && out->n > HS_MAX_PACKAGE_FACTS)
			rc = hs_fail(err, HS_ELIMIT,
			             "the packages have more than %d facts (HS_MAX_PACKAGE_FACTS)",
			             HS_MAX_PACKAGE_FACTS);
	}
	say_installation(out, list, db->n);
	out->detail = false;
	return rc;
}
