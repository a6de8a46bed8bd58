/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_ESCAPE_H
#define HS_CORE_ESCAPE_H

#include "core/arena.h"

#include <stdio.h>

/*
 * Names and texts from inputs, made safe to show. Well-formed UTF-8 that
 * prints stays as it is. Control characters, DEL, C1, bidirectional and
 * zero-width characters, line and paragraph separators, private and
 * non-characters, and bytes that are not UTF-8 become \n \t \r \\ or \xHH
 * (one for each byte), so that what is shown can be read back.
 */
void hs_escape_write(FILE *out, struct hs_span s);

/* The same as a span in the arena; `s` itself where nothing needs escaping. */
struct hs_span hs_escape(struct hs_arena *a, struct hs_span s);

/* Into a buffer of `size` bytes; a long text loses its middle, marked "...". Always ends in NUL. */
void hs_escape_short(char *out, size_t size, struct hs_span s);

/*
 * Takes one character off the front. Returns its code point, or -1 for a byte
 * that is not well-formed UTF-8 (RFC 3629), which alone is taken.
 * `s` must not be empty.
 */
int32_t hs_take_utf8(struct hs_span *s);

/* Whether all of it is well-formed UTF-8. */
bool hs_is_utf8(struct hs_span s);

#endif
