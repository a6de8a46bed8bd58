/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_describe.h"

#include "cli/commands.h"
#include "cli/file.h"
#include "cli/session.h"
#include "enclave/nitro_json.h"

#include <string.h>

size_t
hs_eif_others(struct hs_eif_other out[HS_EIF_OTHERS], const struct hs_eif_described *d)
{
	const struct hs_eif_contents *c = &d->contents;
	struct hs_err err;
	size_t n = 0;

	if (hs_eif_crc_problem(&err, &c->eif, c->pcrs.crc))
		out[n++] =
			(struct hs_eif_other){ "eif-crc", hs_arena_printf(d->arena, "%s", err.text),
			                       false };
	if (c->metadata_err.code < 0)
		out[n++] = (struct hs_eif_other){ "eif-metadata", c->metadata_err.text,
			                          c->metadata_err.code == HS_EFORMAT };
	if (c->signature_err.code < 0)
		out[n++] = (struct hs_eif_other){ "eif-signature", c->signature_err.text,
			                          c->signature_err.code == HS_EFORMAT &&
			                                  !c->signature_is_no_pcr0 };
	return n;
}

/* What nitro-cli prints for what nitro-cli takes; what is wrong beyond that is told, unless it is
 * not asked for. */
static int
print_nitro(struct hs_eif_described *d, struct hs_err *err)
{
	const struct hs_eif_contents *c = &d->contents;
	const struct hs_nitro_description n = {
		.version = c->eif.version,
		.measurements = { HS_PCR_SHA384, &c->pcrs, c->has_pcr8 ? &c->pcr8 : NULL },
		.signature = c->is_signed ? &c->signature : NULL,
		.signature_check = c->verdict.covers,
		.crc_check = c->aws_crc,
		.metadata = c->has_metadata ? &c->metadata : NULL,
	};
	int rc = hs_eif_contents_check(c, true, err);

	if (rc == 0 && c->is_signed && !c->verdict.genuine) {
		*err = c->verdict.why;
		rc = hs_fail_in(err, "signature");
	}
	if (rc == 0)
		rc = hs_nitro_print_description(stdout, d->arena, &n, err);
	if (rc == 0 && !d->lenient && hs_eif_contents_check(c, false, err) < 0) {
		hs_fail_in_span(err, hs_span_of(d->name));
		d->exit = hs_say_err(err);
	}
	return rc;
}

static int
describe(struct hs_eif_described *d, const char *format, struct hs_err *err)
{
	struct hs_err wrong;

	if (format && strcmp(format, "nitro") == 0)
		return print_nitro(d, err);
	if (hs_eif_contents_check(&d->contents, d->lenient, &wrong) < 0)
		d->exit = HS_EXIT_INCOMPLETE;
	if (format && strcmp(format, "json") == 0)
		hs_eif_describe_json(stdout, d);
	else
		hs_eif_describe_text(stdout, d);
	return 0;
}

static int
describe_file(enum hs_exit *out, const struct hs_cli *cli, const struct hs_env *env,
              struct hs_err *err)
{
	struct hs_arena arena = { 0 };
	struct hs_eif_described d = {
		.name = cli->operands[0],
		.lenient = cli->eif.lenient,
		.arena = &arena,
	};
	struct hs_session s;
	struct hs_operand o;
	int rc = hs_session_open(&s, cli, env, 0, err);

	if (rc == 0)
		rc = hs_file_open(&o, d.name, &s.run, err);
	if (rc == 0) {
		rc = hs_eif_expect(o.blob->bytes, d.lenient, err);
		if (rc == 0)
			rc = hs_eif_contents_read(&d.contents, &arena, &s.run, o.blob->bytes, err);
		hs_progress_stop(&s.progress);
		if (rc == 0)
			rc = describe(&d, cli->eif.format, err);
		if (rc < 0)
			hs_fail_in_span(err, hs_span_of(d.name));
		hs_eif_contents_release(&d.contents);
		hs_operand_release(&o);
	}
	hs_session_release(&s);
	hs_arena_release(&arena);
	*out = d.exit;
	return rc;
}

enum hs_exit
hs_cmd_eif_describe(const struct hs_cli *cli, const struct hs_env *env)
{
	enum hs_exit out;
	struct hs_err err;
	int rc = describe_file(&out, cli, env, &err);

	if (rc == 0 && fflush(stdout) != 0)
		rc = hs_fail(&err, HS_EIO, "standard output cannot be written");
	return rc < 0 ? hs_say_err(&err) : out;
}
