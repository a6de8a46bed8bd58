/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_DIGEST_TASK_H
#define HS_CORE_DIGEST_TASK_H

#include "core/hash.h"
#include "core/pool.h"

#include <stdatomic.h>

/*
 * A digest that is not wanted soon: hashed by idle threads, and beside what
 * others hash meanwhile, where the processor does two in little more time
 * than one. All tasks of a pool are these.
 *
 *	hs_digest_task_begin(&t, pool, bytes);
 *	...                                     // hs_sha256_beside(), or idle threads
 *	hs_digest_task_end(&digest, &t, pool);  // hashes what is left
 */
enum { HS_DIGEST_BEHIND = 3 }; /* pieces that may wait to be hashed */

struct hs_digest_task {
	struct hs_pool_task task;
	struct hs_sha256_stream stream;
	/* A ring: the owner adds, who has the task's turn hashes. Counted without end. */
	struct hs_span pieces[HS_DIGEST_BEHIND + 1];
	atomic_uint made, hashed;
};

/* The task stays where it is until its end; the bytes too. */
void hs_digest_task_begin(struct hs_digest_task *t, struct hs_pool *p, struct hs_span bytes);
void hs_digest_task_end(struct hs_sha256 *out, struct hs_digest_task *t, struct hs_pool *p);

/*
 * The same of bytes that are made piece by piece: some are hashed while the
 * next is made. When a call returns, the last HS_DIGEST_BEHIND pieces must
 * still stay; those before them are done with. At the end all are.
 *
 *	hs_digest_task_init(&t);
 *	while (...)
 *		hs_digest_task_next(&t, pool, piece);
 *	hs_digest_task_end(&digest, &t, pool);
 */
void hs_digest_task_init(struct hs_digest_task *t);
void hs_digest_task_next(struct hs_digest_task *t, struct hs_pool *p, struct hs_span bytes);

/* hs_sha256_update(), and as much of a task that there may be. */
void hs_sha256_beside(struct hs_sha256_stream *s, struct hs_span bytes, struct hs_pool *p);

#endif
