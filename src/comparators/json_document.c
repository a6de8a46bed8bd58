/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON (RFC 8259): one object or array, by field. jansson says whether it is
 * well formed and decodes the strings; numbers are kept as they are spelled,
 * since 1.0 and 1.00, or 20 digits, are not the same bytes.
 *
 *	scalar            .config.User: app
 *	array of scalars  .config.Env[], once for each element: a list
 *	other arrays      .layers[0].digest
 *	empty             .config.Volumes["/data"]: {}
 *
 * A string stands without quotes unless it would then look like another value.
 * What is not JSON after all, nests too deep or says a key twice (parsers
 * disagree on which counts) is left to text, which shows all there is.
 *
 * Builds differ in the order of keys (Go sorts maps and not structs, Python
 * keeps insertion), in layout (jq, json.MarshalIndent) and in what is escaped (Go
 * writes \u003c for <, PHP \/ for /): "(key order)", "(formatting)" and
 * "(escapes)" are facts by themselves, so that a difference in nothing else can
 * be told.
 */
#include "comparators/comparator.h"

#include "core/escape.h"
#include "core/hash.h"
#include "core/jsontext.h"
#include "core/limits.h"

#include <jansson.h>

#include <inttypes.h>
#include <stdlib.h>

enum { BID = 4, LOOK = 64 * 1024 };

/* A document that was read; numbers[i] is spelled as the i-th number stands in the file. */
struct document {
	json_t *root; /* each number's value is its index */
	struct hs_span *numbers;
	size_t n_numbers;
	struct hs_arena arena;
};

static void
release_document(struct document *d)
{
	json_decref(d->root);
	hs_arena_release(&d->arena);
}

static unsigned
json_bid(struct hs_span file)
{
	const struct hs_span white = HS_SPAN(" \t\r\n");
	struct hs_span s = hs_span_head(file, LOOK);
	struct hs_span end = file.len > LOOK ? hs_span_from(file, file.len - LOOK) : file;
	uint8_t first, last;

	if (file.len > HS_MAX_JSON)
		return 0;
	while (s.len && memchr(white.at, s.at[0], white.len))
		s = hs_span_from(s, 1);
	while (end.len && memchr(white.at, end.at[end.len - 1], white.len))
		end.len--;
	if (s.len == 0 || end.len == 0)
		return 0;
	first = s.at[0];
	last = end.at[end.len - 1];
	return (first == '{' && last == '}') || (first == '[' && last == ']') ? BID : 0;
}

/* Gives each number its index: they are found in the order in which they stand. */
static void
number_values(json_t *value, size_t *next)
{
	const char *key;
	json_t *child;
	size_t i;

	if (json_is_real(value))
		json_real_set(value, (double)(*next)++);
	json_array_foreach(value, i, child)
		number_values(child, next);
	json_object_foreach(value, key, child)
		number_values(child, next);
}

static int
read_document(struct document *out, struct hs_span file, struct hs_err *err)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL;
	struct hs_json_token t;
	struct hs_span rest = file;
	json_error_t why;
	size_t n = 0;

	*out = (struct document){ 0 };
	if (file.len > HS_MAX_JSON || hs_json_survey(&out->n_numbers, file, err) < 0)
		return hs_fail(err, HS_ENOTMINE, "too large or too deep to be read by field");
	out->root = json_loadb((const char *)file.at, file.len, flags, &why);
	if (!out->root)
		return hs_fail(err, HS_ENOTMINE, "no JSON at byte %d", why.position);
	number_values(out->root, &n);
	out->numbers = hs_arena_array(&out->arena, out->n_numbers, sizeof(*out->numbers));
	if (n != out->n_numbers) {
		release_document(out);
		return hs_fail(err, HS_ENOTMINE, "%zu numbers where %zu are spelled", n,
		               out->n_numbers);
	}
	for (n = 0; n < out->n_numbers && hs_json_take(&t, &rest);)
		if (t.kind == 0)
			out->numbers[n++] = t.text;
	return 0;
}

static struct hs_span
string_of(const json_t *value)
{
	return (struct hs_span){ (const uint8_t *)json_string_value(value),
		                 json_string_length(value) };
}

/* The text of a number, word, or empty container; none for any other value. */
static struct hs_span
spelling(const struct document *d, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_REAL:
		return d->numbers[(size_t)json_real_value(value)];
	case JSON_TRUE:
		return HS_SPAN("true");
	case JSON_FALSE:
		return HS_SPAN("false");
	case JSON_NULL:
		return HS_SPAN("null");
	case JSON_OBJECT:
		return json_object_size(value) ? HS_SPAN("") : HS_SPAN("{}");
	case JSON_ARRAY:
		return json_array_size(value) ? HS_SPAN("") : HS_SPAN("[]");
	default:
		return HS_SPAN("");
	}
}

static bool
is_scalar(const json_t *value)
{
	return !json_is_object(value) && !json_is_array(value);
}

/* A document on its way into facts. */
struct saying {
	struct hs_facts *out;
	struct document *document;
	char *path; /* of the value at hand; in the document's arena */
	size_t len, room;
	size_t n_said;
	uint64_t names;               /* bytes of the paths that were said */
	struct hs_sha256_stream more; /* what is too much to be said value by value */
	uint64_t n_more;
	struct hs_sha256_stream order; /* of keys */
	bool unsorted;
};

static bool
is_full(const struct saying *s)
{
	return s->n_said >= HS_MAX_JSON_VALUES || s->names > HS_MAX_JSON_NAMES;
}

static void
push(struct saying *s, struct hs_span part)
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

static void
push_key(struct saying *s, const char *key)
{
	struct hs_span shown = hs_escape(&s->document->arena, hs_span_of(key));

	if (is_identifier(key)) {
		push(s, HS_SPAN("."));
		push(s, shown);
		return;
	}
	push(s, HS_SPAN("[\""));
	while (shown.len) {
		const uint8_t *quote = memchr(shown.at, '"', shown.len);
		const size_t n = quote ? (size_t)(quote - shown.at) : shown.len;

		push(s, hs_span_head(shown, n));
		if (quote)
			push(s, HS_SPAN("\\\""));
		shown = hs_span_from(shown, n + (quote != NULL));
	}
	push(s, HS_SPAN("\"]"));
}

static void
push_index(struct saying *s, size_t i)
{
	char text[32];

	snprintf(text, sizeof(text), "%s[%zu]", s->len ? "" : ".", i);
	push(s, hs_span_of(text));
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
shown_value(const struct saying *s, struct hs_arena *a, const json_t *value)
{
	const struct hs_span text = string_of(value);
	uint8_t *quoted;

	if (!json_is_string(value))
		return spelling(s->document, value);
	if (!looks_otherwise(text))
		return text;
	quoted = hs_arena_alloc(a, text.len + 2);
	quoted[0] = quoted[text.len + 1] = '"';
	memcpy(quoted + 1, text.at, text.len);
	return (struct hs_span){ quoted, text.len + 2 };
}

static const char *
path_text(const struct saying *s)
{
	const struct hs_span path = { (const uint8_t *)s->path, s->len };
	const struct hs_span root = HS_SPAN(".");

	return (const char *)hs_arena_copy(s->out->arena, s->len ? path : root).at;
}

/* Says a value; *field is its name once that is in the arena. */
static void
say_one(struct saying *s, const json_t *value, const char **field)
{
	const struct hs_span shown = shown_value(s, &s->document->arena, value);

	if (is_full(s)) {
		hs_sha256_update(&s->more, HS_SPAN(": "));
		hs_sha256_update(&s->more, shown);
		hs_sha256_update(&s->more, HS_SPAN("\n"));
		s->n_more++;
		return;
	}
	if (!*field) {
		*field = path_text(s);
		s->names += s->len;
	}
	hs_say_value(s->out, *field, hs_arena_copy(s->out->arena, shown));
	s->n_said++;
}

static void say_value(struct saying *s, json_t *value);

static void
say_array(struct saying *s, json_t *array)
{
	const size_t len = s->len;
	const char *field = NULL;
	bool scalars = true;
	json_t *child;
	size_t i;

	json_array_foreach(array, i, child)
		scalars = scalars && is_scalar(child);
	if (scalars)
		push(s, s->len ? HS_SPAN("[]") : HS_SPAN(".[]"));
	json_array_foreach(array, i, child) {
		if (scalars) {
			say_one(s, child, &field);
			continue;
		}
		push_index(s, i);
		say_value(s, child);
		s->len = len;
	}
	s->len = len;
}

static void
say_object(struct saying *s, json_t *object)
{
	const char *key, *before = NULL;
	const size_t len = s->len;
	json_t *child;

	hs_sha256_update(&s->order, HS_SPAN("{"));
	json_object_foreach(object, key, child) {
		s->unsorted = s->unsorted || (before && strcmp(before, key) > 0);
		before = key;
		/* With its NUL, so that no two sequences of keys look the same. */
		hs_sha256_update(&s->order,
		                 (struct hs_span){ (const uint8_t *)key, strlen(key) + 1 });
		push_key(s, key);
		say_value(s, child);
		s->len = len;
	}
	hs_sha256_update(&s->order, HS_SPAN("}"));
}

/* Calls itself through say_object() and say_array(), HS_MAX_JSON_DEPTH deep. */
static void
say_value(struct saying *s, json_t *value)
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

static int
json_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct document d;
	struct saying s = { .out = out, .document = &d };
	const char *escapes;

	if (read_document(&d, file, err) < 0)
		return err->code;
	hs_sha256_init(&s.more);
	hs_sha256_init(&s.order);
	say_value(&s, d.root);
	if (s.n_more)
		hs_say_u64(out, "(more values)", s.n_more);
	say_digest(out, "(digest of more values)", &s.more, s.n_more > 0);
	if (!s.unsorted)
		hs_say_word(out, "(key order)", "sorted");
	say_digest(out, "(key order)", &s.order, s.unsorted);
	hs_say_word(out, "(formatting)", hs_json_formatting(out->arena, file));
	escapes = hs_json_escapes(out->arena, file);
	if (escapes)
		hs_say_word(out, "(escapes)", escapes);
	release_document(&d);
	return 0;
}

static void
write_string(FILE *out, struct hs_span s)
{
	static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	putc('"', out);
	while (s.len) {
		const uint8_t c = s.at[0];
		const char *name = NULL;
		size_t n = 0;

		while (n < s.len && s.at[n] >= 0x20 && s.at[n] != '"' && s.at[n] != '\\')
			n++;
		fwrite(s.at, 1, n, out);
		for (size_t i = 0; n == 0 && !name && i + 1 < sizeof(named); i += 2)
			name = (uint8_t)named[i] == c ? &named[i + 1] : NULL;
		if (name)
			fprintf(out, "\\%c", *name);
		else if (n == 0)
			fprintf(out, "\\u%04x", c);
		s = hs_span_from(s, n ? n : 1);
	}
	putc('"', out);
}

static void
new_line(FILE *out, unsigned depth)
{
	fprintf(out, "\n%*s", 2 * (int)depth, "");
}

static int
by_key(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_value(FILE *out, struct document *d, json_t *value, unsigned depth);

static void
write_object(FILE *out, struct document *d, json_t *object, unsigned depth)
{
	const char **keys = hs_arena_array(&d->arena, json_object_size(object), sizeof(*keys));
	const char *key;
	json_t *child;
	size_t n = 0;

	json_object_foreach(object, key, child)
		keys[n++] = key;
	qsort(keys, n, sizeof(*keys), by_key);
	putc('{', out);
	for (size_t i = 0; i < n && !ferror(out); i++) {
		if (i)
			putc(',', out);
		new_line(out, depth + 1);
		write_string(out, hs_span_of(keys[i]));
		fputs(": ", out);
		write_value(out, d, json_object_get(object, keys[i]), depth + 1);
	}
	new_line(out, depth);
	putc('}', out);
}

static void
write_array(FILE *out, struct document *d, const json_t *array, unsigned depth)
{
	putc('[', out);
	for (size_t i = 0; i < json_array_size(array) && !ferror(out); i++) {
		if (i)
			putc(',', out);
		new_line(out, depth + 1);
		write_value(out, d, json_array_get(array, i), depth + 1);
	}
	new_line(out, depth);
	putc(']', out);
}

/* Calls itself through write_object() and write_array(), HS_MAX_JSON_DEPTH deep. */
static void
write_value(FILE *out, struct document *d, json_t *value, unsigned depth)
{
	const struct hs_span text = json_is_string(value) ? string_of(value) : spelling(d, value);

	if (json_is_string(value))
		write_string(out, text);
	else if (text.len)
		fwrite(text.at, 1, text.len, out);
	else if (json_is_object(value))
		write_object(out, d, value, depth);
	else
		write_array(out, d, value, depth);
}

static int
json_render(FILE *out, struct hs_span file, struct hs_err *err)
{
	struct document d;

	if (read_document(&d, file, err) < 0)
		return err->code;
	write_value(out, &d, d.root, 0);
	putc('\n', out);
	release_document(&d);
	return 0;
}

const struct hs_comparator hs_comparator_json = {
	.name = "json",
	.about = "JSON, by field; order of keys and layout by themselves",
	.shape = HS_SHAPE_LEAF,
	.bid = json_bid,
	.describe = json_describe,
	.render = json_render,
	.by_field = true,
};
