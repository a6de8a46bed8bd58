/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_tar.h"
#include "canon/canonical_layer.h"

static const struct hs_canon how = { HS_LIKE_GGCR, true, 5 };

static int
collect(void *ctx, struct hs_span bytes, struct hs_err *err)
{
	(void)err;
	hs_build_put(ctx, bytes);
	return 0;
}

static int
take_no_more(void *ctx, struct hs_span bytes, struct hs_err *err)
{
	(void)ctx;
	(void)bytes;
	return hs_fail(err, HS_EIO, "full");
}

static void
layer_gives_the_bytes_that_it_hashes(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 }, out = { 0 };
	struct hs_canonical_layer l = {
		.how = &how, .sink = collect, .ctx = &out, .arena = &arena
	};
	struct hs_sha256 diff_id, want;
	struct hs_run run;
	struct hs_err err;

	(void)state;
	start_run(&run, 1);
	hs_build_tar_file(&b, "motd", "hello\n");
	hs_build_tar_end(&b);
	hs_build_fill(&b, 'x', 512);
	l.run = &run;
	l.layer = hs_build_span(&b);
	assert_int_equal(hs_canonical_layer_make(&l, &err), 0);
	want = hs_sha256(hs_build_span(&out));
	assert_memory_equal(&l.diff_id, &want, sizeof(want));
	assert_int_equal(l.size, out.len);
	assert_int_equal(out.len, 4 * 512);
	assert_int_equal(l.n_losses, 1);
	assert_int_equal(hs_rewrite_diff_id(&diff_id, &run, l.layer, &how, &err), 0);
	assert_memory_equal(&l.diff_id, &diff_id, sizeof(diff_id));
	hs_build_release(&b);
	hs_build_release(&out);
	hs_run_release(&run);
}

static void
layer_goes_to_the_spool_whatever_its_size(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 }, content = { 0 };
	struct hs_canonical_layer l = { .how = &how, .arena = &arena };
	struct hs_blob *blob;
	struct hs_sha256 got;
	struct hs_run run;
	struct hs_err err;

	(void)state;
	start_run(&run, 1);
	hs_build_fill(&content, 'y', (3 << 20) + 7);
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){ .name = "big", .data = hs_build_span(&content) });
	hs_build_tar_end(&b);
	l.run = &run;
	l.layer = hs_build_span(&b);
	assert_int_equal(hs_canonical_layer_spool(&blob, &l, &err), 0);
	got = hs_sha256(blob->bytes);
	assert_memory_equal(&l.diff_id, &got, sizeof(got));
	assert_int_equal(l.size, blob->bytes.len);
	hs_blob_unref(blob);
	hs_build_release(&b);
	hs_build_release(&content);
	hs_run_release(&run);
}

static void
layer_passes_errors_on(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 };
	struct hs_canonical_layer l = { .how = &how, .sink = take_no_more, .arena = &arena };
	struct hs_blob *blob;
	struct hs_run run;
	struct hs_err err;

	(void)state;
	start_run(&run, 1);
	hs_build_tar_file(&b, "motd", "hello\n");
	hs_build_tar_end(&b);
	l.run = &run;
	l.layer = hs_build_span(&b);
	assert_int_equal(hs_canonical_layer_make(&l, &err), HS_EIO);
	assert_string_equal(err.text, "full");
	l.layer = hs_span_head(l.layer, 514);
	assert_int_equal(hs_canonical_layer_spool(&blob, &l, &err), HS_EFORMAT);
	hs_build_release(&b);
	hs_run_release(&run);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(layer_gives_the_bytes_that_it_hashes),
		cmocka_unit_test(layer_goes_to_the_spool_whatever_its_size),
		cmocka_unit_test(layer_passes_errors_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
