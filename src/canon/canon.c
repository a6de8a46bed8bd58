/* SPDX-License-Identifier: Apache-2.0 */
#include "canon/canon.h"

static const char *const names[HS_N_LIKE] = {
	[HS_LIKE_GGCR] = "ggcr",
	[HS_LIKE_BUILDKIT] = "buildkit",
	[HS_LIKE_BUILDAH] = "buildah",
	[HS_LIKE_STABILIZE] = "stabilize",
};

const char *
hs_like_name(enum hs_like like)
{
	return names[like];
}

bool
hs_like_find(enum hs_like *out, const char *name)
{
	for (unsigned i = 0; i < HS_N_LIKE; i++) {
		if (strcmp(names[i], name) == 0) {
			*out = (enum hs_like)i;
			return true;
		}
	}
	return false;
}

bool
hs_like_needs_time(enum hs_like like)
{
	return like == HS_LIKE_BUILDKIT || like == HS_LIKE_BUILDAH;
}
