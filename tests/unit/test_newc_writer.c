/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "enclave/newc_writer.h"
#include "newc_text.h"

#include <sys/stat.h>

static void
check_starts(struct hs_span whole, struct hs_span want)
{
	assert_true(whole.len >= want.len);
	assert_memory_equal(whole.at, want.at, want.len);
}

static void
newc_writes_headers_as_gocpio_does(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_pieces out = { .arena = &arena };
	struct hs_newc_writer w;
	struct hs_span whole;

	(void)state;
	hs_newc_begin(&w, &out);
	hs_newc_add(&w, &(struct hs_newc_entry){ .name = HS_SPAN("ab"),
	                                         .type = S_IFREG,
	                                         .permissions = 04755,
	                                         .uid = 10,
	                                         .gid = 11,
	                                         .mtime = 0x1234,
	                                         .data = HS_SPAN("hello") });
	hs_newc_end(&w);
	whole = newc_joined(&arena, &out);
	assert_int_equal(whole.len, 512);
	check_starts(whole, HS_SPAN("070701000002d1000089ed0000000a0000000b0000000100001234"
	                            "00000005000000030000000100000000000000000000000300000000"
	                            "ab\0\0\0\0hello\0\0\0"
	                            "070701000002d2000000000000000000000000000000010000000000000000"
	                            "000000030000000100000000000000000000000b00000000TRAILER!!!"));
	assert_string_equal(newc_text(&arena, &out), "104755 10:11 4660 ab = hello\n");
}

static void
newc_writes_each_type(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_pieces out = { .arena = &arena };
	struct hs_newc_writer w;

	(void)state;
	hs_newc_begin(&w, &out);
	hs_newc_add(&w, &(struct hs_newc_entry){
				.name = HS_SPAN("d"), .type = S_IFDIR, .permissions = 01777 });
	hs_newc_add(&w, &(struct hs_newc_entry){ .name = HS_SPAN("l"),
	                                         .type = S_IFLNK,
	                                         .permissions = 0777,
	                                         .data = HS_SPAN("to/it") });
	hs_newc_add(&w, &(struct hs_newc_entry){ .name = HS_SPAN("c\xc3\xa9"),
	                                         .type = S_IFCHR,
	                                         .permissions = 0600,
	                                         .rdev_major = 1,
	                                         .rdev_minor = 3 });
	hs_newc_add(&w,
	            &(struct hs_newc_entry){
			    .name = HS_SPAN("b"), .type = S_IFBLK, .rdev_major = 8, .mtime = -5 });
	hs_newc_add(&w, &(struct hs_newc_entry){ .name = HS_SPAN("p"), .type = S_IFIFO });
	hs_newc_end(&w);
	assert_string_equal(newc_text(&arena, &out), "041777 0:0 0 d\n"
	                                             "120777 0:0 0 l -> to/it\n"
	                                             "020600 0:0 0 c\xc3\xa9 1:3\n"
	                                             "060000 0:0 -5 b 8:0\n"
	                                             "010000 0:0 0 p\n");
}

static void
newc_lets_numbers_run_over_their_fields_as_go_does(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_pieces out = { .arena = &arena };
	struct hs_newc_writer w;
	struct hs_span whole;

	(void)state;
	hs_newc_begin(&w, &out);
	hs_newc_add(&w, &(struct hs_newc_entry){ .name = HS_SPAN("a"),
	                                         .type = S_IFREG,
	                                         .uid = -1,
	                                         .gid = INT64_C(0x123456789),
	                                         .mtime = INT64_MIN,
	                                         .data = HS_SPAN("x") });
	hs_newc_end(&w);
	whole = newc_joined(&arena, &out);
	/* 110 + 1 + 9 bytes of header and 2 of name are filled to 124. */
	check_starts(whole, HS_SPAN("070701000002d100008000-000000112345678900000001"
	                            "-80000000000000000000000100000003000000010000000000000000"
	                            "0000000200000000a\0\0\0x\0\0\0"
	                            "070701000002d2"));
	assert_int_equal(whole.len % 512, 0);
}

static void
newc_counts_from_where_it_began(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_pieces out = { .arena = &arena };
	struct hs_newc_writer w;

	(void)state;
	hs_pieces_add(&out, HS_SPAN("!"));
	hs_newc_begin(&w, &out);
	hs_newc_end(&w);
	assert_int_equal(out.size, 513);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(newc_writes_headers_as_gocpio_does),
		cmocka_unit_test(newc_writes_each_type),
		cmocka_unit_test(newc_lets_numbers_run_over_their_fields_as_go_does),
		cmocka_unit_test(newc_counts_from_where_it_began),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
