/* SPDX-License-Identifier: Apache-2.0 */
#include "check_text.h"
#include "compared.h"
#include "leaf.h"
#include "unit.h"

static const struct hs_comparator *const row = &hs_comparator_deb_control;

#define DSC "Format: 3.0 (quilt)\nSource: x\nVersion: 1-1\nChecksums-Sha1:\n aa 12 x_1.tar.gz\n"

#define SIGNED                                                                                     \
	"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" DSC                                 \
	"-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"

static void
control_wins_its_own_bid(void **state)
{
	(void)state;
	assert_ptr_equal(hs_comparator_for(HS_SPAN(DSC), 0), row);
	assert_ptr_equal(hs_comparator_for(HS_SPAN(SIGNED), 0), row);
	assert_int_equal(row->bid(HS_SPAN("Version: 1\nHello: 2\n")), 0);
	assert_int_equal(row->bid(HS_SPAN("")), 0);
}

static void
control_says_fields_and_the_signature(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, DSC), "Format: 3.0 (quilt)\nSource: x\nVersion: 1-1\n"
	                                        "Checksums-Sha1 x_1.tar.gz: aa 12\n(key order)");
	hs_check_has(leaf_of(&arena, row, SIGNED), "Checksums-Sha1 x_1.tar.gz: aa 12\n"
	                                           "signed message: \\nHash: SHA256\\n\\n\n"
	                                           "signature: sha256:");
}

static void
control_is_compared_by_field(void **state)
{
	(void)state;
	check_compared(HS_SPAN("Package: x\nVersion: 1\nDepends: a, b\n"),
	               HS_SPAN("Package: x\nVersion: 2\nDepends: b, a\n"),
	               "content  [debian-control debian-control] Version:1>2; "
	               "Depends:a, b>b, a; text\n");
}

static void
control_leaves_to_text_what_has_other_lines(void **state)
{
	RELEASED struct hs_arena arena = { 0 };

	(void)state;
	hs_check_has(leaf_of(&arena, row, DSC "hello\n"), "! not each line is of a field\n");
}

static void
control_survives_every_truncation_and_sees_every_byte(void **state)
{
	(void)state;
	leaf_truncations(row, HS_SPAN(SIGNED));
	leaf_every_byte_counts(row, HS_SPAN(SIGNED));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_wins_its_own_bid),
		cmocka_unit_test(control_says_fields_and_the_signature),
		cmocka_unit_test(control_is_compared_by_field),
		cmocka_unit_test(control_leaves_to_text_what_has_other_lines),
		cmocka_unit_test(control_survives_every_truncation_and_sees_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
