/* SPDX-License-Identifier: Apache-2.0 */
#include "build_fdt.h"
#include "check_archive.h"
#include "compared.h"
#include "expanded.h"
#include "unit.h"

#define BOARD                                                                                      \
	"{ model=board soc{ uart@1000{ reg:0000100000000010 interrupts:0a enabled; } } ~ "         \
	"images{ kernel{ data=Linux } } }"

static void
device_tree_wins_its_bid_and_says_its_properties(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_fdt(&a, BOARD);
	struct expanded o;
	int rc;

	(void)state;
	check_archive_wins(&hs_comparator_device_tree, file);
	expanded_init(&o, &hs_comparator_device_tree, file, NULL);
	assert_string_equal(expanded_text(&o),
	                    "version: 17\nlast compatible version: 16\nboot processor: 0x0\n"
	                    "reserved memory: 0x8000, 0x100 bytes\nsize: 278\n"
	                    "/ model: \"board\"\nnode: /soc\nnode: /soc/uart@1000\n"
	                    "/soc/uart@1000 reg: <0x1000 0x10>\n"
	                    "/soc/uart@1000 interrupts: sha256:"
	                    "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b, "
	                    "1 bytes\n"
	                    "/soc/uart@1000 enabled: set\nnode: /images\nnode: /images/kernel\n");
	assert_string_equal(expanded_keys(&o), "images/kernel\n");
	assert_true(hs_span_equal(expanded_content(&o, expanded_entry(&o, "images/kernel"), &rc),
	                          HS_SPAN("Linux\0")));
	expanded_release(&o);
}

static void
device_tree_differs_by_property(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_compared(build_fdt(&a, "{ a=x n{ b:00000001 } }"),
	               build_fdt(&a, "{ a=y n{ b:00000002 } m{ } }"),
	               "content  [dtb dtb] / a:\"x\">\"y\"; node:->/m; /n b:<0x1>><0x2>;\n");
}

static void
device_tree_tells_what_is_behind_it(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_fdt(&a, "{ a=x }");
	uint8_t *at = hs_arena_alloc(&a, file.len + 4);
	struct expanded o;

	(void)state;
	memcpy(at, file.at, file.len);
	memcpy(at + file.len, "more", 4);
	expanded_init(&o, &hs_comparator_device_tree, (struct hs_span){ at, file.len + 4 }, NULL);
	assert_string_equal(expanded_keys(&o), "(behind the tree)\n");
	expanded_release(&o);
}

static void
device_tree_without_its_end_is_damaged(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_fdt(&a, BOARD);

	(void)state;
	check_archive_truncations(&hs_comparator_device_tree, file, 1, file.len);
}

static void
device_tree_survives_any_byte(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_archive_survives(&hs_comparator_device_tree, build_fdt(&a, BOARD), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(device_tree_wins_its_bid_and_says_its_properties),
		cmocka_unit_test(device_tree_differs_by_property),
		cmocka_unit_test(device_tree_tells_what_is_behind_it),
		cmocka_unit_test(device_tree_without_its_end_is_damaged),
		cmocka_unit_test(device_tree_survives_any_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
