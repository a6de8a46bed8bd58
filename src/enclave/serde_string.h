/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_SERDE_STRING_H
#define HS_ENCLAVE_SERDE_STRING_H

#include "enclave/serde_parse.h"

/* Strings, for serde_parse.c; hs_serde_parse_string() is here too. */

/* Takes a string that nobody reads: its bytes need not be UTF-8, nor its surrogates paired. */
int hs_serde_ignore_string(struct hs_serde_parser *p);

#endif
