/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_SIGNING_H
#define HS_CLI_EIF_SIGNING_H

#include "cli/eif_signer.h"
#include "cli/parse.h"
#include "enclave/signature.h"
#include "enclave/signing_key.h"

/*
 * Who signs an enclave image: what --certificate, --private-key or --signer,
 * and --deterministic name. It must not be moved in memory.
 *
 *	rc = hs_eif_signing_open(&s, cli, run, err);
 *	...
 *	if (s.wanted)
 *		rc = hs_signature_make(&section, arena, &s.by, &pcrs.pcr[0], err);
 *	hs_eif_signing_release(&s);
 */
struct hs_eif_signing {
	bool wanted;                       /* the command line asks for a signature */
	struct hs_certificate certificate; /* PCR8 is hs_pcr_of_bytes() of its DER */
	struct hs_signature_by by;
	struct hs_signing_key key;   /* of --private-key */
	struct hs_eif_signer signer; /* of --signer */
	struct hs_span key_pem;
};

/*
 * Reads the files and checks the key against the certificate, before anything
 * else is done; HS_EUSAGE with a sentence that names the option, also where -o
 * would overwrite one of the files. Says on standard error what is odd:
 * certificates behind the first, and dates that do not hold now. `run` must
 * outlive it. Release in any case.
 */
int hs_eif_signing_open(struct hs_eif_signing *s, const struct hs_cli *cli, struct hs_run *run,
                        struct hs_err *err);
void hs_eif_signing_release(struct hs_eif_signing *s);

/* The first certificate of a PEM file, whose bytes are *pem: free() them. HS_EUSAGE, or HS_EIO,
 * naming the file. */
int hs_eif_certificate_open(struct hs_certificate *out, struct hs_span *pem, const char *file,
                            struct hs_err *err);

#endif
