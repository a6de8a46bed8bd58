/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/member_head.h"

/* One walk over the fields counts, writes or reads them, so that no two orders can differ. */
struct walk {
	struct hs_arena *arena;
	uint8_t *put;          /* NULL: only count, or read */
	struct hs_cursor take; /* read from here where `reading` is set */
	bool reading;
	size_t size;
};

static void
raw(struct walk *w, struct hs_span *s, size_t len)
{
	if (w->reading)
		*s = hs_take(&w->take, len);
	else if (w->put && len)
		memcpy(w->put + w->size, s->at, len);
	w->size += len;
}

static uint64_t
number(struct walk *w, uint64_t value)
{
	uint8_t bytes[8];
	struct hs_span s = { bytes, sizeof(bytes) };

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(value >> (8 * i));
	raw(w, &s, sizeof(bytes));
	return hs_take_le(&(struct hs_cursor){ .rest = s }, sizeof(bytes));
}

static void
text(struct walk *w, struct hs_span *s)
{
	raw(w, s, (size_t)number(w, s->len));
}

static void
moment(struct walk *w, struct hs_time *t)
{
	t->sec = (int64_t)number(w, (uint64_t)t->sec);
	t->nsec = (uint32_t)number(w, t->nsec);
	t->digits = (uint8_t)number(w, t->digits);
}

static void
attrs(struct walk *w, const struct hs_attr **list, size_t *n)
{
	struct hs_attr *copy;

	*n = (size_t)number(w, *n);
	copy = hs_arena_array(w->arena, *n, sizeof(*copy));
	for (size_t i = 0; i < *n; i++) {
		if (!w->reading)
			copy[i] = (*list)[i];
		text(w, &copy[i].name);
		text(w, &copy[i].value);
	}
	*list = copy;
}

static void
all(struct walk *w, struct hs_member *m)
{
	struct hs_meta *meta = &m->meta;

	meta->has = (unsigned)number(w, meta->has);
	meta->kind = (enum hs_kind)number(w, (uint64_t)meta->kind);
	meta->mode = number(w, meta->mode);
	meta->uid = (int64_t)number(w, (uint64_t)meta->uid);
	meta->gid = (int64_t)number(w, (uint64_t)meta->gid);
	text(w, &meta->uname);
	text(w, &meta->gname);
	meta->size = number(w, meta->size);
	moment(w, &meta->mtime);
	moment(w, &meta->atime);
	moment(w, &meta->ctime);
	moment(w, &meta->birthtime);
	text(w, &meta->link);
	meta->dev_major = number(w, meta->dev_major);
	meta->dev_minor = number(w, meta->dev_minor);
	attrs(w, &meta->xattrs, &meta->n_xattrs);
	m->n_facts = (size_t)number(w, m->n_facts);
	for (size_t i = 0; i < m->n_facts; i++) {
		text(w, &m->facts[i].name);
		text(w, &m->facts[i].value);
	}
}

struct hs_span
hs_member_head(struct hs_arena *a, const struct hs_member *m)
{
	struct hs_arena scratch = { 0 };
	struct walk w = { .arena = &scratch };
	struct hs_member copy = *m;

	all(&w, &copy);
	w.put = hs_arena_alloc(a, w.size);
	w.size = 0;
	copy = *m;
	all(&w, &copy);
	hs_arena_release(&scratch);
	return (struct hs_span){ w.put, w.size };
}

void
hs_member_of_head(struct hs_member *m, struct hs_arena *a, struct hs_span head)
{
	struct walk w = { .arena = a, .take = { .rest = head }, .reading = true };

	*m = (struct hs_member){ 0 };
	all(&w, m);
}
