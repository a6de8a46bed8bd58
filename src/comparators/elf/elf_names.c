/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_names.h"

#include "core/escape.h"

#include <inttypes.h>

struct word {
	uint64_t number;
	const char *text;
};

#define WORDS(table) (table), sizeof(table) / sizeof((table)[0])

/* clang-format off */
static const struct word machines[] = {
	{ EM_NONE, "none" }, { EM_SPARC, "SPARC" }, { EM_386, "i386" }, { EM_68K, "m68k" },
	{ EM_MIPS, "MIPS" }, { EM_PARISC, "PA-RISC" }, { EM_PPC, "PowerPC" },
	{ EM_PPC64, "PowerPC64" }, { EM_S390, "S/390" }, { EM_ARM, "ARM" }, { EM_SH, "SuperH" },
	{ EM_SPARCV9, "SPARC V9" }, { EM_IA_64, "IA-64" }, { EM_X86_64, "x86-64" },
	{ EM_AVR, "AVR" }, { EM_XTENSA, "Xtensa" }, { EM_MSP430, "MSP430" },
	{ EM_AARCH64, "AArch64" }, { EM_RISCV, "RISC-V" }, { EM_BPF, "BPF" },
	{ 258, "LoongArch" },
};

static const struct word osabis[] = {
	{ ELFOSABI_NONE, "System V" }, { ELFOSABI_NETBSD, "NetBSD" }, { ELFOSABI_GNU, "GNU" },
	{ ELFOSABI_SOLARIS, "Solaris" }, { ELFOSABI_FREEBSD, "FreeBSD" },
	{ ELFOSABI_OPENBSD, "OpenBSD" }, { ELFOSABI_ARM_AEABI, "ARM EABI" },
	{ ELFOSABI_ARM, "ARM" }, { ELFOSABI_STANDALONE, "standalone" },
};

static const struct word segment_types[] = {
	{ PT_NULL, "NULL" }, { PT_LOAD, "LOAD" }, { PT_DYNAMIC, "DYNAMIC" },
	{ PT_INTERP, "INTERP" },
	{ PT_NOTE, "NOTE" }, { PT_SHLIB, "SHLIB" }, { PT_PHDR, "PHDR" }, { PT_TLS, "TLS" },
	{ PT_GNU_EH_FRAME, "GNU_EH_FRAME" }, { PT_GNU_STACK, "GNU_STACK" },
	{ PT_GNU_RELRO, "GNU_RELRO" }, { PT_GNU_PROPERTY, "GNU_PROPERTY" },
	{ 0x6474e554, "GNU_SFRAME" }, { 0x70000003, "ATTRIBUTES" },
};

static const struct word section_types[] = {
	{ SHT_NULL, "NULL" }, { SHT_PROGBITS, "PROGBITS" }, { SHT_SYMTAB, "SYMTAB" },
	{ SHT_STRTAB, "STRTAB" }, { SHT_RELA, "RELA" }, { SHT_HASH, "HASH" },
	{ SHT_DYNAMIC, "DYNAMIC" }, { SHT_NOTE, "NOTE" }, { SHT_NOBITS, "NOBITS" },
	{ SHT_REL, "REL" }, { SHT_SHLIB, "SHLIB" }, { SHT_DYNSYM, "DYNSYM" },
	{ SHT_INIT_ARRAY, "INIT_ARRAY" }, { SHT_FINI_ARRAY, "FINI_ARRAY" },
	{ SHT_PREINIT_ARRAY, "PREINIT_ARRAY" }, { SHT_GROUP, "GROUP" },
	{ SHT_SYMTAB_SHNDX, "SYMTAB_SHNDX" }, { 19, "RELR" },
	{ SHT_GNU_ATTRIBUTES, "GNU_ATTRIBUTES" }, { SHT_GNU_HASH, "GNU_HASH" },
	{ SHT_GNU_LIBLIST, "GNU_LIBLIST" }, { SHT_GNU_verdef, "VERDEF" },
	{ SHT_GNU_verneed, "VERNEED" }, { SHT_GNU_versym, "VERSYM" },
	{ 0x6fff4c03, "LLVM_ADDRSIG" }, { 0x70000001, "X86_64_UNWIND or ARM_EXIDX" },
	{ 0x70000003, "ATTRIBUTES" },
};

static const struct word symbol_types[] = {
	{ STT_NOTYPE, "NOTYPE" }, { STT_OBJECT, "OBJECT" }, { STT_FUNC, "FUNC" },
	{ STT_SECTION, "SECTION" }, { STT_FILE, "FILE" }, { STT_COMMON, "COMMON" },
	{ STT_TLS, "TLS" }, { STT_GNU_IFUNC, "IFUNC" },
};

static const struct word binds[] = {
	{ STB_LOCAL, "LOCAL" }, { STB_GLOBAL, "GLOBAL" }, { STB_WEAK, "WEAK" },
	{ STB_GNU_UNIQUE, "UNIQUE" },
};

static const struct word tags[] = {
	{ DT_NULL, "NULL" }, { DT_NEEDED, "NEEDED" }, { DT_PLTRELSZ, "PLTRELSZ" },
	{ DT_PLTGOT, "PLTGOT" }, { DT_HASH, "HASH" }, { DT_STRTAB, "STRTAB" },
	{ DT_SYMTAB, "SYMTAB" }, { DT_RELA, "RELA" }, { DT_RELASZ, "RELASZ" },
	{ DT_RELAENT, "RELAENT" }, { DT_STRSZ, "STRSZ" }, { DT_SYMENT, "SYMENT" },
	{ DT_INIT, "INIT" }, { DT_FINI, "FINI" }, { DT_SONAME, "SONAME" }, { DT_RPATH, "RPATH" },
	{ DT_SYMBOLIC, "SYMBOLIC" }, { DT_REL, "REL" }, { DT_RELSZ, "RELSZ" },
	{ DT_RELENT, "RELENT" }, { DT_PLTREL, "PLTREL" }, { DT_DEBUG, "DEBUG" },
	{ DT_TEXTREL, "TEXTREL" }, { DT_JMPREL, "JMPREL" }, { DT_BIND_NOW, "BIND_NOW" },
	{ DT_INIT_ARRAY, "INIT_ARRAY" }, { DT_FINI_ARRAY, "FINI_ARRAY" },
	{ DT_INIT_ARRAYSZ, "INIT_ARRAYSZ" }, { DT_FINI_ARRAYSZ, "FINI_ARRAYSZ" },
	{ DT_RUNPATH, "RUNPATH" }, { DT_FLAGS, "FLAGS" }, { DT_PREINIT_ARRAY, "PREINIT_ARRAY" },
	{ DT_PREINIT_ARRAYSZ, "PREINIT_ARRAYSZ" }, { DT_SYMTAB_SHNDX, "SYMTAB_SHNDX" },
	{ 35, "RELRSZ" }, { 36, "RELR" }, { 37, "RELRENT" },
	{ DT_GNU_HASH, "GNU_HASH" }, { DT_VERSYM, "VERSYM" }, { DT_RELACOUNT, "RELACOUNT" },
	{ DT_RELCOUNT, "RELCOUNT" }, { DT_FLAGS_1, "FLAGS_1" }, { DT_VERDEF, "VERDEF" },
	{ DT_VERDEFNUM, "VERDEFNUM" }, { DT_VERNEED, "VERNEED" }, { DT_VERNEEDNUM, "VERNEEDNUM" },
	{ DT_AUXILIARY, "AUXILIARY" }, { DT_FILTER, "FILTER" },
};

static const struct word section_flags[] = {
	{ SHF_ALLOC, "alloc" }, { SHF_WRITE, "write" }, { SHF_EXECINSTR, "exec" },
	{ SHF_MERGE, "merge" }, { SHF_STRINGS, "strings" }, { SHF_INFO_LINK, "info link" },
	{ SHF_LINK_ORDER, "link order" }, { SHF_OS_NONCONFORMING, "OS nonconforming" },
	{ SHF_GROUP, "group" }, { SHF_TLS, "TLS" }, { SHF_COMPRESSED, "compressed" },
	{ UINT32_C(1) << 21, "retain" }, { SHF_EXCLUDE, "exclude" },
};

static const struct word dynamic_flags[] = {
	{ DF_ORIGIN, "ORIGIN" }, { DF_SYMBOLIC, "SYMBOLIC" }, { DF_TEXTREL, "TEXTREL" },
	{ DF_BIND_NOW, "BIND_NOW" }, { DF_STATIC_TLS, "STATIC_TLS" },
};

static const struct word dynamic_flags_1[] = {
	{ DF_1_NOW, "NOW" }, { DF_1_GLOBAL, "GLOBAL" }, { DF_1_GROUP, "GROUP" },
	{ DF_1_NODELETE, "NODELETE" }, { DF_1_INITFIRST, "INITFIRST" }, { DF_1_NOOPEN, "NOOPEN" },
	{ DF_1_ORIGIN, "ORIGIN" }, { DF_1_DIRECT, "DIRECT" }, { DF_1_INTERPOSE, "INTERPOSE" },
	{ DF_1_NODEFLIB, "NODEFLIB" }, { DF_1_NODUMP, "NODUMP" }, { DF_1_PIE, "PIE" },
};
/* clang-format on */

static const char *
find(const struct word *words, size_t n, uint64_t number)
{
	for (size_t i = 0; i < n; i++)
		if (words[i].number == number)
			return words[i].text;
	return NULL;
}

static const char *
name_of(struct hs_arena *a, const struct word *words, size_t n, uint64_t number)
{
	const char *text = find(words, n, number);

	if (text)
		return text;
	return number < 0x1000 ? hs_arena_printf(a, "%" PRIu64, number)
	                       : hs_arena_printf(a, "0x%" PRIx64, number);
}

/* The words of the bits, then what is left of them as a number; "none". */
static const char *
names_of(struct hs_arena *a, const struct word *words, size_t n, uint64_t bits)
{
	const char *text = "";

	if (bits == 0)
		return "none";
	for (size_t i = 0; i < n; i++) {
		if (!(bits & words[i].number))
			continue;
		text = hs_arena_printf(a, "%s%s%s", text, *text ? ", " : "", words[i].text);
		bits &= ~words[i].number;
	}
	if (bits)
		text = hs_arena_printf(a, "%s%s0x%" PRIx64, text, *text ? ", " : "", bits);
	return text;
}

const char *
hs_elf_machine_name(struct hs_arena *a, unsigned machine)
{
	return name_of(a, WORDS(machines), machine);
}

const char *
hs_elf_osabi_name(struct hs_arena *a, unsigned osabi)
{
	return name_of(a, WORDS(osabis), osabi);
}

const char *
hs_elf_segment_type(struct hs_arena *a, uint32_t type)
{
	return name_of(a, WORDS(segment_types), type);
}

const char *
hs_elf_section_type(struct hs_arena *a, uint32_t type)
{
	return name_of(a, WORDS(section_types), type);
}

const char *
hs_elf_symbol_type(struct hs_arena *a, unsigned type)
{
	return name_of(a, WORDS(symbol_types), type);
}

const char *
hs_elf_symbol_bind(struct hs_arena *a, unsigned bind)
{
	return name_of(a, WORDS(binds), bind);
}

const char *
hs_elf_symbol_visibility(unsigned visibility)
{
	static const char *const words[] = { "DEFAULT", "INTERNAL", "HIDDEN", "PROTECTED" };

	return words[visibility & 3];
}

const char *
hs_elf_dynamic_tag(struct hs_arena *a, uint64_t tag)
{
	return name_of(a, WORDS(tags), tag);
}

const char *
hs_elf_section_flags(struct hs_arena *a, uint64_t flags)
{
	return names_of(a, WORDS(section_flags), flags);
}

const char *
hs_elf_dynamic_flags(struct hs_arena *a, uint64_t flags)
{
	return names_of(a, WORDS(dynamic_flags), flags);
}

const char *
hs_elf_dynamic_flags_1(struct hs_arena *a, uint64_t flags)
{
	return names_of(a, WORDS(dynamic_flags_1), flags);
}

const char *
hs_elf_access(uint32_t segment_flags)
{
	static const char *const words[] = {
		"---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"
	};

	return words[segment_flags & 7];
}

const char *
hs_elf_escaped(struct hs_arena *a, struct hs_span name)
{
	return (const char *)hs_arena_copy(a, hs_escape(a, name)).at;
}

const char *
hs_elf_section_label(struct hs_arena *a, const struct hs_elf_section *s)
{
	if (s->name.len == 0)
		return hs_arena_printf(a, "section[%zu]", s->index);
	return hs_elf_escaped(a, s->name);
}
