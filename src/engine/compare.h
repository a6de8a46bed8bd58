/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_ENGINE_COMPARE_H
#define HS_ENGINE_COMPARE_H

#include "core/report.h"
#include "engine/operand.h"

/* One operand was made of a container image, to be held against an enclave image. */
struct hs_measure_rebuilt {
	char side;               /* 'a' or 'b': which */
	bool whole;              /* with kernel, command line and bootstrap ramdisk of its own; else
	                            those of the other side were put in: only PCR2 means anything */
	int64_t implied_time;    /* that it gives directories which no layer lists */
	const char *arch;        /* that the image states; NULL where it states none of an
	                            enclave's */
	const char *image, *eif; /* the names of both operands, escaped */
};

struct hs_compare_options {
	const char *const
		*exclude; /* --exclude: globs over inner paths, as fnmatch() without FNM_PATHNAME */
	size_t n_exclude;
	unsigned ignore;                 /* enum hs_ignore */
	const char *const *ignore_paths; /* --ignore-path: globs as of `exclude` */
	size_t n_ignore_paths;
	bool rootfs; /* images: compare what the layers come to */
	bool has_time;
	int64_t time;                             /* of canonical forms that need one; 0 without */
	const struct hs_measure_rebuilt *rebuilt; /* or NULL */
};

/*
 * Compares two operands down to the last member. Damage, limits and the
 * time-out become notes on nodes and make the report incomplete; they do not
 * make it fail: it always gives a report, but for out->refused where the
 * selector of an operand names no one image. The report lives as long as the run (its nodes are in
 * the run's arenas); hs_report_release() lets go of the contents kept for listings.
 */
void hs_compare(struct hs_report *out, struct hs_run *run, const struct hs_operand *a,
                const struct hs_operand *b, const struct hs_compare_options *options);

/* The facts and members of one operand, all of them, as a report with `inspection` set. */
void hs_inspect(struct hs_report *out, struct hs_run *run, const struct hs_operand *x,
                const struct hs_compare_options *options);

/*
 * Calls visit() for what the path names and, when it is a container, for its
 * members at all depths, in container order, without keeping anything: `ls`.
 * `path` is an inner path (outer!inner!member, "" for the operand itself).
 */
struct hs_visit {
	struct hs_span path;          /* full inner path */
	const struct hs_tree *tree;   /* NULL for the operand itself */
	const struct hs_entry *entry; /* NULL for the operand itself */
};
struct hs_visitor {
	int (*visit)(void *ctx, const struct hs_visit *v, struct hs_err *err);
	void *ctx;
};
int hs_list(struct hs_run *run, const struct hs_operand *x, struct hs_span path,
            const struct hs_visitor *visitor, struct hs_err *err);

/*
 * The bytes of the member that the inner path names: `cat`. HS_EUSAGE where
 * there is none, naming the part that was not found. Damage on the way is an
 * error too, but *out then holds what could be read in spite of it. The caller
 * releases *out in any case.
 */
int hs_locate(struct hs_content *out, struct hs_run *run, const struct hs_operand *x,
              struct hs_span path, struct hs_err *err);

void hs_report_release(struct hs_report *report);

#endif
