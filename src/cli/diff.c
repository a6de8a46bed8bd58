/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/publish.h"

static void
compare(struct hs_report *out, struct hs_session *s, const struct hs_compare_options *options)
{
	hs_compare(out, &s->run, &s->operands[0], &s->operands[1], options);
}

enum hs_exit
hs_cmd_diff(const struct hs_cli *cli, const struct hs_env *env)
{
	return hs_publish(cli, env, 2, compare);
}
