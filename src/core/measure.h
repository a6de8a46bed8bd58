/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_MEASURE_H
#define HS_CORE_MEASURE_H

#include "core/node.h"

/*
 * Measurements of two enclave images beside each other: which PCRs differ and
 * by what. Made by the engine, read by sinks.
 */
enum { HS_MEASURE_PCRS = 4 }; /* PCR0, PCR1, PCR2, PCR8 */

/* A section that feeds a PCR, on both sides. */
struct hs_measure_section {
	const char *name; /* "kernel", "ramdisk[2]" */
	bool in_a, in_b, same;
	const struct hs_node
		*node; /* where it differs; NULL where it does not, or was not reached */
};

struct hs_measure_pcr {
	unsigned index;      /* 0, 1, 2, 8 */
	struct hs_span a, b; /* lower-case hex; empty for none */
	bool same;
	const struct hs_measure_section *sections; /* that feed it, in the order of the file */
	size_t n_sections;
	const char *release_a,
		*release_b; /* PCR1: of nitro-cli, where its blobs are known; or NULL */
};

/* What differs and is in no PCR: "metadata", "signature", a header field. */
struct hs_measure_aside {
	const char *name;
	const struct hs_node *node; /* or NULL: a field of the header */
};

/* What carries the change: the lowest node that tells it, and what of it. */
struct hs_measure_cause {
	const struct hs_node *node;
	unsigned pcrs;        /* bits 0, 1, 2, 8 of the PCRs that it reaches */
	const char *sentence; /* "usr/bin/app has other content", escaped; in the report's memory */
};

struct hs_measurements {
	struct hs_measure_pcr pcrs[HS_MEASURE_PCRS];
	bool same;            /* all of PCR0, PCR1, PCR2 (and PCR8 where both are signed) */
	bool unknown_flags;   /* a side has flags with which PCR0 may be made otherwise */
	bool rebuilt;         /* one side was a container image: only PCR2 is compared */
	const char *sentence; /* that a reviewer can quote; escaped */
	const struct hs_measure_cause *causes;
	size_t n_causes, n_more; /* of more than HS_MAX_MEASURE_CAUSES, how many are not listed */
	const struct hs_measure_aside *asides;
	size_t n_asides;
};

#endif
