/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_struct.h"

#include "core/escape.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct hs_go_object *
hs_go_object_new(struct hs_arena *a, const struct hs_go_field *fields)
{
	struct hs_go_object *o = hs_arena_alloc(a, sizeof(*o));
	size_t n = 0;

	while (fields[n].name)
		n++;
	o->fields = fields;
	o->cells = hs_arena_array(a, n, sizeof(*o->cells));
	for (size_t i = 0; i < n; i++) {
		if (fields[i].type == HS_GO_TIME)
			o->cells[i].time = HS_GO_TIME_ZERO;
		if (fields[i].type != HS_GO_STRUCT)
			continue;
		o->cells[i].objects = hs_arena_alloc(a, sizeof(*o->cells[i].objects));
		o->cells[i].objects[0] = hs_go_object_new(a, fields[i].fields);
		o->cells[i].n = 1;
	}
	return o;
}

/* A place for element `i` of a list; what is there from an earlier list of that name stays. */
static struct hs_go_item *
item_at(struct hs_go_cell *c, struct hs_arena *a, size_t i)
{
	if (i >= c->room) {
		const size_t room = c->room ? 2 * c->room : 4;
		struct hs_go_item *items = hs_arena_array(a, room, sizeof(*items));

		if (c->n)
			memcpy(items, c->items, c->n * sizeof(*items));
		c->items = items;
		c->room = room;
	}
	if (i >= c->n)
		c->n = i + 1;
	return &c->items[i];
}

static struct hs_go_object *
object_at(struct hs_go_cell *c, struct hs_arena *a, const struct hs_go_field *fields, size_t i)
{
	if (i >= c->room) {
		const size_t room = c->room ? 2 * c->room : 4;
		struct hs_go_object **objects =
			hs_arena_array(a, room, sizeof(struct hs_go_object *));

		if (c->n)
			memcpy(objects, c->objects, c->n * sizeof(struct hs_go_object *));
		c->objects = objects;
		c->room = room;
	}
	if (!c->objects[i])
		c->objects[i] = hs_go_object_new(a, fields);
	if (i >= c->n)
		c->n = i + 1;
	return c->objects[i];
}

/* A list that is empty is a new one; a shorter one leaves what stood behind its end for the next.
 */
static void
end_list(struct hs_go_cell *c, size_t n)
{
	c->n = n;
	if (n == 0)
		*c = (struct hs_go_cell){ .there = true };
}

static int
refuse(const struct hs_go_value *v, struct hs_err *err)
{
	return hs_fail(err, HS_EUSAGE, " is %s", hs_go_kind_name(v->kind));
}

/* Puts a step of the way before the text of an error, which begins with the way so far. */
static int
fail_at(struct hs_err *err, const char *dot, const char *name)
{
	char text[sizeof(err->text)];

	snprintf(text, sizeof(text), "%s%s%.200s", dot, name, err->text);
	memcpy(err->text, text, sizeof(text));
	return err->code;
}

static int
fail_at_element(struct hs_err *err, size_t i)
{
	char step[32];

	snprintf(step, sizeof(step), "[%zu]", i);
	return fail_at(err, "", step);
}

static int
read_int(int64_t *out, const struct hs_go_value *v, struct hs_err *err)
{
	char text[32];
	long long n = 0;
	char *end;

	if (v->kind != HS_GO_NUMBER)
		return refuse(v, err);
	errno = ERANGE;
	if (v->raw.len < sizeof(text)) {
		memcpy(text, v->raw.at, v->raw.len);
		text[v->raw.len] = '\0';
		errno = 0;
		n = strtoll(text, &end, 10);
		if (*end)
			errno = EINVAL;
	}
	if (errno)
		return hs_fail(err, HS_EUSAGE, " is no whole number of 64 bits");
	*out = n;
	return 0;
}

static int
read_time(struct hs_go_time *out, const struct hs_go_value *v, struct hs_err *err)
{
	if (v->kind != HS_GO_STRING)
		return refuse(v, err);
	/* Go looks at what stands between the quotes, escapes and all. */
	if (!hs_go_time_read(out, hs_span_head(hs_span_from(v->raw, 1), v->raw.len - 2)))
		return hs_fail(err, HS_EUSAGE, " is no time of RFC 3339");
	return 0;
}

static int
read_texts(struct hs_go_cell *c, struct hs_arena *a, const struct hs_go_value *v,
           struct hs_err *err)
{
	size_t i = 0;

	if (v->kind != HS_GO_ARRAY)
		return refuse(v, err);
	c->there = true;
	for (const struct hs_go_value *e = v->first; e; e = e->next, i++) {
		struct hs_go_item *item = item_at(c, a, i);

		if (e->kind == HS_GO_STRING) {
			item->value = e->text;
		} else if (e->kind != HS_GO_NULL) {
			refuse(e, err);
			return fail_at_element(err, i);
		}
	}
	end_list(c, i);
	return 0;
}

/* Unlike a list this begins anew, and a string is a list of one. */
static int
read_words(struct hs_go_cell *c, struct hs_arena *a, const struct hs_go_value *v,
           struct hs_err *err)
{
	*c = (struct hs_go_cell){ 0 };
	if (v->kind != HS_GO_STRING)
		return read_texts(c, a, v, err);
	c->there = true;
	item_at(c, a, 0)->value = v->text;
	return 0;
}

void
hs_go_cell_add(struct hs_go_cell *c, struct hs_arena *a, struct hs_go_item item)
{
	c->there = true;
	*item_at(c, a, c->n) = item;
}

static int
read_map(struct hs_go_cell *c, struct hs_arena *a, enum hs_go_type type,
         const struct hs_go_value *v, struct hs_err *err)
{
	const enum hs_go_kind kind = type == HS_GO_SET ? HS_GO_OBJECT : HS_GO_STRING;

	if (v->kind != HS_GO_OBJECT)
		return refuse(v, err);
	c->there = true;
	for (const struct hs_go_value *m = v->first; m; m = m->next) {
		if (type != HS_GO_RAWS && m->kind != kind && m->kind != HS_GO_NULL) {
			char name[80];

			hs_escape_short(name, sizeof(name), m->key);
			refuse(m, err);
			return fail_at(err, ".", name);
		}
		hs_go_cell_add(
			c, a, (struct hs_go_item){ m->key, type == HS_GO_RAWS ? m->raw : m->text });
	}
	return 0;
}

static int
read_objects(struct hs_go_cell *c, struct hs_arena *a, const struct hs_go_field *f,
             const struct hs_go_value *v, struct hs_err *err)
{
	size_t i = 0;

	if (v->kind != HS_GO_ARRAY)
		return refuse(v, err);
	c->there = true;
	for (const struct hs_go_value *e = v->first; e; e = e->next, i++)
		if (hs_go_object_read(object_at(c, a, f->fields, i), a, e, err) < 0)
			return fail_at_element(err, i);
	end_list(c, i);
	return 0;
}

static int
read_bool(struct hs_go_cell *c, const struct hs_go_value *v, struct hs_err *err)
{
	if (v->kind != HS_GO_TRUE && v->kind != HS_GO_FALSE)
		return refuse(v, err);
	c->number = v->kind == HS_GO_TRUE;
	return 0;
}

static int
read_text(struct hs_go_cell *c, const struct hs_go_value *v, struct hs_err *err)
{
	if (v->kind != HS_GO_STRING)
		return refuse(v, err);
	c->text = v->text;
	return 0;
}

/* null empties what can be nil, and leaves the rest as it was. */
static void
read_null(struct hs_go_cell *c, enum hs_go_type type)
{
	switch (type) {
	case HS_GO_INT_POINTER:
	case HS_GO_TEXTS:
	case HS_GO_WORDS:
	case HS_GO_SET:
	case HS_GO_MAP:
	case HS_GO_RAWS:
	case HS_GO_POINTER:
	case HS_GO_STRUCTS:
	case HS_GO_TIME_POINTER:
		*c = (struct hs_go_cell){ 0 };
		break;
	default:
		break;
	}
}

static int
read_cell(struct hs_go_cell *c, struct hs_arena *a, const struct hs_go_field *f,
          const struct hs_go_value *v, struct hs_err *err)
{
	if (v->kind == HS_GO_NULL) {
		read_null(c, f->type);
		return 0;
	}
	switch (f->type) {
	case HS_GO_BOOL:
		return read_bool(c, v, err);
	case HS_GO_INT:
	case HS_GO_INT_POINTER:
		c->there = true;
		return read_int(&c->number, v, err);
	case HS_GO_TEXT:
		return read_text(c, v, err);
	case HS_GO_TEXTS:
		return read_texts(c, a, v, err);
	case HS_GO_WORDS:
		return read_words(c, a, v, err);
	case HS_GO_SET:
	case HS_GO_MAP:
	case HS_GO_RAWS:
		return read_map(c, a, f->type, v, err);
	case HS_GO_STRUCT:
	case HS_GO_POINTER:
		c->there = true;
		return hs_go_object_read(object_at(c, a, f->fields, 0), a, v, err);
	case HS_GO_STRUCTS:
		return read_objects(c, a, f, v, err);
	case HS_GO_TIME:
	case HS_GO_TIME_POINTER:
		c->there = true;
		return read_time(&c->time, v, err);
	}
	return 0;
}

/* The field for a key: of just that name, else of that name in another case; NULL for none. */
static const struct hs_go_field *
field_for(const struct hs_go_field *fields, struct hs_span key)
{
	for (const struct hs_go_field *f = fields; f->name; f++)
		if (hs_span_is(key, f->name))
			return f;
	for (const struct hs_go_field *f = fields; f->name; f++)
		if (hs_go_key_folds(key, f->name))
			return f;
	return NULL;
}

int
hs_go_object_read(struct hs_go_object *o, struct hs_arena *a, const struct hs_go_value *v,
                  struct hs_err *err)
{
	if (v->kind == HS_GO_NULL)
		return 0;
	if (v->kind != HS_GO_OBJECT)
		return refuse(v, err);
	for (const struct hs_go_value *m = v->first; m; m = m->next) {
		const struct hs_go_field *f = field_for(o->fields, m->key);

		if (f && read_cell(&o->cells[f - o->fields], a, f, m, err) < 0)
			return fail_at(err, ".", f->name);
	}
	return 0;
}

struct hs_go_cell *
hs_go_cell(const struct hs_go_object *o, const char *name)
{
	size_t i = 0;

	while (strcmp(o->fields[i].name, name) != 0)
		i++;
	return &o->cells[i];
}

struct hs_go_object *
hs_go_cell_object(const struct hs_go_cell *c)
{
	return c->n ? c->objects[0] : NULL;
}

static bool
says_nothing(const struct hs_go_value *v)
{
	switch (v->kind) {
	case HS_GO_NULL:
	case HS_GO_FALSE:
		return true;
	case HS_GO_NUMBER:
		return hs_span_is(v->raw, "0");
	case HS_GO_STRING:
		return v->text.len == 0;
	case HS_GO_ARRAY:
	case HS_GO_OBJECT:
		return !v->first;
	case HS_GO_TRUE:
		break;
	}
	return false;
}

const char *
hs_go_lost(struct hs_arena *a, const struct hs_go_value *v, const struct hs_go_field *fields)
{
	const size_t most = 8;
	const char *names = NULL;
	size_t n = 0;

	for (const struct hs_go_value *m = v->kind == HS_GO_OBJECT ? v->first : NULL; m;
	     m = m->next) {
		char name[80];

		if (says_nothing(m) || field_for(fields, m->key) || ++n > most)
			continue;
		hs_escape_short(name, sizeof(name), m->key);
		names = names ? hs_arena_printf(a, "%s, %s", names, name)
		              : hs_arena_printf(a, "%s", name);
	}
	return n > most ? hs_arena_printf(a, "%s and %zu more", names, n - most) : names;
}

const struct hs_go_value *
hs_go_member(const struct hs_go_value *v, const char *field)
{
	const struct hs_go_value *found = NULL;

	for (const struct hs_go_value *m = v->kind == HS_GO_OBJECT ? v->first : NULL; m;
	     m = m->next)
		if (hs_go_key_folds(m->key, field))
			found = m;
	return found;
}
