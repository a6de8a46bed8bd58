/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_CAPTURE_H
#define HS_CORE_CAPTURE_H

#include "core/span.h"

#include <stdio.h>

/*
 * A stream into memory. What goes past HS_MAX_TEXT is refused: the stream
 * then has its error flag set, and `full` is true.
 */
struct hs_capture {
	uint8_t *bytes; /* free() it after fclose() */
	size_t len, room;
	bool full;
};

/* Never NULL. `c` must outlive the stream. */
FILE *hs_capture_open(struct hs_capture *c);

#endif
