/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "attest/armour.h"
#include "attest/observed.h"
#include "attest/verdict.h"

#include <stdlib.h>

/* Nobody who does not have the key of a root can make a document that is genuine. */
static void
verify(struct hs_arena *a, struct hs_span bytes)
{
	struct hs_attest_policy policy = { .at_timestamp = true, .no_measurements = true };
	struct hs_attest_observed observed;
	struct hs_attest_verdict v;
	struct hs_err err;

	if (hs_attest_roots_builtin(&policy.roots, "aws", &err) < 0)
		abort();
	hs_attest_verify(&v, a, bytes, &policy);
	if (v.genuine || v.reason == HS_ATTEST_OK)
		abort();
	hs_attest_observe(&observed, &v.document);
	hs_attest_roots_release(&policy.roots);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_arena arena = { 0 };
	enum hs_armour how;
	struct hs_span bytes;
	struct hs_err err;

	if (hs_armour_open(&bytes, &how, &arena, (struct hs_span){ data, size }, &err) == 0)
		verify(&arena, bytes);
	hs_arena_release(&arena);
	return 0;
}
