/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_REPORT_H
#define HS_CORE_REPORT_H

#include "core/ladder.h"
#include "core/listing.h"
#include "core/measure.h"
#include "core/node.h"
#include "core/run.h"

/* One operand as the report names it. */
struct hs_input {
	const char *name;   /* as the user wrote it */
	const char *format; /* "oci-archive", "tar", "directory", "text", "data" ... */
	uint64_t size;
	bool has_sha256; /* not for a directory */
	struct hs_sha256 sha256;
};

/* Members by what became of them, over all levels. */
struct hs_summary {
	uint64_t entries; /* compared in all */
	uint64_t same, content, metadata, only_a, only_b, moved, damaged;
	uint64_t ignored; /* those whose differences are all ignored; in none of the others */
};

struct hs_report {
	bool inspection;       /* one operand: `b` is empty and every node is kept */
	struct hs_err refused; /* code 0; else there is nothing to report: an operand names
	                          what is not there */
	struct hs_input a, b;
	struct hs_node *root;
	struct hs_summary summary;
	uint64_t n_ignored[HS_N_IGNORE]; /* differences ignored, by the reason's bit */
	bool ignoring;                   /* some switch was given */
	bool same;                       /* the verdict; what is ignored makes no difference */
	bool complete;                  /* nothing was left out: no damage, no limit, no time-out */
	int exit_status;                /* 0, 1 or 3 */
	const struct hs_ladder *ladder; /* NULL where the operands are not two images */
	const struct hs_measurements *measurements; /* NULL where they are not two enclave images */
	const char *const *reasons; /* why it is incomplete: codes of notes, each once, sorted */
	size_t n_reasons;
	struct hs_run *run; /* not owned; its pool's arenas hold the nodes */
};

/*
 * Where a report goes. For a root that holds a, which holds b, the calls are
 *	begin(report) enter(root) enter(a) enter(b) leave(b) leave(a) leave(root) end()
 * `listing` is NULL for a node without one. Strings handed over live only
 * during the call. Write errors are sticky in `out`; only end() reports them.
 */
struct hs_sink {
	const struct hs_sink_ops *ops;
	FILE *out;
	const struct hs_report *report;
	const struct hs_sink_options *options;
	void *state; /* the sink's own; malloc'd in begin, freed in end */
};

struct hs_sink_options {
	bool color;       /* people's sinks: may use SGR sequences */
	unsigned verbose; /* -v count */
	unsigned width;   /* columns; 0 where it does not matter */
};

struct hs_sink_ops {
	const char *name; /* of -o */
	void (*begin)(struct hs_sink *s);
	void (*enter)(struct hs_sink *s, const struct hs_node *node,
	              const struct hs_listing *listing);
	void (*leave)(struct hs_sink *s, const struct hs_node *node);
	int (*end)(struct hs_sink *s, struct hs_err *err);
};

/* Walks the report once for all sinks; each node's listing is made once. Every sink's end() is
 * called; the first error is kept. */
int hs_report_emit(const struct hs_report *report, struct hs_sink *sinks, size_t n_sinks,
                   const struct hs_listing_options *options, struct hs_err *err);

#endif
