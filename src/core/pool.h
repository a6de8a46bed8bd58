/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_POOL_H
#define HS_CORE_POOL_H

#include "core/arena.h"

/*
 * Threads that run numbered jobs: hs_pool_each() is a `for` loop whose rounds
 * run side by side. A round writes its result into a place that belongs to
 * its number, so results stand in submission order and no output depends on
 * the number of threads.
 *
 * Loops nest. The caller works too, and while its last rounds run elsewhere
 * it helps only loops nested deeper than its own: no deadlock, and a stack
 * that is as deep as the nesting.
 */
struct hs_pool;

/* What one thread has for itself. Jobs get the one of the thread that runs them. */
struct hs_worker {
	struct hs_pool *pool;
	unsigned id;             /* 0 is the thread that made the pool */
	unsigned depth;          /* of loop nesting, kept by the pool */
	struct hs_arena keep;    /* lives as long as the pool: results */
	struct hs_arena scratch; /* mark it, use it, rewind it */
	void *magic;             /* libmagic's cookie, made on first use by core/magic.c */
};

typedef void hs_job(void *ctx, size_t i, struct hs_worker *w);

/* `jobs` threads in all, the caller's included; 0 for one a processor. */
struct hs_pool *hs_pool_new(unsigned jobs);

/* The caller's own worker: the one to start with. */
struct hs_worker *hs_pool_main(struct hs_pool *p);

unsigned hs_pool_jobs(const struct hs_pool *p);

/* Runs job(ctx, 0) ... job(ctx, n - 1), in any order, on any thread; returns when all have ended.
 */
void hs_pool_each(struct hs_worker *w, size_t n, hs_job *job, void *ctx);

/*
 * A long task done in pieces, in their order, one at a time: by threads that no
 * round is left for, and by those that do something it goes well with. The
 * caller's struct, which must stay until hs_pool_leave(); `step` and `ctx` are
 * set by the caller, the rest is zero at first and then the pool's.
 */
struct hs_pool_task {
	/* Does a piece, if there is one; false where none is left. `with` is hs_pool_ride()'s, or
	 * NULL. */
	bool (*step)(void *ctx, void *with);
	void *ctx;
	bool listed;  /* offered and not taken back */
	bool running; /* somebody is at a piece */
	bool done;    /* no piece was left, and none came since */
	bool grown;   /* pieces came while somebody was at one */
	bool wanted;  /* the owner waits for who is at a piece */
	struct hs_pool_task *next;
};

/* Puts the task in front of those that there are; where it is among them, says that it has grown.
 */
void hs_pool_offer(struct hs_pool *p, struct hs_pool_task *task);

/* The owner's turn: nobody else is at the task from a claim to its unclaim. Where somebody is, the
 * claim waits for the end of that piece, or without `wait` is false. `more`: pieces are left. */
bool hs_pool_claim(struct hs_pool *p, struct hs_pool_task *task, bool wait);
void hs_pool_unclaim(struct hs_pool *p, struct hs_pool_task *task, bool more);

/* Does a piece of the first task that nobody is at, together with the caller's own work, which the
 * task knows; false where there is no task, and nothing is done. */
bool hs_pool_ride(struct hs_pool *p, void *with);

/* Takes the task back, when the piece under way has ended; what is left of it is the caller's. */
void hs_pool_leave(struct hs_pool *p, struct hs_pool_task *task);

/* Ends the threads and lets go of every worker's arenas. */
void hs_pool_free(struct hs_pool *p);

#endif
