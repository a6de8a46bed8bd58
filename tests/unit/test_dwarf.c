/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_bytes.h"
#include "build_program.h"
#include "compared.h"
#include "listed.h"
#include "unit.h"

#include <elf.h>

static const struct hs_comparator *const row = &hs_comparator_elf;

enum { CODE = 0x1000 };

/* What the sections of one unit hold; all zero is the plain one. */
struct debug {
	const char *folder; /* NULL: "/src" */
	unsigned line;      /* on which main() is declared; 0: 3 */
	bool old;           /* version 4, not 5 */
	uint64_t shift;     /* of the code */
};

static struct hs_span
take(struct hs_arena *a, struct hs_build *b)
{
	const struct hs_span s = hs_arena_copy(a, hs_build_span(b));

	hs_build_release(b);
	return s;
}

/* Puts its length, but for these 4 bytes, in front. */
static struct hs_span
with_length(struct hs_arena *a, struct hs_build *b)
{
	struct hs_build out = { 0 };

	hs_build_le(&out, b->len, 4);
	hs_build_put(&out, hs_build_span(b));
	hs_build_release(b);
	return take(a, &out);
}

/* 1: compile_unit: producer (strp), language (data1), name, comp_dir (strings), low_pc (addr),
 * high_pc (data8), stmt_list, 2: subprogram: name, decl_file, decl_line, type (ref4), location
 * list; 3: base_type: name. */
static const struct hs_span abbrev = {
	(const uint8_t *)"\1\x11\1\x25\x0e\x13\x0b\x03\x08\x1b\x08\x11\x01\x12\x07\x10\x17\0\0"
			 "\2\x2e\0\x03\x08\x3a\x0b\x3b\x0b\x49\x13\x40\x17\x55\x17\0\0"
			 "\3\x24\0\x03\x08\0\0\0",
	19 + 17 + 8,
};

static struct hs_span
info_of(struct hs_arena *a, const struct debug *w)
{
	struct hs_build b = { 0 };
	size_t type;

	hs_build_le(&b, w->old ? 4 : 5, 2);
	if (!w->old)
		hs_build_put(&b, HS_SPAN("\1\x08"));
	hs_build_le(&b, 0, 4);
	if (w->old)
		hs_build_put(&b, HS_SPAN("\x08"));
	hs_build_fill(&b, 1, 1);
	hs_build_le(&b, 1, 4);
	hs_build_put(&b, HS_SPAN("\x0cprog.c\0"));
	hs_build_text(&b, w->folder ? w->folder : "/src");
	hs_build_fill(&b, 0, 1);
	hs_build_le(&b, CODE + w->shift, 8);
	hs_build_le(&b, 20, 8);
	hs_build_le(&b, 0, 4);
	type = b.len + 4;
	hs_build_put(&b, HS_SPAN("\3int\0\2main\0\1"));
	hs_build_fill(&b, (uint8_t)(w->line ? w->line : 3), 1);
	hs_build_le(&b, type, 4);
	hs_build_le(&b, w->old ? 4 : 14, 4);
	hs_build_le(&b, w->old ? 0 : 12, 4);
	hs_build_fill(&b, 0, 1);
	return with_length(a, &b);
}

/* Two rows of main(): line 3, and 4 bytes and 2 lines on; the end. */
static struct hs_span
line_of(struct hs_arena *a, const struct debug *w)
{
	struct hs_build b = { 0 }, head = { 0 };
	struct hs_span rest;

	hs_build_put(&head, w->old ? HS_SPAN("\1\1\1\xfb\x0e\x0a\0\1\1\1\1\0\0\0\1")
	                           : HS_SPAN("\1\1\1\xfb\x0e\x0a\0\1\1\1\1\0\0\0\1"));
	if (w->old)
		hs_build_put(&head, HS_SPAN("inc\0\0prog.c\0\1\0\0\0"));
	else
		hs_build_put(&head,
		             HS_SPAN("\1\1\x08\1/src\0\2\1\x08\2\x0b\2prog.c\0\0prog.c\0\0"));
	rest = take(a, &head);
	hs_build_le(&b, w->old ? 4 : 5, 2);
	if (!w->old)
		hs_build_put(&b, HS_SPAN("\x08\0"));
	hs_build_le(&b, rest.len, 4);
	hs_build_put(&b, rest);
	hs_build_put(&b, HS_SPAN("\0\x09\2"));
	hs_build_le(&b, CODE + w->shift, 8);
	/* advance_line 2; copy; special: 4 bytes, 2 lines; advance_pc 16; end */
	hs_build_put(&b, HS_SPAN("\3\2\1"));
	hs_build_fill(&b, (uint8_t)(10 + 4 * 14 + 2 + 5), 1);
	hs_build_put(&b, HS_SPAN("\2\x10\0\1\1"));
	return with_length(a, &b);
}

static struct hs_span
aranges_of(struct hs_arena *a, const struct debug *w)
{
	struct hs_build b = { 0 };

	hs_build_put(&b, HS_SPAN("\2\0\0\0\0\0\x08\0\0\0\0\0"));
	hs_build_le(&b, CODE + w->shift, 8);
	hs_build_le(&b, 20, 8);
	hs_build_fill(&b, 0, 16);
	return with_length(a, &b);
}

/* Numbers of views, a list of one place, a list of ranges; of either version. */
static struct hs_span
loc_of(struct hs_arena *a, const struct debug *w)
{
	struct hs_build b = { 0 };

	if (w->old) {
		hs_build_put(&b, HS_SPAN("\1\2\1\2"));
		hs_build_le(&b, 1, 8);
		hs_build_le(&b, 9, 8);
		hs_build_put(&b, HS_SPAN("\1\0\x55"));
		hs_build_fill(&b, 0, 16);
		return take(a, &b);
	}
	hs_build_put(&b, HS_SPAN("\5\0\x08\0\0\0\0\0\1\2\4\1\x09\1\x55\0"));
	return with_length(a, &b);
}

static struct hs_span
ranges_of(struct hs_arena *a, const struct debug *w)
{
	struct hs_build b = { 0 };

	if (w->old) {
		hs_build_le(&b, CODE + w->shift + 4, 8);
		hs_build_le(&b, CODE + w->shift + 8, 8);
		hs_build_fill(&b, 0, 16);
		return take(a, &b);
	}
	hs_build_put(&b, HS_SPAN("\5\0\x08\0\0\0\0\0\7"));
	hs_build_le(&b, CODE + w->shift + 4, 8);
	hs_build_put(&b, HS_SPAN("\4\0"));
	return with_length(a, &b);
}

static struct hs_span
debug_program(struct hs_arena *a, const struct debug *w)
{
	const struct build_elf_section more[] = {
		{ .name = ".debug_info", .type = SHT_PROGBITS, .bytes = info_of(a, w) },
		{ .name = ".debug_abbrev", .type = SHT_PROGBITS, .bytes = abbrev },
		{ .name = ".debug_str",
		  .type = SHT_PROGBITS,
		  .flags = SHF_MERGE | SHF_STRINGS,
		  .bytes = HS_SPAN("\0cc -g\0") },
		{ .name = ".debug_line", .type = SHT_PROGBITS, .bytes = line_of(a, w) },
		{ .name = ".debug_aranges", .type = SHT_PROGBITS, .bytes = aranges_of(a, w) },
		{ .name = w->old ? ".debug_loc" : ".debug_loclists",
		  .type = SHT_PROGBITS,
		  .bytes = loc_of(a, w) },
		{ .name = w->old ? ".debug_ranges" : ".debug_rnglists",
		  .type = SHT_PROGBITS,
		  .bytes = ranges_of(a, w) },
	};

	return build_program(
		a, &(struct build_program){ .more = more, .n_more = 7, .shift = w->shift });
}

static void
check_section(struct expanded *o, const char *section, const char *want)
{
	if (strcmp(listed_content(o, section), want))
		fail_msg("%s is:\n%s\nnot:\n%s", section, listed_content(o, section), want);
}

static void
debug_information_is_told_without_offsets(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, row, debug_program(&a, &(struct debug){ 0 }), NULL);
	check_section(&o, ".debug_info",
	              "unit: version 5, addresses of 8 bytes\\n"
	              "compile_unit, producer \"cc -g\", language C99, name \"prog.c\", "
	              "comp_dir \"/src\", low_pc main, high_pc 20\\n"
	              "  base_type, name \"int\"\\n"
	              "  subprogram, name \"main\", decl_file prog.c, decl_line 3, type int, "
	              "frame_base list, ranges list\\n");
	check_section(&o, ".debug_abbrev", "the codes of .debug_info\\n");
	check_section(&o, ".debug_line",
	              "unit: version 5\\nfolder 0 /src\\nfile prog.c in folder 0\\n"
	              "file prog.c in folder 0\\nmain: file 1 line 3\\n  +4: +2\\n  +16: end\\n");
	check_section(&o, ".debug_aranges", "unit: version 2\\nmain, 20 bytes\\n0x0, 0 bytes\\n");
	check_section(&o, ".debug_loclists",
	              "lists: version 5, 0 offsets\\n01 02\\n1 to 9 55\\nend\\n");
	check_section(&o, ".debug_rnglists",
	              "lists: version 5, 0 offsets\\nmain+0x4, 4 bytes\\nend\\n");
	check_section(&o, ".debug_str", "00\\n\"cc -g\"\\n");
	expanded_release(&o);
}

static void
debug_information_of_version_4_is_told_likewise(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct expanded o;

	(void)state;
	expanded_init(&o, row, debug_program(&a, &(struct debug){ .old = true }), NULL);
	assert_non_null(strstr(listed_content(&o, ".debug_info"), "unit: version 4"));
	assert_non_null(strstr(listed_content(&o, ".debug_info"), "decl_file prog.c, decl_line 3"));
	assert_non_null(strstr(listed_content(&o, ".debug_line"),
	                       "folder 1 inc\\nfile prog.c in folder 1\\nmain: file 1 line 3\\n"));
	check_section(&o, ".debug_loc", "01 02 01 02\\n0x1 to 0x9 55\\nend\\n");
	check_section(&o, ".debug_ranges", "main+0x4 to main+0x8\\nend\\n");
	expanded_release(&o);
}

static void
debug_information_tells_what_changed_from_what_moved(void **state)
{
	static const struct {
		struct debug b;
		const char *said, *unsaid;
	} rows[] = {
		{ { .folder = "/elsewhere" }, "content .debug_info", ".debug_line" },
		{ { .line = 4 }, "content .debug_info", ".debug_line" },
		{ { .shift = 32 }, "{shifted}", "content .debug" },
		{ { .shift = 32, .old = true }, "{shifted}", "content .debug" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		const struct debug plain = { .old = rows[i].b.old };
		struct compared c;

		compared_init(&c, debug_program(&a, &plain), debug_program(&a, &rows[i].b), NULL,
		              NULL);
		if (!strstr(compared_text(&c), rows[i].said) ||
		    strstr(compared_text(&c), rows[i].unsaid))
			fail_msg("%zu: %s", i, compared_text(&c));
		compared_release(&c);
	}
}

/* Any byte of them another, and every beginning: nothing but that it ends well. */
static void
damaged_debug_information_is_survived(void **state)
{
	static const uint8_t values[] = { 0, 0xff, 0x7f, 0x80, 1, 0x16 };

	(void)state;
	for (unsigned old = 0; old < 2; old++) {
		RELEASED struct hs_arena a = { 0 };
		struct hs_build b = { 0 };
		const uint8_t *from, *to;

		hs_build_put(&b, debug_program(&a, &(struct debug){ .old = old }));
		/* From the abbreviations on; they stand behind the units. */
		to = memmem(b.at, b.len, ".shstrtab", 9);
		from = memmem(b.at, b.len, "prog.c", 6);
		assert_true(from && to);
		for (const uint8_t *at = from - 24; at < to; at++) {
			uint8_t *byte = &b.at[at - b.at], was = *byte;

			for (size_t k = 0; k < sizeof(values); k++) {
				struct expanded o;

				*byte = values[k];
				expanded_init(&o, row, hs_build_span(&b), NULL);
				expanded_exercise(&o);
				expanded_release(&o);
			}
			*byte = was;
		}
		hs_build_release(&b);
	}
}

static void
debug_information_that_ends_early_is_told_up_to_there(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span info = info_of(&a, &(struct debug){ 0 });

	(void)state;
	for (size_t n = 0; n < info.len; n++) {
		const struct build_elf_section more[] = {
			{ .name = ".debug_info", .type = SHT_PROGBITS, .bytes = { info.at, n } },
			{ .name = ".debug_abbrev", .type = SHT_PROGBITS, .bytes = abbrev },
		};
		struct expanded o;
		int rc;

		expanded_init(
			&o, row,
			build_program(&a, &(struct build_program){ .more = more, .n_more = 2 }),
			NULL);
		expanded_content(&o, expanded_entry(&o, ".debug_info"), &rc);
		assert_int_equal(rc, n ? HS_EFORMAT : 0);
		expanded_release(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(debug_information_is_told_without_offsets),
		cmocka_unit_test(debug_information_of_version_4_is_told_likewise),
		cmocka_unit_test(debug_information_tells_what_changed_from_what_moved),
		cmocka_unit_test(damaged_debug_information_is_survived),
		cmocka_unit_test(debug_information_that_ends_early_is_told_up_to_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
