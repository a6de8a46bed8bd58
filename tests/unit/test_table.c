/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <limits.h>

#include "comparators/comparator.h"
#include "core/blob.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_ROWS = 512, MAX_FOLDERS = 16 };

static unsigned
bid_of(const struct hs_comparator *row, struct hs_span file, struct hs_span name)
{
	const unsigned by_bytes = row->bid ? row->bid(file) : 0;
	const unsigned by_name = row->bid_named ? row->bid_named(file, name) : 0;

	return by_name > by_bytes ? by_name : by_bytes;
}

static size_t
count_rows(void)
{
	size_t n = 0;

	while (hs_comparator_at(n))
		n++;
	return n;
}

static void
table_ends_with_null_and_stays_there(void **state)
{
	const size_t n = count_rows();

	(void)state;
	assert_true(n > 0);
	assert_null(hs_comparator_at(n));
	assert_null(hs_comparator_at(n + 1));
	assert_null(hs_comparator_at(SIZE_MAX));
}

static void
table_has_complete_rows_with_names_of_their_own(void **state)
{
	(void)state;
	for (size_t i = 0; hs_comparator_at(i); i++) {
		const struct hs_comparator *c = hs_comparator_at(i);

		assert_non_null(c->name);
		assert_true(c->name[0] != 0);
		assert_non_null(c->about);
		assert_true(c->bid || c->bid_named);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(c->name, hs_comparator_at(k)->name);
	}
}

static void
table_asks_better_bidders_first_and_each_once(void **state)
{
	const struct hs_span files[] = {
		HS_SPAN("plain text\n"),
		HS_SPAN("{\"json\": [1, 2, 3]}\n"),
		HS_SPAN("\x1f\x8b\x08\0\0\0\0\0\2\xff\3\0\0\0\0\0\0\0\0\0"),
		HS_SPAN("!<arch>\n"),
	};

	(void)state;
	for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++) {
		unsigned last = UINT_MAX, rank = 0;
		const struct hs_comparator *c;

		for (; (c = hs_comparator_for(files[f], rank)); rank++) {
			const unsigned bits = bid_of(c, files[f], (struct hs_span){ 0 });

			assert_true(bits > 0 && bits <= last);
			last = bits;
			for (unsigned k = 0; k < rank; k++)
				assert_ptr_not_equal(c, hs_comparator_for(files[f], k));
		}
		assert_true(rank <= count_rows());
		assert_null(hs_comparator_for(files[f], rank + 1));
	}
}

static void
table_finds_nobody_for_nothing(void **state)
{
	(void)state;
	assert_null(hs_comparator_for(HS_SPAN(""), 0));
}

/* Which rows have won a file, and how many files two rows claimed with equal right. */
static struct {
	bool won[MAX_ROWS];
	size_t files, ties;
} seen;

/* Fails nothing by itself: all ties are told, not only the first. */
static void
look_at(const char *what, struct hs_span file, struct hs_span name)
{
	size_t best = 0, n = 0;
	unsigned most = 0;

	for (size_t i = 0; hs_comparator_at(i); i++) {
		const unsigned bits = bid_of(hs_comparator_at(i), file, name);

		if (bits == 0 || bits < most)
			continue;
		n = bits == most ? n + 1 : 1;
		if (n > 1)
			print_error("%s: %s and %s both bid %u\n", what,
			            hs_comparator_at(best)->name, hs_comparator_at(i)->name, bits);
		most = bits;
		best = i;
	}
	seen.files++;
	seen.ties += n > 1;
	if (most)
		seen.won[best] = true;
}

static int
look_at_file(const char *path, const struct stat *st, int type, struct FTW *at)
{
	struct hs_span name = { (const uint8_t *)path + at->base, strlen(path + at->base) };
	struct hs_blob *blob = NULL;
	struct hs_err err;
	int fd;

	if (type != FTW_F || st->st_size == 0)
		return 0;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || hs_blob_map(&blob, fd, (uint64_t)st->st_size, &err) < 0)
		fail_msg("%s cannot be read", path);
	close(fd);
	look_at(path, blob->bytes, (struct hs_span){ 0 });
	look_at(path, blob->bytes, name);
	hs_blob_unref(blob);
	return 0;
}

/* The smallest file of what a seed of the fuzzers would not be: known by its end, or by a name. */
static const struct minimal {
	const char *row, *name;
	struct hs_span file;
} minimal[] = {
	{ "text", "", { (const uint8_t *)"a\n", 2 } },
	{ "json", "", { (const uint8_t *)"{}", 2 } },
	{ "image-config", "", { (const uint8_t *)"{\"os\":\"linux\"}", 14 } },
	{ "ar", "", { (const uint8_t *)"!<arch>\n", 8 } },
	{ "gzip", "", { (const uint8_t *)"\x1f\x8b\x08\0", 4 } },
	{ "bzip2", "", { (const uint8_t *)"BZh9\x17\x72\x45\x38\x50\x90\0\0\0", 14 } },
	{ "xz", "", { (const uint8_t *)"\xfd\x37zXZ\0", 6 } },
	{ "zstd", "", { (const uint8_t *)"\x28\xb5\x2f\xfd", 4 } },
	{ "lz4", "", { (const uint8_t *)"\x04\x22\x4d\x18", 4 } },
	{ "lzip", "", { (const uint8_t *)"LZIP\1", 5 } },
	{ "zip", "", { (const uint8_t *)"PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22 } },
	{ "rpm", "", { (const uint8_t *)"\xed\xab\xee\xdb", 4 } },
	{ "7z", "", { (const uint8_t *)"7z\xbc\xaf\x27\x1c", 6 } },
	{ "cab", "", { (const uint8_t *)"MSCF\0\0\0\0", 8 } },
	{ "xar", "", { (const uint8_t *)"xar!\0\x1c", 6 } },
	{ "eif", "", { (const uint8_t *)".eif", 4 } },
};

static void
table_gives_each_minimal_file_to_its_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(minimal) / sizeof(minimal[0]); i++) {
		const struct hs_content c = { .bytes = minimal[i].file,
			                      .name = hs_span_of(minimal[i].name) };
		const struct hs_comparator *row = hs_comparator_of(&c, 0);

		if (!row || strcmp(row->name, minimal[i].row) != 0)
			fail_msg("the minimal file of %s is %s's", minimal[i].row,
			         row ? row->name : "nobody");
		look_at(minimal[i].row, c.bytes, c.name);
	}
	assert_int_equal(0, seen.ties);
}

static void
no_two_rows_bid_the_same_for_a_file(void **state)
{
	const char *made = getenv("HS_CORPUS");

	(void)state;
	assert_int_equal(0, nftw("tests/fuzz/corpus", look_at_file, MAX_FOLDERS, FTW_PHYS));
	assert_true(seen.files > 0);
	if (made)
		assert_int_equal(0, nftw(made, look_at_file, MAX_FOLDERS, FTW_PHYS));
	assert_int_equal(0, seen.ties);
}

/* After the two above, which have looked at all files. */
static void
every_row_wins_a_file(void **state)
{
	size_t without = 0;

	(void)state;
	if (!getenv("HS_CORPUS")) {
		print_message("skipped: HS_CORPUS names no folder of tests/fuzz/make_corpus.py\n");
		skip();
	}
	for (size_t i = 0; hs_comparator_at(i); i++) {
		if (!seen.won[i])
			print_error("%s wins no file: tests/fuzz/make_corpus.py lacks a seed\n",
			            hs_comparator_at(i)->name);
		without += !seen.won[i];
	}
	assert_int_equal(0, without);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_ends_with_null_and_stays_there),
		cmocka_unit_test(table_has_complete_rows_with_names_of_their_own),
		cmocka_unit_test(table_asks_better_bidders_first_and_each_once),
		cmocka_unit_test(table_finds_nobody_for_nothing),
		cmocka_unit_test(table_gives_each_minimal_file_to_its_row),
		cmocka_unit_test(no_two_rows_bid_the_same_for_a_file),
		cmocka_unit_test(every_row_wins_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
