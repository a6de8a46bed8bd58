/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/language/pyc_code.h"

#include "comparators/language/pyc_listing.h"
#include "core/escape.h"

#include <inttypes.h>

struct hs_pyc_code
hs_pyc_code_of(const struct hs_marshal *m, uint32_t i, unsigned version)
{
	uint32_t at[10];
	struct hs_pyc_code c = {
		.numbers = { .rest = m->objects[i].bytes },
		.cells = HS_MARSHAL_NONE,
		.free = HS_MARSHAL_NONE,
		.kinds = HS_MARSHAL_NONE,
		.qualname = HS_MARSHAL_NONE,
		.exceptions = HS_MARSHAL_NONE,
	};
	struct hs_cursor last = c.numbers;

	hs_take(&last, last.rest.len - 4);
	c.flags = (uint32_t)hs_take_le(&last, 4);
	for (uint32_t k = 0; k < 10; k++)
		at[k] = hs_marshal_child(m, i, k);
	c.code = at[0];
	c.consts = at[1];
	c.names = at[2];
	c.locals = at[3];
	c.lines = at[8];
	if (version >= 311) {
		c.kinds = at[4];
		c.file = at[5];
		c.name = at[6];
		c.qualname = at[7];
		c.exceptions = at[9];
	} else {
		c.free = at[4];
		c.cells = at[5];
		c.file = at[6];
		c.name = at[7];
	}
	return c;
}

static void
write_numbers(FILE *out, struct hs_cursor numbers, unsigned version)
{
	static const char *const of_2[] = { "arguments", "locals", "stack" };
	static const char *const of_3[] = { "arguments", "keyword-only arguments", "locals",
		                            "stack" };
	static const char *const of_38[] = { "arguments", "positional-only arguments",
		                             "keyword-only arguments", "locals", "stack" };
	static const char *const of_311[] = { "arguments", "positional-only arguments",
		                              "keyword-only arguments", "stack" };
	const char *const *names = version >= 311   ? of_311
	                           : version >= 308 ? of_38
	                           : version >= 300 ? of_3
	                                            : of_2;

	for (size_t k = 0; numbers.rest.len > 4; k++)
		fprintf(out, "%s: %" PRIu64 "\n", names[k], hs_take_le(&numbers, 4));
}

static void
write_flags(FILE *out, uint32_t flags)
{
	static const char *const names[] = { "optimized",      "new locals", "*args",
		                             "**kwargs",       "nested",     "generator",
		                             "no free",        "coroutine",  "iterable coroutine",
		                             "async generator" };

	fputs("flags:", out);
	for (unsigned bit = 0; bit < 32; bit++) {
		if (!(flags >> bit & 1))
			continue;
		if (bit < sizeof(names) / sizeof(names[0]))
			fprintf(out, " %s;", names[bit]);
		else
			fprintf(out, " 0x%x;", 1U << bit);
	}
	putc('\n', out);
}

/* One line for each element of a tuple. */
static void
write_each(FILE *out, struct hs_pyc_value *v, const char *label, uint32_t i)
{
	const struct hs_marshal_object *o;
	uint32_t child;

	if (i == HS_MARSHAL_NONE)
		return;
	o = hs_marshal_at(v->m, i);
	if (o->type != '(' && o->type != ')') {
		fprintf(out, "%s: ", label);
		hs_pyc_value_write(out, v, i);
		putc('\n', out);
		return;
	}
	child = (uint32_t)(o - v->m->objects) + 1;
	for (uint32_t k = 0; k < o->n; k++) {
		fprintf(out, "%s: ", label);
		hs_pyc_value_write(out, v, child);
		putc('\n', out);
		child = v->m->objects[child].next;
	}
}

/* Kinds of 3.11's fast locals: 0x20 a variable, 0x40 a cell, 0x80 free; lower bits: hidden. */
static void
write_kinds(FILE *out, const struct hs_marshal *m, uint32_t i)
{
	const struct hs_span kinds = hs_marshal_string(m, i);

	if (kinds.len == 0)
		return;
	fputs("kinds of locals:", out);
	for (size_t k = 0; k < kinds.len; k++)
		fprintf(out, " %02x", kinds.at[k]);
	putc('\n', out);
}

static void
write_text(FILE *out, const char *label, struct hs_span s)
{
	fprintf(out, "%s: ", label);
	hs_escape_write(out, s);
	putc('\n', out);
}

void
hs_pyc_code_write(FILE *out, struct hs_pyc_value *v, const struct hs_pyc_opcodes *ops, uint32_t i,
                  struct hs_span file)
{
	const struct hs_pyc_code c = hs_pyc_code_of(v->m, i, ops->version);
	const struct hs_span its_file = hs_marshal_string(v->m, c.file);
	const struct hs_span qualname = hs_marshal_string(v->m, c.qualname);

	if (!hs_span_equal(its_file, file))
		write_text(out, "source file", its_file);
	write_text(out, "name", hs_marshal_string(v->m, c.name));
	if (qualname.len && !hs_span_equal(qualname, v->names[i]))
		write_text(out, "qualified name", qualname);
	write_numbers(out, c.numbers, ops->version);
	write_flags(out, c.flags);
	write_each(out, v, "constant", c.consts);
	write_each(out, v, "name used", c.names);
	write_each(out, v, "local", c.locals);
	write_each(out, v, "cell", c.cells);
	write_each(out, v, "free", c.free);
	write_kinds(out, v->m, c.kinds);
	hs_pyc_listing_write(out, v, ops, &c);
}
