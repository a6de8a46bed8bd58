/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_METADATA_H
#define HS_ENCLAVE_METADATA_H

#include "enclave/serde_json.h"

/*
 * The metadata section (from version 4): one JSON object on one line, in this
 * order of keys. No PCR covers it.
 */
struct hs_metadata {
	struct hs_span image_name, image_version;
	struct hs_span build_time, build_tool, build_tool_version, operating_system, kernel_version;
	const struct hs_serde *docker_info;     /* NULL: null */
	const struct hs_serde *custom_metadata; /* NULL: null */
	bool none; /* the section is "null", which AWS's reader takes for no metadata at all */
};

/*
 * As AWS's reader: every key must be there (null is good enough for the last
 * two) and none twice, in any order, and others are passed over; an array of the
 * values in the order above will do as well. HS_EFORMAT for what it refuses, HS_ELIMIT
 * past HS_MAX_EIF_METADATA or HS_MAX_SERDE_VALUES. In the arena, or parts of the section.
 */
int hs_metadata_read(struct hs_metadata *out, struct hs_arena *a, struct hs_span section,
                     struct hs_err *err);

/* The bytes of the section. In the arena. */
struct hs_span hs_metadata_write(struct hs_arena *a, const struct hs_metadata *m);

/* OperatingSystem and KernelVersion out of the third line of a kernel's .config; "Unknown" where
 * it says nothing. Parts of `config` or literals. */
void hs_metadata_kernel(struct hs_metadata *m, struct hs_span config);

#endif
