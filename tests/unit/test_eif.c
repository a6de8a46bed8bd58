/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/eif.h"

#include "build_eif.h"
#include "core/limits.h"
#include "shared.h"
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

/* kernel 548 "kern", cmdline 564 "cmd", then ramdisks "rd1" 579 and "rd2" 594. */
static struct hs_span
small(struct hs_arena *a, struct hs_span gap)
{
	static const char *const ramdisks[] = { "rd1", "rd2" };
	struct build_eif b = { .out.arena = a, .version = 3 };

	build_eif_gap(&b, gap);
	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kern"));
	build_eif_gap(&b, gap);
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("cmd"));
	for (size_t i = 0; i < 2; i++) {
		build_eif_gap(&b, gap);
		build_eif_add(&b, HS_EIF_RAMDISK, hs_span_of(ramdisks[i]));
	}
	return build_eif_end(&b);
}

static const char *
read_shape(struct hs_arena *a, struct hs_span file)
{
	struct hs_eif eif;
	struct hs_err err;

	assert_int_equal(hs_eif_read(&eif, a, file, &err), 0);
	return shape(a, &eif);
}

/* Whatever stands in a gap, be it what no section begins with or nearly one. */
static void
eif_finds_sections_behind_gaps_by_the_table(void **state)
{
	static const struct hs_span gaps[] = {
		{ (const uint8_t *)"\xaa", 1 },
		{ (const uint8_t *)"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16 },
		{ (const uint8_t *)"\0\3\0\0\x7f\0\0\0\0\0\0\0", 12 },
	};
	const size_t at[4] = { 548, 564, 579, 594 };
	const char *const names[4] = { "kernel", "cmdline", "ramdisk[1]", "ramdisk[2]" };

	(void)state;
	for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span file = small(&arena, gaps[i]);
		const size_t len = gaps[i].len;
		const char *want = "";
		struct hs_err err;
		struct hs_eif eif;

		for (size_t k = 0; k < 4; k++)
			want = hs_arena_printf(&arena, "%s%s %zu %u; ", want, names[k],
			                       at[k] + (k + 1) * len, k ? 3 : 4);
		for (size_t k = 0; k < 4; k++)
			want = hs_arena_printf(&arena, "%sgap %zu %zu; ", want, at[k] + k * len,
			                       len);
		assert_string_equal(read_shape(&arena, file), want);
		assert_int_equal(hs_eif_read(&eif, &arena, file, &err), 0);
		assert_int_equal(hs_eif_check(&eif, eif.crc, true, &err), HS_EFORMAT);
		assert_non_null(strstr(err.text, "of no section at offset 548"));
	}
}

/* AWS's reader looks at no table, and neither does the walk while it needs none. */
static void
eif_walks_without_the_table(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span file = small(&arena, HS_SPAN(""));
	struct hs_eif eif;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < 64; i++)
		build_eif_patch(file, BUILD_EIF_OFFSETS + 8 * i, 8, i % 3 ? UINT64_MAX - i : 560);
	build_eif_patch(file, 0, 4, 0);
	build_eif_patch(file, BUILD_EIF_VERSION, 2, 9);
	assert_string_equal(read_shape(&arena, file),
	                    "kernel 548 4; cmdline 564 3; ramdisk[1] 579 3; ramdisk[2] 594 3; ");
	assert_int_equal(hs_eif_read(&eif, &arena, file, &err), 0);
	assert_int_equal(hs_eif_check(&eif, 0, true, &err), 0);
	assert_int_equal(hs_eif_check(&eif, 0, false, &err), HS_EFORMAT);
	assert_false(hs_eif_is(file));
}

/* A section that claims more than there is ends where the table says that another begins. */
static void
eif_cuts_a_section_that_claims_too_much(void **state)
{
	static const uint64_t claims[] = { UINT64_C(1) << 62, UINT64_MAX, 50 };
	struct hs_eif eif;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span file = small(&arena, HS_SPAN(""));

		build_eif_patch(file, 564 + 4, 8, claims[i]);
		assert_string_equal(
			read_shape(&arena, file),
			"kernel 548 4; cmdline 564 3; ramdisk[1] 579 3; ramdisk[2] 594 3; ");
		assert_int_equal(hs_eif_read(&eif, &arena, file, &err), 0);
		assert_true(eif.sections[1].size == claims[i]);
		assert_int_equal(hs_eif_check(&eif, eif.crc, true, &err), HS_EFORMAT);
		assert_non_null(strstr(err.text, "and the file has 33 behind its header"));

		memset((uint8_t *)(uintptr_t)file.at + BUILD_EIF_OFFSETS, 0, 256);
		assert_string_equal(read_shape(&arena, file), "kernel 548 4; cmdline 564 33; ");
	}
}

static void
eif_reads_forty_sections_and_limits_them(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena };
	struct hs_eif eif;
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < 40; i++)
		build_eif_add(&b, HS_EIF_RAMDISK, HS_SPAN("r"));
	assert_int_equal(hs_eif_read(&eif, &arena, build_eif_end(&b), &err), 0);
	assert_int_equal(eif.n_sections, 40);
	assert_string_equal(hs_eif_section_name(&arena, &eif.sections[39]), "ramdisk[40]");
	assert_int_equal(hs_eif_check(&eif, eif.crc, true, &err), 0);
	assert_int_equal(hs_eif_check(&eif, eif.crc, false, &err), HS_EFORMAT);
	assert_string_equal(err.text,
	                    "the file has 40 sections and its header claims 40; there can "
	                    "be 32 at most");
	while (b.n < HS_MAX_EIF_SECTIONS)
		build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN(""));
	assert_int_equal(hs_eif_read(&eif, &arena, build_eif_end(&b), &err), 0);
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("x"));
	assert_int_equal(hs_eif_read(&eif, &arena, build_eif_end(&b), &err), HS_ELIMIT);
	assert_string_equal(err.text, "it has more than 4096 sections");
	assert_int_equal(eif.n_sections, HS_MAX_EIF_SECTIONS);
	assert_int_equal(eif.gaps[0].len, 13);
}

static void
eif_names_a_second_section_of_a_kind(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena };

	(void)state;
	for (unsigned i = 0; i < 14; i++)
		build_eif_add(&b, i % 7, HS_SPAN(""));
	assert_string_equal(
		read_shape(&arena, build_eif_end(&b)),
		"invalid 548 0; kernel 560 0; cmdline 572 0; ramdisk[1] 584 0; signature 596 0; "
		"metadata 608 0; invalid[2] 620 0; invalid[3] 632 0; kernel[2] 644 0; "
		"cmdline[2] 656 0; ramdisk[2] 668 0; signature[2] 680 0; metadata[2] 692 0; "
		"invalid[4] 704 0; ");
}

static void
eif_leaves_four_bytes_out_of_its_crc(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span file = small(&arena, HS_SPAN(""));
	const uint32_t crc = hs_eif_crc(file);
	struct hs_eif eif;
	struct hs_err err;

	(void)state;
	build_eif_patch(file, BUILD_EIF_CRC, 4, 0x01020304);
	assert_int_equal(hs_eif_crc(file), crc);
	assert_int_equal(hs_eif_read(&eif, &arena, file, &err), 0);
	assert_true(hs_eif_crc_problem(&err, &eif, 0xa0b0c0d0));
	assert_string_equal(err.text, "the header's CRC-32 is 01020304, that of the file a0b0c0d0");
	assert_false(hs_eif_crc_problem(&err, &eif, 0x01020304));
	assert_int_equal(hs_eif_check(&eif, crc, false, &err), HS_EFORMAT);
	assert_int_equal(hs_eif_check(&eif, crc, true, &err), 0);
	build_eif_patch(file, 540, 4, 1);
	assert_int_not_equal(hs_eif_crc(file), crc);
	assert_int_equal(hs_eif_crc(hs_span_head(file, 0)), 0);
}

/* What is read of damaged bytes stands in them, once, and adds up to them. */
static void
check_sound(struct hs_span file)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_eif eif;
	struct hs_err err;
	uint64_t sum = HS_EIF_HEADER;

	if (hs_eif_read(&eif, &arena, file, &err) < 0) {
		assert_true(file.len < HS_EIF_HEADER);
		return;
	}
	for (size_t i = 0; i < eif.n_sections; i++) {
		const struct hs_eif_section *s = &eif.sections[i];

		assert_true(s->data.len <= s->size);
		sum += HS_EIF_SECTION_HEADER + s->data.len;
	}
	for (size_t i = 0; i < eif.n_gaps; i++)
		sum += eif.gaps[i].len;
	assert_true(sum == file.len);
	for (size_t i = 0; i < eif.n_problems; i++)
		assert_true(strlen(eif.problems[i].text) < sizeof(err.text) - 1);
	hs_eif_check(&eif, hs_eif_crc(file), false, &err);
}

static void
eif_has_an_answer_to_every_truncation(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span file = build_eif_usual(&arena, "x");

	(void)state;
	for (size_t len = 0; len < file.len; len++) {
		struct hs_span cut = exact_copy(file, len);
		struct hs_eif eif;
		struct hs_err err;

		check_sound(cut);
		if (hs_eif_read(&eif, &arena, cut, &err) == 0)
			assert_int_equal(hs_eif_check(&eif, eif.crc, false, &err), HS_EFORMAT);
		free((void *)(uintptr_t)cut.at);
	}
}

static void
eif_has_an_answer_to_every_corruption_of_a_byte(void **state)
{
	static const uint8_t flips[] = { 1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0xff };
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span usual = build_eif_usual(&arena, "x");
	struct hs_span file = exact_copy(usual, usual.len);

	(void)state;
	for (size_t at = 0; at < 900; at++)
		for (size_t i = 0; i < sizeof(flips); i++) {
			uint8_t *byte = (uint8_t *)(uintptr_t)file.at + at;

			*byte ^= flips[i];
			check_sound(file);
			*byte ^= flips[i];
		}
	free((void *)(uintptr_t)file.at);
}

/* What AWS's reader does with the files of ../shared/vectors/eif, and what a strict one says. */
static const struct vector {
	const char *name;
	bool aws_takes; /* its structure: metadata and signature are others' to check */
	const char *strict;
} vectors[] = {
	{ "u", true, NULL },
	{ "s-prime256v1", true, NULL },
	{ "s-secp384r1", true, NULL },
	{ "x-2k", true, "the section at offset 564 is kernel 2; there can only be one of them" },
	{ "x-badmd", true, NULL },
	{ "x-mdmiss", true, NULL },
	{ "x-empty", true, "there is no kernel" },
	{ "x-gap", false,
	  "16 bytes of no section at offset 548, in front of the section at 564: AWS's reader "
	  "takes "
	  "them for one" },
	{ "x-huge", false,
	  "the kernel at offset 548 claims 4611686018427387904 bytes, and the file has 247 behind "
	  "its header" },
	{ "x-nsec0", true, "the file has 4 sections, and its header claims 0" },
	{ "x-order", true, "ramdisk 1 at offset 746 stands before the kernel at offset 791" },
	{ "x-type0", false, "the section at offset 564 is of type 0, which is invalid" },
	{ "x-type6", false,
	  "the section at offset 564 is of type 6, and 5 is the last that is known" },
	{ "x-v2", true, NULL },
	{ "x-v3", true, NULL },
	{ "x-v4nomd", true, "there are no metadata, which version 4 must have" },
	{ "x-v9", true, "version 9 of the format is not known (2, 3 and 4 are)" },
};

static void
check_vector(const struct vector *v)
{
	struct hs_arena arena RELEASED = { 0 };
	struct hs_build b = { 0 };
	struct hs_eif eif;
	struct hs_err err;

	shared_read(&b, hs_arena_printf(&arena, "vectors/eif/%s.eif", v->name));
	assert_int_equal(hs_eif_read(&eif, &arena, hs_build_span(&b), &err), 0);
	if (v->aws_takes)
		assert_int_equal(eif.crc, hs_eif_crc(eif.file));
	assert_int_equal(hs_eif_check(&eif, eif.crc, true, &err), v->aws_takes ? 0 : HS_EFORMAT);
	assert_int_equal(hs_eif_check(&eif, eif.crc, false, &err), v->strict ? HS_EFORMAT : 0);
	if (v->strict)
		assert_string_equal(err.text, v->strict);
	hs_build_release(&b);
}

static void
eif_agrees_with_aws_reader(void **state)
{
	(void)state;
	shared_needs("vectors/eif");
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
		check_vector(&vectors[i]);
}

static void
another_file_is_told_by_what_it_begins_with(void **state)
{
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_eif_expect(HS_SPAN(".eif"), false, &err), 0);
	assert_int_equal(hs_eif_expect(HS_SPAN("\x7f"
	                                       "ELF\x02"),
	                               true, &err),
	                 0);
	assert_int_equal(hs_eif_expect(HS_SPAN("\x7f"
	                                       "ELF\x02"),
	                               false, &err),
	                 HS_EUSAGE);
	assert_string_equal(err.text,
	                    "it is no enclave image (EIF): it begins with \"\\x7fELF\" and "
	                    "not with \".eif\"");
	assert_int_equal(hs_eif_expect(HS_SPAN(""), false, &err), HS_EUSAGE);
	assert_string_equal(err.text, "it is no enclave image (EIF): it is empty");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eif_reads_what_aws_builder_writes),
		cmocka_unit_test(eif_finds_sections_behind_gaps_by_the_table),
		cmocka_unit_test(eif_walks_without_the_table),
		cmocka_unit_test(eif_cuts_a_section_that_claims_too_much),
		cmocka_unit_test(eif_reads_forty_sections_and_limits_them),
		cmocka_unit_test(eif_names_a_second_section_of_a_kind),
		cmocka_unit_test(eif_leaves_four_bytes_out_of_its_crc),
		cmocka_unit_test(eif_has_an_answer_to_every_truncation),
		cmocka_unit_test(eif_has_an_answer_to_every_corruption_of_a_byte),
		cmocka_unit_test(eif_agrees_with_aws_reader),
		cmocka_unit_test(another_file_is_told_by_what_it_begins_with),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
