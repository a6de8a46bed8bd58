/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/eif_blobs.h"
#include "cli/publish.h"
#include "enclave/eif.h"
#include "enclave/ramdisk.h"
#include "engine/measure.h"
#include "engine/rebuild.h"
#include "sinks/explain.h"

#include <stdio.h>
#include <string.h>

/*
 * A time that no image has, for directories of which the image tells none:
 * whatever has it in the comparison is one of those.
 */
#define NO_TIME INT64_C(0xfffffffe)

struct explaining {
	const struct hs_cli *cli;
	const struct hs_env *env;
	struct hs_session *session;
	struct hs_eif_blobs blobs;
	struct hs_operand operands[2]; /* those that are compared; borrow their bytes */
	struct hs_content eif[2];      /* empty for the image */
	struct hs_rebuilt made;        /* of the image; no format where both are EIFs */
	struct hs_measure_rebuilt rebuilt;
	struct hs_report report;
	struct hs_arena arena;
};

/* PCR0, pcr0 or 0; NULL where none was asked for. HS_EUSAGE for what is no PCR. */
static int
parse_pcr(int *out, const struct hs_cli *cli, struct hs_err *err)
{
	static const int known[] = { 0, 1, 2, 8 };
	const char *word = cli->n_operands > 2 ? cli->operands[2] : NULL;

	*out = -1;
	if (!word)
		return 0;
	if (strncmp(word, "PCR", 3) == 0 || strncmp(word, "pcr", 3) == 0)
		word += 3;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (word[0] == '0' + known[i] && !word[1])
			*out = known[i];
	if (*out < 0)
		return hs_fail(err, HS_EUSAGE,
		               "'%s' is no measurement of an enclave image: PCR0, PCR1, PCR2 or "
		               "PCR8",
		               hs_shown(cli->operands[2]).text);
	return 0;
}

static const char *
shown(struct explaining *x, const char *name)
{
	return hs_arena_printf(&x->arena, "%s", hs_shown(name).text);
}

/* ---- What the operands are ---- */

static int
open_eifs(struct explaining *x, bool is_eif[2], struct hs_err *err)
{
	for (int i = 0; i < 2; i++) {
		const int rc = hs_measure_open(&x->eif[i], &x->session->run,
		                               &x->session->operands[i], err);

		is_eif[i] = rc == 0;
		if (rc < 0 && rc != HS_EUSAGE)
			return hs_fail_in_span(err, hs_span_of(x->cli->operands[i]));
		if (rc < 0)
			hs_content_release(&x->eif[i]);
	}
	return 0;
}

static int
refuse(struct explaining *x, struct hs_err *err)
{
	struct hs_run *run = &x->session->run;
	const struct hs_operand *o = x->session->operands;

	return hs_fail(err, HS_EUSAGE,
	               "one of the two must be an enclave image (EIF): %s is %s, %s is %s",
	               shown(x, x->cli->operands[0]), hs_measure_format(&x->arena, run, &o[0]),
	               shown(x, x->cli->operands[1]), hs_measure_format(&x->arena, run, &o[1]));
}

static bool
is_arm64(const struct explaining *x, struct hs_span file)
{
	struct hs_arena arena = { 0 };
	struct hs_err ignored;
	struct hs_eif eif;
	bool arm64 = false;

	if (x->cli->eif.arch)
		return strcmp(x->cli->eif.arch, "aarch64") == 0;
	if (hs_eif_read(&eif, &arena, file, &ignored) == 0)
		arm64 = eif.flags & HS_EIF_FLAG_ARM64;
	hs_arena_release(&arena);
	return arm64;
}

/* What an enclave image has beside the customer ramdisk, where it is given. */
struct rest {
	struct hs_pieces kernel, cmdline, first;
};

static int
open_rest(struct explaining *x, struct rest *rest, struct hs_rebuild *r, struct hs_err *err)
{
	const struct hs_eif_blobs_order order = {
		.eif = &x->cli->eif,
		.env = x->env,
		.arm64 = is_arm64(x, r->eif),
	};
	const struct hs_span *bytes = x->blobs.bytes;

	if (!hs_eif_blobs_are_named(&order))
		return 0;
	if (hs_eif_blobs_open(&x->blobs, &order, &x->session->run, err) < 0)
		return err->code;
	*rest = (struct rest){
		.kernel.arena = &x->arena,
		.cmdline.arena = &x->arena,
		.first.arena = &x->arena,
	};
	hs_pieces_add(&rest->kernel, bytes[HS_EIF_BLOB_KERNEL]);
	hs_pieces_add(&rest->cmdline, bytes[HS_EIF_BLOB_CMDLINE]);
	hs_ramdisk_bootstrap(&rest->first, bytes[HS_EIF_BLOB_INIT], bytes[HS_EIF_BLOB_NSM]);
	r->kernel = &rest->kernel;
	r->cmdline = &rest->cmdline;
	r->first = &rest->first;
	r->arm64 = order.arm64;
	return 0;
}

/* Puts an enclave image in place of the container image. */
static int
rebuild(struct explaining *x, int image, struct hs_err *err)
{
	struct rest rest;
	struct hs_rebuild r = {
		.image = &x->session->operands[image],
		.eif = x->eif[!image].bytes,
		.implied_time = NO_TIME,
	};

	if (open_rest(x, &rest, &r, err) < 0)
		return err->code;
	x->rebuilt = (struct hs_measure_rebuilt){
		.whole = r.kernel != NULL,
		.side = image ? 'b' : 'a',
		.implied_time = NO_TIME,
		.image = shown(x, x->cli->operands[image]),
		.eif = shown(x, x->cli->operands[!image]),
	};
	if (hs_rebuild(&x->made, &x->session->run, &r, err) < 0)
		return hs_fail_in_span(err, hs_span_of(x->cli->operands[image]));
	x->rebuilt.arch = x->made.arch;
	x->operands[image] = (struct hs_operand){
		.name = x->session->operands[image].name,
		.blob = x->made.file,
		.dir = -1,
	};
	return 0;
}

static int
prepare(struct explaining *x, struct hs_err *err)
{
	bool is_eif[2];

	if (open_eifs(x, is_eif, err) < 0)
		return err->code;
	if (!is_eif[0] && !is_eif[1])
		return refuse(x, err);
	x->operands[0] = x->session->operands[0];
	x->operands[1] = x->session->operands[1];
	if (is_eif[0] && is_eif[1])
		return 0;
	return rebuild(x, is_eif[0], err);
}

/* ---- The comparison ---- */

/* What a side is that cannot be measured. */
static int
find_why(const struct explaining *x, struct hs_err *err)
{
	for (const struct hs_node *n = x->report.root; n; n = hs_node_next(n)) {
		for (const struct hs_note *note = n->notes; note; note = note->next)
			if (strcmp(note->code, "not-measured") == 0) {
				hs_fail(err, HS_EFORMAT, "%s", note->text);
				return hs_fail_in_span(
					err, hs_span_of(x->cli->operands[note->side == 'b']));
			}
	}
	return hs_fail(err, HS_EFORMAT, "the enclave images cannot be measured");
}

/* The image is spoken of as it is, not as what was made of it. */
static void
name_image(struct explaining *x)
{
	const int image = x->rebuilt.side == 'b';
	struct hs_input *in = image ? &x->report.b : &x->report.a;
	const struct hs_operand *o = &x->session->operands[image];

	if (!x->made.format)
		return;
	*in = (struct hs_input){
		.name = o->name,
		.format = x->made.format,
		.size = o->blob ? o->blob->bytes.len : 0,
	};
}

static int
compare(struct explaining *x, struct hs_err *err)
{
	const struct hs_measure_rebuilt *rebuilt = x->made.format ? &x->rebuilt : NULL;
	const struct hs_compare_options options = { .rebuilt = rebuilt };

	hs_compare(&x->report, &x->session->run, &x->operands[0], &x->operands[1], &options);
	if (!x->report.measurements && x->report.same)
		x->report.measurements =
			hs_measure_same(&x->session->run, &x->operands[0], rebuilt);
	name_image(x);
	return x->report.measurements ? 0 : find_why(x, err);
}

/* ---- The answer ---- */

static const struct hs_measure_pcr *
find_pcr(const struct hs_measurements *m, int index)
{
	for (size_t i = 0; i < m->n_pcrs; i++)
		if ((int)m->pcrs[i].index == index)
			return &m->pcrs[i];
	return NULL;
}

static int
check_pcr(const struct explaining *x, int index, struct hs_err *err)
{
	if (index < 0 || find_pcr(x->report.measurements, index))
		return 0;
	if (index == 8)
		return hs_fail(err, HS_EUSAGE,
		               "PCR8 is of a signature, and a container image has none");
	return hs_fail(err, HS_EUSAGE,
	               "PCR%d is also of the kernel, the command line and the bootstrap ramdisk: "
	               "name them (--blobs)",
	               index);
}

static enum hs_exit
answer(const struct explaining *x, int index)
{
	const struct hs_measurements *m = x->report.measurements;
	struct hs_explanation e = { .report = &x->report, .only = find_pcr(m, index) };
	const char *format = x->cli->eif.format;

	e.exit_status = (e.only ? e.only->same : m->same) ? HS_EXIT_SAME : HS_EXIT_DIFFERS;
	if (!x->report.complete)
		e.exit_status = HS_EXIT_INCOMPLETE;
	if (format && strcmp(format, "json") == 0)
		hs_explain_json(stdout, &e);
	else
		hs_explain_text(stdout, &e);
	if (!x->report.complete)
		hs_publish_damage(&x->report);
	return (enum hs_exit)e.exit_status;
}

static enum hs_exit
explain(struct explaining *x, int index)
{
	enum hs_exit status;
	struct hs_err err;

	if (prepare(x, &err) < 0) {
		status = hs_say_err(&err);
	} else {
		const bool good = compare(x, &err) == 0 && check_pcr(x, index, &err) == 0;

		hs_progress_stop(&x->session->progress);
		status = good ? answer(x, index) : hs_say_err(&err);
		hs_report_release(&x->report);
	}
	for (int i = 0; i < 2; i++)
		hs_content_release(&x->eif[i]);
	hs_blob_unref(x->made.file);
	hs_eif_blobs_release(&x->blobs);
	hs_arena_release(&x->arena);
	return status;
}

enum hs_exit
hs_cmd_explain(const struct hs_cli *cli, const struct hs_env *env)
{
	struct hs_session s;
	struct explaining x = { .cli = cli, .env = env, .session = &s };
	enum hs_exit status;
	struct hs_err err;
	int index;

	if (parse_pcr(&index, cli, &err) < 0)
		return hs_say_err(&err);
	status = hs_session_open(&s, cli, env, 2, &err) < 0 ? hs_say_err(&err) : explain(&x, index);
	hs_session_release(&s);
	return status;
}
