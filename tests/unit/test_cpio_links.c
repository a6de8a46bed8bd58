/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/cpio_links.h"

#include "build_cpio.h"
#include "expanded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void
add(struct build_cpio *b, const char *name, uint64_t ino, const char *data)
{
	build_cpio_add(b, &(struct build_cpio_member){ .name = name,
	                                               .mode = 0100644,
	                                               .ino = ino,
	                                               .nlink = 3,
	                                               .data = hs_span_of(data) });
}

static void
names_of_one_inode_share_the_data_of_the_last(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct expanded x;
	int rc;

	(void)state;
	add(&b, "one", 7, "");
	add(&b, "else", 8, "other");
	add(&b, "two", 7, "");
	add(&b, "three", 7, "shared");
	build_cpio_end(&b);
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(x.rc, 0);
	assert_true(hs_span_is(expanded_content(&x, expanded_entry(&x, "one"), &rc), "shared"));
	assert_true(hs_span_is(expanded_content(&x, expanded_entry(&x, "two"), &rc), "shared"));
	assert_true(hs_span_is(expanded_content(&x, expanded_entry(&x, "else"), &rc), "other"));
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "one"), "hard link to"), "");
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "two"), "hard link to"), "one");
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "three"), "hard link to"), "one");
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "two"), "size"), "6");
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "two"), "stored size"), "0");
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "two"), "type"), "file");
	expanded_release(&x);
	hs_arena_release(&arena);
}

/* Heads are equal only when the names that two links point to are. */
static void
another_first_name_makes_another_head(void **state)
{
	struct hs_arena arena = { 0 };
	struct expanded x[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };

		add(&b, i ? "uno" : "one", 7, "");
		add(&b, "two", 7, "shared");
		build_cpio_end(&b);
		expanded_init(&x[i], &hs_comparator_cpio, b.out.bytes, NULL);
	}
	assert_false(hs_span_equal(expanded_entry(&x[0], "two")->head,
	                           expanded_entry(&x[1], "two")->head));
	expanded_release(&x[0]);
	expanded_release(&x[1]);
	hs_arena_release(&arena);
}

static void
inodes_of_other_archives_and_devices_are_others(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_NEWC };
	struct expanded x;

	(void)state;
	add(&b, "one", 7, "");
	build_cpio_add(&b, &(struct build_cpio_member){ .name = "far",
	                                                .mode = 0100644,
	                                                .ino = 7,
	                                                .nlink = 2,
	                                                .dev_minor = 1,
	                                                .data = HS_SPAN("far") });
	build_cpio_end(&b);
	add(&b, "two", 7, "data");
	build_cpio_end(&b);
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_int_equal(expanded_entry(&x, "one")->bytes.len, 0);
	assert_null(expanded_entry(&x, "[2]/two")->more);
	expanded_release(&x);
	hs_arena_release(&arena);
}

/* A 16-bit inode number comes round again: data of one's own are kept, strangers not linked. */
static void
names_with_other_data_of_their_own_are_strangers(void **state)
{
	struct hs_arena arena = { 0 };
	struct build_cpio b = { .out.arena = &arena, .dialect = HS_CPIO_BIN_LE };
	struct expanded x;

	(void)state;
	add(&b, "one", 7, "1");
	add(&b, "two", 7, "2");
	add(&b, "three", 7, "1");
	build_cpio_end(&b);
	expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "two"), "hard link to"), "");
	assert_string_equal(expanded_fact(&x, expanded_entry(&x, "three"), "hard link to"), "one");
	assert_true(hs_span_is(expanded_entry(&x, "two")->bytes, "2"));
	expanded_release(&x);
	hs_arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_one_inode_share_the_data_of_the_last),
		cmocka_unit_test(another_first_name_makes_another_head),
		cmocka_unit_test(inodes_of_other_archives_and_devices_are_others),
		cmocka_unit_test(names_with_other_data_of_their_own_are_strangers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
