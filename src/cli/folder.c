/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/folder.h"

#include "cli/signals.h"
#include "core/arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TRIES = 100 };

static bool
is_dots(const char *name)
{
	return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

static void remove_below(int parent, const char *name, unsigned depth);

/* One buffer of entries, as the kernel writes them: opendir() takes memory, which a handler must
 * not. True where anything was there to remove. */
static bool
remove_some(int fd, unsigned depth)
{
	_Alignas(struct dirent64) char buffer[2048];
	const long n = syscall(SYS_getdents64, fd, buffer, sizeof(buffer));
	bool some = false;

	for (long at = 0; at < n;) {
		const struct dirent64 *e = (const void *)(buffer + at);

		if (!is_dots(e->d_name)) {
			some = true;
			if (unlinkat(fd, e->d_name, 0) != 0)
				remove_below(fd, e->d_name, depth + 1);
		}
		at += e->d_reclen;
	}
	return some;
}

static void
remove_below(int parent, const char *name, unsigned depth)
{
	int fd = -1;

	if (depth < HS_FOLDER_DEPTH)
		fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0) {
		/* What cannot be removed is met again at each turn. */
		for (unsigned i = 0; i < TRIES && remove_some(fd, depth); i++)
			if (lseek(fd, 0, SEEK_SET) != 0)
				break;
		close(fd);
	}
	unlinkat(parent, name, AT_REMOVEDIR);
}

void
hs_folder_remove(const char *path)
{
	remove_below(AT_FDCWD, path, 0);
}

int
hs_folder_make(char **path, const char *tmp, struct hs_err *err)
{
	const size_t size = strlen(tmp ? tmp : "/tmp") + 64;
	char *out = hs_alloc(size);
	int errnum = 0;

	for (unsigned i = 0; i < TRIES; i++) {
		uint64_t random;

		if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
			break;
		snprintf(out, size, "%s/hashoscope-%016" PRIx64, tmp ? tmp : "/tmp", random);
		/* Guarded before it is there, so that no signal finds it without a guard: a name
		 * of 64 random bits is nobody else's. */
		hs_signals_guard_folder(out);
		if (mkdir(out, 0700) == 0) {
			*path = out;
			return 0;
		}
		errnum = errno;
		hs_signals_unguard_folder(out);
		if (errnum != EEXIST)
			break;
	}
	hs_fail_errno(err, errnum, "no temporary folder can be made");
	hs_fail_in_span(err, hs_span_of(tmp ? tmp : "/tmp"));
	free(out);
	return err->code;
}

void
hs_folder_drop(char *path)
{
	if (!path)
		return;
	hs_folder_remove(path);
	hs_signals_unguard_folder(path);
	free(path);
}
