/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the command line, calls the verb, and ends as it says. */
#include "cli/commands.h"
#include "cli/formats.h"
#include "cli/help.h"
#include "cli/signals.h"
#include "cli/version.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * Descriptors 0 to 2 that the caller has closed would go to the first files
 * opened, and a report into an input. What takes their place refuses what
 * they are for: standard input cannot be read, the others cannot be written.
 */
static void
hold_standard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			_exit(HS_EXIT_TROUBLE);
}

static enum hs_exit
run_verb(const struct hs_cli *cli, const struct hs_env *env)
{
	static hs_command *const commands[HS_N_VERBS] = {
		[HS_VERB_DIFF] = hs_cmd_diff,
		[HS_VERB_INSPECT] = hs_cmd_inspect,
		[HS_VERB_LS] = hs_cmd_ls,
		[HS_VERB_CAT] = hs_cmd_cat,
		[HS_VERB_SCHEMA] = hs_cmd_schema,
		[HS_VERB_COMPLETION] = hs_cmd_completion,
		[HS_VERB_CANONICALIZE] = hs_cmd_canonicalize,
		[HS_VERB_PACK] = hs_cmd_pack,
		[HS_VERB_EXPLAIN] = hs_cmd_explain,
		[HS_VERB_EIF_DESCRIBE] = hs_cmd_eif_describe,
		[HS_VERB_EIF_PCR] = hs_cmd_eif_pcr,
		[HS_VERB_EIF_RAMDISK_BOOTSTRAP] = hs_cmd_eif_ramdisk_bootstrap,
		[HS_VERB_EIF_RAMDISK_CUSTOMER] = hs_cmd_eif_ramdisk_customer,
		[HS_VERB_EIF_BUILD] = hs_cmd_eif_build,
		[HS_VERB_EIF_ASSEMBLE] = hs_cmd_eif_assemble,
		[HS_VERB_EIF_SIGN] = hs_cmd_eif_sign,
		[HS_VERB_EIF_VERIFY] = hs_cmd_eif_verify,
		[HS_VERB_EIF_EXTRACT] = hs_cmd_eif_extract,
		[HS_VERB_ATTEST_SHOW] = hs_cmd_attest_show,
		[HS_VERB_ATTEST_VERIFY] = hs_cmd_attest_verify,
		[HS_VERB_ATTEST_POLICY] = hs_cmd_attest_policy,
		[HS_VERB_ATTEST_REQUEST] = hs_cmd_attest_request,
		[HS_VERB_ATTEST_NSM_DESCRIBE] = hs_cmd_attest_nsm_describe,
		[HS_VERB_ATTEST_NSM_PCR] = hs_cmd_attest_nsm_pcr,
		[HS_VERB_ATTEST_NSM_EXTEND] = hs_cmd_attest_nsm_extend,
		[HS_VERB_ATTEST_NSM_LOCK] = hs_cmd_attest_nsm_lock,
		[HS_VERB_ATTEST_NSM_RANDOM] = hs_cmd_attest_nsm_random,
		[HS_VERB_HELP] = hs_cmd_help,
	};

	return commands[cli->verb->id](cli, env);
}

static enum hs_exit
run(const struct hs_cli *cli, const struct hs_env *env)
{
	if (cli->family)
		hs_help_print_family(stdout, cli->family);
	else if (cli->short_help)
		hs_help_print_short(stdout);
	else if (cli->help)
		hs_help_print(stdout, cli->verb);
	else if (cli->version)
		hs_version_print(stdout);
	else if (cli->list_formats)
		return hs_formats(cli);
	else
		return run_verb(cli, env);
	return HS_EXIT_SAME;
}

/* What was printed and did not get there makes every other status a lie. */
static enum hs_exit
finish(enum hs_exit status)
{
	errno = 0;
	if ((fflush(stdout) == 0 && !ferror(stdout)) || status == HS_EXIT_TROUBLE)
		return status;
	hs_say_trouble("standard output cannot be written%s%s", errno ? ": " : "",
	               errno ? strerror(errno) : "");
	return HS_EXIT_TROUBLE;
}

int
main(int argc, char **argv)
{
	struct hs_arena arena = { 0 };
	struct hs_cli cli;
	struct hs_env env;
	struct hs_err err;
	enum hs_exit status;

	(void)argc;
	hold_standard_streams();
	hs_signals_setup();
	if (hs_env_read(&env, &err) < 0 || hs_cli_parse(&cli, &arena, argv, env.opts, &err) < 0)
		status = hs_say_err(&err);
	else
		status = finish(run(&cli, &env));
	hs_arena_release(&arena);
	return (int)status;
}
