/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_REMARK_H
#define HS_CORE_REMARK_H

#include "core/span.h"

/*
 * What the whole difference of two texts comes to, where it comes to little:
 * a stable word for machines and a sentence for people, both literals.
 */
struct hs_remark {
	const char *code, *text;
};

/* True, and *out filled, where only white space, line ends, the encoding or the order of lines
 * differs. */
bool hs_text_remark(struct hs_remark *out, struct hs_span a, struct hs_span b);

#endif
