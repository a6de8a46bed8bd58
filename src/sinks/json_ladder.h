/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_SINKS_JSON_LADDER_H
#define HS_SINKS_JSON_LADDER_H

#include "core/ladder.h"
#include "sinks/json_write.h"

/* The value of "ladder" in a result; null for none. See docs/report-format.md. */
void hs_json_ladder(struct hs_json *j, const struct hs_ladder *ladder);

#endif
