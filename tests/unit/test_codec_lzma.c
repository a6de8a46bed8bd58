/* SPDX-License-Identifier: Apache-2.0 */
#include "core/codec.h"

#include "build_stream.h"
#include "one_run.h"
#include "unit.h"

#include <stdlib.h>

/* Without liblzma's own headers libarchive decodes, and tells less of what it met. */
static void
need_liblzma(void)
{
	if (!HS_WITH_LZMA)
		skip();
}

static void
padding_between_streams_is_theirs_and_behind_them_is_not(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span one = build_stream(&arena, HS_CODEC_XZ, HS_SPAN("one "));
	const struct hs_span padded = build_joined(&arena, one, HS_SPAN("\0\0\0\0\0\0\0\0"));
	const struct hs_span odd = build_joined(&arena, one, HS_SPAN("\0\0\0"));
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	need_liblzma();
	assert_int_equal(hs_inflate(&out, HS_CODEC_XZ,
	                            build_joined(&arena, build_joined(&arena, padded, one),
	                                         HS_SPAN("\0\0\0\0")),
	                            &one_run, &err),
	                 0);
	assert_span(out.blob->bytes, "one one ");
	assert_int_equal(out.n_streams, 2);
	assert_int_equal(out.consumed, 2 * one.len + 8);
	hs_blob_unref(out.blob);
	assert_int_equal(
		hs_inflate(&out, HS_CODEC_XZ, build_joined(&arena, odd, one), &one_run, &err), 0);
	assert_int_equal(out.n_streams, 1);
	assert_int_equal(out.consumed, one.len);
	hs_blob_unref(out.blob);
}

static void
a_dictionary_past_the_limit_is_refused(void **state)
{
	struct hs_inflated out;
	struct hs_err err;

	(void)state;
	need_liblzma();
	/* A dictionary of 3 GiB, by properties that are plausible. */
	assert_int_equal(
		hs_inflate(&out, HS_CODEC_LZMA,
	                   HS_SPAN("\x5d\0\0\0\xc0\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0\0"),
	                   &one_run, &err),
		HS_ELIMIT);
	assert_string_equal(err.text, "the dictionary of the lzma stream is too large");
	assert_null(out.blob);
}

static void
what_is_wrong_is_told(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span packed = build_stream(&arena, HS_CODEC_XZ, HS_SPAN("content"));
	struct hs_inflated out;
	struct hs_err err;
	uint8_t *copy;

	(void)state;
	need_liblzma();
	assert_int_equal(hs_inflate(&out, HS_CODEC_XZ, HS_SPAN("no stream at all"), &one_run, &err),
	                 HS_EFORMAT);
	assert_string_equal(err.text, "no xz header at offset 0");
	copy = build_exact(packed);
	copy[packed.len - 1] ^= 1; /* the magic of the footer: all content is there */
	assert_int_equal(
		hs_inflate(&out, HS_CODEC_XZ, (struct hs_span){ copy, packed.len }, &one_run, &err),
		HS_EFORMAT);
	assert_span(out.blob->bytes, "content");
	hs_blob_unref(out.blob);
	free(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(padding_between_streams_is_theirs_and_behind_them_is_not),
		cmocka_unit_test(a_dictionary_past_the_limit_is_refused),
		cmocka_unit_test(what_is_wrong_is_told),
	};

	return cmocka_run_group_tests(tests, one_run_setup, one_run_teardown);
}
