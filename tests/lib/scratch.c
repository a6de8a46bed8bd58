/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch.h"

#include "unit.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct hs_run scratch_run;

static char root[64];

void
scratch_begin(void)
{
	snprintf(root, sizeof(root), "/tmp/hashoscope-test.XXXXXX");
	assert_non_null(mkdtemp(root));
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

void
scratch_end(void)
{
	nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int
scratch_setup(void **state)
{
	(void)state;
	umask(022);
	scratch_begin();
	start_run(&scratch_run, 2);
	return 0;
}

int
scratch_teardown(void **state)
{
	(void)state;
	hs_run_release(&scratch_run);
	scratch_end();
	return 0;
}

const char *
scratch_path(const char *name)
{
	static char paths[4][512];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", root, name);
	return path;
}

const char *
scratch_file(const char *name, struct hs_span bytes)
{
	const char *path = scratch_path(name);
	FILE *out = fopen(path, "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(bytes.at, 1, bytes.len, out), bytes.len);
	assert_int_equal(fclose(out), 0);
	return path;
}

const char *
scratch_folder(const char *name)
{
	const char *path = scratch_path(name);

	assert_int_equal(mkdir(path, 0755), 0);
	return path;
}

const char *
scratch_link(const char *name, const char *target)
{
	const char *path = scratch_path(name);

	assert_int_equal(symlink(target, path), 0);
	return path;
}
