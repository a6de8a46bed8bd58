/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_format.h"

#include "core/escape.h"
#include "golang/go_block.h"
#include "golang/go_path.h"

#include <inttypes.h>
#include <stdio.h>

/* Why a format cannot be: of several reasons the last, as Go has it. */
struct reasons {
	char ustar[96], pax[96], gnu[96];
	const char *only_pax;
	bool prefer_pax; /* USTAR would lose a part of a time */
};

struct check {
	struct hs_go_plan *plan;
	const struct hs_go_header *header;
	struct reasons why;
};

static void
exclude(struct check *c, enum hs_go_format format, const char *field, const char *value)
{
	char *const text = format == HS_GO_USTAR ? c->why.ustar
	                   : format == HS_GO_PAX ? c->why.pax
	                                         : c->why.gnu;
	const char *const name = format == HS_GO_USTAR ? "USTAR"
	                         : format == HS_GO_PAX ? "PAX"
	                                               : "GNU";

	c->plan->formats &= ~(unsigned)format;
	snprintf(text, sizeof(c->why.ustar), "%s cannot encode %s=%s", name, field, value);
}

static void
need_record(struct check *c, enum hs_go_key key, struct hs_span value)
{
	c->plan->fields[key] = (struct hs_go_record){ hs_span_of(hs_go_key_name(key)), value };
}

/* A record of the input stays where it says just what the field does. */
static void
keep_record(struct check *c, enum hs_go_key key, struct hs_span value)
{
	const struct hs_go_header *const h = c->header;

	for (size_t i = 0; i < h->n_records; i++)
		if (hs_span_is(h->records[i].key, hs_go_key_name(key)) &&
		    hs_span_equal(h->records[i].value, value))
			need_record(c, key, value);
}

/* An archive has many entries and few that a format cannot hold: words are made for those. */
static void
exclude_text(struct check *c, enum hs_go_format format, const char *field, struct hs_span s)
{
	char escaped[44], shown[48];

	hs_escape_short(escaped, sizeof(escaped), s);
	snprintf(shown, sizeof(shown), "\"%s\"", escaped);
	exclude(c, format, field, shown);
}

/* All text fields have a key. */
static void
check_text(struct check *c, struct hs_span s, const char *field, enum hs_go_key key)
{
	const bool is_path = key == HS_GO_PATH;
	const bool is_name = is_path || key == HS_GO_LINKPATH;
	const size_t size = is_name ? HS_GO_NAME_SIZE : HS_GO_OWNER_SIZE;
	const bool has_nul = s.len > 0 && memchr(s.at, 0, s.len);

	if (has_nul || (s.len > size && !is_name))
		exclude_text(c, HS_GO_GNU, field, s);
	if (s.len > size || !hs_go_is_ascii(s)) {
		if (!is_path || hs_go_split(s) == 0)
			exclude_text(c, HS_GO_USTAR, field, s);
		need_record(c, key, s);
	}
	keep_record(c, key, s);
}

/* HS_GO_N_KEYS for a number that pax has no key for. */
static void
check_number(struct check *c, int64_t v, size_t size, const char *field, enum hs_go_key key)
{
	char room[HS_GO_NUMBER_ROOM];
	const bool fits = hs_go_fits_octal(size, v);

	if (fits && c->header->n_records == 0)
		return;
	hs_go_int_text(room, v);
	if (!hs_go_fits_base256(size, v))
		exclude(c, HS_GO_GNU, field, room);
	if (!fits)
		exclude(c, HS_GO_USTAR, field, room);
	if (key == HS_GO_N_KEYS) {
		if (!fits)
			exclude(c, HS_GO_PAX, field, room);
		return;
	}
	if (!fits)
		need_record(c, key, hs_go_int_text(c->plan->numbers[key], v));
	keep_record(c, key, hs_go_int_text(c->plan->numbers[key], v));
}

static void
check_time(struct check *c, const struct hs_go_tar_time *t, const char *field, enum hs_go_key key)
{
	const bool is_mtime = key == HS_GO_MTIME;
	const bool fits = hs_go_fits_octal(HS_GO_LONG_SIZE, t->at.sec);
	struct hs_span text;

	if (hs_go_tar_time_is_zero(t))
		return;
	if (is_mtime && fits && t->at.nsec == 0 && c->header->n_records == 0)
		return;
	text = hs_go_tar_time_text(c->plan->numbers[key], &t->at);
	if (!is_mtime || !fits) {
		char shown[HS_GO_NUMBER_ROOM];

		snprintf(shown, sizeof(shown), "%.*s", (int)text.len, (const char *)text.at);
		exclude(c, HS_GO_USTAR, field, shown);
	}
	if (!is_mtime || !fits || t->at.nsec != 0) {
		c->why.prefer_pax = true;
		need_record(c, key, text);
	}
	keep_record(c, key, text);
}

static void
check_fields(struct check *c)
{
	const struct hs_go_header *const h = c->header;

	check_text(c, h->name, "Name", HS_GO_PATH);
	check_text(c, h->link, "Linkname", HS_GO_LINKPATH);
	check_text(c, h->uname, "Uname", HS_GO_UNAME);
	check_text(c, h->gname, "Gname", HS_GO_GNAME);
	check_number(c, h->mode, HS_GO_ID_SIZE, "Mode", HS_GO_N_KEYS);
	check_number(c, h->uid, HS_GO_ID_SIZE, "Uid", HS_GO_UID);
	check_number(c, h->gid, HS_GO_ID_SIZE, "Gid", HS_GO_GID);
	check_number(c, h->size, HS_GO_LONG_SIZE, "Size", HS_GO_SIZE);
	check_number(c, h->dev_major, HS_GO_ID_SIZE, "Devmajor", HS_GO_N_KEYS);
	check_number(c, h->dev_minor, HS_GO_ID_SIZE, "Devminor", HS_GO_N_KEYS);
	check_time(c, &h->mtime, "ModTime", HS_GO_MTIME);
	check_time(c, &h->atime, "AccessTime", HS_GO_ATIME);
	check_time(c, &h->ctime, "ChangeTime", HS_GO_CTIME);
}

static int
refuse(struct hs_err *err, const char *reason)
{
	return hs_fail(err, HS_EUSAGE, "cannot encode header: %s", reason);
}

static bool
is_bare_global(const struct hs_go_header *h)
{
	return h->link.len == 0 && h->uname.len == 0 && h->gname.len == 0 && h->size == 0 &&
	       h->mode == 0 && h->uid == 0 && h->gid == 0 && h->dev_major == 0 &&
	       h->dev_minor == 0 && !h->mtime.set && !h->atime.set && !h->ctime.set;
}

static int
check_type(struct check *c, struct hs_err *err)
{
	const struct hs_go_header *const h = c->header;

	switch (h->typeflag) {
	case '0':
	case '3':
	case '4':
	case '6':
	case 'S':
		if (hs_span_ends(h->name, HS_SPAN("/")))
			return refuse(err, "filename may not have trailing slash");
		break;
	case 'x':
	case 'L':
	case 'K':
		return refuse(err, "cannot manually encode TypeXHeader, TypeGNULongName, or "
		                   "TypeGNULongLink headers");
	case 'g':
		if (!is_bare_global(h))
			return refuse(err, "only PAXRecords should be set for TypeXGlobalHeader");
		c->why.only_pax = "only PAX supports TypeXGlobalHeader";
		c->plan->formats &= HS_GO_PAX;
		break;
	default:
		break;
	}
	if (!hs_go_is_header_only(h->typeflag) && h->size < 0)
		return refuse(err, "negative size on header-only type");
	return 0;
}

static int
check_records(struct check *c, struct hs_err *err)
{
	struct hs_go_plan_walk w = { .plan = c->plan, .header = c->header };
	struct hs_go_record r;
	char shown[48];

	if (c->header->n_records > 0) {
		c->why.only_pax = "only PAX supports PAXRecords";
		c->plan->formats &= HS_GO_PAX;
	}
	while (hs_go_plan_next(&r, &w)) {
		if (hs_go_record_is_valid(&r))
			continue;
		hs_escape_short(shown, sizeof(shown), r.key);
		return hs_fail(err, HS_EUSAGE, "cannot encode header: invalid PAX record: %s",
		               shown);
	}
	return 0;
}

/* The reasons that are there, with "; and " between them. */
static int
refuse_all(struct hs_err *err, const char *const *reasons, size_t n)
{
	char text[288] = "";
	size_t len = 0;

	for (size_t i = 0; i < n && len < sizeof(text); i++)
		if (reasons[i] && reasons[i][0])
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s",
			                        len ? "; and " : "", reasons[i]);
	return refuse(err, text);
}

static int
refuse_formats(const struct check *c, struct hs_err *err)
{
	const struct reasons *const why = &c->why;
	const char *const any[] = { why->ustar, why->pax, why->gnu, why->only_pax };
	const char *const ustar[] = { "Format specifies USTAR", why->ustar, why->only_pax };
	const char *const pax[] = { "Format specifies PAX", why->pax };
	const char *const gnu[] = { "Format specifies GNU", why->gnu, why->only_pax };

	switch (c->header->format) {
	case HS_GO_USTAR:
		return refuse_all(err, ustar, sizeof(ustar) / sizeof(ustar[0]));
	case HS_GO_PAX:
		return refuse_all(err, pax, sizeof(pax) / sizeof(pax[0]));
	case HS_GO_GNU:
		return refuse_all(err, gnu, sizeof(gnu) / sizeof(gnu[0]));
	default:
		return refuse_all(err, any, sizeof(any) / sizeof(any[0]));
	}
}

int
hs_go_plan(struct hs_go_plan *out, const struct hs_go_header *h, struct hs_err *err)
{
	struct check c = { .plan = out, .header = h };
	unsigned wanted = h->format;

	*out = (struct hs_go_plan){ .formats = HS_GO_USTAR | HS_GO_PAX | HS_GO_GNU };
	check_fields(&c);
	if (check_type(&c, err) < 0 || check_records(&c, err) < 0)
		return err->code;
	if (wanted & HS_GO_PAX && !c.why.prefer_pax)
		wanted |= HS_GO_USTAR;
	if (wanted != HS_GO_UNKNOWN)
		out->formats &= wanted;
	return out->formats ? 0 : refuse_formats(&c, err);
}

/* The next record of the header that is passed on as it is. */
static const struct hs_go_record *
next_own(struct hs_go_plan_walk *w)
{
	const struct hs_go_header *const h = w->header;

	for (; w->record < h->n_records; w->record++) {
		const struct hs_go_record *const r = &h->records[w->record];

		if (h->typeflag == 'g' ||
		    (hs_go_key_of(r->key) == HS_GO_N_KEYS && !hs_go_key_is_sparse(r->key)))
			return r;
	}
	return NULL;
}

bool
hs_go_plan_next(struct hs_go_record *out, struct hs_go_plan_walk *w)
{
	const struct hs_go_record *own = next_own(w);
	int d;

	while (w->field < HS_GO_N_KEYS && w->plan->fields[w->field].key.len == 0)
		w->field++;
	if (w->field == HS_GO_N_KEYS && !own)
		return false;
	d = !own                       ? -1
	    : w->field == HS_GO_N_KEYS ? 1
	                               : hs_span_order(w->plan->fields[w->field].key, own->key);
	*out = d <= 0 ? w->plan->fields[w->field] : *own;
	w->field += d <= 0;
	w->record += d >= 0;
	return true;
}
