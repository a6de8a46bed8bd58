/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/text/json_say.h"

#include "core/escape.h"
#include "core/jsontext.h"
#include "core/limits.h"

#include <stdio.h>

static bool
is_scalar(const json_t *value)
{
	return !json_is_object(value) && !json_is_array(value);
}

static bool
is_full(const struct hs_json_saying *s)
{
	return s->n_said >= HS_MAX_JSON_VALUES || s->names > HS_MAX_JSON_NAMES;
}

void
hs_json_push(struct hs_json_saying *s, struct hs_span part)
{
	if (part.len >= s->room - s->len) {
		char *wider;

		s->room = 2 * s->room + part.len + 64;
		wider = hs_arena_alloc(&s->document->arena, s->room);
		if (s->len)
			memcpy(wider, s->path, s->len);
		s->path = wider;
	}
	memcpy(s->path + s->len, part.at, part.len);
	s->len += part.len;
	if (is_full(s))
		hs_sha256_update(&s->more, part);
}

static bool
is_identifier(const char *key)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

	return *key && strchr(letters, *key) &&
	       key[strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
	                       "0123456789")] == 0;
}

void
hs_json_push_key(struct hs_json_saying *s, const char *key)
{
	struct hs_span shown = hs_escape(&s->document->arena, hs_span_of(key));

	if (is_identifier(key)) {
		hs_json_push(s, HS_SPAN("."));
		hs_json_push(s, shown);
		return;
	}
	hs_json_push(s, HS_SPAN("[\""));
	while (shown.len) {
		const uint8_t *quote = memchr(shown.at, '"', shown.len);
		const size_t n = quote ? (size_t)(quote - shown.at) : shown.len;

		hs_json_push(s, hs_span_head(shown, n));
		if (quote)
			hs_json_push(s, HS_SPAN("\\\""));
		shown = hs_span_from(shown, n + (quote != NULL));
	}
	hs_json_push(s, HS_SPAN("\"]"));
}

void
hs_json_push_index(struct hs_json_saying *s, size_t i)
{
	char text[32];

	snprintf(text, sizeof(text), "%s[%zu]", s->len ? "" : ".", i);
	hs_json_push(s, hs_span_of(text));
}

static bool
looks_otherwise(struct hs_span s)
{
	return s.len == 0 || s.at[0] == '"' || hs_span_is(s, "true") || hs_span_is(s, "false") ||
	       hs_span_is(s, "null") || hs_span_is(s, "{}") || hs_span_is(s, "[]") ||
	       hs_json_is_number(s);
}

/* As the fact has it; in the document's memory or in the arena. */
static struct hs_span
shown_value(const struct hs_json_saying *s, struct hs_arena *a, const json_t *value)
{
	const struct hs_span text = hs_json_string(value);
	uint8_t *quoted;

	if (!json_is_string(value))
		return hs_json_spelling(s->document, value);
	if (!looks_otherwise(text))
		return text;
	quoted = hs_arena_alloc(a, text.len + 2);
	quoted[0] = quoted[text.len + 1] = '"';
	memcpy(quoted + 1, text.at, text.len);
	return (struct hs_span){ quoted, text.len + 2 };
}

static const char *
path_text(const struct hs_json_saying *s)
{
	const struct hs_span path = { (const uint8_t *)s->path, s->len };
	const struct hs_span root = HS_SPAN(".");

	return (const char *)hs_arena_copy(s->out->arena, s->len ? path : root).at;
}

/* What is too much to be said by itself; its name is in the digest already. */
static void
say_more(struct hs_json_saying *s, struct hs_span value)
{
	hs_sha256_update(&s->more, HS_SPAN(": "));
	hs_sha256_update(&s->more, value);
	hs_sha256_update(&s->more, HS_SPAN("\n"));
	s->n_more++;
}

void
hs_json_say_shown(struct hs_json_saying *s, struct hs_span shown, const char **field)
{
	if (is_full(s)) {
		say_more(s, shown);
		return;
	}
	if (!*field) {
		*field = path_text(s);
		s->names += s->len;
	}
	hs_say_value(s->out, *field, hs_arena_copy(s->out->arena, shown));
	s->n_said++;
}

/* Says a value; *field is its name once that is in the arena. */
static void
say_one(struct hs_json_saying *s, const json_t *value, const char **field)
{
	hs_json_say_shown(s, shown_value(s, &s->document->arena, value), field);
}

static void
say_array(struct hs_json_saying *s, json_t *array)
{
	const size_t len = s->len;
	const char *field = NULL;
	bool scalars = true;
	json_t *child;
	size_t i;

	json_array_foreach(array, i, child)
		scalars = scalars && is_scalar(child);
	if (scalars)
		hs_json_push(s, s->len ? HS_SPAN("[]") : HS_SPAN(".[]"));
	json_array_foreach(array, i, child) {
		if (scalars) {
			say_one(s, child, &field);
			continue;
		}
		hs_json_push_index(s, i);
		hs_json_say(s, child);
		s->len = len;
	}
	s->len = len;
}

static void
say_object(struct hs_json_saying *s, json_t *object)
{
	const size_t len = s->len;
	const char *key;
	json_t *child;

	json_object_foreach(object, key, child) {
		hs_json_push_key(s, key);
		hs_json_say(s, child);
		s->len = len;
	}
}

/* Calls itself through say_object() and say_array(), HS_MAX_JSON_DEPTH deep. */
void
hs_json_say(struct hs_json_saying *s, json_t *value)
{
	const char *field = NULL;

	if (json_object_size(value))
		say_object(s, value);
	else if (json_array_size(value))
		say_array(s, value);
	else
		say_one(s, value, &field);
}

static void
say_digest(struct hs_facts *out, const char *field, struct hs_sha256_stream *stream, bool said)
{
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	hs_sha256_final(stream, &digest);
	if (said)
		hs_sayf(out, field, "sha256:%s", hs_sha256_hex(hex, &digest));
}

/* The order of keys: of all of them, and whether each object has them sorted. */
struct order {
	struct hs_sha256_stream keys;
	bool unsorted;
};

/* Calls itself, HS_MAX_JSON_DEPTH deep. */
static void
take_order(struct order *o, json_t *value)
{
	const char *key, *before = NULL;
	json_t *child;
	size_t i;

	json_array_foreach(value, i, child)
		take_order(o, child);
	if (json_object_size(value) == 0)
		return;
	hs_sha256_update(&o->keys, HS_SPAN("{"));
	json_object_foreach(value, key, child) {
		o->unsorted = o->unsorted || (before && strcmp(before, key) > 0);
		before = key;
		/* With its NUL, so that no two sequences of keys look the same. */
		hs_sha256_update(&o->keys,
		                 (struct hs_span){ (const uint8_t *)key, strlen(key) + 1 });
		take_order(o, child);
	}
	hs_sha256_update(&o->keys, HS_SPAN("}"));
}

static void
say_writing(struct hs_json_saying *s, struct hs_span file)
{
	struct order order = { .unsorted = false };
	const char *escapes;

	hs_sha256_init(&order.keys);
	take_order(&order, s->document->root);
	if (!order.unsorted)
		hs_say_word(s->out, "(key order)", "sorted");
	say_digest(s->out, "(key order)", &order.keys, order.unsorted);
	hs_say_word(s->out, "(formatting)", hs_json_formatting(s->out->arena, file));
	escapes = hs_json_escapes(s->out->arena, file);
	if (escapes)
		hs_say_word(s->out, "(escapes)", escapes);
}

void
hs_json_say_begin(struct hs_json_saying *s, struct hs_facts *out, struct hs_json_document *d)
{
	*s = (struct hs_json_saying){ .out = out, .document = d };
	hs_sha256_init(&s->more);
}

void
hs_json_say_field(struct hs_json_saying *s, const char *field, struct hs_span value)
{
	if (is_full(s)) {
		hs_sha256_update(&s->more, hs_span_of(field));
		say_more(s, value);
		return;
	}
	hs_say_value(s->out, field, hs_arena_copy(s->out->arena, value));
	s->names += strlen(field);
	s->n_said++;
}

void
hs_json_say_more(struct hs_json_saying *s)
{
	if (s->n_more)
		hs_say_u64(s->out, "(more values)", s->n_more);
	say_digest(s->out, "(digest of more values)", &s->more, s->n_more > 0);
}

void
hs_json_say_end(struct hs_json_saying *s, struct hs_span file)
{
	hs_json_say_more(s);
	say_writing(s, file);
}
