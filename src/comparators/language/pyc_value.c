/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/language/pyc_value.h"

#include "core/escape.h"
#include "core/hash.h"

#include <inttypes.h>
#include <math.h>

/* Objects inside objects that are written, and the bytes of a string that are. */
enum { DEPTH = 24, SHOWN = 4096, DIGIT = 15 };

void
hs_pyc_quote(FILE *out, const char *prefix, struct hs_span s)
{
	char hex[HS_SHA256_HEX];
	struct hs_sha256 digest;

	if (s.len > SHOWN) {
		digest = hs_sha256(s);
		fprintf(out, "%sstring of %zu bytes, sha256:%s", prefix, s.len,
		        hs_sha256_hex(hex, &digest));
		return;
	}
	fprintf(out, "%s'", prefix);
	hs_escape_write(out, s);
	putc('\'', out);
}

static void
write_double(FILE *out, struct hs_cursor *c)
{
	const uint64_t bits = hs_take_le(c, 8);
	double d;

	memcpy(&d, &bits, sizeof(d));
	if (isnan(d))
		fprintf(out, "nan (0x%" PRIx64 ")", bits);
	else
		fprintf(out, "%.17g", d);
}

/* Digits of 15 bits, the least first: in hex from the highest on, decimal where 64 bits hold it. */
static void
write_long(FILE *out, struct hs_span bytes)
{
	struct hs_cursor c = { .rest = bytes };
	const int32_t n = (int32_t)(uint32_t)hs_take_le(&c, 4);
	const size_t digits = c.rest.len / 2, nibbles = (digits * DIGIT + 3) / 4;
	uint64_t small = 0;
	bool begun = false;

	if (n < 0)
		putc('-', out);
	if (digits <= 4) {
		for (size_t i = digits; i-- > 0;)
			small = small << DIGIT |
			        ((unsigned)c.rest.at[2 * i] | (unsigned)c.rest.at[2 * i + 1] << 8);
		fprintf(out, "%" PRIu64, small);
		return;
	}
	fputs("0x", out);
	for (size_t i = nibbles; i-- > 0;) {
		unsigned v = 0;

		for (size_t bit = 4 * i + 4; bit-- > 4 * i;) {
			const size_t digit = bit / DIGIT;
			const unsigned d = digit < digits
			                           ? (unsigned)c.rest.at[2 * digit] |
			                                     (unsigned)c.rest.at[2 * digit + 1] << 8
			                           : 0;

			v = v << 1 | (d >> bit % DIGIT & 1);
		}
		begun |= v != 0;
		if (begun)
			fprintf(out, "%x", v);
	}
}

static void
write_complex(FILE *out, const struct hs_marshal_object *o)
{
	struct hs_cursor c = { .rest = o->bytes };

	fputs("complex(", out);
	for (int i = 0; i < 2; i++) {
		fputs(i ? ", " : "", out);
		if (o->type == 'y')
			write_double(out, &c);
		else
			hs_escape_write(out, hs_take(&c, hs_take_le(&c, 1)));
	}
	putc(')', out);
}

static void
write_plain(FILE *out, const struct hs_pyc_value *v, uint32_t i)
{
	const struct hs_marshal_object *o = &v->m->objects[i];
	struct hs_cursor c = { .rest = o->bytes };

	switch (o->type) {
	case 'N':
	case '0':
		fputs("None", out);
		break;
	case 'T':
	case 'F':
		fputs(o->type == 'T' ? "True" : "False", out);
		break;
	case 'S':
	case '.':
		fputs(o->type == 'S' ? "StopIteration" : "...", out);
		break;
	case 'i':
		fprintf(out, "%" PRId32, (int32_t)(uint32_t)hs_take_le(&c, 4));
		break;
	case 'I':
		fprintf(out, "%" PRId64, (int64_t)hs_take_le(&c, 8));
		break;
	case 'l':
		write_long(out, o->bytes);
		break;
	case 'g':
		write_double(out, &c);
		break;
	case 'f':
		hs_escape_write(out, o->bytes);
		break;
	case 'x':
	case 'y':
		write_complex(out, o);
		break;
	case 's':
		hs_pyc_quote(out, v->version >= 300 ? "b" : "", o->bytes);
		break;
	case 'u':
		hs_pyc_quote(out, v->version >= 300 ? "" : "u", o->bytes);
		break;
	default:
		hs_pyc_quote(out, "", o->bytes);
	}
}

static void write_value(FILE *out, struct hs_pyc_value *v, uint32_t i, unsigned depth);

static void
write_all(FILE *out, struct hs_pyc_value *v, uint32_t i, unsigned depth)
{
	const struct hs_marshal_object *o = &v->m->objects[i];
	uint32_t child = i + 1;

	for (uint32_t k = 0; k < o->n; k++) {
		if (k)
			fputs(o->type == '{' && k % 2 ? ": " : ", ", out);
		write_value(out, v, child, depth + 1);
		child = v->m->objects[child].next;
	}
}

static void
write_value(FILE *out, struct hs_pyc_value *v, uint32_t i, unsigned depth)
{
	static const struct {
		char type;
		const char *before, *after;
	} holders[] = {
		{ '(', "(", ")" },
		{ ')', "(", ")" },
		{ '[', "[", "]" },
		{ '<', "{", "}" },
		{ '>', "frozenset({", "})" },
		{ '{', "dict{", "}" },
		{ ':', "slice(", ")" },
	};
	const struct hs_marshal_object *o = &v->m->objects[i];

	if (v->budget == 0 || depth > DEPTH || ferror(out)) {
		v->budget = 0;
		fputs("...", out);
		return;
	}
	v->budget--;
	if (o->type == 'r' || o->type == 'R') {
		write_value(out, v, o->target, depth + 1);
		return;
	}
	if (o->type == 'c') {
		fputs("code ", out);
		hs_escape_write(out, v->names[i]);
		return;
	}
	for (size_t k = 0; k < sizeof(holders) / sizeof(holders[0]); k++) {
		if (holders[k].type != (char)o->type)
			continue;
		fputs(holders[k].before, out);
		write_all(out, v, i, depth);
		fputs(o->n == 1 && (o->type == '(' || o->type == ')') ? "," : "", out);
		fputs(holders[k].after, out);
		return;
	}
	write_plain(out, v, i);
}

void
hs_pyc_value_write(FILE *out, struct hs_pyc_value *v, uint32_t i)
{
	if (i == HS_MARSHAL_NONE)
		fputs("(out of range)", out);
	else
		write_value(out, v, i, 0);
}
