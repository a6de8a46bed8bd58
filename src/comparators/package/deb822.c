/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/deb822.h"

enum { PEEK = 4096 };

struct hs_span
hs_deb822_line(struct hs_span *rest)
{
	const uint8_t *end = memchr(rest->at, '\n', rest->len);
	const struct hs_span line =
		hs_span_head(*rest, end ? (uint64_t)(end - rest->at) : rest->len);

	*rest = hs_span_from(*rest, line.len + 1);
	return line;
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

struct hs_span
hs_deb822_trim(struct hs_span s)
{
	while (s.len && is_blank(s.at[0]))
		s = hs_span_from(s, 1);
	while (s.len && is_blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

static uint8_t
lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

bool
hs_deb822_is(struct hs_span name, const char *field)
{
	const struct hs_span want = hs_span_of(field);

	if (name.len != want.len)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (lower(name.at[i]) != lower(want.at[i]))
			return false;
	return true;
}

static bool
is_blank_line(struct hs_span line)
{
	return hs_deb822_trim(line).len == 0;
}

/* "Name:" at the front of the line; its length, or 0. */
static size_t
name_length(struct hs_span line)
{
	size_t n = 0;

	while (n < line.len && line.at[n] > ' ' && line.at[n] < 0x7f && line.at[n] != ':')
		n++;
	return n < line.len && line.at[n] == ':' && line.at[0] != '-' ? n : 0;
}

static struct hs_span
without_newline(struct hs_span s)
{
	if (s.len && s.at[s.len - 1] == '\n')
		s.len--;
	return s;
}

/* What stands before `rest` in `from`. */
static struct hs_span
until(struct hs_span from, struct hs_span rest)
{
	return hs_span_head(from, from.len - rest.len);
}

static enum hs_deb822_step
take_blank(struct hs_deb822_item *out, struct hs_span *rest)
{
	const struct hs_span from = *rest;

	while (rest->len) {
		struct hs_span next = *rest;

		if (!is_blank_line(hs_deb822_line(&next)))
			break;
		*rest = next;
	}
	out->all = until(from, *rest);
	return HS_DEB822_BLANK;
}

static enum hs_deb822_step
take_field(struct hs_deb822_item *out, struct hs_span *rest, size_t name)
{
	const struct hs_span from = *rest;

	hs_deb822_line(rest);
	while (rest->len && (rest->at[0] == ' ' || rest->at[0] == '\t')) {
		struct hs_span next = *rest;

		if (is_blank_line(hs_deb822_line(&next)))
			break;
		*rest = next;
	}
	out->all = until(from, *rest);
	out->name = hs_span_head(from, name);
	out->value = hs_span_from(without_newline(out->all), name + 1);
	return HS_DEB822_FIELD;
}

enum hs_deb822_step
hs_deb822_next(struct hs_deb822_item *out, struct hs_span *rest)
{
	const struct hs_span from = *rest;
	struct hs_span next = *rest, line;
	size_t name;

	*out = (struct hs_deb822_item){ 0 };
	if (rest->len == 0)
		return HS_DEB822_END;
	line = hs_deb822_line(&next);
	if (is_blank_line(line))
		return take_blank(out, rest);
	name = line.at[0] == '#' ? 0 : name_length(line);
	if (name)
		return take_field(out, rest, name);
	*rest = next;
	out->all = until(from, next);
	return line.at[0] == '#' ? HS_DEB822_COMMENT : HS_DEB822_OTHER;
}

struct hs_span
hs_deb822_peek(struct hs_span text, const char *field)
{
	struct hs_span rest = hs_span_head(text, PEEK);
	struct hs_deb822_item item;
	enum hs_deb822_step step;

	while ((step = hs_deb822_next(&item, &rest)) == HS_DEB822_FIELD ||
	       step == HS_DEB822_COMMENT)
		if (step == HS_DEB822_FIELD && hs_deb822_is(item.name, field) && item.value.len)
			return hs_deb822_trim(hs_deb822_line(&item.value));
	return (struct hs_span){ NULL, 0 };
}
