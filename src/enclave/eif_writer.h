/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENCLAVE_EIF_WRITER_H
#define HS_ENCLAVE_EIF_WRITER_H

#include "enclave/eif.h"
#include "enclave/pieces.h"

/*
 * Writes an EIF as AWS's builder does: sections one behind the other without
 * padding, tables in their order, the CRC over all. Fields that AWS's tools
 * always write the same have those values after hs_eif_plan_init(); who puts
 * a file together again sets them to what it had.
 */
struct hs_eif_plan_section {
	uint16_t type, flags;
	struct hs_pieces data;
};

struct hs_eif_plan {
	uint16_t version, flags, reserved;
	uint64_t memory, cpus;
	uint32_t unused;
	struct hs_eif_plan_section sections[HS_EIF_MAX_SECTIONS];
	size_t n_sections;
};

void hs_eif_plan_init(struct hs_eif_plan *plan, bool arm64);

/* HS_ELIMIT past HS_EIF_MAX_SECTIONS. */
int hs_eif_plan_add(struct hs_eif_plan *plan, enum hs_eif_type type, const struct hs_pieces *data,
                    struct hs_err *err);

/* Header (made in the arena, with the CRC) and sections, as one. `out` is empty but for the arena.
 */
void hs_eif_plan_make(struct hs_pieces *out, const struct hs_eif_plan *plan);

/* For who puts together what is no file of AWS's tools: the header of these fields as they are (a
 * magic of 4 bytes; sections are not looked at), and that of one section. */
void hs_eif_put_header(uint8_t out[HS_EIF_HEADER], const struct hs_eif *eif);
void hs_eif_put_section_header(uint8_t out[HS_EIF_SECTION_HEADER], uint16_t type, uint16_t flags,
                               uint64_t size);

/* Sets the count and the tables to what follows from eif->sections. */
void hs_eif_list_sections(struct hs_eif *eif);

/* hs_eif_crc() of a file in pieces. */
uint32_t hs_eif_crc_of_pieces(const struct hs_pieces *file);

#endif
