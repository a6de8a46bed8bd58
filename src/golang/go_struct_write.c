/* SPDX-License-Identifier: Apache-2.0 */
#include "golang/go_struct.h"

#include <stdlib.h>

static bool
is_empty(const struct hs_go_field *f, const struct hs_go_cell *c)
{
	switch (f->type) {
	case HS_GO_BOOL:
	case HS_GO_INT:
		return c->number == 0;
	case HS_GO_TEXT:
		return c->text.len == 0;
	case HS_GO_TEXTS:
	case HS_GO_WORDS:
	case HS_GO_SET:
	case HS_GO_MAP:
	case HS_GO_RAWS:
	case HS_GO_STRUCTS:
		return c->n == 0;
	case HS_GO_INT_POINTER:
	case HS_GO_POINTER:
	case HS_GO_TIME_POINTER:
		return !c->there;
	case HS_GO_STRUCT:
	case HS_GO_TIME:
		break;
	}
	return false; /* structures are never empty to Go */
}

static void
write_texts(struct hs_go_text *t, const struct hs_go_cell *c)
{
	hs_go_puts(t, "[");
	for (size_t i = 0; i < c->n; i++) {
		hs_go_puts(t, i ? "," : "");
		hs_go_put_string(t, c->items[i].value);
	}
	hs_go_puts(t, "]");
}

static int
by_key(const void *x, const void *y)
{
	const struct hs_go_item *const *a = x, *const *b = y;
	const int order = hs_span_order((*a)->key, (*b)->key);

	/* Of equal keys the last that was read comes first: it counts. */
	return order ? order : (*a < *b) - (*a > *b);
}

void
hs_go_put_map(struct hs_go_text *t, const struct hs_go_cell *c, enum hs_go_type type)
{
	const struct hs_go_item **sorted = hs_alloc((c->n + 1) * sizeof(struct hs_go_item *));
	const char *comma = "";

	for (size_t i = 0; i < c->n; i++)
		sorted[i] = &c->items[i];
	qsort(sorted, c->n, sizeof(struct hs_go_item *), by_key);
	hs_go_puts(t, "{");
	for (size_t i = 0; i < c->n; i++) {
		if (i && hs_span_equal(sorted[i]->key, sorted[i - 1]->key))
			continue;
		hs_go_puts(t, comma);
		comma = ",";
		hs_go_put_string(t, sorted[i]->key);
		hs_go_puts(t, ":");
		if (type == HS_GO_SET)
			hs_go_puts(t, "{}");
		else if (type == HS_GO_RAWS)
			hs_go_put_raw(t, sorted[i]->value);
		else
			hs_go_put_string(t, sorted[i]->value);
	}
	hs_go_puts(t, "}");
	free(sorted);
}

static void
write_time(struct hs_go_text *t, struct hs_go_time time)
{
	char text[HS_GO_TIME_TEXT];

	hs_go_time_write(text, time);
	hs_go_put_string(t, hs_span_of(text));
}

static void
write_objects(struct hs_go_text *t, const struct hs_go_cell *c)
{
	hs_go_puts(t, "[");
	for (size_t i = 0; i < c->n; i++) {
		hs_go_puts(t, i ? "," : "");
		hs_go_object_write(t, c->objects[i]);
	}
	hs_go_puts(t, "]");
}

static void
write_cell(struct hs_go_text *t, const struct hs_go_field *f, const struct hs_go_cell *c)
{
	switch (f->type) {
	case HS_GO_BOOL:
		hs_go_puts(t, c->number ? "true" : "false");
		return;
	case HS_GO_INT:
		hs_go_put_number(t, c->number);
		return;
	case HS_GO_TEXT:
		hs_go_put_string(t, c->text);
		return;
	case HS_GO_TIME:
		write_time(t, c->time);
		return;
	case HS_GO_STRUCT:
		hs_go_object_write(t, c->objects[0]);
		return;
	default:
		break;
	}
	if (!c->there)
		hs_go_puts(t, "null");
	else if (f->type == HS_GO_INT_POINTER)
		hs_go_put_number(t, c->number);
	else if (f->type == HS_GO_TIME_POINTER)
		write_time(t, c->time);
	else if (f->type == HS_GO_POINTER)
		hs_go_object_write(t, c->objects[0]);
	else if (f->type == HS_GO_STRUCTS)
		write_objects(t, c);
	else if (f->type == HS_GO_SET || f->type == HS_GO_MAP || f->type == HS_GO_RAWS)
		hs_go_put_map(t, c, f->type);
	else
		write_texts(t, c);
}

void
hs_go_object_write(struct hs_go_text *t, const struct hs_go_object *o)
{
	const char *comma = "";

	hs_go_puts(t, "{");
	for (const struct hs_go_field *f = o->fields; f->name; f++) {
		const struct hs_go_cell *c = &o->cells[f - o->fields];

		if (f->omitempty && is_empty(f, c))
			continue;
		hs_go_puts(t, comma);
		comma = ",";
		hs_go_put_string(t, hs_span_of(f->name));
		hs_go_puts(t, ":");
		write_cell(t, f, c);
	}
	hs_go_puts(t, "}");
}
