/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/blob.h"

#include <stdio.h>
#include <unistd.h>

static void
blob_parts_keep_the_whole_alive(void **state)
{
	uint8_t *heap = hs_alloc(8);
	struct hs_blob *whole, *part;
	struct hs_content c;

	(void)state;
	memcpy(heap, "contents", 8);
	whole = hs_blob_of_heap(heap, 8);
	part = hs_blob_part(whole, hs_span_head(whole->bytes, 3));
	c = hs_content_of(part, part->bytes);
	hs_blob_unref(whole);
	hs_blob_unref(part);
	assert_span(c.bytes, "con");
	hs_content_release(&c);
	assert_null(c.blob);
	hs_blob_unref(hs_blob_ref(NULL));
}

static void
blob_digest_is_taken_where_it_is_known_and_only_of_the_whole(void **state)
{
	struct hs_blob *b = hs_blob_of_heap(strdup("abc"), 3);
	const struct hs_content whole = { .blob = b, .bytes = b->bytes },
				part = { .blob = b, .bytes = hs_span_head(b->bytes, 2) };
	const struct hs_sha256 want = hs_sha256(HS_SPAN("ab"));
	struct hs_sha256 got = hs_content_sha256(&part);

	(void)state;
	b->has_sha256 = true;
	memset(&b->sha256, 7, sizeof(b->sha256));
	assert_memory_equal(&got, &want, sizeof(got));
	got = hs_content_sha256(&whole);
	assert_memory_equal(&got, &b->sha256, sizeof(got));
	hs_blob_unref(b);
}

static void
blob_maps_files_and_knows_the_empty_one(void **state)
{
	FILE *file = tmpfile();
	struct hs_blob *b;
	struct hs_err err;

	(void)state;
	assert_non_null(file);
	assert_int_equal(hs_blob_map(&b, fileno(file), 0, &err), 0);
	assert_int_equal(b->bytes.len, 0);
	hs_blob_unref(b);
	fputs("mapped", file);
	fflush(file);
	assert_int_equal(hs_blob_map(&b, fileno(file), 6, &err), 0);
	fclose(file);
	assert_span(b->bytes, "mapped");
	hs_blob_unref(b);
	assert_int_equal(hs_blob_map(&b, -1, 6, &err), HS_EIO);
	assert_int_equal(hs_blob_map(&b, -1, UINT64_MAX, &err), HS_ELIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blob_parts_keep_the_whole_alive),
		cmocka_unit_test(blob_digest_is_taken_where_it_is_known_and_only_of_the_whole),
		cmocka_unit_test(blob_maps_files_and_knows_the_empty_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
