/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_EXPECT_H
#define HS_CLI_EIF_EXPECT_H

#include "core/run.h"
#include "enclave/pcr.h"

/* Measurements that somebody insists on: --expect, as often as it was given. */
struct hs_eif_expected {
	unsigned index;
	struct hs_pcr value;
	const char *from; /* the argument */
};

struct hs_eif_expect {
	struct hs_eif_expected *list; /* in the order of the arguments, of a file by number */
	size_t n, room;
	struct hs_arena *arena;
	bool any; /* PCR0 to PCR31, which a document has; else PCR0, 1, 2 and 8, which an image
	             has */
};

/* nitro-cli prints some hundred bytes. */
enum { HS_EIF_EXPECT_JSON = 64 * 1024 };

/*
 * Reads PCRn=HEX and JSON files as eif pcr, eif build and nitro-cli print
 * them: an object with PCR0, PCR1, PCR2, PCR8 and HashAlgorithm (which says
 * nothing), alone or as "Measurements". In the arena. HS_EUSAGE for all else,
 * and for zeros, which are what an enclave in debug mode attests to.
 */
int hs_eif_expect_read(struct hs_eif_expect *out, struct hs_arena *a, const char *const *args,
                       size_t n, struct hs_err *err);

/* The parts of it, for who takes more than that; `arena` and `any` of *e are the caller's. */
void hs_eif_expect_put(struct hs_eif_expect *e, const char *from, unsigned index,
                       const struct hs_pcr *value);
int hs_eif_expect_json(struct hs_eif_expect *e, const char *from, struct hs_span text,
                       struct hs_err *err);
/* PCRn=HEX, for any number: a file with such a name is ./PCRn=HEX. */
bool hs_eif_expect_is_inline(const char *arg);
int hs_eif_expect_inline(struct hs_eif_expect *e, const char *arg, struct hs_err *err);

#endif
