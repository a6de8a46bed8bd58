/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/session.h"

int
hs_session_open(struct hs_session *s, const struct hs_cli *cli, const struct hs_env *env, int n,
                struct hs_err *err)
{
	int rc = 0;

	*s = (struct hs_session){ 0 };
	hs_run_init(&s->run, &cli->limits, cli->jobs, env->tmp);
	s->run.trust_digests = cli->trust_digests;
	hs_progress_start(&s->progress, &s->run, cli->progress, env);
	while (rc == 0 && s->n_operands < n) {
		const int i = s->n_operands;

		rc = hs_operand_open(&s->operands[i], cli->operands[i], &s->run, err);
		if (rc == 0)
			s->n_operands++;
	}
	if (rc < 0)
		hs_progress_stop(&s->progress);
	return rc;
}

void
hs_session_release(struct hs_session *s)
{
	hs_progress_stop(&s->progress);
	for (int i = 0; i < s->n_operands; i++)
		hs_operand_release(&s->operands[i]);
	hs_run_release(&s->run);
}
