/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_CAPABILITY_H
#define HS_CORE_CAPABILITY_H

#include "core/arena.h"

/*
 * The value of a security.capability attribute in getcap's words:
 * "cap_net_bind_service=ep". Format: linux/capability.h, struct
 * vfs_cap_data, revisions 1 to 3, little-endian. False, and *out untouched,
 * for a value that is none of them.
 */
bool hs_capability_text(struct hs_span *out, struct hs_arena *a, struct hs_span value);

#endif
