/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/eif_writer.h"

#include "build_eif.h"
#include "unit.h"

static struct hs_span
flat(struct hs_arena *a, const struct hs_pieces *p)
{
	struct grow g = { .arena = a };

	for (size_t i = 0; i < p->n; i++)
		grow_add(&g, p->list[i]);
	return g.bytes;
}

static void
add(struct hs_eif_plan *plan, struct hs_arena *a, enum hs_eif_type type, struct hs_span data)
{
	struct hs_pieces p = { .arena = a };
	struct hs_err err;

	/* In two pieces, for the seams. */
	hs_pieces_add(&p, hs_arena_copy(a, hs_span_head(data, data.len / 2)));
	hs_pieces_add(&p, hs_arena_copy(a, hs_span_from(data, data.len / 2)));
	assert_int_equal(hs_eif_plan_add(plan, type, &p, &err), 0);
}

static void
the_writer_makes_what_stands_in_the_specification(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_pieces out = { .arena = &arena };
	struct hs_eif_plan plan;

	(void)state;
	hs_eif_plan_init(&plan, false);
	add(&plan, &arena, HS_EIF_KERNEL, HS_SPAN("kernel"));
	add(&plan, &arena, HS_EIF_CMDLINE, HS_SPAN("reboot=k panic=30"));
	add(&plan, &arena, HS_EIF_METADATA, build_eif_metadata);
	add(&plan, &arena, HS_EIF_RAMDISK, build_eif_bootstrap(&arena));
	add(&plan, &arena, HS_EIF_RAMDISK, build_eif_customer(&arena, "x"));
	hs_eif_plan_make(&out, &plan);
	assert_true(hs_span_equal(flat(&arena, &out), build_eif_usual(&arena, "x")));
	assert_int_equal(hs_eif_crc_of_pieces(&out), hs_eif_crc(flat(&arena, &out)));
}

static void
the_writer_keeps_fields_that_it_is_given(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_pieces out = { .arena = &arena };
	struct hs_eif_plan plan;
	struct hs_eif eif;
	struct hs_err err;

	(void)state;
	hs_eif_plan_init(&plan, true);
	plan.version = 3;
	plan.memory = 0x1122334455667788;
	plan.cpus = 0x99aabbccddeeff00;
	plan.reserved = 0x1234;
	plan.unused = 0x89abcdef;
	add(&plan, &arena, HS_EIF_KERNEL, HS_SPAN("k"));
	plan.sections[0].flags = 0x4321;
	hs_eif_plan_make(&out, &plan);
	assert_int_equal(hs_eif_read(&eif, &arena, flat(&arena, &out), &err), 0);
	assert_int_equal(eif.version, 3);
	assert_int_equal(eif.flags, HS_EIF_FLAG_ARM64);
	assert_true(eif.memory == 0x1122334455667788);
	assert_true(eif.cpus == 0x99aabbccddeeff00);
	assert_int_equal(eif.reserved, 0x1234);
	assert_true(eif.unused == 0x89abcdef);
	assert_int_equal(eif.sections[0].flags, 0x4321);
	assert_int_equal(eif.crc, hs_eif_crc(eif.file));
}

static void
the_writer_has_room_for_32_sections(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_pieces out = { .arena = &arena }, none = { .arena = &arena };
	struct hs_eif_plan plan;
	struct hs_eif eif;
	struct hs_err err;

	(void)state;
	hs_eif_plan_init(&plan, false);
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		assert_int_equal(hs_eif_plan_add(&plan, HS_EIF_RAMDISK, &none, &err), 0);
	assert_int_equal(hs_eif_plan_add(&plan, HS_EIF_RAMDISK, &none, &err), HS_ELIMIT);
	assert_string_equal(err.text, "an enclave image has at most 32 sections");
	hs_eif_plan_make(&out, &plan);
	assert_int_equal(out.size, 548 + 32 * 12);
	assert_int_equal(hs_eif_read(&eif, &arena, flat(&arena, &out), &err), 0);
	assert_int_equal(eif.n_sections, 32);
}

/* Pieces that end before, in and behind the four bytes that are left out. */
static void
the_crc_of_pieces_is_that_of_the_file(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span file = build_eif_usual(&arena, "x");

	(void)state;
	for (size_t cut = 530; cut < 560; cut++)
		for (size_t next = cut; next < 562; next++) {
			struct hs_pieces p = { .arena = &arena };

			hs_pieces_add(&p, hs_arena_copy(&arena, hs_span_head(file, cut)));
			hs_pieces_add(&p,
			              hs_arena_copy(&arena, hs_span_head(hs_span_from(file, cut),
			                                                 next - cut)));
			hs_pieces_add(&p, hs_span_from(file, next));
			assert_int_equal(hs_eif_crc_of_pieces(&p), hs_eif_crc(file));
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_writer_makes_what_stands_in_the_specification),
		cmocka_unit_test(the_writer_keeps_fields_that_it_is_given),
		cmocka_unit_test(the_writer_has_room_for_32_sections),
		cmocka_unit_test(the_crc_of_pieces_is_that_of_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
