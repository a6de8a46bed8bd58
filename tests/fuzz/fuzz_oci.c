/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The input is lines that make the files of an image archive:
 *
 *	i TEXT           index.json          o TEXT   oci-layout
 *	m TEXT           manifest.json       v TEXT   version
 *	b TEXT           a blob of an OCI layout, named by its SHA-256
 *	h TEXT           the same, named as skopeo's dir: has it
 *	f NAME=TEXT      a file              d NAME   a folder
 *	l NAME=TARGET    a symbolic link     k NAME=TARGET  a hard link
 *
 * In TEXT, @0 to @9 become digest and size of the tenth to last, ... last blob,
 * or half of all mutations would only break digests.
 */
#include "core/hash.h"
#include "image/view.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small, so that a run ends soon whatever an archive claims. */
static const struct hs_limits limits = {
	.max_depth = 4,
	.max_size = 1 << 20,
	.max_ratio = 100,
	.max_members = 3000,
};

struct maker {
	struct hs_tree tree;
	const char *blobs[10]; /* their descriptors, the newest last */
};

static struct hs_entry *
add(struct maker *m, struct hs_span name, enum hs_kind kind)
{
	struct hs_entry *e;
	struct hs_err err;

	if (hs_tree_add(&e, &m->tree, name, &err) < 0)
		return NULL;
	e->kind = kind;
	e->head = name;
	return e;
}

static void
add_file(struct maker *m, struct hs_span name, struct hs_span text)
{
	struct hs_entry *e = add(m, name, HS_KIND_FILE);

	if (!e)
		return;
	e->bytes = hs_arena_copy(&m->tree.arena, text);
	e->size = text.len;
}

/* The text with its references put in. */
static struct hs_span
expand(struct maker *m, struct hs_span text)
{
	uint8_t *out = hs_arena_alloc(&m->tree.arena, text.len * 130 + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *blob = NULL;

		if (text.at[i] == '@' && i + 1 < text.len && text.at[i + 1] >= '0' &&
		    text.at[i + 1] <= '9')
			blob = m->blobs[text.at[i + 1] - '0'];
		if (blob) {
			memcpy(out + n, blob, strlen(blob));
			n += strlen(blob);
			i++;
		} else {
			out[n++] = text.at[i];
		}
	}
	return (struct hs_span){ out, n };
}

static void
add_blob(struct maker *m, const char *folder, struct hs_span text)
{
	const struct hs_sha256 sum = hs_sha256(text);
	char hex[HS_SHA256_HEX];

	hs_sha256_hex(hex, &sum);
	add_file(m, hs_arena_span(&m->tree.arena, "%s%s", folder, hex), text);
	memmove(m->blobs, m->blobs + 1, sizeof(m->blobs) - sizeof(m->blobs[0]));
	m->blobs[9] = hs_arena_printf(&m->tree.arena, "\"digest\":\"sha256:%s\",\"size\":%zu", hex,
	                              text.len);
}

static void
add_line(struct maker *m, uint8_t kind, struct hs_span text)
{
	const uint8_t *equals = text.len ? memchr(text.at, '=', text.len) : NULL;
	const size_t before = equals ? (size_t)(equals - text.at) : text.len;
	const struct hs_span name = hs_span_head(text, before);
	const struct hs_span rest = hs_span_from(text, (uint64_t)before + 1);
	struct hs_entry *e;

	if (kind == 'f')
		add_file(m, name, rest);
	else if (kind == 'd')
		add(m, text, HS_KIND_DIR);
	else if (kind == 'l' || kind == 'k') {
		e = add(m, name, kind == 'l' ? HS_KIND_SYMLINK : HS_KIND_HARDLINK);
		if (e)
			e->link = rest;
	} else if (kind == 'b')
		add_blob(m, "blobs/sha256/", expand(m, text));
	else if (kind == 'h')
		add_blob(m, "", expand(m, text));
	else if (kind == 'i')
		add_file(m, HS_SPAN("index.json"), expand(m, text));
	else if (kind == 'm')
		add_file(m, HS_SPAN("manifest.json"), expand(m, text));
	else if (kind == 'o')
		add_file(m, HS_SPAN("oci-layout"), text);
	else if (kind == 'v')
		add_file(m, HS_SPAN("version"), text);
}

static void
make(struct maker *m, struct hs_span rest)
{
	while (rest.len) {
		const uint8_t *end = memchr(rest.at, '\n', rest.len);
		const size_t len = end ? (size_t)(end - rest.at) : rest.len;

		if (len > 1)
			add_line(m, rest.at[0], hs_span_from(hs_span_head(rest, len), 2));
		rest = hs_span_from(rest, (uint64_t)len + 1);
	}
}

static void
exercise(const struct hs_tree *t, const struct hs_entry *e)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_content content;
	struct hs_err err;

	hs_tree_describe(&facts, t, e);
	hs_facts_text(&facts);
	hs_tree_open(&content, t, e, &err);
	hs_content_release(&content);
	hs_arena_release(&arena);
}

/* Each view gets each tree, whether it would take it or not; no entry may be lost. */
static void
arrange(const struct hs_view *view, struct hs_span input)
{
	struct maker m = { .blobs = { NULL } };
	struct hs_run run;
	struct hs_err err;
	size_t before;

	hs_run_init(&run, &limits, 1, NULL);
	hs_tree_init(&m.tree, &run, hs_pool_main(run.pool), NULL);
	make(&m, input);
	before = m.tree.n_entries;
	view->is(&m.tree);
	view->arrange(&m.tree, &err);
	hs_tree_finish(&m.tree);
	if (m.tree.n_entries < before)
		abort();
	for (size_t i = 0; i < m.tree.n_entries; i++)
		exercise(&m.tree, &m.tree.entries[i]);
	hs_tree_release(&m.tree);
	hs_run_release(&run);
}

/* Whatever an archive's documents claim, arranging and reading it ends, and ends well. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 1 << 16)
		return 0;
	for (size_t i = 0; hs_view_at(i); i++)
		arrange(hs_view_at(i), (struct hs_span){ data, size });
	return 0;
}
