/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_LEVEL_MEMO_H
#define HS_CORE_LEVEL_MEMO_H

#include "core/deflate_level.h"

/*
 * What was proven of deflate streams in this run. A proof takes a tenth of a
 * second, and two layers of which some files differ mostly begin with the
 * same bytes. Any thread may ask.
 */
struct hs_level_memo;

struct hs_level_memo *hs_level_memo_new(void);
void hs_level_memo_free(struct hs_level_memo *m);

/* hs_deflate_level(), which is asked where no stream that begins alike was. */
struct hs_deflate_level hs_level_memo_ask(struct hs_level_memo *m, struct hs_span stream);

#endif
