/* SPDX-License-Identifier: Apache-2.0 */
#include "build_bytes.h"
#include "build_random.h"
#include "unit.h"

#include "core/hash.h"
#include "image/go_sort.h"

#include <stdio.h>

enum { MOST = 3000 };

static struct hs_go_named named[MOST];
static char names[MOST][8];

static void
name_all(size_t n, uint64_t seed, uint64_t n_names)
{
	struct build_random random = { seed };

	for (size_t i = 0; i < n; i++) {
		snprintf(names[i], sizeof(names[i]), "%04u",
		         (unsigned)build_random_below(&random, n_names));
		named[i] = (struct hs_go_named){ hs_span_of(names[i]), i };
	}
}

static void
check_sorted(size_t n)
{
	static bool seen[MOST];

	memset(seen, 0, sizeof(seen));
	for (size_t i = 0; i < n; i++) {
		assert_true(i == 0 || hs_span_order(named[i - 1].name, named[i].name) <= 0);
		assert_false(seen[named[i].at]);
		assert_ptr_equal(named[i].name.at, names[named[i].at]);
		seen[named[i].at] = true;
	}
}

static void
whatever_comes_is_sorted(void **state)
{
	static const uint64_t n_names[] = { 1, 2, 10, 9999 };

	(void)state;
	for (size_t n = 0; n <= MOST; n = n < 70 ? n + 1 : n * 2 + 1) {
		for (size_t i = 0; i < sizeof(n_names) / sizeof(n_names[0]); i++) {
			name_all(n, n + i, n_names[i]);
			hs_go_sort(named, n);
			check_sorted(n);
			hs_go_sort(named, n);
			for (size_t k = 0; k < n / 2; k++) {
				const struct hs_go_named x = named[k];

				named[k] = named[n - 1 - k];
				named[n - 1 - k] = x;
			}
			hs_go_sort(named, n);
			check_sorted(n);
		}
	}
}

/* What slices.SortFunc() of Go 1.26 makes of the numbers i * 7 % 11, as the places "i " from which
 * they come: which of two equal names comes first hangs on each choice of the algorithm. */
static void
equal_names_end_up_where_go_puts_them(void **state)
{
	static const struct {
		size_t n;
		const char *sha256;
	} rows[] = {
		{ 13, "1092453afbecef980fdc8954a0637d180d303b1479b9ef110a7bee3dbb172235" },
		{ 40, "ff53db0d4d7e02fd8bd3033ceb2a3c27e860d2648f1418618ce8b225f1ab141b" },
		{ 100, "c824b4fccbfe32c8077c72df4ff486e08de068cb7d2602bf588e49968a27deed" },
		{ 1000, "8082d80e8e42e17bd158dcbb886d0ac8887a22a9b3317e4a364e472bbd457d59" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build order = { 0 };
		char text[16], hex[HS_SHA256_HEX];
		struct hs_sha256 digest;

		for (size_t k = 0; k < rows[i].n; k++) {
			snprintf(names[k], sizeof(names[k]), "%u", (unsigned)(k * 7 % 11));
			named[k] = (struct hs_go_named){ hs_span_of(names[k]), k };
		}
		hs_go_sort(named, rows[i].n);
		for (size_t k = 0; k < rows[i].n; k++) {
			snprintf(text, sizeof(text), "%u ", (unsigned)named[k].at);
			hs_build_text(&order, text);
		}
		digest = hs_sha256(hs_build_span(&order));
		assert_string_equal(hs_sha256_hex(hex, &digest), rows[i].sha256);
		hs_build_release(&order);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_comes_is_sorted),
		cmocka_unit_test(equal_names_end_up_where_go_puts_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
