/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

/* Each of them reads what the others are for, too: a payload may be anything. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "linux-bzimage", "linux-arm64", "linux-zboot",
		                             "linux-vmlinux" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		hs_fuzz_read(hs_fuzz_comparator(names[i]), (struct hs_span){ data, size });
	return 0;
}
