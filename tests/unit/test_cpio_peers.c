/* SPDX-License-Identifier: Apache-2.0 */
/* cpio archives that others wrote, read here and by libarchive. */
#include "core/cpio.h"

#include "build_cpio.h"
#include "peer.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { RAMDISK_MAX = 1 << 20 };

static void
what_libarchive_writes_is_read_as_it_reads_it(void **state)
{
	static const struct {
		const char *format;
		size_t n;
	} rows[] = { { "newc", 8 }, { "odc", 8 }, { "bin", 7 } /* no pipes */ };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct expanded x;

		expanded_init(&x, &hs_comparator_cpio, peer_archive(&arena, rows[i].format, NULL),
		              NULL);
		assert_int_equal(x.rc, 0);
		if (x.tree.n_entries != rows[i].n)
			fail_msg("%s: %s", rows[i].format, expanded_keys(&x));
		peer_agrees(&x);
		expanded_release(&x);
	}
}

/* Three names of one file, the last of which has the data. */
static void
add_link(struct build_cpio *b, int k)
{
	const struct build_cpio_member m = {
		.name = hs_arena_printf(b->out.arena, "file%d", k),
		.mode = 0100600,
		.ino = 5,
		.nlink = 3,
		.uid = 70,
		.mtime = 1234567890,
		.dev_major = 3,
		.dev_minor = 4,
		.check = k == 2 ? 'x' : 0,
		.data = hs_span_of(k == 2 ? "x" : ""),
	};

	build_cpio_add(b, &m);
}

/* The other way round: what the tests' builder writes is what libarchive understands. */
static void
libarchive_reads_what_the_builder_writes(void **state)
{
	static const enum hs_cpio_dialect dialects[] = { HS_CPIO_NEWC, HS_CPIO_CRC, HS_CPIO_ODC,
		                                         HS_CPIO_BIN_LE, HS_CPIO_BIN_BE };

	(void)state;
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct build_cpio b = { .out.arena = &arena, .dialect = dialects[i] };
		struct expanded x;

		for (int k = 0; k < 3; k++)
			add_link(&b, k);
		build_cpio_end(&b);
		expanded_init(&x, &hs_comparator_cpio, b.out.bytes, NULL);
		assert_int_equal(x.rc, 0);
		peer_agrees(&x);
		expanded_release(&x);
	}
}

static void
check_ramdisk(FILE *in)
{
	RELEASED struct hs_arena arena = { 0 };
	uint8_t *bytes = hs_arena_alloc(&arena, RAMDISK_MAX);
	const struct hs_span file = { bytes, fread(bytes, 1, RAMDISK_MAX, in) };
	struct expanded x;

	fclose(in);
	expanded_init(&x, &hs_comparator_cpio, file, NULL);
	assert_int_equal(x.rc, 0);
	assert_string_equal(expanded_fact(&x, &x.tree.entries[0], "inode"), "721");
	assert_string_equal(expanded_fact(&x, &x.tree.entries[0], "mtime"), "2017-04-18T16:30:00Z");
	assert_string_equal(expanded_fact(&x, &x.tree.entries[0], "on device"), "3:1");
	for (size_t k = 0; k < x.tree.n_entries; k++)
		assert_null(x.tree.entries[k].note);
	expanded_exercise(&x);
	expanded_release(&x);
}

/* linuxkit numbers inodes from 721 on and dates what it makes 2017-04-18. */
static void
ramdisks_of_linuxkit_are_read(void **state)
{
	static const char *const names[] = { "boot", "full", "nodev" };
	const char *shared = getenv("HS_SHARED");
	char path[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		FILE *in;

		snprintf(path, sizeof(path), "%s/vectors/eif/out-%s-initrd.img",
		         shared && *shared ? shared : "../shared", names[i]);
		in = fopen(path, "rb");
		if (!in) {
			print_message("skipped: no %s\n", path);
			skip();
		}
		check_ramdisk(in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_libarchive_writes_is_read_as_it_reads_it),
		cmocka_unit_test(libarchive_reads_what_the_builder_writes),
		cmocka_unit_test(ramdisks_of_linuxkit_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
