/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	hs_fuzz_read(hs_fuzz_comparator("zip"), (struct hs_span){ data, size });
	return 0;
}
