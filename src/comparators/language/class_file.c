/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/language/class_file.h"

#include "core/escape.h"

#include <inttypes.h>

enum {
	UTF8 = 1,
	INTEGER = 3,
	FLOAT,
	LONG,
	DOUBLE,
	CLASS,
	STRING,
	FIELD,
	METHOD,
	INTERFACE_METHOD,
	NAME_AND_TYPE,
	HANDLE = 15,
	METHOD_TYPE,
	DYNAMIC,
	INVOKE_DYNAMIC,
	MODULE,
	PACKAGE,
	SHOWN = 4096, /* characters of a string */
	DEPTH = 6,    /* constants that one refers to, one behind the other */
};

/* Bytes behind each tag but Utf8's; 0: no such constant. */
static const uint8_t sizes[] = {
	[INTEGER] = 4,       [FLOAT] = 4,          [LONG] = 8,
	[DOUBLE] = 8,        [CLASS] = 2,          [STRING] = 2,
	[FIELD] = 4,         [METHOD] = 4,         [INTERFACE_METHOD] = 4,
	[NAME_AND_TYPE] = 4, [HANDLE] = 3,         [METHOD_TYPE] = 2,
	[DYNAMIC] = 4,       [INVOKE_DYNAMIC] = 4, [MODULE] = 2,
	[PACKAGE] = 2,
};

static int
read_constants(struct hs_class *out, struct hs_arena *a, struct hs_cursor *c, struct hs_err *err)
{
	struct hs_sha256_stream form;
	unsigned i = 1;

	out->n_constants = (unsigned)hs_take_be(c, 2);
	out->constants = hs_arena_array(a, (size_t)out->n_constants + 1, sizeof(*out->constants));
	hs_sha256_init(&form);
	for (; i < out->n_constants && !c->cut; i++) {
		const struct hs_span tag = hs_take(c, 1);
		struct hs_class_constant *k = &out->constants[i];
		const uint8_t t = tag.len ? tag.at[0] : 0;

		if (t != UTF8 && (t >= sizeof(sizes) || sizes[t] == 0))
			break;
		k->bytes = hs_take(c, t == UTF8 ? hs_take_be(c, 2) : sizes[t]);
		k->tag = c->cut ? 0 : t;
		hs_sha256_update(&form, tag);
		if (t != UTF8)
			hs_sha256_update(&form, k->bytes);
		i += t == LONG || t == DOUBLE;
	}
	hs_sha256_final(&form, &out->form);
	if (c->cut)
		return hs_fail(err, HS_EFORMAT, "the constants of the class are cut short");
	if (i < out->n_constants)
		return hs_fail(err, HS_EFORMAT, "constant %u of the class is of no known type", i);
	return 0;
}

unsigned
hs_class_count(struct hs_cursor *c)
{
	return (unsigned)hs_take_be(c, 2);
}

bool
hs_class_attribute(struct hs_class_attribute *out, const struct hs_class *k, struct hs_cursor *c)
{
	out->name = hs_class_utf8(k, (unsigned)hs_take_be(c, 2));
	out->bytes = hs_take(c, hs_take_be(c, 4));
	return !c->cut;
}

static void
skip_attributes(const struct hs_class *k, struct hs_cursor *c)
{
	struct hs_class_attribute ignored;

	for (unsigned n = hs_class_count(c); n > 0 && !c->cut; n--)
		hs_class_attribute(&ignored, k, c);
}

static void
read_members(struct hs_class *out, struct hs_arena *a, struct hs_cursor *c, bool methods)
{
	const unsigned n = (unsigned)hs_take_be(c, 2);
	struct hs_class_member *all =
		hs_arena_array(a, out->n_members + n + 1, sizeof(*out->members));

	if (out->n_members)
		memcpy(all, out->members, out->n_members * sizeof(*all));
	out->members = all;
	for (unsigned i = 0; i < n && !c->cut; i++) {
		struct hs_class_member *m = &all[out->n_members];
		unsigned name, type;

		m->flags = (unsigned)hs_take_be(c, 2);
		name = (unsigned)hs_take_be(c, 2);
		type = (unsigned)hs_take_be(c, 2);
		m->name = hs_class_utf8(out, name);
		m->type = hs_class_utf8(out, type);
		m->is_method = methods;
		m->attributes = *c;
		skip_attributes(out, c);
		out->n_members += !c->cut;
	}
}

static void
find_bootstraps(struct hs_class *k)
{
	struct hs_cursor c = k->attributes;
	struct hs_class_attribute at;

	for (unsigned n = hs_class_count(&c); n > 0 && hs_class_attribute(&at, k, &c); n--)
		if (hs_span_is(at.name, "BootstrapMethods"))
			k->bootstraps = at.bytes;
}

int
hs_class_read(struct hs_class *out, struct hs_arena *a, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = file };

	*out = (struct hs_class){ 0 };
	hs_take(&c, 4);
	out->minor = (unsigned)hs_take_be(&c, 2);
	out->major = (unsigned)hs_take_be(&c, 2);
	if (read_constants(out, a, &c, err) < 0)
		return err->code;
	out->flags = (unsigned)hs_take_be(&c, 2);
	out->self = (unsigned)hs_take_be(&c, 2);
	out->super = (unsigned)hs_take_be(&c, 2);
	out->interfaces = hs_take(&c, 2 * hs_take_be(&c, 2));
	read_members(out, a, &c, false);
	read_members(out, a, &c, true);
	out->attributes = c;
	skip_attributes(out, &c);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "the class is cut short after %zu members",
		               out->n_members);
	out->rest = c.rest;
	find_bootstraps(out);
	return 0;
}

struct hs_span
hs_class_utf8(const struct hs_class *k, unsigned i)
{
	if (i >= k->n_constants || k->constants[i].tag != UTF8)
		return (struct hs_span){ NULL, 0 };
	return k->constants[i].bytes;
}

static void write_constant(FILE *out, const struct hs_class *k, unsigned i, unsigned depth);

static void
write_string(FILE *out, struct hs_span s)
{
	char hex[HS_SHA256_HEX];
	struct hs_sha256 digest;

	if (s.len <= SHOWN) {
		hs_escape_write(out, s);
		return;
	}
	digest = hs_sha256(s);
	fprintf(out, "string of %zu bytes, sha256:%s", s.len, hs_sha256_hex(hex, &digest));
}

static void
write_number(FILE *out, uint8_t tag, struct hs_span bytes)
{
	struct hs_cursor c = { .rest = bytes };
	const uint64_t bits = hs_take_be(&c, bytes.len);
	const uint32_t low = (uint32_t)bits;
	double d;
	float f;

	memcpy(&d, &bits, sizeof(d));
	memcpy(&f, &low, sizeof(f));
	if (tag == INTEGER)
		fprintf(out, "%" PRId32, (int32_t)low);
	else if (tag == LONG)
		fprintf(out, "%" PRId64 "L", (int64_t)bits);
	else if (tag == FLOAT)
		fprintf(out, "%.9gf (0x%08" PRIx32 ")", (double)f, low);
	else
		fprintf(out, "%.17g (0x%016" PRIx64 ")", d, bits);
}

/* The method that makes a dynamic constant, and what it is given. */
static void
write_bootstrap(FILE *out, const struct hs_class *k, unsigned which, unsigned depth)
{
	struct hs_cursor c = { .rest = k->bootstraps };
	unsigned n = (unsigned)hs_take_be(&c, 2), method, arguments;

	for (; which > 0 && n > 0 && !c.cut; which--, n--) {
		hs_take(&c, 2);
		hs_take(&c, 2 * hs_take_be(&c, 2));
	}
	method = (unsigned)hs_take_be(&c, 2);
	arguments = (unsigned)hs_take_be(&c, 2);
	if (n == 0 || c.cut) {
		fputs(" by no bootstrap", out);
		return;
	}
	fputs(" by ", out);
	write_constant(out, k, method, depth + 1);
	for (unsigned i = 0; i < arguments && !c.cut && !ferror(out); i++) {
		fputs(i ? ", " : " with ", out);
		write_constant(out, k, (unsigned)hs_take_be(&c, 2), depth + 1);
	}
}

static void
write_pair(FILE *out, const struct hs_class *k, struct hs_span bytes, unsigned depth)
{
	struct hs_cursor c = { .rest = bytes };
	const unsigned first = (unsigned)hs_take_be(&c, 2), second = (unsigned)hs_take_be(&c, 2);

	write_constant(out, k, first, depth + 1);
	putc('.', out);
	write_constant(out, k, second, depth + 1);
}

static void
write_reference(FILE *out, const struct hs_class *k, const struct hs_class_constant *it,
                unsigned depth)
{
	static const char *const kinds[] = { "handle",         "getfield",      "getstatic",
		                             "putfield",       "putstatic",     "invokevirtual",
		                             "invokestatic",   "invokespecial", "newinvokespecial",
		                             "invokeinterface" };
	struct hs_cursor c = { .rest = it->bytes };
	unsigned first;

	if (it->tag == HANDLE) {
		first = (unsigned)hs_take_be(&c, 1);
		fprintf(out, "%s ", kinds[first < 10 ? first : 0]);
		write_constant(out, k, (unsigned)hs_take_be(&c, 2), depth + 1);
		return;
	}
	first = (unsigned)hs_take_be(&c, 2);
	if (it->tag == NAME_AND_TYPE) {
		write_constant(out, k, first, depth + 1);
		putc(':', out);
		write_constant(out, k, (unsigned)hs_take_be(&c, 2), depth + 1);
		return;
	}
	fputs("dynamic ", out);
	write_constant(out, k, (unsigned)hs_take_be(&c, 2), depth + 1);
	write_bootstrap(out, k, first, depth);
}

static void
write_constant(FILE *out, const struct hs_class *k, unsigned i, unsigned depth)
{
	const struct hs_class_constant *it = &k->constants[i < k->n_constants ? i : 0];
	struct hs_cursor c = { .rest = it->bytes };

	if (it->tag == 0 || depth > DEPTH) {
		fputs(i == 0 ? "none" : "(no such constant)", out);
		return;
	}
	switch (it->tag) {
	case UTF8:
		write_string(out, it->bytes);
		break;
	case INTEGER:
	case FLOAT:
	case LONG:
	case DOUBLE:
		write_number(out, it->tag, it->bytes);
		break;
	case STRING:
		putc('\'', out);
		write_constant(out, k, (unsigned)hs_take_be(&c, 2), depth + 1);
		putc('\'', out);
		break;
	case CLASS:
	case METHOD_TYPE:
	case MODULE:
	case PACKAGE:
		write_constant(out, k, (unsigned)hs_take_be(&c, 2), depth + 1);
		break;
	case FIELD:
	case METHOD:
	case INTERFACE_METHOD:
		write_pair(out, k, it->bytes, depth);
		break;
	default:
		write_reference(out, k, it, depth);
	}
}

void
hs_class_constant_write(FILE *out, const struct hs_class *k, unsigned i)
{
	write_constant(out, k, i, 0);
}
