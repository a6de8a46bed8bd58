/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/output.h"

#include "cli/signals.h"
#include "core/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 100 };

static int
fail_name(struct hs_err *err, const char *file, const char *what)
{
	const int errnum = errno;

	hs_fail_errno(err, errnum, "%s", what);
	return hs_fail_in_span(err,
	                       hs_span_of(hs_output_is_standard(file) ? "standard output" : file));
}

/* The length of the folder's part of a path, with its slash. */
static size_t
folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* ".hashoscope-PID-N" beside the path. */
static char *
name_beside(const char *path, unsigned n)
{
	const size_t folder = folder_length(path), size = folder + 64;
	char *out = hs_alloc(size);

	snprintf(out, size, "%.*s.hashoscope-%ld-%u", (int)folder, path, (long)getpid(), n);
	return out;
}

/* A file without a name, where the system can give it one later; -1 where it cannot. */
static int
open_unnamed(const char *path)
{
	const size_t len = folder_length(path);
	char *folder;
	int fd = -1;

	if (access("/proc/self/fd", F_OK) != 0)
		return -1;
	folder = len ? strndup(path, len) : strdup(".");
	if (!folder)
		hs_die_out_of_memory();
	fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
	free(folder);
	return fd;
}

/* Takes the first free name beside the path: by making the file (fd < 0) or by linking what `fd`
 * has open. */
static int
take_name(struct hs_output *o, int fd)
{
	char link[64];

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	for (unsigned n = 0; n < TRIES; n++) {
		int got;

		free(o->temp);
		o->temp = name_beside(o->path, n);
		if (fd < 0)
			got = open(o->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		else
			got = linkat(AT_FDCWD, link, AT_FDCWD, o->temp, AT_SYMLINK_FOLLOW);
		if (got >= 0) {
			/* Guarded only once it is ours: a signal must not unlink another's file. */
			hs_signals_guard(o->temp);
			o->named = true;
			return got;
		}
		if (errno != EEXIST)
			break;
	}
	return -1;
}

static int
open_beside(struct hs_output *o, const char *file, const struct stat *there, struct hs_err *err)
{
	int fd;

	o->path = there ? realpath(file, NULL) : strdup(file);
	if (!o->path)
		return fail_name(err, file, "cannot be written");
	fd = open_unnamed(o->path);
	if (fd < 0)
		fd = take_name(o, -1);
	if (fd < 0)
		return fail_name(err, file, "cannot be written");
	o->out = fdopen(fd, "w");
	if (!o->out)
		hs_die_out_of_memory();
	if (there && fchmod(fd, there->st_mode & 0777) != 0)
		return fail_name(err, file, "cannot be written");
	return 0;
}

bool
hs_output_is_standard(const char *file)
{
	return file && strcmp(file, "-") == 0;
}

FILE *
hs_output_beside(const char *file)
{
	return hs_output_is_standard(file) ? stderr : stdout;
}

/* A descriptor of its own, so that closing it says whether all was written. */
static int
open_standard(struct hs_output *o, struct hs_err *err)
{
	int fd;

	if (isatty(STDOUT_FILENO))
		return hs_fail(err, HS_EUSAGE,
		               "an image is not written to a terminal: -o takes a file");
	fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (fd < 0)
		return fail_name(err, "-", "cannot be written");
	o->out = fdopen(fd, "w");
	if (o->out)
		return 0;
	/* What stands in for a descriptor that the caller has closed is only readable. */
	errno = EBADF;
	fail_name(err, "-", "cannot be written");
	close(fd);
	return err->code;
}

int
hs_output_open(struct hs_output *o, const char *file, struct hs_err *err)
{
	struct stat st;
	const bool exists = stat(file, &st) == 0;
	int rc;

	*o = (struct hs_output){ 0 };
	if (hs_output_is_standard(file))
		return open_standard(o, err);
	if (!exists && errno != ENOENT)
		return fail_name(err, file, "cannot be written");
	/* A rename would replace what its owner has made read-only. */
	if (exists && access(file, W_OK) != 0)
		return fail_name(err, file, "cannot be written");
	if (exists && !S_ISREG(st.st_mode)) {
		const int fd = open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY);

		if (fd < 0)
			return fail_name(err, file, "cannot be written");
		o->out = fdopen(fd, "w");
		if (!o->out)
			hs_die_out_of_memory();
		return 0;
	}
	rc = open_beside(o, file, exists ? &st : NULL, err);
	if (rc < 0)
		hs_output_drop(o);
	return rc;
}

/* Whether all that was written has reached the file; errno says why where not. */
static bool
is_written(struct hs_output *o)
{
	if (fflush(o->out) != 0)
		return false;
	/* A write that failed earlier and not again: why, nobody knows any more. */
	errno = EIO;
	return !ferror(o->out);
}

static bool
close_stream(struct hs_output *o)
{
	FILE *out = o->out;

	o->out = NULL;
	return fclose(out) == 0;
}

int
hs_output_commit(struct hs_output *o, const char *file, struct hs_err *err)
{
	bool good = is_written(o);

	if (good && o->path && !o->named)
		good = take_name(o, fileno(o->out)) == 0;
	good = good && close_stream(o);
	if (good && o->path) {
		good = rename(o->temp, o->path) == 0;
		if (good) {
			hs_signals_unguard(o->temp);
			o->named = false;
		}
	}
	if (!good)
		fail_name(err, file, "cannot be written");
	hs_output_drop(o);
	return good ? 0 : err->code;
}

void
hs_output_drop(struct hs_output *o)
{
	if (o->out)
		fclose(o->out);
	if (o->named) {
		unlink(o->temp);
		hs_signals_unguard(o->temp);
	}
	free(o->temp);
	free(o->path);
	*o = (struct hs_output){ 0 };
}
