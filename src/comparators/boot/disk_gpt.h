/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_DISK_GPT_H
#define HS_COMPARATORS_DISK_GPT_H

#include "comparators/boot/disk_parts.h"
#include "core/facts.h"

/* Whether a header of GPT stands in sector 1, of sectors of 512 or 4096 bytes. */
bool hs_gpt_is(struct hs_span file);

/* What the header says; HS_EFORMAT where it is cut. */
int hs_gpt_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err);

/* An entry of the table, 128 bytes or more. */
void hs_gpt_describe_entry(struct hs_facts *out, struct hs_span entry);

/* Adds the partitions; HS_EFORMAT where the table is not all there, after what is. */
int hs_gpt_expand(struct hs_disk_parts *p, struct hs_err *err);

#endif
