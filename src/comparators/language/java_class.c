/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Java class files (Java Virtual Machine Specification, chapter 4); all numbers
 * big-endian:
 *
 *	magic       CA FE BA BE; minor version 2, major version 2 (61 is Java 17)
 *	constants   a number of 2 bytes, one more than there are; each a tag and its bytes
 *	class       flags 2, itself 2, super class 2; interfaces: a number of 2, 2 each
 *	fields, methods   a number of 2; each flags 2, name 2, type 2, attributes
 *	attributes  a number of 2; each name 2, length 4, its bytes
 *
 * What varies between builds: the compiler's version (the major version, the
 * order of the constants, names of lambdas and nested classes), whether it was
 * run with -g, and lines, where something was added above. A universal binary
 * of Mach-O has the same magic: its number of architectures, which stands where
 * the versions do, is far below 45.
 *
 * Each field and method is a member, by name and type. Constants stand where
 * they are used, so that another numbering of them changes no member; the form
 * of their table is a fact.
 */
#include "comparators/comparator.h"

#include "comparators/language/class_attributes.h"
#include "comparators/language/class_code.h"
#include "core/capture.h"
#include "core/limits.h"

#include <inttypes.h>

enum { FIRST_MAJOR = 45, LAST_MAJOR = 99, VIEW = 1, FLAGS = 16 };

static const struct hs_span magic = { (const uint8_t *)"\xca\xfe\xba\xbe", 4 };

static unsigned
java_class_bid(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	unsigned major;

	hs_take(&c, 6);
	major = (unsigned)hs_take_be(&c, 2);
	if (!hs_span_starts(file, magic) || major < FIRST_MAJOR || major > LAST_MAJOR)
		return 0;
	return hs_take_be(&c, 2) > 0 ? 40 : 0;
}

enum { OF_CLASS, OF_FIELD, OF_METHOD };

static void
write_flags(FILE *out, unsigned flags, int of)
{
	static const char *const names[3][FLAGS] = {
		{ "public", "private", "protected", "static", "final", "super", 0, 0, 0,
		  "interface", "abstract", 0, "synthetic", "annotation", "enum", "module" },
		{ "public", "private", "protected", "static", "final", 0, "volatile", "transient",
		  0, 0, 0, 0, "synthetic", 0, "enum", 0 },
		{ "public", "private", "protected", "static", "final", "synchronized", "bridge",
		  "varargs", "native", 0, "abstract", "strict", "synthetic", 0, 0, 0 },
	};

	fputs("flags:", out);
	for (unsigned bit = 0; bit < FLAGS; bit++) {
		if (!(flags >> bit & 1))
			continue;
		if (names[of][bit])
			fprintf(out, " %s", names[of][bit]);
		else
			fprintf(out, " 0x%x", 1U << bit);
	}
	putc('\n', out);
}

/* What a constant resolves to; in the arena. */
static struct hs_span
constant_text(struct hs_arena *a, const struct hs_class *k, unsigned i)
{
	struct hs_capture text;
	FILE *out = hs_capture_open(&text);
	struct hs_span copy;

	hs_class_constant_write(out, k, i);
	fclose(out);
	copy = hs_arena_copy(a, (struct hs_span){ text.bytes, text.len });
	hs_blob_unref(hs_blob_of_heap(text.bytes, text.len));
	return copy;
}

static void
say_class(struct hs_facts *out, const struct hs_class *k)
{
	struct hs_cursor c = { .rest = k->interfaces };
	char hex[HS_SHA256_HEX];

	if (k->major >= FIRST_MAJOR + 4)
		hs_sayf(out, "class version", "%u.%u (Java %u)", k->major, k->minor,
		        k->major - FIRST_MAJOR + 1);
	else
		hs_sayf(out, "class version", "%u.%u", k->major, k->minor);
	hs_say(out, "class", constant_text(out->arena, k, k->self));
	hs_say(out, "super class", constant_text(out->arena, k, k->super));
	while (c.rest.len)
		hs_say(out, "interface", constant_text(out->arena, k, (unsigned)hs_take_be(&c, 2)));
	hs_sayf(out, "constants", "%u (form %.12s)", k->n_constants ? k->n_constants - 1 : 0,
	        hs_sha256_hex(hex, &k->form));
}

static int
java_class_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_class k;
	const int rc = hs_class_read(&k, out->arena, file, err);

	if (k.constants)
		say_class(out, &k);
	return rc;
}

/* Where the text of one member stands in that of all. */
struct piece {
	size_t from, to;
	unsigned line;
};

/* The first line of a piece tells where it stands: no part of the view. */
static int
java_class_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
                struct hs_err *err)
{
	const uint8_t *end = memchr(e->bytes.at, '\n', e->bytes.len);

	(void)t;
	(void)err;
	*out = hs_content_of(e->blob, hs_span_from(e->bytes, (size_t)(end - e->bytes.at) + 1));
	return 0;
}

static const struct hs_tree_ops java_class_ops = { .open = java_class_open };

static unsigned
write_member(FILE *out, const struct hs_class *k, const struct hs_class_member *m)
{
	struct hs_cursor c = m->attributes;
	struct hs_class_attribute at;
	unsigned line = 0;

	write_flags(out, m->flags, m->is_method ? OF_METHOD : OF_FIELD);
	hs_class_attributes_write(out, k, c);
	for (unsigned n = hs_class_count(&c); n > 0 && hs_class_attribute(&at, k, &c); n--)
		if (hs_span_is(at.name, "Code"))
			line = hs_class_code_write(out, k, at.bytes);
	return line;
}

/*
 * The text of a member, or of the class itself for NULL; its first line goes in
 * front, in as many places whatever it is, so that members that moved keep their size.
 */
static void
write_piece(FILE *text, struct piece *p, const struct hs_capture *all, const struct hs_class *k,
            const struct hs_class_member *m)
{
	struct hs_capture own;
	FILE *out = hs_capture_open(&own);

	if (m) {
		p->line = write_member(out, k, m);
	} else {
		write_flags(out, k->flags, OF_CLASS);
		hs_class_attributes_write(out, k, k->attributes);
	}
	fclose(out);
	fflush(text);
	p->from = all->len;
	fprintf(text, "first line: %5u\n", p->line);
	if (fwrite(own.bytes, 1, own.len, text) < own.len || own.full)
		fflush(text);
	fflush(text);
	p->to = all->len;
	hs_blob_unref(hs_blob_of_heap(own.bytes, own.len));
}

static int
add_piece(struct hs_tree *out, const struct piece *p, struct hs_span name, struct hs_blob *texts,
          struct hs_err *err)
{
	struct hs_entry *e;

	if (hs_tree_add(&e, out, name, err) < 0)
		return err->code;
	hs_span_part(&e->bytes, texts->bytes, p->from, p->to - p->from);
	e->key = name;
	e->blob = hs_blob_ref(texts);
	e->size = e->bytes.len;
	e->kind = HS_KIND_OTHER;
	e->codec = VIEW;
	e->view = true;
	e->place = p->line;
	e->as = &hs_comparator_text;
	return 0;
}

static struct hs_span
name_of(struct hs_arena *a, const struct hs_class_member *m)
{
	return hs_arena_join(a, m->name,
	                     m->is_method ? m->type : hs_arena_join(a, HS_SPAN(" "), m->type));
}

static int
add_members(struct hs_tree *out, const struct hs_class *k, struct hs_err *err)
{
	struct piece *pieces = hs_arena_array(&out->arena, k->n_members + 1, sizeof(*pieces));
	struct hs_capture all;
	FILE *text = hs_capture_open(&all);
	struct hs_blob *texts;
	int rc = 0;

	for (size_t i = 0; i <= k->n_members && !all.full; i++)
		write_piece(text, &pieces[i], &all, k, i ? &k->members[i - 1] : NULL);
	fclose(text);
	texts = hs_blob_of_heap(all.bytes, all.len);
	if (all.full)
		rc = hs_fail(err, HS_ELIMIT,
		             "the class comes to more than %" PRIu64 " bytes of text", HS_MAX_TEXT);
	for (size_t i = 0; rc == 0 && i <= k->n_members; i++)
		rc = add_piece(out, &pieces[i],
		               i ? name_of(&out->arena, &k->members[i - 1]) : HS_SPAN("(class)"),
		               texts, err);
	hs_blob_unref(texts);
	return rc;
}

static int
java_class_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_class k;
	struct hs_err other;
	int rc = hs_class_read(&k, &out->arena, file, err);

	out->ops = &java_class_ops;
	out->places = "lines";
	if (k.members && add_members(out, &k, rc < 0 ? &other : err) < 0 && rc == 0)
		rc = err->code;
	if (rc < 0)
		return hs_tree_add_gap(out, "unreadable", hs_span_from(file, 8), &other) < 0
		               ? other.code
		               : rc;
	return k.rest.len ? hs_tree_add_gap(out, "after the end", k.rest, err) : 0;
}

const struct hs_comparator hs_comparator_java_class = {
	.name = "java-class",
	.about = "Java classes: each method by its instructions",
	.known_by = "CA FE BA BE at 0 and a major version of 45 to 99",
	.shape = HS_SHAPE_PARTS,
	.bid = java_class_bid,
	.describe = java_class_describe,
	.expand = java_class_expand,
	.whole = true,
};
