/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/kernel/kernel_banner.h"

#include "unit.h"

#include <stdlib.h>

static void
kernel_banner_says_each_part_of_a_line(void **state)
{
	static const struct {
		const char *line, *text;
	} rows[] = {
		{ "Linux version 6.1.0 (me@host) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld (GNU "
		  "Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.1-1 (2026-11-14)\n",
		  "kernel release: 6.1.0\nbuilt by: me@host\n"
		  "compiler: gcc-12 (Debian 12.2.0-14) 12.2.0\n"
		  "linker: GNU ld (GNU Binutils for Debian) 2.40\nbuild number: 1\n"
		  "build flags: SMP PREEMPT_DYNAMIC\nbuilt at: Debian 6.1.1-1 (2026-11-14)\n" },
		{ "Linux version 4.14.256 (a@b) (gcc version 7.3.1 20180712 (Red Hat 7.3.1-13) "
		  "(GCC)) "
		  "#1 SMP Tue Nov 23 10:11:12 UTC 2021\n",
		  "kernel release: 4.14.256\nbuilt by: a@b\n"
		  "compiler: gcc version 7.3.1 20180712 (Red Hat 7.3.1-13) (GCC)\n"
		  "build number: 1\nbuild flags: SMP\nbuilt at: Tue Nov 23 10:11:12 UTC 2021\n" },
		/* The setup of a bzImage. */
		{ "5.10.0 (a@b) #56~20.04.1-Ubuntu Thu Jan 1 1970",
		  "kernel release: 5.10.0\nbuilt by: a@b\nbuild number: 56~20.04.1-Ubuntu\n"
		  "built at: Thu Jan 1 1970\n" },
		{ "Linux version 6.6.79 (nixbld@localhost) (clang version 17.0.6 (https://x, y), "
		  "LLD "
		  "17.0.6) #1-NixOS SMP PREEMPT_RT Tue Jan  1 00:00:00 UTC 1980\n",
		  "kernel release: 6.6.79\nbuilt by: nixbld@localhost\n"
		  "compiler: clang version 17.0.6 (https://x, y)\nlinker: LLD 17.0.6\n"
		  "build number: 1-NixOS\nbuild flags: SMP PREEMPT_RT\n"
		  "built at: Tue Jan  1 00:00:00 UTC 1980\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };

		hs_say_kernel_banner(&facts, hs_span_of(rows[i].line));
		assert_string_equal(hs_facts_text(&facts), rows[i].text);
	}
}

/* Whatever the parts do not tell is told by the line itself. */
static void
kernel_banner_says_an_odd_line_as_it_stands(void **state)
{
	static const char *const lines[] = {
		"6.1.0",
		"6.1.0 (a@b)",
		"6.1.0 (a@b) # SMP today",
		"6.1.0 (a@b #1 SMP today",
		"6.1.0 (a@b) (gcc) (patched) #1 SMP today",
		"6.1.0  (a@b) #1 SMP today",
		"6.1.0 (a@b) #1",
		"6.1.0 () (, ) () #1 SMP  ",
		")))",
		"((((((",
		" ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		const struct hs_fact *banner;

		hs_say_kernel_banner(&facts, hs_span_of(lines[i]));
		banner = hs_facts_find(&facts, "banner");
		if (!banner)
			fail_msg("%s is told in parts:\n%s", lines[i], hs_facts_text(&facts));
		assert_span(banner->value, lines[i]);
	}
}

static void
kernel_banner_reads_no_further_than_its_line(void **state)
{
	const struct hs_span line =
		HS_SPAN("Linux version 6 (a@b) (c (d), e) #1 SMP PREEMPT Thu Jan 1 1970\n");

	(void)state;
	for (size_t len = 0; len <= line.len; len++) {
		RELEASED struct hs_arena arena = { 0 };
		struct hs_facts facts = { .arena = &arena };
		struct hs_span part = exact_copy(line, len);

		hs_say_kernel_banner(&facts, part);
		(void)hs_facts_text(&facts);
		free((uint8_t *)(uintptr_t)part.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernel_banner_says_each_part_of_a_line),
		cmocka_unit_test(kernel_banner_says_an_odd_line_as_it_stands),
		cmocka_unit_test(kernel_banner_reads_no_further_than_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
