/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/session.h"

static int
open_operand(struct hs_session *s, int i, const char *arg, const struct hs_env *env,
             struct hs_err *err)
{
	struct hs_operand *o = &s->operands[i];
	int rc;

	if (!hs_transport_is(arg))
		return hs_operand_open(o, arg, &s->run, err);
	rc = hs_transport_fetch(&s->fetched[i], arg, env, &s->run, err);
	if (rc == 0)
		rc = hs_operand_open(o, s->fetched[i].image, &s->run, err);
	if (rc < 0)
		return hs_fail_in_span(err, hs_span_of(arg));
	o->name = arg;
	/* Where there is one image only, skopeo gives it whatever was asked for. */
	o->selector = hs_transport_platform(arg);
	o->note = hs_transport_note(arg);
	o->fetched = true;
	return 0;
}

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

		rc = open_operand(s, i, cli->operands[i], env, err);
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
	for (int i = 0; i < 2; i++)
		hs_transport_release(&s->fetched[i]);
	hs_run_release(&s->run);
}
