/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_DEMANGLE_H
#define HS_BINARY_DEMANGLE_H

#include "core/arena.h"

/*
 * A name of the linker as its author wrote it: C++ ("_ZN3foo3barEi" is
 * "foo::bar(int)") and Rust, whose hash of the legacy form is left out. Raw
 * bytes. `name` itself where it is not mangled, is too long or too deep, or
 * libiberty is not built in; else in the arena.
 */
struct hs_span hs_demangle(struct hs_arena *a, struct hs_span name);

#endif
