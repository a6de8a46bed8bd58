/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_UNIT_H
#define HS_TESTS_UNIT_H

/* cmocka wants these before it, in this order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/run.h"

/* Lets an arena go at the end of the block that declares it. */
#define RELEASED __attribute__((cleanup(hs_arena_release)))

/* The span holds just that text. */
void assert_span(struct hs_span got, const char *want);

/* The first `len` bytes of `s` in a heap block of just that size, so that ASan sees a read past
 * their end; free() it. */
struct hs_span exact_copy(struct hs_span s, size_t len);

/* A run with the default limits, that many threads and /tmp; hs_run_release() it. */
void start_run(struct hs_run *run, unsigned jobs);

#endif
