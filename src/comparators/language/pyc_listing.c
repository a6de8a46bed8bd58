/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytecode: until 3.5 a byte, and two of argument from number 90 on; since 3.6
 * a byte and a byte of argument, EXTENDED_ARG in front of a larger one; since
 * 3.11 CACHE behind some, which are empty in a file.
 */
#include "comparators/language/pyc_listing.h"

#include "comparators/language/pyc_lines.h"

#include <inttypes.h>
#include <stdlib.h>

enum { WITH_ARGUMENT = 90, WORDS = 306, UNITS = 310, CACHES = 311, EXCEPTION_FIELDS = 4 };

struct instruction {
	uint64_t at, end; /* its bytes, with EXTENDED_ARG before and CACHE behind */
	uint64_t argument;
	uint8_t op;
	bool has_argument, odd_cache;
};

struct listing {
	FILE *out;
	struct hs_pyc_value *v;
	const struct hs_pyc_opcodes *ops;
	const struct hs_pyc_code *c;
	struct hs_span code;
	uint32_t *labels; /* of each byte of the code: 0 for none */
	uint32_t n_labels;
};

static bool
is_extension(const struct hs_pyc_opcodes *ops, uint8_t op)
{
	return ops->name[op] && strcmp(ops->name[op], "EXTENDED_ARG") == 0;
}

static void
take_caches(struct instruction *out, struct hs_cursor *c, const struct hs_pyc_opcodes *ops)
{
	if (ops->version < CACHES || out->op == 0)
		return;
	while (c->rest.len >= 2 && c->rest.at[0] == 0 && ops->name[0]) {
		out->odd_cache |= c->rest.at[1] != 0;
		hs_take(c, 2);
	}
}

/* The instruction at the front of `c`, which is not empty. */
static struct instruction
take_instruction(struct hs_cursor *c, struct hs_span code, const struct hs_pyc_opcodes *ops)
{
	struct instruction out = { .at = code.len - c->rest.len };
	uint64_t high = 0;

	for (;;) {
		out.op = (uint8_t)hs_take_le(c, 1);
		out.has_argument = ops->version >= WORDS || out.op >= WITH_ARGUMENT;
		if (ops->version >= WORDS)
			out.argument = high << 8 | hs_take_le(c, 1);
		else if (out.has_argument)
			out.argument = high << 16 | hs_take_le(c, 2);
		if (!is_extension(ops, out.op) || c->rest.len == 0)
			break;
		high = out.argument & UINT32_MAX;
	}
	take_caches(&out, c, ops);
	out.end = code.len - c->rest.len;
	return out;
}

/* Where a jump leads; the end of the code or behind for what is none. */
static uint64_t
target_of(const struct hs_pyc_opcodes *ops, const struct instruction *i)
{
	const uint64_t unit = ops->version >= UNITS ? 2 : 1, by = i->argument * unit;

	switch (ops->argument[i->op]) {
	case HS_PYC_JUMP:
		return ops->version >= CACHES ? i->end + by : by;
	case HS_PYC_NEAR:
		return i->end + by;
	case HS_PYC_BACK:
		return i->end - by;
	default:
		return UINT64_MAX;
	}
}

static void
mark(struct listing *l, uint64_t at)
{
	if (at <= l->code.len)
		l->labels[at] = 1;
}

/* The fields of one row of the table of exceptions: big-endian, 6 bits a byte. */
static bool
take_exception(uint64_t field[EXCEPTION_FIELDS], struct hs_cursor *c)
{
	for (int k = 0; k < EXCEPTION_FIELDS; k++) {
		uint64_t byte;

		field[k] = 0;
		do {
			byte = hs_take_le(c, 1);
			field[k] = (field[k] << 6 | (byte & 63)) & UINT32_MAX;
		} while (byte & 64);
	}
	return !c->cut;
}

static void
find_labels(struct listing *l, struct hs_span exceptions)
{
	struct hs_cursor c = { .rest = l->code }, e = { .rest = exceptions };
	uint64_t field[EXCEPTION_FIELDS];

	while (c.rest.len) {
		const struct instruction i = take_instruction(&c, l->code, l->ops);

		mark(l, target_of(l->ops, &i));
	}
	while (e.rest.len && take_exception(field, &e)) {
		mark(l, 2 * field[0]);
		mark(l, 2 * (field[0] + field[1]));
		mark(l, 2 * field[2]);
	}
	for (uint64_t at = 0; at <= l->code.len; at++)
		if (l->labels[at])
			l->labels[at] = ++l->n_labels;
}

static void
write_place(const struct listing *l, uint64_t at)
{
	if (at <= l->code.len)
		fprintf(l->out, "L%" PRIu32, l->labels[at]);
	else
		fprintf(l->out, "(outside: %" PRIu64 ")", at);
}

/* The k-th of a tuple, or of the tuple behind it. */
static void
write_element(const struct listing *l, uint32_t tuple, uint32_t behind, uint64_t k)
{
	const struct hs_marshal *m = l->v->m;
	uint32_t i = tuple;

	for (int n = 0; n < 2 && i != HS_MARSHAL_NONE; n++, i = behind) {
		const struct hs_marshal_object *o = hs_marshal_at(m, i);

		if (k < o->n) {
			i = hs_marshal_child(m, (uint32_t)(o - m->objects), (uint32_t)k);
			hs_pyc_value_write(l->out, l->v, i);
			return;
		}
		k -= o->n;
	}
	fprintf(l->out, "(outside: %" PRIu64 ")", k);
}

/* The operator that the argument chooses, or NULL; what is written in place changes its left side.
 */
static const char *
operator_of(const struct hs_pyc_opcodes *ops, const struct instruction *i)
{
	static const char *const binary[] = {
		"+",  "&",  "//",  "<<",  "@",  "*",  "%",  "|",  "**",  ">>",  "-",  "/",  "^",
		"+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^=",
	};
	static const char *const compare[] = { "<", "<=", "==", "!=", ">", ">=" };
	const char *name = ops->name[i->op] ? ops->name[i->op] : "";
	uint64_t k = i->argument;

	if (strcmp(name, "BINARY_OP") == 0)
		return k < sizeof(binary) / sizeof(binary[0]) ? binary[k] : NULL;
	if (strcmp(name, "COMPARE_OP") != 0 || ops->version > 311)
		return NULL;
	return k < sizeof(compare) / sizeof(compare[0]) ? compare[k] : NULL;
}

static void
write_argument(const struct listing *l, const struct instruction *i)
{
	const struct hs_pyc_code *c = l->c;
	const unsigned shift = hs_pyc_shift(l->ops, i->op);

	switch (l->ops->argument[i->op]) {
	case HS_PYC_CONST:
		write_element(l, c->consts, HS_MARSHAL_NONE, i->argument);
		break;
	case HS_PYC_NAME:
		write_element(l, c->names, HS_MARSHAL_NONE, i->argument >> shift);
		if (i->argument & ((1U << shift) - 1))
			fprintf(l->out, " +%u", (unsigned)i->argument & ((1U << shift) - 1));
		break;
	case HS_PYC_LOCAL:
		write_element(l, c->locals, HS_MARSHAL_NONE, i->argument);
		break;
	case HS_PYC_PAIR:
		write_element(l, c->locals, HS_MARSHAL_NONE, i->argument >> 4);
		fputs(", ", l->out);
		write_element(l, c->locals, HS_MARSHAL_NONE, i->argument & 15);
		break;
	case HS_PYC_FREE:
		write_element(l, l->ops->version >= CACHES ? c->locals : c->cells, c->free,
		              i->argument);
		break;
	case HS_PYC_JUMP:
	case HS_PYC_NEAR:
	case HS_PYC_BACK:
		write_place(l, target_of(l->ops, i));
		break;
	default:
		fprintf(l->out, "%" PRIu64, i->argument);
	}
}

static void
write_instruction(const struct listing *l, const struct instruction *i)
{
	const char *name = l->ops->name[i->op];

	if (l->labels[i->at])
		fprintf(l->out, "L%" PRIu32 ":\n", l->labels[i->at]);
	if (name)
		fprintf(l->out, "    %s", name);
	else
		fprintf(l->out, "    instruction %u", i->op);
	if (operator_of(l->ops, i)) {
		fprintf(l->out, " %s", operator_of(l->ops, i));
	} else if (i->has_argument && (!name || i->argument || l->ops->argument[i->op])) {
		putc(' ', l->out);
		write_argument(l, i);
	}
	if (i->odd_cache)
		fputs(" (its caches are not empty)", l->out);
}

/* Steps from line to line, in front of the first instruction of each. */
struct stepping {
	struct hs_pyc_lines lines;
	struct hs_pyc_range range;
	uint64_t end; /* of the range */
	int64_t shown;
	bool none_shown, over;
};

static void
step_to(const struct listing *l, struct stepping *s, uint64_t at)
{
	while (!s->over && at >= s->end) {
		if (!hs_pyc_lines_next(&s->range, &s->lines)) {
			s->over = true;
			return;
		}
		s->end = s->range.len ? s->end + s->range.len : UINT64_MAX;
	}
	if (s->over)
		return;
	if (s->range.no_line) {
		if (!s->none_shown)
			fputs("  no line\n", l->out);
		s->none_shown = true;
		return;
	}
	if (s->range.line != s->shown || s->none_shown)
		fprintf(l->out, "  line %+" PRId64 "\n", s->range.line - s->shown);
	s->shown = s->range.line;
	s->none_shown = false;
}

static void
write_columns(const struct listing *l, const struct stepping *s)
{
	if (!s->over && !s->range.no_line && s->range.from >= 0) {
		fprintf(l->out, "  ; %" PRId64 "-", s->range.from);
		if (s->range.lines)
			fprintf(l->out, "+%" PRId64 ":", s->range.lines);
		fprintf(l->out, "%" PRId64, s->range.to);
	}
	putc('\n', l->out);
}

static void
write_exceptions(const struct listing *l, struct hs_span table)
{
	struct hs_cursor c = { .rest = table };
	uint64_t field[EXCEPTION_FIELDS];

	while (c.rest.len && take_exception(field, &c)) {
		fputs("exceptions of ", l->out);
		write_place(l, 2 * field[0]);
		fputs(" to ", l->out);
		write_place(l, 2 * (field[0] + field[1]));
		fputs(" go to ", l->out);
		write_place(l, 2 * field[2]);
		fprintf(l->out, ", stack %" PRIu64 "%s\n", field[3] >> 1,
		        field[3] & 1 ? ", with the instruction" : "");
	}
}

void
hs_pyc_listing_write(FILE *out, struct hs_pyc_value *v, const struct hs_pyc_opcodes *ops,
                     const struct hs_pyc_code *c)
{
	const struct hs_span code = hs_marshal_string(v->m, c->code);
	const struct hs_span exceptions = hs_marshal_string(v->m, c->exceptions);
	struct listing l = { .out = out, .v = v, .ops = ops, .c = c, .code = code };
	struct hs_cursor at = { .rest = code };
	struct stepping s = { .shown = 0 };

	hs_pyc_lines_init(&s.lines, hs_marshal_string(v->m, c->lines), ops->version);
	l.labels = hs_alloc((code.len + 1) * sizeof(*l.labels));
	memset(l.labels, 0, (code.len + 1) * sizeof(*l.labels));
	find_labels(&l, exceptions);
	fputs("instructions:\n", out);
	while (at.rest.len && !ferror(out)) {
		const struct instruction i = take_instruction(&at, code, ops);

		step_to(&l, &s, i.at);
		write_instruction(&l, &i);
		write_columns(&l, &s);
	}
	if (l.labels[code.len])
		fprintf(out, "L%" PRIu32 ":\n", l.labels[code.len]);
	write_exceptions(&l, exceptions);
	free(l.labels);
}
