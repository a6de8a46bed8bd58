/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_RUST_DEBUG_H
#define HS_ENCLAVE_RUST_DEBUG_H

#include "core/arena.h"

/*
 * What Rust's Debug writes for a str, then without any quote: control
 * characters, combining marks and what is not printed as \u{301}, a quote as
 * the backslash that stood before it. The text is UTF-8; in the arena.
 */
struct hs_span hs_rust_debug_unquoted(struct hs_arena *a, struct hs_span utf8);

#endif
