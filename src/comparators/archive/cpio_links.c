/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/cpio_links.h"

#include <stdlib.h>

struct hs_cpio_link {
	uint64_t dev_major, dev_minor, ino;
	size_t entry;
	unsigned archive;
	struct hs_cpio_link *next;
};

void
hs_cpio_links_add(struct hs_cpio_links *links, struct hs_arena *a, const struct hs_cpio_member *m,
                  unsigned archive, size_t entry)
{
	struct hs_cpio_link *l = hs_arena_alloc(a, sizeof(*l));

	*l = (struct hs_cpio_link){
		.dev_major = m->dev_major,
		.dev_minor = m->dev_minor,
		.ino = m->ino,
		.entry = entry,
		.archive = archive,
		.next = links->last,
	};
	links->last = l;
	links->n++;
}

static int
order_links(const void *x, const void *y)
{
	const struct hs_cpio_link *a = x, *b = y;

	if (a->archive != b->archive)
		return a->archive < b->archive ? -1 : 1;
	if (a->dev_major != b->dev_major)
		return a->dev_major < b->dev_major ? -1 : 1;
	if (a->dev_minor != b->dev_minor)
		return a->dev_minor < b->dev_minor ? -1 : 1;
	if (a->ino != b->ino)
		return a->ino < b->ino ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static bool
same_inode(const struct hs_cpio_link *a, const struct hs_cpio_link *b)
{
	return a->archive == b->archive && a->dev_major == b->dev_major &&
	       a->dev_minor == b->dev_minor && a->ino == b->ino;
}

/* What a link points to is said of it, so it must be part of what makes two heads equal. */
static void
name_first(struct hs_tree *t, struct hs_entry *e, const struct hs_span *first)
{
	uint8_t *head = hs_arena_alloc(&t->arena, e->head.len + first->len);

	memcpy(head, e->head.at, e->head.len);
	if (first->len)
		memcpy(head + e->head.len, first->at, first->len);
	e->head = (struct hs_span){ head, e->head.len + first->len };
	e->more = first;
}

/*
 * The names of one inode. Those without data get the last that was stored.
 * Old dialects cut inode numbers to 16 or 18 bits, so that two with different
 * data of their own may be strangers: they are left alone.
 */
static void
share(struct hs_tree *t, const struct hs_cpio_link *names, size_t n)
{
	struct hs_span *first = hs_arena_alloc(&t->arena, sizeof(*first));
	struct hs_span data = HS_SPAN("");

	*first = t->entries[names[0].entry].name;
	for (size_t i = 0; i < n; i++)
		if (t->entries[names[i].entry].bytes.len)
			data = t->entries[names[i].entry].bytes;
	for (size_t i = 0; i < n; i++) {
		struct hs_entry *e = &t->entries[names[i].entry];

		if (e->bytes.len == 0) {
			e->bytes = data;
			e->size = data.len;
		}
		if (i > 0 && hs_span_equal(e->bytes, t->entries[names[0].entry].bytes))
			name_first(t, e, first);
	}
}

void
hs_cpio_links_resolve(struct hs_cpio_links *links, struct hs_arena *a, struct hs_tree *t)
{
	struct hs_cpio_link *all = hs_arena_array(a, links->n, sizeof(*all));
	size_t n = 0;

	for (const struct hs_cpio_link *l = links->last; l; l = l->next)
		all[n++] = *l;
	if (n)
		qsort(all, n, sizeof(*all), order_links);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && same_inode(&all[i], &all[end]);)
			end++;
		if (end > i + 1)
			share(t, &all[i], end - i);
	}
}
