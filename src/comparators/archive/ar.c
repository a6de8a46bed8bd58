/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ar, the archive of static libraries and Debian packages (ar(5) of FreeBSD;
 * System V ABI, "Archive File"; GNU binutils for thin archives):
 *
 *	magic     "!<arch>\n", or "!<thin>\n" where the data stay in files
 *	header    name 16, mtime 12, uid 6, gid 6, mode 8 (octal), size 10, "`\n"
 *	data      filled to an even offset with "\n"
 *	...       more of both
 *
 *	"/", "/SYM64/", "__.SYMDEF"  an index of symbols
 *	"//"                         names that do not fit: "name/\n", ...
 *	"name/"                      a short name (GNU)
 *	"/123"                       a name at that offset of "//" (GNU)
 *	"#1/20"                      a name in the first 20 bytes of the data (BSD)
 *
 * What varies between builds: mtime, uid and gid, which `ar D` writes as 0;
 * the order of the members; offsets and the time in the index.
 */
#include "comparators/archive/ar.h"

#include "core/escape.h"
#include "core/run.h"

#include <inttypes.h>

enum { MAGIC = 8, HEADER = 60, SHORT_NAME = 160 };

static const struct hs_span magic_plain = { (const uint8_t *)"!<arch>\n", MAGIC };
static const struct hs_span magic_thin = { (const uint8_t *)"!<thin>\n", MAGIC };

struct header {
	struct hs_span name, mtime, uid, gid, mode, size; /* without the spaces that fill them */
	bool ended;                                       /* with "`\n" */
};

struct scan {
	struct hs_tree *tree;
	struct hs_span file, long_names;
	uint64_t at;
	bool thin;
};

static struct hs_span
take_field(struct hs_cursor *c, size_t len)
{
	struct hs_span s = hs_take(c, len);

	while (s.len && s.at[s.len - 1] == ' ')
		s.len--;
	return s;
}

/* `c` has a header to take. */
static struct header
take_header(struct hs_cursor *c)
{
	struct header h;

	h.name = take_field(c, 16);
	h.mtime = take_field(c, 12);
	h.uid = take_field(c, 6);
	h.gid = take_field(c, 6);
	h.mode = take_field(c, 8);
	h.size = take_field(c, 10);
	h.ended = hs_span_equal(hs_take(c, 2), HS_SPAN("`\n"));
	return h;
}

/* A number to the base; an empty field is 0. False where something else stands there. */
static bool
number(uint64_t *out, struct hs_span s, unsigned base)
{
	*out = 0;
	for (size_t i = 0; i < s.len; i++) {
		const unsigned digit = (unsigned)s.at[i] - '0';

		if (digit >= base)
			return false;
		*out = *out * base + digit;
	}
	return true;
}

static bool
is_index(struct hs_span name)
{
	return hs_span_is(name, "/") || hs_span_is(name, "/SYM64/") ||
	       hs_span_starts(name, HS_SPAN("__.SYMDEF"));
}

/* Members that have their data even in a thin archive. */
static bool
is_special(struct hs_span name)
{
	return is_index(name) || hs_span_is(name, "//");
}

static struct hs_span
without_slash(struct hs_span name)
{
	if (name.len > 1 && name.at[name.len - 1] == '/')
		name.len--;
	return name;
}

/* The name at an offset of "//": up to its line feed (GNU) or NUL (Microsoft). */
static bool
long_name(struct hs_span *out, const struct scan *s, struct hs_span digits)
{
	struct hs_span rest;
	uint64_t offset;
	size_t n = 0;

	if (digits.len == 0 || !number(&offset, digits, 10) || offset >= s->long_names.len)
		return false;
	rest = hs_span_from(s->long_names, offset);
	while (n < rest.len && rest.at[n] != '\n' && rest.at[n] != 0)
		n++;
	*out = without_slash(hs_span_head(rest, n));
	return true;
}

/* "/123", and in thin archives "/123:456" for a member of an archive inside. */
static struct hs_span
gnu_digits(const struct scan *s, struct hs_span name)
{
	const struct hs_span digits = hs_span_from(name, 1);
	const uint8_t *colon = s->thin && digits.len ? memchr(digits.at, ':', digits.len) : NULL;

	return colon ? hs_span_head(digits, (uint64_t)(colon - digits.at)) : digits;
}

static struct hs_span
until_nul(struct hs_span s)
{
	const uint8_t *nul = s.len ? memchr(s.at, 0, s.len) : NULL;

	return nul ? hs_span_head(s, (uint64_t)(nul - s.at)) : s;
}

/* What the name field stands for. *head_len grows by what the name takes of the data. */
static struct hs_span
name_of(const struct scan *s, const struct header *h, struct hs_span *data, size_t *head_len,
        const char **note)
{
	struct hs_span name = h->name;
	uint64_t len;

	if (is_special(h->name))
		return h->name;
	if (hs_span_starts(h->name, HS_SPAN("#1/"))) {
		if (number(&len, hs_span_from(h->name, 3), 10) && len <= data->len) {
			name = until_nul(hs_span_head(*data, len));
			*data = hs_span_from(*data, len);
			*head_len += len;
			return name;
		}
		*note = "its name claims more bytes than its data have";
	} else if (hs_span_starts(h->name, HS_SPAN("/"))) {
		if (long_name(&name, s, gnu_digits(s, h->name)))
			return name;
		*note = "its name points outside the table of long names";
	}
	return without_slash(name);
}

static void
fill_entry(struct scan *s, struct hs_entry *e, const struct header *h, const char *note)
{
	uint64_t ignored;

	e->kind = HS_KIND_FILE;
	e->note = note;
	e->damaged = note != NULL;
	if (is_index(e->name)) {
		e->key = HS_SPAN("(symbol index)");
		e->kind = HS_KIND_OTHER;
	} else if (hs_span_is(e->name, "//")) {
		e->key = HS_SPAN("(long names)");
		e->kind = HS_KIND_OTHER;
		s->long_names = e->bytes;
	}
	if (!number(&ignored, h->mtime, 10) || !number(&ignored, h->uid, 10) ||
	    !number(&ignored, h->gid, 10) || !number(&ignored, h->mode, 8)) {
		e->note = "a number field of its header is damaged";
		e->damaged = true;
	}
}

static int
add_padding(struct scan *s, struct hs_span name, struct hs_err *err)
{
	char safe[SHORT_NAME];
	struct hs_span byte;

	if (s->at % 2 == 0 || !hs_span_part(&byte, s->file, s->at, 1))
		return 0;
	s->at++;
	if (byte.at[0] == '\n')
		return 0;
	hs_escape_short(safe, sizeof(safe), name);
	return hs_tree_add_gap(s->tree, hs_arena_printf(&s->tree->arena, "padding of %s", safe),
	                       byte, err);
}

/* The header at s->at and its data. */
static int
add_member(struct scan *s, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(s->file, s->at) };
	const uint64_t offset = s->at;
	const char *note = NULL;
	size_t head_len = HEADER;
	struct hs_span data, name;
	struct hs_entry *e;
	struct header h;
	uint64_t size, stored;
	int rc;

	if (c.rest.len < HEADER)
		return hs_fail(err, HS_EFORMAT,
		               "the header at offset %" PRIu64 " is cut after %zu bytes", offset,
		               c.rest.len);
	h = take_header(&c);
	if (!h.ended || h.size.len == 0 || !number(&size, h.size, 10))
		return hs_fail(err, HS_EFORMAT, "no ar header at offset %" PRIu64, offset);
	stored = s->thin && !is_special(h.name) ? 0 : size;
	data = hs_span_head(c.rest, stored);
	s->at += HEADER + data.len;
	rc = data.len < stored ? HS_EFORMAT : 0;
	name = name_of(s, &h, &data, &head_len, &note);
	if (rc < 0) {
		hs_fail(err, HS_EFORMAT,
		        "the archive ends after %zu of the %" PRIu64
		        " bytes of the member at offset %" PRIu64,
		        (size_t)(s->at - offset - HEADER), size, offset);
		note = hs_arena_printf(&s->tree->arena, "%s", err->text);
	}
	if (hs_tree_add(&e, s->tree, name, err) < 0) {
		s->at = offset;
		return err->code;
	}
	hs_span_part(&e->head, s->file, offset, head_len);
	e->bytes = data;
	e->size = data.len;
	fill_entry(s, e, &h, note);
	return rc < 0 ? rc : add_padding(s, e->name, err);
}

/* The digits of a field where its value does not tell them: zeros in front, or none at all. */
static void
say_form(struct hs_facts *out, const char *field, struct hs_span digits)
{
	if (digits.len == 0 || (digits.len > 1 && digits.at[0] == '0'))
		hs_say(out, field, digits);
}

static void
ar_describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_cursor c = { .rest = e->head };
	const struct header h = take_header(&c);
	const bool of_format = out->of_format;
	struct hs_meta m = { .has = HS_HAS_SIZE, .kind = e->kind };
	uint64_t uid, gid, mtime;

	(void)t;
	number(&m.size, h.size, 10);
	m.size -= m.size >= c.rest.len ? c.rest.len : 0;
	if (h.mode.len && number(&m.mode, h.mode, 8))
		m.has |= HS_HAS_MODE;
	if (h.uid.len && number(&uid, h.uid, 10) && number(&gid, h.gid, 10)) {
		m.has |= HS_HAS_OWNER;
		m.uid = (int64_t)uid;
		m.gid = (int64_t)gid;
	}
	if (h.mtime.len && number(&mtime, h.mtime, 10)) {
		m.has |= HS_HAS_MTIME;
		m.mtime.sec = (int64_t)mtime;
	}
	hs_say_meta(out, &m);
	out->of_format = true;
	hs_say_value(out, "stored name", h.name);
	say_form(out, "mtime field", h.mtime);
	say_form(out, "uid field", h.uid);
	say_form(out, "gid field", h.gid);
	say_form(out, "mode field", h.mode);
	say_form(out, "size field", h.size);
	if (m.mode & ~UINT64_C(07777))
		hs_sayf(out, "mode field", "%" PRIo64, m.mode);
	if (!hs_span_is_zero(hs_span_from(c.rest, e->name.len)))
		hs_say_value(out, "bytes behind name", hs_span_from(c.rest, e->name.len));
	out->of_format = of_format;
}

static const struct hs_tree_ops ar_ops = { .describe = ar_describe_member };

int
hs_ar_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct scan s = {
		.tree = out,
		.file = file,
		.at = MAGIC,
		.thin = hs_span_starts(file, magic_thin),
	};
	struct hs_err ignored;
	int rc = 0;

	out->ops = &ar_ops;
	while (rc == 0 && s.at < file.len) {
		rc = add_member(&s, err);
		if (rc == 0 && out->n_entries % 1024 == 0)
			rc = hs_run_check(out->run, err);
	}
	if (rc < 0 && s.at < file.len)
		hs_tree_add_gap(out, "unreadable", hs_span_from(file, s.at), &ignored);
	return rc;
}

struct hs_span
hs_ar_first_name(struct hs_span file)
{
	struct hs_cursor c = { .rest = hs_span_from(file, MAGIC) };

	if (!hs_span_starts(file, magic_plain) || c.rest.len < HEADER)
		return (struct hs_span){ NULL, 0 };
	return without_slash(take_header(&c).name);
}

static unsigned
ar_bid(struct hs_span file)
{
	return hs_span_starts(file, magic_plain) || hs_span_starts(file, magic_thin) ? 64 : 0;
}

static int
ar_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	(void)err;
	hs_say_word(out, "thin", hs_span_starts(file, magic_thin) ? "yes" : "no");
	return 0;
}

const struct hs_comparator hs_comparator_ar = {
	.name = "ar",
	.about = "ar archives: static libraries; GNU and BSD long names, thin archives",
	.known_by = "\"!<arch>\\n\" or \"!<thin>\\n\" at 0",
	.shape = HS_SHAPE_TREE,
	.bid = ar_bid,
	.describe = ar_describe,
	.expand = hs_ar_expand,
};
