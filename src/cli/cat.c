/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/session.h"

#include <errno.h>
#include <unistd.h>

/* Straight from where the bytes are mapped: a member may be larger than memory. */
static int
write_all(struct hs_span s, struct hs_err *err)
{
	while (s.len) {
		const ssize_t n = write(STDOUT_FILENO, s.at, s.len);

		if (n < 0 && errno != EINTR)
			return hs_fail_errno(err, errno, "standard output cannot be written");
		if (n > 0)
			s = hs_span_from(s, (uint64_t)n);
	}
	return 0;
}

/* Of a damaged member there is what was read before the damage: it is written, and then said. */
static int
write_found(const struct hs_content *content, int rc, const struct hs_cli *cli, struct hs_err *err)
{
	struct hs_err write_err;

	if (write_all(content->bytes, &write_err) < 0) {
		*err = write_err;
		return err->code;
	}
	return rc < 0 ? hs_fail_in_span(err, hs_span_of(cli->operands[0])) : 0;
}

enum hs_exit
hs_cmd_cat(const struct hs_cli *cli, const struct hs_env *env)
{
	struct hs_content content;
	struct hs_session s;
	struct hs_err err;
	int rc = hs_session_open(&s, cli, env, 1, &err);

	if (rc == 0) {
		rc = hs_locate(&content, &s.run, &s.operands[0], hs_span_of(cli->operands[1]),
		               &err);
		hs_progress_stop(&s.progress);
		rc = write_found(&content, rc, cli, &err);
		hs_content_release(&content);
	}
	hs_session_release(&s);
	return rc < 0 ? hs_say_err(&err) : HS_EXIT_SAME;
}
