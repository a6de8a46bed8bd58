/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_SIZE_H
#define HS_CLI_SIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal digits and nothing else, within 64 bits; false, and *out untouched, for all else. */
bool hs_number_parse(uint64_t *out, const char *text);

/* A number of bytes: digits and K, M, G, T or P (or k ...; also KiB ...), powers of 1024. */
bool hs_size_parse(uint64_t *out, const char *text);

/* The shortest exact form that hs_size_parse() reads: "256G", "1000". */
void hs_size_print(char *out, size_t size, uint64_t bytes);

/* For people: "999 B", "1.2 MiB". */
void hs_size_show(char *out, size_t size, uint64_t bytes);

/* Seconds, with a fraction if need be; false for what is negative or no number. */
bool hs_seconds_parse(double *out, const char *text);

#endif
