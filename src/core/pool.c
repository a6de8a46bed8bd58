/* SPDX-License-Identifier: Apache-2.0 */
#include "core/pool.h"

#include "core/magic.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_JOBS = 256 };

/* A loop under way. It lives on the stack of the hs_pool_each() that runs it. */
struct loop {
	hs_job *job;
	void *ctx;
	size_t n;
	size_t next;    /* first round that nobody has taken; under the pool's lock */
	size_t running; /* rounds taken and not ended; under the pool's lock */
	unsigned depth; /* of nesting; constant */
	struct loop *outer;
};

struct hs_pool {
	unsigned n_workers;
	struct hs_worker *workers;
	pthread_t *threads;

	pthread_mutex_t lock;   /* protects all below, and `next` and `running` of the loops */
	pthread_cond_t changed; /* a loop began, ended, or the pool is closing */
	struct loop *loops;     /* newest first; only those with rounds to take */
	struct hs_pool_task *tasks;
	bool closing;
};

static void
unlink_loop(struct hs_pool *p, const struct loop *l)
{
	for (struct loop **at = &p->loops; *at; at = &(*at)->outer) {
		if (*at == l) {
			*at = l->outer;
			return;
		}
	}
}

/* The newest loop with rounds left that is nested deeper than `depth`; under the lock. */
static struct loop *
find_loop(struct hs_pool *p, unsigned depth)
{
	for (struct loop *l = p->loops; l; l = l->outer)
		if (l->depth > depth)
			return l;
	return NULL;
}

/* Takes one round of the loop and runs it; called and returning under the lock. */
static void
run_round(struct hs_worker *w, struct loop *l)
{
	struct hs_pool *p = w->pool;
	const size_t i = l->next++;
	const unsigned depth = w->depth;

	if (l->next == l->n)
		unlink_loop(p, l);
	l->running++;
	pthread_mutex_unlock(&p->lock);
	w->depth = l->depth;
	l->job(l->ctx, i, w);
	w->depth = depth;
	pthread_mutex_lock(&p->lock);
	if (--l->running == 0 && l->next == l->n)
		pthread_cond_broadcast(&p->changed);
}

/* A piece of a task that nobody is at; false where there is none. Under the lock. */
static bool
do_piece(struct hs_pool *p, void *with)
{
	struct hs_pool_task *t = p->tasks;
	bool more;

	while (t && (t->running || t->done))
		t = t->next;
	if (!t)
		return false;
	t->running = true;
	t->grown = false;
	pthread_mutex_unlock(&p->lock);
	more = t->step(t->ctx, with);
	pthread_mutex_lock(&p->lock);
	t->running = false;
	t->done = !more && !t->grown;
	if (t->wanted)
		pthread_cond_broadcast(&p->changed);
	return true;
}

bool
hs_pool_ride(struct hs_pool *p, void *with)
{
	bool done;

	pthread_mutex_lock(&p->lock);
	done = do_piece(p, with);
	pthread_mutex_unlock(&p->lock);
	return done;
}

void
hs_pool_offer(struct hs_pool *p, struct hs_pool_task *task)
{
	pthread_mutex_lock(&p->lock);
	task->done = false;
	task->grown = true;
	if (!task->listed) {
		task->listed = true;
		task->next = p->tasks;
		p->tasks = task;
	}
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->lock);
}

/* Under the lock. */
static void
wait_for_piece(struct hs_pool *p, struct hs_pool_task *task)
{
	task->wanted = true;
	while (task->running)
		pthread_cond_wait(&p->changed, &p->lock);
	task->wanted = false;
}

bool
hs_pool_claim(struct hs_pool *p, struct hs_pool_task *task, bool wait)
{
	bool free;

	pthread_mutex_lock(&p->lock);
	if (wait)
		wait_for_piece(p, task);
	free = !task->running;
	task->running = true;
	pthread_mutex_unlock(&p->lock);
	return free;
}

void
hs_pool_unclaim(struct hs_pool *p, struct hs_pool_task *task, bool more)
{
	pthread_mutex_lock(&p->lock);
	task->running = false;
	task->done = !more;
	pthread_mutex_unlock(&p->lock);
}

void
hs_pool_leave(struct hs_pool *p, struct hs_pool_task *task)
{
	struct hs_pool_task **at = &p->tasks;

	pthread_mutex_lock(&p->lock);
	while (*at != task)
		at = &(*at)->next;
	*at = task->next;
	task->listed = false;
	wait_for_piece(p, task);
	pthread_mutex_unlock(&p->lock);
}

void
hs_pool_each(struct hs_worker *w, size_t n, hs_job *job, void *ctx)
{
	struct hs_pool *p = w->pool;
	struct loop l = { .job = job, .ctx = ctx, .n = n, .depth = w->depth + 1 };

	if (n == 1 || p->n_workers == 1) {
		for (size_t i = 0; i < n; i++)
			job(ctx, i, w);
		return;
	}
	if (n == 0)
		return;
	pthread_mutex_lock(&p->lock);
	l.outer = p->loops;
	p->loops = &l;
	pthread_cond_broadcast(&p->changed);
	while (l.next < l.n)
		run_round(w, &l);
	while (l.running > 0) {
		struct loop *inner = find_loop(p, l.depth);

		if (inner)
			run_round(w, inner);
		else if (!do_piece(p, NULL))
			pthread_cond_wait(&p->changed, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
}

static void *
work(void *arg)
{
	struct hs_worker *w = arg;
	struct hs_pool *p = w->pool;

	pthread_mutex_lock(&p->lock);
	while (!p->closing) {
		struct loop *l = find_loop(p, 0);

		if (l)
			run_round(w, l);
		else if (!do_piece(p, NULL))
			pthread_cond_wait(&p->changed, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static unsigned
processors(void)
{
	const long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : (unsigned)n;
}

struct hs_pool *
hs_pool_new(unsigned jobs)
{
	struct hs_pool *p = hs_alloc(sizeof(*p));
	unsigned started = 1;

	if (jobs == 0)
		jobs = processors();
	if (jobs > MAX_JOBS)
		jobs = MAX_JOBS;
	p->workers = hs_alloc(jobs * sizeof(*p->workers));
	p->threads = hs_alloc(jobs * sizeof(*p->threads));
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	p->n_workers = jobs;
	for (unsigned i = 0; i < jobs; i++)
		p->workers[i] = (struct hs_worker){ .pool = p, .id = i };
	/* Fewer threads than asked for is slower, not wrong. */
	while (started < jobs &&
	       pthread_create(&p->threads[started], NULL, work, &p->workers[started]) == 0)
		started++;
	pthread_mutex_lock(&p->lock);
	p->n_workers = started;
	pthread_mutex_unlock(&p->lock);
	return p;
}

struct hs_worker *
hs_pool_main(struct hs_pool *p)
{
	return &p->workers[0];
}

unsigned
hs_pool_jobs(const struct hs_pool *p)
{
	return p->n_workers;
}

void
hs_pool_free(struct hs_pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->closing = true;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->lock);
	for (unsigned i = 1; i < p->n_workers; i++)
		pthread_join(p->threads[i], NULL);
	for (unsigned i = 0; i < p->n_workers; i++) {
		hs_magic_release(&p->workers[i]);
		hs_arena_release(&p->workers[i].keep);
		hs_arena_release(&p->workers[i].scratch);
	}
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	free(p->workers);
	free(p->threads);
	free(p);
}
