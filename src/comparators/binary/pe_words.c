/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/pe_words.h"

#include <inttypes.h>

struct word {
	uint32_t value;
	const char *word;
};

static const char *
word_of(struct hs_arena *a, const struct word *words, size_t n, unsigned value)
{
	for (size_t i = 0; i < n; i++)
		if (words[i].value == value)
			return words[i].word;
	return hs_arena_printf(a, "0x%x", value);
}

/* The words of all bits, with what has none as a number at the end. */
static const char *
words_of(struct hs_arena *a, const struct word *words, size_t n, uint32_t flags)
{
	const char *all = "";

	for (size_t i = 0; i < n; i++) {
		if (!(flags & words[i].value))
			continue;
		all = hs_arena_printf(a, "%s%s%s", all, *all ? ", " : "", words[i].word);
		flags &= ~words[i].value;
	}
	if (flags)
		all = hs_arena_printf(a, "%s%s0x%" PRIx32, all, *all ? ", " : "", flags);
	return *all ? all : "none";
}

const char *
hs_pe_machine_word(struct hs_arena *a, unsigned machine)
{
	static const struct word words[] = {
		{ 0x14c, "i386" },          { 0x8664, "x86-64" },      { 0x1c0, "arm" },
		{ 0x1c4, "armv7" },         { 0xaa64, "arm64" },       { 0x5064, "riscv64" },
		{ 0xebc, "EFI byte code" }, { 0x6264, "loongarch64" },
	};

	return word_of(a, words, sizeof(words) / sizeof(words[0]), machine);
}

const char *
hs_pe_subsystem_word(struct hs_arena *a, unsigned subsystem)
{
	static const struct word words[] = {
		{ 1, "native" },
		{ 2, "windows" },
		{ 3, "console" },
		{ 7, "posix" },
		{ 9, "windows ce" },
		{ 10, "efi application" },
		{ 11, "efi boot driver" },
		{ 12, "efi runtime driver" },
		{ 13, "efi rom" },
		{ 14, "xbox" },
		{ 16, "boot application" },
	};

	return word_of(a, words, sizeof(words) / sizeof(words[0]), subsystem);
}

const char *
hs_pe_characteristics_words(struct hs_arena *a, unsigned flags)
{
	static const struct word words[] = {
		{ 0x1, "relocations stripped" },
		{ 0x2, "executable" },
		{ 0x4, "line numbers stripped" },
		{ 0x8, "symbols stripped" },
		{ 0x20, "large addresses" },
		{ 0x100, "32 bits" },
		{ 0x200, "debug stripped" },
		{ 0x1000, "system" },
		{ 0x2000, "dll" },
	};

	return words_of(a, words, sizeof(words) / sizeof(words[0]), flags);
}

const char *
hs_pe_dll_flags_words(struct hs_arena *a, unsigned flags)
{
	static const struct word words[] = {
		{ 0x20, "high entropy" },    { 0x40, "dynamic base" },
		{ 0x80, "force integrity" }, { 0x100, "no execute" },
		{ 0x200, "no isolation" },   { 0x400, "no seh" },
		{ 0x800, "no bind" },        { 0x1000, "appcontainer" },
		{ 0x4000, "guard cf" },      { 0x8000, "terminal server" },
	};

	return words_of(a, words, sizeof(words) / sizeof(words[0]), flags);
}

const char *
hs_pe_section_flags_words(struct hs_arena *a, uint32_t flags)
{
	static const struct word words[] = {
		{ 0x20, "code" },         { 0x40, "data" },
		{ 0x80, "zeros" },        { 0x02000000, "discardable" },
		{ 0x10000000, "shared" }, { 0x20000000, "execute" },
		{ 0x40000000, "read" },   { 0x80000000, "write" },
	};

	return words_of(a, words, sizeof(words) / sizeof(words[0]), flags);
}

const char *
hs_pe_directory_word(size_t i)
{
	static const char *const words[16] = {
		"exports",
		"imports",
		"resources",
		"exceptions",
		"certificates",
		"relocations",
		"debug",
		"architecture",
		"global pointer",
		"thread storage",
		"load configuration",
		"bound imports",
		"import addresses",
		"delayed imports",
		"clr",
		"reserved",
	};

	return words[i];
}
