/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/attest_report.h"
#include "cli/commands.h"
#include "cli/session.h"

/* Damage does not hide what the document is: what could be read is told, and the exit status says
 * that it is not all. */
static void
read_document(struct hs_attest_report *r, struct hs_span bytes)
{
	enum hs_attest_reason reason;
	struct hs_err err;

	r->has_document = hs_attest_read(&r->verdict.document, &reason, bytes, &err) == 0;
	r->word = hs_attest_reason_name(reason);
	r->text = r->has_document ? "nothing was verified"
	                          : hs_arena_printf(r->arena, "%s", err.text);
	if (!r->has_document)
		r->exit = reason == HS_ATTEST_NOT_COSE ? HS_EXIT_TROUBLE : HS_EXIT_INCOMPLETE;
}

static void
print(const struct hs_cli *cli, const struct hs_attest_report *r)
{
	if (cli->attest.format && strcmp(cli->attest.format, "json") == 0)
		hs_attest_print_json(stdout, r, false);
	else if (r->exit != HS_EXIT_TROUBLE)
		hs_attest_print_document(stdout, r);
	if (r->exit == HS_EXIT_TROUBLE)
		hs_say_trouble("%s: not an attestation document: %s", hs_shown(r->name).text,
		               r->text);
}

enum hs_exit
hs_cmd_attest_show(const struct hs_cli *cli, const struct hs_env *env)
{
	struct hs_arena arena = { 0 };
	struct hs_attest_report r = { .name = cli->operands[0], .arena = &arena };
	struct hs_session s;
	struct hs_span bytes;
	struct hs_err err;
	int rc = hs_session_open(&s, cli, env, 0, &err);

	if (rc == 0)
		rc = hs_attest_open(&bytes, &r, &s.run, &err);
	hs_progress_stop(&s.progress);
	if (rc == 0) {
		read_document(&r, bytes);
		print(cli, &r);
		if (fflush(stdout) != 0)
			rc = hs_fail(&err, HS_EIO, "standard output cannot be written");
	}
	if (rc == HS_EFORMAT)
		hs_fail_in_span(&err, hs_span_of(r.name));
	hs_session_release(&s);
	hs_arena_release(&arena);
	if (rc < 0) {
		hs_say_trouble("%s", err.text);
		return HS_EXIT_TROUBLE;
	}
	return r.exit;
}
