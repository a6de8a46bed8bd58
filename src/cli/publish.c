/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/publish.h"

#include "cli/output.h"
#include "core/escape.h"
#include "sinks/sink.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The files of -o, open; all zero where it is standard output. */
struct outputs {
	const struct hs_cli *cli;
	struct hs_output files[HS_MAX_OUTPUTS];
};

/* Looks at the file of an operand, its selector aside. */
static bool
stat_operand(const char *arg, struct stat *st)
{
	struct hs_arena arena = { 0 };
	const struct hs_span path = hs_operand_split(arg).path;
	const bool good = stat((const char *)hs_arena_copy(&arena, path).at, st) == 0;

	hs_arena_release(&arena);
	return good;
}

int
hs_refuse_operand(const struct hs_cli *cli, const char *file, struct hs_err *err)
{
	struct stat out, in;

	if (stat(file, &out) != 0 || !S_ISREG(out.st_mode))
		return 0;
	for (int i = 0; i < cli->n_operands; i++)
		if (stat_operand(cli->operands[i], &in) && in.st_dev == out.st_dev &&
		    in.st_ino == out.st_ino)
			return hs_fail(err, HS_EUSAGE, "-o would overwrite the operand %s",
			               hs_shown(cli->operands[i]).text);
	return 0;
}

int
hs_refuse_option(const char *file, const char *option, const char *input, struct hs_err *err)
{
	struct stat out, in;

	if (!file || !input || hs_output_is_standard(file) || stat(file, &out) != 0 ||
	    stat(input, &in) != 0)
		return 0;
	if (!S_ISREG(in.st_mode) || in.st_dev != out.st_dev || in.st_ino != out.st_ino)
		return 0;
	return hs_fail(err, HS_EUSAGE, "-o would overwrite the file of %s", option);
}

static int
open_outputs(struct outputs *o, struct hs_err *err)
{
	const struct hs_cli *cli = o->cli;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < cli->n_outputs; i++) {
		const char *file = cli->outputs[i].file;

		if (!file)
			continue;
		rc = hs_refuse_operand(cli, file, err);
		if (rc == 0)
			rc = hs_output_open(&o->files[i], file, err);
	}
	return rc;
}

static void
drop_outputs(struct outputs *o)
{
	for (size_t i = 0; i < HS_MAX_OUTPUTS; i++)
		hs_output_drop(&o->files[i]);
}

/* Which of the outputs failed, for an error that only says what. */
static int
name_failed(const struct outputs *o, const struct hs_sink *sinks, struct hs_err *err)
{
	for (size_t i = 0; i < o->cli->n_outputs; i++) {
		const char *file = o->cli->outputs[i].file;

		if (ferror(sinks[i].out))
			return hs_fail_in_span(err, hs_span_of(file ? file : "standard output"));
	}
	return err->code;
}

static int
emit(struct outputs *o, const struct hs_report *report, const struct hs_env *env,
     struct hs_err *err)
{
	const struct hs_cli *cli = o->cli;
	struct hs_sink sinks[HS_MAX_OUTPUTS] = { 0 };
	struct hs_sink_options options[HS_MAX_OUTPUTS] = { 0 };
	int rc;

	for (size_t i = 0; i < cli->n_outputs; i++) {
		const bool file = cli->outputs[i].file;

		sinks[i].ops = hs_sink_for(cli->outputs[i].format);
		sinks[i].out = file ? o->files[i].out : stdout;
		sinks[i].options = &options[i];
		options[i].verbose = cli->verbose;
		/* The environment speaks of terminals; a file is only coloured when asked for. */
		options[i].color = file ? cli->color == HS_WHEN_ALWAYS
		                        : hs_env_colors(env, cli->color, STDOUT_FILENO);
		options[i].width = hs_env_width(env, fileno(sinks[i].out));
	}
	rc = cli->n_outputs ? hs_report_emit(report, sinks, cli->n_outputs, &cli->listing, err) : 0;
	if (rc < 0)
		return name_failed(o, sinks, err);
	for (size_t i = 0; rc == 0 && i < cli->n_outputs; i++)
		if (cli->outputs[i].file)
			rc = hs_output_commit(&o->files[i], cli->outputs[i].file, err);
	return rc;
}

static const struct hs_note *
damage_of(const struct hs_node *node)
{
	for (const struct hs_note *n = node->notes; n; n = n->next)
		if (n->damage)
			return n;
	return NULL;
}

/* The operand that a note speaks of; NULL where it speaks of both. */
static const char *
operand_of(const struct hs_report *report, const struct hs_node *node, const struct hs_note *note)
{
	if (note->side == 'b' || !node->a.present)
		return report->b.name;
	return note->side == 'a' || !node->b.present ? report->a.name : NULL;
}

void
hs_publish_damage(const struct hs_report *report)
{
	struct hs_arena arena = { 0 };
	const struct hs_node *node = report->root;
	const struct hs_note *note;
	const char *operand, *where = "", *more = "";
	struct hs_span path;

	while (!(note = damage_of(node)))
		node = hs_node_next(node);
	operand = operand_of(report, node, note);
	path = hs_node_path(&arena, node);
	if (path.len) {
		char shown[320];

		hs_escape_short(shown, sizeof(shown), path);
		where = hs_arena_printf(&arena, "%s: ", shown);
	}
	if (report->summary.damaged > 1)
		more = hs_arena_printf(&arena, " (and %" PRIu64 " more)",
		                       report->summary.damaged - 1);
	hs_say_trouble("%s incompletely: %s%s%s%s%s", report->inspection ? "read" : "compared",
	               operand ? hs_shown(operand).text : "", operand ? ": " : "", where,
	               note->text, more);
	hs_arena_release(&arena);
}

static enum hs_exit
write_report(struct outputs *o, const struct hs_report *report, const struct hs_env *env)
{
	struct hs_err err;

	if (emit(o, report, env, &err) < 0)
		return hs_say_err(&err);
	if (!report->complete)
		hs_publish_damage(report);
	return (enum hs_exit)report->exit_status;
}

static enum hs_exit
make_report(struct outputs *o, struct hs_session *s, const struct hs_env *env,
            hs_report_maker *make)
{
	const struct hs_compare_options options = {
		.exclude = o->cli->exclude,
		.n_exclude = o->cli->n_exclude,
		.ignore = o->cli->ignore,
		.ignore_paths = o->cli->ignore_paths,
		.n_ignore_paths = o->cli->n_ignore_paths,
		.rootfs = o->cli->rootfs,
		.has_time = o->cli->has_time || env->has_epoch,
		.time = o->cli->has_time ? o->cli->time : env->epoch,
	};
	struct hs_report report;
	enum hs_exit status;

	make(&report, s, &options);
	/* The report may go to the terminal that shows the progress. */
	hs_progress_stop(&s->progress);
	status = report.refused.code ? hs_say_err(&report.refused) : write_report(o, &report, env);
	hs_report_release(&report);
	return status;
}

enum hs_exit
hs_publish(const struct hs_cli *cli, const struct hs_env *env, int n, hs_report_maker *make)
{
	struct outputs o = { .cli = cli };
	struct hs_session s;
	struct hs_err err;
	enum hs_exit status;

	if (open_outputs(&o, &err) < 0) {
		status = hs_say_err(&err);
	} else {
		status = hs_session_open(&s, cli, env, n, &err) < 0
		                 ? hs_say_err(&err)
		                 : make_report(&o, &s, env, make);
		hs_session_release(&s);
	}
	drop_outputs(&o);
	return status;
}
