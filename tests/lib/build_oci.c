/* SPDX-License-Identifier: Apache-2.0 */
#include "build_oci.h"

#include "core/hash.h"
#include "unit.h"

#include <stdio.h>

void
oci_begin(struct oci *o)
{
	*o = (struct oci){ 0 };
	start_run(&o->run, 2);
	hs_tree_init(&o->tree, &o->run, hs_pool_main(o->run.pool), NULL);
}

void
oci_end(struct oci *o)
{
	hs_tree_release(&o->tree);
	hs_run_release(&o->run);
	hs_arena_release(&o->arena);
}

struct hs_entry *
oci_file(struct oci *o, const char *name, struct hs_span bytes)
{
	struct hs_entry *e;
	struct hs_err err;

	assert_int_equal(
		hs_tree_add(&e, &o->tree, hs_span_of(hs_arena_printf(&o->arena, "%s", name)), &err),
		0);
	e->kind = HS_KIND_FILE;
	e->head = e->name;
	e->bytes = hs_arena_copy(&o->arena, bytes);
	e->size = bytes.len;
	return e;
}

struct hs_entry *
oci_symlink(struct oci *o, const char *name, const char *target)
{
	struct hs_entry *e = oci_file(o, name, HS_SPAN(""));

	e->kind = HS_KIND_SYMLINK;
	e->link = hs_span_of(target);
	return e;
}

const char *
oci_digest(struct oci *o, struct hs_span bytes)
{
	const struct hs_sha256 sum = hs_sha256(bytes);
	char hex[HS_SHA256_HEX];

	return hs_arena_printf(&o->arena, "sha256:%s", hs_sha256_hex(hex, &sum));
}

const char *
oci_descriptor(struct oci *o, const char *type, struct hs_span bytes, const char *more)
{
	return hs_arena_printf(&o->arena, "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%zu%s}",
	                       type, oci_digest(o, bytes), bytes.len, more);
}

const char *
oci_blob(struct oci *o, const char *type, struct hs_span bytes, const char *more)
{
	const char *name = hs_arena_printf(&o->arena, "blobs/sha256/%s", oci_digest(o, bytes) + 7);

	if (!hs_tree_find(&o->tree, hs_span_of(name), 0))
		oci_file(o, name, bytes);
	return oci_descriptor(o, type, bytes, more);
}

struct hs_span
oci_config(struct oci *o, const char *arch, const struct hs_span *layers, size_t n)
{
	const char *ids = "";

	for (size_t i = 0; i < n; i++)
		ids = hs_arena_printf(&o->arena, "%s%s\"%s\"", ids, i ? "," : "",
		                      oci_digest(o, layers[i]));
	return hs_arena_span(&o->arena,
	                     "{\"os\":\"linux\",\"architecture\":\"%s\",\"rootfs\":"
	                     "{\"type\":\"layers\",\"diff_ids\":[%s]}}",
	                     arch, ids);
}

const char *
oci_image(struct oci *o, const char *arch, const char *const *layers, const char *more)
{
	struct hs_span bytes[16];
	const char *list = "";
	size_t n = 0;

	for (; layers[n]; n++) {
		bytes[n] = hs_span_of(layers[n]);
		list = hs_arena_printf(&o->arena, "%s%s%s", list, n ? "," : "",
		                       oci_blob(o, OCI_LAYER, bytes[n], ""));
	}
	return oci_blob(
		o, OCI_MANIFEST,
		hs_arena_span(&o->arena, "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}",
	                      oci_blob(o, OCI_CONFIG, oci_config(o, arch, bytes, n), ""), list),
		more);
}

void
oci_index(struct oci *o, const char *manifests)
{
	oci_file(o, "index.json",
	         hs_arena_span(&o->arena, "{\"schemaVersion\":2,\"manifests\":[%s]}", manifests));
	oci_file(o, "oci-layout", HS_SPAN("{\"imageLayoutVersion\":\"1.0.0\"}"));
}

int
oci_arrange(struct oci *o, struct hs_err *err)
{
	const struct hs_view *view = hs_view_for(&o->tree);
	int rc;

	assert_non_null(view);
	rc = view->arrange(&o->tree, err);
	hs_tree_finish(&o->tree);
	return rc;
}

/* The texts of all notes of an entry, joined. */
static const char *
notes_text(struct oci *o, const struct hs_entry *e)
{
	struct hs_entry_note n;
	const char *out = "";

	for (size_t i = 0; hs_entry_note_at(&n, e, i); i++)
		out = hs_arena_printf(&o->arena, "%s%s%s", out, i ? "; " : "", n.text);
	return out;
}

const char *
oci_listing(struct oci *o)
{
	const char *out = "";

	for (size_t i = 0; i < o->tree.n_entries; i++) {
		const struct hs_entry *e = &o->tree.entries[i];
		const char *notes = notes_text(o, e);

		out = hs_arena_printf(&o->arena, "%s%.*s%s%s\n", out, (int)e->key.len,
		                      (const char *)e->key.at,
		                      !*notes              ? ""
		                      : hs_entry_damage(e) ? " ! "
		                                           : " - ",
		                      notes);
	}
	return out;
}

const char *
oci_codes(struct oci *o)
{
	const char *out = "";

	for (size_t i = 0; i < o->tree.n_entries; i++) {
		const struct hs_entry *e = &o->tree.entries[i];
		struct hs_entry_note n;

		for (size_t k = 0; hs_entry_note_at(&n, e, k); k++)
			out = hs_arena_printf(&o->arena, "%s%.*s %c %s\n", out, (int)e->key.len,
			                      (const char *)e->key.at, n.damage ? '!' : '-',
			                      n.code);
	}
	return out;
}

const char *
oci_remarks(struct hs_arena *a, const struct hs_remarks *r)
{
	const struct hs_entry_note *notes = hs_remarks_notes(r, a);
	const char *out = "";

	for (size_t i = 0; i < r->n; i++)
		out = hs_arena_printf(a, "%s%s%s", out, i ? "; " : "", notes[i].text);
	return out;
}

const struct hs_entry *
oci_find(struct oci *o, const char *key)
{
	const struct hs_entry *e = hs_tree_find(&o->tree, hs_span_of(key), 0);

	assert_non_null(e);
	return e;
}

const char *
oci_facts(struct oci *o, const char *key)
{
	struct hs_facts facts = { .arena = &o->arena };

	hs_tree_describe(&facts, &o->tree, oci_find(o, key));
	return hs_facts_text(&facts);
}
