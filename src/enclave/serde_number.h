/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_SERDE_NUMBER_H
#define HS_ENCLAVE_SERDE_NUMBER_H

#include "enclave/serde_json.h"

/*
 * Takes the number that begins at text.at[*at] ("-" or a digit), and leaves
 * *at behind it: u64, i64, and for all else the double that serde_json makes
 * of it, which is not always the nearest one: it multiplies the first 19 or 20
 * digits by a power of ten, and rounds twice (without its feature
 * float_roundtrip, which nitro-cli has not). HS_EFORMAT for what is no number or
 * no finite one.
 */
int hs_serde_take_number(struct hs_serde *out, struct hs_span text, size_t *at, struct hs_err *err);

/*
 * As ryu writes it, the fewest digits that are this double and no other: "1.5",
 * "100.0", "1e20", "-0.0". So does the serde_json of nitro-cli 1.5.0 and before;
 * that of later ones (1.0.151) spells "1e+20".
 */
void hs_serde_write_f64(FILE *out, double v);

#endif
