/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/serde_parse.h"

#include "core/limits.h"
#include "enclave/serde_number.h"
#include "enclave/serde_string.h"

#include <stdlib.h>

/* serde_json counts down from 128 and refuses at 0. */
enum { MAX_OPEN = 127 };

struct hs_serde_pending {
	struct hs_span key;
	struct hs_serde value;
	size_t order; /* among its neighbours */
};

void
hs_serde_parse_init(struct hs_serde_parser *p, struct hs_arena *a, struct hs_span text,
                    struct hs_err *err)
{
	*p = (struct hs_serde_parser){ .text = text, .arena = a, .err = err };
}

void
hs_serde_parse_release(struct hs_serde_parser *p)
{
	free(p->pending);
	p->pending = NULL;
}

int
hs_serde_parse_fail(const struct hs_serde_parser *p, const char *what)
{
	return hs_fail(p->err, HS_EFORMAT, "%s at byte %zu of the JSON", what, p->at);
}

static int
next_byte(const struct hs_serde_parser *p)
{
	return p->at < p->text.len ? p->text.at[p->at] : -1;
}

int
hs_serde_parse_peek(struct hs_serde_parser *p)
{
	int c = next_byte(p);

	while (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
		p->at++;
		c = next_byte(p);
	}
	return c;
}

int
hs_serde_parse_expect(struct hs_serde_parser *p, char c)
{
	char what[32] = "no 'x' where one has to be";

	if (hs_serde_parse_peek(p) != c) {
		what[4] = c;
		return hs_serde_parse_fail(p, what);
	}
	p->at++;
	return 0;
}

static int
expect_word(struct hs_serde_parser *p, const char *word)
{
	const struct hs_span rest = hs_span_from(p->text, p->at);

	if (!hs_span_starts(rest, hs_span_of(word)))
		return hs_serde_parse_fail(p, "a word that is no value");
	p->at += strlen(word);
	return 0;
}

int
hs_serde_parse_enter(struct hs_serde_parser *p, char bracket)
{
	const int rc = hs_serde_parse_expect(p, bracket);

	if (rc < 0)
		return rc;
	if (p->depth == MAX_OPEN)
		return hs_fail(p->err, HS_EFORMAT,
		               "the JSON is nested deeper than %d levels at byte %zu "
		               "(serde_json's limit)",
		               MAX_OPEN, p->at - 1);
	p->depth++;
	return 0;
}

bool
hs_serde_parse_next(struct hs_serde_parser *p, char close, bool first, int *rc)
{
	*rc = 0;
	if (hs_serde_parse_peek(p) == close) {
		p->at++;
		p->depth--;
		return false;
	}
	if (!first)
		*rc = hs_serde_parse_expect(p, ',');
	return *rc == 0;
}

int
hs_serde_parse_key(struct hs_serde_parser *p, struct hs_span *out)
{
	const int rc = hs_serde_parse_string(p, out);

	return rc < 0 ? rc : hs_serde_parse_expect(p, ':');
}

int
hs_serde_parse_end(struct hs_serde_parser *p)
{
	return hs_serde_parse_peek(p) < 0 ? 0 : hs_serde_parse_fail(p, "more behind the value");
}

static void
push(struct hs_serde_parser *p, struct hs_span key, const struct hs_serde *value)
{
	if (p->n_pending == p->room) {
		p->room = p->room ? 2 * p->room : 64;
		p->pending = hs_realloc(p->pending, p->room, sizeof(*p->pending));
	}
	p->pending[p->n_pending] = (struct hs_serde_pending){ key, *value, p->n_pending };
	p->n_pending++;
}

static int
by_key(const void *a, const void *b)
{
	const struct hs_serde_pending *x = a, *y = b;
	const int d = hs_span_order(x->key, y->key);

	return d ? d : (x->order > y->order) - (x->order < y->order);
}

/* Sorts what is pending from `from` on; of equal keys the last stays. */
static void
sort_keys(struct hs_serde_parser *p, size_t from)
{
	struct hs_serde_pending *list = p->pending;
	size_t n = from;

	if (p->n_pending == from)
		return;
	qsort(list + from, p->n_pending - from, sizeof(*list), by_key);
	for (size_t i = from; i < p->n_pending; i++) {
		if (n > from && hs_span_equal(list[n - 1].key, list[i].key))
			n--;
		list[n++] = list[i];
	}
	p->n_pending = n;
}

/* Makes an array or object of what is pending from `from` on. */
static void
collect(struct hs_serde_parser *p, struct hs_serde *out, enum hs_serde_kind kind, size_t from)
{
	struct hs_serde *list;
	struct hs_span *keys = NULL;
	size_t n;

	if (kind == HS_SERDE_OBJECT)
		sort_keys(p, from);
	n = p->n_pending - from;
	list = hs_arena_array(p->arena, n, sizeof(*list));
	if (kind == HS_SERDE_OBJECT)
		keys = hs_arena_array(p->arena, n, sizeof(*keys));
	for (size_t i = 0; i < n; i++) {
		list[i] = p->pending[from + i].value;
		if (keys)
			keys[i] = p->pending[from + i].key;
	}
	p->n_pending = from;
	*out = (struct hs_serde){ .kind = kind, .of = { list, keys, n } };
}

/* Recurses no deeper than MAX_OPEN. */
static int
parse_members(struct hs_serde_parser *p, struct hs_serde *out, bool object)
{
	const size_t from = p->n_pending;
	const char close = object ? '}' : ']';
	struct hs_serde value;
	struct hs_span key = { NULL, 0 };
	bool first = true;
	int rc = hs_serde_parse_enter(p, object ? '{' : '[');

	while (rc == 0 && hs_serde_parse_next(p, close, first, &rc)) {
		first = false;
		if (object)
			rc = hs_serde_parse_key(p, &key);
		if (rc == 0)
			rc = hs_serde_parse_value(p, &value);
		if (rc == 0)
			push(p, key, &value);
	}
	if (rc == 0)
		collect(p, out, object ? HS_SERDE_OBJECT : HS_SERDE_ARRAY, from);
	return rc;
}

static int
parse_word(struct hs_serde_parser *p, struct hs_serde *out, const char *word,
           enum hs_serde_kind kind)
{
	*out = (struct hs_serde){ .kind = kind };
	return expect_word(p, word);
}

int
hs_serde_parse_value(struct hs_serde_parser *p, struct hs_serde *out)
{
	const int c = hs_serde_parse_peek(p);

	if (++p->n_values > HS_MAX_SERDE_VALUES)
		return hs_fail(p->err, HS_ELIMIT,
		               "the JSON has more than %d values (HS_MAX_SERDE_VALUES)",
		               HS_MAX_SERDE_VALUES);
	switch (c) {
	case -1:
		return hs_serde_parse_fail(p, "the text ends before a value");
	case 'n':
		return parse_word(p, out, "null", HS_SERDE_NULL);
	case 't':
		return parse_word(p, out, "true", HS_SERDE_TRUE);
	case 'f':
		return parse_word(p, out, "false", HS_SERDE_FALSE);
	case '"':
		*out = (struct hs_serde){ .kind = HS_SERDE_STRING };
		return hs_serde_parse_string(p, &out->string);
	case '[':
	case '{':
		return parse_members(p, out, c == '{');
	default:
		if (c != '-' && (c < '0' || c > '9'))
			return hs_serde_parse_fail(p, "what begins no value");
		return hs_serde_take_number(out, p->text, &p->at, p->err);
	}
}

static void
skip_digits(struct hs_serde_parser *p)
{
	while (next_byte(p) >= '0' && next_byte(p) <= '9')
		p->at++;
}

/* One digit at least. */
static int
ignore_digits(struct hs_serde_parser *p)
{
	const size_t from = p->at;

	skip_digits(p);
	return p->at > from ? 0 : hs_serde_parse_fail(p, "a number is malformed");
}

static int
ignore_number(struct hs_serde_parser *p)
{
	bool zero;
	int rc;

	p->at += next_byte(p) == '-';
	zero = next_byte(p) == '0';
	p->at += zero;
	if (zero && next_byte(p) >= '0' && next_byte(p) <= '9')
		return hs_serde_parse_fail(p, "a number begins with a zero");
	rc = zero ? 0 : ignore_digits(p);
	if (rc == 0 && next_byte(p) == '.') {
		p->at++;
		rc = ignore_digits(p);
	}
	if (rc == 0 && (next_byte(p) == 'e' || next_byte(p) == 'E')) {
		p->at++;
		p->at += next_byte(p) == '+' || next_byte(p) == '-';
		rc = ignore_digits(p);
	}
	return rc;
}

static int
ignore_scalar(struct hs_serde_parser *p)
{
	switch (hs_serde_parse_peek(p)) {
	case 'n':
		return expect_word(p, "null");
	case 't':
		return expect_word(p, "true");
	case 'f':
		return expect_word(p, "false");
	case '"':
		return hs_serde_ignore_string(p);
	case -1:
		return hs_serde_parse_fail(p, "the text ends before a value");
	default:
		return ignore_number(p);
	}
}

static int
ignore_key(struct hs_serde_parser *p, char open)
{
	int rc;

	if (open != '{')
		return 0;
	rc = hs_serde_ignore_string(p);
	return rc < 0 ? rc : hs_serde_parse_expect(p, ':');
}

/* The brackets that are open, in memory: there may be millions of them. */
struct brackets {
	char *list;
	size_t n, room;
};

static void
open_bracket(struct brackets *b, char c)
{
	if (b->n == b->room) {
		b->room = b->room ? 2 * b->room : 64;
		b->list = hs_realloc(b->list, b->room, 1);
	}
	b->list[b->n++] = c;
}

/* Behind a value: closes what closes; 1 where another value follows, 0 where none is missing. */
static int
close_brackets(struct hs_serde_parser *p, struct brackets *b, bool opened)
{
	while (b->n > 0) {
		const char open = b->list[b->n - 1];
		const int c = hs_serde_parse_peek(p);
		int rc;

		if (c == (open == '{' ? '}' : ']')) {
			p->at++;
			b->n--;
			opened = false;
			continue;
		}
		rc = opened ? 0 : hs_serde_parse_expect(p, ',');
		if (rc == 0)
			rc = ignore_key(p, open);
		return rc < 0 ? rc : 1;
	}
	return 0;
}

int
hs_serde_parse_ignored(struct hs_serde_parser *p)
{
	struct brackets b = { .n = 0 };
	int rc;

	do {
		const int c = hs_serde_parse_peek(p);
		const bool opened = c == '[' || c == '{';

		rc = 0;
		if (opened) {
			open_bracket(&b, (char)c);
			p->at++;
		} else {
			rc = ignore_scalar(p);
		}
		if (rc == 0)
			rc = close_brackets(p, &b, opened);
	} while (rc > 0);
	free(b.list);
	return rc;
}
