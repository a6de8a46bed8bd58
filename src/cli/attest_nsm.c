/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/nsm_device.h"
#include "cli/attest_bytes.h"
#include "cli/commands.h"
#include "cli/size.h"
#include "core/escape.h"
#include "core/hex.h"

#include <inttypes.h>
#include <unistd.h>

/* One command: what it asks, and what it asks it with. */
struct asking {
	const struct hs_cli *cli;
	struct hs_nsm nsm;
	struct hs_arena arena;
};
typedef int question(struct asking *q, struct hs_err *err);

static enum hs_exit
run(const struct hs_cli *cli, question *ask)
{
	const char *device = cli->attest.nsm_device;
	struct asking q = { .cli = cli };
	struct hs_err err;
	int rc = hs_nsm_open(&q.nsm, device ? device : HS_NSM_DEVICE, &err);

	if (rc == 0)
		rc = ask(&q, &err);
	/* No input of the user's is damaged: the module cannot be used. */
	if (rc == HS_EFORMAT)
		err.code = HS_EIO;
	if (rc == 0 && (fflush(stdout) != 0 || ferror(stdout)))
		rc = hs_fail(&err, HS_EIO, "standard output cannot be written");
	hs_nsm_close(&q.nsm);
	hs_arena_release(&q.arena);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}

/* The operand that names a PCR. */
static int
take_index(unsigned *out, const char *arg, struct hs_err *err)
{
	uint64_t n;

	if (!hs_number_parse(&n, arg) || n >= HS_NSM_MAX_PCRS)
		return hs_fail(err, HS_EUSAGE, "'%s' is not the number of a PCR, 0 to %d",
		               hs_shown(arg).text, HS_NSM_MAX_PCRS - 1);
	*out = (unsigned)n;
	return 0;
}

static void
print_value(struct asking *q, unsigned index, struct hs_span value)
{
	const struct hs_span hex = hs_hex(&q->arena, value);

	printf("PCR%u %.*s", index, (int)hex.len, (const char *)hex.at);
}

static int
ask_description(struct asking *q, struct hs_err *err)
{
	struct hs_nsm_description d;

	if (hs_nsm_describe(&d, &q->arena, &q->nsm, err) < 0)
		return err->code;
	fputs("module_id ", stdout);
	hs_escape_write(stdout, d.module_id);
	printf("\nversion   %" PRIu64 ".%" PRIu64 ".%" PRIu64 "\ndigest    ", d.version[0],
	       d.version[1], d.version[2]);
	hs_escape_write(stdout, d.digest);
	printf("\nPCRs      %" PRIu64 "\nlocked   ", d.max_pcrs);
	for (size_t i = 0; i < d.n_locked; i++)
		printf(" %u", (unsigned)d.locked[i]);
	puts(d.n_locked ? "" : " none");
	return 0;
}

static int
ask_pcr(struct asking *q, struct hs_err *err)
{
	struct hs_nsm_pcr pcr;
	unsigned index;
	int rc = take_index(&index, q->cli->operands[0], err);

	if (rc == 0)
		rc = hs_nsm_pcr(&pcr, &q->arena, &q->nsm, index, err);
	if (rc < 0)
		return rc;
	print_value(q, index, pcr.value);
	puts(pcr.locked ? " locked" : " not locked");
	return 0;
}

static int
ask_extension(struct asking *q, struct hs_err *err)
{
	struct hs_nsm_extension e;
	struct hs_span value;
	int rc = take_index(&e.index, q->cli->operands[0], err);

	if (rc < 0)
		return rc;
	if (hs_attest_bytes_read(&e.data, &q->arena, q->cli->operands[1], err) < 0)
		rc = hs_fail_in(err, "DATA");
	if (rc == 0)
		rc = hs_nsm_extend(&value, &q->arena, &q->nsm, &e, err);
	if (rc < 0)
		return rc;
	print_value(q, e.index, value);
	putchar('\n');
	return 0;
}

/* N, or 0-N: the module knows no other range. */
static int
ask_lock(struct asking *q, struct hs_err *err)
{
	const char *arg = q->cli->operands[0];
	const bool range = strncmp(arg, "0-", 2) == 0;
	unsigned index;
	const int rc = take_index(&index, range ? arg + 2 : arg, err);

	if (rc < 0)
		return rc;
	return range ? hs_nsm_lock_range(&q->arena, &q->nsm, index + 1, err)
	             : hs_nsm_lock(&q->arena, &q->nsm, index, err);
}

/* As many answers as it takes; without a number one. */
static int
ask_random(struct asking *q, struct hs_err *err)
{
	const char *arg = q->cli->n_operands ? q->cli->operands[0] : NULL;
	uint64_t left = UINT64_MAX;

	if (arg && !hs_size_parse(&left, arg))
		return hs_fail(err, HS_EUSAGE, "'%s' is not a number of bytes", hs_shown(arg).text);
	if (isatty(STDOUT_FILENO))
		return hs_fail(err, HS_EUSAGE, "random bytes are not written to a terminal");
	while (left && !ferror(stdout)) {
		const struct hs_arena_mark mark = hs_arena_mark(&q->arena);
		struct hs_span bytes;

		if (hs_nsm_random(&bytes, &q->arena, &q->nsm, err) < 0)
			return err->code;
		bytes = hs_span_head(bytes, left);
		fwrite(bytes.at, 1, bytes.len, stdout);
		left = arg ? left - bytes.len : 0;
		hs_arena_rewind(&q->arena, mark);
	}
	return 0;
}

enum hs_exit
hs_cmd_attest_nsm_describe(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	return run(cli, ask_description);
}

enum hs_exit
hs_cmd_attest_nsm_pcr(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	return run(cli, ask_pcr);
}

enum hs_exit
hs_cmd_attest_nsm_extend(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	return run(cli, ask_extension);
}

enum hs_exit
hs_cmd_attest_nsm_lock(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	return run(cli, ask_lock);
}

enum hs_exit
hs_cmd_attest_nsm_random(const struct hs_cli *cli, const struct hs_env *env)
{
	(void)env;
	return run(cli, ask_random);
}
