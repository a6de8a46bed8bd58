/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_FILTER_H
#define HS_COMPARATORS_FILTER_H

#include "comparators/comparator.h"
#include "core/codec.h"

/* What the compressed formats share: one content inside, in one or more streams. */
struct hs_filter {
	enum hs_codec codec;

	/*
	 * Where only decoding tells the streams apart: the header of the stream
	 * that begins at the front of `rest`, and what it says in one line. Both
	 * NULL where describe() says it all.
	 */
	struct hs_span (*header)(struct hs_span rest);
	struct hs_span (*say)(struct hs_arena *a, struct hs_span header);
};

/*
 * Decodes the file at once. The entry holds the content, or what came before
 * damage, with a note; bytes behind the last stream are the gap "after the
 * end". Limits, a full disk and a codec that is not built in are errors.
 */
int hs_filter_expand(struct hs_tree *out, struct hs_span file, const struct hs_filter *filter,
                     struct hs_err *err);

/* The same for magics that are a guess: damage before any content is HS_ENOTMINE. */
int hs_filter_expand_guess(struct hs_tree *out, struct hs_span file, const struct hs_filter *filter,
                           struct hs_err *err);

/* A skippable frame of zstd or lz4: magic, length and digest of what it holds. */
void hs_say_skippable(struct hs_facts *out, unsigned magic_nibble, struct hs_span inside);

#endif
