/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/attest_report.h"
#include "cli/commands.h"
#include "cli/session.h"

#include <stdlib.h>

/* Documents that are verified before any of them is told: bounds what waits in memory. */
enum { BATCH = 256 };

enum format { TEXT, JSON, NDJSON };

/* What one document came to, ready to be written. */
struct told {
	char *text; /* for standard output; NULL where the report has first to be explained */
	size_t len;
	char *trouble; /* for standard error; NULL: none */
	struct hs_attest_report report;
	struct hs_attest_pair pair; /* to be explained with */
	struct hs_arena arena;
};

struct verifying {
	const struct hs_cli *cli;
	struct hs_session *session;
	const struct hs_attest_demands *demands;
	enum format format;
	struct hs_attest_explanations explanations;
	size_t first;      /* operand of the batch */
	struct told *told; /* of the batch */
};

static enum format
format_of(const char *word)
{
	if (word && strcmp(word, "json") == 0)
		return JSON;
	return word && strcmp(word, "ndjson") == 0 ? NDJSON : TEXT;
}

static void
verify(struct verifying *job, struct hs_attest_report *r, struct hs_span bytes)
{
	struct hs_attest_verdict *v = &r->verdict;

	hs_attest_verify(v, r->arena, bytes, &job->demands->policy);
	r->has_document = v->n_checks && v->checks[0].reason == HS_ATTEST_OK;
	r->word = hs_attest_reason_name(v->reason);
	r->text = v->sentence;
	r->exit = v->reason == HS_ATTEST_OK         ? HS_EXIT_SAME
	          : v->reason == HS_ATTEST_NOT_COSE ? HS_EXIT_TROUBLE
	                                            : HS_EXIT_DIFFERS;
}

/* What could not even be opened is told as trouble, and to machines as a document like others. */
static void
give_up(struct hs_attest_report *r, struct told *t, const struct hs_err *err)
{
	r->word =
		err->code == HS_EFORMAT ? hs_attest_reason_name(HS_ATTEST_NOT_COSE) : "unreadable";
	r->text = hs_arena_printf(r->arena, "%s", err->text);
	r->exit = HS_EXIT_TROUBLE;
	t->trouble = hs_alloc(sizeof(err->text));
	memcpy(t->trouble, err->text, sizeof(err->text));
}

static void
print(FILE *out, const struct verifying *job, const struct told *t)
{
	if (job->format != TEXT)
		hs_attest_print_json(out, &t->report, job->format == NDJSON);
	else if (!t->trouble)
		hs_attest_print_verdict(out, &t->report, job->cli->verbose);
}

static void
verify_one(void *ctx, size_t i, struct hs_worker *w)
{
	struct verifying *job = ctx;
	struct told *t = &job->told[i];
	struct hs_attest_report *r = &t->report;
	struct hs_span bytes;
	struct hs_err err;
	FILE *out;

	(void)w;
	*t = (struct told){ .text = NULL };
	*r = (struct hs_attest_report){
		.name = job->cli->operands[job->first + i],
		.verified = true,
		.at = job->demands->at,
		.arena = &t->arena,
	};
	if (hs_attest_open(&bytes, r, &job->session->run, &err) == 0) {
		verify(job, r, bytes);
	} else {
		if (err.code == HS_EFORMAT || err.code == HS_ELIMIT)
			hs_fail_in_span(&err, hs_span_of(r->name));
		give_up(r, t, &err);
	}
	/* A comparison of images is work for all threads, and is done once for many documents. */
	if (hs_attest_pair(&t->pair, &r->verdict, job->demands))
		return;
	out = open_memstream(&t->text, &t->len);
	if (out)
		print(out, job, t);
	if (!out || fclose(out) != 0)
		hs_die_out_of_memory();
}

static void
write_one(struct verifying *job, struct told *t)
{
	struct hs_attest_explained *e;

	if (t->text) {
		fwrite(t->text, 1, t->len, stdout);
	} else {
		e = hs_attest_explain(&job->explanations, &t->pair);
		t->report.explained = e;
		print(stdout, job, t);
		if (e)
			e->told = true;
	}
	if (t->trouble)
		hs_say_trouble("%s", t->trouble);
}

static enum hs_exit
write_batch(struct verifying *job, size_t n)
{
	enum hs_exit worst = HS_EXIT_SAME;

	for (size_t i = 0; i < n; i++) {
		struct told *t = &job->told[i];

		write_one(job, t);
		if (t->report.exit > worst)
			worst = t->report.exit;
		free(t->text);
		free(t->trouble);
		hs_arena_release(&t->arena);
	}
	return worst;
}

static enum hs_exit
verify_all(struct verifying *job)
{
	const size_t n = (size_t)job->cli->n_operands;
	enum hs_exit worst = HS_EXIT_SAME;

	for (job->first = 0; job->first < n; job->first += BATCH) {
		const size_t left = n - job->first, here = left < BATCH ? left : BATCH;
		enum hs_exit exit;

		hs_pool_each(hs_pool_main(job->session->run.pool), here, verify_one, job);
		exit = write_batch(job, here);
		if (exit > worst)
			worst = exit;
	}
	return worst;
}

static size_t
count_standard(const char *const *files, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += files[i] && strcmp(files[i], "-") == 0;
	return count;
}

/* A second reader would get nothing, or, beside the first, a part. */
static int
check_standard_input(const struct hs_cli *cli, struct hs_err *err)
{
	const struct hs_cli_attest *a = &cli->attest;
	const char *const fields[] = {
		a->nonce && *a->nonce == '@' ? a->nonce + 1 : NULL,
		a->user_data && *a->user_data == '@' ? a->user_data + 1 : NULL,
		a->public_key,
	};
	size_t n = count_standard(fields, sizeof(fields) / sizeof(fields[0]));

	n += count_standard(a->roots, a->n_roots) + count_standard(a->expect, a->n_expect);
	n += count_standard(cli->operands, (size_t)cli->n_operands);
	return n < 2 ? 0 : hs_fail(err, HS_EUSAGE, "standard input (-) can be read only once");
}

static int
check_format(const struct hs_cli *cli, struct hs_err *err)
{
	if (format_of(cli->attest.format) != JSON || cli->n_operands == 1)
		return 0;
	return hs_fail(err, HS_EUSAGE,
	               "-o json is of one document; -o ndjson writes an object a line");
}

enum hs_exit
hs_cmd_attest_verify(const struct hs_cli *cli, const struct hs_env *env)
{
	struct hs_arena arena = { 0 };
	struct hs_attest_demands demands = { 0 };
	struct hs_session s = { 0 };
	struct hs_err err;
	enum hs_exit exit = HS_EXIT_TROUBLE;
	int rc = check_format(cli, &err);

	if (rc == 0)
		rc = check_standard_input(cli, &err);
	if (rc == 0) {
		rc = hs_session_open(&s, cli, env, 0, &err);
		if (rc == 0)
			rc = hs_attest_demands_read(&demands, &arena, &s, &cli->attest, &err);
		hs_progress_stop(&s.progress);
	}
	if (rc == 0) {
		struct verifying job = {
			.cli = cli,
			.session = &s,
			.demands = &demands,
			.format = format_of(cli->attest.format),
			.told = hs_arena_array(&arena, BATCH, sizeof(struct told)),
			.explanations = { .run = &s.run, .arena = &arena },
		};

		exit = verify_all(&job);
		hs_attest_explanations_release(&job.explanations);
		if (fflush(stdout) != 0)
			rc = hs_fail(&err, HS_EIO, "standard output cannot be written");
	}
	if (rc < 0)
		hs_say_trouble("%s", err.text);
	hs_attest_demands_release(&demands);
	hs_session_release(&s);
	hs_arena_release(&arena);
	return rc < 0 ? HS_EXIT_TROUBLE : exit;
}
