/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/kernel/kernel_parts.h"

#include "core/escape.h"
#include "unit.h"

#include <inttypes.h>

/* A line "KEY BYTES" for each entry. */
static const char *
list(struct hs_arena *a, struct hs_kernel_parts *p)
{
	struct hs_tree tree;
	struct hs_run run;
	struct hs_err err;
	const char *text = "";

	start_run(&run, 1);
	hs_tree_init(&tree, &run, hs_pool_main(run.pool), NULL);
	assert_int_equal(hs_parts_list(p, &tree, &err), 0);
	for (size_t i = 0; i < tree.n_entries; i++)
		text = hs_arena_printf(a, "%s%.*s %.*s\n", text, (int)tree.entries[i].key.len,
		                       (const char *)tree.entries[i].key.at,
		                       (int)tree.entries[i].bytes.len,
		                       (const char *)tree.entries[i].bytes.at);
	hs_tree_release(&tree);
	hs_run_release(&run);
	return text;
}

static void
kernel_parts_account_for_each_byte_once(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_kernel_parts p = { .file = HS_SPAN("0123456789abcdefghij") };

	(void)state;
	hs_parts_add(&p, &(struct hs_kernel_part){ .at = 6, .len = 2, .name = "x" });
	hs_parts_told(&p, 0, 2);
	hs_parts_told(&p, 1, 3); /* it overlaps: the first counts */
	hs_parts_region(&p, (struct hs_kernel_region){ 4, 8, ".text", false });
	hs_parts_region(&p, (struct hs_kernel_region){ 15, UINT64_MAX, "headers", true });
	assert_string_equal(list(&arena, &p), "(between the parts) 23\n.text 45\nx 67\n.text 89ab\n"
	                                      "(between the parts) cde\n(headers) fghij\n");
}

static void
kernel_parts_do_without_what_is_not_in_the_file(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_kernel_parts p = { .file = HS_SPAN("0123\0\0\0\0") };

	(void)state;
	hs_parts_add(&p, &(struct hs_kernel_part){ .at = 8, .len = 2, .name = "behind" });
	hs_parts_add(&p, &(struct hs_kernel_part){ .at = UINT64_MAX, .len = 2, .name = "far" });
	hs_parts_add(&p, &(struct hs_kernel_part){ .at = 2, .len = 0, .name = "empty" });
	hs_parts_region(&p, (struct hs_kernel_region){ UINT64_MAX, UINT64_MAX, "far", false });
	hs_parts_region(&p, (struct hs_kernel_region){ 0, 4, "all", false });
	assert_string_equal(list(&arena, &p), "all 0123\n");
}

static void
kernel_parts_beyond_their_number_are_shown_with_what_is_around(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	uint8_t bytes[1000];
	struct hs_kernel_parts p = { .file = { bytes, sizeof(bytes) } };

	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	for (size_t i = 0; i < 900; i++) {
		hs_parts_told(&p, i, 1);
		hs_parts_region(&p, (struct hs_kernel_region){ i, 1, "one", false });
	}
	assert_int_equal(p.n_parts, HS_KERNEL_PARTS);
	assert_int_equal(p.n_regions, HS_KERNEL_REGIONS);
	assert_non_null(strstr(list(&arena, &p), "one x\n(between the parts) xxx"));
}

static void
kernel_packing_goes_by_the_first_bytes(void **state)
{
	static const struct {
		struct hs_span bytes;
		const char *name;
	} rows[] = {
		{ { (const uint8_t *)"\x1f\x8b\x08", 3 }, "gzip" },
		{ { (const uint8_t *)"\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\0", 14 },
		  "lzma" },
		/* Numbers, as a table of types has them. */
		{ { (const uint8_t *)"\x5d\0\0\0\1\0\0\0\2\0\0\0\3\0", 14 }, "" },
		{ { (const uint8_t *)"\x89LZO\0\r\n\x1a\n", 9 }, "lzo" },
		{ { (const uint8_t *)"\x02\x21\x4c\x18", 4 }, "lz4" },
		{ { (const uint8_t *)"\x7f"
		                     "ELF",
		    4 },
		  "" },
		{ { NULL, 0 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_kernel_part part = { 0 };

		hs_kernel_packing(&part, rows[i].bytes);
		assert_string_equal(part.packing, rows[i].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernel_parts_account_for_each_byte_once),
		cmocka_unit_test(kernel_parts_do_without_what_is_not_in_the_file),
		cmocka_unit_test(kernel_parts_beyond_their_number_are_shown_with_what_is_around),
		cmocka_unit_test(kernel_packing_goes_by_the_first_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
