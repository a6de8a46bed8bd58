/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_tar.h"
#include "enclave/ramdisk.h"
#include "newc_text.h"

#include <stdlib.h>

static void
customer_of_the_shared_streams_is_what_linuxkit_wrote(void **state)
{
	static const char *const names[] = { "full", "nodev" };
	struct hs_run run;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_export e = { .arena = &arena };
		struct hs_pieces out = { .arena = &arena };
		const struct hs_ramdisk_customer c = { .rootfs = &e,
			                               .cmd = shared_file(&arena, "eif/cmd"),
			                               .env = shared_file(&arena, "eif/env") };
		const char *tar = hs_arena_printf(&arena, "eif/%s.tar", names[i]);
		const char *want = hs_arena_printf(&arena, "eif/out-%s-initrd.img", names[i]);
		struct hs_err err;

		start_run(&run, 1);
		assert_int_equal(
			hs_export_of_tar(&e, &run,
		                         (struct hs_content){ .bytes = shared_file(&arena, tar) },
		                         &err),
			0);
		assert_int_equal(hs_ramdisk_customer(&out, &c, &err), 0);
		assert_true(hs_span_equal(newc_joined(&arena, &out), shared_file(&arena, want)));
		hs_export_release(&e);
		hs_run_release(&run);
	}
}

struct exported {
	struct hs_arena arena;
	struct hs_run run;
	struct hs_export out;
	struct hs_err err;
	uint8_t *copy;
	int rc;
};

/* Of a beginning of what was built, in a block of just that size. */
static void
export_head(struct exported *x, struct hs_span whole, size_t len)
{
	const struct hs_span stream = exact_copy(whole, len);

	*x = (struct exported){ .arena = { 0 } };
	start_run(&x->run, 1);
	x->copy = (uint8_t *)(uintptr_t)stream.at;
	x->out.arena = &x->arena;
	x->rc = hs_export_of_tar(&x->out, &x->run, (struct hs_content){ .bytes = stream }, &x->err);
}

static void
export_built(struct exported *x, struct hs_build *b)
{
	hs_build_tar_end(b);
	export_head(x, hs_build_span(b), b->len);
	hs_build_release(b);
}

static void
end(struct exported *x)
{
	hs_export_release(&x->out);
	hs_run_release(&x->run);
	hs_arena_release(&x->arena);
	free(x->copy);
}

static void
entries_are_what_go_reads(void **state)
{
	const char *long_name = "a/0123456789012345678901234567890123456789012345678901234567890"
				"12345678901234567890123456789012345678901234567890123456789";
	struct hs_build b = { 0 }, records = { 0 };
	const struct hs_export_entry *e;
	struct exported x;

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "bin/",
	                                               .type = '5',
	                                               .mode = 01777,
	                                               .uid = 1,
	                                               .gid = 2,
	                                               .mtime = 3 });
	hs_build_pax_record(&records, "mtime", HS_SPAN("-1.25"));
	hs_build_pax_record(&records, "path", hs_span_of(long_name));
	hs_build_pax_record(&records, "SCHILY.xattr.security.capability", HS_SPAN("\1"));
	hs_build_pax_record(&records, "SCHILY.xattr.user.x", HS_SPAN("y"));
	hs_build_tar_extension(&b, 'x', hs_build_span(&records));
	hs_build_tar_entry(&b, &(struct hs_build_tar){
				       .name = "a", .mode = 0104755, .data = HS_SPAN("hello") });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "h", .type = '1', .link = "bin" });
	hs_build_tar_entry(&b, &(struct hs_build_tar){
				       .name = "c", .type = '3', .dev_major = 5, .dev_minor = 1 });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "odd", .type = '7' });
	export_built(&x, &b);
	hs_build_release(&records);
	assert_int_equal(x.rc, 0);
	assert_int_equal(x.out.n, 5);
	e = x.out.entries;
	assert_span(e[0].name, "bin/");
	assert_int_equal(e[0].kind, HS_KIND_DIR);
	assert_int_equal(e[0].mode, 01777);
	assert_int_equal(e[0].uid * 100 + e[0].gid * 10 + e[0].mtime, 123);
	assert_span(e[1].name, long_name);
	assert_span(e[1].bytes, "hello");
	assert_int_equal(e[1].mode, 04755);
	assert_int_equal(e[1].mtime, -2);
	assert_int_equal(e[2].kind, HS_KIND_HARDLINK);
	assert_span(e[2].link, "bin");
	assert_int_equal(e[3].dev_major * 10 + e[3].dev_minor, 51);
	assert_int_equal(e[4].kind, HS_KIND_OTHER);
	assert_int_equal(x.out.remarks.kinds[HS_RAMDISK_LOST_CAPABILITY].n, 1);
	assert_int_equal(x.out.remarks.kinds[HS_RAMDISK_LOST_XATTR].n, 1);
	end(&x);
}

static void
a_sparse_file_is_dense(void **state)
{
	struct hs_build b = { 0 }, records = { 0 };
	struct exported x;

	(void)state;
	hs_build_pax_record(&records, "GNU.sparse.major", HS_SPAN("0"));
	hs_build_pax_record(&records, "GNU.sparse.minor", HS_SPAN("1"));
	hs_build_pax_record(&records, "GNU.sparse.size", HS_SPAN("12"));
	hs_build_pax_record(&records, "GNU.sparse.numblocks", HS_SPAN("2"));
	hs_build_pax_record(&records, "GNU.sparse.map", HS_SPAN("2,3,7,1"));
	hs_build_tar_extension(&b, 'x', hs_build_span(&records));
	hs_build_tar_file(&b, "s", "abcd");
	export_built(&x, &b);
	hs_build_release(&records);
	assert_int_equal(x.rc, 0);
	assert_int_equal(x.out.entries[0].bytes.len, 12);
	assert_memory_equal(x.out.entries[0].bytes.at, "\0\0abc\0\0d\0\0\0\0", 12);
	end(&x);
}

static void
what_go_refuses_to_write_is_marked(void **state)
{
	struct hs_build b = { 0 };
	struct exported x;

	(void)state;
	hs_build_tar_file(&b, "good", "");
	hs_build_tar_record(&b, 'g', "comment", "x");
	hs_build_tar_file(&b, "folder/", "x");
	export_built(&x, &b);
	assert_int_equal(x.rc, 0);
	assert_int_equal(x.out.n, 3);
	assert_null(x.out.entries[0].refused);
	assert_string_equal(x.out.entries[1].refused, "it is a pax global header");
	assert_string_equal(x.out.entries[2].refused,
	                    "cannot encode header: filename may not have trailing slash");
	end(&x);
}

static void
an_end_that_is_none_is_remarked(void **state)
{
	static const char *const texts[] = {
		"stream-end: the stream has no end marker: it may be cut\n",
		"",
		"stream-end: 1 bytes behind the end marker of the stream are not read\n",
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct hs_build b = { 0 };
		struct exported x;

		hs_build_tar_file(&b, "a", "x");
		if (i)
			hs_build_tar_end(&b);
		if (i == 2)
			hs_build_text(&b, "!");
		export_head(&x, hs_build_span(&b), b.len);
		hs_build_release(&b);
		assert_int_equal(x.rc, 0);
		assert_string_equal(remarks_text(&x.arena, &x.out.remarks), texts[i]);
		end(&x);
	}
}

static void
claims_of_sizes_end_at_limits(void **state)
{
	struct hs_build b = { 0 };
	struct exported x;

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "d/", .type = '5', .size = 9 });
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){ .name = "p", .type = '6', .size = UINT64_C(1) << 32 });
	export_built(&x, &b);
	assert_int_equal(x.rc, HS_ELIMIT);
	assert_string_equal(x.err.text, "p: an entry of a type without data claims 4294967296 "
	                                "bytes (HS_MAX_NAME)");
	assert_int_equal(x.out.entries[0].bytes.len, 9);
	assert_true(hs_span_is_zero(x.out.entries[0].bytes));
	end(&x);
}

/* Where Go finds no fault: between entries, and where nothing but padding is missing. */
static bool
is_whole(size_t len)
{
	const size_t record = 512 + 110, content = 1024 + 512 + 12;

	return len == 0 || (len >= record && len <= 1024) || (len >= content && len <= 2048) ||
	       len == 2560;
}

static void
each_truncation_is_read_or_refused(void **state)
{
	struct hs_build b = { 0 };
	const char *name = "a name that is longer than the hundred bytes that stand in a header of "
			   "an archive and so is a record";

	(void)state;
	hs_build_tar_record(&b, 'x', "path", name);
	hs_build_tar_file(&b, "a", "some content");
	hs_build_tar_file(&b, "b", "");
	for (size_t len = 0; len <= b.len; len++) {
		struct exported x;

		export_head(&x, hs_build_span(&b), len);
		assert_int_equal(x.rc, is_whole(len) ? 0 : HS_EFORMAT);
		end(&x);
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_what_go_reads),
		cmocka_unit_test(a_sparse_file_is_dense),
		cmocka_unit_test(what_go_refuses_to_write_is_marked),
		cmocka_unit_test(an_end_that_is_none_is_remarked),
		cmocka_unit_test(claims_of_sizes_end_at_limits),
		cmocka_unit_test(each_truncation_is_read_or_refused),
		cmocka_unit_test(customer_of_the_shared_streams_is_what_linuxkit_wrote),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
