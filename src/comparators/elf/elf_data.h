/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_DATA_H
#define HS_COMPARATORS_ELF_DATA_H

#include "core/span.h"

#include <stdio.h>

/*
 * Bytes as lines: texts in quotes (" ..." behind one without a NUL), long runs
 * of 00 or ff with their length, all else in hex, 8 bytes a line, as
 * `at`, where in its section it stands, is aligned. No line says where it
 * stands, so that one text more moves no other. Equal lines, equal bytes.
 */
void hs_elf_write_data(FILE *out, struct hs_span bytes, uint64_t at);

#endif
