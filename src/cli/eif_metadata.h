/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_METADATA_H
#define HS_CLI_EIF_METADATA_H

#include "cli/env.h"
#include "core/run.h"

/* What the metadata of an enclave image say where no option does. */
struct hs_eif_metadata_order {
	const struct hs_cli_eif *eif;
	const struct hs_env *env;
	struct hs_run *run;
	struct hs_span image_name, image_version;
	struct hs_span operating_system, kernel_version; /* without kernel_config too */
	struct hs_span kernel_config;                    /* of which they are read */
	bool has_kernel_config;
};

/*
 * The bytes of the section, in the arena: of --name, --version, --metadata,
 * --docker-info, --build-time, --build-tool, --build-tool-version, --img-os
 * and --img-kernel, else of the order; the same for the same order, whatever
 * the clock says. HS_EUSAGE for an option that makes no sense.
 */
int hs_eif_metadata_make(struct hs_span *section, struct hs_arena *a,
                         const struct hs_eif_metadata_order *order, struct hs_err *err);

/* Seconds since 1970 as nitro-cli writes a time: "1970-01-01T00:00:00+00:00". HS_EUSAGE for what
 * is not of the years 0 to 9999. */
int hs_eif_time_print(const char **out, struct hs_arena *a, int64_t epoch, struct hs_err *err);

#endif
