/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_NITRO_JSON_H
#define HS_ENCLAVE_NITRO_JSON_H

#include "enclave/metadata.h"
#include "enclave/signature.h"

/* What nitro-cli 1.5 prints, byte for byte. */
struct hs_nitro_measurements {
	enum hs_pcr_algo algo;
	const struct hs_pcrs *pcrs;
	const struct hs_pcr *pcr8; /* NULL: not signed */
};

/* build-enclave's and sign-eif's { "Measurements": ... }, with its line end. */
void hs_nitro_print_measurements(FILE *out, const struct hs_nitro_measurements *m);

/* eif_build's: the same without the outer object. */
void hs_nitro_print_bare(FILE *out, const struct hs_nitro_measurements *m);

/* pcr's { "PCR": ... }, { "PCR8": ... }; `name` is the key. */
void hs_nitro_print_pcr(FILE *out, const char *name, const struct hs_pcr *pcr);

/* describe-eif. `signature` and `metadata` are NULL for a file without. HS_EFORMAT where nitro-cli
 * fails, nothing being printed then. */
struct hs_nitro_description {
	uint16_t version;
	struct hs_nitro_measurements measurements;
	const struct hs_signature *signature;
	bool signature_check, crc_check;
	const struct hs_metadata *metadata;
};
int hs_nitro_print_description(FILE *out, struct hs_arena *a, const struct hs_nitro_description *d,
                               struct hs_err *err);

#endif
