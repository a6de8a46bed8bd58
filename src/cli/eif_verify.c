/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/eif_signing.h"
#include "cli/eif_verdict.h"
#include "cli/session.h"
#include "enclave/metadata.h"
#include "golang/go_time.h"

#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

/* What the command line insists on. */
struct demands {
	struct hs_eif_expect expect;
	bool has_certificate;
	struct hs_certificate certificate;
	struct hs_span pem;
};

__attribute__((format(printf, 3, 0))) static struct hs_eif_reason *
new_reason(struct hs_eif_verdict *v, const char *word, const char *fmt, va_list ap)
{
	struct hs_eif_reason *const r = hs_arena_alloc(&v->arena, sizeof(*r));
	struct hs_err text;

	vsnprintf(text.text, sizeof(text.text), fmt, ap);
	*r = (struct hs_eif_reason){
		.word = word,
		.text = hs_arena_printf(&v->arena, "%s", text.text),
	};
	return r;
}

__attribute__((format(printf, 3, 4))) static struct hs_eif_reason *
refuse(struct hs_eif_verdict *v, const char *word, const char *fmt, ...)
{
	struct hs_eif_reason *r;
	va_list ap;

	va_start(ap, fmt);
	r = new_reason(v, word, fmt, ap);
	va_end(ap);
	*(v->last ? &v->last->next : &v->reasons) = r;
	v->last = r;
	return r;
}

__attribute__((format(printf, 3, 4))) static void
remark(struct hs_eif_verdict *v, const char *word, const char *fmt, ...)
{
	struct hs_eif_reason *r;
	va_list ap;

	va_start(ap, fmt);
	r = new_reason(v, word, fmt, ap);
	va_end(ap);
	*(v->end ? &v->end->next : &v->remarks) = r;
	v->end = r;
}

static void
check_structure(struct hs_eif_verdict *v)
{
	struct hs_err wrong;

	for (size_t i = 0; i < v->eif.n_problems; i++) {
		const struct hs_eif_problem *const p = &v->eif.problems[i];

		refuse(v, "structure", "%s", p->text)->code = p->code;
	}
	if (hs_eif_crc_problem(&wrong, &v->eif, v->pcrs.crc))
		refuse(v, "crc", "%s", wrong.text);
}

/* AWS's reader ends with an error where the metadata are not all there. */
static void
check_metadata(struct hs_eif_verdict *v)
{
	const struct hs_eif_section *const s = hs_eif_find(&v->eif, HS_EIF_METADATA, 1);
	struct hs_metadata metadata;
	struct hs_err why;

	if (s && hs_metadata_read(&metadata, &v->arena, s->data, &why) < 0)
		refuse(v, "metadata", "%s", why.text);
}

static void
check_payload(struct hs_eif_verdict *v)
{
	const struct hs_signature *const s = &v->signature;
	char signed_value[HS_PCR_HEX], measured[HS_PCR_HEX];

	if (v->holds.covers)
		return;
	if (s->has_payload && s->register_index == 0 &&
	    hs_pcr_equal(&s->register_value, &v->pcrs.pcr[0]))
		refuse(v, "payload",
		       "what was signed is spelled in another way than AWS's tools "
		       "spell it");
	else if (s->has_payload && s->register_index == 0)
		refuse(v, "payload", "PCR0 %s was signed, and the image measures %s",
		       hs_pcr_hex(signed_value, &s->register_value),
		       hs_pcr_hex(measured, &v->pcrs.pcr[0]));
	else
		refuse(v, "payload", "what was signed is not a PCR0");
}

/* A time as a fact says it. */
static const char *
time_text(struct hs_eif_verdict *v, int64_t seconds)
{
	struct hs_facts facts = { .arena = &v->arena };

	hs_say_time(&facts, "time", seconds, 0, 0);
	return (const char *)hs_arena_copy(&v->arena, facts.first->value).at;
}

static void
check_dates(struct hs_eif_verdict *v)
{
	int64_t from, until;

	if (!v->has_time)
		return;
	if (!hs_certificate_dates(&v->signature.certificate, &from, &until))
		refuse(v, "dates", "the certificate's dates make no sense");
	else if (v->time < from)
		refuse(v, "not-yet-valid", "the certificate is valid from %s on",
		       time_text(v, from));
	else if (v->time > until)
		refuse(v, "expired", "the certificate was valid until %s", time_text(v, until));
}

static void
check_certificate(struct hs_eif_verdict *v, const struct demands *d)
{
	const struct hs_certificate *const c = &v->signature.certificate;

	v->pcr8 = hs_pcr_of_bytes(c->der, HS_PCR_SHA384);
	check_dates(v);
	if (d->has_certificate && !hs_span_equal(c->der, d->certificate.der))
		refuse(v, "certificate",
		       "it is signed with another certificate than the one that "
		       "was given");
	if (c->n_in_file > 1)
		remark(v, "certificates",
		       "the signature comes with %zu certificates, of which PCR8 covers the first",
		       c->n_in_file);
}

static void
check_signature(struct hs_eif_verdict *v, const struct demands *d)
{
	struct hs_err why;

	v->section = hs_eif_find(&v->eif, HS_EIF_SIGNATURE, 1);
	if (!v->section && d->has_certificate)
		refuse(v, "not-signed", "it is not signed");
	else if (!v->section)
		remark(v, "not-signed", "it is not signed");
	if (!v->section)
		return;
	if (hs_signature_read(&v->signature, &v->arena, v->section->data, &why) < 0)
		refuse(v, "signature-unreadable", "the signature cannot be read: %s", why.text);
	else if (!v->signature.as_written)
		remark(v, "encoding",
		       "the signature is encoded in another way than AWS's tools "
		       "encode it");
	hs_signature_verify(&v->holds, &v->signature, &v->pcrs.pcr[0]);
	if (v->signature.has_message && v->signature.certificate.x509) {
		if (!v->holds.genuine)
			refuse(v, "signature", "the signature is not genuine: %s",
			       v->holds.why.text);
		check_payload(v);
	}
	if (v->signature.certificate.x509)
		check_certificate(v, d);
}

static void
check_expected(struct hs_eif_verdict *v, const struct hs_eif_expect *expect)
{
	for (size_t i = 0; i < expect->n; i++) {
		const struct hs_eif_expected *const x = &expect->list[i];
		const bool is_pcr8 = x->index == 8;
		const struct hs_pcr *const got = is_pcr8 ? &v->pcr8 : &v->pcrs.pcr[x->index];
		char want[HS_PCR_HEX], have[HS_PCR_HEX];

		if (is_pcr8 && !v->signature.certificate.x509)
			refuse(v, "pcr",
			       "PCR8 should be %s, and there is no certificate to "
			       "measure",
			       hs_pcr_hex(want, &x->value));
		else if (!hs_pcr_equal(got, &x->value))
			refuse(v, "pcr", "PCR%u should be %s, and is %s", x->index,
			       hs_pcr_hex(want, &x->value), hs_pcr_hex(have, got));
	}
}

static int
read_image(struct hs_eif_verdict *v, struct hs_session *s, struct hs_err *err)
{
	const struct hs_operand *const o = &s->operands[0];
	int rc = o->blob ? hs_eif_expect(o->blob->bytes, false, err)
	                 : hs_fail(err, HS_EUSAGE, "it is a directory");

	if (rc == 0)
		rc = hs_eif_read(&v->eif, &v->arena, o->blob->bytes, err);
	if (rc == 0)
		rc = hs_pcrs_of_eif(&v->pcrs, &s->run, hs_pool_main(s->run.pool), &v->eif, err);
	return rc;
}

static int
take_time(struct hs_eif_verdict *v, const char *at, struct hs_err *err)
{
	struct hs_go_time t;

	v->at = at ? at : "now";
	v->has_time = strcmp(v->at, "none") != 0;
	if (!v->has_time)
		return 0;
	v->time = time(NULL);
	if (strcmp(v->at, "now") == 0)
		return 0;
	if (!hs_go_time_read(&t, hs_span_of(at)))
		return hs_fail(err, HS_EUSAGE,
		               "--at: '%s' is neither now nor none nor a time such as "
		               "2026-11-23T00:00:00Z",
		               hs_shown(at).text);
	v->time = t.seconds;
	return 0;
}

static int
take_demands(struct demands *d, struct hs_arena *a, const struct hs_cli_eif *eif,
             struct hs_err *err)
{
	if (hs_eif_expect_read(&d->expect, a, eif->expect, eif->n_expect, err) < 0)
		return err->code;
	d->has_certificate = eif->certificate != NULL;
	if (!d->has_certificate)
		return 0;
	return hs_eif_certificate_open(&d->certificate, &d->pem, eif->certificate, err);
}

static void
print(const struct hs_cli *cli, const struct hs_eif_verdict *v)
{
	if (cli->eif.format && strcmp(cli->eif.format, "json") == 0)
		hs_eif_verdict_print_json(stdout, v);
	else
		hs_eif_verdict_print(stdout, v);
}

enum hs_exit
hs_cmd_eif_verify(const struct hs_cli *cli, const struct hs_env *env)
{
	struct hs_eif_verdict v = { .name = cli->operands[0] };
	struct hs_session s = { 0 };
	struct demands d = { 0 };
	struct hs_err err;
	int rc = take_time(&v, cli->eif.at, &err);

	if (rc == 0)
		rc = take_demands(&d, &v.arena, &cli->eif, &err);
	if (rc == 0) {
		rc = hs_session_open(&s, cli, env, 1, &err);
		if (rc == 0 && read_image(&v, &s, &err) < 0)
			rc = hs_fail_in_span(&err, hs_span_of(v.name));
		hs_progress_stop(&s.progress);
	}
	if (rc == 0) {
		check_structure(&v);
		check_metadata(&v);
		check_signature(&v, &d);
		check_expected(&v, &d.expect);
		print(cli, &v);
	} else {
		hs_say_trouble("%s", err.text);
	}
	hs_signature_release(&v.signature);
	hs_certificate_release(&d.certificate);
	free((void *)(uintptr_t)d.pem.at);
	hs_session_release(&s);
	hs_arena_release(&v.arena);
	return rc < 0 ? HS_EXIT_TROUBLE : v.reasons ? HS_EXIT_DIFFERS : HS_EXIT_SAME;
}
