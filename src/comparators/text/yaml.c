/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML (1.1 as libyaml reads it; yaml.org/spec): the values of each document
 * under their paths, as comparators/text/structured.h has them.
 *
 *	(Deployment web) .spec.replicas   documents of Kubernetes, by kind and name
 *	[2] .a                            else from the second document on
 *	.base(mark): &base                an anchor, a tag
 *	.b: *base                         an alias, which is not followed: no bomb opens
 *	.port: "80"                       a string that would be another value without quotes
 *
 * Builds differ in what templates fill in, in the order of keys (Go sorts
 * maps, Python's yaml does unless told), in quotes and in layout; the last
 * three are "(key order)", "(notation)" and "(formatting)". What libyaml does
 * not take, keys that are no scalars, and depth are left to text.
 */
#include "comparators/comparator.h"

#include "comparators/text/structured.h"
#include "core/encoding.h"
#include "core/escape.h"
#include "core/limits.h"

#if HS_WITH_YAML

#include <strings.h>
#include <yaml.h>

struct reader {
	yaml_parser_t parser;
	struct hs_structured *s;
	struct hs_span text;
	size_t chars, bytes; /* the same place in characters, as libyaml counts, and bytes */
	size_t told;         /* up to where the text is told */
	struct hs_value *open[HS_MAX_JSON_DEPTH]; /* the documents' list, and what is open in it */
	size_t depth;
	const char *key; /* the next value's */
};

/* The place of a mark in bytes; marks come in order. */
static size_t
place(struct reader *r, const yaml_mark_t *mark)
{
	while (r->chars < mark->index && r->bytes < r->text.len) {
		r->bytes++;
		while (r->bytes < r->text.len && (r->text.at[r->bytes] & 0xc0) == 0x80)
			r->bytes++;
		r->chars++;
	}
	return r->bytes;
}

/* Notes what stands before the place. */
static void
tell_until(struct reader *r, size_t at)
{
	if (at <= r->told)
		return;
	hs_structured_between(r->s, hs_span_head(hs_span_from(r->text, r->told), at - r->told),
	                      "#");
	r->told = at;
}

/* Whether a string would be something else, or nothing, without its quotes. */
static bool
looks_otherwise(struct hs_span s)
{
	static const char *const words[] = { "~",  "null", "true", "false", "yes", "no",
		                             "on", "off",  "y",    "n",     "<<",  "=" };
	const struct hs_span number = HS_SPAN("0123456789+-.\"&*!");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (s.len == strlen(words[i]) &&
		    strncasecmp((const char *)s.at, words[i], s.len) == 0)
			return true;
	return s.len == 0 || memchr(number.at, s.at[0], number.len) || hs_span_is(s, "{}") ||
	       hs_span_is(s, "[]");
}

static struct hs_span
marks(struct hs_arena *a, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	return hs_arena_span(a, "%s%s%s%s", anchor ? "&" : "", anchor ? (const char *)anchor : "",
	                     anchor && tag ? " " : "", tag ? (const char *)tag : "");
}

/* How a scalar is written beyond its value: the header and indent of a block, a text whose quotes
 * hold other characters than its value's. */
static void
note_spelling(struct reader *r, const yaml_event_t *e, struct hs_span raw, struct hs_span value)
{
	const char style[] = { (char)('0' + (int)e->data.scalar.style), 0 };
	const uint8_t *line_end = raw.len ? memchr(raw.at, '\n', raw.len) : NULL;
	struct hs_span inner = raw;

	hs_structured_note(r->s, hs_span_of(style));
	if (e->data.scalar.style == YAML_LITERAL_SCALAR_STYLE && line_end) {
		const struct hs_span body = hs_span_from(raw, (uint64_t)(line_end - raw.at) + 1);
		size_t n = 0;

		while (n < body.len && (body.at[n] == ' ' || body.at[n] == '\n'))
			n++;
		hs_structured_between(r->s, hs_span_head(raw, raw.len - body.len), "#");
		hs_structured_between(r->s, hs_span_head(body, n), "");
		return;
	}
	if (inner.len >= 2 && (inner.at[0] == '"' || inner.at[0] == '\''))
		inner = hs_span_head(hs_span_from(raw, 1), raw.len - 2);
	if (!hs_span_equal(inner, value))
		hs_structured_note(r->s, raw);
}

/* A scalar as facts have it; its bytes are told. */
static struct hs_span
take_scalar(struct reader *r, const yaml_event_t *e)
{
	struct hs_arena *a = &r->s->document.arena;
	const struct hs_span value = { e->data.scalar.value, e->data.scalar.length };
	const struct hs_span mark = marks(a, e->data.scalar.anchor, e->data.scalar.tag);
	struct hs_span shown = value.len ? value : HS_SPAN("");
	const size_t from = place(r, &e->start_mark), to = place(r, &e->end_mark);

	if (to > from) {
		tell_until(r, from);
		note_spelling(r, e, hs_span_head(hs_span_from(r->text, from), to - from), value);
		r->told = to;
	}
	if (e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE && looks_otherwise(value))
		shown = hs_arena_join(a, hs_arena_join(a, HS_SPAN("\""), value), HS_SPAN("\""));
	if (mark.len)
		shown = hs_arena_join(a, hs_arena_join(a, mark, HS_SPAN(" ")), shown);
	return hs_arena_copy(a, shown);
}

static struct hs_value *
add(struct reader *r, enum hs_value_kind kind)
{
	struct hs_value *in = r->open[r->depth - 1];
	struct hs_value *v = hs_value_add(r->s, in, kind);

	if (v && in->kind == HS_VALUE_MAP) {
		v->key = r->key;
		r->key = NULL;
	}
	return v;
}

static bool
awaits_key(const struct reader *r)
{
	return r->open[r->depth - 1]->kind == HS_VALUE_MAP && !r->key;
}

static bool
take_value(struct reader *r, struct hs_span shown)
{
	struct hs_value *v;

	if (awaits_key(r)) {
		r->key = (const char *)shown.at;
		return memchr(shown.at, 0, shown.len) == NULL;
	}
	v = add(r, HS_VALUE_SCALAR);
	if (v)
		v->shown = shown;
	return v != NULL;
}

static bool
enter(struct reader *r, enum hs_value_kind kind, struct hs_span mark)
{
	struct hs_value *v;

	if (awaits_key(r) || r->depth == HS_MAX_JSON_DEPTH)
		return false;
	v = add(r, kind);
	if (!v)
		return false;
	v->marked = hs_escape(&r->s->document.arena, mark);
	r->open[r->depth++] = v;
	return true;
}

/* False where the event is of what is not read by field. */
static bool
take_event(struct reader *r, const yaml_event_t *e)
{
	struct hs_arena *a = &r->s->document.arena;
	struct hs_span mark;

	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return take_value(r, take_scalar(r, e));
	case YAML_ALIAS_EVENT:
		return take_value(r, hs_arena_span(a, "*%s", (const char *)e->data.alias.anchor));
	case YAML_SEQUENCE_START_EVENT:
		mark = marks(a, e->data.sequence_start.anchor, e->data.sequence_start.tag);
		return enter(r, HS_VALUE_LIST, mark);
	case YAML_MAPPING_START_EVENT:
		mark = marks(a, e->data.mapping_start.anchor, e->data.mapping_start.tag);
		return enter(r, HS_VALUE_MAP, mark);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		r->depth--;
		return true;
	default:
		return true;
	}
}

static int
take_all(struct reader *r, struct hs_err *err)
{
	for (bool more = true; more;) {
		yaml_event_t e;
		bool ok;

		if (!yaml_parser_parse(&r->parser, &e)) {
			if (r->parser.error == YAML_MEMORY_ERROR)
				hs_die_out_of_memory();
			return hs_fail(err, HS_ENOTMINE, "no YAML at line %zu",
			               r->parser.problem_mark.line + 1);
		}
		ok = take_event(r, &e);
		more = e.type != YAML_STREAM_END_EVENT;
		if (!ok)
			hs_fail(err, HS_ENOTMINE, "line %zu is not read by field",
			        e.start_mark.line + 1);
		yaml_event_delete(&e);
		if (!ok)
			return err->code;
	}
	tell_until(r, r->text.len);
	return 0;
}

/* "(KIND NAME) " of an object of Kubernetes; empty for any other document. */
static struct hs_span
name_of(struct hs_arena *a, const struct hs_value *document)
{
	const struct hs_value *kind = hs_value_scalar(document, "kind"), *name = NULL;

	for (const struct hs_value *v = document->first; v && !name; v = v->next)
		if (v->key && strcmp(v->key, "metadata") == 0)
			name = hs_value_scalar(v, "name");
	if (!kind || !name || kind->shown.len + name->shown.len > HS_MAX_NAME)
		return HS_SPAN("");
	return hs_arena_join(a,
	                     hs_arena_span(a, "(%s ", (const char *)hs_escape(a, kind->shown).at),
	                     hs_arena_join(a, hs_escape(a, name->shown), HS_SPAN(") ")));
}

/* Twice the same name, in other namespaces, makes a list of each field. */
static void
say_documents(struct hs_structured *s, const struct hs_value *documents)
{
	struct hs_arena *a = &s->document.arena;
	size_t n = 0;

	for (const struct hs_value *v = documents->first; v; v = v->next) {
		struct hs_span name = name_of(a, v);

		if (++n > 1 && name.len == 0)
			name = hs_arena_span(a, "[%zu] ", n);
		hs_json_push(&s->say, name);
		hs_structured_key(s, name);
		hs_value_say(s, v);
		s->say.len = 0;
	}
}

static int
read_yaml(struct hs_structured *s, struct hs_span text, struct hs_err *err)
{
	struct reader r = { .s = s, .text = text, .depth = 1 };
	int rc;

	r.open[0] = hs_value_add(s, NULL, HS_VALUE_LIST);
	if (!yaml_parser_initialize(&r.parser))
		hs_die_out_of_memory();
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, text.at, text.len);
	rc = take_all(&r, err);
	yaml_parser_delete(&r.parser);
	if (rc == 0 &&
	    (!r.open[0]->first || (r.open[0]->n == 1 && r.open[0]->first->kind == HS_VALUE_SCALAR)))
		return hs_fail(err, HS_ENOTMINE, "no list or map");
	if (rc == 0)
		say_documents(s, r.open[0]);
	return rc;
}

static int
yaml_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_structured s;
	struct hs_span text;
	int rc;

	if (!hs_structured_text(&text, file))
		return hs_fail(err, HS_ENOTMINE, "too large, or not in UTF-8");
	hs_structured_begin(&s, out);
	hs_structured_note(&s, text.len == file.len ? HS_SPAN("") : HS_SPAN("mark"));
	rc = read_yaml(&s, text, err);
	hs_structured_end(&s, rc == 0);
	return rc;
}

#else

static int
yaml_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	(void)out;
	(void)file;
	return hs_fail(err, HS_EABSENT, "built without libyaml");
}

#endif

enum { BID = 24, DIRECTIVE_BID = 64 };

static unsigned
yaml_bid(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("%YAML 1.")) ? DIRECTIVE_BID : 0;
}

static unsigned
yaml_bid_named(struct hs_span file, struct hs_span name)
{
	static const char *const extensions[] = { "yaml", "yml" };

	return hs_name_extension(name, extensions, 2) && hs_text_guess(file) ? BID : 0;
}

const struct hs_comparator hs_comparator_yaml = {
	.name = "yaml",
	.about = "YAML, by field; order of keys, notation and layout by themselves",
	.known_by = "\"%YAML 1.\" at 0, or text of a name in .yaml or .yml that parses",
	.library = "libyaml",
	.shape = HS_SHAPE_LEAF,
	.bid = yaml_bid,
	.bid_named = yaml_bid_named,
	.describe = yaml_describe,
	.render = hs_text_render,
	.by_field = true,
};
