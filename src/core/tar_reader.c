/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tar_reader.h"

#include "core/limits.h"

#include <inttypes.h>

static uint64_t
padding_of(uint64_t size)
{
	return -size & (HS_TAR_BLOCK - 1);
}

static bool
is_pax(uint8_t typeflag)
{
	return typeflag == 'x' || typeflag == 'X'; /* 'X' is what Solaris called it first */
}

static bool
is_extension(uint8_t typeflag)
{
	return is_pax(typeflag) || typeflag == 'g' || typeflag == 'L' || typeflag == 'K';
}

/* Fields that both the header and a pax record give. */
static bool
in_header(enum hs_pax_key key)
{
	return key <= HS_PAX_MTIME;
}

static void
add_records(struct hs_tar_member *m, struct hs_pax_values *to, struct hs_span data)
{
	struct hs_pax_record rec;
	struct hs_err err;
	int rc;

	while ((rc = hs_pax_take(&rec, &data, &err)) > 0) {
		const enum hs_pax_key key = hs_pax_key_of(rec.key);

		if (key == HS_PAX_N_KEYS)
			continue;
		hs_pax_set(to, key, rec.value);
		if (rec.value.len == 0 && in_header(key))
			m->odd |= HS_TAR_ODD_EMPTY_PAX;
	}
	if (rc < 0)
		m->odd |= HS_TAR_ODD_PAX;
}

static struct hs_span
until_nul(struct hs_span s)
{
	struct hs_cursor c = { .rest = s };
	const struct hs_span out = hs_take_string(&c);

	return c.cut ? s : out;
}

/* The header is one that says something of the entry behind it. */
static void
use_extension(struct hs_tar_member *m, struct hs_tar_reader *r, const struct hs_tar_header *h,
              struct hs_span data)
{
	if (h->typeflag == 'L') {
		m->long_name = until_nul(data);
	} else if (h->typeflag == 'K') {
		m->long_link = until_nul(data);
	} else if (h->typeflag == 'g') {
		add_records(m, &r->globals, data);
	} else {
		if (m->n_pax++ > 0)
			m->odd |= HS_TAR_ODD_TWO_PAX;
		m->values = (struct hs_pax_values){ 0 };
		m->odd &= ~(unsigned)HS_TAR_ODD_EMPTY_PAX;
		add_records(m, &m->values, data);
	}
}

static int
take_extension(struct hs_tar_member *m, struct hs_tar_reader *r, const struct hs_tar_header *h,
               struct hs_err *err)
{
	const uint64_t size = (uint64_t)h->size.value;
	const uint64_t total = r->at - m->offset;
	struct hs_span data;

	if (h->size.form == HS_TAR_BAD || h->size.value < 0)
		return hs_fail(err, HS_EFORMAT,
		               "the size of the header at offset %" PRIu64 " is no number", r->at);
	if (size > HS_MAX_TAR_HEADER || total + size > HS_MAX_TAR_HEADER)
		return hs_fail(err, HS_ELIMIT,
		               "the headers of the entry at offset %" PRIu64
		               " take more than %" PRIu64 " bytes",
		               m->offset, HS_MAX_TAR_HEADER);
	if (!hs_span_part(&data, r->file, r->at + HS_TAR_BLOCK, size + padding_of(size)))
		return hs_fail(err, HS_EFORMAT, "the header at offset %" PRIu64 " is cut short",
		               r->at);
	use_extension(m, r, h, hs_span_head(data, size));
	r->at += HS_TAR_BLOCK + data.len;
	return 0;
}

static enum hs_kind
kind_of(const struct hs_tar_member *m)
{
	switch (m->header.typeflag) {
	case '1':
		return HS_KIND_HARDLINK;
	case '2':
		return HS_KIND_SYMLINK;
	case '3':
		return HS_KIND_CHARDEV;
	case '4':
		return HS_KIND_BLOCKDEV;
	case '5':
		return HS_KIND_DIR;
	case '6':
		return HS_KIND_FIFO;
	case 'g': /* pax, global */
	case 'D': /* GNU: a directory and the list of its files, in an incremental archive */
	case 'V': /* GNU: the label of the volume */
	case 'N': /* GNU, long ago: a list of renames */
	case 'A': /* Solaris: an access control list */
	case 'E': /* Solaris: an extended attribute as a file */
	case 'I': /* star: an inode without its data */
		return HS_KIND_OTHER;
	default: /* POSIX: a type that is not known is read as a file */
		return HS_KIND_FILE;
	}
}

static bool
has_slash(const struct hs_tar_member *m)
{
	const struct hs_span name = hs_pax_has(&m->values, HS_PAX_PATH) ? m->values.of[HS_PAX_PATH]
	                            : m->long_name.len                  ? m->long_name
	                                                                : m->header.name;

	return hs_span_ends(name, HS_SPAN("/"));
}

/* How the archives before ustar said "directory"; GNU tar and libarchive still read it so. */
static bool
is_old_directory(const struct hs_tar_member *m)
{
	const uint8_t type = m->header.typeflag;

	return (type == 0 || (type == '0' && m->size == 0)) && has_slash(m);
}

/* The size in the header of what has no data: believed only where data may follow. */
static void
judge_size(struct hs_tar_member *m, const struct hs_tar_reader *r)
{
	struct hs_tar_header h;
	struct hs_span next;

	if (m->size == 0 || m->kind == HS_KIND_FILE || m->kind == HS_KIND_OTHER)
		return;
	if (!hs_span_part(&next, r->file, r->at, HS_TAR_BLOCK) ||
	    hs_tar_header_parse(&h, next) != HS_TAR_IS_GARBAGE) {
		m->odd |= HS_TAR_ODD_SIZE_ONLY;
		m->size = 0;
	} else {
		m->odd |= HS_TAR_ODD_DATA;
	}
}

static void
find_sparse(struct hs_tar_member *m)
{
	const struct hs_pax_values *v = &m->values;
	struct hs_span size = v->of[HS_PAX_SPARSE_SIZE];

	m->real_size = m->size;
	if (m->kind != HS_KIND_FILE)
		return;
	if (m->header.typeflag == 'S') {
		m->sparse =
			m->header.dialect == HS_TAR_STAR ? HS_TAR_SPARSE_STAR : HS_TAR_SPARSE_GNU;
		m->real_size = (uint64_t)m->header.real_size.value;
		return;
	}
	if (hs_pax_has(v, HS_PAX_SPARSE_MAJOR)) {
		if (!hs_span_is(v->of[HS_PAX_SPARSE_MAJOR], "1") ||
		    !hs_span_is(v->of[HS_PAX_SPARSE_MINOR], "0")) {
			m->odd |= HS_TAR_ODD_SPARSE;
			return;
		}
		m->sparse = HS_TAR_SPARSE_1_0;
		size = v->of[HS_PAX_SPARSE_REALSIZE];
	} else if (hs_pax_has(v, HS_PAX_SPARSE_MAP)) {
		m->sparse = HS_TAR_SPARSE_0_1;
	} else if (hs_pax_has(v, HS_PAX_SPARSE_NUMBLOCKS)) {
		m->sparse = HS_TAR_SPARSE_0_0;
	} else {
		return;
	}
	if (!hs_pax_u64(&m->real_size, size)) {
		m->sparse = HS_TAR_DENSE;
		m->odd |= HS_TAR_ODD_SPARSE;
	}
}

/* GNU and star continue the map of a sparse file in blocks behind its header. */
static int
take_map(struct hs_tar_member *m, struct hs_tar_reader *r, struct hs_err *err)
{
	const uint64_t from = r->at;
	struct hs_span block = m->header.block;
	bool more = block.at[m->sparse == HS_TAR_SPARSE_STAR ? 355 : 482] != 0;

	while (more) {
		if (!hs_span_part(&block, r->file, r->at, HS_TAR_BLOCK))
			return hs_fail(err, HS_EFORMAT,
			               "the map of the sparse file at offset %" PRIu64
			               " is cut short",
			               m->offset);
		more = block.at[504] != 0;
		r->at += HS_TAR_BLOCK;
	}
	hs_span_part(&m->map, r->file, from, r->at - from);
	return 0;
}

static void
take_data(struct hs_tar_member *m, struct hs_tar_reader *r)
{
	const struct hs_span rest = hs_span_from(r->file, r->at);

	m->data = hs_span_head(rest, m->size);
	m->cut = !r->head_only && m->data.len < m->size;
	m->padding =
		hs_span_head(hs_span_from(rest, m->data.len), m->cut ? 0 : padding_of(m->size));
	if (!m->cut && !r->head_only)
		r->n_missing = (uint32_t)(padding_of(m->size) - m->padding.len);
	r->at += m->data.len + m->padding.len;
}

static bool
has_nul(struct hs_span s)
{
	return s.len && memchr(s.at, 0, s.len);
}

/* Overlays the values of 'x' headers on those of 'g' headers. */
static void
merge_globals(struct hs_tar_member *m, const struct hs_tar_reader *r)
{
	struct hs_pax_values all = r->globals;

	if (r->globals.given == 0 || m->header.typeflag == 'g')
		return;
	for (unsigned k = 0; k < HS_PAX_N_KEYS; k++)
		if (hs_pax_has(&m->values, (enum hs_pax_key)k))
			hs_pax_set(&all, (enum hs_pax_key)k, m->values.of[k]);
	if (r->globals.given & ~m->values.given)
		m->odd |= HS_TAR_ODD_GLOBAL;
	m->values = all;
}

static void
judge_values(struct hs_tar_member *m)
{
	const struct hs_tar_header *h = &m->header;
	const struct hs_pax_values *v = &m->values;
	uint64_t size = 0;

	if (h->mode.form == HS_TAR_BAD || h->uid.form == HS_TAR_BAD || h->gid.form == HS_TAR_BAD ||
	    h->mtime.form == HS_TAR_BAD || h->dev_major.form == HS_TAR_BAD ||
	    h->dev_minor.form == HS_TAR_BAD || h->real_size.value < 0 ||
	    h->real_size.form == HS_TAR_BAD)
		m->odd |= HS_TAR_ODD_NUMBER;
	if (m->long_name.len && hs_pax_has(v, HS_PAX_PATH))
		m->odd |= HS_TAR_ODD_TWO_NAMES;
	if (has_nul(v->of[HS_PAX_PATH]) || has_nul(v->of[HS_PAX_LINKPATH]))
		m->odd |= HS_TAR_ODD_NUL;
	if (h->typeflag == 'M')
		m->odd |= HS_TAR_ODD_VOLUME;
	if (!hs_pax_has(v, HS_PAX_SIZE))
		return;
	if (!hs_pax_u64(&size, v->of[HS_PAX_SIZE])) {
		m->odd |= HS_TAR_ODD_PAX;
		return;
	}
	if (m->size != 0 && m->size != size)
		m->odd |= HS_TAR_ODD_SIZES;
	m->size = size;
}

static int
take_main(struct hs_tar_member *m, struct hs_tar_reader *r, struct hs_err *err)
{
	const struct hs_tar_header *h = &m->header;

	if (h->size.form == HS_TAR_BAD || h->size.value < 0)
		return hs_fail(err, HS_EFORMAT,
		               "the size of the entry at offset %" PRIu64 " is no number",
		               m->offset);
	m->size = (uint64_t)h->size.value;
	r->at += HS_TAR_BLOCK;
	merge_globals(m, r);
	judge_values(m);
	m->kind = is_old_directory(m) ? HS_KIND_DIR : kind_of(m);
	judge_size(m, r);
	find_sparse(m);
	if (m->sparse == HS_TAR_SPARSE_GNU || m->sparse == HS_TAR_SPARSE_STAR) {
		const int rc = take_map(m, r, err);

		if (rc < 0)
			return rc;
	}
	hs_span_part(&m->head, r->file, m->offset, r->at - m->offset);
	take_data(m, r);
	return 1;
}

/* A 'g' header is a member of its own, all head and no data. */
static int
take_global(struct hs_tar_member *m, struct hs_tar_reader *r, struct hs_err *err)
{
	const int rc = take_extension(m, r, &m->header, err);

	if (rc < 0)
		return rc;
	m->kind = HS_KIND_OTHER;
	hs_span_part(&m->head, r->file, m->offset, r->at - m->offset);
	return 1;
}

static int
take_end(struct hs_tar_member *m, struct hs_tar_reader *r, struct hs_err *err)
{
	const struct hs_span rest = hs_span_from(r->file, r->at);
	const struct hs_span marker = hs_span_head(rest, 2 * (uint64_t)HS_TAR_BLOCK);

	if (r->at != m->offset)
		return hs_fail(err, HS_EFORMAT, "no entry follows the header at offset %" PRIu64,
		               m->offset);
	if (rest.len < HS_TAR_BLOCK) {
		r->end = HS_TAR_END_NONE;
		if (!hs_span_is_zero(rest))
			return hs_fail(err, HS_EFORMAT,
			               "the header at offset %" PRIu64 " is cut after %zu bytes",
			               r->at, rest.len);
	} else if (marker.len == 2 * HS_TAR_BLOCK && hs_span_is_zero(marker)) {
		r->end = HS_TAR_END_FULL;
		r->at += marker.len;
	} else {
		r->end = HS_TAR_END_LONE;
		r->at += HS_TAR_BLOCK;
	}
	return 0;
}

static int
next(struct hs_tar_member *m, struct hs_tar_reader *r, struct hs_err *err)
{
	for (;;) {
		struct hs_span block;
		int rc;

		if (!hs_span_part(&block, r->file, r->at, HS_TAR_BLOCK))
			return take_end(m, r, err);
		switch (hs_tar_header_parse(&m->header, block)) {
		case HS_TAR_IS_ZERO:
			return take_end(m, r, err);
		case HS_TAR_IS_GARBAGE:
			return hs_fail(err, HS_EFORMAT,
			               "no tar header at offset %" PRIu64
			               ": its checksum does not fit",
			               r->at);
		default:
			break;
		}
		if (m->header.typeflag == 'g' && r->at == m->offset)
			return take_global(m, r, err);
		if (!is_extension(m->header.typeflag))
			return take_main(m, r, err);
		rc = take_extension(m, r, &m->header, err);
		if (rc < 0)
			return rc;
	}
}

int
hs_tar_next(struct hs_tar_member *out, struct hs_tar_reader *r, struct hs_err *err)
{
	const uint64_t from = r->at;
	int rc;

	*out = (struct hs_tar_member){ .offset = from };
	rc = next(out, r, err);
	if (rc < 0)
		r->at = from;
	return rc;
}

bool
hs_tar_resync(struct hs_tar_reader *r)
{
	struct hs_tar_header h;
	struct hs_span block;

	for (r->at += HS_TAR_BLOCK; hs_span_part(&block, r->file, r->at, HS_TAR_BLOCK);
	     r->at += HS_TAR_BLOCK)
		if (memcmp(block.at + 257, "ustar", 5) == 0 &&
		    hs_tar_header_parse(&h, block) == HS_TAR_IS_HEADER)
			return true;
	r->at = r->file.len;
	return false;
}

struct hs_span
hs_tar_name(struct hs_arena *a, const struct hs_tar_member *m)
{
	const struct hs_tar_header *h = &m->header;
	struct hs_span out;
	uint8_t *at;

	if (m->sparse >= HS_TAR_SPARSE_0_0 && hs_pax_has(&m->values, HS_PAX_SPARSE_NAME))
		return m->values.of[HS_PAX_SPARSE_NAME];
	if (hs_pax_has(&m->values, HS_PAX_PATH))
		return m->values.of[HS_PAX_PATH];
	if (m->long_name.len)
		return m->long_name;
	if (h->prefix.len == 0)
		return h->name;
	out.len = h->prefix.len + 1 + h->name.len;
	out.at = at = hs_arena_alloc(a, out.len);
	memcpy(at, h->prefix.at, h->prefix.len);
	at[h->prefix.len] = '/';
	memcpy(at + h->prefix.len + 1, h->name.at, h->name.len);
	return out;
}

struct hs_span
hs_tar_link(const struct hs_tar_member *m)
{
	if (hs_pax_has(&m->values, HS_PAX_LINKPATH))
		return m->values.of[HS_PAX_LINKPATH];
	return m->long_link.len ? m->long_link : m->header.link;
}

bool
hs_tar_take_block(struct hs_tar_block_view *out, struct hs_span *head)
{
	uint64_t size;

	if (head->len < HS_TAR_BLOCK ||
	    hs_tar_header_parse(&out->header, *head) != HS_TAR_IS_HEADER)
		return false;
	*head = hs_span_from(*head, HS_TAR_BLOCK);
	out->data = out->padding = (struct hs_span){ 0 };
	if (!is_extension(out->header.typeflag))
		return true;
	size = (uint64_t)out->header.size.value;
	out->data = hs_span_head(*head, size);
	out->padding = hs_span_head(hs_span_from(*head, out->data.len), padding_of(size));
	*head = hs_span_from(*head, out->data.len + out->padding.len);
	return true;
}
