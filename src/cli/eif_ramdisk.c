/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_ramdisk.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session.h"
#include "core/hash.h"
#include "engine/customer.h"

#include <inttypes.h>

/* The files that options name: init and nsm.ko; or the stream, cmd and env. */
enum { MAX_INPUTS = 3 };

/* One ramdisk on its way to -o. */
struct making {
	const struct hs_cli *cli;
	struct hs_session session;
	struct hs_operand inputs[MAX_INPUTS];
	int n_inputs;
	struct hs_output output; /* all zero without -o */
	struct hs_arena arena;
	struct hs_export exported;
	struct hs_pieces ramdisk;
	struct hs_customer customer; /* all zero for other ways */
	int64_t implied_time;
};

void
hs_say_ramdisk_remarks(const char *name, const struct hs_ramdisk_remarks *remarks)
{
	for (const struct hs_ramdisk_remark *r = remarks->first; r; r = r->next) {
		hs_say_trouble("%s: %s (%s)", hs_shown(name).text, r->text, r->code);
		if (r->n_more)
			hs_say_trouble("%s: %" PRIu64 " more of these (%s)", hs_shown(name).text,
			               r->n_more, r->code);
	}
}

static void
begin(struct making *m, const struct hs_cli *cli)
{
	m->cli = cli;
	m->exported.arena = m->exported.remarks.arena = m->ramdisk.arena = &m->arena;
}

static bool
is_same_file(const struct stat *x, const struct stat *y)
{
	return S_ISREG(x->st_mode) && x->st_dev == y->st_dev && x->st_ino == y->st_ino;
}

/* Opens -o once all inputs are, so that none of them is written over. */
static int
open_output(struct making *m, struct hs_err *err)
{
	const char *file = m->cli->out_file;
	struct stat st;

	if (!file)
		return 0;
	if (!hs_output_is_standard(file) && stat(file, &st) == 0) {
		bool is_input =
			m->session.n_operands > 0 && is_same_file(&st, &m->session.operands[0].st);

		for (int i = 0; i < m->n_inputs; i++)
			is_input = is_input || is_same_file(&st, &m->inputs[i].st);
		if (is_input)
			return hs_fail(err, HS_EUSAGE, "-o would overwrite what is read");
	}
	return hs_output_open(&m->output, file, err);
}

static int
open_input(struct making *m, const char *file, const char *option, struct hs_err *err)
{
	struct hs_operand *o = &m->inputs[m->n_inputs];

	if (!file)
		return hs_fail(err, HS_EUSAGE, "%s FILE is needed", option);
	if (hs_operand_open(o, file, &m->session.run, err) < 0)
		return err->code;
	m->n_inputs++;
	if (o->blob && !o->selector.len)
		return 0;
	hs_fail(err, HS_EUSAGE, "it is no file");
	return hs_fail_in_span(err, hs_span_of(file));
}

/* The measurement of the ramdisk where it is the only one behind the first. */
static struct hs_sha384
pcr2_of(const struct hs_sha384 *content)
{
	static const struct hs_sha384 zeros;
	const struct hs_span extended[] = { { zeros.bytes, HS_SHA384_SIZE },
		                            { content->bytes, HS_SHA384_SIZE } };

	return hs_sha384_of(extended, 2);
}

static int
print_facts(const struct making *m, struct hs_err *err)
{
	const struct hs_pieces *p = &m->ramdisk;
	const struct hs_sha384 sha384 = hs_sha384_of(p->list, p->n);
	FILE *out = hs_output_beside(m->cli->out_file);
	struct hs_sha256_stream stream;
	struct hs_sha256 sha256;
	char hex[HS_SHA256_HEX], long_hex[HS_SHA384_HEX];

	hs_sha256_init(&stream);
	for (size_t i = 0; i < p->n; i++)
		hs_sha256_update(&stream, p->list[i]);
	hs_sha256_final(&stream, &sha256);
	fprintf(out, "{\"size\": %" PRIu64 ", \"sha256\": \"%s\", \"sha384\": \"%s\"", p->size,
	        hs_sha256_hex(hex, &sha256), hs_sha384_hex(long_hex, &sha384));
	if (m->cli->verb->id == HS_VERB_EIF_RAMDISK_CUSTOMER) {
		const struct hs_sha384 pcr2 = pcr2_of(&sha384);

		fprintf(out, ", \"pcr2\": \"%s\"", hs_sha384_hex(long_hex, &pcr2));
	}
	fputs("}\n", out);
	if (fflush(out) != 0)
		return hs_fail(err, HS_EIO, "%s cannot be written",
		               out == stdout ? "standard output" : "standard error");
	return 0;
}

static int
write_ramdisk(struct making *m, struct hs_err *err)
{
	const char *file = m->cli->out_file;

	if (!file)
		return 0;
	m->session.run.stage = "writing";
	if (hs_pieces_write(&m->ramdisk, m->output.out, err) < 0)
		return hs_fail_in_span(err, hs_span_of(file));
	return hs_output_commit(&m->output, file, err);
}

static enum hs_exit
end(struct making *m, int rc, struct hs_err *err)
{
	if (rc == 0)
		rc = write_ramdisk(m, err);
	hs_progress_stop(&m->session.progress);
	if (rc == 0)
		rc = print_facts(m, err);
	hs_output_drop(&m->output);
	hs_export_release(&m->exported);
	hs_customer_release(&m->customer);
	for (int i = 0; i < m->n_inputs; i++)
		hs_operand_release(&m->inputs[i]);
	hs_session_release(&m->session);
	hs_arena_release(&m->arena);
	return rc < 0 ? hs_say_err(err) : HS_EXIT_SAME;
}

enum hs_exit
hs_cmd_eif_ramdisk_bootstrap(const struct hs_cli *cli, const struct hs_env *env)
{
	struct making m = { 0 };
	struct hs_err err;
	int rc;

	begin(&m, cli);
	rc = hs_session_open(&m.session, cli, env, 0, &err);
	if (rc == 0)
		rc = open_input(&m, cli->eif.init, "--init", &err);
	if (rc == 0)
		rc = open_input(&m, cli->eif.nsm, "--nsm", &err);
	if (rc == 0)
		rc = open_output(&m, &err);
	if (rc == 0)
		hs_ramdisk_bootstrap(&m.ramdisk, m.inputs[0].blob->bytes, m.inputs[1].blob->bytes);
	return end(&m, rc, &err);
}

static int
make_of_export(struct making *m, struct hs_err *err)
{
	const struct hs_cli_eif *eif = &m->cli->eif;
	const struct hs_operand *stream = &m->inputs[0];
	struct hs_ramdisk_customer c = { .rootfs = &m->exported };
	int rc = open_input(m, eif->export, "--export", err);

	if (rc == 0)
		rc = open_input(m, eif->cmd, "--cmd", err);
	if (rc == 0)
		rc = open_input(m, eif->env, "--env", err);
	if (rc == 0)
		rc = open_output(m, err);
	if (rc < 0)
		return rc;
	m->session.run.stage = "reading";
	c.cmd = m->inputs[1].blob->bytes;
	c.env = m->inputs[2].blob->bytes;
	rc = hs_export_of_tar(
		&m->exported, &m->session.run,
		(struct hs_content){ .blob = stream->blob, .bytes = stream->blob->bytes }, err);
	if (rc == 0)
		rc = hs_ramdisk_customer(&m->ramdisk, &c, err);
	if (rc < 0)
		return hs_fail_in_span(err, hs_span_of(eif->export));
	hs_say_ramdisk_remarks(eif->export, &m->exported.remarks);
	return 0;
}

/* With an option too many, which of them counts is not for us to guess. */
static int
check_options(const struct hs_cli *cli, struct hs_err *err)
{
	const struct hs_cli_eif *eif = &cli->eif;

	if (cli->n_operands && eif->export)
		return hs_fail(err, HS_EUSAGE, "IMAGE and --export do not go together");
	if (!cli->n_operands && !eif->export)
		return hs_fail(err, HS_EUSAGE, "IMAGE or --export TAR is needed");
	if (cli->n_operands && (eif->cmd || eif->env))
		return hs_fail(err, HS_EUSAGE,
		               "--cmd and --env go with --export: an image has its own");
	return 0;
}

static int
make_of_image(struct making *m, struct hs_err *err)
{
	const char *name = m->cli->operands[0];
	int rc = open_output(m, err);

	if (rc < 0)
		return rc;
	m->session.run.stage = "reading";
	rc = hs_customer_make(&m->customer, &m->session.run, &m->session.operands[0],
	                      m->implied_time, err);
	if (rc < 0)
		return hs_fail_in_span(err, hs_span_of(name));
	hs_say_ramdisk_remarks(name, &m->customer.exported.remarks);
	hs_say_ramdisk_remarks(name, &m->customer.command.remarks);
	m->ramdisk = m->customer.ramdisk;
	return 0;
}

enum hs_exit
hs_cmd_eif_ramdisk_customer(const struct hs_cli *cli, const struct hs_env *env)
{
	struct making m = { 0 };
	struct hs_err err;
	int rc;

	begin(&m, cli);
	if (env->has_epoch)
		m.implied_time = env->epoch;
	rc = check_options(cli, &err);
	if (rc < 0)
		return hs_say_err(&err);
	rc = hs_session_open(&m.session, cli, env, cli->n_operands, &err);
	if (rc == 0)
		rc = cli->n_operands ? make_of_image(&m, &err) : make_of_export(&m, &err);
	return end(&m, rc, &err);
}
