/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "golang/go_block.h"
#include "golang/go_tar.h"

static struct hs_span
letters(struct hs_arena *a, size_t n)
{
	uint8_t *const at = hs_arena_alloc(a, n);

	memset(at, 'n', n);
	return (struct hs_span){ at, n };
}

static struct hs_span
written(struct hs_arena *a, const struct hs_go_header *h)
{
	struct hs_span out = HS_SPAN("");
	struct hs_err err;

	if (hs_go_write(&out, a, h, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(out.len % HS_TAR_BLOCK, 0);
	return out;
}

static const struct hs_go_header plain = {
	.typeflag = '0',
	.name = { (const uint8_t *)"f", 1 },
	.mode = 0644,
	.mtime = { .at = { .sec = 1 }, .set = true },
};

static void
a_plain_entry_is_one_block(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span out = written(&arena, &plain);

	(void)state;
	assert_int_equal(out.len, 512);
	assert_memory_equal(out.at + 100,
	                    "0000644\0000000000\0000000000\00000000000000\000"
	                    "00000000001\0",
	                    48);
	assert_memory_equal(out.at + 148, "007344\0 0", 9);
	assert_memory_equal(out.at + 257, "ustar\00000", 8);
	assert_memory_equal(out.at + 329, "0000000\0000000000\0\0", 17);
}

static void
a_number_without_room_makes_a_record_or_base_256(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = plain;
	struct hs_span out;

	(void)state;
	h.uid = 1 << 21;
	out = written(&arena, &h);
	assert_int_equal(out.len, 1536);
	assert_memory_equal(out.at, "PaxHeaders.0/f\0", 15);
	assert_memory_equal(out.at + 100, "0000000\0", 8);
	assert_memory_equal(out.at + 156, "x\0", 2);
	assert_memory_equal(out.at + 329, "\0\0\0\0\0\0\0\0", 8);
	assert_memory_equal(out.at + 512, "15 uid=2097152\n\0", 16);
	assert_memory_equal(out.at + 1024 + 108, "0000000\0", 8);
	h.format = HS_GO_GNU;
	out = written(&arena, &h);
	assert_int_equal(out.len, 512);
	assert_memory_equal(out.at + 108, "\x80\0\0\0\0\x20\0\0", 8);
	assert_memory_equal(out.at + 257, "ustar  \0", 8);
}

static void
gnu_writes_long_names_and_times_that_are_set(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = plain;
	struct hs_span out;

	(void)state;
	h.format = HS_GO_GNU;
	h.name = letters(&arena, 512);
	h.link = letters(&arena, 511);
	h.atime = (struct hs_go_tar_time){ .at = { .sec = -1 }, .set = true };
	out = written(&arena, &h);
	assert_int_equal(out.len, 512 + 1024 + 512 + 512 + 512);
	assert_memory_equal(out.at, "././@LongLink\0", 14);
	assert_memory_equal(out.at + 124, "00000001001\0", 12);
	assert_int_equal(out.at[156], 'L');
	assert_int_equal(out.at[1536 + 156], 'K');
	assert_memory_equal(out.at + 1536 + 124, "00000001000\0", 12);
	assert_memory_equal(out.at + 2560 + 345,
	                    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0", 13);
}

/* The year 1 is no time: nothing says of it, and the field is 0. */
static void
a_zero_time_is_written_as_1970(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = plain;
	struct hs_span out;

	(void)state;
	h.format = HS_GO_PAX;
	h.mtime = (struct hs_go_tar_time){ .at = { .sec = INT64_C(-62135596800) }, .set = true };
	h.atime = h.mtime;
	out = written(&arena, &h);
	assert_int_equal(out.len, 512);
	assert_memory_equal(out.at + 136, "00000000000\0", 12);
	h.atime.at.nsec = 1;
	out = written(&arena, &h);
	assert_int_equal(out.len, 1536);
	assert_memory_equal(out.at + 512, "32 atime=-62135596799.999999999\n\0", 33);
}

static void
without_a_format_times_lose_their_fractions(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = plain;
	struct hs_span out;

	(void)state;
	h.mtime.at.nsec = 500000000;
	h.atime = h.ctime = h.mtime;
	out = written(&arena, &h);
	assert_int_equal(out.len, 512);
	assert_memory_equal(out.at + 136, "00000000002\0", 12);
	h.format = HS_GO_PAX;
	out = written(&arena, &h);
	assert_memory_equal(out.at + 512, "13 atime=1.5\n13 ctime=1.5\n13 mtime=1.5\n\0", 40);
	h.format = HS_GO_USTAR;
	h.atime = h.ctime = (struct hs_go_tar_time){ .set = false };
	out = written(&arena, &h);
	assert_memory_equal(out.at + 136, "00000000001\0", 12);
}

static void
an_old_type_is_written_as_a_new_one(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header h = plain;

	(void)state;
	h.typeflag = 0;
	assert_int_equal(written(&arena, &h).at[156], '0');
	h.name = HS_SPAN("d/");
	assert_int_equal(written(&arena, &h).at[156], '5');
}

static void
a_global_header_has_a_name_of_its_own(void **state)
{
	const struct hs_go_record comment = { HS_SPAN("comment"), HS_SPAN("c") };
	const struct hs_go_header h = { .typeflag = 'g', .records = &comment, .n_records = 1 };
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_header named = h;
	struct hs_span out = written(&arena, &h);

	(void)state;
	assert_int_equal(out.len, 1024);
	assert_memory_equal(out.at, "GlobalHead.0.0\0", 15);
	assert_memory_equal(out.at + 512, "13 comment=c\n\0", 14);
	named.name = HS_SPAN("x");
	named.n_records = 0;
	out = written(&arena, &named);
	assert_int_equal(out.len, 512);
	assert_memory_equal(out.at, "x\0", 2);
}

static void
records_past_the_limit_are_refused(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_go_record big = { HS_SPAN("comment"), letters(&arena, (1 << 20) - 17) };
	struct hs_go_header h = plain;
	struct hs_span out;
	struct hs_err err;

	(void)state;
	h.records = &big;
	h.n_records = 1;
	assert_int_equal(hs_go_write(&out, &arena, &h, &err), 0);
	assert_int_equal(out.len, 512 + (1 << 20) + 512);
	big.value = letters(&arena, (1 << 20) - 16);
	assert_int_equal(hs_go_write(&out, &arena, &h, &err), HS_EUSAGE);
	assert_string_equal(err.text, "header field too long");
}

static void
the_end_is_two_zero_blocks(void **state)
{
	(void)state;
	assert_int_equal(hs_go_end.len, 1024);
	assert_true(hs_span_is_zero(hs_go_end));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_entry_is_one_block),
		cmocka_unit_test(a_number_without_room_makes_a_record_or_base_256),
		cmocka_unit_test(gnu_writes_long_names_and_times_that_are_set),
		cmocka_unit_test(a_zero_time_is_written_as_1970),
		cmocka_unit_test(without_a_format_times_lose_their_fractions),
		cmocka_unit_test(an_old_type_is_written_as_a_new_one),
		cmocka_unit_test(a_global_header_has_a_name_of_its_own),
		cmocka_unit_test(records_past_the_limit_are_refused),
		cmocka_unit_test(the_end_is_two_zero_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
