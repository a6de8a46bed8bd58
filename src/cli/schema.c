/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/embedded.h"

#include <stdio.h>

enum hs_exit
hs_cmd_schema(const struct hs_cli *cli, const struct hs_env *env)
{
	const char *name = cli->operands[0];
	struct hs_span text;
	char file[64];

	(void)env;
	snprintf(file, sizeof(file), "hashoscope-%s-1.0.schema.json", name);
	text = hs_embedded_find(file);
	if (text.len == 0) {
		hs_say_trouble("no schema is called '%s'; the names are: %s", hs_shown(name).text,
		               hs_verbs[HS_VERB_SCHEMA].words);
		return HS_EXIT_TROUBLE;
	}
	fwrite(text.at, 1, text.len, stdout);
	return HS_EXIT_SAME;
}
