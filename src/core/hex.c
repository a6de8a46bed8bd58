/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hex.h"

struct hs_span
hs_hex(struct hs_arena *a, struct hs_span bytes)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t *const out = hs_arena_array(a, bytes.len, 2);

	for (size_t i = 0; i < bytes.len; i++) {
		out[2 * i] = (uint8_t)digits[bytes.at[i] >> 4];
		out[2 * i + 1] = (uint8_t)digits[bytes.at[i] & 15];
	}
	return (struct hs_span){ out, 2 * bytes.len };
}
