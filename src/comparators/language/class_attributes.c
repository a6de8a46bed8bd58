/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attributes of the Java Virtual Machine Specification, 4.7, each by the
 * pattern of its bytes:
 *
 *	c      a constant
 *	1 2 4  a number of so many bytes
 *	*x     2 bytes of a number, and as often x: one letter or a group in ()
 *	#x     the same with one byte
 *	A      attributes inside
 *	@      an annotation
 *	E      the value of an element of an annotation
 *	V      a frame of the verifier
 */
#include "comparators/language/class_attributes.h"

#include "core/escape.h"

#include <inttypes.h>

enum { DEPTH = 12, OBJECT = 7, UNINITIALIZED = 8, SAME = 64, SAME_ONE = 128, SAME_ONE_FAR = 247 };

static const struct {
	const char *name, *pattern;
} patterns[] = {
	{ "ConstantValue", "c" },
	{ "Exceptions", "*c" },
	{ "InnerClasses", "*(ccc2)" },
	{ "EnclosingMethod", "cc" },
	{ "Synthetic", "" },
	{ "Deprecated", "" },
	{ "AnnotationDefault", "E" },
	{ "Signature", "c" },
	{ "SourceFile", "c" },
	{ "LocalVariableTable", "*(22cc2)" },
	{ "LocalVariableTypeTable", "*(22cc2)" },
	{ "StackMapTable", "*V" },
	{ "BootstrapMethods", "*(c*c)" },
	{ "MethodParameters", "#(c2)" },
	{ "NestHost", "c" },
	{ "NestMembers", "*c" },
	{ "PermittedSubclasses", "*c" },
	{ "Record", "*(ccA)" },
	{ "Module", "c2c*(c2c)*(c2*c)*(c2*c)*c*(c*c)" },
	{ "ModulePackages", "*c" },
	{ "ModuleMainClass", "c" },
	{ "ModuleTarget", "c" },
	{ "ModuleResolution", "2" },
	{ "RuntimeVisibleAnnotations", "*@" },
	{ "RuntimeInvisibleAnnotations", "*@" },
	{ "RuntimeVisibleParameterAnnotations", "#(*@)" },
	{ "RuntimeInvisibleParameterAnnotations", "#(*@)" },
};

struct walk {
	FILE *out;
	const struct hs_class *k;
	struct hs_cursor c;
	unsigned depth;
};

static void
constant(struct walk *w)
{
	putc(' ', w->out);
	hs_class_constant_write(w->out, w->k, (unsigned)hs_take_be(&w->c, 2));
}

static void
number(struct walk *w, size_t width)
{
	fprintf(w->out, " %" PRIu64, hs_take_be(&w->c, width));
}

static void annotation(struct walk *w);

/* The value of an element of an annotation. */
static void
element(struct walk *w)
{
	const char tag = (char)hs_take_be(&w->c, 1);
	unsigned n;

	if (w->c.cut || w->depth >= DEPTH) {
		w->c = (struct hs_cursor){ .cut = true };
		return;
	}
	w->depth++;
	switch (tag) {
	case 'e':
		constant(w);
		constant(w);
		break;
	case '@':
		annotation(w);
		break;
	case '[':
		fputs(" [", w->out);
		for (n = (unsigned)hs_take_be(&w->c, 2); n > 0 && !w->c.cut; n--)
			element(w);
		fputs(" ]", w->out);
		break;
	default:
		constant(w);
	}
	w->depth--;
}

static void
annotation(struct walk *w)
{
	unsigned n;

	fputs(" @", w->out);
	constant(w);
	for (n = (unsigned)hs_take_be(&w->c, 2); n > 0 && !w->c.cut; n--) {
		constant(w);
		fputs(" =", w->out);
		element(w);
	}
}

static void
verified(struct walk *w, unsigned n)
{
	static const char *const types[] = {
		"top", "int", "float", "double", "long", "null", "this (not initialized)"
	};

	for (; n > 0 && !w->c.cut; n--) {
		const unsigned tag = (unsigned)hs_take_be(&w->c, 1);

		if (tag == OBJECT)
			constant(w);
		else if (tag == UNINITIALIZED)
			fprintf(w->out, " new at %" PRIu64, hs_take_be(&w->c, 2));
		else if (tag < OBJECT)
			fprintf(w->out, " %s", types[tag]);
		else
			w->c = (struct hs_cursor){ .cut = true };
	}
}

/* How the types of locals and stack are at a place, beside the frame before. */
static void
frame(struct walk *w)
{
	const unsigned tag = (unsigned)hs_take_be(&w->c, 1);

	fprintf(w->out, " (frame %u", tag);
	if (tag >= SAME && tag < SAME_ONE) {
		verified(w, 1);
	} else if (tag >= SAME_ONE_FAR) {
		fprintf(w->out, " after %" PRIu64, hs_take_be(&w->c, 2));
		if (tag == SAME_ONE_FAR)
			verified(w, 1);
		else if (tag > 251 && tag < 255)
			verified(w, tag - 251);
		else if (tag == 255) {
			verified(w, (unsigned)hs_take_be(&w->c, 2));
			fputs(" /", w->out);
			verified(w, (unsigned)hs_take_be(&w->c, 2));
		}
	}
	putc(')', w->out);
}

/* Behind the one letter or group at `p`. */
static const char *
behind(const char *p)
{
	unsigned open = 0;

	do {
		open += *p == '(';
		open -= *p == ')';
		p++;
	} while (open);
	return p;
}

static void follow(struct walk *w, const char *from, const char *to);
static struct hs_cursor write_attributes(const struct walk *in, struct hs_cursor c);

static void
repeat(struct walk *w, const char *from, size_t width)
{
	const bool group = *from == '(';
	const char *to = behind(from);

	for (uint64_t n = hs_take_be(&w->c, width); n > 0 && !w->c.cut && !ferror(w->out); n--) {
		fputs(group ? "\n   " : "", w->out);
		follow(w, from + group, to - group);
	}
}

static void
follow(struct walk *w, const char *from, const char *to)
{
	if (w->depth >= DEPTH) {
		w->c = (struct hs_cursor){ .cut = true };
		return;
	}
	w->depth++;
	for (const char *p = from; p < to && !w->c.cut; p++) {
		switch (*p) {
		case 'c':
			constant(w);
			break;
		case '*':
		case '#':
			repeat(w, p + 1, *p == '*' ? 2 : 1);
			p = behind(p + 1) - 1;
			break;
		case '@':
			annotation(w);
			break;
		case 'V':
			frame(w);
			break;
		case 'E':
			element(w);
			break;
		case 'A':
			fputs(" {\n", w->out);
			w->c = write_attributes(w, w->c);
			putc('}', w->out);
			break;
		default:
			number(w, (size_t)(*p - '0'));
		}
	}
	w->depth--;
}

void
hs_class_raw_write(FILE *out, struct hs_span bytes)
{
	const struct hs_sha256 digest = hs_sha256(bytes);
	char hex[HS_SHA256_HEX];

	fprintf(out, " %zu bytes, sha256:%s", bytes.len, hs_sha256_hex(hex, &digest));
}

static const char *
pattern_of(struct hs_span name)
{
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		if (hs_span_is(name, patterns[i].name))
			return patterns[i].pattern;
	return NULL;
}

static void
write_attribute(const struct walk *in, const struct hs_class_attribute *at)
{
	struct walk w = { in->out, in->k, { .rest = at->bytes }, in->depth };
	const char *pattern = pattern_of(at->name);

	hs_escape_write(w.out, at->name);
	putc(':', w.out);
	if (pattern)
		follow(&w, pattern, pattern + strlen(pattern));
	if (pattern && (w.c.cut || w.c.rest.len))
		fputs(" and what does not fit:", w.out);
	if (!pattern || w.c.cut || w.c.rest.len)
		hs_class_raw_write(w.out, at->bytes);
	putc('\n', w.out);
}

/* Writes the attributes from their number at `c` on; gives what stands behind them. */
static struct hs_cursor
write_attributes(const struct walk *in, struct hs_cursor c)
{
	struct hs_class_attribute at;

	for (unsigned n = hs_class_count(&c); n > 0 && hs_class_attribute(&at, in->k, &c); n--)
		if (!hs_span_is(at.name, "Code") && !hs_span_is(at.name, "LineNumberTable"))
			write_attribute(in, &at);
	return c;
}

struct hs_cursor
hs_class_attributes_write(FILE *out, const struct hs_class *k, struct hs_cursor c)
{
	const struct walk w = { .out = out, .k = k };

	return write_attributes(&w, c);
}
