/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/session.h"
#include "enclave/eif_contents.h"
#include "enclave/nitro_json.h"

/* What is measured: exactly one of these. */
enum subject { EIF, INPUT, CERTIFICATE, ROLE_ARN, INSTANCE_ID, N_SUBJECTS };

static int
choose(enum subject *out, const char *arg[N_SUBJECTS], const struct hs_cli *cli, struct hs_err *err)
{
	unsigned n = 0;

	arg[EIF] = cli->n_operands ? cli->operands[0] : NULL;
	arg[INPUT] = cli->eif.input;
	arg[CERTIFICATE] = cli->eif.certificate;
	arg[ROLE_ARN] = cli->eif.role_arn;
	arg[INSTANCE_ID] = cli->eif.instance_id;
	for (enum subject i = EIF; i < N_SUBJECTS; i++) {
		if (!arg[i])
			continue;
		*out = i;
		n++;
	}
	if (n != 1)
		return hs_fail(err, HS_EUSAGE,
		               "eif pcr measures one thing: FILE, --input, --certificate, "
		               "--role-arn or --instance-id; %u are given",
		               n);
	if (cli->eif.lenient && *out != EIF)
		return hs_fail(err, HS_EUSAGE, "--lenient is said of an enclave image: FILE");
	return 0;
}

static int
measure_eif(const struct hs_cli *cli, struct hs_run *run, struct hs_span file, struct hs_err *err)
{
	struct hs_arena arena = { 0 };
	struct hs_eif_contents c = { 0 };
	int rc = hs_eif_expect(file, cli->eif.lenient, err);

	if (rc == 0)
		rc = hs_eif_contents_read(&c, &arena, run, file, err);
	if (rc == 0)
		rc = hs_eif_contents_check(&c, cli->eif.lenient, err);
	if (rc == 0)
		hs_nitro_print_measurements(
			stdout, &(struct hs_nitro_measurements){ HS_PCR_SHA384, &c.pcrs,
		                                                 c.has_pcr8 ? &c.pcr8 : NULL });
	hs_eif_contents_release(&c);
	hs_arena_release(&arena);
	return rc;
}

static int
measure_certificate(struct hs_span pem, struct hs_err *err)
{
	struct hs_certificate c;
	const int rc = hs_certificate_of_pem(&c, pem, err);

	if (rc == 0) {
		const struct hs_pcr pcr8 = hs_pcr_of_bytes(c.der, HS_PCR_SHA384);

		hs_nitro_print_pcr(stdout, "PCR8", &pcr8);
	}
	hs_certificate_release(&c);
	/* An argument that is the wrong file, not an input that is damaged. */
	if (rc == HS_EFORMAT)
		err->code = HS_EUSAGE;
	return rc < 0 ? err->code : 0;
}

static int
measure_file(enum subject subject, const struct hs_cli *cli, struct hs_session *s,
             const struct hs_operand *o, struct hs_err *err)
{
	struct hs_pcr pcr;

	if (subject == EIF)
		return measure_eif(cli, &s->run, o->blob->bytes, err);
	if (subject == CERTIFICATE)
		return measure_certificate(o->blob->bytes, err);
	pcr = hs_pcr_of_bytes(o->blob->bytes, HS_PCR_SHA384);
	hs_nitro_print_pcr(stdout, "PCR", &pcr);
	return 0;
}

static int
measure_named(enum subject subject, const char *file, const struct hs_cli *cli,
              const struct hs_env *env, struct hs_err *err)
{
	struct hs_session s;
	struct hs_operand o;
	int rc = hs_session_open(&s, cli, env, 0, err);

	if (rc == 0)
		rc = hs_file_open(&o, file, &s.run, err);
	if (rc == 0) {
		rc = measure_file(subject, cli, &s, &o, err);
		hs_progress_stop(&s.progress);
		if (rc < 0)
			hs_fail_in_span(err, hs_span_of(file));
		hs_operand_release(&o);
	}
	hs_session_release(&s);
	return rc;
}

/* The text is measured as it is: what no ARN and no id can be is a slip of the shell. */
static int
measure_text(const char *key, const char *text, struct hs_err *err)
{
	const struct hs_pcr pcr = hs_pcr_of_text(hs_span_of(text));

	if (!*text)
		return hs_fail(err, HS_EUSAGE, "%s extends a text, and this one is empty", key);
	hs_nitro_print_pcr(stdout, key, &pcr);
	return 0;
}

enum hs_exit
hs_cmd_eif_pcr(const struct hs_cli *cli, const struct hs_env *env)
{
	const char *arg[N_SUBJECTS];
	enum subject subject = EIF;
	struct hs_err err;
	int rc = choose(&subject, arg, cli, &err);

	if (rc == 0) {
		if (subject == ROLE_ARN)
			rc = measure_text("PCR3", arg[subject], &err);
		else if (subject == INSTANCE_ID)
			rc = measure_text("PCR4", arg[subject], &err);
		else
			rc = measure_named(subject, arg[subject], cli, env, &err);
	}
	if (rc == 0 && fflush(stdout) != 0)
		rc = hs_fail(&err, HS_EIO, "standard output cannot be written");
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
