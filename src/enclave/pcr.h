/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_PCR_H
#define HS_ENCLAVE_PCR_H

#include "core/run.h"
#include "enclave/eif.h"
#include "enclave/eif_writer.h"

/*
 * Platform configuration registers of an enclave. H is SHA-384 (eif_build can
 * be asked for another hash), Z as many zero bytes as H gives:
 *
 *	PCR0  H(Z, H(kernel, cmdline and all ramdisks in the order of the file))
 *	PCR1  H(Z, H(kernel, cmdline and the first ramdisk, likewise))
 *	PCR2  H(Z, H(the other ramdisks))
 *	PCR3  H(Z, ARN of the parent's IAM role)      the text itself, not its hash
 *	PCR4  H(Z, id of the parent instance)         likewise
 *	PCR8  H(Z, H(DER of the signing certificate))
 */
enum hs_pcr_algo { HS_PCR_SHA384, HS_PCR_SHA256, HS_PCR_SHA512 };

enum { HS_PCR_MAX = 64, HS_PCR_HEX = 2 * HS_PCR_MAX + 1 };

struct hs_pcr {
	uint8_t bytes[HS_PCR_MAX];
	size_t size; /* 48 for SHA-384 */
};

/* Lower-case hex and a NUL into out[HS_PCR_HEX]; returns `out`. */
char *hs_pcr_hex(char *out, const struct hs_pcr *pcr);

/* 96 hex digits of either case (or 64, 128); false for anything else. */
bool hs_pcr_parse(struct hs_pcr *out, struct hs_span hex);

bool hs_pcr_equal(const struct hs_pcr *a, const struct hs_pcr *b);

struct hs_pcrs {
	struct hs_pcr pcr[3]; /* PCR0, PCR1, PCR2 */
	uint32_t crc;         /* of the file: hs_eif_crc() */
};

/*
 * All that needs the bytes of an EIF, each byte read once into the cache while
 * as many threads as there are hash and sum it up. HS_ESTOP when the time is up.
 */
int hs_pcrs_of_eif(struct hs_pcrs *out, struct hs_run *run, struct hs_worker *w,
                   const struct hs_eif *eif, struct hs_err *err);

/* The same of what is about to be written; `crc` stays 0. */
int hs_pcrs_of_plan(struct hs_pcrs *out, struct hs_run *run, const struct hs_eif_plan *plan,
                    enum hs_pcr_algo algo, struct hs_err *err);

/* H(Z, H(bytes)): any file, and PCR8 of a certificate's DER. */
struct hs_pcr hs_pcr_of_bytes(struct hs_span bytes, enum hs_pcr_algo algo);

/* H(Z, text): PCR3 and PCR4. */
struct hs_pcr hs_pcr_of_text(struct hs_span text);

#endif
