/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_MEASURE_H
#define HS_CORE_MEASURE_H

#include "core/node.h"

/*
 * Measurements of two enclave images beside each other: which PCRs differ and
 * by what. Made by the engine, read by sinks. Texts are escaped and live as
 * long as the report.
 */
enum { HS_MEASURE_PCRS = 4 }; /* PCR0, PCR1, PCR2, PCR8 */

/* The bit of PCR n in a set of them. */
#define HS_PCR_BIT(n) (1u << (n))

/* A section that feeds a PCR, on both sides. */
struct hs_measure_section {
	const char *name; /* "kernel", "ramdisk[2]" */
	bool in_a, in_b, same;
	const struct hs_node
		*node; /* where it differs; NULL where it does not, or was not reached */
	bool counted;  /* a ramdisk whose entries have the numbers that they stand at, on both
	                  sides: that an inode number is another one follows from the entries */
};

struct hs_measure_pcr {
	unsigned index;                            /* 0, 1, 2, 8 */
	struct hs_span a, b;                       /* lower-case hex; empty for none */
	bool same;                                 /* also where neither side has one */
	const char *sentence;                      /* on this PCR alone */
	const struct hs_measure_section *sections; /* that feed it, in the order of the file */
	size_t n_sections;
	const char *release_a,
		*release_b; /* PCR1: of nitro-cli, where its blobs are known; or NULL */
};

/* What differs and is in no PCR: "metadata", "signature", a field of the header. */
struct hs_measure_aside {
	const char *name;
	const char *detail;         /* what of it differs, in a few words; or "" */
	const struct hs_node *node; /* or NULL: a field of the header */
};

/* What carries the change: the lowest node that tells it, and what of it. */
struct hs_measure_cause {
	const char *code;           /* stable word: "content", "times", "order", "numbering", ... */
	const struct hs_node *node; /* the first of them; NULL for the order of sections */
	const char *path;           /* of the node in its operand; "" without a node */
	uint64_t n;                 /* entries that it speaks of; 1 or more */
	unsigned pcrs;              /* HS_PCR_BIT() of those that it reaches */
	const char *sentence;       /* "usr/bin/app has other content" */
};

struct hs_measurements {
	const struct hs_node *node; /* of the two images; NULL where they are the same bytes */
	struct hs_measure_pcr pcrs[HS_MEASURE_PCRS];
	size_t n_pcrs;        /* of which only PCR2 where a side was rebuilt in part */
	bool same;            /* all of PCR0, PCR1, PCR2 (and PCR8 where both are signed) */
	bool unknown_flags;   /* a side has flags with which PCR0 may be made otherwise */
	char rebuilt;         /* 'a' or 'b': that side was made of a container image; else 0 */
	const char *sentence; /* that a reviewer can quote */
	const struct hs_measure_cause *causes; /* of what matters most, first */
	size_t n_causes;
	uint64_t n_more; /* of more than HS_MAX_MEASURE_CAUSES, how many are not listed */
	const struct hs_measure_aside *asides;
	size_t n_asides;
	const char *const *remarks; /* sentences on the measuring itself */
	size_t n_remarks;
};

/* The PCRs that the node's bytes are in, as HS_PCR_BIT(); 0 where `m` is NULL. */
unsigned hs_measured_in(const struct hs_measurements *m, const struct hs_node *node);

/* The section that the node is or is in, of those that differ; or NULL. */
const struct hs_measure_section *hs_measured_section(const struct hs_measurements *m,
                                                     const struct hs_node *node);

/* Whether what a cpio archive says of its trailer is the same but for the inode number. */
bool hs_same_trailer(struct hs_span a, struct hs_span b);

#endif
