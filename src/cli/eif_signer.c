/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_signer.h"

#include "cli/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	LOOK_UP_MS = 50,
	MAX_DER = 1024, /* a signature on P-521 has 141 bytes at most */
};

struct child {
	pid_t pid;
	int out; /* the reading end of its standard output */
	uint8_t der[MAX_DER + 1];
	size_t n;
};

/*
 * A pipe that holds the digest and whose writing end is closed. It is written
 * before anybody could have closed the other end, and a pipe has room for a
 * page: no SIGPIPE, no waiting.
 */
static int
pipe_of(int *out, struct hs_span digest, struct hs_err *err)
{
	int ends[2];
	ssize_t n;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return hs_fail_errno(err, errno, "--signer cannot be run");
	n = write(ends[1], digest.at, digest.len);
	close(ends[1]);
	*out = ends[0];
	if (n == (ssize_t)digest.len)
		return 0;
	hs_fail_errno(err, errno, "--signer cannot be run");
	close(ends[0]);
	return err->code;
}

static int
start(struct child *c, const char *command, int in, struct hs_err *err)
{
	const char *const words[] = { "sh", "-c", command, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2], rc;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return hs_fail_errno(err, errno, "--signer cannot be run");
	if (posix_spawn_file_actions_init(&actions) != 0 ||
	    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO) != 0 ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) != 0)
		hs_die_out_of_memory();
	rc = posix_spawn(&c->pid, "/bin/sh", &actions, NULL, (char *const *)(uintptr_t)words,
	                 environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (rc != 0) {
		close(ends[0]);
		return hs_fail_errno(err, rc, "--signer cannot be run");
	}
	hs_signals_set_child(c->pid);
	c->out = ends[0];
	return 0;
}

/* Waits until it has closed its standard output. */
static int
listen(struct child *c, struct hs_run *run, struct hs_err *err)
{
	struct pollfd p = { .fd = c->out, .events = POLLIN };
	ssize_t n = 0;

	for (;;) {
		if (hs_run_check(run, err) < 0)
			return err->code;
		if (poll(&p, 1, LOOK_UP_MS) <= 0)
			continue;
		n = read(c->out, c->der + c->n, sizeof(c->der) - c->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		c->n += (size_t)n;
		if (c->n > MAX_DER)
			return hs_fail(err, HS_EIO,
			               "--signer wrote more than %d bytes, and a signature has "
			               "fewer",
			               MAX_DER);
	}
	return n < 0 ? hs_fail_errno(err, errno, "--signer cannot be read from") : 0;
}

/* Waits until it has ended. */
static int
join(struct child *c, struct hs_run *run, struct hs_err *err)
{
	int status;

	while (waitpid(c->pid, &status, WNOHANG) == 0) {
		if (hs_run_check(run, err) < 0)
			return err->code;
		poll(NULL, 0, 1);
	}
	hs_signals_set_child(0);
	c->pid = 0;
	if (WIFSIGNALED(status))
		return hs_fail(err, HS_EIO, "--signer was ended by signal %d", WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return hs_fail(err, HS_EIO, "--signer ended with status %d", WEXITSTATUS(status));
	return 0;
}

static void
finish(struct child *c)
{
	close(c->out);
	if (c->pid == 0)
		return;
	kill(c->pid, SIGKILL);
	waitpid(c->pid, NULL, 0);
	hs_signals_set_child(0);
}

int
hs_eif_signer_run(const struct hs_eif_signer *s, struct hs_span *der, struct hs_arena *a,
                  struct hs_span digest, struct hs_err *err)
{
	struct child c = { 0 };
	int in = -1, rc;

	if (pipe_of(&in, digest, err) < 0)
		return err->code;
	rc = start(&c, s->command, in, err);
	close(in);
	if (rc < 0)
		return rc;
	rc = listen(&c, s->run, err);
	if (rc == 0)
		rc = join(&c, s->run, err);
	finish(&c);
	if (rc == HS_ESTOP)
		return hs_fail(err, HS_EIO, "--signer took longer than --timeout allows");
	if (rc == 0)
		*der = hs_arena_copy(a, (struct hs_span){ c.der, c.n });
	return rc;
}
