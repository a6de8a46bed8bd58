/* SPDX-License-Identifier: Apache-2.0 */
#include "build_report.h"

#include <inttypes.h>
#include <stdlib.h>

static void
fill_digest(struct hs_sha256 *out, uint8_t byte)
{
	memset(out->bytes, byte, sizeof(out->bytes));
}

static void
set_input(struct hs_input *in, const char *name, const char *format, uint8_t byte)
{
	*in = (struct hs_input){
		.name = name, .format = format, .size = 10240, .has_sha256 = true
	};
	fill_digest(&in->sha256, byte);
}

static struct hs_node *
new_root(struct hs_built *b, const char *format)
{
	b->root = hs_arena_alloc(&b->arena, sizeof(*b->root));
	b->report.root = b->root;
	b->root->a.format = b->root->b.format = format;
	b->root->a.present = true;
	return b->root;
}

void
hs_built_init(struct hs_built *b, const char *a_name, const char *b_name, const char *format)
{
	*b = (struct hs_built){ 0 };
	new_root(b, format)->b.present = true;
	set_input(&b->report.a, a_name, format, 0xaa);
	set_input(&b->report.b, b_name, format, 0xbb);
}

void
hs_built_inspection(struct hs_built *b, const char *name, const char *format)
{
	*b = (struct hs_built){ .report.inspection = true };
	new_root(b, format);
	set_input(&b->report.a, name, format, 0xaa);
}

void
hs_built_release(struct hs_built *b)
{
	hs_arena_release(&b->arena);
}

struct hs_node *
hs_built_add(struct hs_built *b, struct hs_node *parent, struct hs_span name, enum hs_status status)
{
	struct hs_node *node = hs_arena_alloc(&b->arena, sizeof(*node));
	struct hs_node **at = &parent->first_child;

	/* The usual case without a search: a hundred thousand members of one container. */
	if (b->last && b->last->parent == parent)
		at = &b->last->next;
	while (*at)
		at = &(*at)->next;
	*at = b->last = node;
	parent->n_children++;
	node->parent = parent;
	node->depth = parent->depth + 1;
	node->name = name;
	node->status = status;
	node->a.format = node->b.format = "";
	node->a.size = node->b.size = 10;
	node->a.present = b->report.inspection || status != HS_STATUS_ONLY_B;
	node->b.present = !b->report.inspection && status != HS_STATUS_ONLY_A;
	node->a.has_sha256 = node->b.has_sha256 = true;
	fill_digest(&node->a.sha256, 0x0a);
	fill_digest(&node->b.sha256, status == HS_STATUS_CONTENT ? 0x0b : 0x0a);
	if (status == HS_STATUS_CONTENT)
		for (struct hs_node *n = parent; n; n = n->parent)
			n->status = HS_STATUS_CONTENT;
	return node;
}

void
hs_built_side(struct hs_node *node, const char *format, uint64_t size_a, uint64_t size_b)
{
	node->a.format = node->b.format = format;
	node->a.size = size_a;
	node->b.size = size_b;
}

struct hs_change *
hs_built_change(struct hs_built *b, struct hs_node *node, const char *field, const char *a,
                const char *value_b)
{
	struct hs_change change = { .field = field, .has_a = a, .has_b = value_b };

	if (a)
		change.a = hs_span_of(a);
	if (value_b)
		change.b = hs_span_of(value_b);
	hs_changes_add(&node->changes, &b->arena, change);
	return node->changes.last;
}

void
hs_built_note(struct hs_built *b, struct hs_node *node, struct hs_note note)
{
	hs_node_note(node, &b->arena, note);
}

static size_t
count_lines(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void
read_head(struct hs_hunk *h, const char *line)
{
	uint64_t *const at[] = { &h->a_start, &h->a_count, &h->b_start, &h->b_count };
	char *end;

	for (size_t i = 0; i < 4; i++) {
		*at[i] = strtoull(line, &end, 10);
		line = end;
	}
}

struct hs_listing *
hs_built_listing(struct hs_built *b, struct hs_node *node, const char *view, const char *text)
{
	struct hs_built_listing *l = hs_arena_alloc(&b->arena, sizeof(*l));
	const size_t most = count_lines(text);
	struct hs_hunk *hunks = hs_arena_array(&b->arena, most, sizeof(*hunks)), *h = hunks - 1;
	struct hs_line *lines = hs_arena_array(&b->arena, most, sizeof(*lines));

	for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
		if (*text == '@') {
			*++h = (struct hs_hunk){ .lines = lines };
			read_head(h, text + 2);
		} else if (*text == '\\') {
			lines[-1].no_newline = true;
		} else {
			*lines++ = (struct hs_line){
				.op = *text,
				.text = { (const uint8_t *)text + 1, (size_t)(end - text) - 1 },
			};
			h->n_lines++;
		}
	}
	*l = (struct hs_built_listing){
		.node = node,
		.listing = { .view = view, .hunks = hunks, .n_hunks = (size_t)(h + 1 - hunks) },
		.next = b->listings,
	};
	b->listings = l;
	node->view = strcmp(view, "hex") == 0 ? HS_VIEW_HEX : HS_VIEW_TEXT;
	return &l->listing;
}

static void
count(struct hs_summary *s, const struct hs_node *n)
{
	uint64_t *const by_status[] = {
		[HS_STATUS_SAME] = &s->same,         [HS_STATUS_CONTENT] = &s->content,
		[HS_STATUS_METADATA] = &s->metadata, [HS_STATUS_ONLY_A] = &s->only_a,
		[HS_STATUS_ONLY_B] = &s->only_b,     [HS_STATUS_MOVED] = &s->moved,
	};

	s->same += n->n_same;
	s->entries += n->n_same;
	if (n->parent && n->name.len && !n->first_child) {
		s->entries++;
		++*(n->ignored ? &s->ignored : by_status[n->status]);
	}
}

/* Nodes are const to all who read them; ids are given here, by the one who made them. */
static struct hs_node *
next_of(struct hs_node *n)
{
	if (n->first_child)
		return n->first_child;
	while (n && !n->next)
		n = n->parent;
	return n ? n->next : NULL;
}

void
hs_built_finish(struct hs_built *b)
{
	static const char *const reasons[] = { "damaged" };
	struct hs_report *r = &b->report;
	uint64_t id = 0;

	r->summary = (struct hs_summary){ 0 };
	r->n_reasons = 0;
	for (struct hs_node *n = b->root; n; n = next_of(n)) {
		bool damaged = false;

		n->id = ++id;
		count(&r->summary, n);
		for (const struct hs_note *note = n->notes; note; note = note->next)
			damaged |= note->damage;
		r->summary.damaged += damaged;
	}
	r->same = b->root->ignored || (b->root->status == HS_STATUS_SAME && !b->root->first_child);
	r->complete = r->summary.damaged == 0;
	r->reasons = reasons;
	r->n_reasons = !r->complete;
	r->exit_status = !r->complete ? 3 : r->same || r->inspection ? 0 : 1;
}

static const struct hs_listing *
listing_of(const struct hs_built *b, const struct hs_node *node)
{
	for (const struct hs_built_listing *l = b->listings; l; l = l->next)
		if (l->node == node)
			return &l->listing;
	return NULL;
}

int
hs_built_emit(struct hs_built *b, const struct hs_sink_ops *ops,
              const struct hs_sink_options *options, FILE *out)
{
	static const struct hs_sink_options plain = { .color = false };
	struct hs_sink sink = { .ops = ops, .out = out, .report = &b->report };
	const struct hs_node *n = b->root;
	struct hs_err err;

	hs_built_finish(b);
	sink.options = options ? options : &plain;
	ops->begin(&sink);
	while (n) {
		ops->enter(&sink, n, listing_of(b, n));
		if (n->first_child) {
			n = n->first_child;
			continue;
		}
		ops->leave(&sink, n);
		while (n->parent && !n->next) {
			n = n->parent;
			ops->leave(&sink, n);
		}
		n = n->next;
	}
	return ops->end(&sink, &err);
}

static void
keep_for_validator(const char *folder, const char *text)
{
	static unsigned n;
	char path[4096];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%u.json", folder, ++n);
	out = fopen(path, "w");
	if (!out || fputs(text, out) < 0 || fclose(out) != 0)
		abort();
}

const char *
hs_built_write(struct hs_built *b, const struct hs_sink_ops *ops,
               const struct hs_sink_options *options)
{
	const char *const folder = getenv("HS_REPORTS");
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	const char *kept;

	if (!out)
		abort();
	hs_built_emit(b, ops, options, out);
	fclose(out);
	kept = (const char *)hs_arena_copy(&b->arena, (struct hs_span){ (uint8_t *)text, len }).at;
	free(text);
	if (folder && strcmp(ops->name, "json") == 0)
		keep_for_validator(folder, kept);
	return kept;
}
