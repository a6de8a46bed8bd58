/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_facts.h"

#include "comparators/archive/tar_block.h"
#include "comparators/archive/tar_xattr.h"
#include "core/escape.h"

#include <inttypes.h>

const char *
hs_tar_member_dialect(const struct hs_tar_member *m)
{
	if (m->n_pax == 0 && m->header.typeflag != 'g')
		return hs_tar_dialect_name(m->header.dialect);
	switch (m->header.dialect) {
	case HS_TAR_USTAR:
		return "pax";
	case HS_TAR_GNU:
		return "gnu with pax";
	case HS_TAR_STAR:
		return "star with pax";
	default:
		return "v7 with pax";
	}
}

static int64_t
number_of(const struct hs_tar_member *m, enum hs_pax_key key, const struct hs_tar_number *field)
{
	int64_t v = field->value;

	hs_pax_i64(&v, m->values.of[key]);
	return v;
}

static void
set_time(struct hs_meta *meta, enum hs_meta_has has, struct hs_time *to,
         const struct hs_tar_number *field, struct hs_span pax)
{
	bool exact;

	if (hs_pax_time(to, &exact, pax)) {
		meta->has |= has;
	} else if (field && field->form != HS_TAR_EMPTY && field->form != HS_TAR_BAD) {
		*to = (struct hs_time){ .sec = field->value };
		meta->has |= has;
	}
}

static void
set_times(struct hs_meta *meta, const struct hs_tar_member *m)
{
	const struct hs_span *v = m->values.of;

	set_time(meta, HS_HAS_MTIME, &meta->mtime, &m->header.mtime, v[HS_PAX_MTIME]);
	set_time(meta, HS_HAS_ATIME, &meta->atime, &m->header.atime, v[HS_PAX_ATIME]);
	set_time(meta, HS_HAS_CTIME, &meta->ctime, &m->header.ctime, v[HS_PAX_CTIME]);
	set_time(meta, HS_HAS_BIRTHTIME, &meta->birthtime, NULL, v[HS_PAX_BIRTHTIME]);
}

static struct hs_span
text_of(const struct hs_tar_member *m, enum hs_pax_key key, struct hs_span field)
{
	return hs_pax_has(&m->values, key) ? m->values.of[key] : field;
}

static struct hs_meta
meta_of(const struct hs_tar_member *m)
{
	const struct hs_tar_header *h = &m->header;
	struct hs_meta meta = {
		.has = HS_HAS_MODE | HS_HAS_OWNER,
		.kind = m->kind,
		.mode = (uint64_t)h->mode.value,
		.uid = number_of(m, HS_PAX_UID, &h->uid),
		.gid = number_of(m, HS_PAX_GID, &h->gid),
		.uname = text_of(m, HS_PAX_UNAME, h->uname),
		.gname = text_of(m, HS_PAX_GNAME, h->gname),
		.size = m->real_size,
		.link = hs_tar_link(m),
	};

	if (h->dialect != HS_TAR_V7 || meta.uname.len || meta.gname.len)
		meta.has |= HS_HAS_NAMES;
	if (m->kind == HS_KIND_FILE || m->kind == HS_KIND_OTHER)
		meta.has |= HS_HAS_SIZE;
	if (m->kind == HS_KIND_SYMLINK || m->kind == HS_KIND_HARDLINK || meta.link.len)
		meta.has |= HS_HAS_LINK;
	if (m->kind == HS_KIND_CHARDEV || m->kind == HS_KIND_BLOCKDEV) {
		meta.has |= HS_HAS_DEVICE;
		meta.dev_major = (uint64_t)number_of(m, HS_PAX_DEVMAJOR, &h->dev_major);
		meta.dev_minor = (uint64_t)number_of(m, HS_PAX_DEVMINOR, &h->dev_minor);
	}
	set_times(&meta, m);
	return meta;
}

/* "LABEL KEY", safe to print, a long key cut: its values then form a list. */
static const char *
field_name(struct hs_arena *a, const char *label, struct hs_span key)
{
	const struct hs_span safe = hs_escape(a, hs_span_head(key, 256));

	return hs_arena_printf(a, "%s %.*s", label, (int)safe.len, (const char *)safe.at);
}

void
hs_tar_say_records(struct hs_facts *out, const char *label, struct hs_span records)
{
	struct hs_pax_record rec;
	struct hs_err err;
	int rc;

	while ((rc = hs_pax_take(&rec, &records, &err)) > 0)
		hs_say_value(out, field_name(out->arena, label, rec.key), rec.value);
	if (rc < 0)
		hs_say_value(out,
		             hs_arena_printf(out->arena, "%s records that are malformed", label),
		             records);
}

static bool
is_decimal_of(struct hs_span text)
{
	int64_t v;
	char again[24];
	int n;

	if (!hs_pax_i64(&v, text))
		return false;
	n = snprintf(again, sizeof(again), "%" PRId64, v);
	return hs_span_equal(text, (struct hs_span){ (const uint8_t *)again, (size_t)n });
}

/* Whether the general facts, or the name, say all that a record says. */
static bool
is_told(const struct hs_tar_member *m, enum hs_pax_key key, struct hs_span value)
{
	const bool device = m->kind == HS_KIND_CHARDEV || m->kind == HS_KIND_BLOCKDEV;
	struct hs_time t;
	bool exact = false;

	if (key == HS_PAX_N_KEYS || !hs_pax_has(&m->values, key) ||
	    !hs_span_equal(value, m->values.of[key]))
		return false;
	switch (key) {
	case HS_PAX_PATH:
		return m->sparse < HS_TAR_SPARSE_0_0 || !hs_pax_has(&m->values, HS_PAX_SPARSE_NAME);
	case HS_PAX_LINKPATH:
	case HS_PAX_UNAME:
	case HS_PAX_GNAME:
		return true;
	case HS_PAX_SIZE:
		return is_decimal_of(value) &&
		       (m->kind == HS_KIND_FILE || m->kind == HS_KIND_OTHER);
	case HS_PAX_UID:
	case HS_PAX_GID:
		return is_decimal_of(value);
	case HS_PAX_DEVMAJOR:
	case HS_PAX_DEVMINOR:
		return device && is_decimal_of(value);
	case HS_PAX_MTIME:
	case HS_PAX_ATIME:
	case HS_PAX_CTIME:
	case HS_PAX_BIRTHTIME:
		return hs_pax_time(&t, &exact, value) && exact;
	case HS_PAX_SPARSE_MAJOR:
	case HS_PAX_SPARSE_MINOR:
		return m->sparse == HS_TAR_SPARSE_1_0;
	case HS_PAX_SPARSE_NAME:
		return m->sparse != HS_TAR_DENSE;
	case HS_PAX_SPARSE_REALSIZE:
		return m->sparse == HS_TAR_SPARSE_1_0 && is_decimal_of(value);
	case HS_PAX_SPARSE_SIZE:
		return (m->sparse == HS_TAR_SPARSE_0_0 || m->sparse == HS_TAR_SPARSE_0_1) &&
		       is_decimal_of(value);
	default:
		return false;
	}
}

static size_t
count_records(struct hs_span records)
{
	struct hs_pax_record rec;
	struct hs_err err;
	size_t n = 0;

	while (hs_pax_take(&rec, &records, &err) > 0)
		n++;
	return n;
}

/* libarchive writes each attribute both ways, one behind the other: that is one attribute. */
static void
collect_xattrs(struct hs_meta *meta, struct hs_arena *a, struct hs_span records)
{
	struct hs_attr *list = hs_arena_array(a, count_records(records) + 1, sizeof(*list));
	struct hs_pax_record rec;
	struct hs_err err;
	size_t n = 0;

	while (hs_pax_take(&rec, &records, &err) > 0)
		if (hs_tar_xattr_of(&list[n], a, &rec) &&
		    !(n > 0 && hs_span_equal(list[n].name, list[n - 1].name) &&
		      hs_span_equal(list[n].value, list[n - 1].value)))
			n++;
	meta->xattrs = list;
	meta->n_xattrs = n;
}

/* The records of the 'x' header that counts. */
static struct hs_span
records_of(const struct hs_tar_member *m)
{
	struct hs_span head = m->head, records = { 0 };
	struct hs_tar_block_view b;

	while (hs_tar_take_block(&b, &head))
		if (b.header.typeflag == 'x' || b.header.typeflag == 'X')
			records = b.data;
	return records;
}

void
hs_tar_meta(struct hs_meta *out, struct hs_arena *a, const struct hs_tar_member *m)
{
	*out = meta_of(m);
	collect_xattrs(out, a, records_of(m));
}

/* The keys in their order, which is the writer's. */
static void
say_keys(struct hs_facts *out, struct hs_span records)
{
	uint8_t *text =
		hs_arena_alloc(out->arena, records.len + 1); /* a record takes more than its key */
	struct hs_pax_record rec;
	struct hs_err err;
	size_t n = 0;

	while (hs_pax_take(&rec, &records, &err) > 0) {
		if (n > 0) {
			memcpy(text + n, ", ", 2);
			n += 2;
		}
		memcpy(text + n, rec.key.at, rec.key.len);
		n += rec.key.len;
	}
	if (n > 0)
		hs_say_value(out, "pax records", (struct hs_span){ text, n });
}

static void
say_pax(struct hs_facts *out, const struct hs_tar_member *m, struct hs_span records)
{
	struct hs_pax_record rec;
	struct hs_attr ignored;
	struct hs_err err;
	int rc;

	say_keys(out, records);
	while ((rc = hs_pax_take(&rec, &records, &err)) > 0) {
		if (rec.padded_len)
			hs_say_value(out, "pax records with zeros in front", rec.key);
		if (!is_told(m, hs_pax_key_of(rec.key), rec.value) &&
		    !hs_tar_xattr_of(&ignored, out->arena, &rec))
			hs_say_value(out, field_name(out->arena, "pax", rec.key), rec.value);
	}
	if (rc < 0)
		hs_say_value(out, "pax records that are malformed", records);
}

/* The header in front of a header: GNU tar puts a process number into its name, others a time. */
static void
say_extension(struct hs_facts *out, const struct hs_tar_block_view *b)
{
	const struct hs_tar_header *h = &b->header;
	const char *label = h->typeflag == 'L'   ? "long name header "
	                    : h->typeflag == 'K' ? "long link header "
	                    : h->typeflag == 'g' ? "global header "
	                                         : "pax header ";
	struct hs_arena *a = out->arena;

	hs_say_value(out, hs_arena_printf(a, "%sname", label), h->name);
	if (h->prefix.len)
		hs_say_value(out, hs_arena_printf(a, "%sprefix", label), h->prefix);
	hs_sayf(out, hs_arena_printf(a, "%sfields", label),
	        "mode %04" PRIo64 ", owner %" PRId64 ":%" PRId64 ", mtime %" PRId64,
	        (uint64_t)h->mode.value, h->uid.value, h->gid.value, h->mtime.value);
	if (h->uname.len || h->gname.len) {
		hs_say_value(out, hs_arena_printf(a, "%suname", label), h->uname);
		hs_say_value(out, hs_arena_printf(a, "%sgname", label), h->gname);
	}
	if (h->link.len)
		hs_say_value(out, hs_arena_printf(a, "%slink", label), h->link);
	if (h->typeflag == 'X')
		hs_say_word(out, "pax header typeflag", "X");
	hs_tar_say_form(out, label, h);
	if (!hs_span_is_zero(b->padding))
		hs_say_value(out, hs_arena_printf(a, "%spadding", label), b->padding);
}

/* The end of a GNU long name: a NUL, which not all writers put there, and what may follow. */
static void
say_long_tail(struct hs_facts *out, const struct hs_tar_member *m,
              const struct hs_tar_block_view *b)
{
	const struct hs_span used = b->header.typeflag == 'L' ? m->long_name : m->long_link;
	const struct hs_span tail = hs_span_from(b->data, used.len);

	if (!hs_span_starts(b->data, used))
		hs_say_value(out, "long name ignored", b->data);
	else if (tail.len != 1 || tail.at[0] != 0)
		hs_say_value(out, "bytes behind long name", tail);
}

static void
say_if_other(struct hs_facts *out, const char *field, int64_t header, int64_t told)
{
	if (header != told)
		hs_say_i64(out, field, header);
}

/* What the main header says where an extension says otherwise. */
static void
say_overridden(struct hs_facts *out, const struct hs_tar_member *m, const struct hs_meta *meta)
{
	const struct hs_tar_header *h = &m->header;
	const struct hs_span name = hs_tar_name(out->arena, m);
	struct hs_tar_member plain = { .header = *h };
	const struct hs_span short_name = hs_tar_name(out->arena, &plain);

	if (!hs_span_equal(name, short_name))
		hs_say_value(out, "header name", short_name);
	if (h->prefix.len)
		hs_say_u64(out, "prefix length", h->prefix.len);
	if (!hs_span_equal(meta->link, h->link))
		hs_say_value(out, "header link", h->link);
	if (h->dialect != HS_TAR_V7 && !hs_span_equal(meta->uname, h->uname))
		hs_say_value(out, "header uname", h->uname);
	if (h->dialect != HS_TAR_V7 && !hs_span_equal(meta->gname, h->gname))
		hs_say_value(out, "header gname", h->gname);
	say_if_other(out, "header uid", h->uid.value, meta->uid);
	say_if_other(out, "header gid", h->gid.value, meta->gid);
	if (h->mtime.value != meta->mtime.sec)
		hs_say_time(out, "header mtime", h->mtime.value, 0, 0);
	if (m->kind != HS_KIND_FILE && m->kind != HS_KIND_OTHER)
		say_if_other(out, "header size", h->size.value, 0);
	else
		say_if_other(out, "header size", h->size.value, (int64_t)m->size);
	if (meta->has & HS_HAS_DEVICE) {
		say_if_other(out, "header devmajor", h->dev_major.value, (int64_t)meta->dev_major);
		say_if_other(out, "header devminor", h->dev_minor.value, (int64_t)meta->dev_minor);
	}
}

static void
say_main(struct hs_facts *out, const struct hs_tar_member *m, const struct hs_meta *meta)
{
	const struct hs_tar_header *h = &m->header;
	static const uint8_t usual[] = {
		[HS_KIND_FILE] = '0',     [HS_KIND_DIR] = '5',     [HS_KIND_SYMLINK] = '2',
		[HS_KIND_HARDLINK] = '1', [HS_KIND_CHARDEV] = '3', [HS_KIND_BLOCKDEV] = '4',
		[HS_KIND_FIFO] = '6',
	};

	hs_say_word(out, "dialect", hs_tar_member_dialect(m));
	if (m->kind > HS_KIND_FIFO || h->typeflag != usual[m->kind])
		hs_say(out, "typeflag", (struct hs_span){ h->block.at + 156, 1 });
	if (h->mode.value & ~INT64_C(07777))
		hs_sayf(out, "mode field", "%" PRIo64, (uint64_t)h->mode.value);
	if (h->offset.value)
		hs_say_i64(out, "offset in file", h->offset.value);
	if (h->real_size.value && m->sparse == HS_TAR_DENSE)
		hs_say_i64(out, "real size", h->real_size.value);
	say_overridden(out, m, meta);
	hs_tar_say_form(out, "", h);
}

void
hs_tar_say_member(struct hs_facts *out, const struct hs_tar_member *m)
{
	const bool of_format = out->of_format;
	const struct hs_span records = records_of(m);
	struct hs_span head = m->head;
	struct hs_tar_block_view b;
	struct hs_meta meta;

	hs_tar_meta(&meta, out->arena, m);
	hs_say_meta(out, &meta);
	out->of_format = true;
	if (m->header.typeflag != 'g')
		say_main(out, m, &meta);
	say_pax(out, m, records);
	while (hs_tar_take_block(&b, &head)) {
		const uint8_t type = b.header.typeflag;

		if (type == 'x' || type == 'X' || type == 'g' || type == 'L' || type == 'K')
			say_extension(out, &b);
		if (type == 'L' || type == 'K')
			say_long_tail(out, m, &b);
		/* An 'x' header that does not count, and a 'g' header. */
		if (type == 'g' || ((type == 'x' || type == 'X') && b.data.at != records.at))
			hs_tar_say_records(out, type == 'g' ? "pax global" : "pax ignored", b.data);
	}
	out->of_format = of_format;
}
