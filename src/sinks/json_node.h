/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_SINKS_JSON_NODE_H
#define HS_SINKS_JSON_NODE_H

#include "core/listing.h"
#include "core/report.h"
#include "sinks/json_write.h"

/*
 * The parts of docs/report-format.md that stand once for each node. Keys come
 * in the order of that page. `scratch` is left as it was found.
 */

/* A member of "nodes" of the report. `listing` may be NULL. */
struct hs_json_context {
	struct hs_arena *scratch;
	const struct hs_measurements *measurements; /* or NULL */
};
void hs_json_node(struct hs_json *j, const struct hs_json_context *c, const struct hs_node *node,
                  const struct hs_listing *listing);

/* A member of "nodes" of an inspection. */
void hs_json_inspected(struct hs_json *j, struct hs_arena *scratch, const struct hs_node *node);

/* The id by which one node names another. */
void hs_json_id(struct hs_json *j, const struct hs_node *node);

/* Which side is meant: "a", "b" or null for both. */
void hs_json_side_name(struct hs_json *j, char side);

/* "tool": this program and its version. */
void hs_json_tool(struct hs_json *j);

/* "tool" and "inputs", each on a line of its own. */
void hs_json_head(struct hs_json *j, const struct hs_report *report);

/* Lower-case hex, or null for NULL. */
void hs_json_sha256(struct hs_json *j, const struct hs_sha256 *digest);

#endif
