/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Code attribute (Java Virtual Machine Specification, 4.7.3 and 6.5):
 *
 *	max_stack 2, max_locals 2, length 4, the code
 *	exceptions    a number of 2 bytes, and as often start, end, handler, type
 *	attributes    LineNumberTable, LocalVariableTable, StackMapTable, ...
 */
#include "comparators/language/class_code.h"

#include "comparators/language/class_attributes.h"
#include "comparators/language/class_opcode.h"

#include <inttypes.h>
#include <stdlib.h>

enum { TABLE_SWITCH = 0xaa, LOOKUP_SWITCH = 0xab, WIDE = 0xc4, IINC = 0x84, RARE = 0xcb };

struct listing {
	FILE *out;
	const struct hs_class *k;
	struct hs_span code;
	uint32_t *labels; /* of each byte of the code and its end: 0 for none */
	uint32_t *lines;  /* of each byte: 0 for none */
	bool writing;     /* else labels are looked for */
};

/* A place in the code: notes it, or writes its label. */
static void
place(struct listing *l, int64_t at)
{
	const bool inside = at >= 0 && (uint64_t)at <= l->code.len;

	if (!l->writing && inside)
		l->labels[at] = 1;
	else if (l->writing && inside)
		fprintf(l->out, " L%" PRIu32, l->labels[at]);
	else if (l->writing)
		fprintf(l->out, " (outside: %" PRId64 ")", at);
}

static int64_t
take_signed(struct hs_cursor *c, size_t width)
{
	const uint64_t v = hs_take_be(c, width), sign = UINT64_C(1) << (8 * width - 1);

	return (int64_t)(v ^ sign) - (int64_t)sign;
}

static void
constant(const struct listing *l, unsigned i)
{
	if (!l->writing)
		return;
	putc(' ', l->out);
	hs_class_constant_write(l->out, l->k, i);
}

static void
number(const struct listing *l, int64_t v)
{
	if (l->writing)
		fprintf(l->out, " %" PRId64, v);
}

static void
take_switch(struct listing *l, struct hs_cursor *c, int64_t at, bool table)
{
	int64_t low = 0, n, fallback;

	hs_take(c, (uint64_t)(3 - at % 4));
	fallback = take_signed(c, 4);
	if (table) {
		low = take_signed(c, 4);
		n = take_signed(c, 4) - low + 1;
	} else {
		n = take_signed(c, 4);
	}
	for (int64_t i = 0; i < n && !c->cut; i++) {
		const int64_t value = table ? low + i : take_signed(c, 4);
		const int64_t to = take_signed(c, 4);

		if (l->writing)
			fprintf(l->out, "\n        %" PRId64 ":", value);
		place(l, at + to);
	}
	if (l->writing)
		fputs("\n        default:", l->out);
	place(l, at + fallback);
}

static void
take_operands(struct listing *l, struct hs_cursor *c, int64_t at, const char *operands)
{
	for (; *operands && !c->cut; operands++) {
		switch (*operands) {
		case 'c':
			constant(l, (unsigned)hs_take_be(c, 1));
			break;
		case 'C':
			constant(l, (unsigned)hs_take_be(c, 2));
			break;
		case 'u':
			number(l, (int64_t)hs_take_be(c, 1));
			break;
		case 'b':
			number(l, take_signed(c, 1));
			break;
		case 'U':
			number(l, (int64_t)hs_take_be(c, 2));
			break;
		case 's':
			number(l, take_signed(c, 2));
			break;
		case 'j':
			place(l, at + take_signed(c, 2));
			break;
		default: /* 'J' */
			place(l, at + take_signed(c, 4));
		}
	}
}

/* The instruction at the front. */
static void
take_instruction(struct listing *l, struct hs_cursor *c)
{
	const int64_t at = (int64_t)(l->code.len - c->rest.len);
	unsigned op = (unsigned)hs_take_be(c, 1);
	const bool wide = op == WIDE;

	if (wide) {
		op = (unsigned)hs_take_be(c, 1);
		if (l->writing)
			fputs(" wide", l->out);
	}
	if (l->writing && op < RARE)
		fprintf(l->out, " %s", hs_class_opcodes[op].name);
	else if (l->writing)
		fprintf(l->out, " instruction %u", op);
	if (op == TABLE_SWITCH || op == LOOKUP_SWITCH)
		take_switch(l, c, at, op == TABLE_SWITCH);
	else if (wide)
		take_operands(l, c, at, op == IINC ? "Us" : "U");
	else if (op < RARE)
		take_operands(l, c, at, hs_class_opcodes[op].operands);
}

/* Whether the listing tells all of the table: a line for each of some places, in their order. */
static bool
take_lines(struct listing *l, struct hs_span table)
{
	struct hs_cursor c = { .rest = table };
	const uint64_t n = hs_take_be(&c, 2);
	uint64_t behind = 0;
	bool all = !c.cut && table.len == 2 + 4 * n;

	while (c.rest.len >= 4) {
		const uint64_t where = hs_take_be(&c, 2), line = hs_take_be(&c, 2);

		all = all && where >= behind && where < l->code.len && line > 0 &&
		      l->lines[where] == 0;
		if (where < l->code.len)
			l->lines[where] = (uint32_t)line;
		behind = where + 1;
	}
	return all;
}

static void
read_lines(struct listing *l, struct hs_cursor attributes)
{
	struct hs_class_attribute at;

	for (unsigned n = hs_class_count(&attributes);
	     n > 0 && hs_class_attribute(&at, l->k, &attributes); n--) {
		if (!hs_span_is(at.name, "LineNumberTable") || take_lines(l, at.bytes))
			continue;
		fputs("LineNumberTable:", l->out);
		hs_class_raw_write(l->out, at.bytes);
		putc('\n', l->out);
	}
}

static void
write_code(struct listing *l, unsigned first)
{
	struct hs_cursor c = { .rest = l->code };
	int64_t line = first;

	while (c.rest.len && !c.cut && !ferror(l->out)) {
		const size_t at = l->code.len - c.rest.len;

		if (l->lines[at]) {
			fprintf(l->out, "  line %+" PRId64 "\n", (int64_t)l->lines[at] - line);
			line = l->lines[at];
		}
		if (l->labels[at])
			fprintf(l->out, "L%" PRIu32 ":\n", l->labels[at]);
		fputs("   ", l->out);
		take_instruction(l, &c);
		putc('\n', l->out);
	}
	if (l->labels[l->code.len])
		fprintf(l->out, "L%" PRIu32 ":\n", l->labels[l->code.len]);
}

static void
exceptions(struct listing *l, struct hs_cursor c, unsigned n)
{
	for (; n > 0 && !c.cut; n--) {
		if (l->writing)
			fputs("exceptions of", l->out);
		place(l, (int64_t)hs_take_be(&c, 2));
		if (l->writing)
			fputs(" to", l->out);
		place(l, (int64_t)hs_take_be(&c, 2));
		if (l->writing)
			fputs(" go to", l->out);
		place(l, (int64_t)hs_take_be(&c, 2));
		constant(l, (unsigned)hs_take_be(&c, 2));
		if (l->writing)
			putc('\n', l->out);
	}
}

static unsigned
first_line(const struct listing *l)
{
	for (size_t i = 0; i < l->code.len; i++)
		if (l->lines[i])
			return l->lines[i];
	return 0;
}

static unsigned
write_all(struct listing *l, struct hs_cursor c)
{
	const unsigned n = (unsigned)hs_take_be(&c, 2);
	const struct hs_cursor table = c;
	struct hs_cursor find = { .rest = l->code }, behind;
	uint32_t label = 0;
	unsigned first;

	hs_take(&c, (uint64_t)8 * n);
	read_lines(l, c);
	while (find.rest.len && !find.cut)
		take_instruction(l, &find);
	exceptions(l, table, n);
	for (size_t i = 0; i <= l->code.len; i++)
		if (l->labels[i])
			l->labels[i] = ++label;
	l->writing = true;
	first = first_line(l);
	write_code(l, first);
	exceptions(l, table, n);
	behind = hs_class_attributes_write(l->out, l->k, c);
	if (behind.cut || behind.rest.len) {
		fputs("attributes that do not fit:", l->out);
		hs_class_raw_write(l->out, c.rest);
		putc('\n', l->out);
	}
	return first;
}

unsigned
hs_class_code_write(FILE *out, const struct hs_class *k, struct hs_span code)
{
	struct hs_cursor c = { .rest = code };
	struct listing l = { .out = out, .k = k };
	unsigned first;

	fprintf(out, "stack: %" PRIu64 "\n", hs_take_be(&c, 2));
	fprintf(out, "locals: %" PRIu64 "\n", hs_take_be(&c, 2));
	l.code = hs_take(&c, hs_take_be(&c, 4));
	if (c.cut) {
		fputs("the code is cut short\n", out);
		return 0;
	}
	l.labels = hs_alloc((l.code.len + 1) * sizeof(*l.labels));
	l.lines = hs_alloc((l.code.len + 1) * sizeof(*l.lines));
	memset(l.labels, 0, (l.code.len + 1) * sizeof(*l.labels));
	memset(l.lines, 0, (l.code.len + 1) * sizeof(*l.lines));
	first = write_all(&l, c);
	free(l.labels);
	free(l.lines);
	return first;
}
