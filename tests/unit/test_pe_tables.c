/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/binary/pe_facts.h"

#include "build_pe.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

typedef void say(struct hs_facts *out, const struct hs_pe *pe);

/* With the byte at `at` another, where that is not 0. */
static void
check(say *by, size_t at, const char *want)
{
	struct hs_arena arena = { 0 };
	struct hs_facts facts = { .arena = &arena };
	struct hs_build b = { 0 };
	struct hs_pe pe;

	build_pe(&b, &(struct build_pe){ .time = 9 });
	if (at)
		b.at[at] ^= 0x80;
	assert_true(hs_pe_read(&pe, hs_build_span(&b)));
	by(&facts, &pe);
	assert_string_equal(hs_facts_text(&facts), want);
	hs_arena_release(&arena);
	hs_build_release(&b);
}

static void
debug_directory_is_said(void **state)
{
	(void)state;
	check(hs_pe_say_debug, 0,
	      "debug: type 2, time 0x00000009, 30 bytes\n"
	      "pdb guid: 33323130-3534-3736-3839-616263646566\npdb age: 7\npdb path: a.pdb\n"
	      "debug: type 16, time 0x00000009, 0 bytes\nreproducible: its times are digests\n");
	/* Another kind of record; one that stands nowhere. */
	check(hs_pe_say_debug, 0x500,
	      "debug: type 2, time 0x00000009, 30 bytes\n"
	      "debug: type 16, time 0x00000009, 0 bytes\nreproducible: its times are digests\n");
	check(hs_pe_say_debug, 0x480 + 27,
	      "debug: type 2, time 0x00000009, 30 bytes\n"
	      "debug: type 16, time 0x00000009, 0 bytes\nreproducible: its times are digests\n");
}

static void
imports_and_exports_are_said_by_name(void **state)
{
	(void)state;
	check(hs_pe_say_imports, 0, "import: K.dll Open\nimport: K.dll #7\n");
	/* A lookup table, a name that lead nowhere. */
	check(hs_pe_say_imports, 0x403, "");
	check(hs_pe_say_imports, 0x40f, "import:  Open\nimport:  #7\n");
	check(hs_pe_say_exports, 0, "exports as: L.dll\nexport time: 0x5f5e100\nexport: run\n");
	check(hs_pe_say_exports, 0x4c0 + 35, "exports as: L.dll\nexport time: 0x5f5e100\n");
}

static void
assemblies_say_their_module(void **state)
{
	(void)state;
	check(hs_pe_say_clr, 0,
	      "clr runtime: 2.5\nclr flags: 0x1\nclr version: v4.0.30319\n"
	      "module version id: 33323130-3534-3736-3839-616263646566\n");
	check(hs_pe_say_clr, 0x580, "clr runtime: 2.5\nclr flags: 0x1\n");
	check(hs_pe_say_clr, 0x5a8, "clr runtime: 2.5\nclr flags: 0x1\nclr version: v4.0.30319\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(debug_directory_is_said),
		cmocka_unit_test(imports_and_exports_are_said_by_name),
		cmocka_unit_test(assemblies_say_their_module),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
