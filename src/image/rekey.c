/* SPDX-License-Identifier: Apache-2.0 */
#include "image/rekey.h"

const struct hs_part *
hs_entry_part(const struct hs_entry *e)
{
	const struct hs_role *role = e->more;

	/* An empty hard link may have the role of what it points to, and still its own name. */
	return role && role->part && hs_span_equal(role->part->key, e->key) ? role->part : NULL;
}

/* The key of a part under another prefix; as it is where it belongs to none of the images. */
static struct hs_span
new_key(struct hs_tree *t, const struct hs_part *p, const struct hs_span *prefixes)
{
	const struct hs_image *image = t->state;
	const struct hs_images images = hs_images_of(t);
	size_t first, i;
	struct hs_span had;

	if (images.n == 0 || p->info == HS_NOWHERE)
		return p->key;
	first = (size_t)(images.list - image->infos);
	if (p->info < first || p->info - first >= images.n)
		return p->key;
	i = p->info - first;
	had = images.list[i].prefix;
	if (hs_span_equal(had, prefixes[i]) || !hs_span_starts(p->key, had))
		return p->key;
	return hs_arena_join(&t->arena, prefixes[i], hs_span_from(p->key, had.len));
}

void
hs_image_rekey(struct hs_tree *t, const struct hs_span *prefixes)
{
	struct hs_image *image = t->state;
	const struct hs_images images = hs_images_of(t);
	const size_t first = images.n ? (size_t)(images.list - image->infos) : 0;

	for (size_t i = 0; i < t->n_entries; i++) {
		const struct hs_part *p = hs_entry_part(&t->entries[i]);

		if (p)
			t->entries[i].key = new_key(t, p, prefixes);
	}
	for (size_t i = 0; i < image->n_parts; i++)
		image->parts[i]->key = new_key(t, image->parts[i], prefixes);
	for (size_t i = 0; i < images.n; i++)
		image->infos[first + i].prefix = prefixes[i];
	hs_tree_renumber(t);
}
