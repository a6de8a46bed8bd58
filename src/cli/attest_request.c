/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/nsm_device.h"
#include "cli/attest_bytes.h"
#include "cli/commands.h"
#include "cli/output.h"

#include <unistd.h>

/* What AWS says a field may have at most; the module has been seen to take more. */
enum { USUAL = 1024 };

/* The bytes that a document is asked with. */
struct fields {
	struct hs_span user_data, nonce, public_key;
	struct hs_nsm_attestation order;
};

static void
note_length(const char *option, struct hs_span bytes)
{
	if (bytes.len > USUAL)
		hs_say_trouble("--%s is %zu bytes: AWS promises no more than %d, and verifiers may "
		               "refuse it",
		               option, bytes.len, USUAL);
}

static int
read_fields(struct fields *f, const struct hs_cli_attest *attest, struct hs_arena *a,
            struct hs_err *err)
{
	const struct {
		const char *option, *arg;
		struct hs_span *bytes;
		const struct hs_span **place;
		bool is_file;
	} rows[] = {
		{ "user-data", attest->user_data, &f->user_data, &f->order.user_data, false },
		{ "nonce", attest->nonce, &f->nonce, &f->order.nonce, false },
		{ "public-key", attest->public_key, &f->public_key, &f->order.public_key, true },
	};

	*f = (struct fields){ .order = { NULL, NULL, NULL } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!rows[i].arg)
			continue;
		if ((rows[i].is_file ? hs_attest_bytes_of_file : hs_attest_bytes_read)(
			    rows[i].bytes, a, rows[i].arg, err) < 0)
			return hs_fail_in(err, "--%s", rows[i].option);
		*rows[i].place = rows[i].bytes;
		note_length(rows[i].option, *rows[i].bytes);
	}
	return 0;
}

/* What can be refused before the module is asked. */
static int
check_output(const char *file, struct hs_err *err)
{
	if (!file)
		return hs_fail(err, HS_EUSAGE,
		               "attest request writes a document: -o says where to");
	if (hs_output_is_standard(file) && isatty(STDOUT_FILENO))
		return hs_fail(err, HS_EUSAGE,
		               "a document is not written to a terminal: -o takes a file");
	return 0;
}

static int
ask(struct hs_span *document, struct hs_arena *a, const struct hs_cli *cli, struct hs_err *err)
{
	const char *device = cli->attest.nsm_device;
	struct hs_nsm nsm = { .exchange = NULL };
	struct fields f;
	int rc = read_fields(&f, &cli->attest, a, err);

	if (rc == 0)
		rc = hs_nsm_open(&nsm, device ? device : HS_NSM_DEVICE, err);
	if (rc == 0)
		rc = hs_nsm_attest(document, a, &nsm, &f.order, err);
	hs_nsm_close(&nsm);
	/* No input of the user's is damaged: the module cannot be used. */
	if (rc == HS_EFORMAT)
		err->code = HS_EIO;
	return rc < 0 ? err->code : 0;
}

enum hs_exit
hs_cmd_attest_request(const struct hs_cli *cli, const struct hs_env *env)
{
	const char *file = cli->out_file;
	struct hs_arena arena = { 0 };
	struct hs_output output = { .out = NULL };
	struct hs_span document;
	struct hs_err err;
	int rc = check_output(file, &err);

	(void)env;
	if (rc == 0)
		rc = ask(&document, &arena, cli, &err);
	if (rc == 0)
		rc = hs_output_open(&output, file, &err);
	if (rc == 0) {
		fwrite(document.at, 1, document.len, output.out);
		rc = hs_output_commit(&output, file, &err);
	}
	hs_arena_release(&arena);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
