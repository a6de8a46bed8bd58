/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_EIF_PROBLEMS_H
#define HS_ENCLAVE_EIF_PROBLEMS_H

#include "enclave/eif.h"

/* What is wrong with an EIF, as it is found: hs_eif_read()'s. */
struct hs_eif_problems {
	struct hs_arena *arena;
	struct hs_eif_problem *list;
	size_t n, room;
};

/* One more; `section` is its index or SIZE_MAX for the file, `code` a literal. What is not yet said
 * of it can be set: valid until the next. */
struct hs_eif_problem *hs_eif_problem(struct hs_eif_problems *p, size_t section, const char *code,
                                      const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* The fields of the header, but for the tables and the count. */
void hs_eif_check_header(struct hs_eif_problems *p, const struct hs_eif *eif);

/* Bytes that are no section's. */
void hs_eif_check_gap(struct hs_eif_problems *p, const struct hs_eif *eif, size_t i);

/* A section by itself and by its place. */
void hs_eif_check_section(struct hs_eif_problems *p, const struct hs_eif *eif, size_t i);

/* Count and tables against the sections that there are, then which sections there should be. */
void hs_eif_check_tables(struct hs_eif_problems *p, const struct hs_eif *eif);
void hs_eif_check_roles(struct hs_eif_problems *p, const struct hs_eif *eif);

#endif
