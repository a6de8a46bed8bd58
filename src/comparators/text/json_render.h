/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_JSON_RENDER_H
#define HS_COMPARATORS_JSON_RENDER_H

#include "comparators/text/json_read.h"

#include <stdio.h>

/* The document with sorted keys, indented by two spaces: two of one content are the same text. */
int hs_json_render(FILE *out, struct hs_span file, struct hs_err *err);

#endif
