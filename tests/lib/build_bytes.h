/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_BYTES_H
#define BUILD_BYTES_H

#include "core/span.h"

/* A file that a test puts together from front to back. All zero is empty; release it. */
struct hs_build {
	uint8_t *at;
	size_t len, room;
};

void hs_build_put(struct hs_build *b, struct hs_span bytes);
void hs_build_text(struct hs_build *b, const char *text);
void hs_build_fill(struct hs_build *b, uint8_t byte, size_t n);
/* Zeros up to a multiple of `unit`. */
void hs_build_align(struct hs_build *b, size_t unit);
/* An unsigned number of `width` bytes, most significant first. */
void hs_build_be(struct hs_build *b, uint64_t v, size_t width);
/* The same, least significant first. */
void hs_build_le(struct hs_build *b, uint64_t v, size_t width);
struct hs_span hs_build_span(const struct hs_build *b);
void hs_build_release(struct hs_build *b);

#endif
