/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "attest/nsm.h"

#include <stdlib.h>

/* A module that answers with the input. */
static int
answer(void *ctx, uint8_t *response, size_t *n, struct hs_span request, struct hs_err *err)
{
	const struct hs_span *input = ctx;

	(void)err;
	if (request.len == 0 || request.len > HS_NSM_MAX_REQUEST)
		abort();
	if (input->len < *n)
		*n = input->len;
	if (*n)
		memcpy(response, input->at, *n);
	return 0;
}

/* Bytes that were taken lie in the answer, and there are some. */
static void
check(int rc, struct hs_span bytes)
{
	uint8_t sum = 0;

	if (rc < 0)
		return;
	if (!bytes.len)
		abort();
	for (size_t i = 0; i < bytes.len; i++)
		sum ^= bytes.at[i];
	(void)*(volatile uint8_t *)&sum;
}

static void
ask(unsigned what, struct hs_arena *a, const struct hs_nsm *nsm)
{
	const struct hs_nsm_attestation none = { NULL, NULL, NULL };
	const struct hs_nsm_extension e = { 16, HS_SPAN("data") };
	struct hs_nsm_description d;
	struct hs_nsm_pcr pcr;
	struct hs_span out = { NULL, 0 };
	struct hs_err err;

	switch (what) {
	case 0:
		if (hs_nsm_describe(&d, a, nsm, &err) == 0 && d.n_locked > HS_NSM_MAX_PCRS)
			abort();
		return;
	case 1:
		pcr.value = out;
		check(hs_nsm_pcr(&pcr, a, nsm, 16, &err), pcr.value);
		return;
	case 2:
		check(hs_nsm_extend(&out, a, nsm, &e, &err), out);
		return;
	case 3:
		hs_nsm_lock(a, nsm, 16, &err);
		return;
	case 4:
		hs_nsm_lock_range(a, nsm, 32, &err);
		return;
	case 5:
		check(hs_nsm_random(&out, a, nsm, &err), out);
		return;
	default:
		check(hs_nsm_attest(&out, a, nsm, &none, &err), out);
	}
}

/* The first byte says what is asked. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span input = hs_span_from((struct hs_span){ data, size }, 1);
	const struct hs_nsm nsm = { answer, &input };
	struct hs_arena arena = { 0 };

	if (size)
		ask(data[0], &arena, &nsm);
	hs_arena_release(&arena);
	return 0;
}
