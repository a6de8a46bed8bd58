/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "enclave/eif.h"

#include <stdlib.h>

/* Sections and gaps are all of the file behind its header, and none of it twice. */
static void
check_sum(const struct hs_eif *eif)
{
	uint64_t sum = HS_EIF_HEADER;

	for (size_t i = 0; i < eif->n_sections; i++)
		sum += HS_EIF_SECTION_HEADER + eif->sections[i].data.len;
	for (size_t i = 0; i < eif->n_gaps; i++)
		sum += eif->gaps[i].len;
	if (sum != eif->file.len)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct hs_span file = { data, size };
	struct hs_arena arena = { 0 };
	struct hs_eif eif;
	struct hs_err err;

	if (hs_eif_read(&eif, &arena, file, &err) != HS_EFORMAT) {
		check_sum(&eif);
		hs_eif_check(&eif, hs_eif_crc(file), false, &err);
	}
	hs_arena_release(&arena);
	hs_fuzz_read(hs_fuzz_comparator("eif"), file);
	return 0;
}
