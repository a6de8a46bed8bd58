/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/eif_problems.h"

#include "build_eif.h"
#include "unit.h"

#include <stdlib.h>

/* "code section aws: text\n" for each; "-" for the file. */
static const char *
told(struct hs_arena *a, struct hs_span file)
{
	struct hs_span copy = exact_copy(file, file.len);
	const char *out = "";
	struct hs_eif eif;
	struct hs_err err;

	assert_int_equal(hs_eif_read(&eif, a, copy, &err), 0);
	for (size_t i = 0; i < eif.n_problems; i++) {
		const struct hs_eif_problem *p = &eif.problems[i];

		out = hs_arena_printf(
			a, "%s%s%s%s: %s\n", out, p->code,
			p->section == SIZE_MAX ? "" : hs_arena_printf(a, " %zu", p->section),
			p->aws_refuses ? " aws" : "", p->text);
	}
	free((void *)(uintptr_t)copy.at);
	return out;
}

/* kernel 548 "kern", cmdline 564 "cmd", metadata 579, ramdisks 821 "rd1" and 836 "rd2". */
static struct hs_span
small(struct hs_arena *a)
{
	struct build_eif b = { .out.arena = a };

	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kern"));
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("cmd"));
	build_eif_add(&b, HS_EIF_METADATA, build_eif_metadata);
	build_eif_add(&b, HS_EIF_RAMDISK, HS_SPAN("rd1"));
	build_eif_add(&b, HS_EIF_RAMDISK, HS_SPAN("rd2"));
	return build_eif_end(&b);
}

struct patch {
	size_t at, width;
	uint64_t value;
	const char *told;
};

static const struct patch fields[] = {
	{ 548, 2, 1, "" },
	{ 0, 4, 0x1b5b6966,
	  "eif-magic: the file begins with \"\\x1b[if\" and not with \".eif\"\n" },
	{ BUILD_EIF_VERSION, 2, 9,
	  "eif-version: version 9 of the format is not known (2, 3 and 4 are)\n" },
	{ BUILD_EIF_VERSION, 2, 1,
	  "eif-version: version 1 of the format is not known (2, 3 and 4 are)\n"
	  "eif-metadata-version: there are metadata, which version 1 does not have\n" },
	{ BUILD_EIF_VERSION, 2, 3,
	  "eif-metadata-version: there are metadata, which version 3 does not have\n" },
	{ BUILD_EIF_FLAGS, 2, 1, "" },
	{ BUILD_EIF_FLAGS, 2, 0x8001,
	  "eif-flags: the header's flags 0x8001 hold bits beside the architecture's (0x8000): "
	  "PCR0 of such an image may be made in another way\n" },
	{ BUILD_EIF_FLAGS, 2, 0x240,
	  "eif-flags: the header's flags 0x0240 hold bits beside the architecture's (0x0240, of "
	  "them PCIe with virtio): PCR0 of such an image may be made in another way\n" },
	{ BUILD_EIF_RESERVED, 2, 7,
	  "eif-reserved: the reserved field at offset 24 is 7 and not 0\n" },
	{ BUILD_EIF_UNUSED, 4, 0x80000000,
	  "eif-unused: the unused field at offset 540 is 2147483648 and not 0\n" },
	{ BUILD_EIF_COUNT, 2, 0, "eif-count: the file has 5 sections, and its header claims 0\n" },
	{ BUILD_EIF_COUNT, 2, 40,
	  "eif-count: the file has 5 sections and its header claims 40; there can be 32 at "
	  "most\n" },
	{ 548 + 2, 2, 0x8000,
	  "eif-section-flags 0: the flags of the kernel at offset 548 are 0x8000 and not 0\n" },
	{ 821 + 2, 2, 1,
	  "eif-section-flags 3: the flags of ramdisk 1 at offset 821 are 0x0001 and not 0\n" },
};

static const struct patch sections[] = {
	{ 836, 2, 0,
	  "eif-section-type 4 aws: the section at offset 836 is of type 0, which is invalid\n" },
	{ 836, 2, 6,
	  "eif-section-type 4 aws: the section at offset 836 is of type 6, and 5 is the last that "
	  "is known\n" },
	{ 836, 2, HS_EIF_KERNEL,
	  "eif-repeated 4: the section at offset 836 is kernel 2; there can only be one of "
	  "them\n" },
	{ 836, 2, HS_EIF_SIGNATURE, "" },
	{ 821, 2, HS_EIF_SIGNATURE,
	  "eif-signature-place 3: the signature at offset 821 is not the last section\n" },
	{ 548, 2, HS_EIF_CMDLINE,
	  "eif-repeated 1: the section at offset 564 is cmdline 2; there can only be one of them\n"
	  "eif-no-kernel: there is no kernel\n" },
	{ 564, 2, HS_EIF_RAMDISK, "eif-no-cmdline: there is no kernel command line\n" },
	{ 579, 2, HS_EIF_RAMDISK,
	  "eif-no-metadata: there are no metadata, which version 4 must have\n" },
	{ 836 + 4, 8, UINT64_C(1) << 62,
	  "eif-section-size 4 aws: ramdisk 2 at offset 836 claims 4611686018427387904 bytes, and "
	  "the file has 3 behind its header\n"
	  "eif-size-table 4: the table of sizes says 3 bytes for ramdisk 2, its own header says "
	  "4611686018427387904\n" },
	{ 548 + 4, 8, UINT64_MAX,
	  "eif-section-size 0 aws: the kernel at offset 548 claims 18446744073709551615 bytes, and "
	  "the file has 291 behind its header\n"
	  "eif-size-table 0: the table of sizes says 4 bytes for the kernel, its own header says "
	  "18446744073709551615\n" },
	{ 836 + 4, 8, 1,
	  "eif-trailing: 2 bytes of no section at the end, at offset 849, too few for another\n"
	  "eif-size-table 4: the table of sizes says 3 bytes for ramdisk 2, its own header says "
	  "1\n" },
	{ 579 + 4, 8, 229,
	  "eif-gap aws: 1 byte of no section at offset 820, in front of the section at 821: AWS's "
	  "reader takes them for one\n"
	  "eif-size-table 2: the table of sizes says 230 bytes for the metadata, its own header "
	  "says 229\n" },
};

static const struct patch tables[] = {
	{ BUILD_EIF_OFFSETS + 8, 8, 560,
	  "eif-overlap 0: entry 2 of the table of offsets is 560, which is inside the kernel at "
	  "offset 548\n"
	  "eif-not-listed 1: the cmdline at offset 564 is not in the table of offsets\n" },
	{ BUILD_EIF_OFFSETS + 8, 8, 5,
	  "eif-offset-table: entry 2 of the table of offsets is 5, where no section begins\n"
	  "eif-table-order: the table of offsets does not ascend: who follows it meets the "
	  "sections "
	  "in another order than who reads the file\n"
	  "eif-not-listed 1: the cmdline at offset 564 is not in the table of offsets\n" },
	{ BUILD_EIF_OFFSETS + 32, 8, UINT64_MAX,
	  "eif-offset-table: entry 5 of the table of offsets is 18446744073709551615, and the file "
	  "has 851 bytes\n"
	  "eif-not-listed 4: ramdisk 2 at offset 836 is not in the table of offsets\n" },
	{ BUILD_EIF_OFFSETS + 32, 8, 0,
	  "eif-size-table: entry 5 of the table of sizes is 3, and there is no offset for it\n"
	  "eif-not-listed 4: ramdisk 2 at offset 836 is not in the table of offsets\n" },
	{ BUILD_EIF_OFFSETS + 40, 8, 836,
	  "eif-size-table 4: the table of sizes says 0 bytes for ramdisk 2, its own header says 3\n"
	  "eif-table-order: the table of offsets does not ascend: who follows it meets the "
	  "sections "
	  "in another order than who reads the file\n" },
	{ BUILD_EIF_SIZES + 31 * 8, 8, 1,
	  "eif-size-table: entry 32 of the table of sizes is 1, and there is no offset for it\n" },
	{ BUILD_EIF_SIZES, 8, 5,
	  "eif-size-table 0: the table of sizes says 5 bytes for the kernel, its own header says "
	  "4\n" },
};

static void
check_patches(const struct patch *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct hs_arena arena RELEASED = { 0 };
		const struct hs_span file = small(&arena);

		build_eif_patch(file, rows[i].at, rows[i].width, rows[i].value);
		assert_string_equal(told(&arena, file), rows[i].told);
	}
}

static void
problems_of_fields_are_told(void **state)
{
	(void)state;
	check_patches(fields, sizeof(fields) / sizeof(fields[0]));
}

static void
problems_of_sections_are_told(void **state)
{
	(void)state;
	check_patches(sections, sizeof(sections) / sizeof(sections[0]));
}

static void
problems_of_tables_are_told(void **state)
{
	(void)state;
	check_patches(tables, sizeof(tables) / sizeof(tables[0]));
}

/* What signing a second time with AWS's tools leaves: the size of the first signature. */
static void
a_second_signature_with_the_size_of_the_first_is_told(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena };
	struct hs_span file;

	(void)state;
	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kern"));
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("cmd"));
	build_eif_add(&b, HS_EIF_METADATA, build_eif_metadata);
	build_eif_add(&b, HS_EIF_RAMDISK, HS_SPAN("rd1"));
	build_eif_add(&b, HS_EIF_SIGNATURE, HS_SPAN("0123456789"));
	file = build_eif_end(&b);
	build_eif_patch(file, BUILD_EIF_SIZES + 32, 8, 7);
	assert_string_equal(told(&arena, file),
	                    "eif-size-table 4: the table of sizes says 7 bytes for the signature, "
	                    "its own header says 10 (AWS's tools leave that behind when they sign "
	                    "a second time)\n");
	build_eif_patch(file, BUILD_EIF_SIZES + 32, 8, 10);
	build_eif_patch(file, BUILD_EIF_VERSION, 2, 2);
	build_eif_patch(file, 579, 2, HS_EIF_RAMDISK);
	assert_string_equal(
		told(&arena, file),
		"eif-signature-version: there is a signature, which version 2 does not have\n");
}

static void
a_signature_too_large_for_an_enclave_is_told(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena };

	(void)state;
	build_eif_add(&b, HS_EIF_RAMDISK, HS_SPAN("rd1"));
	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kern"));
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("cmd"));
	build_eif_add(&b, HS_EIF_METADATA, build_eif_metadata);
	build_eif_add(&b, HS_EIF_SIGNATURE,
	              (struct hs_span){ hs_arena_alloc(&arena, 32769), 32769 });
	assert_string_equal(told(&arena, build_eif_end(&b)),
	                    "eif-order 0: ramdisk 1 at offset 548 stands before the kernel at "
	                    "offset 563\n"
	                    "eif-signature-size 4: the signature has 32769 bytes; "
	                    "enclaves start with no more than 32768\n");
}

static void
an_empty_image_lacks_everything(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena };

	(void)state;
	assert_string_equal(told(&arena, build_eif_end(&b)),
	                    "eif-no-kernel: there is no kernel\n"
	                    "eif-no-cmdline: there is no kernel command line\n"
	                    "eif-no-ramdisk: there is no ramdisk\n"
	                    "eif-no-metadata: there are no metadata, which version 4 must have\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(problems_of_fields_are_told),
		cmocka_unit_test(problems_of_sections_are_told),
		cmocka_unit_test(problems_of_tables_are_told),
		cmocka_unit_test(a_second_signature_with_the_size_of_the_first_is_told),
		cmocka_unit_test(a_signature_too_large_for_an_enclave_is_told),
		cmocka_unit_test(an_empty_image_lacks_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
