/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_MEASURE_H
#define HS_ENGINE_MEASURE_H

#include "core/measure.h"
#include "engine/engine.h"

/*
 * Why measurements differ. Where the operands are two enclave images they are
 * measured while their members are compared, and the nodes that come out of
 * that are traced to the PCRs that they reach (measure_causes.c), from the
 * sections downwards to the lowest that means something to people: a file of a
 * ramdisk, a mode, an order; not a section of an ELF file.
 */

/*
 * Compares the members of the two into the node, as hs_compare_members() does,
 * and measures both beside it, into *en->measurements. False, and nothing
 * done, where they are not what the operands are or not two enclave images.
 */
bool hs_measure_members(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                        const struct hs_opened *a, const struct hs_opened *b);

/*
 * The measurements of an enclave image beside itself, for operands that are
 * the same bytes. NULL where it is none, filters around it aside, or cannot be
 * measured. `rebuilt` may be NULL.
 */
const struct hs_measurements *hs_measure_same(struct hs_run *run, const struct hs_operand *o,
                                              const struct hs_measure_rebuilt *rebuilt);

/*
 * The bytes of an enclave image, the filters around it taken off. HS_EUSAGE
 * where the operand is none. Release *out in any case.
 */
int hs_measure_open(struct hs_content *out, struct hs_run *run, const struct hs_operand *o,
                    struct hs_err *err);

/* What the operand is: "oci-archive", "text", "plain bytes". In the arena. */
const char *hs_measure_format(struct hs_arena *a, struct hs_run *run, const struct hs_operand *o);

#endif
