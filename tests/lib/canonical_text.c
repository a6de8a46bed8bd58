/* SPDX-License-Identifier: Apache-2.0 */
#include "canonical_text.h"

const char *
canonical_text(struct canonical_text *t, hs_canonical_writer *write, struct hs_span config,
               size_t n_layers)
{
	struct hs_sha256 *ids = hs_arena_array(&t->arena, n_layers + 1, sizeof(*ids));
	struct hs_canonical_form f = { .arena = &t->arena,
		                       .how = &t->how,
		                       .config = config,
		                       .diff_ids = ids,
		                       .n_layers = n_layers,
		                       .docker = t->docker };
	struct hs_go_text text = { 0 };
	struct hs_span made;
	struct hs_err err;
	int rc;

	for (size_t i = 0; i < n_layers; i++)
		memset(ids[i].bytes, (int)(0x11 * (i + 1)), sizeof(ids[i].bytes));
	rc = write(&text, &f, &err);
	made = hs_go_text_take(&text, &t->arena);
	t->n_kept = f.n_kept;
	t->losses = "";
	for (size_t i = 0; i < f.n_losses; i++)
		t->losses = hs_arena_printf(&t->arena, "%s%s\n", t->losses, f.losses[i]);
	if (rc < 0)
		return hs_arena_printf(&t->arena, "! %s", err.text);
	return (const char *)made.at;
}
