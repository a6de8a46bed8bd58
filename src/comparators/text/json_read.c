/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/text/json_read.h"

#include "core/jsontext.h"
#include "core/limits.h"

#include <stdlib.h>

enum { BID = 4, LOOK = 64 * 1024 };

unsigned
hs_json_bid(struct hs_span file)
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

void
hs_json_release(struct hs_json_document *d)
{
	json_decref(d->root);
	hs_arena_release(&d->arena);
}

int
hs_json_read(struct hs_json_document *out, struct hs_span file, struct hs_err *err)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL;
	struct hs_json_token t;
	struct hs_span rest = file;
	json_error_t why;
	size_t n = 0;

	*out = (struct hs_json_document){ 0 };
	if (file.len > HS_MAX_JSON || hs_json_survey(&out->n_numbers, file, err) < 0)
		return hs_fail(err, HS_ENOTMINE, "too large or too deep to be read by field");
	out->root = json_loadb((const char *)file.at, file.len, flags, &why);
	if (!out->root)
		return hs_fail(err, HS_ENOTMINE, "no JSON at byte %d", why.position);
	number_values(out->root, &n);
	out->numbers = hs_arena_array(&out->arena, out->n_numbers, sizeof(*out->numbers));
	if (n != out->n_numbers) {
		hs_json_release(out);
		return hs_fail(err, HS_ENOTMINE, "%zu numbers where %zu are spelled", n,
		               out->n_numbers);
	}
	for (n = 0; n < out->n_numbers && hs_json_take(&t, &rest);)
		if (t.kind == 0)
			out->numbers[n++] = t.text;
	return 0;
}

static int
by_bytes(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

const char **
hs_json_sorted_keys(struct hs_json_document *d, json_t *object)
{
	const char **keys = hs_arena_array(&d->arena, json_object_size(object), sizeof(*keys));
	const char *key;
	json_t *value;
	size_t n = 0;

	json_object_foreach(object, key, value)
		keys[n++] = key;
	qsort(keys, n, sizeof(*keys), by_bytes);
	return keys;
}

struct hs_span
hs_json_string(const json_t *value)
{
	return (struct hs_span){ (const uint8_t *)json_string_value(value),
		                 json_string_length(value) };
}

struct hs_span
hs_json_spelling(const struct hs_json_document *d, const json_t *value)
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
