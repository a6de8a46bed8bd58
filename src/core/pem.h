/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_PEM_H
#define HS_CORE_PEM_H

#include "core/span.h"

/*
 * The blocks of a PEM file (RFC 7468), where they stand; nothing is decoded.
 * Text before, between and behind them is allowed, and common.
 */
struct hs_pem_block {
	struct hs_span label; /* "CERTIFICATE" */
	struct hs_span block; /* from "-----BEGIN" to the end of the END line, its line end
	                         included */
	bool ended;           /* it has an END line of the same label */
};

/* The next block of *rest, which is left behind it; false where there is none. A block without an
 * end ends where the next begins. */
bool hs_pem_next(struct hs_pem_block *out, struct hs_span *rest);

/* "CERTIFICATE", and "X509 CERTIFICATE" of old tools. */
bool hs_pem_is_certificate(struct hs_span label);

#endif
