/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/text/structured.h"

#include "core/encoding.h"
#include "core/escape.h"
#include "core/limits.h"

#include <stdlib.h>
#include <strings.h>

void
hs_structured_begin(struct hs_structured *s, struct hs_facts *out)
{
	*s = (struct hs_structured){ .n_values = 0 };
	hs_json_say_begin(&s->say, out, &s->document);
	hs_sha256_init(&s->order);
	hs_sha256_init(&s->blanks);
	hs_sha256_init(&s->notation);
}

static void
say_digest(struct hs_facts *out, const char *field, struct hs_sha256_stream *stream)
{
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];

	hs_sha256_final(stream, &digest);
	hs_sayf(out, field, "sha256:%s", hs_sha256_hex(hex, &digest));
}

void
hs_structured_end(struct hs_structured *s, bool whole)
{
	struct hs_facts *out = s->say.out;

	hs_json_say_more(&s->say);
	if (whole) {
		say_digest(out, "(key order)", &s->order);
		say_digest(out, "(formatting)", &s->blanks);
		say_digest(out, "(notation)", &s->notation);
	} else {
		hs_sha256_final(&s->order, NULL);
		hs_sha256_final(&s->blanks, NULL);
		hs_sha256_final(&s->notation, NULL);
	}
	hs_arena_release(&s->document.arena);
}

struct hs_value *
hs_value_add(struct hs_structured *s, struct hs_value *in, enum hs_value_kind kind)
{
	struct hs_value *v;

	if (s->n_values++ >= HS_MAX_STRUCTURED_VALUES)
		return NULL;
	v = hs_arena_alloc(&s->document.arena, sizeof(*v));
	v->kind = kind;
	if (in)
		hs_value_append(in, v);
	return v;
}

void
hs_value_append(struct hs_value *in, struct hs_value *v)
{
	v->next = NULL;
	if (in->last)
		in->last->next = v;
	else
		in->first = v;
	in->last = v;
	in->n++;
}

const struct hs_value *
hs_value_scalar(const struct hs_value *map, const char *key)
{
	for (const struct hs_value *v = map->kind == HS_VALUE_MAP ? map->first : NULL; v;
	     v = v->next)
		if (v->kind == HS_VALUE_SCALAR && strcmp(v->key, key) == 0)
			return v;
	return NULL;
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
hs_structured_key(struct hs_structured *s, struct hs_span key)
{
	feed(&s->order, key);
}

void
hs_structured_note(struct hs_structured *s, struct hs_span spelling)
{
	feed(&s->notation, spelling);
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t
comment_length(struct hs_span s)
{
	const uint8_t *end = memchr(s.at, '\n', s.len);
	size_t n = end ? (size_t)(end - s.at) : s.len;

	while (n && is_blank(s.at[n - 1]))
		n--;
	return n;
}

static bool
starts_comment(struct hs_span bytes, size_t i, const char *leads)
{
	return bytes.at[i] && strchr(leads, bytes.at[i]) && (i == 0 || is_blank(bytes.at[i - 1]));
}

void
hs_structured_between(struct hs_structured *s, struct hs_span bytes, const char *leads)
{
	size_t i = 0, from = 0;

	while (i < bytes.len) {
		if (starts_comment(bytes, i, leads)) {
			const struct hs_span rest = hs_span_from(bytes, i);
			const size_t n = comment_length(rest);

			hs_json_say_field(&s->say, "comment", hs_span_head(rest, n));
			i += n;
			from = i;
			continue;
		}
		while (i < bytes.len && is_blank(bytes.at[i]))
			i++;
		feed(&s->blanks, hs_span_head(hs_span_from(bytes, from), i - from));
		from = i;
		if (i < bytes.len && !starts_comment(bytes, i, leads)) {
			hs_sha256_update(&s->notation, hs_span_head(hs_span_from(bytes, i), 1));
			from = ++i;
		}
	}
}

static int
by_bytes(const void *x, const void *y)
{
	return hs_span_order(*(const struct hs_span *)x, *(const struct hs_span *)y);
}

/* The names of an array's maps by that key, with their versions where `versions`; NULL where they
 * do not tell all of them apart. */
static struct hs_span *
names_by(struct hs_structured *s, const struct hs_value *list, const char *key, bool versions)
{
	struct hs_arena *arena = &s->document.arena;
	struct hs_span *names = hs_arena_array(arena, list->n, sizeof(*names));
	struct hs_span *sorted = hs_arena_array(arena, list->n, sizeof(*sorted));
	size_t n = 0;

	for (const struct hs_value *v = list->first; v; v = v->next) {
		const struct hs_value *name = hs_value_scalar(v, key);
		const struct hs_value *version = hs_value_scalar(v, "version");

		if (!name || (versions && !version) || name->shown.len > HS_MAX_NAME)
			return NULL;
		names[n] = hs_arena_join(arena, hs_arena_span(arena, "[%s=", key),
		                         hs_escape(arena, name->shown));
		if (versions)
			names[n] = hs_arena_join(
				arena, hs_arena_join(arena, names[n], HS_SPAN(" version=")),
				hs_escape(arena, version->shown));
		n++;
	}
	memcpy(sorted, names, n * sizeof(*names));
	qsort(sorted, n, sizeof(*sorted), by_bytes);
	for (size_t i = 1; i < n; i++)
		if (hs_span_equal(sorted[i - 1], sorted[i]))
			return NULL;
	return names;
}

static struct hs_span *
names_of(struct hs_structured *s, const struct hs_value *list)
{
	static const char *const keys[] = { "name", "id", "key", "@name", "@id", "@key" };
	struct hs_span *names = NULL;

	for (size_t i = 0; !names && i < sizeof(keys) / sizeof(keys[0]); i++)
		names = names_by(s, list, keys[i], false);
	return names ? names : names_by(s, list, "name", true);
}

static bool
is_flat(const struct hs_value *list)
{
	for (const struct hs_value *v = list->first; v; v = v->next)
		if (v->kind != HS_VALUE_SCALAR)
			return false;
	return true;
}

static void
say_list(struct hs_structured *s, const struct hs_value *list)
{
	const bool flat = is_flat(list);
	const struct hs_span *names = flat ? NULL : names_of(s, list);
	const size_t len = s->say.len;
	const char *field = NULL;
	size_t i = 0;

	for (const struct hs_value *v = list->first; v; v = v->next, i++) {
		if (flat && i == 0)
			hs_json_push(&s->say, len ? HS_SPAN("[]") : HS_SPAN(".[]"));
		if (flat) {
			hs_json_say_shown(&s->say, v->shown, &field);
			continue;
		}
		if (names) {
			hs_structured_key(s, names[i]);
			hs_json_push(&s->say, names[i]);
			hs_json_push(&s->say, HS_SPAN("]"));
		} else {
			hs_json_push_index(&s->say, i);
		}
		hs_value_say(s, v);
		s->say.len = len;
	}
	s->say.len = len;
}

static void
push_key(struct hs_structured *s, const char *key)
{
	if (!s->joint) {
		hs_json_push_key(&s->say, key);
		return;
	}
	hs_json_push(&s->say, hs_span_of(s->joint));
	hs_json_push(&s->say, hs_escape(&s->document.arena, hs_span_of(key)));
}

static void
say_map(struct hs_structured *s, const struct hs_value *map)
{
	const size_t len = s->say.len;

	feed(&s->order, HS_SPAN("{"));
	for (const struct hs_value *v = map->first; v; v = v->next) {
		hs_structured_key(s, hs_span_of(v->key));
		push_key(s, v->key);
		hs_value_say(s, v);
		s->say.len = len;
	}
	feed(&s->order, HS_SPAN("}"));
}

void
hs_value_say(struct hs_structured *s, const struct hs_value *v)
{
	const size_t len = s->say.len;
	const char *field = NULL;

	if (v->marked.len) {
		hs_json_push(&s->say, HS_SPAN("(mark)"));
		hs_json_say_shown(&s->say, v->marked, &field);
		s->say.len = len;
		field = NULL;
	}
	if (v->kind == HS_VALUE_SCALAR)
		hs_json_say_shown(&s->say, v->shown, &field);
	else if (!v->first)
		hs_json_say_shown(&s->say, v->kind == HS_VALUE_MAP ? HS_SPAN("{}") : HS_SPAN("[]"),
		                  &field);
	else if (v->kind == HS_VALUE_MAP)
		say_map(s, v);
	else
		say_list(s, v);
}

bool
hs_structured_text(struct hs_span *out, struct hs_span file)
{
	struct hs_text t;

	if (file.len > HS_MAX_STRUCTURED || !hs_text_read(&t, file) ||
	    t.encoding != HS_ENCODING_UTF8)
		return false;
	*out = t.body;
	return true;
}

bool
hs_name_extension(struct hs_span name, const char *const *extensions, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const size_t len = strlen(extensions[i]);

		if (name.len > len && name.at[name.len - len - 1] == '.' &&
		    strncasecmp((const char *)name.at + name.len - len, extensions[i], len) == 0)
			return true;
	}
	return false;
}
