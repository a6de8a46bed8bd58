/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_DEFLATE_LEVEL_H
#define HS_CORE_DEFLATE_LEVEL_H

#include "core/span.h"

/*
 * At which of zlib's levels a deflate stream was made, proven: its beginning
 * is compressed again at each, and what comes out must be what is there.
 */
struct hs_deflate_level {
	uint16_t levels;  /* bit 1 << level, 1 to 9; 0: not by the zlib that this program has */
	unsigned memory;  /* zlib's memLevel: 8, as most use it, or 9 */
	bool by_pigz;     /* in pieces of 128 KiB, each flushed, as pigz does */
	bool whole;       /* all of the content was compressed again */
	uint32_t checked; /* bytes of content that were */
	size_t read; /* a stream that begins with as many of the same bytes gets the same answer;
	              * 0 where none does */
};

/* `stream` begins with a bare deflate stream; what follows its end does not matter. */
struct hs_deflate_level hs_deflate_level(struct hs_span stream);

#endif
