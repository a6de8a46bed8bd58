/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

/* Whoever bids, as the engine asks them: the best first, then the next. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_span file = { data, size };
	const struct hs_comparator *c;

	for (unsigned rank = 0; (c = hs_comparator_for(file, rank)); rank++)
		hs_fuzz_read(c, file);
	return 0;
}
