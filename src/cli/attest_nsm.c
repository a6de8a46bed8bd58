/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"

enum hs_exit
hs_cmd_attest_nsm_describe(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	hs_say_trouble("%s is not there yet", cli->verb->name);
	return HS_EXIT_TROUBLE;
}

enum hs_exit
hs_cmd_attest_nsm_pcr(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	hs_say_trouble("%s is not there yet", cli->verb->name);
	return HS_EXIT_TROUBLE;
}

enum hs_exit
hs_cmd_attest_nsm_extend(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	hs_say_trouble("%s is not there yet", cli->verb->name);
	return HS_EXIT_TROUBLE;
}

enum hs_exit
hs_cmd_attest_nsm_lock(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	hs_say_trouble("%s is not there yet", cli->verb->name);
	return HS_EXIT_TROUBLE;
}

enum hs_exit
hs_cmd_attest_nsm_random(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	hs_say_trouble("%s is not there yet", cli->verb->name);
	return HS_EXIT_TROUBLE;
}
