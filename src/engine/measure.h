/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_MEASURE_H
#define HS_ENGINE_MEASURE_H

#include "core/measure.h"
#include "engine/engine.h"

/*
 * Measures two enclave images that were compared into `report->root` and says
 * which members carry the difference of each PCR. Sets report->measurements;
 * leaves it NULL where the operands are not two EIFs.
 */
void hs_measure(struct hs_report *report, struct hs_worker *w, const struct hs_content side[2]);

#endif
