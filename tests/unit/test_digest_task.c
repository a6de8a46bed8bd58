/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/digest_task.h"

#include <stdlib.h>

enum { LARGE = (5 << 20) + 77, OWN = (1 << 20) + 3, STEP = 100001 };

static struct hs_span
fill(uint8_t *room, size_t n, unsigned seed)
{
	for (size_t i = 0; i < n; i++)
		room[i] = (uint8_t)(i * seed + (i >> 9));
	return (struct hs_span){ room, n };
}

static void
assert_same(const struct hs_sha256 *got, struct hs_span bytes)
{
	const struct hs_sha256 wanted = hs_sha256(bytes);

	assert_memory_equal(got->bytes, wanted.bytes, sizeof(wanted.bytes));
}

/* Every round hashes something of its own, beside whichever task is free. */
struct rounds {
	struct hs_span own;
	struct hs_sha256 got[8];
};

static void
hash_own(void *ctx, size_t i, struct hs_worker *w)
{
	struct rounds *r = ctx;
	struct hs_sha256_stream s;

	hs_sha256_init(&s);
	for (struct hs_span rest = r->own; rest.len; rest = hs_span_from(rest, STEP))
		hs_sha256_beside(&s, hs_span_head(rest, STEP), w->pool);
	hs_sha256_final(&s, &r->got[i]);
}

static void
digest_tasks_give_the_digest_for_any_number_of_threads(void **state)
{
	uint8_t *room = malloc(LARGE);
	uint8_t own[OWN];
	const struct hs_span large = fill(room, LARGE, 7);
	struct rounds r = { .own = fill(own, OWN, 3) };

	(void)state;
	assert_non_null(room);
	for (unsigned jobs = 1; jobs <= 4; jobs++) {
		struct hs_pool *p = hs_pool_new(jobs);
		struct hs_digest_task tasks[2];
		struct hs_sha256 got[2];

		hs_digest_task_begin(&tasks[0], p, large);
		hs_digest_task_begin(&tasks[1], p, hs_span_head(large, 1000));
		hs_pool_each(hs_pool_main(p), 8, hash_own, &r);
		hs_digest_task_end(&got[0], &tasks[0], p);
		hs_digest_task_end(&got[1], &tasks[1], p);
		assert_same(&got[0], large);
		assert_same(&got[1], hs_span_head(large, 1000));
		for (size_t i = 0; i < 8; i++)
			assert_same(&r.got[i], r.own);
		hs_pool_free(p);
	}
	free(room);
}

static void
digest_task_that_nobody_did_is_done_at_its_end(void **state)
{
	struct hs_pool *p = hs_pool_new(1);
	struct hs_digest_task none, some;
	struct hs_sha256 got;

	(void)state;
	hs_digest_task_begin(&none, p, (struct hs_span){ 0 });
	hs_digest_task_begin(&some, p, HS_SPAN("abc"));
	hs_digest_task_end(&got, &none, p);
	assert_same(&got, (struct hs_span){ 0 });
	hs_digest_task_end(&got, &some, p);
	assert_same(&got, HS_SPAN("abc"));
	hs_pool_free(p);
}

/* As few buffers in turn, as who makes the pieces has them; small ones between large ones. */
static void
digest_of_pieces_is_made_while_the_next_is(void **state)
{
	enum { N = 64, ROOM = 128 << 10 };
	uint8_t *room = malloc((size_t)(HS_DIGEST_BEHIND + 1) * ROOM),
		*all = malloc((size_t)N * ROOM);

	(void)state;
	assert_non_null(room);
	assert_non_null(all);
	for (unsigned jobs = 1; jobs <= 4; jobs++) {
		struct hs_pool *p = hs_pool_new(jobs);
		struct hs_digest_task t;
		struct hs_sha256 got;
		size_t size = 0;

		hs_digest_task_init(&t);
		for (unsigned i = 0; i < N; i++) {
			const struct hs_span piece =
				fill(room + (size_t)(i % (HS_DIGEST_BEHIND + 1)) * ROOM,
			             i % 5 == 4 ? i : ROOM - i, i);

			memcpy(all + size, piece.at, piece.len);
			size += piece.len;
			hs_digest_task_next(&t, p, piece);
		}
		hs_digest_task_end(&got, &t, p);
		assert_same(&got, (struct hs_span){ all, size });
		hs_pool_free(p);
	}
	free(room);
	free(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digest_tasks_give_the_digest_for_any_number_of_threads),
		cmocka_unit_test(digest_task_that_nobody_did_is_done_at_its_end),
		cmocka_unit_test(digest_of_pieces_is_made_while_the_next_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
