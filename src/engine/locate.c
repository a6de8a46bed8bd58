/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inner paths: outer!inner!member. Each part is looked up among the members
 * of what the parts before it name; filters on the way are seen through, so a
 * path never needs to name what a gzip wraps, except as its last part, where
 * "x.gz!" is what is inside and "x.gz" the compressed bytes. What the layers
 * of an image come to is its member "rootfs", though no archive holds it.
 */
#include "core/escape.h"
#include "engine/engine.h"
#include "engine/rootfs.h"

#include <inttypes.h>
#include <stdlib.h>

/* Where a walk along a path stands: some content, opened, and what is left of the path. */
struct place {
	struct hs_run *run;
	struct hs_worker *w;
	struct hs_content content;        /* a reference of our own; empty where `members` is set */
	const struct hs_operand *members; /* an operand that is only members: a directory, one
	                                     image of an archive; else NULL */
	struct hs_span rest;
	struct hs_span prefix; /* with `rootfs`: of the image */
	bool rootfs;           /* not the members of the content, but what the layers come to */
	unsigned depth;
	bool listed;  /* with what is around it: not asked for by itself */
	bool wrapped; /* the content is what a filter wraps: it is named by the "!" before it alone
	               */
	struct hs_err trouble; /* damage on the way, whose readable part is gone on with; code 0 for
	                          none */
};

/* What a filter wraps has no name to put in front. */
static int
fail_in_member(struct hs_err *err, const struct hs_entry *e)
{
	return e->key.len ? hs_fail_in_span(err, e->key) : err->code;
}

static int
not_found(struct hs_err *err, struct hs_span part)
{
	char shown[160];

	hs_escape_short(shown, sizeof(shown), part);
	return hs_fail(err, HS_EUSAGE, "no member \"%s\"", shown);
}

static void
open_container(struct hs_opened *o, const struct place *p)
{
	if (p->members)
		hs_side_open_operand(o, p->run, p->w, p->members);
	else
		hs_side_open_for(o, p->run, p->w, p->content,
		                 p->listed ? HS_ASK_ALONE : HS_ASK_ALL);
}

static const struct hs_image_info *
image_of(const struct hs_tree *t, struct hs_span prefix)
{
	const struct hs_images images = hs_images_of(t);
	const struct hs_image_info *list = images.list;

	for (size_t i = 0; i < images.n; i++)
		if (hs_span_equal(list[i].prefix, prefix))
			return &list[i];
	return NULL;
}

static void
open_place(struct hs_opened *o, const struct place *p)
{
	struct hs_opened archive;

	if (!p->rootfs) {
		open_container(o, p);
		return;
	}
	open_container(&archive, p);
	hs_rootfs_open(o, p->run, p->w, &archive.tree, image_of(&archive.tree, p->prefix));
	hs_side_release(&archive);
}

/* Moves to the root file system where the path goes on with that of an image. */
static bool
enter_rootfs(struct place *p, const struct hs_tree *t)
{
	const struct hs_images images = hs_images_of(t);
	const struct hs_span name = HS_SPAN("rootfs");

	for (size_t i = 0; i < images.n; i++) {
		const struct hs_span prefix = images.list[i].prefix;
		const struct hs_span behind = hs_span_from(p->rest, prefix.len);
		const struct hs_span rest = hs_span_from(behind, name.len);

		if (!hs_span_starts(p->rest, prefix) || !hs_span_starts(behind, name) ||
		    (rest.len && rest.at[0] != '!'))
			continue;
		p->prefix = hs_span_head(p->rest, prefix.len);
		p->rest = rest;
		p->rootfs = true;
		p->depth++;
		return true;
	}
	return false;
}

/* Whether the operand's selector names nothing, which is an error of the command line. */
static bool
is_refused(const struct hs_opened *o, struct hs_err *err)
{
	if (o->trouble.code == HS_EUSAGE)
		*err = o->trouble;
	return o->trouble.code == HS_EUSAGE;
}

/* "name#2" names the second of equal keys where no member is called that. */
static const struct hs_entry *
find_member(const struct hs_tree *t, struct hs_span part)
{
	const uint8_t *mark = part.len ? memrchr(part.at, '#', part.len) : NULL;
	const struct hs_entry *e = hs_tree_find(t, part, 0);
	uint64_t n = 0;

	if (e || !mark)
		return e;
	for (const uint8_t *p = mark + 1; p < part.at + part.len; p++) {
		if (*p < '0' || *p > '9' || n > 100000000)
			return NULL;
		n = 10 * n + (uint64_t)(*p - '0');
	}
	part.len = (size_t)(mark - part.at);
	return n >= 2 ? hs_tree_find(t, part, (uint32_t)n - 1) : NULL;
}

/* The longest start of the path, up to a "!" or its end, that is a member: names may hold a "!"
 * themselves. */
static const struct hs_entry *
find_part(const struct hs_tree *t, struct hs_span path, struct hs_span *rest)
{
	for (size_t len = path.len + 1; len-- > 0;) {
		const struct hs_entry *e;

		if (len < path.len && path.at[len] != '!')
			continue;
		e = find_member(t, (struct hs_span){ path.at, len });
		if (!e && len > 1 && path.at[len - 1] == '/')
			e = find_member(t, (struct hs_span){ path.at, len - 1 });
		if (e) {
			*rest = hs_span_from(path, len);
			return e;
		}
	}
	return NULL;
}

/* Moves into the entry: its content becomes the place. Partial content of a damaged member is still
 * content. */
static int
enter(struct place *p, const struct hs_opened *o, const struct hs_entry *e, struct hs_err *err)
{
	struct hs_content content;
	const int rc = hs_tree_open(&content, &o->tree, e, err);

	/* It outlives the container in which it stands. */
	content.name = hs_arena_copy(&p->w->keep, content.name);
	if (rc < 0) {
		fail_in_member(err, e);
		if (content.bytes.len == 0) {
			hs_content_release(&content);
			return rc;
		}
		if (!p->trouble.code)
			p->trouble = *err;
	}
	if (hs_entry_damage(e) && !p->trouble.code) {
		hs_fail(&p->trouble, HS_EFORMAT, "%s", hs_entry_damage(e));
		fail_in_member(&p->trouble, e);
	}
	hs_content_release(&p->content);
	p->content = content;
	p->members = NULL;
	p->rootfs = false;
	if (++p->depth > p->run->limits.max_depth)
		return hs_fail(err, HS_ELIMIT,
		               "nested deeper than %" PRIu64 " containers (--max-depth)",
		               p->run->limits.max_depth);
	return 0;
}

/* One step along the path. */
static int
step(struct place *p, struct hs_err *err)
{
	const struct hs_entry *e = NULL;
	struct hs_opened o;
	char shown[160];
	int rc;

	open_place(&o, p);
	if (is_refused(&o, err)) {
		hs_side_release(&o);
		return err->code;
	}
	if (o.shape == HS_SHAPE_FILTER && o.tree.n_entries) {
		e = &o.tree.entries[0];
		if (p->rest.at[0] == '!')
			p->rest = hs_span_from(p->rest, 1);
	} else if (o.has_members) {
		if (p->depth > 0 && p->rest.at[0] == '!')
			p->rest = hs_span_from(p->rest, 1);
		e = find_part(&o.tree, p->rest, &p->rest);
	}
	if (p->rootfs && o.trouble.code && !p->trouble.code)
		p->trouble = o.trouble;
	if (e)
		rc = enter(p, &o, e, err);
	else
		rc = enter_rootfs(p, &o.tree) ? 0 : not_found(err, p->rest);
	if (e && rc == 0 && p->rest.len == 0 && e->kind == HS_KIND_DIR) {
		hs_escape_short(shown, sizeof(shown), e->key);
		rc = hs_fail(err, HS_EUSAGE, "\"%s\" is a directory", shown);
	}
	hs_side_release(&o);
	return rc;
}

static int
walk_to(struct place *p, struct hs_err *err)
{
	int rc = 0;

	while (rc == 0 && p->rest.len)
		rc = step(p, err);
	return rc;
}

static struct place
place_of(struct hs_run *run, const struct hs_operand *x, struct hs_span path)
{
	const bool bytes = x->blob && x->selector.len == 0;

	return (struct place){
		.run = run,
		.w = hs_pool_main(run->pool),
		.content = bytes ? hs_operand_content(x) : (struct hs_content){ 0 },
		.members = bytes ? NULL : x,
		.rest = path,
	};
}

int
hs_locate(struct hs_content *out, struct hs_run *run, const struct hs_operand *x,
          struct hs_span path, struct hs_err *err)
{
	struct place p = place_of(run, x, path);
	int rc = walk_to(&p, err);

	if (rc == 0 && p.rootfs)
		rc = hs_fail(err, HS_EUSAGE, "\"rootfs\" is a directory");
	if (rc == 0 && p.members)
		rc = hs_fail(err, HS_EUSAGE,
		             x->selector.len ? "is an image of several members" : "is a directory");
	*out = p.content;
	if (rc < 0) {
		hs_content_release(out);
		return rc;
	}
	if (p.trouble.code)
		*err = p.trouble;
	return p.trouble.code;
}

/* ---- Listing ---- */

struct lister {
	struct hs_run *run;
	struct hs_worker *w;
	const struct hs_visitor *visitor;
	int trouble; /* the first code of damage met on the way, or 0 */
	struct hs_err *err;
};

static int list_place(struct lister *l, const struct place *p, struct hs_span prefix);

/* The path of a member below `prefix`, which ends in "!" where it needs to. */
static struct hs_span
member_path(struct hs_arena *a, struct hs_span prefix, const struct hs_entry *e)
{
	const struct hs_span path = hs_arena_join(a, prefix, e->key);

	return e->occurrence
	               ? hs_arena_join(a, path, hs_arena_span(a, "#%" PRIu32, e->occurrence + 1))
	               : path;
}

static void
keep_trouble(struct lister *l, const struct hs_err *err, struct hs_span path)
{
	if (l->trouble)
		return;
	*l->err = *err;
	if (path.len)
		hs_fail_in_span(l->err, path);
	l->trouble = err->code;
}

static int
list_entry(struct lister *l, const struct hs_opened *o, const struct hs_entry *e,
           const struct place *at, struct hs_span path)
{
	struct place below = {
		.run = l->run,
		.w = l->w,
		.depth = at->depth + 1,
		.listed = e->key.len > 0 || at->listed,
		.wrapped = e->key.len == 0,
	};
	struct hs_err err;
	int rc = 0;

	if (hs_entry_damage(e)) {
		hs_fail(&err, HS_EFORMAT, "%s", hs_entry_damage(e));
		keep_trouble(l, &err, path);
	}
	if (e->key.len)
		rc = l->visitor->visit(l->visitor->ctx, &(struct hs_visit){ path, &o->tree, e },
		                       l->err);
	/* What is only shown as text has no members. */
	if (rc < 0 || e->kind == HS_KIND_DIR || e->view || e->plain)
		return rc;
	if (hs_tree_open(&below.content, &o->tree, e, &err) < 0)
		keep_trouble(l, &err, path);
	/* What "x.gz" wraps is "x.gz!" already; the operand's own filters are seen through. */
	if (path.len && (!below.wrapped || at->wrapped))
		path = hs_arena_join(&l->w->scratch, path, HS_SPAN("!"));
	if (below.content.bytes.len)
		rc = list_place(l, &below, path);
	hs_content_release(&below.content);
	return rc;
}

static int
list_place(struct lister *l, const struct place *p, struct hs_span prefix)
{
	struct hs_opened o;
	int rc = 0;

	if (p->depth > l->run->limits.max_depth) {
		struct hs_err err;

		hs_fail(&err, HS_ELIMIT, "nested deeper than %" PRIu64 " containers (--max-depth)",
		        l->run->limits.max_depth);
		keep_trouble(l, &err, prefix);
		return 0;
	}
	open_place(&o, p);
	if (is_refused(&o, l->err)) {
		hs_side_release(&o);
		return HS_EUSAGE;
	}
	if (o.trouble.code)
		keep_trouble(l, &o.trouble, prefix);
	for (size_t i = 0; rc == 0 && i < o.tree.n_entries; i++) {
		const struct hs_arena_mark mark = hs_arena_mark(&l->w->scratch);

		rc = hs_run_check(l->run, l->err);
		if (rc == 0)
			rc = list_entry(l, &o, &o.tree.entries[i], p,
			                member_path(&l->w->scratch, prefix, &o.tree.entries[i]));
		hs_arena_rewind(&l->w->scratch, mark);
	}
	hs_side_release(&o);
	return rc;
}

int
hs_list(struct hs_run *run, const struct hs_operand *x, struct hs_span path,
        const struct hs_visitor *visitor, struct hs_err *err)
{
	struct place p = place_of(run, x, path);
	struct lister l = {
		.run = run,
		.w = p.w,
		.visitor = visitor,
		.err = err,
	};
	struct hs_span prefix = path;
	int rc = walk_to(&p, err);

	if (rc == 0) {
		const struct hs_arena_mark mark = hs_arena_mark(&l.w->scratch);

		p.wrapped = hs_span_ends(path, HS_SPAN("!"));
		if (path.len && !p.wrapped)
			prefix = hs_arena_join(&l.w->scratch, path, HS_SPAN("!"));
		if (p.trouble.code)
			*err = p.trouble;
		l.trouble = p.trouble.code;
		rc = list_place(&l, &p, prefix);
		hs_arena_rewind(&l.w->scratch, mark);
	}
	hs_content_release(&p.content);
	return rc < 0 ? rc : l.trouble;
}
