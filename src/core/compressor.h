/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_COMPRESSOR_H
#define HS_CORE_COMPRESSOR_H

#include "core/codec.h"
#include "core/facts.h"
#include "core/level_memo.h"

/*
 * Says what made a compressed stream, by its evidence: "compressor", and
 * "level" where it can be told, which for zlib and libzstd is a proof: the
 * beginning is compressed again. Takes some milliseconds for gzip, up to a
 * second for zstd at its highest levels.
 *
 * Of a gzip header it says, in fields that begin with `label`, only what does
 * not follow from these two; nothing for NULL. Says nothing of other codecs.
 * What the run knows already is not proven again; `memo` may be NULL.
 */
void hs_say_compressor(struct hs_facts *out, enum hs_codec codec, struct hs_span packed,
                       const char *label, struct hs_level_memo *memo);

#endif
