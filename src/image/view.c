/* SPDX-License-Identifier: Apache-2.0 */
#include "image/view.h"

/* docker save writes both at once, and each row knows when to leave it to the other. */
static const struct hs_view *const table[] = {
	&hs_view_oci,
	&hs_view_docker,
	&hs_view_dir,
};

enum { N_ROWS = sizeof(table) / sizeof(table[0]) };

const struct hs_view *
hs_view_for(const struct hs_tree *t)
{
	for (size_t i = 0; i < N_ROWS; i++)
		if (table[i]->is(t))
			return table[i];
	return NULL;
}

const struct hs_view *
hs_view_at(size_t i)
{
	return i < N_ROWS ? table[i] : NULL;
}
