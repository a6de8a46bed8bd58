/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/parse.h"

#include "cli/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct parsed {
	struct hs_arena arena;
	struct hs_cli cli;
	struct hs_err err;
	int rc;
};

static void
parse(struct parsed *p, const char *line, const char *defaults)
{
	char **argv;

	*p = (struct parsed){ 0 };
	assert_int_equal(hs_words_split(&argv, &p->arena, line, &p->err), 0);
	p->rc = hs_cli_parse(&p->cli, &p->arena, argv, defaults, &p->err);
}

static void
refused(const char *line, const char *defaults, const char *why)
{
	struct parsed p;

	parse(&p, line, defaults);
	assert_int_equal(p.rc, HS_EUSAGE);
	assert_string_equal(p.err.text, why);
	hs_arena_release(&p.arena);
}

static void
two_paths_are_compared_without_a_verb(void **state)
{
	static const char *const lines[] = { "./a b", "a.tar b", "-- diff b",
		                             "- b",   "oci:a b", "diff a b" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct parsed p;

		parse(&p, lines[i], NULL);
		assert_int_equal(p.rc, 0);
		assert_int_equal(p.cli.verb->id, HS_VERB_DIFF);
		assert_int_equal(p.cli.n_operands, 2);
		assert_string_equal(p.cli.operands[1], "b");
		hs_arena_release(&p.arena);
	}
}

static void
every_option_reaches_its_field(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p,
	      "diff -o text -o json=x.json -vv --verbose -j 4 --color=never --progress plain "
	      "--exclude *.o a.x --exclude=*.a b.x --max-depth 7 --max-size 2G --max-members=9 "
	      "--max-ratio 8",
	      NULL);
	assert_int_equal(p.rc, 0);
	assert_int_equal(p.cli.n_outputs, 2);
	assert_string_equal(p.cli.outputs[0].format, "text");
	assert_null(p.cli.outputs[0].file);
	assert_string_equal(p.cli.outputs[1].format, "json");
	assert_string_equal(p.cli.outputs[1].file, "x.json");
	assert_int_equal(p.cli.verbose, 3);
	assert_int_equal(p.cli.jobs, 4);
	assert_int_equal(p.cli.color, HS_WHEN_NEVER);
	assert_int_equal(p.cli.progress, HS_PROGRESS_PLAIN);
	assert_int_equal(p.cli.n_exclude, 2);
	assert_string_equal(p.cli.exclude[1], "*.a");
	assert_int_equal(p.cli.limits.max_depth, 7);
	assert_int_equal(p.cli.limits.max_size, UINT64_C(2) << 30);
	assert_int_equal(p.cli.limits.max_members, 9);
	assert_int_equal(p.cli.limits.max_ratio, 8);
	assert_int_equal(p.cli.n_operands, 2);
	hs_arena_release(&p.arena);

	parse(&p, "diff a b --timeout 1.5 --context 0 --max-lines 0 -q", NULL);
	assert_int_equal(p.rc, 0);
	assert_true(p.cli.limits.timeout_s > 1.4 && p.cli.limits.timeout_s < 1.6);
	assert_int_equal(p.cli.listing.context, 0);
	assert_true(p.cli.listing.max_lines == UINT64_MAX);
	assert_true(p.cli.quiet);
	assert_int_equal(p.cli.n_outputs, 0);
	hs_arena_release(&p.arena);

	parse(&p, "ls -l0 x", NULL);
	assert_int_equal(p.rc, 0);
	assert_true(p.cli.long_form && p.cli.null_ended);
	hs_arena_release(&p.arena);
}

static void
without_options_the_defaults_hold(void **state)
{
	const struct hs_limits limits = HS_LIMITS_DEFAULT;
	struct parsed p;

	(void)state;
	parse(&p, "diff a b", NULL);
	assert_int_equal(p.rc, 0);
	assert_int_equal(p.cli.n_outputs, 1);
	assert_string_equal(p.cli.outputs[0].format, "text");
	assert_int_equal(p.cli.listing.context, 3);
	assert_int_equal(p.cli.listing.max_lines, 200);
	assert_int_equal(p.cli.limits.max_size, limits.max_size);
	assert_int_equal(p.cli.jobs, 0);
	assert_int_equal(p.cli.color, HS_WHEN_UNSET);
	assert_int_equal(p.cli.progress, HS_PROGRESS_AUTO);
	hs_arena_release(&p.arena);
}

static void
defaults_of_the_environment_come_first_and_fit_any_verb(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "diff a b --context 1 --exclude y", "--context=9 -j2 --exclude 'x y'");
	assert_int_equal(p.rc, 0);
	assert_int_equal(p.cli.listing.context, 1);
	assert_int_equal(p.cli.jobs, 2);
	assert_int_equal(p.cli.n_exclude, 2);
	assert_string_equal(p.cli.exclude[0], "x y");
	hs_arena_release(&p.arena);

	parse(&p, "ls x", "--context=9 -o json=f");
	assert_int_equal(p.rc, 0);
	hs_arena_release(&p.arena);

	parse(&p, "diff a b -o text", "-o json=f -o json");
	assert_int_equal(p.rc, 0);
	assert_int_equal(p.cli.n_outputs, 1);
	assert_string_equal(p.cli.outputs[0].format, "text");
	hs_arena_release(&p.arena);

	refused("diff a b", "a", "HASHOSCOPE_OPTS: 'a' is not an option");
	refused("diff a b", "--exclude 'a", "HASHOSCOPE_OPTS: a quote has no end");
	refused("diff a b", "--bogus-thing",
	        "HASHOSCOPE_OPTS: unknown option --bogus-thing; see hashoscope --help");
}

static void
help_and_version_need_no_operand(void **state)
{
	static const char *const lines[] = { "--help",         "-h",          "--version",
		                             "--list-formats", "diff --help", "cat --version",
		                             "help",           "help ls",     "help --man" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct parsed p;

		parse(&p, lines[i], NULL);
		assert_int_equal(p.rc, 0);
		hs_arena_release(&p.arena);
	}
}

static void
what_makes_no_sense_is_refused_with_a_reason(void **state)
{
	static const struct {
		const char *line, *why;
	} rows[] = {
		{ "", "nothing to compare: two operands are needed; see hashoscope -h" },
		{ "./a", "two operands are needed, only one is given" },
		{ "diff", "two operands are needed, none is given" },
		{ "diff a b c", "diff: 'c' is one operand too many" },
		{ "diff - -", "only one operand can be - (standard input)" },
		{ "cat", "cat needs X PATH" },
		{ "cat x", "cat needs PATH" },
		{ "schema", "schema needs NAME" },
		{ "ls x --context 3", "ls takes no option --context; see hashoscope ls --help" },
		{ "insepct x", "'insepct' is neither a command nor an existing file; "
		               "did you mean 'inspect'?" },
		{ "nosuchfile x", "'nosuchfile' is neither a command nor an existing file; "
		                  "see hashoscope -h" },
		{ "--ouptut json a b", "unknown option --ouptut; did you mean --output?" },
		{ "--out json a b", "unknown option --out; did you mean --output?" },
		{ "--out=json a b", "unknown option --out=json; did you mean --output?" },
		{ "--exclud --out a b", "unknown option --exclud; did you mean --exclude?" },
		{ "--max 1 a b", "unknown option --max; did you mean --max-lines?" },
		{ "--text a b", "unknown option --text; did you mean -o text?" },
		{ "-Z a b", "unknown option -Z; see hashoscope -h" },
		{ "diff a b -o", "--output needs an argument: FMT[=FILE]" },
		{ "diff a b --jobs", "--jobs needs an argument: N" },
		{ "diff a b --quiet=yes", "--quiet takes no argument" },
		{ "diff a b -o jsn", "-o: 'jsn' is not one of: text json" },
		{ "diff a b -o =x", "-o: '' is not one of: text json" },
		{ "diff a b -o json=", "-o json=: no file is named" },
		{ "diff a b -o json -o text=-", "two -o write to standard output; "
		                                "give one of them a file: -o FMT=FILE" },
		{ "diff a b -o json=f -o text=f", "two -o write to f" },
		{ "diff a b -j x", "--jobs: 'x' is not a number up to 1000000" },
		{ "diff a b -j 5000", "--jobs: more than 1024" },
		{ "diff a b --max-depth 1025", "--max-depth: more than 1024" },
		{ "diff a b --max-size 10Q",
		  "--max-size: '10Q' is not a size such as 512M or 10G" },
		{ "diff a b --max-depth -1", "--max-depth: '-1' is not a number" },
		{ "diff a b --timeout nan", "--timeout: 'nan' is not a number of seconds" },
		{ "diff a b --color \"some times\"",
		  "--color: 'some times' is not one of: auto always never" },
		{ "diff a b --progress=",
		  "--progress: '' is not one of: auto bar plain json none" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		refused(rows[i].line, NULL, rows[i].why);
}

static void
a_family_refuses_what_makes_no_sense_too(void **state)
{
	static const struct {
		const char *line, *why;
	} rows[] = {
		{ "eif build a -o", "--output needs an argument: FILE" },
		{ "eif describe a -o", "--output needs an argument: FMT" },
		{ "eif build a -o x -o y", "more than one -o" },
		{ "eif describe a -o nitr", "-o: 'nitr' is not one of: text json nitro" },
		{ "explain a b -o nitro", "-o: 'nitro' is not one of: text json" },
		{ "eif build a --version", "--version needs an argument: TEXT" },
		{ "eif describe a --version=3", "--version takes no argument" },
		{ "eif extract a b --rootfs=x", "--rootfs takes no argument" },
		{ "eif build a --rootfs",
		  "eif build takes no option --rootfs; see hashoscope eif build --help" },
		{ "eif", "eif what? see hashoscope eif --help" },
		{ "eif ramdisk", "eif ramdisk what? see hashoscope eif --help" },
		{ "eif ./a", "no command is called 'eif ./a'; see hashoscope eif --help" },
		{ "eif biuld a", "no command is called 'eif biuld'; did you mean 'eif build'?" },
		{ "eif rmadisk customer a",
		  "no command is called 'eif rmadisk'; did you mean 'eif ramdisk'?" },
		{ "eif ramdisk custmer a", "no command is called 'eif ramdisk custmer'; "
		                           "did you mean 'eif ramdisk customer'?" },
		{ "eif build", "eif build needs IMAGE" },
		{ "eif extract a", "eif extract needs DIR" },
		{ "eif assemble a", "eif assemble: 'a' is one operand too many" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		refused(rows[i].line, NULL, rows[i].why);
}

static void
an_option_means_what_it_means_for_the_verb(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "eif --jobs 2 build a --version 3.1 -o x.eif --arch=aarch64", NULL);
	assert_int_equal(p.rc, 0);
	assert_int_equal(p.cli.verb->id, HS_VERB_EIF_BUILD);
	assert_int_equal(p.cli.n_operands, 1);
	assert_string_equal(p.cli.operands[0], "a");
	assert_string_equal(p.cli.eif.version, "3.1");
	assert_false(p.cli.version);
	assert_string_equal(p.cli.out_file, "x.eif");
	hs_arena_release(&p.arena);

	parse(&p, "eif describe a -o nitro", "-o json=report.json");
	assert_int_equal(p.rc, 0);
	assert_string_equal(p.cli.eif.format, "nitro");
	assert_null(p.cli.out_file);
	hs_arena_release(&p.arena);

	parse(&p, "eif extract a b --rootfs", NULL);
	assert_int_equal(p.rc, 0);
	assert_true(p.cli.eif.rootfs && !p.cli.rootfs);
	hs_arena_release(&p.arena);

	parse(&p, "diff a b --rootfs -o json", NULL);
	assert_int_equal(p.rc, 0);
	assert_true(p.cli.rootfs && !p.cli.eif.rootfs);
	assert_string_equal(p.cli.outputs[0].format, "json");
	hs_arena_release(&p.arena);

	parse(&p, "eif assemble --ramdisk r1 --ramdisk=r2 --kernel k --cmdline \"\"", NULL);
	assert_int_equal(p.rc, 0);
	assert_int_equal(p.cli.eif.n_ramdisks, 2);
	assert_string_equal(p.cli.eif.ramdisks[1], "r2");
	assert_string_equal(p.cli.eif.cmdline, "");
	hs_arena_release(&p.arena);
}

static void
a_family_alone_has_help(void **state)
{
	static const char *const lines[] = { "eif --help",    "eif -h",   "eif ramdisk --help",
		                             "eif --version", "help eif", "help eif ramdisk" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct parsed p;

		parse(&p, lines[i], NULL);
		assert_int_equal(p.rc, 0);
		if (p.cli.help && !p.cli.verb)
			assert_string_equal(p.cli.family->name, "eif");
		hs_arena_release(&p.arena);
	}
}

static void
an_argument_may_look_like_an_option(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "diff a b --exclude --help", NULL);
	assert_int_equal(p.rc, 0);
	assert_false(p.cli.help);
	assert_string_equal(p.cli.exclude[0], "--help");
	hs_arena_release(&p.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_paths_are_compared_without_a_verb),
		cmocka_unit_test(every_option_reaches_its_field),
		cmocka_unit_test(without_options_the_defaults_hold),
		cmocka_unit_test(defaults_of_the_environment_come_first_and_fit_any_verb),
		cmocka_unit_test(help_and_version_need_no_operand),
		cmocka_unit_test(what_makes_no_sense_is_refused_with_a_reason),
		cmocka_unit_test(a_family_refuses_what_makes_no_sense_too),
		cmocka_unit_test(an_option_means_what_it_means_for_the_verb),
		cmocka_unit_test(a_family_alone_has_help),
		cmocka_unit_test(an_argument_may_look_like_an_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
