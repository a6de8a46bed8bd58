/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_CERTIFICATE_H
#define HS_COMPARATORS_CERTIFICATE_H

#include "core/pem.h"

/* What a file holds in PEM: counted, not decoded. */
struct hs_pem_count {
	size_t n_blocks, n_certificates;
	size_t in_blocks; /* bytes */
};

struct hs_pem_count hs_pem_count(struct hs_span file);

/*
 * A bid for a file of PEM, from its first 64 KiB: no text that only shows a
 * certificate, a manual or a script, most of which stands outside of blocks.
 * `several` is for more than one block, else for just one certificate.
 */
unsigned hs_pem_bid(struct hs_span file, bool several);

#endif
