/* SPDX-License-Identifier: Apache-2.0 */
#include "image/rekey.h"

const struct hs_part *
hs_entry_part(const struct hs_entry *e)
{
	const struct hs_role *role = e->more;

	/* An empty hard link may have the role of what it points to, and still its own name. */
	return role && role->part && hs_span_equal(role->part->key, e->key) ? role->part : NULL;
}

/* A key below the prefix of an image, which is `info` of them, under its new one; as it is where
 * that is none of those that are looked at. */
static struct hs_span
new_key(struct hs_tree *t, struct hs_span key, size_t info, const struct hs_span *prefixes)
{
	const struct hs_image *image = t->state;
	const struct hs_images images = hs_images_of(t);
	size_t first, i;
	struct hs_span had;

	if (images.n == 0 || info == HS_NOWHERE)
		return key;
	first = (size_t)(images.list - image->infos);
	if (info < first || info - first >= images.n)
		return key;
	i = info - first;
	had = images.list[i].prefix;
	if (hs_span_equal(had, prefixes[i]) || !hs_span_starts(key, had))
		return key;
	return hs_arena_join(&t->arena, prefixes[i], hs_span_from(key, had.len));
}

/* What plays no part may still have a key that is the image's. */
static void
rekey_entry(struct hs_tree *t, struct hs_entry *e, const struct hs_span *prefixes)
{
	const struct hs_image *image = t->state;
	const struct hs_role *role = e->more;
	const struct hs_part *p = hs_entry_part(e);
	struct hs_member *m = role && !role->part ? image->members[role->entry] : NULL;

	if (p) {
		e->key = new_key(t, p->key, p->info, prefixes);
	} else if (m && m->key.len && hs_span_equal(m->key, e->key)) {
		e->key = m->key = new_key(t, m->key, m->info, prefixes);
	}
}

void
hs_image_rekey(struct hs_tree *t, const struct hs_span *prefixes)
{
	struct hs_image *image = t->state;
	const struct hs_images images = hs_images_of(t);
	const size_t first = images.n ? (size_t)(images.list - image->infos) : 0;

	for (size_t i = 0; i < t->n_entries; i++)
		rekey_entry(t, &t->entries[i], prefixes);
	for (size_t i = 0; i < image->n_parts; i++) {
		struct hs_part *p = image->parts[i];

		p->key = new_key(t, p->key, p->info, prefixes);
	}
	for (size_t i = 0; i < images.n; i++)
		image->infos[first + i].prefix = prefixes[i];
	hs_tree_renumber(t);
}
