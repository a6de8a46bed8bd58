/* SPDX-License-Identifier: Apache-2.0 */
#include "core/codec.h"

#include "build_stream.h"
#include "one_run.h"
#include "unit.h"

#include <stdlib.h>

static void
streams_are_counted_and_a_lone_magic_is_no_stream(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_BZIP2, HS_SPAN("one "));
	const struct hs_span two = build_joined(&arena, one, one);
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	if (!HS_WITH_BZIP2)
		skip();
	assert_int_equal(hs_inflate(&out, HS_CODEC_BZIP2,
	                            build_joined(&arena, two, HS_SPAN("BZh9 and more")), &one_run,
	                            &err),
	                 0);
	assert_span(out.blob->bytes, "one one ");
	assert_int_equal(out.n_streams, 2);
	assert_int_equal(out.consumed, two.len);
	hs_blob_unref(out.blob);
}

static void
a_wrong_sum_keeps_the_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span packed = build_stream(&arena, HS_CODEC_BZIP2, HS_SPAN("content"));
	uint8_t *copy = build_exact(packed);
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	if (!HS_WITH_BZIP2)
		skip();
	copy[packed.len - 3] ^= 0xff; /* inside the sum of the stream */
	assert_int_equal(hs_inflate(&out, HS_CODEC_BZIP2, (struct hs_span){ copy, packed.len },
	                            &one_run, &err),
	                 HS_EFORMAT);
	assert_non_null(strstr(err.text, "the bzip2 stream is damaged near offset"));
	assert_span(out.blob->bytes, "content");
	hs_blob_unref(out.blob);
	free(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_are_counted_and_a_lone_magic_is_no_stream),
		cmocka_unit_test(a_wrong_sum_keeps_the_content),
	};

	return cmocka_run_group_tests(tests, one_run_setup, one_run_teardown);
}
