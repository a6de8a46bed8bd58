/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/generate.h"

#include <string.h>

bool
hs_completion_print(FILE *out, const char *shell)
{
	static const struct {
		const char *shell;
		void (*print)(FILE *out);
	} rows[] = {
		{ "bash", hs_completion_print_bash },
		{ "zsh", hs_completion_print_zsh },
		{ "fish", hs_completion_print_fish },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].shell, shell) == 0) {
			rows[i].print(out);
			return true;
		}
	}
	return false;
}

enum hs_exit
hs_cmd_completion(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	if (!hs_completion_print(stdout, cli->operands[0])) {
		hs_say_trouble(
			"no completion for the shell '%s': there is one for bash, zsh and fish",
			hs_shown(cli->operands[0]).text);
		return HS_EXIT_TROUBLE;
	}
	return HS_EXIT_SAME;
}
