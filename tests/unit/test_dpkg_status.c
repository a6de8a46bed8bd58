/* SPDX-License-Identifier: Apache-2.0 */
#include "check_text.h"
#include "compared.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_dpkg_status;

#define LIBC                                                                                       \
	"Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nMulti-Arch: same\n"    \
	"Version: 2.36-9\nDepends: libgcc-s1, libcrypt1 (>= 1:4.4.10-10~)\n"
#define OLD "Package: old\nStatus: deinstall ok config-files\nVersion: 1\n"

static void
status_wins_by_its_bytes_or_its_name(void **state)
{
	static const char text[] = "Package: x\nVersion: 1\n";
	struct hs_content c = { .bytes = hs_span_of(text) };

	(void)state;
	assert_ptr_equal(hs_comparator_for(HS_SPAN(LIBC), 0), row);
	assert_ptr_equal(hs_comparator_for(hs_span_of(text), 0), &hs_comparator_deb_control);
	c.name = HS_SPAN("./var/lib/dpkg/status.d/libc6");
	assert_ptr_equal(hs_comparator_of(&c, 0), row);
	c.name = HS_SPAN("var/lib/dpkg/status");
	assert_ptr_equal(hs_comparator_of(&c, 0), row);
	c.bytes = HS_SPAN("\x7f"
	                  "ELF");
	assert_null(hs_comparator_of(&c, 0));
}

static void
status_says_packages_first(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const char *text = leaf_of(&arena, row, LIBC "\n" OLD);

	(void)state;
	hs_check_has(text,
	             "package libc6:amd64: 2.36-9\npackage old: 1 (deinstall ok config-files)\n"
	             "libc6:amd64 Status: install ok installed\nlibc6:amd64 Architecture: amd64\n"
	             "libc6:amd64 Multi-Arch: same\nlibc6:amd64 Depends: libgcc-s1\n"
	             "libc6:amd64 Depends: libcrypt1 (>= 1:4.4.10-10~)\n"
	             "old Status: deinstall ok config-files\n(key order): sha256:");
	hs_check_has(text, "(formatting): plain\n");
}

static void
status_is_compared_as_a_list_of_packages(void **state)
{
	(void)state;
	check_compared(HS_SPAN(LIBC "\n" OLD "\nPackage: a\nVersion: 1\nPriority: extra\n"),
	               HS_SPAN("Package: libc6\nStatus: install ok installed\nArchitecture: amd64\n"
	                       "Multi-Arch: same\nVersion: 2.36-10\nDepends: libgcc-s1\n"
	                       "\n" OLD "\nPackage: b\nVersion: 3\n"),
	               "content  [dpkg-status dpkg-status] package libc6:amd64:2.36-9>2.36-10; "
	               "package a:1>-; "
	               "package b:->3; libc6:amd64 Depends:libcrypt1 (>= 1:4.4.10-10~)>-; "
	               "a Priority:extra>-; {listed} text\n");
}

static void
status_leaves_to_text_what_is_no_list(void **state)
{
	static const char *const rows[] = {
		"Package: x\n\nVersion: 1\n",
		"Package: x\nnot a field\n",
		"",
		"\n\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };

		hs_check_has(leaf_of(&arena, row, rows[i]), "! not each paragraph is a package\n");
	}
}

static void
status_survives_every_truncation_and_sees_every_byte(void **state)
{
	(void)state;
	leaf_truncations(row, HS_SPAN(LIBC "\n# c\n" OLD "\n"));
	leaf_every_byte_counts(row, HS_SPAN(LIBC "\n" OLD "\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_wins_by_its_bytes_or_its_name),
		cmocka_unit_test(status_says_packages_first),
		cmocka_unit_test(status_is_compared_as_a_list_of_packages),
		cmocka_unit_test(status_leaves_to_text_what_is_no_list),
		cmocka_unit_test(status_survives_every_truncation_and_sees_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
