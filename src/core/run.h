/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_RUN_H
#define HS_CORE_RUN_H

#include "core/digests.h"
#include "core/err.h"
#include "core/level_memo.h"
#include "core/limits.h"
#include "core/pool.h"

#include <stdatomic.h>

/*
 * What one comparison shares between its threads: the limits, the threads,
 * the temporary storage, how far it has come and whether it should stop.
 * Made by hs_run_init() on one thread; after that only the atomics change.
 */
struct hs_run {
	struct hs_limits limits;
	struct hs_pool *pool;
	struct hs_spool *spool;
	struct hs_digests *digests;
	struct hs_level_memo *levels;
	bool trust_digests;   /* --trust-digests: images' documents are believed; set after init */
	uint64_t deadline_ns; /* CLOCK_MONOTONIC; 0 for none */

	/* How far it has come: written by the workers, read by progress. Relaxed order is enough.
	 */
	atomic_uint_fast64_t bytes_known; /* of the operands, and of what was decompressed so far */
	atomic_uint_fast64_t bytes_done;  /* of those, decompressed or compared */
	atomic_uint_fast64_t entries_known, entries_done;
	atomic_uint_fast64_t inflated; /* bytes decompressed: against limits.max_size */
	atomic_uint_fast64_t trusted;  /* digests that were believed for --trust-digests */
	_Atomic(const char *) stage;   /* a literal: "reading", "comparing", ... */

	atomic_bool stopped; /* latched by hs_run_check() once time is up */
};

/*
 * Makes the threads (`jobs` as in hs_pool_new()) and the temporary storage in
 * the folder `tmp` (as in hs_spool_new(); $TMPDIR is the caller's to read).
 */
void hs_run_init(struct hs_run *run, const struct hs_limits *limits, unsigned jobs,
                 const char *tmp);

void hs_run_release(struct hs_run *run);

/*
 * Asked in every loop that an input can make long: 0, or HS_ESTOP when the
 * time is up. Cheap: reads the clock.
 */
int hs_run_check(struct hs_run *run, struct hs_err *err);

/* Counts decompressed bytes, which are now known and still to be compared; HS_ELIMIT past
 * --max-size. */
int hs_run_inflated(struct hs_run *run, uint64_t bytes, struct hs_err *err);

/* Counts bytes that are done with. */
void hs_run_done(struct hs_run *run, uint64_t bytes);

#endif
