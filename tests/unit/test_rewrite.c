/* SPDX-License-Identifier: Apache-2.0 */
#include "build_tar.h"
#include "unit.h"

#include "core/blob.h"
#include "image/rewrite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct hs_run run;

static const struct hs_canon canonical = { .like = HS_LIKE_GGCR };
static const struct hs_canon at_time = { HS_LIKE_GGCR, true, 1700000000 };
static const struct hs_canon clamped = { HS_LIKE_BUILDKIT, true, 1000000000 };

static struct hs_blob *
map_file(const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct hs_blob *blob = NULL;
	struct hs_err err;
	off_t size;

	if (fd < 0)
		return NULL;
	size = lseek(fd, 0, SEEK_END);
	assert_int_equal(hs_blob_map(&blob, fd, (uint64_t)size, &err), 0);
	close(fd);
	return blob;
}

/* A column of layers.tsv: a digest, or a reason for which the form is refused. */
static void
check_column(struct hs_span layer, const struct hs_canon *how, const char *want, const char *name)
{
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];
	struct hs_err err;
	const int result = hs_rewrite_diff_id(&digest, &run, layer, how, &err);

	if (strspn(want, "0123456789abcdef") == HS_SHA256_HEX - 1) {
		if (result < 0)
			fail_msg("%s like %s: %s", name, hs_like_name(how->like), err.text);
		assert_string_equal(hs_sha256_hex(hex, &digest), want);
		return;
	}
	if (result != HS_EUSAGE)
		fail_msg("%s like %s is not refused", name, hs_like_name(how->like));
	if (strncmp(want, "ERROR: ", 7) == 0 && !strstr(want, "sparse"))
		assert_non_null(strstr(err.text, want + 7));
}

static void
check_row(const char *folder, char *line)
{
	char *fields[5] = { NULL }, *rest = line, path[512];
	struct hs_blob *layer;

	for (size_t i = 0; i < 5; i++)
		fields[i] = strsep(&rest, "\t\n");
	assert_non_null(fields[4]);
	snprintf(path, sizeof(path), "%s/%s", folder, fields[0]);
	layer = map_file(path);
	assert_non_null(layer);
	check_column(layer->bytes, &canonical, fields[2], fields[0]);
	check_column(layer->bytes, &at_time, fields[3], fields[0]);
	check_column(layer->bytes, &clamped, fields[4], fields[0]);
	hs_blob_unref(layer);
}

static void
layers_become_what_go_makes_of_them(void **state)
{
	const char *shared = getenv("HS_SHARED");
	char folder[256], path[512], line[1024];
	unsigned n = 0;
	FILE *table;

	(void)state;
	snprintf(folder, sizeof(folder), "%s/vectors/oci", shared ? shared : "../shared");
	snprintf(path, sizeof(path), "%s/layers.tsv", folder);
	table = fopen(path, "re");
	if (!table) {
		print_message("skipped: there is no %s\n", path);
		skip();
	}
	assert_non_null(fgets(line, sizeof(line), table));
	while (fgets(line, sizeof(line), table)) {
		check_row(folder, line);
		n++;
	}
	assert_true(n > 10);
	fclose(table);
}

static int
set_up(void **state)
{
	(void)state;
	start_run(&run, 1);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	hs_run_release(&run);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layers_become_what_go_makes_of_them),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
