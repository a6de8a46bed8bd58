/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/tar_notes.h"

static const struct {
	unsigned odd;
	bool damage;
	const char *text;
} sentences[] = {
	{ HS_TAR_ODD_TWO_PAX, false,
	  "two pax headers in a row: readers disagree, here the later counts" },
	{ HS_TAR_ODD_EMPTY_PAX, false,
	  "an empty pax value: readers disagree whether the header's field counts, here it does" },
	{ HS_TAR_ODD_GLOBAL, false,
	  "a global pax header changes this entry: readers disagree, here it counts" },
	{ HS_TAR_ODD_TWO_NAMES, false,
	  "a GNU long name and a pax path: readers disagree, here the pax path counts" },
	{ HS_TAR_ODD_SIZES, false,
	  "two sizes, one of pax and one of the header: readers disagree, here that of pax "
	  "counts" },
	{ HS_TAR_ODD_SIZE_ONLY, false,
	  "claims a size though it has no data: readers disagree, here the next header follows" },
	{ HS_TAR_ODD_DATA, false, "has data though its type has none: readers disagree" },
	{ HS_TAR_ODD_NUL, false, "a NUL inside a pax name: readers disagree, here it is kept" },
	{ HS_TAR_ODD_VOLUME, false, "continues a file of the volume before this one" },
	{ HS_TAR_ODD_NUMBER, true, "a number field of its header is damaged" },
	{ HS_TAR_ODD_PAX, true, "a record of its pax header is malformed" },
	{ HS_TAR_ODD_SPARSE, true, "its sparse format is not known, so holes are not filled" },
};

void
hs_tar_set_notes(struct hs_tree *t, struct hs_entry *e, unsigned odd)
{
	for (size_t i = 0; odd && i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		if (!(odd & sentences[i].odd))
			continue;
		e->note = e->note ? hs_arena_printf(&t->arena, "%s; %s", e->note, sentences[i].text)
		                  : sentences[i].text;
		e->damaged |= sentences[i].damage;
	}
}

uint64_t
hs_tar_count_hidden(struct hs_span rest)
{
	struct hs_tar_reader r = { .file = rest };
	struct hs_tar_member m;
	struct hs_err err;
	uint64_t n = 0;

	for (;;) {
		const int rc = hs_tar_next(&m, &r, &err);

		n += rc > 0;
		if (rc > 0)
			continue;
		if (rc == 0 && r.end == HS_TAR_END_NONE)
			return n;
		if (rc < 0 && !hs_tar_resync(&r))
			return n;
	}
}
