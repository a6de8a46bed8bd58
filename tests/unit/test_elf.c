/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_bytes.h"
#include "build_program.h"
#include "check_bytes.h"
#include "compared.h"
#include "listed.h"
#include "unit.h"

#include <elf.h>

static const struct hs_comparator *const row = &hs_comparator_elf;

/* Expands the program and keeps it in `o`. */
static void
open_program(struct expanded *o, const struct build_program *w)
{
	RELEASED struct hs_arena a = { 0 };

	expanded_init(o, row, build_program(&a, w), NULL);
	assert_int_equal(o->rc, 0);
}

static void
elf_wins_its_own_bid(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = build_program(&a, &(struct build_program){ 0 });

	(void)state;
	assert_ptr_equal(hs_comparator_for(file, 0), row);
	assert_int_equal(row->bid(HS_SPAN("\177ELF\2\1\2\0\0\0\0\0\0\0\0\0")), 0);
	assert_int_equal(row->bid(HS_SPAN("\177ELF\3\1\1\0\0\0\0\0\0\0\0\0")), 0);
	assert_int_equal(row->bid(HS_SPAN("\177ELF")), 0);
}

static void
elf_describes_header_segments_libraries_and_notes(void **state)
{
	static const char *const lines[] = {
		"class: 64-bit\n",      "byte order: little-endian\n", "machine: x86-64\n",
		"entry: main\n",        "needed: libc.so.6\n",         "soname: prog.so\n",
		"build ID: 01020304\n", "dynamic flags 1: NOW\n",      "file type: shared object\n",
		"segment: LOAD r-x",
	};
	struct expanded o;

	(void)state;
	open_program(&o, &(struct build_program){ 0 });
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (!strstr(listed_facts(&o, NULL), lines[i]))
			fail_msg("no \"%s\" in:\n%s", lines[i], listed_facts(&o, NULL));
	assert_non_null(strstr(listed_facts(&o, ".text"), "section flags: alloc, exec"));
	expanded_release(&o);
}

static void
elf_lists_sections_and_functions(void **state)
{
	struct expanded o;

	(void)state;
	open_program(&o, &(struct build_program){ 0 });
	assert_non_null(strstr(expanded_keys(&o), ".text: main\n.text: helper\n.text: code "));
	assert_non_null(strstr(expanded_keys(&o), "\n.text\n.rodata\n.eh_frame_hdr\n.eh_frame\n"));
	assert_null(strstr(expanded_keys(&o), "behind"));
	expanded_release(&o);
}

#if HS_WITH_CAPSTONE
static void
elf_disassembles_functions_by_name(void **state)
{
	struct expanded o;

	(void)state;
	open_program(&o, &(struct build_program){ 0 });
	assert_string_equal(listed_content(&o, ".text: main"),
	                    "\\tlea rdi, [\"hello\"]\\n\\tcall helper\\n\\ttest eax, eax\\n"
	                    "\\tje .L1808\\n\\tret\\n.L1808:\\n\\txor eax, eax\\n\\tret\\n");
	assert_string_equal(listed_content(&o, ".text: helper"),
	                    "\\tadd dword ptr [counter], 1\\n\\txor eax, eax\\n\\tret\\n");
	expanded_release(&o);
}
#endif

/* What each section is shown as. */
static void
elf_shows_sections_as_what_they_mean(void **state)
{
	static const struct {
		const char *section, *text;
	} rows[] = {
		{ ".rodata", "\"hello\"\\n" },
		{ ".rodata", "\\njump table of main: +0x0 +0x1 +0x2 +0x3 +0x4\\n" },
		{ ".rodata", "\\n00 00 00 00 00 00 04 40\\n" },
		{ ".eh_frame", "main: version 1 zR 017810 0c07089001 | 440e10\\nhelper: " },
		{ ".eh_frame_hdr", "follows from .eh_frame\\n" },
		{ ".data.rel.ro", "-> \"hello\"\\n" },
		{ ".rela.dyn", ".data.rel.ro R_X86_64_RELATIVE \"hello\"\\n" },
		{ ".symtab", "LOCAL FUNC DEFAULT .text helper\\n"
		             "GLOBAL OBJECT DEFAULT .data 4 counter\\n"
		             "GLOBAL FUNC DEFAULT .text main\\n" },
		{ ".dynsym", "GLOBAL FUNC DEFAULT .text main\\n" },
		{ ".dynamic", "RELA 0x1234\\nRELASZ\\nDEBUG 0x0\\n" },
		{ ".strtab", "\"first\"\\n" },
	};
	struct expanded o;

	(void)state;
	open_program(&o, &(struct build_program){ 0 });
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strstr(listed_content(&o, rows[i].section), rows[i].text))
			fail_msg("%s: no \"%s\" in:\n%s", rows[i].section, rows[i].text,
			         listed_content(&o, rows[i].section));
	expanded_release(&o);
}

#if HS_WITH_CAPSTONE
/* One thing changed: that is told, and nothing that only follows from it. */
static void
elf_tells_what_changed_from_what_moved(void **state)
{
	static const struct {
		struct build_program b;
		const char *said, *unsaid;
	} rows[] = {
		{ { .constant = 9 }, "content .text: helper [text text]", "main" },
		{ { .text = "world" }, "content .rodata [text text]", ".text" },
		{ { .shift = 32 }, "only-b .text: first", "content .text: main" },
		{ { .shift = 32 }, "{shifted}", "content .eh_frame_hdr" },
		{ { .stripped = true }, "only-a .symtab", "content .text: main" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		struct compared c;

		compared_init(&c, build_program(&a, &(struct build_program){ 0 }),
		              build_program(&a, &rows[i].b), NULL, NULL);
		if (!strstr(compared_text(&c), rows[i].said) ||
		    strstr(compared_text(&c), rows[i].unsaid))
			fail_msg("%zu: %s", i, compared_text(&c));
		compared_release(&c);
	}
}

/* Without symbols a function is known by what it does, and where it stands. */
static void
elf_pairs_functions_without_names(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct build_program x = { .stripped = true };
	const struct build_program y = { .stripped = true, .constant = 9, .shift = 32 };
	struct compared c;
	const char *text;

	(void)state;
	compared_init(&c, build_program(&a, &x), build_program(&a, &y), NULL, NULL);
	text = compared_text(&c);
	/* first() has no symbol either; main() has one, being exported. */
	assert_non_null(strstr(text, "content .text: code "));
	assert_null(strstr(text, "only-a"));
	compared_release(&c);
}
#endif

static void
elf_tells_what_tools_left_in_words(void **state)
{
	const struct build_elf_section more[] = {
		{ .name = ".comment",
		  .type = SHT_PROGBITS,
		  .bytes = HS_SPAN("GCC: (Debian 12.2.0) 12.2.0\0") },
		{ .name = ".gnu_debuglink",
		  .type = SHT_PROGBITS,
		  .bytes = HS_SPAN("prog.debug\0\0\x78\x56\x34\x12") },
		{ .name = ".modinfo",
		  .type = SHT_PROGBITS,
		  .bytes = HS_SPAN("license=GPL\0odd\0") },
		{ .name = ".interp", .type = SHT_PROGBITS, .bytes = HS_SPAN("/lib/ld.so\0") },
		{ .name = ".gnu_debugaltlink",
		  .type = SHT_PROGBITS,
		  .bytes = HS_SPAN("x\0\xab\xcd") },
	};
	struct expanded o;

	(void)state;
	open_program(&o, &(struct build_program){ .more = more, .n_more = 5 });
	assert_non_null(strstr(listed_facts(&o, NULL), "interpreter: /lib/ld.so\n"
	                                               "producer: GCC: (Debian 12.2.0) 12.2.0\n"
	                                               "debug link: prog.debug\n"
	                                               "debug link CRC-32: 12345678\n"
	                                               "shared debug file: x\n"
	                                               "shared debug file ID: abcd\n"
	                                               "module license: GPL\n"
	                                               "module information: odd\n"));
	expanded_release(&o);
}

static void
elf_tells_what_go_and_rust_leave(void **state)
{
	const struct build_elf_section more[] = {
		{ .name = ".go.buildinfo",
		  .type = SHT_PROGBITS,
		  .bytes = HS_SPAN("\xff Go buildinf:\x08\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		                   "\x08go1.22.1\x4a"
		                   "0123456789abcdef"
		                   "path\tm/cmd\ndep\tm/d\tv1\nbuild\tCGO_ENABLED=1\n"
		                   "fedcba9876543210") },
		{ .name = ".rodata.rust",
		  .type = SHT_PROGBITS,
		  .bytes = HS_SPAN("/rustc/0123456789012345678901234567890123456789/library") },
	};
	struct expanded o;
	struct hs_build b = { 0 };
	RELEASED struct hs_arena a = { 0 };
	const struct build_elf plain = { .sections = &more[1], .n_sections = 1 };

	(void)state;
	open_program(&o, &(struct build_program){ .more = more, .n_more = 1 });
	assert_non_null(strstr(listed_facts(&o, NULL), "Go version: go1.22.1\nGo package: m/cmd\n"
	                                               "Go dependency m/d: v1\n"
	                                               "Go build CGO_ENABLED: 1\n"));
	expanded_release(&o);
	/* Of Rust it is looked for in .rodata alone. */
	hs_build_put(&b, build_elf(&a, &plain));
	memcpy(memmem(b.at, b.len, ".rodata.rust", 12), ".rodata\0rust", 12);
	listed_open(&o, row, &b);
	assert_non_null(strstr(listed_facts(&o, NULL), "Rust standard library: 0123456789"));
	expanded_release(&o);
}

/* Behind a module its signature, the length of that, a magic. */
static void
elf_opens_the_signature_of_a_module(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_put(&b, build_program(&a, &(struct build_program){ 0 }));
	hs_build_text(&b, "signature");
	hs_build_put(&b, HS_SPAN("\0\0\2\0\0\0\0\0\0\0\0\x09~Module signature appended~\n"));
	listed_open(&o, row, &b);
	assert_string_equal(listed_content(&o, "module signature"), "signature");
	assert_non_null(strstr(listed_facts(&o, NULL), "module signature: PKCS#7\n"));
	expanded_release(&o);
}

static void
elf_shows_what_belongs_to_nothing(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_put(&b, build_program(&a, &(struct build_program){ 0 }));
	hs_build_text(&b, "payload");
	listed_open(&o, row, &b);
	assert_string_equal(listed_content(&o, "(behind the section headers)"), "payload");
	expanded_release(&o);
}

/* Notes of the kinds that are told in words; any other by its number. */
static void
elf_tells_notes_in_words(void **state)
{
	static const struct {
		const char *owner, *line;
		uint32_t type;
		struct hs_span content;
	} rows[] = {
		{ "GNU",
		  "ABI tag: Linux 3.2.0\n",
		  1,
		  { (const uint8_t *)"\0\0\0\0\3\0\0\0\2\0\0\0\0\0\0\0", 16 } },
		{ "GNU",
		  "protection: IBT, SHSTK\n",
		  5,
		  { (const uint8_t *)"\2\0\0\xc0\4\0\0\0\3\0\0\0\0\0\0\0", 16 } },
		{ "Go", "Go build ID: a/b\n", 4, { (const uint8_t *)"a/b", 3 } },
		{ "FDO", "package metadata: {}\n", 0xcafe1a7e, { (const uint8_t *)"{}", 2 } },
		{ "Linux", "build salt: 6.1\n", 0x100, { (const uint8_t *)"6.1", 3 } },
		{ "Odd", "note Odd type 0x9: 0102\n", 9, { (const uint8_t *)"\1\2", 2 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		const struct build_elf_section more = {
			.name = ".note.x",
			.type = SHT_NOTE,
			.align = 4,
			.bytes = build_elf_note(&a, &(struct build_elf){ 0 }, rows[i].owner,
			                        rows[i].type, rows[i].content),
		};
		struct expanded o;

		open_program(&o, &(struct build_program){ .more = &more, .n_more = 1 });
		if (!strstr(listed_facts(&o, NULL), rows[i].line))
			fail_msg("no %s in %s", rows[i].line, listed_facts(&o, NULL));
		expanded_release(&o);
	}
}

/* Every class, byte order and machine is read by the same rows. */
static void
elf_reads_every_class_and_byte_order(void **state)
{
	static const uint16_t machines[] = { EM_X86_64, EM_386,   EM_AARCH64,
		                             EM_ARM,    EM_RISCV, EM_PPC64 };

	(void)state;
	for (size_t i = 0; i < 4 * sizeof(machines) / sizeof(machines[0]); i++) {
		RELEASED struct hs_arena a = { 0 };
		const struct build_elf_section s = { .name = ".text",
			                             .type = SHT_PROGBITS,
			                             .flags = SHF_ALLOC | SHF_EXECINSTR,
			                             .address = 0x1000,
			                             .bytes = HS_SPAN("\x12\x34\x56\x78\0\0\0\0") };
		const struct build_elf e = { .is32 = i & 1,
			                     .big = i & 2,
			                     .machine = machines[i / 4],
			                     .sections = &s,
			                     .n_sections = 1 };
		struct expanded o;

		expanded_init(&o, row, build_elf(&a, &e), NULL);
		assert_int_equal(o.rc, 0);
		assert_string_equal(expanded_keys(&o), ".text\n.shstrtab\n");
		expanded_exercise(&o);
		expanded_release(&o);
	}
}

/* A core dump, and what was stripped of its section headers: by segment. */
static void
elf_without_sections_is_shown_by_segment(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct build_elf_section s = {
		.name = "x", .type = SHT_PROGBITS, .address = 0x1000, .bytes = HS_SPAN("memory")
	};
	const struct build_elf_segment g = { PT_LOAD, PF_R, 1, 1 };
	const struct build_elf e = { .type = ET_CORE,
		                     .sections = &s,
		                     .n_sections = 1,
		                     .segments = &g,
		                     .n_segments = 1,
		                     .no_table = true };
	struct expanded o;

	(void)state;
	expanded_init(&o, row, build_elf(&a, &e), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed_content(&o, "segment LOAD r--"), "memory");
	assert_non_null(strstr(listed_facts(&o, NULL), "file type: core dump\n"));
	expanded_release(&o);
}

static void
elf_lets_no_byte_differ_unseen(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_every_byte_counts(row, build_program(&a, &(struct build_program){ 0 }));
}

static void
check_cut(const struct expanded *o, size_t len)
{
	if (len < 64)
		assert_int_equal(o->rc, len < 16 ? HS_ENOTMINE : HS_EFORMAT);
	else
		assert_true(o->rc == 0 && o->tree.n_notes > 0);
}

static void
elf_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	listed_truncations(row, build_program(&a, &(struct build_program){ 0 }), check_cut);
}

/* Any byte changed: nothing but that it ends well. */
static void
elf_survives_hostile_fields(void **state)
{
	static const uint8_t values[] = { 0, 0xff, 0x7f, 0x80, 1 };
	RELEASED struct hs_arena a = { 0 };
	struct hs_build b = { 0 };

	(void)state;
	hs_build_put(&b, build_program(&a, &(struct build_program){ 0 }));
	for (size_t i = 16; i < b.len; i++) {
		const uint8_t was = b.at[i];

		for (size_t k = 0; k < sizeof(values); k++) {
			struct expanded o;

			b.at[i] = values[k];
			expanded_init(&o, row, hs_build_span(&b), NULL);
			assert_true(o.rc == 0 || o.rc == HS_EFORMAT || o.rc == HS_ELIMIT);
			expanded_exercise(&o);
			expanded_release(&o);
		}
		b.at[i] = was;
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elf_wins_its_own_bid),
		cmocka_unit_test(elf_describes_header_segments_libraries_and_notes),
		cmocka_unit_test(elf_lists_sections_and_functions),
#if HS_WITH_CAPSTONE
		cmocka_unit_test(elf_disassembles_functions_by_name),
		cmocka_unit_test(elf_tells_what_changed_from_what_moved),
		cmocka_unit_test(elf_pairs_functions_without_names),
#endif
		cmocka_unit_test(elf_shows_sections_as_what_they_mean),
		cmocka_unit_test(elf_tells_what_tools_left_in_words),
		cmocka_unit_test(elf_tells_what_go_and_rust_leave),
		cmocka_unit_test(elf_opens_the_signature_of_a_module),
		cmocka_unit_test(elf_shows_what_belongs_to_nothing),
		cmocka_unit_test(elf_tells_notes_in_words),
		cmocka_unit_test(elf_reads_every_class_and_byte_order),
		cmocka_unit_test(elf_without_sections_is_shown_by_segment),
		cmocka_unit_test(elf_lets_no_byte_differ_unseen),
		cmocka_unit_test(elf_survives_every_truncation),
		cmocka_unit_test(elf_survives_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
