/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_SINKS_SINK_H
#define HS_SINKS_SINK_H

#include "core/report.h"

/*
 * The report formats. To write a report, fill in `ops`, `out` and `options`
 * of a struct hs_sink for each and hand them to hs_report_emit(): it sets the
 * rest. The stream stays the caller's to close; end() has flushed it.
 */

/* People and pipes: the verdict, then what differs as an indented tree. */
extern const struct hs_sink_ops hs_sink_text;

/* Programs: docs/report-format.md. Knows no colour, width or verbosity. */
extern const struct hs_sink_ops hs_sink_json;

/* The sink of that name (of -o), or NULL. */
const struct hs_sink_ops *hs_sink_for(const char *name);

/* The sinks one after the other; NULL past the last. */
const struct hs_sink_ops *hs_sink_at(size_t i);

/* What every end() ends with: flushes, and says whether all that was written got there. */
int hs_sink_finish(struct hs_sink *s, struct hs_err *err);

#endif
