/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML (1.0, W3C): elements, attributes and texts under their paths, as
 * comparators/text/structured.h has them, with a slash between names.
 *
 *	/a/b: t            an element of nothing but text
 *	/a/b[]             several of them
 *	/a/b[@id=x]/@c     elements that an id, name or key tells apart, else /a/b[0]
 *	/a/text()[]        texts between elements
 *	/a/?target         a processing instruction
 *	doctype            the declaration
 *
 * libxml2's reader parses from memory: no network, no DTD is loaded, and a
 * document that declares entities, or has an internal subset, is left to text,
 * so that there is nothing to expand.
 *
 * Builds differ in the order of attributes (hash tables) and in layout
 * (indentation, quotes, <a/> for <a></a>): "(key order)", "(formatting)" and
 * "(notation)".
 */
#include "comparators/comparator.h"

#include "comparators/text/structured.h"
#include "core/encoding.h"
#include "core/limits.h"

#if HS_WITH_LIBXML2

#include <libxml/xmlreader.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_once_t started = PTHREAD_ONCE_INIT;

static void
keep_quiet(void *nobody, xmlErrorPtr error)
{
	(void)nobody;
	(void)error;
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Up to behind the mark, or to the end. */
static size_t
past(struct hs_span rest, const char *mark)
{
	const uint8_t *at = rest.len ? memmem(rest.at, rest.len, mark, strlen(mark)) : NULL;

	return at ? (size_t)(at - rest.at) + strlen(mark) : rest.len;
}

static struct hs_span
upto(struct hs_span rest, const char *mark)
{
	return hs_span_head(rest, past(rest, mark));
}

/* How a start or end tag is written: blanks, quotes, a slash, references. */
static void
note_tag(struct hs_structured *s, struct hs_span tag)
{
	char quote = 0;

	for (size_t i = hs_span_starts(tag, HS_SPAN("</")) ? 2 : 1; i < tag.len; i++) {
		const struct hs_span one = hs_span_head(hs_span_from(tag, i), 1);
		const char c = (char)tag.at[i];

		if (quote && (c == '&' || (is_blank(tag.at[i]) && c != ' ')))
			hs_structured_note(s, c == '&' ? upto(hs_span_from(tag, i), ";") : one);
		else if (!quote && is_blank(tag.at[i]))
			hs_structured_between(s, one, "");
		else if (!quote && (c == '"' || c == '\'' || c == '/'))
			hs_structured_note(s, one);
		if (c == quote)
			quote = 0;
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
	}
}

static size_t
tag_length(struct hs_span rest)
{
	char quote = 0;

	for (size_t i = 1; i < rest.len; i++) {
		const char c = (char)rest.at[i];

		if (!quote && c == '>')
			return i + 1;
		if (c == quote)
			quote = 0;
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
	}
	return rest.len;
}

/* Text between tags: blanks alone are layout; else line ends and references are what a value does
 * not have. */
static void
note_text(struct hs_structured *s, struct hs_span text)
{
	size_t n = 0;

	while (n < text.len && is_blank(text.at[n]))
		n++;
	if (n == text.len) {
		hs_structured_between(s, text, "");
		return;
	}
	for (size_t i = 0; i < text.len; i++) {
		const struct hs_span rest = hs_span_from(text, i);

		if (rest.at[0] == '\r')
			hs_structured_between(s, HS_SPAN("\r"), "");
		else if (rest.at[0] == '&')
			hs_structured_note(s, upto(rest, ";"));
	}
}

/* How a document that parses is written. */
static void
note_writing(struct hs_structured *s, struct hs_span rest)
{
	while (rest.len) {
		const uint8_t *next;
		size_t n;

		if (hs_span_starts(rest, HS_SPAN("<!--"))) {
			n = past(rest, "-->");
		} else if (hs_span_starts(rest, HS_SPAN("<?"))) {
			n = past(rest, "?>");
			if (hs_span_starts(rest, HS_SPAN("<?xml")))
				hs_structured_note(s, hs_span_head(rest, n));
		} else if (hs_span_starts(rest, HS_SPAN("<![CDATA["))) {
			n = past(rest, "]]>");
			hs_structured_note(s, HS_SPAN("<![CDATA["));
		} else if (rest.at[0] == '<') {
			n = tag_length(rest);
			note_tag(s, hs_span_head(rest, n));
		} else {
			next = memchr(rest.at, '<', rest.len);
			n = next ? (size_t)(next - rest.at) : rest.len;
			note_text(s, hs_span_head(rest, n));
		}
		rest = hs_span_from(rest, n);
	}
}

struct reader {
	xmlTextReaderPtr xml;
	struct hs_structured *s;
	struct hs_value *open[HS_MAX_JSON_DEPTH];
	size_t depth;
};

static struct hs_span
copy(struct reader *r, const xmlChar *text)
{
	return hs_arena_copy(&r->s->document.arena, hs_span_of(text ? (const char *)text : ""));
}

static bool
add_scalar(struct reader *r, const char *lead, const xmlChar *name, const xmlChar *value)
{
	struct hs_value *v = hs_value_add(r->s, r->open[r->depth - 1], HS_VALUE_SCALAR);

	if (!v)
		return false;
	v->key = hs_arena_printf(&r->s->document.arena, "%s%s", lead, (const char *)name);
	v->shown = copy(r, value);
	return true;
}

static int
by_key(const void *x, const void *y)
{
	const struct hs_value *a = *(struct hs_value *const *)x, *b = *(struct hs_value *const *)y;
	const int order = strcmp(a->key, b->key);

	return order ? order : (a->order > b->order) - (a->order < b->order);
}

static int
by_order(const void *x, const void *y)
{
	const struct hs_value *a = *(struct hs_value *const *)x, *b = *(struct hs_value *const *)y;

	return (a->order > b->order) - (a->order < b->order);
}

static struct hs_value *
array_of(struct hs_arena *a, struct hs_value *const *all, size_t n)
{
	struct hs_value *list = hs_arena_alloc(a, sizeof(*list));

	list->kind = HS_VALUE_LIST;
	list->key = all[0]->key;
	list->order = all[0]->order;
	for (size_t i = 0; i < n; i++)
		hs_value_append(list, all[i]);
	return list;
}

/* Puts children of one name together into an array, which stands where the first of them did. */
static void
group(struct reader *r, struct hs_value *element)
{
	struct hs_arena *a = &r->s->document.arena;
	struct hs_value **all = hs_arena_array(a, element->n, sizeof(struct hs_value *));
	size_t n = 0, heads = 0;
	struct hs_value *v;

	for (v = element->first; v; v = v->next) {
		hs_structured_key(r->s, hs_span_of(v->key));
		v->order = n;
		all[n++] = v;
	}
	qsort(all, n, sizeof(struct hs_value *), by_key);
	element->first = element->last = NULL;
	element->n = 0;
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && strcmp(all[end]->key, all[i]->key) == 0;)
			end++;
		all[heads++] = end - i > 1 ? array_of(a, all + i, end - i) : all[i];
	}
	qsort(all, heads, sizeof(struct hs_value *), by_order);
	for (size_t i = 0; i < heads; i++)
		hs_value_append(element, all[i]);
}

/* An element of nothing but text is its text. */
static void
leave(struct reader *r)
{
	struct hs_value *v = r->open[--r->depth];

	group(r, v);
	if (v->n == 1 && v->first->kind == HS_VALUE_SCALAR &&
	    strcmp(v->first->key, "text()") == 0) {
		v->kind = HS_VALUE_SCALAR;
		v->shown = v->first->shown;
	} else if (v->n == 0) {
		v->kind = HS_VALUE_SCALAR;
	}
}

static bool
enter(struct reader *r)
{
	const bool empty = xmlTextReaderIsEmptyElement(r->xml) == 1;
	struct hs_value *v;

	if (r->depth == HS_MAX_JSON_DEPTH)
		return false;
	v = hs_value_add(r->s, r->open[r->depth - 1], HS_VALUE_MAP);
	if (!v)
		return false;
	v->key = (const char *)copy(r, xmlTextReaderConstName(r->xml)).at;
	r->open[r->depth++] = v;
	while (xmlTextReaderMoveToNextAttribute(r->xml) == 1)
		if (!add_scalar(r, "@", xmlTextReaderConstName(r->xml),
		                xmlTextReaderConstValue(r->xml)))
			return false;
	if (empty)
		leave(r);
	return true;
}

/* False where there is too much. */
static bool
take(struct reader *r)
{
	const xmlChar *const name = xmlTextReaderConstName(r->xml);
	const xmlChar *const value = xmlTextReaderConstValue(r->xml);

	switch (xmlTextReaderNodeType(r->xml)) {
	case XML_READER_TYPE_ELEMENT:
		return enter(r);
	case XML_READER_TYPE_END_ELEMENT:
		leave(r);
		return true;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
		return add_scalar(r, "", (const xmlChar *)"text()", value);
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return add_scalar(r, "", (const xmlChar *)"entity()", name);
	case XML_READER_TYPE_PROCESSING_INSTRUCTION:
		return add_scalar(r, "?", name, value);
	case XML_READER_TYPE_COMMENT:
		hs_json_say_field(&r->s->say, "comment", copy(r, value));
		return true;
	default:
		return true;
	}
}

static int
take_all(struct reader *r, struct hs_err *err)
{
	int more;

	while ((more = xmlTextReaderRead(r->xml)) == 1)
		if (!take(r))
			return hs_fail(err, HS_ENOTMINE, "too deep, or of too many values");
	if (more < 0)
		return hs_fail(err, HS_ENOTMINE, "no XML at line %d",
		               xmlTextReaderGetParserLineNumber(r->xml));
	return 0;
}

/* The declaration of the type goes to *doctype; false where entities are declared, or could be. */
static bool
is_safe(struct hs_span *doctype, struct hs_span text)
{
	const uint8_t *at = text.len ? memmem(text.at, text.len, "<!DOCTYPE", 9) : NULL;

	if (text.len && memmem(text.at, text.len, "<!ENTITY", 8))
		return false;
	*doctype = HS_SPAN("");
	if (at)
		*doctype = upto(hs_span_from(text, (uint64_t)(at - text.at)), ">");
	return !at || !memchr(doctype->at, '[', doctype->len);
}

static int
read_xml(struct hs_structured *s, struct hs_span text, struct hs_err *err)
{
	const int flags =
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS;
	struct reader r = { .s = s, .depth = 1 };
	struct hs_span doctype;
	int rc;

	if (!is_safe(&doctype, text))
		return hs_fail(err, HS_ENOTMINE, "the document declares entities");
	pthread_once(&started, xmlInitParser);
	r.open[0] = hs_value_add(s, NULL, HS_VALUE_MAP);
	r.xml = xmlReaderForMemory((const char *)text.at, (int)text.len, NULL, "UTF-8", flags);
	if (!r.xml)
		hs_die_out_of_memory();
	xmlTextReaderSetStructuredErrorHandler(r.xml, keep_quiet, NULL);
	rc = take_all(&r, err);
	xmlFreeTextReader(r.xml);
	if (rc < 0)
		return rc;
	if (doctype.len)
		hs_json_say_field(&s->say, "doctype", doctype);
	note_writing(s, text);
	group(&r, r.open[0]);
	hs_value_say(s, r.open[0]);
	return 0;
}

static int
xml_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_structured s;
	struct hs_span text;
	int rc;

	if (!hs_structured_text(&text, file))
		return hs_fail(err, HS_ENOTMINE, "too large, or not in UTF-8");
	hs_structured_begin(&s, out);
	s.joint = "/";
	hs_structured_note(&s, text.len == file.len ? HS_SPAN("") : HS_SPAN("mark"));
	rc = read_xml(&s, text, err);
	hs_structured_end(&s, rc == 0);
	return rc;
}

#else

static int
xml_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	(void)out;
	(void)file;
	return hs_fail(err, HS_EABSENT, "built without libxml2");
}

#endif

enum { BID = 40, NAMED_BID = 25 };

static unsigned
xml_bid(struct hs_span file)
{
	if (hs_span_starts(file, HS_SPAN("\xef\xbb\xbf")))
		file = hs_span_from(file, 3);
	return hs_span_starts(file, HS_SPAN("<?xml ")) ? BID : 0;
}

static unsigned
xml_bid_named(struct hs_span file, struct hs_span name)
{
	static const char *const extensions[] = { "xml",  "svg", "xsd",  "xsl",  "xslt", "pom",
		                                  "rng",  "rdf", "xmp",  "gir",  "ui",   "conf",
		                                  "menu", "xlf", "wsdl", "plist" };

	if (!hs_name_extension(name, extensions, sizeof(extensions) / sizeof(extensions[0])))
		return 0;
	return file.len && file.at[0] == '<' && hs_text_guess(file) ? NAMED_BID : 0;
}

const struct hs_comparator hs_comparator_xml = {
	.name = "xml",
	.about = "XML, by element and attribute; order, notation and layout by themselves",
	.known_by = "\"<?xml \" at 0, or \"<\" and a name in .xml, .svg, .pom and the like",
	.library = "libxml2",
	.shape = HS_SHAPE_LEAF,
	.bid = xml_bid,
	.bid_named = xml_bid_named,
	.describe = xml_describe,
	.render = hs_text_render,
	.by_field = true,
};
