/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"

enum hs_exit
hs_cmd_canonicalize(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)cli;
	(void)env;
	hs_say_trouble("canonicalize is not built");
	return HS_EXIT_TROUBLE;
}
