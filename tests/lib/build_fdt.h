/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_FDT_H
#define BUILD_FDT_H

#include "core/arena.h"
#include "core/span.h"

/*
 * A flattened device tree of words: "name{" begins a node, "}" ends one,
 * "name=value" is a property of that text and its NUL, "name:hex" one of
 * those bytes, "name;" one without a value, "~" a token that means nothing.
 * The root is "{ ... }".
 */
struct hs_span build_fdt(struct hs_arena *a, const char *words);

#endif
