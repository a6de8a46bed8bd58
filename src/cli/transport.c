/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs
 *
 *	skopeo [--override-os OS --override-arch ARCH [--override-variant V]]
 *	       --tmpdir FOLDER/tmp copy --quiet REF dir:FOLDER/image
 *
 * and keeps the end of what it says. dir: and not oci: is what it copies to,
 * since oci: rewrites Docker's manifests and configurations and compresses
 * layers anew, after which no digest is the one that was asked about.
 */
#include "cli/transport.h"

#include "cli/folder.h"
#include "cli/signals.h"
#include "core/arena.h"
#include "core/escape.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	LOOK_UP_MS = 50,
	WORDS = 4096, /* of what it says last */
	SHOWN = 190,
	MAX_WORDS = 16,
};

static const char daemon_prefix[] = "docker-daemon:", storage_prefix[] = "containers-storage:",
		  registry_prefix[] = "docker://";

static bool
starts(const char *arg, const char *with)
{
	return strncmp(arg, with, strlen(with)) == 0;
}

bool
hs_transport_is(const char *arg)
{
	struct stat st;

	return (starts(arg, registry_prefix) || starts(arg, daemon_prefix) ||
	        starts(arg, storage_prefix)) &&
	       lstat(arg, &st) != 0;
}

/* ---- The command line ---- */

/* REF@OS/ARCHITECTURE[/VARIANT], in its parts; n is 0 where there is no platform. */
struct request {
	struct hs_span ref, part[3];
	size_t n;
};

static bool
is_part(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!memchr("abcdefghijklmnopqrstuvwxyz0123456789_.", s.at[i], 38))
			return false;
	return s.len > 0;
}

static struct request
request_of(const char *arg)
{
	const struct request plain = { .ref = hs_span_of(arg) };
	struct request r = plain;
	const char *at = strrchr(arg, '@');
	struct hs_span rest = hs_span_of(at ? at + 1 : "");

	if (at)
		r.ref.len = (size_t)(at - arg);
	while (rest.len) {
		const uint8_t *slash = memchr(rest.at, '/', rest.len);
		const size_t len = slash ? (size_t)(slash - rest.at) : rest.len;

		if (r.n == 3 || !is_part(hs_span_head(rest, len)))
			return plain;
		r.part[r.n++] = hs_span_head(rest, len);
		rest = hs_span_from(rest, len + 1);
	}
	return r.n >= 2 ? r : plain;
}

struct hs_span
hs_transport_platform(const char *arg)
{
	const struct request r = request_of(arg);

	return r.n ? hs_span_from(hs_span_of(arg), r.ref.len + 1) : (struct hs_span){ NULL, 0 };
}

const char *
hs_transport_note(const char *arg)
{
	if (!starts(arg, registry_prefix) || request_of(arg).n)
		return NULL;
	return "of an image for several platforms, skopeo fetched the one of this machine; "
	       "@OS/ARCHITECTURE behind the name asks for another";
}

/* The words of the command; in the arena. */
static const char *const *
words_of(struct hs_arena *a, const char *arg, const struct hs_transport *t)
{
	static const char *const option[] = { "--override-os", "--override-arch",
		                              "--override-variant" };
	const struct request r = request_of(arg);
	const char **words = hs_arena_array(a, MAX_WORDS, sizeof(*words));
	size_t n = 0;

	words[n++] = "skopeo";
	for (size_t i = 0; i < r.n; i++) {
		words[n++] = option[i];
		words[n++] = (const char *)hs_arena_copy(a, r.part[i]).at;
	}
	words[n++] = "--tmpdir";
	words[n++] = hs_arena_printf(a, "%s/tmp", t->folder);
	words[n++] = "copy";
	words[n++] = "--quiet";
	/* The storage keeps layers unpacked, so that a manifest comes out of it changed, and what
	 * was signed is not that. */
	if (starts(arg, storage_prefix))
		words[n++] = "--remove-signatures";
	words[n++] = (const char *)hs_arena_copy(a, r.ref).at;
	words[n++] = hs_arena_printf(a, "dir:%s", t->image);
	return words;
}

/* ---- Running it ---- */

/* The process, and the end of what it has said. */
struct child {
	pid_t pid;
	int out; /* the reading end of its standard error and output */
	char words[WORDS];
	size_t n;
};

static int
start(struct child *c, const char *const *words, struct hs_err *err)
{
	posix_spawn_file_actions_t actions;
	int ends[2], rc;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return hs_fail_errno(err, errno, "skopeo cannot be run");
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	if (posix_spawn_file_actions_init(&actions) != 0 ||
	    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) !=
	            0 ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) != 0 ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO) != 0)
		hs_die_out_of_memory();
	rc = posix_spawnp(&c->pid, words[0], &actions, NULL, (char *const *)(uintptr_t)words,
	                  environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (rc == 0) {
		hs_signals_set_child(c->pid);
		c->out = ends[0];
		return 0;
	}
	close(ends[0]);
	if (rc == ENOENT)
		return hs_fail(
			err, HS_EABSENT,
			"skopeo is not installed, which fetches such images: see the package "
			"\"skopeo\"");
	return hs_fail_errno(err, rc, "skopeo cannot be run");
}

/* Keeps the last of what it says. */
static void
listen(struct child *c)
{
	char bytes[512];
	ssize_t n;

	while ((n = read(c->out, bytes, sizeof(bytes))) > 0) {
		const size_t len = (size_t)n;

		if (c->n + len > WORDS) {
			const size_t drop = c->n + len - WORDS;

			memmove(c->words, c->words + drop, c->n - drop);
			c->n -= drop;
		}
		memcpy(c->words + c->n, bytes, len);
		c->n += len;
	}
}

/* Waits for its end, or for that of the time that the run has: then it is ended. */
static int
finish(struct child *c, struct hs_run *run, int *status, struct hs_err *err)
{
	struct pollfd p = { .fd = c->out, .events = POLLIN };
	int rc = 0;

	while (waitpid(c->pid, status, WNOHANG) == 0) {
		rc = hs_run_check(run, err);
		if (rc < 0) {
			kill(c->pid, SIGKILL);
			waitpid(c->pid, status, 0);
			break;
		}
		poll(&p, 1, LOOK_UP_MS);
		listen(c);
		/* Whoever has closed it is about to end. */
		if (p.revents & POLLHUP)
			p.fd = -1;
	}
	hs_signals_set_child(0);
	listen(c);
	close(c->out);
	return rc;
}

/* Takes the backslashes before quotes out, in place. */
static size_t
unquote(char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		if (s[i] != '\\' || i + 1 == len || s[i + 1] != '"')
			s[n++] = s[i];
	return n;
}

/* The last line, of which only the message where it is one of a log. */
static struct hs_span
last_words(struct child *c)
{
	struct hs_span s = { (const uint8_t *)c->words, c->n };
	const struct hs_span mark = HS_SPAN(" msg=\"");
	const uint8_t *line, *msg;

	while (s.len && (s.at[s.len - 1] == '\n' || s.at[s.len - 1] == ' '))
		s.len--;
	line = s.len ? memrchr(s.at, '\n', s.len) : NULL;
	if (line)
		s = hs_span_from(s, (size_t)(line - s.at) + 1);
	msg = s.len ? memmem(s.at, s.len, mark.at, mark.len) : NULL;
	if (msg && s.at[s.len - 1] == '"') {
		s = hs_span_from(s, (size_t)(msg - s.at) + mark.len);
		s.len = unquote(c->words + (s.at - (const uint8_t *)c->words), s.len - 1);
	}
	return s;
}

static int
judge(struct child *c, int status, struct hs_err *err)
{
	char shown[SHOWN];

	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	hs_escape_short(shown, sizeof(shown), last_words(c));
	if (WIFSIGNALED(status))
		return hs_fail(err, HS_EIO, "skopeo was ended by signal %d%s%s", WTERMSIG(status),
		               *shown ? ": " : "", shown);
	return hs_fail(err, HS_EIO, "skopeo failed with status %d%s%s", WEXITSTATUS(status),
	               *shown ? ": " : "", shown);
}

static char *
below(const char *folder, const char *name)
{
	const size_t size = strlen(folder) + strlen(name) + 2;
	char *out = hs_alloc(size);

	snprintf(out, size, "%s/%s", folder, name);
	return out;
}

int
hs_transport_fetch(struct hs_transport *t, const char *arg, const struct hs_env *env,
                   struct hs_run *run, struct hs_err *err)
{
	struct hs_arena arena = { 0 };
	struct child c = { .n = 0 };
	int status = 0, rc;

	*t = (struct hs_transport){ 0 };
	rc = hs_folder_make(&t->folder, env->tmp, err);
	if (rc < 0)
		return rc;
	t->image = below(t->folder, "image");
	atomic_store(&run->stage, "fetching");
	rc = mkdirat(AT_FDCWD, hs_arena_printf(&arena, "%s/tmp", t->folder), 0700) == 0
	             ? start(&c, words_of(&arena, arg, t), err)
	             : hs_fail_errno(err, errno, "no temporary folder can be made");
	if (rc == 0)
		rc = finish(&c, run, &status, err);
	if (rc == 0)
		rc = judge(&c, status, err);
	if (rc == 0 && access(t->image, F_OK) != 0)
		rc = hs_fail(err, HS_EIO, "skopeo says that it has copied it, but left nothing");
	hs_arena_release(&arena);
	return rc;
}

void
hs_transport_release(struct hs_transport *t)
{
	hs_folder_drop(t->folder);
	free(t->image);
	*t = (struct hs_transport){ 0 };
}
