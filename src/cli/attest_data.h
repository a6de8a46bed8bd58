/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_ATTEST_DATA_H
#define HS_CLI_ATTEST_DATA_H

#include "core/arena.h"
#include "core/err.h"

/* What fits one field of an attestation document: a request to the device has no more room. */
enum { HS_ATTEST_DATA = 4096 };

/* HEX of either case, "" for none at all, or @FILE: the bytes of a file. HS_EUSAGE, HS_EIO. */
int hs_attest_data(struct hs_span *out, struct hs_arena *a, const char *arg, struct hs_err *err);

/* The bytes of a file. */
int hs_attest_data_file(struct hs_span *out, struct hs_arena *a, const char *file,
                        struct hs_err *err);

#endif
