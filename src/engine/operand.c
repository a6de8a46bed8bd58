/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/operand.h"

#include "core/arena.h"
#include "core/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

enum { LOOK_UP_MS = 100 };

/* What a path is in the words of a refusal; NULL for what can be read. */
static const char *
refusal(const char *path, const struct stat *st)
{
	struct stat link;

	if (S_ISSOCK(st->st_mode))
		return "is a socket: there is nothing to read";
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		return "is a device: pipe it in with \"-\" or copy it to a file";
	/* A pipe of the shell, as <(...) makes, is reached through a link; a named one may have no
	 * writer. */
	if (S_ISFIFO(st->st_mode) && lstat(path, &link) == 0 && S_ISFIFO(link.st_mode))
		return "is a FIFO: pipe it in with \"-\" or <(...)";
	return NULL;
}

/* Waits for the pipe to have something, or to have ended; looks at the clock now and then. */
static int
wait_readable(int fd, struct hs_run *run, struct hs_err *err)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int rc;

	do {
		rc = hs_run_check(run, err);
	} while (rc == 0 && poll(&p, 1, LOOK_UP_MS) == 0);
	return rc;
}

/* Reads a pipe to its end into the spool. */
static int
slurp(struct hs_blob **out, int fd, struct hs_run *run, struct hs_err *err)
{
	struct hs_spool_writer w;
	int rc = 0;

	hs_spool_begin(&w, run->spool);
	while (rc == 0) {
		size_t room;
		uint8_t *at = hs_spool_room(&w, &room);
		ssize_t n;

		rc = wait_readable(fd, run, err);
		if (rc < 0)
			break;
		n = read(fd, at, room);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			rc = hs_fail_errno(err, errno, "cannot read it");
		if (n <= 0)
			break;
		rc = hs_spool_took(&w, (size_t)n, err);
	}
	if (rc == 0)
		rc = hs_spool_end(&w, out, err);
	if (rc < 0)
		hs_spool_drop(&w);
	return rc;
}

static const char *
text_of(struct hs_arena *a, struct hs_span path)
{
	return (const char *)hs_arena_copy(a, path).at;
}

static bool
exists(struct hs_span path)
{
	struct hs_arena arena = { 0 };
	const char *text = text_of(&arena, path);
	struct stat st;
	const bool is = strcmp(text, "-") == 0 || lstat(text, &st) == 0;

	hs_arena_release(&arena);
	return is;
}

/* Takes what skopeo has in front of a file's name off. */
static bool
take_prefix(struct hs_span *name)
{
	static const char *const prefixes[] = { "oci:", "oci-archive:", "docker-archive:", "dir:" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (!hs_span_starts(*name, hs_span_of(prefixes[i])))
			continue;
		*name = hs_span_from(*name, strlen(prefixes[i]));
		return true;
	}
	return false;
}

struct hs_operand_name
hs_operand_split(const char *arg)
{
	const struct hs_span all = hs_span_of(arg);
	struct hs_span name = all;
	bool prefixed;

	if (exists(all))
		return (struct hs_operand_name){ .path = all };
	prefixed = take_prefix(&name);
	if (prefixed && exists(name))
		return (struct hs_operand_name){ .path = name };
	for (size_t len = name.len; len-- > 1;) {
		const bool mark = name.at[len] == '@' || (prefixed && name.at[len] == ':');

		if (mark && len + 1 < name.len && exists(hs_span_head(name, len)))
			return (struct hs_operand_name){ hs_span_head(name, len),
				                         hs_span_from(name, len + 1) };
	}
	return (struct hs_operand_name){ .path = name };
}

static int
open_path(struct hs_operand *o, const char *path, struct hs_run *run, struct hs_err *err)
{
	const char *why;
	int fd, rc;

	if (stat(path, &o->st) != 0)
		return hs_fail_errno(err, errno, "cannot open it");
	why = refusal(path, &o->st);
	if (why)
		return hs_fail(err, HS_EUSAGE, "%s", why);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return hs_fail_errno(err, errno, "cannot open it");
	if (fstat(fd, &o->st) != 0) {
		rc = hs_fail_errno(err, errno, "cannot open it");
	} else if (S_ISDIR(o->st.st_mode)) {
		o->dir = fd;
		return 0;
	} else if (S_ISREG(o->st.st_mode)) {
		rc = hs_blob_map_input(&o->blob, fd, &o->st, err);
	} else {
		rc = slurp(&o->blob, fd, run, err);
	}
	close(fd);
	return rc;
}

int
hs_operand_open(struct hs_operand *out, const char *arg, struct hs_run *run, struct hs_err *err)
{
	const struct hs_operand_name name = hs_operand_split(arg);
	struct hs_arena arena = { 0 };
	const char *path = text_of(&arena, name.path);
	int rc;

	*out = (struct hs_operand){ .name = arg, .dir = -1 };
	out->selector = name.selector;
	if (strcmp(path, "-") == 0)
		rc = slurp(&out->blob, STDIN_FILENO, run, err);
	else
		rc = open_path(out, path, run, err);
	hs_arena_release(&arena);
	if (rc < 0)
		return hs_fail_in_span(err, hs_span_of(arg));
	if (out->blob)
		atomic_fetch_add_explicit(&run->bytes_known, out->blob->bytes.len,
		                          memory_order_relaxed);
	return 0;
}

void
hs_operand_release(struct hs_operand *o)
{
	hs_blob_unref(o->blob);
	if (o->dir >= 0)
		close(o->dir);
	*o = (struct hs_operand){ .dir = -1 };
}

struct hs_span
hs_operand_base(const struct hs_operand *o)
{
	const struct hs_span path = hs_operand_split(o->name).path;
	size_t at = path.len;

	while (at > 0 && path.at[at - 1] != '/')
		at--;
	return hs_span_is(path, "-") ? (struct hs_span){ 0 } : hs_span_from(path, at);
}

struct hs_content
hs_operand_content(const struct hs_operand *o)
{
	struct hs_content content = hs_content_of(o->blob, o->blob->bytes);

	content.name = hs_operand_base(o);
	return content;
}
