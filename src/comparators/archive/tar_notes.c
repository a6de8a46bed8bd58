/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_notes.h"

/* Where readers disagree is a class of its own: the same bytes are other files to another reader.
 */
static const char differential[] = "reader-differential";

static const struct {
	unsigned odd;
	const char *code;
	const char *kind; /* for a sum over an archive */
	const char *text;
} sentences[HS_TAR_N_ODD] = {
	{ HS_TAR_ODD_TWO_PAX, differential, "two pax headers in a row",
	  "two pax headers in a row: readers disagree, here the later counts" },
	{ HS_TAR_ODD_EMPTY_PAX, differential, "an empty pax value",
	  "an empty pax value: readers disagree whether the header's field counts, here it does" },
	{ HS_TAR_ODD_GLOBAL, differential, "changed by a global pax header",
	  "a global pax header changes this entry: readers disagree, here it counts" },
	{ HS_TAR_ODD_TWO_NAMES, differential, "a GNU long name and a pax path",
	  "a GNU long name and a pax path: readers disagree, here the pax path counts" },
	{ HS_TAR_ODD_SIZES, differential, "two sizes",
	  "two sizes, one of pax and one of the header: readers disagree, here that of pax "
	  "counts" },
	{ HS_TAR_ODD_SIZE_ONLY, differential, "a size without data",
	  "claims a size though it has no data: readers disagree, here the next header follows" },
	{ HS_TAR_ODD_DATA, differential, "data of a type that has none",
	  "has data though its type has none: readers disagree" },
	{ HS_TAR_ODD_NUL, differential, "a NUL in a pax name",
	  "a NUL inside a pax name: readers disagree, here it is kept" },
	{ HS_TAR_ODD_VOLUME, "remark", NULL, "continues a file of the volume before this one" },
	{ HS_TAR_ODD_NUMBER, "damaged", NULL, "a number field of its header is damaged" },
	{ HS_TAR_ODD_PAX, "damaged", NULL, "a record of its pax header is malformed" },
	{ HS_TAR_ODD_SPARSE, "damaged", NULL,
	  "its sparse format is not known, so holes are not filled" },
};

void
hs_tar_set_notes(struct hs_tree *t, struct hs_entry *e, unsigned odd)
{
	struct hs_entry_note *notes;

	if (!odd)
		return;
	e->notes = notes = hs_arena_array(&t->arena, HS_TAR_N_ODD, sizeof(*notes));
	for (size_t i = 0; i < HS_TAR_N_ODD; i++)
		if (odd & sentences[i].odd)
			notes[e->n_notes++] =
				(struct hs_entry_note){ sentences[i].code, sentences[i].text,
				                        strcmp(sentences[i].code, "damaged") == 0 };
}

const char *
hs_tar_differential(size_t i, unsigned odd)
{
	return odd & sentences[i].odd ? sentences[i].kind : NULL;
}

bool
hs_tar_next_hidden(struct hs_tar_member *out, struct hs_tar_hidden *walk)
{
	struct hs_err ignored;

	for (;;) {
		const int rc = hs_tar_next(out, &walk->r, &ignored);

		walk->n += rc > 0;
		if (rc > 0)
			return true;
		if (rc == 0 && walk->r.end == HS_TAR_END_NONE)
			return false;
		if (rc < 0 && !hs_tar_resync(&walk->r))
			return false;
	}
}

size_t
hs_tar_padding(struct hs_span rest)
{
	size_t n = 0;

	while (n < rest.len && hs_span_is_zero(hs_span_head(hs_span_from(rest, n), HS_TAR_BLOCK)))
		n += HS_TAR_BLOCK;
	return n < rest.len ? n : rest.len;
}
