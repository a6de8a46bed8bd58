/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/eif.h"

#include "build_eif.h"
#include "unit.h"

#include <stdlib.h>

/* "name offset size/data", "gap offset size": what was read, in the order of the lists. */
static const char *
shape(struct hs_arena *a, const struct hs_eif *eif)
{
	const char *out = "";

	for (size_t i = 0; i < eif->n_sections; i++) {
		const struct hs_eif_section *s = &eif->sections[i];

		out = hs_arena_printf(a, "%s%s %zu %zu; ", out, hs_eif_section_name(a, s),
		                      (size_t)s->offset, s->data.len);
	}
	for (size_t i = 0; i < eif->n_gaps; i++)
		out = hs_arena_printf(a, "%sgap %zu %zu; ", out,
		                      (size_t)(eif->gaps[i].at - eif->file.at), eif->gaps[i].len);
	return out;
}

static void
eif_reads_what_aws_builder_writes(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span file = build_eif_usual(&arena, "x");
	struct hs_eif eif;
	struct hs_err err;

	(void)state;
	assert_true(hs_eif_is(file));
	assert_int_equal(hs_eif_read(&eif, &arena, file, &err), 0);
	assert_int_equal(eif.n_problems, 0);
	assert_int_equal(eif.version, 4);
	assert_string_equal(hs_eif_arch(eif.flags), "x86_64");
	assert_int_equal(eif.memory, 1 << 30);
	assert_int_equal(eif.cpus, 2);
	assert_int_equal(eif.n_claimed, 5);
	assert_string_equal(shape(&arena, &eif), "kernel 548 6; cmdline 566 17; metadata 595 230; "
	                                         "ramdisk[1] 837 512; ramdisk[2] 1361 1024; ");
	assert_int_equal(eif.crc, hs_eif_crc(file));
	assert_int_equal(hs_eif_check(&eif, hs_eif_crc(file), false, &err), 0);
	assert_span(hs_eif_find(&eif, HS_EIF_CMDLINE, 1)->data, "reboot=k panic=30");
	assert_ptr_equal(hs_eif_find(&eif, HS_EIF_RAMDISK, 2), &eif.sections[4]);
	assert_null(hs_eif_find(&eif, HS_EIF_RAMDISK, 3));
	assert_null(hs_eif_find(&eif, HS_EIF_SIGNATURE, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eif_reads_what_aws_builder_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
