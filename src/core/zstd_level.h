/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_ZSTD_LEVEL_H
#define HS_CORE_ZSTD_LEVEL_H

#include "core/span.h"

/*
 * At which of libzstd's levels the first frame of a stream was made, proven as
 * core/deflate_level.h does it, on its first block.
 */
struct hs_zstd_level {
	uint32_t levels;  /* bit 1 << level, 1 to 19; 0: not by the libzstd that this program has */
	bool whole;       /* all of the content was compressed again */
	uint32_t checked; /* bytes of content that were */
};

/* `frame` begins with a zstd frame that is not one to be skipped. */
struct hs_zstd_level hs_zstd_level(struct hs_span frame);

#endif
