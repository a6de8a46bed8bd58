/* SPDX-License-Identifier: Apache-2.0 */
#include "core/jsontext.h"

#include "core/hash.h"
#include "core/limits.h"

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static struct hs_span
take_front(struct hs_span *s, size_t n)
{
	const struct hs_span out = hs_span_head(*s, n);

	*s = hs_span_from(*s, n);
	return out;
}

static size_t
digits(struct hs_span s, size_t i)
{
	size_t n = 0;

	while (i + n < s.len && is_digit(s.at[i + n]))
		n++;
	return n;
}

/* Length of the number at the front; 0 for none. */
static size_t
number_length(struct hs_span s)
{
	size_t i = s.len && s.at[0] == '-' ? 1 : 0, n = digits(s, i);

	if (n == 0 || (n > 1 && s.at[i] == '0'))
		return 0;
	i += n;
	if (i < s.len && s.at[i] == '.') {
		n = digits(s, i + 1);
		if (n == 0)
			return 0;
		i += 1 + n;
	}
	if (i < s.len && (s.at[i] == 'e' || s.at[i] == 'E')) {
		const size_t sign = i + 1 < s.len && (s.at[i + 1] == '+' || s.at[i + 1] == '-');

		n = digits(s, i + 1 + sign);
		if (n == 0)
			return 0;
		i += 1 + sign + n;
	}
	return i;
}

/* Length of the string at the front, quotes included; 0 where it does not end. */
static size_t
string_length(struct hs_span s)
{
	for (size_t i = 1; i < s.len; i++) {
		if (s.at[i] == '"')
			return i + 1;
		if (s.at[i] == '\\')
			i++;
	}
	return 0;
}

bool
hs_json_take(struct hs_json_token *out, struct hs_span *rest)
{
	size_t n = 0;

	while (n < rest->len && is_blank(rest->at[n]))
		n++;
	*out = (struct hs_json_token){ .blank = take_front(rest, n) };
	if (rest->len == 0)
		return false;
	if (strchr("{}[]:,", rest->at[0]) && rest->at[0]) {
		out->kind = (char)rest->at[0];
		n = 1;
	} else if (rest->at[0] == '"') {
		out->kind = '"';
		n = string_length(*rest);
	} else if (rest->at[0] == '-' || is_digit(rest->at[0])) {
		n = number_length(*rest);
	} else {
		out->kind = 'w';
		for (n = 0; n < rest->len && rest->at[n] >= 'a' && rest->at[n] <= 'z';)
			n++;
	}
	out->text = take_front(rest, n);
	return n > 0;
}

bool
hs_json_is_number(struct hs_span s)
{
	return s.len > 0 && number_length(s) == s.len;
}

int
hs_json_survey(size_t *n_numbers, struct hs_span document, struct hs_err *err)
{
	struct hs_json_token t;
	uint64_t depth = 0, n = 0;

	*n_numbers = 0;
	while (hs_json_take(&t, &document)) {
		if (++n > HS_MAX_JSON_TOKENS)
			return hs_fail(err, HS_ELIMIT, "more than %d tokens", HS_MAX_JSON_TOKENS);
		if (t.kind == 0)
			++*n_numbers;
		if ((t.kind == '{' || t.kind == '[') && ++depth > HS_MAX_JSON_DEPTH)
			return hs_fail(err, HS_ELIMIT, "nested deeper than %d levels",
			               HS_MAX_JSON_DEPTH);
		if ((t.kind == '}' || t.kind == ']') && depth > 0)
			depth--;
	}
	return 0;
}

/* White space as one of the usual writers puts it: all of it follows from these. */
struct layout {
	bool lines;           /* each value on a line of its own */
	struct hs_span unit;  /* then: of indentation */
	struct hs_span colon; /* behind each colon */
	struct hs_span comma; /* behind each comma within a line */
	struct hs_span end;   /* behind the document */
};

static bool
opens(char kind)
{
	return kind == '{' || kind == '[';
}

static bool
closes(char kind)
{
	return kind == '}' || kind == ']';
}

/* The layout that the first brackets, colon and comma announce. */
static struct layout
guess_layout(struct hs_span s)
{
	struct layout out = { 0 };
	bool open = false, colon = false, comma = false;
	struct hs_json_token t;
	char before = 0;

	while (hs_json_take(&t, &s)) {
		if (opens(before) && !open) {
			open = true;
			out.lines = t.blank.len > 0 && t.blank.at[0] == '\n';
			out.unit = hs_span_from(t.blank, 1);
		}
		if (before == ':' && !colon) {
			colon = true;
			out.colon = t.blank;
		}
		if (before == ',' && !comma) {
			comma = true;
			out.comma = t.blank;
		}
		before = t.kind;
	}
	out.end = t.blank;
	/* Writers that put a blank behind one put it behind the other. */
	if (!colon)
		out.colon = out.lines ? HS_SPAN(" ") : out.comma;
	if (!comma)
		out.comma = out.colon;
	return out;
}

/* Whether `blank` is a newline and `depth` times the unit. */
static bool
is_indent(struct hs_span blank, struct hs_span unit, size_t depth)
{
	if (blank.len != 1 + depth * unit.len || blank.at[0] != '\n')
		return false;
	for (size_t i = 1; i < blank.len; i++)
		if (blank.at[i] != unit.at[0])
			return false;
	return true;
}

/* Whether the white space between two tokens is the layout's; `depth` is that of the second. */
static bool
fits(const struct layout *l, char before, const struct hs_json_token *t, size_t depth)
{
	const bool at_bracket = opens(before) || closes(t->kind);

	if (before == ':')
		return hs_span_equal(t->blank, l->colon);
	if (opens(before) && closes(t->kind))
		return t->blank.len == 0;
	if (l->lines && (before == ',' || at_bracket))
		return is_indent(t->blank, l->unit, depth);
	if (before == ',')
		return hs_span_equal(t->blank, l->comma);
	return t->blank.len == 0;
}

static bool
has_layout(const struct layout *l, struct hs_span s)
{
	struct hs_json_token t;
	size_t depth = 0;
	char before = 0;

	while (hs_json_take(&t, &s)) {
		if (closes(t.kind) && depth > 0)
			depth--;
		if (!fits(l, before, &t, depth))
			return false;
		if (opens(t.kind))
			depth++;
		before = t.kind;
	}
	return true;
}

static bool
is_blank_or_none(struct hs_span s)
{
	return s.len == 0 || hs_span_is(s, " ");
}

/* The layout in words; NULL where it is none that has a name. */
static const char *
layout_words(struct hs_arena *a, const struct layout *l)
{
	const char *end = l->end.len ? ", final newline" : "";

	if ((l->end.len && !hs_span_is(l->end, "\n")) || !is_blank_or_none(l->colon))
		return NULL;
	if (l->lines)
		return hs_arena_printf(a, "indented by %zu %s%s%s", l->unit.len,
		                       l->unit.len && l->unit.at[0] == '\t' ? "tabs" : "spaces",
		                       l->colon.len ? "" : ", no blank behind colons", end);
	if (!is_blank_or_none(l->comma))
		return NULL;
	if (l->colon.len == 0 && l->comma.len == 0)
		return hs_arena_printf(a, "compact%s", end);
	return hs_arena_printf(a, "one line with blanks behind %s%s%s",
	                       l->colon.len ? "colons" : "",
	                       l->comma.len ? (l->colon.len ? " and commas" : "commas") : "", end);
}

static const char *
finish(struct hs_arena *a, struct hs_sha256_stream *stream)
{
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	hs_sha256_final(stream, &digest);
	return hs_arena_printf(a, "sha256:%s", hs_sha256_hex(hex, &digest));
}

/* Of all the white space, token by token. */
static const char *
digest_blanks(struct hs_arena *a, struct hs_span s)
{
	struct hs_sha256_stream stream;
	struct hs_json_token t;
	bool more;

	hs_sha256_init(&stream);
	do {
		more = hs_json_take(&t, &s);
		hs_sha256_update(&stream, t.blank);
		hs_sha256_update(&stream, HS_SPAN("."));
	} while (more);
	return finish(a, &stream);
}

const char *
hs_json_formatting(struct hs_arena *a, struct hs_span document)
{
	const struct layout layout = guess_layout(document);
	const char *words = layout_words(a, &layout);

	return words && has_layout(&layout, document) ? words : digest_blanks(a, document);
}

const char *
hs_json_escapes(struct hs_arena *a, struct hs_span s)
{
	struct hs_sha256_stream stream;
	struct hs_json_token t;
	const char *digest;
	size_t n = 0;

	hs_sha256_init(&stream);
	while (hs_json_take(&t, &s)) {
		for (size_t i = 0; t.kind == '"' && i + 1 < t.text.len; i++) {
			if (t.text.at[i] != '\\')
				continue;
			i++;
			if (t.text.at[i] != '/' && t.text.at[i] != 'u')
				continue;
			hs_sha256_update(&stream, hs_span_head(hs_span_from(t.text, i),
			                                       t.text.at[i] == 'u' ? 5 : 1));
			n++;
		}
	}
	digest = finish(a, &stream);
	return n ? digest : NULL;
}
