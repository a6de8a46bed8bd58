/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_VERDICT_H
#define HS_CLI_EIF_VERDICT_H

#include "cli/eif_expect.h"
#include "enclave/signature.h"

/* Why an image is refused. */
struct hs_eif_reason {
	const char *word; /* stable: "crc", "structure", "signature", ... */
	const char *code; /* of "structure": which rule; else NULL */
	const char *text; /* a sentence, escaped */
	struct hs_eif_reason *next;
};

/* What eif verify has found out; made by hs_eif_verify_image(), then only read. */
struct hs_eif_verdict {
	struct hs_arena arena;
	const char *name; /* the operand */
	const char *at;   /* the argument of --at, or "now" */
	bool has_time;    /* the certificate's dates are checked, against: */
	int64_t time;

	struct hs_eif eif;
	struct hs_pcrs pcrs;
	const struct hs_eif_section *section; /* of the signature; NULL: not signed */
	struct hs_signature signature;
	struct hs_signature_verdict holds;
	struct hs_pcr pcr8; /* where the certificate could be read: signature.certificate.x509 */

	struct hs_eif_reason *reasons, *last; /* none: all in order */
	struct hs_eif_reason *remarks, *end;  /* no reason to refuse it */
};

/* For people, and docs/report-format.md's "verification". */
void hs_eif_verdict_print(FILE *out, const struct hs_eif_verdict *v);
void hs_eif_verdict_print_json(FILE *out, const struct hs_eif_verdict *v);

#endif
