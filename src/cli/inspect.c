/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/publish.h"

static void
inspect(struct hs_report *out, struct hs_session *s, const struct hs_compare_options *options)
{
	hs_inspect(out, &s->run, &s->operands[0], options);
}

enum hs_exit
hs_cmd_inspect(const struct hs_cli *cli, const struct hs_env *env)
{
	return hs_publish(cli, env, 1, inspect);
}
