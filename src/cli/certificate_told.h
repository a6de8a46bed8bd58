/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_CERTIFICATE_TOLD_H
#define HS_CLI_CERTIFICATE_TOLD_H

#include "enclave/certificate.h"
#include "sinks/json_write.h"

/* What hs_certificate_say() said of a field, escaped, in the arena of the facts; "" for nothing. */
struct hs_span hs_certificate_told(const struct hs_facts *facts, const char *field);

/* The object that stands for a certificate in a verdict. */
void hs_certificate_print_json(struct hs_json *j, const struct hs_certificate *c);

#endif
