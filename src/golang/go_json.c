/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_json.h"

#include "core/escape.h"
#include "core/jsontext.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct reader {
	struct hs_arena *arena;
	struct hs_span document, rest;
	size_t n_values;
	unsigned depth;
};

const char *
hs_go_kind_name(enum hs_go_kind kind)
{
	static const char *const names[] = {
		[HS_GO_NULL] = "null",          [HS_GO_FALSE] = "a truth value",
		[HS_GO_TRUE] = "a truth value", [HS_GO_NUMBER] = "a number",
		[HS_GO_STRING] = "a string",    [HS_GO_ARRAY] = "a list",
		[HS_GO_OBJECT] = "an object",
	};

	return names[kind];
}

static int
refuse(const struct reader *r, struct hs_span at, struct hs_err *err)
{
	if (at.len == 0)
		return hs_fail(err, HS_EFORMAT, "the JSON ends early, at byte %zu",
		               r->document.len);
	return hs_fail(err, HS_EFORMAT, "the JSON is not valid at byte %zu",
	               r->document.len - at.len);
}

/* The next token; *at is where it begins, for who refuses it. */
static int
take(struct hs_json_token *out, struct hs_span *at, struct reader *r, struct hs_err *err)
{
	*at = r->rest;
	if (!hs_json_take(out, &r->rest)) {
		*at = hs_span_from(*at, out->blank.len);
		return refuse(r, *at, err);
	}
	*at = hs_span_from(*at, out->blank.len);
	return 0;
}

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The number of a \uXXXX at the front; -1 for none. */
static int32_t
escaped_unit(struct hs_span s)
{
	int32_t unit = 0;

	if (s.len < 6 || s.at[0] != '\\' || s.at[1] != 'u')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		const int digit = hex_digit(s.at[i]);

		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

static uint8_t *
put_utf8(uint8_t *to, int32_t c)
{
	if (c < 0x80) {
		*to++ = (uint8_t)c;
		return to;
	}
	if (c < 0x800) {
		*to++ = (uint8_t)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*to++ = (uint8_t)(0xe0 | c >> 12);
		} else {
			*to++ = (uint8_t)(0xf0 | c >> 18);
			*to++ = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		}
		*to++ = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	}
	*to++ = (uint8_t)(0x80 | (c & 0x3f));
	return to;
}

/* What a \u at the front stands for; half of a surrogate pair is U+FFFD. */
static uint8_t *
put_unit(uint8_t *to, struct hs_span *s)
{
	int32_t c = escaped_unit(*s);

	*s = hs_span_from(*s, 6);
	if (c >= 0xd800 && c < 0xe000) {
		const int32_t low = escaped_unit(*s);

		if (c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			*s = hs_span_from(*s, 6);
		} else {
			c = 0xfffd;
		}
	}
	return put_utf8(to, c);
}

/* Whether the inside of a string is one: no control characters, no escapes that JSON lacks. */
static bool
is_string(struct hs_span s)
{
	static const char escapes[] = { '"', '\\', '/', 'b', 'f', 'n', 'r', 't' };

	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < ' ')
			return false;
		if (s.at[i] != '\\')
			continue;
		i++; /* a string does not end in a backslash */
		if (s.at[i] == 'u' ? escaped_unit(hs_span_from(s, i - 1)) < 0
		                   : !memchr(escapes, s.at[i], sizeof(escapes)))
			return false;
	}
	return true;
}

/* The inside of a string, decoded; `s` itself where it says what it is. */
static struct hs_span
decode(struct hs_arena *a, struct hs_span s)
{
	static const char names[] = "bfnrt", meanings[] = "\b\f\n\r\t";
	uint8_t *text, *to;

	if (!memchr(s.at, '\\', s.len) && hs_is_utf8(s))
		return s;
	/* A byte that is not UTF-8 becomes three. */
	text = to = hs_arena_alloc(a, 3 * s.len + 1);
	while (s.len) {
		const char *name;

		if (s.at[0] == '\\' && s.at[1] == 'u') {
			to = put_unit(to, &s);
		} else if (s.at[0] == '\\') {
			name = strchr(names, s.at[1]);
			*to++ = name ? (uint8_t)meanings[name - names] : s.at[1];
			s = hs_span_from(s, 2);
		} else {
			const int32_t c = hs_take_utf8(&s);

			to = put_utf8(to, c < 0 ? 0xfffd : c);
		}
	}
	return (struct hs_span){ text, (size_t)(to - text) };
}

static int
read_string(struct hs_span *out, struct reader *r, struct hs_span token, struct hs_span at,
            struct hs_err *err)
{
	struct hs_span inside;

	if (!hs_span_part(&inside, token, 1, token.len - 2) || !is_string(inside))
		return refuse(r, at, err);
	*out = inside.len ? decode(r->arena, inside) : HS_SPAN("");
	return 0;
}

static int
read_word(struct hs_go_value *v, struct reader *r, struct hs_span token, struct hs_span at,
          struct hs_err *err)
{
	if (hs_span_is(token, "null"))
		v->kind = HS_GO_NULL;
	else if (hs_span_is(token, "false"))
		v->kind = HS_GO_FALSE;
	else if (hs_span_is(token, "true"))
		v->kind = HS_GO_TRUE;
	else
		return refuse(r, at, err);
	return 0;
}

static int read_value(struct hs_go_value *v, struct reader *r, const struct hs_json_token *token,
                      struct hs_span at, struct hs_err *err);

/* NULL with HS_ELIMIT where there are too many. */
static struct hs_go_value *
new_value(struct reader *r, struct hs_err *err)
{
	if (++r->n_values <= HS_MAX_JSON_VALUES)
		return hs_arena_alloc(r->arena, sizeof(struct hs_go_value));
	hs_fail(err, HS_ELIMIT, "the JSON has more than %d values (HS_MAX_JSON_VALUES)",
	        HS_MAX_JSON_VALUES);
	return NULL;
}

/* A member's key and its colon; leaves the token of its value. */
static int
read_key(struct hs_go_value *member, struct reader *r, struct hs_json_token *token,
         struct hs_span *at, struct hs_err *err)
{
	int rc;

	if (token->kind != '"')
		return refuse(r, *at, err);
	rc = read_string(&member->key, r, token->text, *at, err);
	if (rc == 0)
		rc = take(token, at, r, err);
	if (rc == 0 && token->kind != ':')
		rc = refuse(r, *at, err);
	return rc < 0 ? rc : take(token, at, r, err);
}

/* The elements of a list or the members of an object, behind the bracket that opens it. */
static int
read_members(struct hs_go_value *v, struct reader *r, char close, struct hs_err *err)
{
	const struct hs_go_value **end = &v->first;
	struct hs_json_token token;
	struct hs_span at;
	int rc = take(&token, &at, r, err);

	if (rc < 0 || token.kind == close)
		return rc;
	for (;;) {
		struct hs_go_value *member = new_value(r, err);

		if (!member)
			return HS_ELIMIT;
		if (close == '}')
			rc = read_key(member, r, &token, &at, err);
		if (rc == 0)
			rc = read_value(member, r, &token, at, err);
		if (rc == 0)
			rc = take(&token, &at, r, err);
		if (rc < 0)
			return rc;
		*end = member;
		end = &member->next;
		if (token.kind == close)
			return 0;
		if (token.kind != ',')
			return refuse(r, at, err);
		rc = take(&token, &at, r, err);
		if (rc < 0)
			return rc;
	}
}

static int
read_value(struct hs_go_value *v, struct reader *r, const struct hs_json_token *token,
           struct hs_span at, struct hs_err *err)
{
	int rc;

	if (token->kind == '"') {
		v->kind = HS_GO_STRING;
		rc = read_string(&v->text, r, token->text, at, err);
	} else if (token->kind == 'w') {
		rc = read_word(v, r, token->text, at, err);
	} else if (token->kind == 0) {
		v->kind = HS_GO_NUMBER;
		rc = 0;
	} else if (token->kind == '{' || token->kind == '[') {
		v->kind = token->kind == '{' ? HS_GO_OBJECT : HS_GO_ARRAY;
		if (++r->depth > HS_MAX_JSON_DEPTH)
			return hs_fail(err, HS_ELIMIT,
			               "the JSON is nested deeper than %d levels "
			               "(HS_MAX_JSON_DEPTH)",
			               HS_MAX_JSON_DEPTH);
		rc = read_members(v, r, token->kind == '{' ? '}' : ']', err);
		r->depth--;
	} else {
		return refuse(r, at, err);
	}
	v->raw = hs_span_head(at, at.len - r->rest.len);
	return rc;
}

int
hs_go_json_read(const struct hs_go_value **out, struct hs_arena *a, struct hs_span document,
                bool whole, struct hs_err *err)
{
	struct reader r = { .arena = a, .document = document, .rest = document };
	struct hs_json_token token;
	struct hs_go_value *v;
	struct hs_span at;
	int rc;

	if (document.len > HS_MAX_IMAGE_JSON)
		return hs_fail(err, HS_ELIMIT,
		               "the JSON is %zu bytes long, %" PRIu64
		               " are read of an image's (HS_MAX_IMAGE_JSON)",
		               document.len, HS_MAX_IMAGE_JSON);
	rc = take(&token, &at, &r, err);
	if (rc < 0)
		return rc;
	v = new_value(&r, err);
	if (!v)
		return HS_ELIMIT;
	rc = read_value(v, &r, &token, at, err);
	if (rc < 0)
		return rc;
	at = r.rest;
	if (whole && (hs_json_take(&token, &r.rest) || r.rest.len))
		return hs_fail(err, HS_EFORMAT, "the JSON goes on behind its end, at byte %zu",
		               document.len - at.len);
	*out = v;
	return 0;
}

/* The one character of either case that is ASCII, where there is one. */
static int32_t
fold(int32_t c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 'A';
	if (c == 0x17f) /* long s */
		return 'S';
	return c == 0x212a ? 'K' : c; /* the sign of kelvin */
}

bool
hs_go_key_folds(struct hs_span key, const char *field)
{
	while (key.len && *field) {
		if (fold(hs_take_utf8(&key)) != fold((uint8_t)*field))
			return false;
		field++;
	}
	return key.len == 0 && !*field;
}

static uint8_t *
make_room(struct hs_go_text *t, size_t n)
{
	if (n > t->room - t->len) {
		t->room = t->room ? 2 * t->room : 1024;
		if (t->room - t->len < n)
			t->room = t->len + n;
		t->at = hs_realloc(t->at, t->room, 1);
	}
	return t->at + t->len;
}

void
hs_go_put(struct hs_go_text *t, struct hs_span s)
{
	if (!s.len)
		return;
	memcpy(make_room(t, s.len), s.at, s.len);
	t->len += s.len;
}

void
hs_go_puts(struct hs_go_text *t, const char *s)
{
	hs_go_put(t, hs_span_of(s));
}

void
hs_go_put_number(struct hs_go_text *t, int64_t n)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRId64, n);
	hs_go_puts(t, digits);
}

static void
put_escape(struct hs_go_text *t, int32_t c)
{
	static const char names[] = "\"\\bfnrt", meanings[] = "\"\\\b\f\n\r\t";
	const char *meaning = c > 0 && c < 0x80 ? strchr(meanings, c) : NULL;
	char text[8];

	if (meaning)
		snprintf(text, sizeof(text), "\\%c", names[meaning - meanings]);
	else
		snprintf(text, sizeof(text), "\\u%04x", (unsigned)c & 0xffff);
	hs_go_puts(t, text);
}

/* What a writer of JSON for web pages escapes. */
static bool
is_unsafe(int32_t c)
{
	return c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029;
}

static void
put_escaped(struct hs_go_text *t, struct hs_span s, bool raw)
{
	struct hs_span plain = s;

	while (s.len) {
		const struct hs_span here = s;
		const int32_t c = hs_take_utf8(&s);
		const bool control = c >= 0 && (c < ' ' || c == '"' || c == '\\');

		if (!is_unsafe(c) && (raw || (c >= 0 && !control)))
			continue;
		hs_go_put(t, hs_span_head(plain, plain.len - here.len));
		put_escape(t, c < 0 ? 0xfffd : c);
		plain = s;
	}
	hs_go_put(t, plain);
}

void
hs_go_put_string(struct hs_go_text *t, struct hs_span s)
{
	hs_go_puts(t, "\"");
	put_escaped(t, s, false);
	hs_go_puts(t, "\"");
}

void
hs_go_put_raw(struct hs_go_text *t, struct hs_span raw)
{
	struct hs_json_token token;

	while (hs_json_take(&token, &raw))
		put_escaped(t, token.text, true);
}

struct hs_span
hs_go_text_take(struct hs_go_text *t, struct hs_arena *a)
{
	const struct hs_span out = hs_arena_copy(a, (struct hs_span){ t->at, t->len });

	hs_go_text_release(t);
	return out;
}

void
hs_go_text_release(struct hs_go_text *t)
{
	free(t->at);
	*t = (struct hs_go_text){ 0 };
}
