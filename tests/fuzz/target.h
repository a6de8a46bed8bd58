/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_TESTS_FUZZ_TARGET_H
#define HS_TESTS_FUZZ_TARGET_H

#include "comparators/comparator.h"

/*
 * What the targets share. A target is one function of bytes; it must return,
 * whatever they are, with nothing read out of bounds, leaked or left undefined.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The run that all inputs of one process share: one thread, small limits, counters at zero again.
 */
struct hs_run *hs_fuzz_run(void);

/* The row of that name; ends the process where there is none. */
const struct hs_comparator *hs_fuzz_comparator(const char *name);

/* Makes the checksums of tar headers right, or next to no mutation would get past them. */
void hs_fuzz_repair_tar(uint8_t *at, size_t size);

/*
 * All that a comparator does with a file: describes it, lists its members,
 * describes and opens each of them, renders it. The members go through the
 * image views too, as the engine would have it.
 */
void hs_fuzz_read(const struct hs_comparator *c, struct hs_span file);

#endif
