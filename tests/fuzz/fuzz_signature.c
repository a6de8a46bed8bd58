/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "core/cbor.h"
#include "enclave/signature.h"

/* A section of an enclave image, as the comparator and as eif verify read it; any CBOR; a
 * certificate. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const rows[] = { "eif-signature", "certificate", "certificate-der",
		                            "pem" };
	const struct hs_span file = { data, size };
	const struct hs_pcr pcr0 = { .size = 48 };
	struct hs_cbor c = hs_cbor_of(file);
	struct hs_signature_verdict verdict;
	struct hs_arena arena = { 0 };
	struct hs_signature s;
	struct hs_span item;
	struct hs_err err;

	while (c.rest.len > 0 && hs_cbor_skip(&item, &c, &err) == 0)
		;
	hs_signature_read(&s, &arena, file, &err);
	hs_signature_verify(&verdict, &s, &pcr0);
	hs_signature_release(&s);
	hs_arena_release(&arena);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		hs_fuzz_read(hs_fuzz_comparator(rows[i]), file);
	return 0;
}
