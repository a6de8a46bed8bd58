/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_eif.h"
#include "listed.h"
#include "unit.h"

static const struct hs_comparator *const eif = &hs_comparator_eif;

static struct hs_build
built(struct hs_span bytes)
{
	struct hs_build b = { 0 };

	hs_build_put(&b, bytes);
	return b;
}

static void
open_span(struct expanded *o, struct hs_span file)
{
	struct hs_build b = built(file);

	listed_open(o, eif, &b);
}

/* "CODE: TEXT" for each note, damage with "!". */
static const char *
notes(struct hs_arena *a, const struct hs_entry_note *list, size_t n)
{
	const char *out = "";

	for (size_t i = 0; i < n; i++)
		out = hs_arena_printf(a, "%s%s%s: %s\n", out, list[i].damage ? "!" : "",
		                      list[i].code, list[i].text);
	return out;
}

static void
eif_wins_its_own_bid(void **state)
{
	struct hs_arena arena RELEASED = { 0 };

	(void)state;
	assert_ptr_equal(hs_comparator_for(build_eif_usual(&arena, "x"), 0), eif);
	assert_ptr_equal(hs_comparator_for(HS_SPAN(".eif"), 0), eif);
	assert_int_equal(eif->bid(HS_SPAN(".ei")), 0);
	assert_int_equal(eif->bid(HS_SPAN("")), 0);
}

static void
eif_lists_its_sections_and_says_what_measures_them(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct expanded o;

	(void)state;
	open_span(&o, build_eif_usual(&arena, "x"));
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o), "file kernel 6\nfile cmdline 17\nfile metadata 230\n"
	                                "file ramdisk[1] 512\nfile ramdisk[2] 1024\n");
	assert_string_equal(listed_facts(&o, NULL),
	                    hs_arena_printf(&arena,
	                                    "version: 4\narchitecture: x86_64\n"
	                                    "default memory: 1073741824\ndefault CPUs: 2\n"
	                                    "crc32: %02x%02x%02x%02x\n"
	                                    "header measured in: no PCR\n",
	                                    o.file.at[544], o.file.at[545], o.file.at[546],
	                                    o.file.at[547]));
	assert_string_equal(listed_facts(&o, "kernel"),
	                    "type: file\nsize: 6\nmeasured in: PCR0, PCR1\n");
	assert_string_equal(listed_facts(&o, "metadata"),
	                    "type: file\nsize: 230\nmeasured in: no PCR\n");
	assert_string_equal(listed_facts(&o, "ramdisk[1]"),
	                    "type: file\nsize: 512\nmeasured in: PCR0, PCR1\n");
	assert_string_equal(listed_facts(&o, "ramdisk[2]"),
	                    "type: file\nsize: 1024\nmeasured in: PCR0, PCR2\n");
	assert_string_equal(listed_content(&o, "cmdline"), "reboot=k panic=30");
	assert_int_equal(o.tree.n_notes, 0);
	expanded_release(&o);
}

static void
eif_says_every_odd_field(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena, .flags = 0x241, .version = 3 };
	struct hs_span file;
	struct expanded o;

	(void)state;
	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kern"));
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN(""));
	build_eif_add(&b, HS_EIF_RAMDISK, HS_SPAN("rd1"));
	build_eif_add(&b, 77, HS_SPAN("?"));
	build_eif_add(&b, HS_EIF_SIGNATURE, HS_SPAN("s"));
	build_eif_gap(&b, HS_SPAN("tail"));
	file = build_eif_end(&b);
	build_eif_patch(file, BUILD_EIF_RESERVED, 2, 5);
	build_eif_patch(file, BUILD_EIF_UNUSED, 4, 6);
	build_eif_patch(file, BUILD_EIF_SIZES + 32, 8, 7);
	build_eif_patch(file, 548 + 2, 2, 8);
	build_eif_patch(file, BUILD_EIF_CRC, 4, 9);
	open_span(&o, file);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o),
	                    "file kernel 4: the flags of the kernel at offset 548 are 0x0008 and "
	                    "not 0\n"
	                    "file cmdline 0\nfile ramdisk[1] 3\n"
	                    "file invalid 1: the section at offset 591 is of type 77, and 5 is the "
	                    "last that is known\n"
	                    "file signature 1\ngap (after the sections) 4\n");
	assert_string_equal(listed_facts(&o, NULL),
	                    "version: 3\narchitecture: aarch64\nflags: 0x241\n"
	                    "default memory: 1073741824\ndefault CPUs: 2\nreserved: 0x5\n"
	                    "unused: 0x6\nnumber of sections: 5\n"
	                    "table of offsets: 548, 564, 576, 591, 604\n"
	                    "table of sizes: 4, 0, 3, 1, 7\ncrc32: 00000009 (wrong)\n"
	                    "header measured in: no PCR\n");
	assert_string_equal(listed_facts(&o, "kernel"),
	                    "type: file\nsize: 4\nsection flags: 0x8\nmeasured in: PCR0, PCR1\n");
	assert_string_equal(listed_facts(&o, "invalid"),
	                    "type: file\nsize: 1\nsection type: 77\nmeasured in: no PCR\n");
	assert_string_equal(listed_facts(&o, "signature"),
	                    "type: file\nsize: 1\nmeasured in: PCR8, by its certificate\n");
	expanded_release(&o);
}

static void
eif_notes_each_problem_where_it_is(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span file = build_eif_usual(&arena, "x");
	const struct hs_entry *e;
	struct expanded o;

	(void)state;
	build_eif_patch(file, BUILD_EIF_RESERVED, 2, 5);
	build_eif_patch(file, BUILD_EIF_SIZES, 8, 7);
	build_eif_patch(file, 548 + 2, 2, 8);
	build_eif_patch(file, 1361 + 2, 2, 9);
	build_eif_patch(file, 1361 + 4, 8, 5000);
	build_eif_patch(file, BUILD_EIF_CRC, 4, 0);
	open_span(&o, file);
	assert_int_equal(o.rc, 0);
	e = expanded_entry(&o, "kernel");
	assert_string_equal(notes(&arena, e->notes, e->n_notes),
	                    "eif-section-flags: the flags of the kernel at offset 548 are 0x0008 "
	                    "and not 0\n");
	e = expanded_entry(&o, "ramdisk[2]");
	assert_string_equal(
		notes(&arena, e->notes, e->n_notes),
		"eif-section-flags: the flags of ramdisk 2 at offset 1361 are 0x0009 "
		"and not 0\n"
		"!eif-section-size: ramdisk 2 at offset 1361 claims 5000 bytes, and the "
		"file has 1024 behind its header\n");
	assert_int_equal(expanded_entry(&o, "metadata")->n_notes, 0);
	assert_string_equal(
		notes(&arena, o.tree.notes, o.tree.n_notes),
		hs_arena_printf(&arena,
	                        "eif-reserved: the reserved field at offset 24 is 5 and not 0\n"
	                        "eif-size-table: the table of sizes says 7 bytes for the kernel, "
	                        "its own header says 6\n"
	                        "eif-size-table: the table of sizes says 1024 bytes for ramdisk 2, "
	                        "its own header says 5000\n"
	                        "eif-crc: the header's CRC-32 is 00000000, that of the file %08x\n",
	                        hs_eif_crc(file)));
	expanded_release(&o);
}

static void
eif_notes_metadata_that_aws_reader_refuses(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "{}", "AWS's reader refuses it: metadata: the member ImageName is missing" },
		{ "", "AWS's reader refuses it: metadata: " },
		{ "{\"ImageName\":1}",
		  "AWS's reader refuses it: metadata: ImageName is no string" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_arena arena RELEASED = { 0 };
		struct build_eif b = { .out.arena = &arena };
		const struct hs_entry *e;
		struct expanded o;

		build_eif_add(&b, HS_EIF_METADATA, hs_span_of(rows[i].text));
		open_span(&o, build_eif_end(&b));
		e = expanded_entry(&o, "metadata");
		assert_int_equal(e->n_notes, 1);
		assert_string_equal(e->notes[0].code, "eif-metadata");
		assert_false(e->notes[0].damage);
		assert_ptr_equal(strstr(e->notes[0].text, rows[i].why), e->notes[0].text);
		expanded_release(&o);
	}
}

static void
eif_shows_gaps_as_members(void **state)
{
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena };
	struct expanded o;

	(void)state;
	build_eif_gap(&b, HS_SPAN("xxxx"));
	build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN("kern"));
	build_eif_gap(&b, HS_SPAN("yyyyyyyyyyyyyyy"));
	build_eif_add(&b, HS_EIF_CMDLINE, HS_SPAN("c"));
	build_eif_gap(&b, HS_SPAN("zzzzzzzzzzzzzzzzzzzzz"));
	open_span(&o, build_eif_end(&b));
	assert_string_equal(listed(&o), "gap (between the sections) 4\nfile kernel 4\n"
	                                "gap (between the sections) 15\nfile cmdline 1\n"
	                                "gap (after the sections) 21\n");
	assert_string_equal(listed_content(&o, "(after the sections)"), "zzzzzzzzzzzzzzzzzzzzz");
	expanded_release(&o);
}

static void
check_truncation(const struct expanded *o, size_t len)
{
	assert_int_equal(o->rc, len < HS_EIF_HEADER ? HS_EFORMAT : 0);
	if (len < HS_EIF_HEADER)
		assert_string_equal(o->err.text,
		                    hs_arena_printf((struct hs_arena *)(uintptr_t)&o->arena,
		                                    "the file has %zu bytes, and the header of an "
		                                    "enclave image 548",
		                                    len));
}

static void
eif_survives_every_truncation(void **state)
{
	struct hs_arena arena RELEASED = { 0 };

	(void)state;
	listed_truncations(eif, build_eif_usual(&arena, "x"), check_truncation);
}

static void
eif_has_an_answer_to_every_corruption_of_a_byte(void **state)
{
	static const uint8_t flips[] = { 1, 0x80, 0xff };
	struct hs_arena arena RELEASED = { 0 };
	const struct hs_span file = build_eif_usual(&arena, "x");

	(void)state;
	for (size_t at = 0; at < 700; at++)
		for (size_t i = 0; i < sizeof(flips); i++) {
			struct expanded o;

			build_eif_patch(file, at, 1, file.at[at] ^ flips[i]);
			open_span(&o, file);
			assert_int_equal(o.rc, 0);
			assert_true(o.tree.n_notes + o.tree.n_entries > 5);
			expanded_exercise(&o);
			expanded_release(&o);
			build_eif_patch(file, at, 1, file.at[at] ^ flips[i]);
		}
}

static void
eif_stops_at_the_limit_of_sections(void **state)
{
	struct hs_limits limits = HS_LIMITS_DEFAULT;
	struct hs_arena arena RELEASED = { 0 };
	struct build_eif b = { .out.arena = &arena };
	struct expanded o;

	(void)state;
	limits.max_members = 3;
	expanded_init(&o, eif, build_eif_usual(&arena, "x"), &limits);
	assert_int_equal(o.rc, HS_ELIMIT);
	assert_int_equal(o.tree.n_entries, 3);
	expanded_release(&o);
	while (b.n < 5000)
		build_eif_add(&b, HS_EIF_KERNEL, HS_SPAN(""));
	open_span(&o, build_eif_end(&b));
	assert_int_equal(o.rc, HS_ELIMIT);
	assert_string_equal(o.err.text, "it has more than 4096 sections");
	assert_int_equal(o.tree.n_entries, 4097);
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eif_wins_its_own_bid),
		cmocka_unit_test(eif_lists_its_sections_and_says_what_measures_them),
		cmocka_unit_test(eif_says_every_odd_field),
		cmocka_unit_test(eif_notes_each_problem_where_it_is),
		cmocka_unit_test(eif_notes_metadata_that_aws_reader_refuses),
		cmocka_unit_test(eif_shows_gaps_as_members),
		cmocka_unit_test(eif_survives_every_truncation),
		cmocka_unit_test(eif_has_an_answer_to_every_corruption_of_a_byte),
		cmocka_unit_test(eif_stops_at_the_limit_of_sections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
