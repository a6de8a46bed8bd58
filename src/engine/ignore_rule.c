/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each switch ignores, field by field. A field that is not in the table
 * is never ignored: symbolic links keep their targets, owners their numbers,
 * files their extended attributes, whoever runs this.
 */
#include "engine/ignore_rule.h"

#include "engine/ignore_ids.h"
#include "image/view.h"

enum {
	T = HS_IGNORE_TIMESTAMPS,
	H = HS_IGNORE_HISTORY,
	O = HS_IGNORE_ORDER,
	F = HS_IGNORE_TAR_FORMAT,
	N = HS_IGNORE_IMAGE_NAME,
	C = HS_IGNORE_COMPRESSION,
	W = HS_IGNORE_OWNER_NAMES,
	P = HS_IGNORE_PACKING,
	FOLLOWS = HS_IGNORE_FOLLOWS,
	NAMED = HS_IGNORE_NAMED,
};

enum {
	HEAD = HS_PLACE_HEAD,
	TAR_HEAD = HS_PLACE_TAR_HEAD,
	PART = HS_PLACE_PART,
	TAR = HS_PLACE_TAR,
	FILTER = HS_PLACE_FILTER,
	OUTER = HS_PLACE_OUTER,
	CONFIG = HS_PLACE_CONFIG,
	DOCUMENT = HS_PLACE_DOCUMENT,
	NAMES = HS_PLACE_NAMES,
};

typedef bool condition(const struct hs_node *node, const struct hs_change *c);

/* ---- Conditions ---- */

/* The media type without the suffix that names the compression. */
static struct hs_span
uncompressed_type(struct hs_span type)
{
	static const char *const suffixes[] = { "+gzip", "+zstd", ".gzip", ".zstd" };

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (hs_span_ends(type, hs_span_of(suffixes[i])))
			return hs_span_head(type, type.len - strlen(suffixes[i]));
	return type;
}

static bool
is_same_type(const struct hs_node *node, const struct hs_change *c)
{
	(void)node;
	return c->has_a && c->has_b &&
	       hs_span_equal(uncompressed_type(c->a), uncompressed_type(c->b));
}

/* Three letters that all mean a plain file; of the usual one nothing is said. */
static bool
is_plain_file(const struct hs_node *node, const struct hs_change *c)
{
	const struct hs_span nul = HS_SPAN("\0");

	return node->a.kind == HS_KIND_FILE && node->b.kind == HS_KIND_FILE &&
	       (!c->has_a || hs_span_equal(c->a, nul) || hs_span_is(c->a, "7")) &&
	       (!c->has_b || hs_span_equal(c->b, nul) || hs_span_is(c->b, "7"));
}

static struct hs_span
without_dots(struct hs_span name)
{
	for (;;) {
		if (hs_span_starts(name, HS_SPAN("./")))
			name = hs_span_from(name, 2);
		else if (hs_span_starts(name, HS_SPAN("/")))
			name = hs_span_from(name, 1);
		else
			break;
	}
	while (hs_span_ends(name, HS_SPAN("/")))
		name.len--;
	return name;
}

/* "./x" beside "x". Members of other containers than images are paired by that already. */
static bool
is_same_name(const struct hs_node *node, const struct hs_change *c)
{
	if (!hs_is_image_format(node->parent->b.format))
		return node->moved_from.len == 0;
	return c->has_a && c->has_b && hs_span_equal(without_dots(c->a), without_dots(c->b));
}

/* The same file name but for the digests and ids in it. */
static bool
is_made_of_ids(const struct hs_node *node, const struct hs_change *c)
{
	(void)node;
	return c->has_a && c->has_b && hs_ids_same_form(c->a, c->b);
}

/* Keys that only one side has, of "mtime, path": times only. */
static bool
has_times_only(struct hs_span keys, struct hs_span other)
{
	static const char *const times[] = { "mtime", "atime", "ctime" };

	while (keys.len) {
		const uint8_t *comma = memchr(keys.at, ',', keys.len);
		const struct hs_span key =
			hs_span_head(keys, comma ? (size_t)(comma - keys.at) : keys.len);
		bool is_time = false;

		for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
			is_time = is_time || hs_span_is(key, times[i]);
		if (!is_time && !memmem(other.at, other.len, key.at, key.len))
			return false;
		keys = hs_span_from(keys, key.len + 2);
	}
	return true;
}

static bool
is_record_of_time(const struct hs_node *node, const struct hs_change *c)
{
	(void)node;
	return has_times_only(c->has_a ? c->a : HS_SPAN(""), c->has_b ? c->b : HS_SPAN("")) &&
	       has_times_only(c->has_b ? c->b : HS_SPAN(""), c->has_a ? c->a : HS_SPAN(""));
}

/* A pax header that is there for a time's sake: a time without a fraction needs none. */
static bool
is_header_of_time(const struct hs_node *node, const struct hs_change *c)
{
	const bool one_sided = !c->has_a || !c->has_b;
	const bool dialect = strcmp(c->field, "dialect") == 0 &&
	                     ((hs_span_is(c->a, "ustar") && hs_span_is(c->b, "pax")) ||
	                      (hs_span_is(c->a, "pax") && hs_span_is(c->b, "ustar")));

	if (!one_sided && !dialect)
		return false;
	for (const struct hs_change *d = node->changes.first; d; d = d->next)
		if (strcmp(d->field, "pax records") == 0 && (!d->has_a || !d->has_b) &&
		    is_record_of_time(node, d))
			return true;
	return false;
}

/* "mode 0644, owner 0:0, mtime 17": the same up to the time. */
static bool
is_same_but_time(const struct hs_node *node, const struct hs_change *c)
{
	const uint8_t *a = c->has_a ? memmem(c->a.at, c->a.len, ", mtime ", 8) : NULL;
	const uint8_t *b = c->has_b ? memmem(c->b.at, c->b.len, ", mtime ", 8) : NULL;

	(void)node;
	return a && b &&
	       hs_span_equal(hs_span_head(c->a, (size_t)(a - c->a.at)),
	                     hs_span_head(c->b, (size_t)(b - c->b.at)));
}

/* Zeros up to the next whole record: as many as the members leave room for. */
static bool
is_filled_up(const struct hs_node *node, const struct hs_change *c)
{
	enum { RECORD = 20 * 512 };

	(void)c;
	return node->a.size && node->b.size && node->a.size % RECORD == 0 &&
	       node->b.size % RECORD == 0;
}

/* The same layout in an archive and in a folder. */
static bool
is_same_layout(const struct hs_node *node, const struct hs_change *c)
{
	const struct hs_view *v;

	(void)node;
	for (size_t i = 0; (v = hs_view_at(i)); i++)
		if (v->on_disk && (hs_span_is(c->a, v->name) || hs_span_is(c->a, v->on_disk)) &&
		    (hs_span_is(c->b, v->name) || hs_span_is(c->b, v->on_disk)))
			return true;
	return false;
}

/* Whether the node's content is the same, so that its stored bytes tell the packing only. */
static bool
is_packed_otherwise(const struct hs_node *node, const struct hs_change *c)
{
	(void)c;
	return node->status == HS_STATUS_METADATA;
}

/* Whether the two configurations say the same but for empty fields and the like. */
static bool
is_reserialised(const struct hs_node *node, const struct hs_change *c)
{
	(void)c;
	for (const struct hs_note *n = node->notes; n; n = n->next)
		if (strcmp(n->code, "re-serialised") == 0)
			return true;
	return false;
}

/* ---- The table ---- */

struct rule {
	const char *field; /* "*" is any text, "#" a number */
	unsigned places;
	unsigned bits; /* each of which is enough */
	condition *only_if;
};

/* clang-format off */
static const struct rule rules[] = {
	/* Times of members, in whatever words their formats have for them. */
	{ "mtime",               HEAD,     T, NULL },
	{ "atime",               HEAD,     T, NULL },
	{ "ctime",               HEAD,     T, NULL },
	{ "birthtime",           HEAD,     T, NULL },
	{ "dos time",            HEAD,     T, NULL },
	{ "local dos time",      HEAD,     T, NULL },
	{ "extended timestamp*", HEAD,     T, NULL },
	{ "NTFS times*",         HEAD,     T, NULL },
	{ "header mtime",        TAR_HEAD, T | F, NULL },
	{ "pax mtime",           TAR_HEAD, T, NULL },
	{ "pax atime",           TAR_HEAD, T, NULL },
	{ "pax ctime",           TAR_HEAD, T, NULL },
	{ "pax LIBARCHIVE.creationtime", TAR_HEAD, T, NULL },
	{ "pax global ?time",    TAR_HEAD | TAR, T, NULL },
	{ "pax ignored ?time",   TAR_HEAD, T, NULL },
	{ "pax records",         TAR_HEAD, T, is_record_of_time },
	{ "dialect",             TAR_HEAD, T, is_header_of_time },
	{ "pax header *",        TAR_HEAD, T, is_header_of_time },
	{ "* header fields",     TAR_HEAD, T, is_same_but_time },
	{ "mtimes",              TAR,      T, NULL },

	{ "uname",               HEAD,     W, NULL },
	{ "gname",               HEAD,     W, NULL },
	{ "pax uname",           HEAD,     W, NULL },
	{ "pax gname",           HEAD,     W, NULL },
	{ "header uname",        TAR_HEAD, W | F, NULL },
	{ "header gname",        TAR_HEAD, W | F, NULL },

	/* How a tar says what it says. */
	{ "dialect",             TAR_HEAD | TAR, F, NULL },
	{ "dialects",            TAR,      F, NULL },
	{ "written by",          TAR,      F, NULL },
	{ "mode type bits",      TAR,      F, NULL },
	{ "end marker",          TAR,      F, NULL },
	{ "padding at the end",  TAR,      F, NULL },
	{ "padding at the end",  TAR,      FOLLOWS, is_filled_up },
	{ "pax records",         TAR_HEAD | TAR, F, NULL },
	{ "pax records with zeros in front", TAR_HEAD, F, NULL },
	{ "pax header *",        TAR_HEAD, F, NULL },
	{ "long name header *",  TAR_HEAD, F, NULL },
	{ "long link header *",  TAR_HEAD, F, NULL },
	{ "global header *",     TAR_HEAD, F, NULL },
	{ "typeflag",            TAR_HEAD, F, is_plain_file },
	{ "mode field",          TAR_HEAD, F, NULL },
	{ "prefix length",       TAR_HEAD, F, NULL },
	{ "header name",         TAR_HEAD, F, NULL },
	{ "header link",         TAR_HEAD, F, NULL },
	{ "header ?id",          TAR_HEAD, F, NULL },
	{ "header size",         TAR_HEAD, F | FOLLOWS, NULL },
	{ "header dev*",         TAR_HEAD, F, NULL },
	{ "header bytes",        TAR_HEAD, F, NULL },
	{ "magic",               TAR_HEAD, F, NULL },
	{ "checksum",            TAR_HEAD, F, NULL },
	{ "number form",         TAR_HEAD, F, NULL },
	{ "device fields",       TAR_HEAD, F, NULL },
	{ "unused bytes",        TAR_HEAD, F, NULL },
	{ "bytes behind *",      TAR_HEAD, F, NULL },
	{ "stored name",         HEAD,     F, is_same_name },
	{ "sparse format",       TAR_HEAD, F, NULL },
	{ "sparse extent",       TAR_HEAD, F, NULL },
	{ "sparse map",          TAR_HEAD, F, NULL },
	{ "sparse map blocks",   TAR_HEAD, F, NULL },
	{ "stored size",         TAR_HEAD, F | FOLLOWS, NULL },

	/* What a header says of the content that it stands before. */
	{ "size",                HEAD,     FOLLOWS, NULL },
	{ "size",                PART,     C | P, is_packed_otherwise },
	{ "compressed size",     HEAD,     FOLLOWS, NULL },
	{ "crc32",               HEAD,     FOLLOWS, NULL },
	{ "local crc32",         HEAD,     FOLLOWS, NULL },
	{ "data descriptor",     HEAD,     FOLLOWS, NULL },
	{ "entries",             TAR,      FOLLOWS, NULL },

	/* The parts of an image. */
	{ "annotation org.opencontainers.image.created",  PART, T, NULL },
	{ "annotation org.opencontainers.image.ref.name", PART, N, NULL },
	{ "annotation io.containerd.image.name",          PART, N, NULL },
	{ "diff_id",             PART,     FOLLOWS, NULL },
	{ "descriptor digest",   PART,     FOLLOWS, NULL },
	{ "descriptor size",     PART,     FOLLOWS, NULL },
	{ "stored digest",       PART,     FOLLOWS, NULL },
	{ "descriptor digest",   PART,     C | P, is_packed_otherwise },
	{ "descriptor size",     PART,     C | P, is_packed_otherwise },
	{ "stored digest",       PART,     C | P, is_packed_otherwise },
	{ "media type",          PART,     C, is_same_type },
	{ "compression",         PART,     C | P, NULL },
	{ "compressor",          PART,     C | P, NULL },
	{ "level",               PART,     C | P, NULL },
	{ "gzip *",              PART,     C | P, NULL },
	{ "zstd *",              PART,     C | P, NULL },
	{ "stored name",         PART,     P | NAMED, is_made_of_ids },
	{ "link target",         PART,     P | NAMED, is_made_of_ids },
	{ "stored name",         PART,     P, NULL },
	{ "mtime",               PART,     P, NULL },
	{ "mode",                PART,     P, NULL },
	{ "?id",                 PART,     P, NULL },
	{ "?name",               PART,     P, NULL },
	{ "type",                PART,     P, NULL },
	{ "dialect",             PART,     P, NULL },
	{ "pax records",         PART,     P, NULL },

	{ "format",              TAR,      P, is_same_layout },
	{ "*",                   FILTER,   C, NULL },
	{ "*",                   OUTER,    C | P, NULL },

	/* Its documents. */
	{ "*",                   CONFIG,   P, is_reserialised },
	{ "created",             CONFIG | DOCUMENT, T, NULL },
	{ ".created",            CONFIG,   T, NULL },
	{ "history* created",    CONFIG,   T, NULL },
	{ ".history[#].created", CONFIG,   T, NULL },
	{ ".created",            DOCUMENT, T, NULL }, /* of a layer, for Docker before 1.10 */
	{ "history*",            CONFIG,   H, NULL },
	{ ".history*",           CONFIG,   H, NULL },
	{ "*.annotations[\"org.opencontainers.image.created\"]",  DOCUMENT, T, NULL },
	{ "*.annotations[\"org.opencontainers.image.ref.name\"]", DOCUMENT, N, NULL },
	{ "*.annotations[\"io.containerd.image.name\"]",          DOCUMENT, N, NULL },
	{ ".[#].RepoTags*",      DOCUMENT, N, NULL },
	{ "*.mediaType",         DOCUMENT, C, is_same_type },
	{ "*",                   NAMES,    N, NULL },
};
/* clang-format on */

static const char *
end_of_number(const char *text)
{
	while (*text >= '0' && *text <= '9')
		text++;
	return text;
}

/* "*" is any text, "?" a character, "#" one digit or more. */
static bool
matches(const char *pattern, const char *text)
{
	const char *star = NULL, *from = NULL;

	while (*text) {
		const char *end = end_of_number(text);

		if (*pattern == '*') {
			star = pattern++;
			from = text;
		} else if (*pattern == '#' && end > text) {
			pattern++;
			text = end;
		} else if (*pattern == *text || *pattern == '?') {
			pattern++;
			text++;
		} else if (star) {
			pattern = star + 1;
			text = ++from;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

unsigned
hs_ignore_rule(const struct hs_node *node, const struct hs_change *c, unsigned places)
{
	unsigned bits = 0;

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *r = &rules[i];

		if ((r->places & places) && matches(r->field, c->field) &&
		    (!r->only_if || r->only_if(node, c)))
			bits |= r->bits;
	}
	/* What readers disagree about is no matter of form, even where each header's part in it is.
	 */
	if (c->of_members && strcmp(c->field, "reader differential") != 0)
		bits |= FOLLOWS;
	/* The same elements in another order are another list, but for what only tells a format. */
	return c->order_only ? bits & F : bits;
}
