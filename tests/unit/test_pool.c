/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/pool.h"

#include <sched.h>
#include <stdatomic.h>

enum { OUTER = 40, MIDDLE = 7, INNER = 5 };

static void
fill_inner(void *ctx, size_t i, struct hs_worker *w)
{
	(void)w;
	((unsigned *)ctx)[i] += (unsigned)i + 1;
}

static void
run_middle(void *ctx, size_t i, struct hs_worker *w)
{
	unsigned *cells = ctx;

	hs_pool_each(w, INNER, fill_inner, cells + i * INNER);
}

static void
run_outer(void *ctx, size_t i, struct hs_worker *w)
{
	unsigned *cells = ctx;

	hs_pool_each(w, MIDDLE, run_middle, cells + i * MIDDLE * INNER);
}

static void
pool_runs_every_round_of_nested_loops_once(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= 9; jobs += 2) {
		struct hs_pool *p = hs_pool_new(jobs);
		unsigned cells[OUTER * MIDDLE * INNER] = { 0 };

		hs_pool_each(hs_pool_main(p), OUTER, run_outer, cells);
		for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
			assert_int_equal(cells[i], i % INNER + 1);
		hs_pool_free(p);
	}
}

static void
note_worker(void *ctx, size_t i, struct hs_worker *w)
{
	const struct hs_arena_mark mark = hs_arena_mark(&w->scratch);
	atomic_uint *seen = ctx;

	(void)i;
	memset(hs_arena_alloc(&w->scratch, 1000), 1, 1000);
	hs_arena_rewind(&w->scratch, mark);
	hs_arena_alloc(&w->keep, 10);
	atomic_fetch_or(seen, 1U << w->id);
}

static void
pool_gives_each_round_the_worker_of_its_thread(void **state)
{
	struct hs_pool *p = hs_pool_new(4);
	atomic_uint seen = 0;

	(void)state;
	assert_int_equal(hs_pool_jobs(p), 4);
	hs_pool_each(hs_pool_main(p), 10000, note_worker, &seen);
	assert_true(atomic_load(&seen) & 1);
	assert_true(atomic_load(&seen) < 16);
	hs_pool_each(hs_pool_main(p), 0, note_worker, &seen);
	hs_pool_free(p);
}

struct count {
	unsigned steps, left; /* not atomic: no two threads are at it */
};

static bool
count_down(void *ctx, void *with)
{
	struct count *c = ctx;

	(void)with;
	c->steps++;
	return --c->left > 0;
}

static void
run_inner(void *ctx, size_t i, struct hs_worker *w)
{
	unsigned cells[INNER] = { 0 };

	(void)ctx;
	(void)i;
	hs_pool_each(w, INNER, fill_inner, cells);
}

static void
pool_does_tasks_in_pieces_beside_loops(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= 4; jobs++) {
		struct hs_pool *p = hs_pool_new(jobs);
		struct count counts[2] = { { 0, 1000 }, { 0, 3 } };
		struct hs_pool_task tasks[2];

		for (int i = 0; i < 2; i++) {
			tasks[i] = (struct hs_pool_task){ .step = count_down, .ctx = &counts[i] };
			hs_pool_offer(p, &tasks[i]);
		}
		hs_pool_each(hs_pool_main(p), OUTER, run_inner, NULL);
		for (int i = 0; i < 2; i++)
			hs_pool_leave(p, &tasks[i]);
		assert_int_equal(counts[0].steps + counts[0].left, 1000);
		assert_int_equal(counts[1].steps + counts[1].left, 3);
		if (jobs == 1)
			assert_int_equal(counts[0].steps + counts[1].steps, 0);
		hs_pool_free(p);
	}
}

static bool
tell(void *ctx, void *with)
{
	(void)with;
	atomic_store((atomic_bool *)ctx, true);
	return false;
}

static void
pool_does_a_task_while_the_caller_is_busy(void **state)
{
	struct hs_pool *p = hs_pool_new(2);
	atomic_bool told = false;
	struct hs_pool_task task = { .step = tell, .ctx = &told };

	(void)state;
	hs_pool_offer(p, &task);
	while (!atomic_load(&told))
		sched_yield();
	hs_pool_leave(p, &task);
	assert_true(task.done);
	hs_pool_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pool_runs_every_round_of_nested_loops_once),
		cmocka_unit_test(pool_gives_each_round_the_worker_of_its_thread),
		cmocka_unit_test(pool_does_tasks_in_pieces_beside_loops),
		cmocka_unit_test(pool_does_a_task_while_the_caller_is_busy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
