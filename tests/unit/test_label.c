/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "image/found.h"

#include <stdlib.h>

/* A want per label: its name, its platform, and what it becomes. */
struct row {
	const char *name, *platform, *want;
};

static void
check(const struct row *rows, size_t n)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_label labels[8] = { 0 };

	for (size_t i = 0; i < n; i++) {
		labels[i].i = i;
		labels[i].name = hs_span_of(rows[i].name);
		labels[i].platform = hs_span_of(rows[i].platform);
	}
	hs_labels_make(labels, n, &a);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(labels[i].i, i);
		assert_span(labels[i].text, rows[i].want);
	}
}

static void
labels_say_what_differs_and_no_more(void **state)
{
	static const struct row by_platform[] = {
		{ "app:1", "linux/arm64", "linux/arm64/" },
		{ "app:1", "linux/amd64", "linux/amd64/" },
	};
	static const struct row by_name[] = {
		{ "app:2", "linux/amd64", "app:2/" },
		{ "app:1", "linux/amd64", "app:1/" },
	};
	static const struct row by_both[] = {
		{ "app:2", "linux/amd64", "app:2/linux/amd64/" },
		{ "app:1", "linux/amd64", "app:1/linux/amd64/" },
		{ "app:2", "linux/arm64", "app:2/linux/arm64/" },
	};

	(void)state;
	check(by_platform, 2);
	check(by_name, 2);
	check(by_both, 3);
	check(NULL, 0);
}

static void
labels_number_what_nothing_tells_apart(void **state)
{
	static const struct row none[] = { { "", "", "image[0]/" }, { "", "", "image[1]/" } };
	static const struct row same[] = {
		{ "app", "p/q", "app/" },
		{ "app", "p/q", "app[1]/" },
		{ "", "p/q", "image[0]/" },
	};

	(void)state;
	check(none, 2);
	check(same, 3);
}

static void
labels_shorten_docker_hub_names_and_escape(void **state)
{
	static const struct row rows[] = {
		{ "docker.io/library/busybox:1", "", "busybox:1/" },
		{ "docker.io/me/app:1", "", "me/app:1/" },
		{ "ghcr.io/me/app:1", "", "ghcr.io/me/app:1/" },
		{ "a\x1b[31m\n", "", "a\\x1b[31m\\n/" },
	};

	(void)state;
	check(rows, 4);
}

static void
labels_stay_short(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	uint8_t *name = hs_alloc(100000);
	struct hs_label labels[2] = { { .i = 0 }, { .i = 1 } };

	(void)state;
	memset(name, 'x', 100000);
	labels[0].name = (struct hs_span){ name, 100000 };
	hs_labels_make(labels, 2, &a);
	assert_in_range(labels[0].text.len, 255, 2048);
	free(name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_say_what_differs_and_no_more),
		cmocka_unit_test(labels_number_what_nothing_tells_apart),
		cmocka_unit_test(labels_shorten_docker_hub_names_and_escape),
		cmocka_unit_test(labels_stay_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
