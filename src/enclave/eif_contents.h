/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_EIF_CONTENTS_H
#define HS_ENCLAVE_EIF_CONTENTS_H

#include "enclave/metadata.h"
#include "enclave/signature.h"

/*
 * An EIF with all that its sections say: measured, its signature checked, its
 * metadata read. Of several sections of one type the last counts, as for AWS's
 * reader, which wants to be able to read each of them.
 */
struct hs_eif_contents {
	struct hs_eif eif;
	struct hs_pcrs pcrs;
	bool aws_crc; /* AWS's reader finds the CRC right: it passes over a few bytes at the end */

	bool is_signed;
	struct hs_signature signature;
	struct hs_signature_verdict verdict;
	bool has_pcr8;
	struct hs_pcr pcr8;          /* of the certificates of all signature sections */
	struct hs_err signature_err; /* code 0: it could be read */
	bool signature_is_no_pcr0;   /* it is but the signed payload that could not be read */

	bool has_metadata;
	struct hs_metadata metadata;
	struct hs_err metadata_err; /* likewise */
};

/*
 * Reads what there is: HS_EFORMAT and HS_ELIMIT are hs_eif_read()'s, HS_ESTOP
 * when the time is up, all else is in *out. In the arena; release it in any case.
 */
int hs_eif_contents_read(struct hs_eif_contents *out, struct hs_arena *a, struct hs_run *run,
                         struct hs_span file, struct hs_err *err);
void hs_eif_contents_release(struct hs_eif_contents *c);

/*
 * 0 where all is as it should be, else what is wrong first: hs_eif_check(), then
 * signature and metadata that cannot be read, in the order of the file. Says
 * nothing of whether a signature that was read holds.
 */
int hs_eif_contents_check(const struct hs_eif_contents *c, bool lenient, struct hs_err *err);

/* The registers that a section feeds: bits 0, 1 and 2. */
unsigned hs_eif_section_feeds(const struct hs_eif_section *s);

#endif
