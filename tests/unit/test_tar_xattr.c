/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_xattr.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
xattrs_are_read_in_both_forms(void **state)
{
	static const struct {
		const char *key;
		struct hs_span value;
		bool is;
		const char *name;
		struct hs_span want;
	} rows[] = {
		{ "SCHILY.xattr.user.a",
		  { (const uint8_t *)"x\0=", 3 },
		  true,
		  "user.a",
		  { (const uint8_t *)"x\0=", 3 } },
		{ "LIBARCHIVE.xattr.user.%20b%",
		  { (const uint8_t *)"eAA9", 4 },
		  true,
		  "user. b%",
		  { (const uint8_t *)"x\0=", 3 } },
		{ "LIBARCHIVE.xattr.a",
		  { (const uint8_t *)"eA", 2 },
		  true,
		  "a",
		  { (const uint8_t *)"x", 1 } },
		{ "LIBARCHIVE.xattr.a",
		  { (const uint8_t *)"eA==", 4 },
		  true,
		  "a",
		  { (const uint8_t *)"x", 1 } },
		{ "LIBARCHIVE.xattr.a", { (const uint8_t *)"e A", 3 }, false, "", { NULL, 0 } },
		{ "LIBARCHIVE.xattr.", { (const uint8_t *)"eA", 2 }, false, "", { NULL, 0 } },
		{ "SCHILY.xattr.", { NULL, 0 }, false, "", { NULL, 0 } },
		{ "path", { NULL, 0 }, false, "", { NULL, 0 } },
		{ "SCHILY.xattr.a\nb", { NULL, 0 }, true, "a\nb", { NULL, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_pax_record rec = { .key = hs_span_of(rows[i].key),
			                           .value = rows[i].value };
		struct hs_arena arena = { 0 };
		struct hs_attr x = { 0 };

		assert_int_equal(hs_tar_xattr_of(&x, &arena, &rec), rows[i].is);
		if (rows[i].is) {
			assert_true(hs_span_is(x.name, rows[i].name));
			assert_true(hs_span_equal(x.value, rows[i].want));
		}
		hs_arena_release(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xattrs_are_read_in_both_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
