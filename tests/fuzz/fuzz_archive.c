/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

/* Chosen by the first byte: what libarchive reads. */
static const char *const names[] = { "7z", "cab", "xar", "lha", "iso9660" };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_comparator *c;

	if (size == 0)
		return 0;
	c = hs_fuzz_comparator(names[data[0] % (sizeof(names) / sizeof(names[0]))]);
	if (c->bid((struct hs_span){ data + 1, size - 1 }) > 0)
		hs_fuzz_read(c, (struct hs_span){ data + 1, size - 1 });
	return 0;
}
