/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/customer.h"

#include "engine/rootfs.h"
#include "engine/rootfs_layers.h"
#include "image/reference.h"
#include "image/select.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- Which image ---- */

static int
choose(const struct hs_image_info **out, struct hs_customer *c, struct hs_err *err)
{
	const struct hs_images images = hs_images_of(&c->image.tree);

	if (c->image.trouble.code) {
		*err = c->image.trouble;
		return err->code;
	}
	if (images.n > 1)
		return hs_fail(err, HS_EUSAGE,
		               "it holds %zu images, of which one is to be chosen: %s", images.n,
		               hs_image_selectors(&c->arena, images));
	if (images.n == 0)
		return hs_fail(err, HS_EUSAGE, "it is no container image");
	*out = images.list;
	return 0;
}

/*
 * A layer that is not what the configuration says, a document that lies: no
 * daemon would have loaded it, and what is made of it would be called by the
 * id of another image.
 */
static int
check_members(const struct hs_tree *image, struct hs_err *err)
{
	for (size_t i = 0; i < image->n_entries; i++) {
		const char *damage = hs_entry_damage(&image->entries[i]);

		if (damage) {
			hs_fail(err, HS_EFORMAT, "%s", damage);
			return hs_fail_in_span(err, image->entries[i].key);
		}
	}
	return 0;
}

/* The name up to its first colon, as nitro-cli takes it of what it is asked to build. */
static struct hs_span
name_of(const struct hs_image_info *image)
{
	const struct hs_span name = hs_reference_familiar(image->ref);
	const uint8_t *colon = name.len ? memchr(name.at, ':', name.len) : NULL;

	if (hs_reference_is_tag(image->ref))
		return (struct hs_span){ 0 };
	return hs_span_head(name, colon ? (uint64_t)(colon - name.at) : name.len);
}

static int
read_config(struct hs_customer *c, const struct hs_image_info *image, struct hs_err *err)
{
	char hex[HS_SHA256_HEX];
	struct hs_content content = { 0 };
	struct hs_sha256 digest;
	int rc;

	if (!image->config)
		return hs_fail(err, HS_EFORMAT, "the archive lacks the image's configuration");
	rc = hs_part_open(&content, &c->image.tree, image->config, err);
	if (rc == 0)
		rc = hs_ramdisk_command(&c->command, &c->arena, content.bytes, err);
	if (rc == 0) {
		digest = hs_content_sha256(&content);
		c->image_id = hs_arena_span(&c->arena, "%s", hs_sha256_hex(hex, &digest));
	}
	hs_content_release(&content);
	return rc;
}

/* ---- Its root file system ---- */

static struct hs_span
first_name(const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_overlay_entry *x = e->more;

	(void)t;
	return x->link;
}

static bool
is_implied(const struct hs_tree *t, const struct hs_entry *e)
{
	const struct hs_overlay_entry *x = e->more;

	(void)t;
	return !x->entry;
}

static int
by_key(const void *x, const void *y)
{
	const struct hs_span *key = x;
	const struct hs_overlay_entry *e = y;

	return hs_span_order(*key, e->key);
}

/* The place of the folder that a path stands in; o->n for none. */
static size_t
folder_of(const struct hs_overlay *o, struct hs_span path)
{
	const uint8_t *slash = memrchr(path.at, '/', path.len);
	const struct hs_span key = hs_span_head(path, slash ? (uint64_t)(slash - path.at) : 0);
	const struct hs_overlay_entry *found = NULL;

	if (slash)
		found = bsearch(&key, o->entries, o->n, sizeof(*o->entries), by_key);
	return found ? (size_t)(found - o->entries) : o->n;
}

/* Whether the directory is in the ramdisk what it would be if it was made anew. */
static bool
is_as_made_anew(const struct hs_tree *t, const struct hs_entry *dir)
{
	struct hs_arena scratch = { 0 };
	struct hs_meta m = { 0 };
	bool same = hs_ramdisk_is_dated_anew(dir->key);

	same = same && t->ops->meta(&m, &scratch, t, dir) && (m.mode & 07777) == 0755 &&
	       m.uid == 0 && m.gid == 0;
	hs_arena_release(&scratch);
	return same;
}

/*
 * A layer that puts something into a directory and has no entry for it: where
 * each layer is unpacked into a folder of its own (overlay2), the directory is
 * made there anew, and hides what layers below say of it.
 */
static void
remark_unlisted(struct hs_customer *c)
{
	const struct hs_tree *t = &c->rootfs.tree;
	const struct hs_overlay *o = &((const struct hs_rootfs *)t->state)->overlay;
	bool *said = hs_alloc(o->n * sizeof(*said) + 1);

	for (size_t i = 0; i < o->n; i++) {
		const size_t at = folder_of(o, o->entries[i].key);
		const struct hs_overlay_entry *dir = &o->entries[at];
		char text[200];

		if (at == o->n || said[at] || !dir->entry || dir->layer >= o->entries[i].layer)
			continue;
		said[at] = true;
		if (is_as_made_anew(t, &t->entries[at]))
			continue;
		snprintf(text, sizeof(text),
		         "is a directory that layer[%" PRIu32
		         "] puts something into without an entry for it: with Docker's overlay2 "
		         "store it is 0755, 0:0 and of the time of unpacking",
		         o->entries[i].layer);
		hs_ramdisk_remark_path(&c->exported.remarks, HS_RAMDISK_IMPLIED_DIRECTORY, dir->key,
		                       text);
	}
	free(said);
}

static int
make_ramdisk(struct hs_customer *c, int64_t implied_time, struct hs_err *err)
{
	const struct hs_export_source source = { &c->rootfs.tree, first_name, is_implied,
		                                 implied_time };
	struct hs_ramdisk_customer ramdisk = { .rootfs = &c->exported,
		                               .cmd = c->command.cmd,
		                               .env = c->command.env };
	int rc;

	if (c->rootfs.trouble.code) {
		*err = c->rootfs.trouble;
		return err->code;
	}
	rc = hs_export_of_tree(&c->exported, &source, err);
	if (rc < 0)
		return rc;
	remark_unlisted(c);
	if (c->rootfs.tree.note)
		hs_ramdisk_remark(&c->exported.remarks, HS_RAMDISK_LAYERS, "%s",
		                  c->rootfs.tree.note);
	return hs_ramdisk_customer(&c->ramdisk, &ramdisk, err);
}

int
hs_customer_make(struct hs_customer *out, struct hs_run *run, const struct hs_operand *o,
                 int64_t implied_time, struct hs_err *err)
{
	struct hs_worker *w = hs_pool_main(run->pool);
	const struct hs_image_info *image = NULL;
	int rc;

	*out = (struct hs_customer){ .arena = { 0 } };
	out->exported.arena = out->exported.remarks.arena = out->ramdisk.arena = &out->arena;
	out->command.remarks.arena = &out->arena;
	hs_side_open_operand(&out->image, run, w, o);
	rc = choose(&image, out, err);
	if (rc == 0)
		rc = check_members(&out->image.tree, err);
	if (rc < 0)
		return rc;
	out->name = hs_arena_copy(&out->arena, name_of(image));
	rc = read_config(out, image, err);
	if (rc < 0)
		return rc;
	hs_rootfs_open(&out->rootfs, run, w, &out->image.tree, image);
	return make_ramdisk(out, implied_time, err);
}

void
hs_customer_release(struct hs_customer *c)
{
	hs_export_release(&c->exported);
	hs_side_release(&c->rootfs);
	hs_side_release(&c->image);
	hs_arena_release(&c->arena);
}
