/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_TAR_BLOCK_H
#define HS_COMPARATORS_TAR_BLOCK_H

#include "core/facts.h"
#include "core/tar_header.h"

/*
 * Says how the fields of one header block are written, where that is not as
 * POSIX has it, and what stands in bytes that should be zero. `label` goes in
 * front of each field's name: "" or "pax header ".
 */
void hs_tar_say_form(struct hs_facts *out, const char *label, const struct hs_tar_header *h);

#endif
