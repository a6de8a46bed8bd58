/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A function's body (WebAssembly Core Specification, 5.4 and 5.5.13):
 *
 *	locals        a number, and as often how many and their type
 *	instructions  up to the end (0b) that closes the function
 */
#include "comparators/binary/wasm_code.h"

#include "comparators/binary/wasm_opcode.h"
#include "comparators/binary/wasm_write.h"

#include <inttypes.h>
#include <stdarg.h>

enum {
	ELSE = 0x05,
	CATCH = 0x07,
	END = 0x0b,
	DELEGATE = 0x18,
	CATCH_ALL = 0x19,
	EMPTY = 0x40,
	INDENTED = 40, /* blocks inside blocks that are indented */
};

struct listing {
	FILE *out; /* NULL: nothing is written */
	const struct hs_wasm *w;
	struct hs_cursor *c;
	size_t depth;
};

static void __attribute__((format(printf, 2, 3)))
say(const struct listing *l, const char *format, ...)
{
	va_list ap;

	if (!l->out)
		return;
	va_start(ap, format);
	vfprintf(l->out, format, ap);
	va_end(ap);
}

/* A block's type: none, a value's, or that of a function. */
static void
take_block_type(struct listing *l)
{
	struct hs_cursor again = *l->c;
	const int64_t type = hs_wasm_signed(l->c);
	const uint64_t byte = hs_take_be(&again, 1);

	if (byte == EMPTY || !l->out)
		return;
	putc(' ', l->out);
	if (type < 0)
		hs_wasm_write_value_type(l->out, byte);
	else
		hs_wasm_write_type(l->out, l->w, (uint64_t)type);
}

static void
take_float(const struct listing *l, size_t width)
{
	const uint64_t bits = hs_take_le(l->c, width);
	const uint32_t low = (uint32_t)bits;
	double d;
	float f;

	memcpy(&d, &bits, sizeof(d));
	memcpy(&f, &low, sizeof(f));
	if (width == 4)
		say(l, " %.9g (0x%08" PRIx32 ")", (double)f, low);
	else
		say(l, " %.17g (0x%016" PRIx64 ")", d, bits);
}

/* The labels of br_table, or types of values. */
static void
take_list(const struct listing *l, bool types)
{
	uint64_t n = hs_wasm_unsigned(l->c);

	for (n += !types; n > 0 && !l->c->cut; n--) {
		if (types && l->out) {
			putc(' ', l->out);
			hs_wasm_write_value_type(l->out, hs_take_be(l->c, 1));
		} else {
			say(l, " %" PRIu64, hs_wasm_unsigned(l->c));
		}
	}
}

static void
take_reference(const struct listing *l, char kind)
{
	const uint64_t i = hs_wasm_unsigned(l->c);

	if (!l->out)
		return;
	putc(' ', l->out);
	if (kind == 'f')
		hs_wasm_write_function(l->out, l->w, i);
	else if (kind == 'g')
		hs_wasm_write_global(l->out, l->w, i);
	else
		hs_wasm_write_type(l->out, l->w, i);
}

static void
take_memory(const struct listing *l)
{
	enum { OTHER_MEMORY = 0x40 };
	const uint64_t align = hs_wasm_unsigned(l->c);

	if (align & OTHER_MEMORY)
		say(l, " memory=%" PRIu64, hs_wasm_unsigned(l->c));
	say(l, " offset=%" PRIu64, hs_wasm_unsigned(l->c));
	say(l, " align=2^%" PRIu64, align & ~(uint64_t)OTHER_MEMORY);
}

static void
take_bytes(const struct listing *l, size_t n)
{
	const struct hs_span bytes = hs_take(l->c, n);

	say(l, " ");
	for (size_t i = 0; i < bytes.len; i++)
		say(l, "%02x", bytes.at[i]);
}

static void
take_operand(struct listing *l, char kind)
{
	switch (kind) {
	case 'b':
		take_block_type(l);
		break;
	case 'x':
		say(l, " %" PRIu64, hs_wasm_unsigned(l->c));
		break;
	case 'i':
		say(l, " %" PRId64, hs_wasm_signed(l->c));
		break;
	case 'h':
		say(l, " 0x%" PRIx64, hs_take_be(l->c, 1));
		break;
	case 'f':
	case 'g':
	case 't':
		take_reference(l, kind);
		break;
	case 'I':
		take_reference(l, 't');
		say(l, " table %" PRIu64, hs_wasm_unsigned(l->c));
		break;
	case 'm':
		take_memory(l);
		break;
	case '4':
	case '8':
		take_float(l, (size_t)(kind - '0'));
		break;
	case '0':
	case '6':
		take_bytes(l, kind == '0' ? 1 : 16);
		break;
	default: /* 'v', 'T' */
		take_list(l, kind == 'v');
	}
}

static bool
closes(unsigned op)
{
	return op == END || op == DELEGATE;
}

static bool
is_between(unsigned op)
{
	return op == ELSE || op == CATCH || op == CATCH_ALL;
}

static void
indent(const struct listing *l, unsigned op)
{
	size_t depth = l->depth - (l->depth && (closes(op) || is_between(op)));

	for (depth = depth < INDENTED ? depth : INDENTED; depth > 0; depth--)
		say(l, "  ");
}

/* The instruction at the front, written without an end of line; false where it is none. */
static bool
take_instruction(struct listing *l, unsigned op)
{
	const bool prefixed = op == HS_WASM_MISC || op == HS_WASM_VECTOR || op == HS_WASM_ATOMIC;
	const uint64_t number = prefixed ? hs_wasm_unsigned(l->c) : op;
	const struct hs_wasm_opcode code = hs_wasm_opcode(prefixed ? op : 0, number);

	if (!code.name)
		return false;
	say(l, "%s", code.name);
	if (prefixed && op != HS_WASM_MISC)
		say(l, " 0x%" PRIx64, number);
	for (const char *p = code.operands; *p && !l->c->cut; p++)
		take_operand(l, *p);
	if (code.operands[0] == 'b')
		l->depth++;
	return true;
}

void
hs_wasm_expression_write(FILE *out, const struct hs_wasm *w, struct hs_cursor *c)
{
	struct listing l = { .out = out, .w = w, .c = c };

	for (bool first = true; c->rest.len; first = false) {
		const unsigned op = (unsigned)hs_take_be(c, 1);

		if (op == END)
			return;
		say(&l, "%s", first ? "" : "; ");
		if (!take_instruction(&l, op) || c->cut)
			break;
	}
	*c = (struct hs_cursor){ .cut = true };
}

static void
write_locals(FILE *out, struct hs_cursor *c)
{
	for (uint64_t n = hs_wasm_unsigned(c); n > 0 && !c->cut && !ferror(out); n--) {
		const uint64_t how_many = hs_wasm_unsigned(c);

		fprintf(out, "local %" PRIu64 " x ", how_many);
		hs_wasm_write_value_type(out, hs_take_be(c, 1));
		putc('\n', out);
	}
}

static void
write_instructions(struct listing *l)
{
	while (l->c->rest.len && !ferror(l->out)) {
		const struct hs_span from = l->c->rest;
		const unsigned op = (unsigned)hs_take_be(l->c, 1);

		if (op == END && l->c->rest.len == 0)
			return;
		indent(l, op);
		if (!take_instruction(l, op) || l->c->cut) {
			hs_wasm_write_rest(l->out, from);
			return;
		}
		l->depth -= l->depth && closes(op);
		putc('\n', l->out);
	}
	fputs("no end\n", l->out);
}

void
hs_wasm_function_write(FILE *out, const struct hs_wasm *w, const struct hs_wasm_function *f)
{
	struct hs_cursor c = { .rest = f->body };
	struct listing l = { .out = out, .w = w, .c = &c };

	write_locals(out, &c);
	if (c.cut)
		hs_wasm_write_rest(out, f->body);
	else
		write_instructions(&l);
}
