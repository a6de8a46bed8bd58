/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/side.h"

#include "core/magic.h"
#include "engine/directory.h"
#include "image/meet.h"
#include "image/select.h"

void
hs_side_release(struct hs_opened *o)
{
	hs_tree_release(&o->tree);
	hs_arena_release(&o->arena);
}

/* Reads the members as an image where they are one. */
static void
arrange(struct hs_opened *o)
{
	struct hs_err err;

	o->view = o->shape == HS_SHAPE_TREE ? hs_view_for(&o->tree) : NULL;
	if (!o->view)
		return;
	o->format = o->tree.unordered && o->view->on_disk ? o->view->on_disk : o->view->name;
	if (o->view->arrange(&o->tree, &err) < 0 && o->trouble.code == 0)
		o->trouble = err;
}

/* Describes and expands by one row; false where it finds that its bid was wrong. */
static bool
open_with(struct hs_opened *o, const struct hs_comparator *row, struct hs_span bytes)
{
	struct hs_err err;

	o->row = row;
	o->format = row->name;
	o->shape = row->shape;
	if (o->asked != HS_ASK_MEMBERS && row->describe &&
	    row->describe(&o->facts, bytes, &err) < 0) {
		if (err.code == HS_ENOTMINE)
			return false;
		o->trouble = err;
	}
	if (!row->expand || (row->whole && o->asked == HS_ASK_ALONE))
		return true;
	o->has_members = true;
	if (row->expand(&o->tree, bytes, &err) < 0) {
		if (err.code == HS_ENOTMINE)
			return false;
		o->trouble = err;
	}
	arrange(o);
	hs_tree_finish(&o->tree);
	return true;
}

/* A name for what nobody claims; only for people, since libmagic's database is not everywhere the
 * same. */
static void
say_magic(struct hs_opened *o, struct hs_worker *w, struct hs_span bytes)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	const struct hs_span name = hs_magic_name(w, bytes);

	if (name.len && !hs_span_is(name, "data"))
		hs_say(&o->facts, "looks like", hs_arena_copy(&o->arena, name));
	hs_arena_rewind(&w->scratch, mark);
}

void
hs_side_open_for(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
                 struct hs_content content, enum hs_asked asked)
{
	for (unsigned rank = 0;; rank++) {
		const struct hs_comparator *row = hs_comparator_of(&content, rank);

		*out = (struct hs_opened){
			.format = content.bytes.len ? "" : "empty",
			.bytes = content.bytes,
			.facts.arena = &out->arena,
			.asked = asked,
		};
		hs_tree_init(&out->tree, run, w, content.blob);
		out->tree.name = content.name;
		if (!row && content.bytes.len)
			say_magic(out, w, content.bytes);
		if (!row || open_with(out, row, content.bytes))
			return;
		hs_side_release(out);
	}
}

void
hs_side_open(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
             struct hs_content content)
{
	hs_side_open_for(out, run, w, content, HS_ASK_ALL);
}

bool
hs_is_left_whole(const struct hs_opened *o)
{
	return o->row && o->row->whole && o->asked == HS_ASK_ALONE;
}

/* Opens what the filters around it wrap; as it is where that is no file tree. */
static void
open_through(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
             const struct hs_operand *o)
{
	struct hs_content content = hs_operand_content(o), inner;
	struct hs_err trouble = { 0 }, err;
	const char *through = NULL;

	hs_side_open(out, run, w, content);
	for (uint64_t i = 0; out->shape == HS_SHAPE_FILTER && out->tree.n_entries; i++) {
		if (i >= run->limits.max_depth)
			break;
		if (hs_tree_open(&inner, &out->tree, &out->tree.entries[0], &err) < 0)
			trouble = err;
		hs_content_release(&content);
		content = inner;
		through = out->row->name;
		hs_side_release(out);
		hs_side_open(out, run, w, content);
	}
	if (through && out->shape != HS_SHAPE_TREE) {
		hs_side_release(out);
		hs_content_release(&content);
		content = hs_operand_content(o);
		hs_side_open(out, run, w, content);
		through = NULL;
	}
	out->through = through;
	if (trouble.code && out->trouble.code == 0)
		out->trouble = trouble;
	hs_content_release(&content);
}

static void
open_directory(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
               const struct hs_operand *o)
{
	struct hs_err err;

	*out = (struct hs_opened){
		.format = "directory",
		.shape = HS_SHAPE_TREE,
		.facts.arena = &out->arena,
		.has_members = true,
	};
	hs_tree_init(&out->tree, run, w, NULL);
	if (hs_directory_expand(&out->tree, o->dir, &err) < 0)
		out->trouble = err;
	if (o->fetched)
		hs_directory_forget(&out->tree);
	arrange(out);
	hs_tree_finish(&out->tree);
}

/* What is said of the archive is not said of the one image that is left of it. */
static void
forget_archive(struct hs_opened *o)
{
	o->row = NULL;
	o->chosen = true;
	o->facts = (struct hs_facts){ .arena = &o->arena };
	o->tree.unordered = true;
}

/* Leaves the image that is meant; an error of the command line where there is no such. */
static int
choose(struct hs_opened *o, const struct hs_operand *of, struct hs_err *err)
{
	const struct hs_images images = hs_images_of(&o->tree);

	if (of->selector.len)
		return hs_image_select(&o->tree, of->selector, err);
	if (images.n == 1)
		hs_image_keep(&o->tree, &images.list[0]);
	return 0;
}

void
hs_side_open_operand(struct hs_opened *out, struct hs_run *run, struct hs_worker *w,
                     const struct hs_operand *o)
{
	struct hs_err err;

	if (o->dir < 0)
		open_through(out, run, w, o);
	else
		open_directory(out, run, w, o);
	if (o->selector.len == 0 && !o->fetched)
		return;
	if (choose(out, o, &err) < 0) {
		/* What could not be read may be what it names. */
		if (out->trouble.code)
			hs_fail_in(&err, "read incompletely");
		out->trouble = err;
		return;
	}
	forget_archive(out);
	/* The directory around a fetched image is ours, and no news to anyone. */
	if (o->fetched)
		out->tree.note = o->note;
}

void
hs_side_follow(struct hs_opened *o, struct hs_opened *selected)
{
	const size_t n = hs_images_of(&o->tree).n;
	struct hs_image_pairs pairs;
	struct hs_err err;

	if (selected->trouble.code == HS_EUSAGE)
		return;
	hs_images_meet(&pairs, &selected->tree, &o->tree);
	for (size_t i = 0; i < pairs.n; i++) {
		if (!pairs.list[i].a || !pairs.list[i].b)
			continue;
		hs_image_keep(&o->tree, pairs.list[i].b);
		forget_archive(o);
		/* Meeting has given the one the prefix that the other now is without. */
		hs_images_meet(&pairs, &o->tree, &selected->tree);
		return;
	}
	if (n && hs_image_choose(&o->tree, &err) < 0)
		o->trouble = err;
}
