/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_STREAM_H
#define BUILD_STREAM_H

#include "core/arena.h"
#include "core/codec.h"

/* `plain` as one stream of that codec, made by the codec's own library or by libarchive. */
struct hs_span build_stream(struct hs_arena *a, enum hs_codec codec, struct hs_span plain);

/* Bytes one after the other. */
struct hs_span build_joined(struct hs_arena *a, struct hs_span first, struct hs_span second);

/* `n` bytes that compress a little, always the same. */
struct hs_span build_text(struct hs_arena *a, size_t n);

/* A copy in memory of exactly its size, so that the sanitizer sees any read past it; free() it. */
uint8_t *build_exact(struct hs_span s);

#endif
