/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_SINKS_JSON_MEASURE_H
#define HS_SINKS_JSON_MEASURE_H

#include "core/report.h"
#include "sinks/json_write.h"

/* Measurements as docs/report-format.md has them. */

/* "measurements" of the report: the PCRs; empty for NULL. */
void hs_json_measured(struct hs_json *j, const struct hs_measurements *m);

/* "measurements" of the result: what they come to and why; null for NULL. */
void hs_json_measurements(struct hs_json *j, const struct hs_measurements *m);

/* ["PCR0", "PCR2"] of a set of HS_PCR_BIT(). */
void hs_json_pcrs(struct hs_json *j, unsigned pcrs);

#endif
