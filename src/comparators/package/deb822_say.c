/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/deb822_say.h"

#include "core/escape.h"
#include "core/limits.h"

/* How a field's value is made of parts. */
enum kind {
	LINES,     /* one line, or several that are a list */
	COMMAS,    /* a list, parted by commas */
	NAME_LAST, /* a file a line, its name the last word */
	NAME_FIRST,
};

static const struct {
	const char *field;
	enum kind kind;
} kinds[] = {
	{ "Depends", COMMAS },
	{ "Pre-Depends", COMMAS },
	{ "Recommends", COMMAS },
	{ "Suggests", COMMAS },
	{ "Enhances", COMMAS },
	{ "Breaks", COMMAS },
	{ "Conflicts", COMMAS },
	{ "Provides", COMMAS },
	{ "Replaces", COMMAS },
	{ "Built-Using", COMMAS },
	{ "Static-Built-Using", COMMAS },
	{ "Build-Depends", COMMAS },
	{ "Build-Depends-Indep", COMMAS },
	{ "Build-Depends-Arch", COMMAS },
	{ "Build-Conflicts", COMMAS },
	{ "Build-Conflicts-Indep", COMMAS },
	{ "Build-Conflicts-Arch", COMMAS },
	{ "Installed-Build-Depends", COMMAS },
	{ "Tag", COMMAS },
	{ "Files", NAME_LAST },
	{ "Checksums-Md5", NAME_LAST },
	{ "Checksums-Sha1", NAME_LAST },
	{ "Checksums-Sha256", NAME_LAST },
	{ "Checksums-Sha512", NAME_LAST },
	{ "MD5Sum", NAME_LAST },
	{ "SHA1", NAME_LAST },
	{ "SHA256", NAME_LAST },
	{ "SHA512", NAME_LAST },
	{ "Conffiles", NAME_FIRST },
};

static enum kind
kind_of(struct hs_span name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (hs_deb822_is(name, kinds[i].field))
			return kinds[i].kind;
	return LINES;
}

const char *
hs_field_part(struct hs_arena *a, struct hs_span name)
{
	return (const char *)hs_arena_copy(a, hs_escape(a, name)).at;
}

void
hs_deb822_say_begin(struct hs_deb822_said *s, struct hs_facts *out)
{
	*s = (struct hs_deb822_said){ .out = out };
	hs_sha256_init(&s->order);
	hs_sha256_init(&s->form);
}

/* With its length, so that no two sequences look the same. */
static void
feed(struct hs_sha256_stream *stream, struct hs_span bytes)
{
	const uint64_t len = bytes.len;

	hs_sha256_update(stream, (struct hs_span){ (const uint8_t *)&len, sizeof(len) });
	hs_sha256_update(stream, bytes);
}

void
hs_deb822_say_key(struct hs_deb822_said *s, struct hs_span key)
{
	feed(&s->order, key);
}

void
hs_deb822_say_other(struct hs_deb822_said *s, struct hs_span bytes, struct hs_span canonical)
{
	if (hs_span_equal(bytes, canonical))
		return;
	s->odd = true;
	feed(&s->form, bytes);
}

/* The blanks around `part` in `whole` against those that dpkg writes. */
static void
note_blanks(struct hs_deb822_said *s, struct hs_span whole, struct hs_span part,
            struct hs_span before)
{
	const size_t front = part.len ? (size_t)(part.at - whole.at) : whole.len;

	hs_deb822_say_other(s, hs_span_head(whole, front), part.len ? before : HS_SPAN(""));
	hs_deb822_say_other(s, hs_span_from(whole, front + part.len), HS_SPAN(""));
}

/* The elements between commas. What parts them counts only where it changes, so that an element
 * more is not another form. */
static void
say_commas(struct hs_deb822_said *s, const char *field, struct hs_span value)
{
	struct hs_span rest = value, before = HS_SPAN(" ");

	while (rest.len) {
		const uint8_t *comma = memchr(rest.at, ',', rest.len);
		const struct hs_span whole =
			hs_span_head(rest, comma ? (uint64_t)(comma - rest.at) : rest.len);
		struct hs_span part = whole, front;

		while (part.len && (part.at[0] == '\n' || hs_deb822_trim(part).at != part.at))
			part = hs_span_from(part, 1);
		front = hs_span_head(whole, whole.len - part.len);
		part = hs_deb822_trim(part);
		hs_deb822_say_other(s, front, before);
		before = front;
		hs_deb822_say_other(s, hs_span_from(whole, front.len + part.len), HS_SPAN(""));
		hs_say_value(s->out, field, part);
		rest = hs_span_from(rest, whole.len + 1);
		if (comma && rest.len == 0)
			hs_deb822_say_other(s, HS_SPAN(","), HS_SPAN(""));
	}
}

static void
say_named(struct hs_deb822_said *s, const char *field, struct hs_span line, bool last)
{
	struct hs_span name, rest;
	size_t n = 0;

	while (n < line.len && line.at[last ? line.len - 1 - n : n] != ' ')
		n++;
	name = last ? hs_span_from(line, line.len - n) : hs_span_head(line, n);
	rest = last ? hs_span_head(line, line.len - n) : hs_span_from(line, n);
	hs_say_value(
		s->out,
		hs_arena_printf(s->out->arena, "%s %s", field, hs_field_part(s->out->arena, name)),
		hs_deb822_trim(rest));
	if (rest.len && hs_deb822_trim(rest).len + 1 != rest.len)
		hs_deb822_say_other(s, rest, HS_SPAN(""));
}

static void
say_lines(struct hs_deb822_said *s, const char *field, struct hs_span value, enum kind kind)
{
	struct hs_span rest = value;
	bool first = true;

	while (rest.len || first) {
		const struct hs_span line = rest.len ? hs_deb822_line(&rest) : rest;
		const struct hs_span text = hs_deb822_trim(line);
		const bool indented = !first && line.len && line.at[0] == ' ';

		if (first) {
			note_blanks(s, line, text, HS_SPAN(" "));
			if (text.len || (rest.len == 0))
				hs_say_value(s->out, field, text);
		} else if (kind == LINES) {
			hs_say_value(s->out, field, indented ? hs_span_from(line, 1) : line);
			hs_deb822_say_other(s, hs_span_head(line, 1), HS_SPAN(" "));
		} else {
			note_blanks(s, line, text, HS_SPAN(" "));
			say_named(s, field, text, kind == NAME_LAST);
		}
		first = false;
	}
}

static void
note_end(struct hs_deb822_said *s, const struct hs_deb822_item *field)
{
	if (!hs_span_ends(field->all, HS_SPAN("\n")))
		hs_deb822_say_other(s, HS_SPAN("no line end"), HS_SPAN(""));
}

void
hs_deb822_say_field(struct hs_deb822_said *s, const char *prefix,
                    const struct hs_deb822_item *field)
{
	const enum kind kind = kind_of(field->name);
	const char *name = hs_arena_printf(s->out->arena, "%s%.*s", prefix, (int)field->name.len,
	                                   (const char *)field->name.at);

	feed(&s->order, field->name);
	if (kind == COMMAS && hs_deb822_trim(field->value).len)
		say_commas(s, name, field->value);
	else
		say_lines(s, name, field->value, kind);
	note_end(s, field);
}

void
hs_deb822_note_field(struct hs_deb822_said *s, const struct hs_deb822_item *field)
{
	const struct hs_span text = hs_deb822_trim(field->value);

	feed(&s->order, field->name);
	note_blanks(s, field->value, text, HS_SPAN(" "));
	note_end(s, field);
}

void
hs_deb822_say_comment(struct hs_deb822_said *s, struct hs_span line)
{
	hs_say_value(s->out, "comment", line);
	feed(&s->order, HS_SPAN("#"));
}

void
hs_deb822_say_end(struct hs_deb822_said *s)
{
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	hs_sha256_final(&s->order, &digest);
	hs_sayf(s->out, "(key order)", "sha256:%s", hs_sha256_hex(hex, &digest));
	hs_sha256_final(&s->form, &digest);
	if (s->odd)
		hs_sayf(s->out, "(formatting)", "sha256:%s", hs_sha256_hex(hex, &digest));
	else
		hs_say_word(s->out, "(formatting)", "plain");
}

static void
say_item(struct hs_deb822_said *s, const char *prefix, const struct hs_deb822_item *item,
         enum hs_deb822_step step)
{
	if (step == HS_DEB822_FIELD)
		hs_deb822_say_field(s, prefix, item);
	else
		hs_deb822_say_comment(s, item->all);
}

bool
hs_deb822_say_text(struct hs_deb822_said *s, struct hs_span text)
{
	struct hs_deb822_item item;
	enum hs_deb822_step step;
	struct hs_span rest = text;
	const char *prefix = "";
	size_t n = 1;

	while ((step = hs_deb822_next(&item, &rest)) != HS_DEB822_END) {
		if (step == HS_DEB822_OTHER || s->out->n > HS_MAX_PACKAGE_FACTS)
			return false;
		if (step == HS_DEB822_FIELD || step == HS_DEB822_COMMENT) {
			say_item(s, prefix, &item, step);
			continue;
		}
		hs_deb822_say_other(s, item.all,
		                    rest.len && item.all.at != text.at ? HS_SPAN("\n")
		                                                       : HS_SPAN(""));
		if (item.all.at != text.at)
			prefix = hs_arena_printf(s->out->arena, "[%zu] ", ++n);
	}
	return true;
}
