/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/arena.h"
#include "core/digests.h"
#include "core/pool.h"

#include <stdlib.h>

static const struct hs_file_id file = { .dev = 1, .ino = 2, .size = 100, .known = 1 };

/* Content of two blobs that are one file, mapped twice. */
static struct hs_blob *
blob_of_file(size_t len)
{
	struct hs_blob *b = hs_blob_of_heap(hs_alloc(len), len);

	b->file = file;
	return b;
}

static void
digests_hash_the_bytes_of_one_file_once(void **state)
{
	struct hs_digests *d = hs_digests_new();
	struct hs_blob *a = blob_of_file(100), *b = blob_of_file(100);
	struct hs_blob *part = hs_blob_part(b, hs_span_head(b->bytes, 10));
	const struct hs_content x = { .blob = a, .bytes = hs_span_head(a->bytes, 10) };
	const struct hs_content same = { .blob = part, .bytes = part->bytes };
	const struct hs_content other = { .blob = b,
		                          .bytes = hs_span_head(hs_span_from(b->bytes, 10), 10) };
	struct hs_sha256 sum = hs_sha256(HS_SPAN("x")), out;

	(void)state;
	assert_int_equal(hs_digests_ask(&out, d, &x, false), HS_DIGESTS_YOURS);
	assert_int_equal(hs_digests_ask(&out, d, &same, false), HS_DIGESTS_BUSY);
	assert_int_equal(hs_digests_ask(&out, d, &other, false), HS_DIGESTS_YOURS);
	hs_digests_tell(d, &x, &sum);
	assert_int_equal(hs_digests_ask(&out, d, &same, true), HS_DIGESTS_KNOWN);
	assert_memory_equal(&out, &sum, sizeof(out));
	/* What failed for one may be tried by the next. */
	hs_digests_tell(d, &other, NULL);
	assert_int_equal(hs_digests_ask(&out, d, &other, true), HS_DIGESTS_YOURS);
	hs_digests_tell(d, &other, &sum);
	assert_int_equal(hs_digests_ask(&out, d, &other, true), HS_DIGESTS_KNOWN);
	hs_blob_unref(part);
	hs_blob_unref(a);
	hs_blob_unref(b);
	hs_digests_free(d);
}

static void
digests_leave_bytes_of_no_file_alone(void **state)
{
	struct hs_digests *d = hs_digests_new();
	struct hs_blob *b = hs_blob_of_heap(hs_alloc(4), 4);
	const struct hs_content loose = { .blob = NULL, .bytes = HS_SPAN("abcd") };
	const struct hs_content heap = { .blob = b, .bytes = b->bytes };
	struct hs_sha256 sum = hs_sha256(HS_SPAN("abcd")), out;

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(hs_digests_ask(&out, d, &loose, true), HS_DIGESTS_YOURS);
		hs_digests_tell(d, &loose, &sum);
		assert_int_equal(hs_digests_ask(&out, d, &heap, true), HS_DIGESTS_YOURS);
		hs_digests_tell(d, &heap, &sum);
	}
	hs_blob_unref(b);
	hs_digests_free(d);
}

enum { N = 1000 };

struct job {
	struct hs_digests *d;
	struct hs_blob *blob[2];
	atomic_uint hashed;
};

static void
ask(void *ctx, size_t i, struct hs_worker *w)
{
	struct job *j = ctx;
	struct hs_blob *b = j->blob[i & 1];
	const struct hs_content c = { .blob = b,
		                      .bytes = hs_span_head(hs_span_from(b->bytes, i / 2), 1) };
	struct hs_sha256 out;

	(void)w;
	if (hs_digests_ask(&out, j->d, &c, true) == HS_DIGESTS_YOURS) {
		out = hs_sha256(c.bytes);
		atomic_fetch_add(&j->hashed, 1);
		hs_digests_tell(j->d, &c, &out);
	}
	assert_true(memcmp(out.bytes, hs_sha256(c.bytes).bytes, HS_SHA256_SIZE) == 0);
}

static void
digests_are_shared_by_all_threads(void **state)
{
	struct hs_pool *pool = hs_pool_new(4);
	struct job j = { .d = hs_digests_new(), .blob = { blob_of_file(N), blob_of_file(N) } };

	(void)state;
	hs_pool_each(hs_pool_main(pool), (size_t)2 * N, ask, &j);
	assert_int_equal(atomic_load(&j.hashed), N);
	hs_blob_unref(j.blob[0]);
	hs_blob_unref(j.blob[1]);
	hs_digests_free(j.d);
	hs_pool_free(pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_hash_the_bytes_of_one_file_once),
		cmocka_unit_test(digests_leave_bytes_of_no_file_alone),
		cmocka_unit_test(digests_are_shared_by_all_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
