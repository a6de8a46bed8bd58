/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_RELEASES_H
#define HS_ENCLAVE_RELEASES_H

#include "enclave/pcr.h"

/* What nitro-cli's releases are known by: the blobs that they come with have constant measurements.
 */
struct hs_release {
	const char *versions; /* "1.3.1 and later" */
	const char *arch;
};

/* The release whose blobs give that PCR1 (with nothing but they in it), or NULL. */
const struct hs_release *hs_release_of_pcr1(const struct hs_pcr *pcr1);

/* The release whose init and nsm.ko make a bootstrap ramdisk of these bytes, or NULL. */
const struct hs_release *hs_release_of_bootstrap(struct hs_span ramdisk);

#endif
