/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/measure.h"

#include "enclave/eif.h"

/* Takes the compression off the content; HS_EUSAGE where there is none around it. */
static int
unwrap(struct hs_content *c, struct hs_run *run, struct hs_err *err)
{
	const struct hs_comparator *row = hs_comparator_for(c->bytes, 0);
	struct hs_content inner = { 0 };
	struct hs_opened opened;
	int rc;

	if (!row || row->shape != HS_SHAPE_FILTER)
		return hs_fail(err, HS_EUSAGE, "is no enclave image (EIF)");
	hs_side_open_for(&opened, run, hs_pool_main(run->pool), *c, HS_ASK_MEMBERS);
	rc = opened.tree.n_entries == 0
	             ? hs_fail(err, HS_EUSAGE, "is no enclave image (EIF)")
	             : hs_tree_open(&inner, &opened.tree, &opened.tree.entries[0], err);
	if (rc == 0 && hs_entry_damage(&opened.tree.entries[0]))
		rc = hs_fail(err, HS_EFORMAT, "%s", hs_entry_damage(&opened.tree.entries[0]));
	hs_side_release(&opened);
	hs_content_release(c);
	*c = inner;
	return rc;
}

int
hs_measure_open(struct hs_content *out, struct hs_run *run, const struct hs_operand *o,
                struct hs_err *err)
{
	int rc = 0;

	*out = (struct hs_content){ 0 };
	if (!o->blob || o->selector.len)
		return hs_fail(err, HS_EUSAGE, "is no enclave image (EIF)");
	*out = hs_operand_content(o);
	for (uint64_t i = 0; rc == 0 && !hs_eif_is(out->bytes); i++)
		rc = i < run->limits.max_depth
		             ? unwrap(out, run, err)
		             : hs_fail(err, HS_ELIMIT, "compressed more often than --max-depth");
	return rc;
}

const char *
hs_measure_format(struct hs_arena *a, struct hs_run *run, const struct hs_operand *o)
{
	struct hs_opened opened;
	const char *words;

	hs_side_open_operand(&opened, run, hs_pool_main(run->pool), o);
	words = *opened.format ? opened.format : "plain bytes";
	words = hs_arena_printf(a, "%s", words);
	hs_side_release(&opened);
	return words;
}
