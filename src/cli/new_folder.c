/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/new_folder.h"

#include "cli/signals.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct hs_new_file {
	const char *name;
	struct hs_new_file *next;
};

static int
fail_path(const struct hs_new_folder *f, struct hs_err *err)
{
	hs_fail_errno(err, errno, "cannot be written");
	return hs_fail_in_span(err, hs_span_of(f->path));
}

static bool
is_empty(int fd)
{
	const int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
	const struct dirent *e;
	bool empty = dir != NULL;

	while (empty && (e = readdir(dir)))
		empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
	if (dir)
		closedir(dir);
	return empty;
}

int
hs_new_folder_open(struct hs_new_folder *f, const char *path, struct hs_err *err)
{
	enum { FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

	*f = (struct hs_new_folder){ .path = path, .fd = -1 };
	f->made = mkdir(path, 0755) == 0;
	if (!f->made && errno != EEXIST)
		return fail_path(f, err);
	if (f->made)
		hs_signals_guard_folder(path);
	f->fd = open(path, FLAGS);
	if (f->fd < 0 && f->made)
		return fail_path(f, err);
	if (f->fd < 0 || (!f->made && !is_empty(f->fd))) {
		hs_fail(err, HS_EUSAGE,
		        f->fd < 0 ? "it exists and is no folder"
		                  : "the folder is not empty, and nothing is overwritten");
		return hs_fail_in_span(err, hs_span_of(path));
	}
	return 0;
}

int
hs_new_folder_write(struct hs_new_folder *f, const char *name, const struct hs_pieces *content,
                    struct hs_err *err)
{
	struct hs_new_file *file = hs_arena_alloc(&f->arena, sizeof(*file));
	const int fd =
		openat(f->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	FILE *out;
	int rc;

	if (fd < 0)
		return fail_path(f, err);
	file->name = hs_arena_printf(&f->arena, "%s", name);
	file->next = f->files;
	f->files = file;
	out = fdopen(fd, "w");
	if (!out)
		hs_die_out_of_memory();
	rc = hs_pieces_write(content, out, err);
	if (rc < 0)
		hs_fail_in_span(err, hs_span_of(f->path));
	if (fclose(out) != 0 && rc == 0)
		rc = fail_path(f, err);
	return rc;
}

void
hs_new_folder_keep(struct hs_new_folder *f)
{
	f->files = NULL;
	if (f->made)
		hs_signals_unguard_folder(f->path);
	f->made = false;
}

void
hs_new_folder_drop(struct hs_new_folder *f)
{
	for (const struct hs_new_file *file = f->files; file; file = file->next)
		unlinkat(f->fd, file->name, 0);
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	if (f->made) {
		rmdir(f->path);
		hs_signals_unguard_folder(f->path);
	}
	hs_arena_release(&f->arena);
}
