/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_HEX_H
#define HS_CORE_HEX_H

#include "core/arena.h"

/* Two lower-case hex digits for each byte. In the arena. */
struct hs_span hs_hex(struct hs_arena *a, struct hs_span bytes);

#endif
