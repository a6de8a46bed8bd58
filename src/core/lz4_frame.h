/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_LZ4_FRAME_H
#define HS_CORE_LZ4_FRAME_H

#include "core/span.h"

/* Flags of an lz4 frame (LZ4 Frame Format 1.6.1, FLG byte). */
enum hs_lz4_flag {
	HS_LZ4_DICTIONARY = 1 << 0,
	HS_LZ4_CONTENT_CHECKSUM = 1 << 2,
	HS_LZ4_CONTENT_SIZE = 1 << 3,
	HS_LZ4_BLOCK_CHECKSUM = 1 << 4,
	HS_LZ4_INDEPENDENT = 1 << 5,
};

enum hs_lz4_kind { HS_LZ4_FRAME, HS_LZ4_LEGACY, HS_LZ4_SKIPPABLE };

struct hs_lz4_frame {
	enum hs_lz4_kind kind;
	struct hs_span raw;    /* all of it; of a frame that is cut, what there is */
	struct hs_span inside; /* of a skippable frame */
	unsigned magic_nibble; /* of a skippable frame: 0 to 15 */
	unsigned flags, block_size_code;
	uint64_t content_size, dictionary;
	uint64_t n_blocks;
};

/*
 * Takes a frame off the front by its lengths alone; nothing is decoded. False,
 * and nothing taken, where none begins here. A frame that ends outside the
 * input leaves c->cut set.
 */
bool hs_take_lz4_frame(struct hs_lz4_frame *out, struct hs_cursor *c);

/* Whether a skippable frame (zstd's and lz4's) stands here. */
bool hs_is_skippable(struct hs_span s);

#endif
