/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_SHA256_LANES_H
#define HS_CORE_SHA256_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The rounds of SHA-256 (FIPS 180-4, 6.2) for two streams at once; only for
 * core/hash.c. Each round waits for the one before it, so that one stream
 * leaves the processor's SHA unit idle half of the time, which is what a
 * second stream costs. No library at hand offers that: OpenSSL has it for TLS
 * alone, ISA-L's is another library.
 */
enum { HS_SHA256_BLOCK = 64 };

/* Whether the processor has the instructions; where not, nothing else here may be called. */
bool hs_sha256_has_lanes(void);

/* Takes `n` blocks from `at`. */
void hs_sha256_blocks(uint32_t s[8], const uint8_t *at, size_t n);

/* Takes `n` blocks from `p` into `x` and as many from `q` into `y`, two other states. */
void hs_sha256_blocks_of_two(uint32_t x[8], const uint8_t *p, uint32_t y[8], const uint8_t *q,
                             size_t n);

#endif
