/* SPDX-License-Identifier: Apache-2.0 */
#include "canon/canonical_form.h"

#include <stdlib.h>

/* A configuration in every canonical form; what a form has made is that form's own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
write_form(struct hs_span *out, struct hs_arena *arena, hs_canonical_writer *write,
           struct hs_canonical_form form)
{
	struct hs_go_text text = { 0 };
	struct hs_err err;
	int rc;

	form.arena = arena;
	rc = write(&text, &form, &err);
	*out = hs_go_text_take(&text, arena);
	return rc;
}

static void
check_form(hs_canonical_writer *write, const struct hs_canonical_form *form)
{
	struct hs_canonical_form again = *form;
	struct hs_arena arena = { 0 };
	struct hs_span first, second;

	if (write_form(&first, &arena, write, *form) == 0) {
		again.config = first;
		if (write_form(&second, &arena, write, again) < 0 || !hs_span_equal(first, second))
			abort();
	}
	hs_arena_release(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static hs_canonical_writer *const writers[HS_N_LIKE] = {
		[HS_LIKE_GGCR] = hs_canonical_ggcr,
		[HS_LIKE_BUILDKIT] = hs_canonical_buildkit,
		[HS_LIKE_BUILDAH] = hs_canonical_buildah,
		[HS_LIKE_STABILIZE] = hs_canonical_stabilize,
	};
	static const struct hs_sha256 ids[2];

	for (unsigned i = 0; size && i < 2 * HS_N_LIKE; i++) {
		const struct hs_canon how = { (enum hs_like)(i / 2), data[0] & 4, 1700000000 };
		const struct hs_canonical_form form = {
			.how = &how,
			.config = { data + 1, size - 1 },
			.diff_ids = ids,
			.n_layers = data[0] & 1U,
			.docker = i % 2,
		};

		check_form(writers[how.like], &form);
	}
	return 0;
}
