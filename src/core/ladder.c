/* SPDX-License-Identifier: Apache-2.0 */
#include "core/ladder.h"

const char *
hs_rung_name(enum hs_rung rung)
{
	static const char *const names[HS_N_RUNGS] = {
		[HS_RUNG_ARCHIVE] = "archive",     [HS_RUNG_MANIFEST] = "manifest",
		[HS_RUNG_IMAGE_ID] = "image-id",   [HS_RUNG_DIFF_IDS] = "diff-ids",
		[HS_RUNG_CANONICAL] = "canonical", [HS_RUNG_ROOTFS] = "rootfs",
		[HS_RUNG_CONTENT] = "content",
	};

	return names[rung];
}
