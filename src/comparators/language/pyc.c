/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Python bytecode files (PEP 3147, PEP 552; CPython's
 * Lib/importlib/_bootstrap_external.py):
 *
 *	magic    2 bytes that grow with the bytecode's version, then "\r\n"
 *	flags    4 bytes since 3.7: 0, or 1 with a hash, 3 with one that is checked
 *	mtime    4 bytes, size 4 bytes (since 3.3) of the source; or its hash of 8
 *	code     the module's code object, marshalled
 *
 * What varies between builds: mtime and size of the source (a hash instead
 * does not); the source's path (co_filename), which every code object holds;
 * first lines, where something was added above; which objects the writer
 * marked for reuse; the order of frozensets, which hangs on PYTHONHASHSEED.
 *
 * Each code object is a member. What it shares with all others, the path, is a
 * fact of the file; its first line is where it stands, and no part of its view.
 */
#include "comparators/comparator.h"

#include "comparators/language/pyc_code.h"
#include "core/capture.h"
#include "core/escape.h"
#include "core/hex.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdlib.h>

enum { MAGIC = 4, HASHED = 1, CHECKED = 2, OPTIMIZED = 1, NAME = 512, VIEW = 1 };

struct header {
	struct hs_cursor c; /* behind the magic; then behind the header */
	unsigned magic, version;
	uint64_t flags, mtime, size;
	struct hs_span hash;
	bool has_flags, has_size;
};

static struct header
read_header(struct hs_span file)
{
	struct header h = { .c = { .rest = file } };

	h.magic = (unsigned)hs_take_le(&h.c, 2);
	h.version = hs_pyc_version(h.magic);
	hs_take(&h.c, 2);
	h.has_flags = h.version >= 307;
	h.has_size = h.version >= 303;
	if (h.has_flags)
		h.flags = hs_take_le(&h.c, 4);
	if (h.flags & HASHED) {
		h.hash = hs_take(&h.c, 8);
		return h;
	}
	h.mtime = hs_take_le(&h.c, 4);
	if (h.has_size)
		h.size = hs_take_le(&h.c, 4);
	return h;
}

static unsigned
pyc_bid(struct hs_span file)
{
	const struct header h = read_header(file);
	const struct hs_span magic = hs_span_head(file, MAGIC);

	if (h.version == 0 || h.c.rest.len == 0 || !hs_span_ends(magic, HS_SPAN("\r\n")))
		return 0;
	return (h.c.rest.at[0] & 0x7f) == 'c' ? 40 : 0;
}

static void
say_header(struct hs_facts *out, const struct header *h)
{
	hs_sayf(out, "python", "%u.%u (magic %u)", h->version / 100, h->version % 100, h->magic);
	if (h->has_flags)
		hs_say_word(out, "valid while",
		            !(h->flags & HASHED) ? "mtime and size match"
		            : h->flags & CHECKED ? "the hash matches"
		                                 : "it is there (unchecked hash)");
	if (h->flags & ~UINT64_C(3))
		hs_say_hex(out, "flags", h->flags);
	if (h->flags & HASHED) {
		hs_say(out, "source hash", hs_hex(out->arena, h->hash));
		return;
	}
	hs_say_time(out, "source mtime", (int64_t)h->mtime, 0, 0);
	if (h->has_size)
		hs_say_u64(out, "source size", h->size);
}

static struct hs_span
file_of_module(const struct hs_marshal *m, unsigned version)
{
	return hs_marshal_string(m, hs_pyc_code_of(m, 0, version).file);
}

static int
read_code(struct hs_marshal *m, struct hs_arena *a, const struct header *h, struct hs_err *err)
{
	if (h->c.cut)
		return hs_fail(err, HS_EFORMAT, "the header of the .pyc is cut short");
	if (hs_marshal_read(m, a, h->c.rest, h->version, err) < 0)
		return err->code;
	if (m->objects[0].type != 'c')
		return hs_fail(err, HS_EFORMAT, "the .pyc holds no code object");
	return 0;
}

static int
pyc_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	const struct header h = read_header(file);
	char hex[HS_SHA256_HEX];
	struct hs_marshal m;

	say_header(out, &h);
	if (read_code(&m, out->arena, &h, err) < 0)
		return err->code;
	hs_say(out, "source file", file_of_module(&m, h.version));
	hs_sayf(out, "marshalled", "%zu objects, %zu marked for reuse, %zu references (form %.12s)",
	        m.n, m.n_marked, m.n_references, hs_sha256_hex(hex, &m.form));
	return 0;
}

/* What a code object is called: as co_qualname since 3.11. In the arena. */
static void
name_code(struct hs_span *names, struct hs_arena *a, const struct hs_marshal *m, uint32_t i,
          unsigned version)
{
	const uint32_t owner = m->objects[i].owner;
	const struct hs_pyc_code c = hs_pyc_code_of(m, i, version);
	const struct hs_span name = hs_span_head(hs_marshal_string(m, c.name), NAME);
	bool in_function;

	names[i] = name;
	if (owner == HS_MARSHAL_NONE || m->objects[owner].owner == HS_MARSHAL_NONE)
		return;
	if (names[owner].len > 4 * NAME)
		return;
	in_function = hs_pyc_code_of(m, owner, version).flags & OPTIMIZED;
	names[i] = hs_arena_join(
		a, hs_arena_join(a, names[owner], hs_span_of(in_function ? ".<locals>." : ".")),
		name);
}

/* Where the text of one code object stands in that of all. */
struct piece {
	size_t from, view, to;
	uint32_t code;
	int64_t line; /* its first */
};

static int
pyc_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
         struct hs_err *err)
{
	const uint8_t *end = memchr(e->bytes.at, '\n', e->bytes.len);

	(void)t;
	(void)err;
	*out = hs_content_of(e->blob, hs_span_from(e->bytes, (size_t)(end - e->bytes.at) + 1));
	return 0;
}

static const struct hs_tree_ops pyc_ops = { .open = pyc_open };

static int
add_code(struct hs_tree *out, const struct piece *p, struct hs_span name, struct hs_blob *texts,
         struct hs_err *err)
{
	struct hs_entry *e;

	if (hs_tree_add(&e, out, name, err) < 0)
		return err->code;
	hs_span_part(&e->bytes, texts->bytes, p->from, p->to - p->from);
	e->key = name.len ? name : HS_SPAN("(no name)");
	e->blob = hs_blob_ref(texts);
	e->size = p->to - p->view;
	e->kind = HS_KIND_OTHER;
	e->codec = VIEW;
	e->view = true;
	e->place = (uint64_t)p->line;
	e->as = &hs_comparator_text;
	return 0;
}

/* Writes all code objects; returns how many. */
static size_t
write_codes(FILE *text, struct piece *pieces, struct hs_pyc_value *v,
            const struct hs_pyc_opcodes *ops, const struct hs_capture *c)
{
	const struct hs_span file = file_of_module(v->m, ops->version);
	size_t n = 0;

	for (uint32_t i = 0; i < v->m->n; i++) {
		struct piece *p = &pieces[n];

		if (v->m->objects[i].type != 'c')
			continue;
		fflush(text);
		p->from = c->len;
		fprintf(text, "first line: %" PRId32 "\n", v->m->objects[i].line);
		fflush(text);
		p->view = c->len;
		hs_pyc_code_write(text, v, ops, i, file);
		fflush(text);
		p->to = c->len;
		p->code = i;
		p->line = v->m->objects[i].line;
		n++;
	}
	return n;
}

static int
add_codes(struct hs_tree *out, const struct hs_marshal *m, unsigned version, struct hs_err *err)
{
	struct hs_span *names = hs_arena_array(&out->arena, m->n, sizeof(*names));
	struct piece *pieces = hs_arena_array(&out->arena, m->n, sizeof(*pieces));
	struct hs_pyc_value v = { m, names, m->n * HS_MAX_MARSHAL_REUSE + 1000, version };
	struct hs_pyc_opcodes ops;
	struct hs_capture c;
	struct hs_blob *texts;
	FILE *text = hs_capture_open(&c);
	size_t n;
	int rc = 0;

	for (uint32_t i = 0; i < m->n; i++)
		if (m->objects[i].type == 'c')
			name_code(names, &out->arena, m, i, version);
	hs_pyc_opcodes_init(&ops, version);
	n = write_codes(text, pieces, &v, &ops, &c);
	fclose(text);
	texts = hs_blob_of_heap(c.bytes, c.len);
	if (c.full || v.budget == 0)
		rc = hs_fail(err, HS_ELIMIT,
		             "the code comes to more than %" PRIu64 " bytes of text, or its "
		             "constants to more than %d values for each object",
		             HS_MAX_TEXT, HS_MAX_MARSHAL_REUSE);
	for (size_t k = 0; rc == 0 && k < n; k++)
		rc = add_code(out, &pieces[k], names[pieces[k].code], texts, err);
	hs_blob_unref(texts);
	return rc;
}

static int
pyc_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct header h = read_header(file);
	struct hs_marshal m;
	struct hs_err ignored;
	int rc;

	out->ops = &pyc_ops;
	out->places = "lines";
	rc = read_code(&m, &out->arena, &h, err);
	if (rc == 0)
		rc = add_codes(out, &m, h.version, err);
	if (rc < 0)
		return hs_tree_add_gap(out, "unreadable", h.c.rest, &ignored) < 0 ? ignored.code
		                                                                  : rc;
	if (m.end < h.c.rest.len)
		return hs_tree_add_gap(out, "after the end", hs_span_from(h.c.rest, m.end), err);
	return 0;
}

const struct hs_comparator hs_comparator_pyc = {
	.name = "pyc",
	.about = "Python bytecode (2.7, 3.0 to 3.14): each function by its instructions",
	.known_by =
		"a magic number of CPython's and \"\\r\\n\" at 0, a code object behind the header",
	.shape = HS_SHAPE_PARTS,
	.bid = pyc_bid,
	.describe = pyc_describe,
	.expand = pyc_expand,
	.whole = true,
};
