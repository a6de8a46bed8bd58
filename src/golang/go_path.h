/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_PATH_H
#define HS_GOLANG_GO_PATH_H

#include "core/arena.h"

/* path.Clean(): the shortest path that is the same by its text. Never empty. */
struct hs_span hs_go_path_clean(struct hs_arena *a, struct hs_span path);

/* filepath.Dir() where paths have slashes: the cleaned path of the folder. */
struct hs_span hs_go_path_dir(struct hs_arena *a, struct hs_span path);

/* filepath.Rel(): the way from `base` to `target`. False, and *out untouched, where Go gives an
 * error: one is rooted and the other is not, or `base` leads above where it begins. */
bool hs_go_path_rel(struct hs_span *out, struct hs_arena *a, struct hs_span base,
                    struct hs_span target);

/* The name that Go gives the 'x' header of an entry: "PaxHeaders.0" between folder and file. */
struct hs_span hs_go_pax_name(struct hs_arena *a, struct hs_span name);

/* Where USTAR would split a name over 100 bytes between prefix and name: the place of the slash, or
 * 0 where it cannot. */
size_t hs_go_split(struct hs_span name);

/* Whether the text has neither NUL nor a byte above 127. */
bool hs_go_is_ascii(struct hs_span s);
/* The text without such bytes; `s` itself where there are none. */
struct hs_span hs_go_to_ascii(struct hs_arena *a, struct hs_span s);

#endif
