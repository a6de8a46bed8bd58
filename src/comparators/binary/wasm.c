/* SPDX-License-Identifier: Apache-2.0 */
/*
 * WebAssembly modules (WebAssembly Core Specification 2.0, chapter 5):
 *
 *	magic     00 61 73 6d, version 01 00 00 00
 *	sections  each a number of one byte, a length (LEB128) and its bytes:
 *	          1 types, 2 imports, 3 the types of functions, 4 tables, 5 memories,
 *	          6 globals, 7 exports, 8 start, 9 elements, 12 the number of data
 *	          segments, 10 code, 11 data, 13 tags; 0 custom, with a name
 *
 * What varies between builds: the custom section "producers" (compiler and its
 * version), names and debug information with paths, the order of functions and
 * the numbers that follow from it. A linker writes lengths in five bytes, where
 * fewer would do: the fact of a section says so.
 *
 * Each function and each data segment is a member, by name. Another numbering
 * changes no view, and counts as shifted.
 */
#include "comparators/comparator.h"

#include "comparators/binary/wasm_code.h"
#include "comparators/binary/wasm_sections.h"
#include "comparators/binary/wasm_write.h"
#include "core/capture.h"
#include "core/escape.h"

#include <inttypes.h>

enum { VIEW_OF_FUNCTION = 1, VIEW_OF_SECTION };

static const struct hs_span magic = { (const uint8_t *)"\0asm\1\0\0\0", 8 };

static unsigned
wasm_bid(struct hs_span file)
{
	return hs_span_starts(file, magic) ? 64 : 0;
}

/* What stands in front of the bytes of a custom section is not in its name: "custom linking". */
static struct hs_span
section_name(struct hs_arena *a, const struct hs_wasm_section *s)
{
	if (s->id == HS_WASM_CUSTOM)
		return hs_arena_join(a, HS_SPAN("custom "), s->name);
	return hs_arena_span(a, "(%s)", hs_wasm_section_word(s->id));
}

static size_t
least_width(uint64_t v)
{
	size_t n = 1;

	while (v >>= 7)
		n++;
	return n;
}

static void
say_section(struct hs_facts *out, const struct hs_wasm_section *s)
{
	struct hs_span word = hs_escape(out->arena, section_name(out->arena, s));
	size_t name = 0;

	if (s->id == HS_WASM_CUSTOM)
		name = least_width(s->name.len) + s->name.len;
	if (s->width > least_width(s->bytes.len + name))
		hs_sayf(out, "section", "%.*s, its length in %zu bytes", (int)word.len,
		        (const char *)word.at, s->width);
	else
		hs_say(out, "section", word);
}

static int
wasm_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_wasm w;
	const int rc = hs_wasm_read(&w, out->arena, file, err);
	const struct hs_wasm_section *count = hs_wasm_section(&w, HS_WASM_DATA_COUNT);
	struct hs_cursor c = { .rest = count ? count->bytes : (struct hs_span){ NULL, 0 } };

	hs_say_u64(out, "version", 1);
	for (size_t i = 0; i < w.n_sections; i++)
		say_section(out, &w.sections[i]);
	hs_say_u64(out, "functions", w.n_functions - w.n_imported);
	out->of_members = true;
	hs_say_u64(out, "data segments", w.n_segments);
	if (count)
		hs_say_u64(out, "data count", hs_wasm_unsigned(&c));
	return rc;
}

static int
wasm_open(struct hs_content *out, const struct hs_tree *t, const struct hs_entry *e,
          struct hs_err *err)
{
	const struct hs_wasm *w = t->state;
	struct hs_capture text;
	FILE *f = hs_capture_open(&text);

	if (e->codec == VIEW_OF_FUNCTION)
		hs_wasm_function_write(f, w, e->more);
	else
		hs_wasm_section_write(f, w, e->more);
	fclose(f);
	out->blob = hs_blob_of_heap(text.bytes, text.len);
	out->bytes = out->blob->bytes;
	if (text.full)
		return hs_fail(err, HS_ELIMIT, "it comes to more text than HS_MAX_TEXT bytes");
	return 0;
}

/* What has been written; in the arena. */
static struct hs_span
written(struct hs_arena *a, FILE *f, const struct hs_capture *text)
{
	struct hs_span copy;

	fclose(f);
	copy = hs_arena_copy(a, (struct hs_span){ text->bytes, text->len });
	hs_blob_unref(hs_blob_of_heap(text->bytes, text->len));
	return copy;
}

/* A segment's mode, and where in memory it goes. */
static void
say_segment(struct hs_facts *out, const struct hs_wasm *w, const struct hs_entry *e)
{
	struct hs_cursor c = { .rest = e->head };
	const uint64_t mode = hs_wasm_unsigned(&c);
	struct hs_capture text;
	FILE *f;

	if (mode == 1) {
		hs_say_word(out, "mode", "passive");
		return;
	}
	if (mode == 2)
		hs_say_u64(out, "memory", hs_wasm_unsigned(&c));
	f = hs_capture_open(&text);
	hs_wasm_expression_write(f, w, &c);
	hs_say(out, "offset", written(out->arena, f, &text));
}

static void
wasm_describe_member(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_wasm_function *function = e->more;
	struct hs_capture text;
	FILE *f;

	if (e->codec == 0 && e->head.len)
		say_segment(out, t->state, e);
	if (e->codec != VIEW_OF_FUNCTION)
		return;
	f = hs_capture_open(&text);
	hs_wasm_write_type(f, t->state, function->type);
	hs_say(out, "type", written(out->arena, f, &text));
}

static const struct hs_tree_ops wasm_ops = { .describe = wasm_describe_member, .open = wasm_open };

static int
add_view(struct hs_tree *out, struct hs_span name, struct hs_span bytes, uint32_t codec,
         struct hs_err *err)
{
	struct hs_entry *e;

	if (hs_tree_add(&e, out, name, err) < 0)
		return err->code;
	e->key = name;
	e->bytes = bytes;
	e->size = bytes.len;
	e->kind = HS_KIND_OTHER;
	e->codec = codec;
	e->view = true;
	e->as = &hs_comparator_text;
	return 0;
}

static int
add_functions(struct hs_tree *out, const struct hs_wasm *w, struct hs_span file, struct hs_err *err)
{
	for (size_t i = w->n_imported; i < w->n_functions; i++) {
		const struct hs_wasm_function *f = &w->functions[i];
		const struct hs_span name =
			f->name.len ? f->name : hs_arena_span(&out->arena, "func[%zu]", i);

		if (add_view(out, name, f->stored, VIEW_OF_FUNCTION, err) < 0)
			return err->code;
		out->entries[out->n_entries - 1].more = f;
		/* Equal types, whatever their numbers. */
		if (f->type < w->n_types)
			out->entries[out->n_entries - 1].head = w->types[f->type];
		if (f->stored.at)
			out->entries[out->n_entries - 1].place = (uint64_t)(f->stored.at - file.at);
	}
	return 0;
}

static int
add_segments(struct hs_tree *out, const struct hs_wasm *w, struct hs_err *err)
{
	for (size_t i = 0; i < w->n_segments; i++) {
		const struct hs_wasm_segment *s = &w->segments[i];
		struct hs_span name = s->name;
		struct hs_entry *e;

		if (name.len == 0)
			name = hs_arena_span(&out->arena, "data[%zu]", i);
		if (hs_tree_add(&e, out, name, err) < 0)
			return err->code;
		e->key = name;
		e->bytes = s->bytes;
		e->head = s->head;
		e->size = s->bytes.len;
		e->kind = HS_KIND_OTHER;
	}
	return 0;
}

/* Whether the functions or the segments of the section are members of their own. */
static bool
is_taken_apart(const struct hs_wasm_section *s)
{
	return s->id == HS_WASM_FUNCTION || s->id == HS_WASM_CODE || s->id == HS_WASM_DATA ||
	       s->id == HS_WASM_DATA_COUNT;
}

static int
add_sections(struct hs_tree *out, const struct hs_wasm *w, struct hs_err *err)
{
	for (size_t i = 0; i < w->n_sections; i++) {
		const struct hs_wasm_section *s = &w->sections[i];
		struct hs_span name;

		if (is_taken_apart(s))
			continue;
		name = section_name(&out->arena, s);
		if (hs_wasm_section_has_words(s)) {
			if (add_view(out, name, s->bytes, VIEW_OF_SECTION, err) < 0)
				return err->code;
			out->entries[out->n_entries - 1].more = s;
		} else {
			struct hs_entry *e;

			if (hs_tree_add(&e, out, name, err) < 0)
				return err->code;
			e->key = name;
			e->bytes = s->bytes;
			e->size = s->bytes.len;
			e->kind = HS_KIND_OTHER;
		}
	}
	return 0;
}

/* What the members do not hold of sections that did not fit. */
static int
add_gaps(struct hs_tree *out, const struct hs_wasm *w, bool damaged, struct hs_err *err)
{
	for (size_t i = 0; damaged && i < w->n_sections; i++)
		if (is_taken_apart(&w->sections[i]) &&
		    hs_tree_add_gap(out, hs_wasm_section_word(w->sections[i].id),
		                    w->sections[i].bytes, err) < 0)
			return err->code;
	if (w->rest.len == 0)
		return 0;
	return hs_tree_add_gap(out, "after the sections", w->rest, err);
}

static int
wasm_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_wasm *w = hs_arena_array(&out->arena, 1, sizeof(*w));
	struct hs_err other;
	const int rc = hs_wasm_read(w, &out->arena, file, err);

	out->ops = &wasm_ops;
	out->state = w;
	out->places = "offsets";
	if (add_sections(out, w, &other) < 0 || add_functions(out, w, file, &other) < 0 ||
	    add_segments(out, w, &other) < 0 || add_gaps(out, w, rc < 0, &other) < 0) {
		if (rc < 0)
			return rc;
		*err = other;
		return other.code;
	}
	return rc;
}

const struct hs_comparator hs_comparator_wasm = {
	.name = "wasm",
	.about = "WebAssembly modules: each function by its instructions",
	.known_by = "00 61 73 6D 01 00 00 00 at 0",
	.shape = HS_SHAPE_PARTS,
	.bid = wasm_bid,
	.describe = wasm_describe,
	.expand = wasm_expand,
	.whole = true,
};
