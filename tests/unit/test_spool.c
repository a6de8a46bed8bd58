/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/spool.h"

/* Streams a pattern of `size` bytes, in steps, into one blob. */
static struct hs_blob *
spool_pattern(struct hs_spool *s, size_t size, uint8_t seed)
{
	struct hs_spool_writer w;
	struct hs_blob *blob;
	struct hs_err err;

	hs_spool_begin(&w, s);
	for (size_t done = 0; done < size;) {
		size_t n;
		uint8_t *at = hs_spool_room(&w, &n);

		assert_true(n > 0);
		if (n > 1000)
			n = 1000;
		if (n > size - done)
			n = size - done;
		for (size_t i = 0; i < n; i++)
			at[i] = (uint8_t)(seed + done + i);
		assert_int_equal(hs_spool_took(&w, n, &err), 0);
		done += n;
		assert_int_equal(hs_spool_size(&w), done);
	}
	assert_int_equal(hs_spool_end(&w, &blob, &err), 0);
	return blob;
}

static void
check_pattern(const struct hs_blob *b, size_t size, uint8_t seed)
{
	assert_int_equal(b->bytes.len, size);
	for (size_t i = 0; i < size; i++)
		assert_int_equal(b->bytes.at[i], (uint8_t)(seed + i));
}

static void
spool_gives_back_what_was_written_whatever_its_size(void **state)
{
	const size_t sizes[] = { 0, 1, 999, 262143, 262144, 262145, 1000000 };
	enum { N = sizeof(sizes) / sizeof(sizes[0]) };
	struct hs_spool *s = hs_spool_new(NULL);
	struct hs_blob *blobs[N];

	(void)state;
	for (uint8_t i = 0; i < N; i++)
		blobs[i] = spool_pattern(s, sizes[i], i);
	/* Blobs outlive the spool, and small ones do not overlap. */
	hs_spool_free(s);
	for (uint8_t i = 0; i < N; i++) {
		check_pattern(blobs[i], sizes[i], i);
		hs_blob_unref(blobs[i]);
	}
}

static void
spool_begins_another_shared_file_when_one_is_full(void **state)
{
	enum { N = 300, SIZE = 250000 };
	struct hs_spool *s = hs_spool_new("/tmp");
	struct hs_blob *blobs[N];

	(void)state;
	for (size_t i = 0; i < N; i++)
		blobs[i] = spool_pattern(s, SIZE, (uint8_t)i);
	for (size_t i = 0; i < N; i++) {
		check_pattern(blobs[i], SIZE, (uint8_t)i);
		hs_blob_unref(blobs[i]);
	}
	hs_spool_free(s);
}

static void
spool_names_the_folder_that_it_cannot_use(void **state)
{
	struct hs_spool *s = hs_spool_new("/nowhere/at/all");
	struct hs_spool_writer w;
	struct hs_blob *blob;
	struct hs_err err;

	(void)state;
	hs_spool_begin(&w, s);
	assert_int_equal(hs_spool_took(&w, 10, &err), 0);
	assert_int_equal(hs_spool_end(&w, &blob, &err), HS_EIO);
	assert_non_null(strstr(err.text, "/nowhere/at/all"));
	hs_spool_drop(&w);
	hs_spool_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spool_gives_back_what_was_written_whatever_its_size),
		cmocka_unit_test(spool_begins_another_shared_file_when_one_is_full),
		cmocka_unit_test(spool_names_the_folder_that_it_cannot_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
