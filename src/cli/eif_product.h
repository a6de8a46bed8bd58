/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_PRODUCT_H
#define HS_CLI_EIF_PRODUCT_H

#include "cli/eif_signing.h"
#include "cli/output.h"
#include "enclave/eif_writer.h"

#include <sys/stat.h>

/*
 * An enclave image on its way to -o: its sections are put into `plan`, then it
 * is measured, signed where the command line asks for it, and written.
 *
 *	rc = hs_eif_product_begin(&p, cli, run, err);
 *	hs_eif_plan_init(&p.plan, arm64);
 *	... hs_eif_product_add(&p, HS_EIF_KERNEL, kernel, err) ...
 *	rc = hs_eif_product_finish(&p, err);
 *	hs_eif_product_release(&p);
 */
struct hs_eif_product {
	const struct hs_cli *cli;
	struct hs_run *run;
	struct hs_arena arena;
	enum hs_pcr_algo algo; /* SHA-384 unless set otherwise */
	struct hs_eif_plan plan;
	struct hs_eif_signing signing;
	struct hs_output output; /* all zero without -o */
	struct hs_pcrs pcrs;     /* once it is finished; and PCR8 where it is signed */
	struct hs_pcr pcr8;
};

/*
 * What can be refused before the work: the key, the certificate, and the file
 * that is to be written. Release in any case.
 */
int hs_eif_product_begin(struct hs_eif_product *p, const struct hs_cli *cli, struct hs_run *run,
                         struct hs_err *err);

/* HS_EUSAGE where -o is that file: it would be written over before it is read. */
int hs_eif_product_refuse(const struct hs_eif_product *p, const struct stat *file,
                          struct hs_err *err);

/* A section of bytes that outlive it. HS_ELIMIT past HS_EIF_MAX_SECTIONS. */
int hs_eif_product_add(struct hs_eif_product *p, enum hs_eif_type type, struct hs_span bytes,
                       struct hs_err *err);

/* Measures, signs and writes; without -o it is only measured (and signed, which may fail). */
int hs_eif_product_finish(struct hs_eif_product *p, struct hs_err *err);
void hs_eif_product_release(struct hs_eif_product *p);

#endif
