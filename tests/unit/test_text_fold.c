/* SPDX-License-Identifier: Apache-2.0 */
#include "build_report.h"
#include "check_text.h"
#include "sinks/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char *
page(struct hs_built *b)
{
	return hs_built_write(b, &hs_sink_text, NULL);
}

static struct hs_node *
add(struct hs_built *b, int i)
{
	return hs_built_add(b, b->root, hs_arena_span(&b->arena, "etc/%02d", i),
	                    HS_STATUS_METADATA);
}

static void
ten_small_differences_are_shown_and_eleven_are_folded(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	for (int i = 0; i < 10; i++)
		hs_built_change(&b, add(&b, i), "mode", "0644", "0600");
	hs_check_has(page(&b), "\nm etc/00  mode: 0644 -> 0600\nm etc/01  mode: 0644 -> 0600\n");
	hs_check_lacks(page(&b), "Left out");
	hs_built_change(&b, add(&b, 10), "mode", "0644", "0600");
	hs_check_has(
		page(&b),
		"\n\nm 11 members: mode differs (etc/00, etc/01, etc/02, etc/03, etc/04, ...)\n"
		"    mode: 0644 -> 0600\n\n"
		"Left out: 11 members folded into 1 line\n");
	hs_built_release(&b);
}

/* A set-uid bit among a thousand harmless modes is what a reader must see. */
static void
another_value_stands_alone(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	for (int i = 0; i < 1000; i++)
		hs_built_change(&b, add(&b, i), "mode", "0644", i == 500 ? "4755" : "0600");
	hs_check_has(page(&b), "m 999 members: mode differs");
	hs_check_has(page(&b), "m etc/500  mode: 0644 -> 4755\n");
	hs_built_release(&b);
}

static void
times_may_vary_within_a_fold(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	for (int i = 0; i < 12; i++) {
		struct hs_node *node = add(&b, i);

		hs_built_change(&b, node, "mode", "0644", "0600");
		hs_built_change(&b, node, "mtime", hs_arena_printf(&b.arena, "%d", i), "99");
	}
	hs_check_has(page(&b), "m 12 members: mode, mtime differ (");
	hs_check_has(page(&b), "    mode: 0644 -> 0600\n    mtime of the first: 0 -> 99\n");
	hs_built_release(&b);
}

static void
verbose_folds_nothing(void **state)
{
	const struct hs_sink_options verbose = { .verbose = 1 };
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	for (int i = 0; i < 20; i++)
		hs_built_change(&b, add(&b, i), "mode", "0644", "0600");
	hs_check_has(hs_built_write(&b, &hs_sink_text, &verbose), "m etc/19  mode: 0644 -> 0600\n");
	hs_built_release(&b);
}

static void
the_same_remark_folds_and_damage_does_not(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "zip");
	for (int i = 0; i < 30; i++)
		hs_built_note(
			&b, add(&b, i),
			(struct hs_note){ .code = i == 7 ? "damaged" : "compression-only",
		                          .text = i == 7 ? "cut" : "only the compression differs",
		                          .damage = i == 7 });
	hs_check_has(page(&b),
	             "m 29 members (etc/00, etc/01, etc/02, etc/03, etc/04, etc/05, ...)\n"
	             "    * only the compression differs\n");
	hs_check_has(page(&b), "m etc/07  file, 10 bytes\n    ! damaged: cut\n");
	hs_built_release(&b);
}

static void
one_long_name_does_not_fill_the_line(void **state)
{
	static char name[400];
	struct hs_built b;

	(void)state;
	memset(name, 'n', sizeof(name));
	hs_built_init(&b, "a", "b", "tar");
	for (size_t i = 0; i < 11; i++)
		hs_built_change(&b,
		                hs_built_add(&b, b.root,
		                             (struct hs_span){ (uint8_t *)name, sizeof(name) - i },
		                             HS_STATUS_METADATA),
		                "mode", "0644", "0600");
	hs_check_has(page(&b), "m 11 members: mode differs (nnnn");
	hs_check_has(page(&b), "n...nnn");
	hs_built_release(&b);
}

/* Each member another set of fields: no fold, and no search that grows with their square. */
static void
members_with_nothing_in_common_are_all_shown(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	for (int i = 0; i < 20000; i++)
		hs_built_change(&b, add(&b, i), hs_arena_printf(&b.arena, "xattr user.%d", i), "1",
		                "2");
	hs_check_has(page(&b), "m etc/19999  xattr user.19999: 1 -> 2\n");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_small_differences_are_shown_and_eleven_are_folded),
		cmocka_unit_test(another_value_stands_alone),
		cmocka_unit_test(times_may_vary_within_a_fold),
		cmocka_unit_test(verbose_folds_nothing),
		cmocka_unit_test(the_same_remark_folds_and_damage_does_not),
		cmocka_unit_test(one_long_name_does_not_fill_the_line),
		cmocka_unit_test(members_with_nothing_in_common_are_all_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
