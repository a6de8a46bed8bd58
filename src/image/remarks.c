/* SPDX-License-Identifier: Apache-2.0 */
#include "image/remarks.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHOWN = 8, LONGEST = 600 };

struct hs_remarks_line {
	struct hs_remarks_line *next;
	const char *text;
	enum hs_remark_kind kind;
	unsigned n_more; /* that this line stands for, instead of a text */
};

static const struct {
	const char *word;
	bool damage;
} kinds[] = {
	[HS_REMARK_DAMAGED] = { "damaged", true },
	[HS_REMARK_UNREADABLE] = { "unreadable", true },
	[HS_REMARK_LIMIT] = { "limit", true },
	[HS_REMARK_TIMEOUT] = { "timeout", true },
	[HS_REMARK_BAD_JSON] = { "bad-json", true },
	[HS_REMARK_TWICE] = { "duplicate-key", true },
	[HS_REMARK_AMBIGUOUS] = { "ambiguous-document", true },
	[HS_REMARK_BAD_DIGEST] = { "bad-digest", true },
	[HS_REMARK_BAD_SIZE] = { "bad-size", true },
	[HS_REMARK_ODD_DIGEST] = { "unchecked-digest", false },
	[HS_REMARK_SIZE] = { "size-mismatch", true },
	[HS_REMARK_DIGEST] = { "digest-mismatch", true },
	[HS_REMARK_DIFF_ID] = { "diff-id-mismatch", true },
	[HS_REMARK_NAME] = { "name-mismatch", true },
	[HS_REMARK_NAME_HINT] = { "name-mismatch", false },
	[HS_REMARK_DATA] = { "data-mismatch", true },
	[HS_REMARK_MISSING] = { "missing-blob", true },
	[HS_REMARK_FOREIGN] = { "foreign-blob", false },
	[HS_REMARK_ELSEWHERE] = { "absent-blob", false },
	[HS_REMARK_LAYER_COUNT] = { "layer-count", true },
	[HS_REMARK_HISTORY] = { "history-count", false },
	[HS_REMARK_ROOTFS_TYPE] = { "rootfs-type", false },
	[HS_REMARK_INDEX] = { "index-mismatch", true },
	[HS_REMARK_MEDIA_TYPE] = { "media-type", false },
	[HS_REMARK_LOOP] = { "index-loop", true },
	[HS_REMARK_TWO_IMAGES] = { "manifest-mismatch", true },
};

enum hs_remark_kind
hs_remark_of(const struct hs_err *err)
{
	switch (err->code) {
	case HS_EFORMAT:
	case HS_ENOTMINE:
		return HS_REMARK_DAMAGED;
	case HS_ELIMIT:
		return HS_REMARK_LIMIT;
	case HS_ESTOP:
		return HS_REMARK_TIMEOUT;
	case HS_EDIFFID:
		return HS_REMARK_DIFF_ID;
	default:
		return HS_REMARK_UNREADABLE;
	}
}

const char *
hs_remark_word(enum hs_remark_kind kind)
{
	return kinds[kind].word;
}

/* The line of that kind that counts, or NULL where there is room for one more in full. */
static struct hs_remarks_line *
full(const struct hs_remarks *r, enum hs_remark_kind kind, bool *is_full)
{
	unsigned n = 0;

	*is_full = false;
	for (struct hs_remarks_line *l = r->first; l; l = l->next) {
		if (l->kind != kind)
			continue;
		if (l->n_more)
			return l;
		n++;
	}
	*is_full = n >= SHOWN;
	return NULL;
}

/* A text of NULL is `n_more` that nobody has the texts of. */
static void
add(struct hs_remarks *r, struct hs_arena *a, const struct hs_remarks_line *line)
{
	bool is_full;
	struct hs_remarks_line *l = full(r, line->kind, &is_full);
	const unsigned n = line->n_more ? line->n_more : 1;

	r->damaged |= kinds[line->kind].damage;
	if (l) {
		l->n_more += n;
		return;
	}
	l = hs_arena_alloc(a, sizeof(*l));
	l->kind = line->kind;
	if (is_full || line->n_more)
		l->n_more = n;
	else
		l->text = hs_arena_printf(a, "%s", line->text);
	if (r->last)
		r->last->next = l;
	else
		r->first = l;
	r->last = l;
	r->n++;
}

void
hs_remarks_add(struct hs_remarks *r, struct hs_arena *a, enum hs_remark_kind kind, const char *fmt,
               ...)
{
	char text[LONGEST];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	add(r, a, &(struct hs_remarks_line){ .kind = kind, .text = text });
}

void
hs_remarks_join(struct hs_remarks *r, struct hs_arena *a, const struct hs_remarks *from)
{
	for (const struct hs_remarks_line *l = from->first; l; l = l->next)
		add(r, a, l);
}

const struct hs_entry_note *
hs_remarks_notes(const struct hs_remarks *r, struct hs_arena *a)
{
	struct hs_entry_note *notes;
	size_t i = 0;

	if (r->n == 0)
		return NULL;
	notes = hs_arena_array(a, r->n, sizeof(*notes));
	for (const struct hs_remarks_line *l = r->first; l; l = l->next)
		notes[i++] = (struct hs_entry_note){
			.code = kinds[l->kind].word,
			.text = l->n_more ? hs_arena_printf(a, "and %u more of the kind", l->n_more)
			                  : l->text,
			.damage = kinds[l->kind].damage,
		};
	return notes;
}
