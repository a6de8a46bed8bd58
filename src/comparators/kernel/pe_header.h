/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PE_HEADER_H
#define HS_COMPARATORS_PE_HEADER_H

#include "comparators/binary/pe_image.h"
#include "comparators/kernel/kernel_parts.h"
#include "core/facts.h"

/* What a kernel with an EFI stub says as a PE image. */

/* Its machine, time, checksum and whether it is signed; of NULL, that there is no EFI stub. */
void hs_say_pe(struct hs_facts *out, const struct hs_pe *pe);

/* Names the bytes of its headers, sections and signature; names are copied to `a`. */
void hs_pe_regions(struct hs_kernel_parts *p, struct hs_arena *a, const struct hs_pe *pe);

#endif
