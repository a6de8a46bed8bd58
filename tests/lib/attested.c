/* SPDX-License-Identifier: Apache-2.0 */
#include "attested.h"

#include "unit.h"

#include <stdlib.h>

struct build_pki attested_pki;

int
attested_set_up(void **state)
{
	(void)state;
	build_pki(&attested_pki);
	return 0;
}

int
attested_tear_down(void **state)
{
	(void)state;
	build_pki_release(&attested_pki);
	return 0;
}

struct attested
attested_bytes(struct hs_span bytes, struct hs_attest_policy policy)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span exact = exact_copy(bytes, bytes.len);
	struct hs_attest_verdict v;
	struct attested out;

	hs_attest_verify(&v, &arena, exact, &policy);
	assert_true(v.genuine || v.reason != HS_ATTEST_OK);
	assert_non_null(v.sentence);
	out = (struct attested){ .reason = v.reason, .genuine = v.genuine };
	snprintf(out.sentence, sizeof(out.sentence), "%s", v.sentence);
	hs_attest_roots_release(&policy.roots);
	free((void *)(uintptr_t)exact.at);
	return out;
}

struct attested
attested_built(const struct build_attestation *b)
{
	struct hs_build built = { 0 };
	struct attested out;

	build_attestation(&built, b);
	out = attested_bytes(hs_build_span(&built), build_policy(&attested_pki));
	hs_build_release(&built);
	return out;
}

unsigned
attested_is_wrong(const char *row, const struct attested *got, enum hs_attest_reason want,
                  const char *says)
{
	if (got->reason == want && (!says || strstr(got->sentence, says)))
		return 0;
	print_error("%s: %s (%s), not %s (%s)\n", row, hs_attest_reason_name(got->reason),
	            got->sentence, hs_attest_reason_name(want), says ? says : "whatever");
	return 1;
}
