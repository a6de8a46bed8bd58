/* SPDX-License-Identifier: Apache-2.0 */
/*
 * marshal (CPython's Python/marshal.c; versions 0 to 5 of the format):
 *
 *	type     a byte; its highest bit (since 3.4) gives the object a number
 *	0 N F T S .        nothing more: NULL, None, False, True, StopIteration, ...
 *	i I g f l          4 bytes; 8 bytes; a double; its decimal digits; 15 bits in each 2 bytes
 *	y x                two doubles; twice decimal digits
 *	s t u a A          a length of 4 bytes, and a string
 *	z Z                a length of one byte, and an ASCII string
 *	( [ < >            a number of 4 bytes, and so many objects
 *	)                  the same with one byte
 *	{                  pairs of objects until NULL
 *	:                  a slice: three objects (3.14)
 *	c                  code: numbers, 8 objects, the first line, 1 or 2 objects
 *	r                  the object with that number; R the interned string (2.7)
 *
 * Which objects are marked depends on how often something else referred to
 * them while the file was written: two compilations of one source may differ in
 * nothing but these bits. Hence the digest of the form.
 */
#include "comparators/language/marshal.h"

#include "core/limits.h"

#include <inttypes.h>

enum { MARK = 0x80, BEFORE_LINE = 8 };

struct reading {
	struct hs_marshal *m;
	struct hs_arena *arena;
	struct hs_cursor c;
	struct hs_sha256_stream form;
	struct hs_err *err;
	size_t len, room_marked, room_interned;
	unsigned version, depth;
	uint32_t owner;
};

/* An array of the arena with room for one more. */
static void *
grown(struct hs_arena *a, void *old, size_t n, size_t *room, size_t size)
{
	void *more;

	if (n < *room)
		return old;
	*room = *room ? 2 * *room : 64;
	more = hs_arena_array(a, *room, size);
	if (n)
		memcpy(more, old, n * size);
	return more;
}

static int
damage(const struct reading *r, const char *what)
{
	return hs_fail(r->err, HS_EFORMAT, "%s at offset %zu of the marshalled object", what,
	               r->len - r->c.rest.len);
}

static void
mark(struct reading *r, uint32_t i)
{
	struct hs_marshal *m = r->m;

	m->marked = grown(r->arena, m->marked, m->n_marked, &r->room_marked, sizeof(*m->marked));
	m->marked[m->n_marked++] = i;
}

static void
intern(struct reading *r, uint32_t i)
{
	struct hs_marshal *m = r->m;

	m->interned = grown(r->arena, m->interned, m->n_interned, &r->room_interned,
	                    sizeof(*m->interned));
	m->interned[m->n_interned++] = i;
}

static int read_object(struct reading *r, bool *is_null);

static int
read_objects(struct reading *r, uint64_t n)
{
	if (n > r->c.rest.len)
		return damage(r, "more objects than bytes");
	for (uint64_t k = 0; k < n; k++) {
		bool is_null = false;

		if (read_object(r, &is_null) < 0)
			return r->err->code;
		if (is_null)
			return damage(r, "no object");
	}
	return 0;
}

static int
read_pairs(struct reading *r, uint64_t *n)
{
	for (*n = 0;; *n += 1) {
		bool is_null = false;

		if (read_object(r, &is_null) < 0)
			return r->err->code;
		if (is_null)
			return 0;
	}
}

/* Numbers, objects, a number, objects. */
static int
read_code(struct reading *r, uint32_t i, uint64_t *n)
{
	const uint32_t owner = r->owner;
	const unsigned behind = r->version >= 311 ? 2 : 1;
	size_t numbers = 4;

	if (r->version >= 300)
		numbers = r->version >= 308 && r->version < 311 ? 6 : 5;
	r->m->objects[i].bytes = hs_take(&r->c, 4 * numbers);
	r->owner = i;
	if (read_objects(r, BEFORE_LINE) < 0)
		return r->err->code;
	r->m->objects[i].line = (int32_t)(uint32_t)hs_take_le(&r->c, 4);
	if (read_objects(r, behind) < 0)
		return r->err->code;
	r->owner = owner;
	*n = BEFORE_LINE + behind;
	return 0;
}

static int
read_reference(struct reading *r, uint32_t i, bool interned)
{
	const uint64_t k = hs_take_le(&r->c, 4);
	const uint8_t number[4] = { (uint8_t)k, (uint8_t)(k >> 8), (uint8_t)(k >> 16),
		                    (uint8_t)(k >> 24) };

	if (r->c.cut || k >= (interned ? r->m->n_interned : r->m->n_marked))
		return damage(r, "a reference to no object");
	r->m->objects[i].target = interned ? r->m->interned[k] : r->m->marked[k];
	r->m->n_references++;
	hs_sha256_update(&r->form, (struct hs_span){ number, sizeof(number) });
	return 0;
}

/* The bytes of what holds no objects; false for a type that does, or that is none. */
static bool
take_plain(struct hs_span *out, struct hs_cursor *c, uint8_t type)
{
	const struct hs_span from = c->rest;

	*out = (struct hs_span){ 0 };
	switch (type) {
	case '0':
	case 'N':
	case 'F':
	case 'T':
	case 'S':
	case '.':
		return true;
	case 'i':
		*out = hs_take(c, 4);
		return true;
	case 'I':
	case 'g':
		*out = hs_take(c, 8);
		return true;
	case 'y':
		*out = hs_take(c, 16);
		return true;
	case 'x':
		hs_take(c, hs_take_le(c, 1));
		hs_take(c, hs_take_le(c, 1));
		*out = hs_span_head(from, from.len - c->rest.len);
		return true;
	case 'f':
	case 'z':
	case 'Z':
		*out = hs_take(c, hs_take_le(c, 1));
		return true;
	case 's':
	case 't':
	case 'u':
	case 'a':
	case 'A':
		*out = hs_take(c, hs_take_le(c, 4));
		return true;
	default:
		return false;
	}
}

static int
read_holder(struct reading *r, uint32_t i, uint8_t type)
{
	uint64_t n = 0;

	switch (type) {
	case 'l':
		n = hs_take_le(&r->c, 4);
		n = n & 0x80000000U ? (UINT64_C(1) << 32) - n : n;
		r->c.rest.at -= r->c.cut ? 0 : 4; /* the sign and the digits */
		r->c.rest.len += r->c.cut ? 0 : 4;
		r->m->objects[i].bytes = hs_take(&r->c, 4 + 2 * n);
		return 0;
	case 'r':
	case 'R':
		return read_reference(r, i, type == 'R');
	case 'c':
		if (read_code(r, i, &n) < 0)
			return r->err->code;
		break;
	case '{':
		if (read_pairs(r, &n) < 0)
			return r->err->code;
		break;
	case '(':
	case '[':
	case '<':
	case '>':
	case ')':
	case ':':
		n = type == ':' ? 3 : hs_take_le(&r->c, type == ')' ? 1 : 4);
		if (read_objects(r, n) < 0)
			return r->err->code;
		break;
	default:
		return damage(r, "an unknown type of object");
	}
	r->m->objects[i].n = (uint32_t)n;
	return 0;
}

static int
read_object(struct reading *r, bool *is_null)
{
	struct hs_marshal *m = r->m;
	const struct hs_span at = hs_take(&r->c, 1);
	const uint32_t i = (uint32_t)m->n;
	struct hs_span bytes;
	uint8_t type;

	if (at.len == 0)
		return damage(r, "the data end");
	if (m->n >= HS_MAX_MARSHAL_OBJECTS || r->depth >= HS_MAX_MARSHAL_DEPTH)
		return hs_fail(r->err, HS_ELIMIT,
		               "marshal: more than %d objects, or nested deeper than %d",
		               HS_MAX_MARSHAL_OBJECTS, HS_MAX_MARSHAL_DEPTH);
	type = at.at[0] & (uint8_t)~MARK;
	*is_null = type == '0';
	m->objects = grown(r->arena, m->objects, m->n, &m->room, sizeof(*m->objects));
	m->objects[m->n++] = (struct hs_marshal_object){ .type = type, .owner = r->owner };
	hs_sha256_update(&r->form, at);
	if (at.at[0] & MARK)
		mark(r, i);
	r->depth++;
	if (take_plain(&bytes, &r->c, type))
		m->objects[i].bytes = bytes;
	else if (read_holder(r, i, type) < 0)
		return r->err->code;
	r->depth--;
	if (r->c.cut)
		return damage(r, "the data end");
	if (type == 't')
		intern(r, i);
	m->objects[i].next = (uint32_t)m->n;
	return 0;
}

int
hs_marshal_read(struct hs_marshal *out, struct hs_arena *a, struct hs_span bytes, unsigned version,
                struct hs_err *err)
{
	struct reading r = {
		.m = out,
		.arena = a,
		.c = { .rest = bytes },
		.err = err,
		.len = bytes.len,
		.version = version,
		.owner = HS_MARSHAL_NONE,
	};
	bool is_null;
	int rc;

	*out = (struct hs_marshal){ 0 };
	hs_sha256_init(&r.form);
	rc = read_object(&r, &is_null);
	hs_sha256_final(&r.form, &out->form);
	out->end = bytes.len - r.c.rest.len;
	return rc;
}

const struct hs_marshal_object *
hs_marshal_at(const struct hs_marshal *m, uint32_t i)
{
	const struct hs_marshal_object *o = &m->objects[i];

	return o->type == 'r' || o->type == 'R' ? &m->objects[o->target] : o;
}

uint32_t
hs_marshal_child(const struct hs_marshal *m, uint32_t i, uint32_t k)
{
	uint32_t child = i + 1;

	if (k >= m->objects[i].n)
		return HS_MARSHAL_NONE;
	while (k-- > 0)
		child = m->objects[child].next;
	return child;
}

struct hs_span
hs_marshal_string(const struct hs_marshal *m, uint32_t i)
{
	const struct hs_marshal_object *o = i == HS_MARSHAL_NONE ? NULL : hs_marshal_at(m, i);

	if (!o || !memchr("stuaAzZ", o->type, 7))
		return (struct hs_span){ NULL, 0 };
	return o->bytes;
}
