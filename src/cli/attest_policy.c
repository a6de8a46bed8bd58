/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/kms_policy.h"
#include "cli/commands.h"
#include "cli/eif_expect.h"
#include "cli/file.h"
#include "cli/session.h"
#include "core/escape.h"
#include "enclave/eif_contents.h"

/* What a policy is made of, in the order of its options. */
struct making {
	const struct hs_cli *cli;
	struct hs_run *run;
	struct hs_arena arena;
	struct hs_eif_expect expect;
};

/* An image that damage leaves in doubt is no policy. */
static int
add_eif(struct making *m, const char *name, struct hs_span file, struct hs_err *err)
{
	struct hs_eif_contents c;
	int rc = hs_eif_contents_read(&c, &m->arena, m->run, file, err);

	if (rc == 0)
		rc = hs_eif_contents_check(&c, false, err);
	for (unsigned i = 0; rc == 0 && i < 3; i++)
		hs_eif_expect_put(&m->expect, name, i, &c.pcrs.pcr[i]);
	if (rc == 0 && c.has_pcr8)
		hs_eif_expect_put(&m->expect, name, 8, &c.pcr8);
	hs_eif_contents_release(&c);
	return rc;
}

static int
add_certificate(struct making *m, struct hs_span pem, struct hs_err *err)
{
	struct hs_certificate c;
	const int rc = hs_certificate_of_pem(&c, pem, err);

	if (rc == 0) {
		const struct hs_pcr pcr8 = hs_pcr_of_bytes(c.der, HS_PCR_SHA384);

		hs_eif_expect_put(&m->expect, "--certificate", 8, &pcr8);
	}
	hs_certificate_release(&c);
	return rc;
}

static int
add_file(struct making *m, const char *option, const char *file, struct hs_err *err)
{
	struct hs_operand o;
	int rc = hs_file_open(&o, file, m->run, err);

	if (rc < 0)
		return hs_fail_in(err, "%s", option);
	if (file == m->cli->eif.certificate)
		rc = add_certificate(m, o.blob->bytes, err);
	else if (hs_eif_is(o.blob->bytes))
		rc = add_eif(m, option, o.blob->bytes, err);
	else
		rc = hs_eif_expect_json(&m->expect, option, o.blob->bytes, err);
	hs_operand_release(&o);
	/* An argument that is the wrong file. */
	if (rc == HS_EFORMAT)
		err->code = HS_EUSAGE;
	if (rc < 0) {
		hs_fail_in_span(err, hs_span_of(file));
		hs_fail_in(err, "%s", option);
	}
	return rc < 0 ? err->code : 0;
}

/* arn:PARTITION:iam::ACCOUNT:role/NAME: an instance profile has another ARN, and so has the session
 * of somebody who has assumed the role; a policy of either would fit nobody. */
static bool
is_role(struct hs_span arn)
{
	static const char *const parts[] = { "arn", NULL, "iam", "", NULL };

	if (!hs_is_utf8(arn))
		return false;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const uint8_t *colon = arn.len ? memchr(arn.at, ':', arn.len) : NULL;
		const size_t n = colon ? (size_t)(colon - arn.at) : 0;

		if (!colon || (parts[i] ? !hs_span_is(hs_span_head(arn, n), parts[i]) : !n))
			return false;
		arn = hs_span_from(arn, n + 1);
	}
	return hs_span_starts(arn, HS_SPAN("role/")) && arn.len > strlen("role/");
}

static bool
is_instance(struct hs_span id)
{
	return hs_span_starts(id, HS_SPAN("i-")) && id.len > 2 &&
	       hs_span_is_hex(hs_span_from(id, 2));
}

static int
add_texts(struct making *m, struct hs_err *err)
{
	const char *arn = m->cli->eif.role_arn, *id = m->cli->eif.instance_id;
	struct hs_pcr pcr;

	if (arn && !is_role(hs_span_of(arn)))
		return hs_fail(err, HS_EUSAGE,
		               "--role-arn: '%s' is not the ARN of a role, "
		               "arn:aws:iam::ACCOUNT:role/NAME, of which PCR3 is made",
		               hs_shown(arn).text);
	if (id && !is_instance(hs_span_of(id)))
		return hs_fail(err, HS_EUSAGE,
		               "--instance-id: '%s' is not the id of an instance, such as "
		               "i-1234567890abcdef0",
		               hs_shown(id).text);
	if (arn) {
		pcr = hs_pcr_of_text(hs_span_of(arn));
		hs_eif_expect_put(&m->expect, "--role-arn", 3, &pcr);
	}
	if (id) {
		pcr = hs_pcr_of_text(hs_span_of(id));
		hs_eif_expect_put(&m->expect, "--instance-id", 4, &pcr);
	}
	return 0;
}

/* What is right in form and all the same not what was meant. */
static void
warn(const struct hs_kms_policy *p, bool kms)
{
	if (hs_kms_policy_is_loose(p))
		hs_say_trouble("neither PCR0 nor PCR1 nor PCR2 is in it: other images fit, and "
		               "PCR3 and PCR4 are the same in debug mode");
	if (kms && !p->principal)
		hs_say_trouble("the statement names no principal, which a key policy must: "
		               "--role-arn does");
}

static int
print(struct making *m, struct hs_err *err)
{
	const char *format = m->cli->attest.policy_format;
	const bool kms = !format || strcmp(format, "kms") == 0;
	const size_t n = m->expect.n;
	struct hs_attest_expected *list = hs_arena_array(&m->arena, n, sizeof(*list));
	const struct hs_kms_policy p = { list, n, m->cli->eif.role_arn };
	int rc;

	for (size_t i = 0; i < n; i++) {
		const struct hs_eif_expected *x = &m->expect.list[i];

		list[i] = (struct hs_attest_expected){ x->index, x->value, x->from };
	}
	rc = kms ? hs_kms_policy_print(stdout, &p, err)
	         : hs_kms_policy_print_expected(stdout, &p, err);
	if (rc == 0)
		warn(&p, kms);
	return rc;
}

static int
make(struct making *m, struct hs_err *err)
{
	const char *from = m->cli->attest.from, *certificate = m->cli->eif.certificate;

	if (!from)
		return hs_fail(err, HS_EUSAGE,
		               "attest policy is made of measurements: --from says which");
	if (add_file(m, "--from", from, err) < 0 || add_texts(m, err) < 0)
		return err->code;
	return certificate ? add_file(m, "--certificate", certificate, err) : 0;
}

enum hs_exit
hs_cmd_attest_policy(const struct hs_cli *cli, const struct hs_env *env)
{
	struct hs_session s;
	struct hs_err err;
	struct making m = { .cli = cli, .run = &s.run };
	int rc = hs_session_open(&s, cli, env, 0, &err);

	m.expect = (struct hs_eif_expect){ .arena = &m.arena, .any = true };
	if (rc == 0) {
		rc = make(&m, &err);
		hs_progress_stop(&s.progress);
	}
	if (rc == 0)
		rc = print(&m, &err);
	if (rc == 0 && fflush(stdout) != 0)
		rc = hs_fail(&err, HS_EIO, "standard output cannot be written");
	hs_session_release(&s);
	hs_arena_release(&m.arena);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
