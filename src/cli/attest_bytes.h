/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_ATTEST_BYTES_H
#define HS_CLI_ATTEST_BYTES_H

#include "core/arena.h"
#include "core/err.h"

/* No field of a document can be longer: it has to fit into a request to the security module. */
enum { HS_ATTEST_MAX_FIELD = 4096 };

/*
 * The bytes that an argument means, in the arena: hex of either case, or the
 * content of the file behind @ (- is standard input). An empty argument is no
 * bytes at all. HS_EUSAGE for what is neither and past HS_ATTEST_MAX_FIELD.
 */
int hs_attest_bytes_read(struct hs_span *out, struct hs_arena *a, const char *arg,
                         struct hs_err *err);

/* The same of the file itself. */
int hs_attest_bytes_of_file(struct hs_span *out, struct hs_arena *a, const char *file,
                            struct hs_err *err);

#endif
