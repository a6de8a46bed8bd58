/* SPDX-License-Identifier: Apache-2.0 */
#include "build_bytes.h"
#include "build_random.h"
#include "unit.h"

#include "core/hash.h"
#include "golang/go_sort.h"

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

static unsigned
saw(unsigned i, unsigned n)
{
	(void)n;
	return i * 7 % 11;
}

static unsigned
organ_pipe(unsigned i, unsigned n)
{
	return i < n / 2 ? i : n - i;
}

static unsigned
half_zero(unsigned i, unsigned n)
{
	(void)n;
	return i % 2 == 0 ? i : 0;
}

static unsigned
descending_fours(unsigned i, unsigned n)
{
	return (n - i) / 4;
}

static unsigned
without_lowest_bit(unsigned i, unsigned n)
{
	(void)n;
	return i ? (i & (i - 1)) % 100 : 0;
}

/* The digest of the places from which the names come, "i " each. */
static void
order_digest(char hex[HS_SHA256_HEX], size_t n)
{
	struct hs_build order = { 0 };
	struct hs_sha256 digest;
	char text[16];

	for (size_t i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%u ", (unsigned)named[i].at);
		hs_build_text(&order, text);
	}
	digest = hs_sha256(hs_build_span(&order));
	hs_sha256_hex(hex, &digest);
	hs_build_release(&order);
}

/* What slices.SortFunc() of Go 1.26 makes of numbers of six digits: which of two equal names comes
 * first hangs on each choice of the algorithm. */
static void
equal_names_end_up_where_go_puts_them(void **state)
{
	static const struct {
		unsigned (*number)(unsigned i, unsigned n);
		unsigned n;
		const char *sha256;
	} rows[] = {
		{ saw, 13, "d82902ff6a46d4595aa50862f4508d964ae6c67bfa5cdde0486b5ae8953442cd" },
		{ saw, 100, "7f2855f7dc5e32caa9e2f56f26a692b7403556bce5b488247c772f4d31b442be" },
		{ saw, 1000, "a20154bf192174fc23dc21f803d6443c201f25c20a5fc2a6f7b5aed77ab11d38" },
		{ organ_pipe, 1053,
		  "5be10a4f1ff06e40c8ef5f1e58513bb54e07bde2b6cef603e30c1e4391bde114" },
		{ half_zero, 1053,
		  "36ea837bea1ab4133dbeca1c3e3937f2c70ef4d14fe81fe5258272e35982b7b3" },
		{ descending_fours, 1053,
		  "d26b47be4402e6d0ee399d9845b22da03c53e322d63e46fbf6dfa07c104b83ea" },
		{ without_lowest_bit, 1053,
		  "879143e673b832d71cbcc836ce6b13d895fcbfd0cca89ee4d14d208b7e6cbd3f" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char hex[HS_SHA256_HEX];

		for (unsigned k = 0; k < rows[i].n; k++) {
			snprintf(names[k], sizeof(names[k]), "%06u", rows[i].number(k, rows[i].n));
			named[k] = (struct hs_go_named){ hs_span_of(names[k]), k };
		}
		hs_go_sort(named, rows[i].n);
		order_digest(hex, rows[i].n);
		assert_string_equal(hex, rows[i].sha256);
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
