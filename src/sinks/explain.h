/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_SINKS_EXPLAIN_H
#define HS_SINKS_EXPLAIN_H

#include "core/report.h"
#include "sinks/json_write.h"

/* What `explain` writes of a report that has measurements. */
struct hs_explanation {
	const struct hs_report *report;
	const struct hs_measure_pcr *only; /* the PCR that was asked for; NULL: all */
	int exit_status;                   /* 0, 1 or 3 */
};

/*
 * For people: a sentence, which operand is a and which b, then what the PCRs
 * differ by, then what is in none.
 * All are lines that are never broken, so that they can be quoted and searched.
 */
void hs_explain_text(FILE *out, const struct hs_explanation *e);

/* For programs: the explanation of docs/report-format.md. */
void hs_explain_json(FILE *out, const struct hs_explanation *e);

/* The same object where a value is due. */
void hs_explain_json_write(struct hs_json *j, const struct hs_explanation *e);

#endif
