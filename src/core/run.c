/* SPDX-License-Identifier: Apache-2.0 */
#include "core/run.h"

#include "core/spool.h"

#include <inttypes.h>
#include <time.h>

static uint64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

void
hs_run_init(struct hs_run *run, const struct hs_limits *limits, unsigned jobs, const char *tmp)
{
	*run = (struct hs_run){ .limits = *limits };
	run->pool = hs_pool_new(jobs);
	run->spool = hs_spool_new(tmp);
	run->digests = hs_digests_new();
	run->levels = hs_level_memo_new();
	atomic_store(&run->stage, "reading");
	if (limits->timeout_s > 0)
		run->deadline_ns = now_ns() + (uint64_t)(limits->timeout_s * 1e9);
}

void
hs_run_release(struct hs_run *run)
{
	hs_pool_free(run->pool);
	hs_spool_free(run->spool);
	hs_digests_free(run->digests);
	hs_level_memo_free(run->levels);
	run->pool = NULL;
	run->spool = NULL;
	run->digests = NULL;
	run->levels = NULL;
}

int
hs_run_check(struct hs_run *run, struct hs_err *err)
{
	if (run->deadline_ns == 0)
		return 0;
	if (!atomic_load_explicit(&run->stopped, memory_order_relaxed)) {
		if (now_ns() < run->deadline_ns)
			return 0;
		atomic_store_explicit(&run->stopped, true, memory_order_relaxed);
	}
	return hs_fail(err, HS_ESTOP, "not compared: the time limit (--timeout %g) is up",
	               run->limits.timeout_s);
}

int
hs_run_inflated(struct hs_run *run, uint64_t bytes, struct hs_err *err)
{
	const uint64_t total =
		atomic_fetch_add_explicit(&run->inflated, bytes, memory_order_relaxed) + bytes;

	atomic_fetch_add_explicit(&run->bytes_known, bytes, memory_order_relaxed);
	if (total > run->limits.max_size)
		return hs_fail(err, HS_ELIMIT,
		               "more than %" PRIu64 " bytes decompressed in this run (--max-size)",
		               run->limits.max_size);
	return 0;
}

void
hs_run_done(struct hs_run *run, uint64_t bytes)
{
	atomic_fetch_add_explicit(&run->bytes_done, bytes, memory_order_relaxed);
}
