/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "comparators/comparator.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
views_have_names_and_ends(void **state)
{
	size_t n = 0;

	(void)state;
	for (; hs_view_at(n); n++) {
		const struct hs_view *v = hs_view_at(n);

		assert_true(v->name && v->about && v->is && v->arrange);
		for (size_t i = 0; i < n; i++)
			assert_string_not_equal(v->name, hs_view_at(i)->name);
	}
	assert_int_equal(n, 3);
}

static void
views_take_no_empty_tree(void **state)
{
	struct oci o;

	(void)state;
	oci_begin(&o);
	assert_null(hs_view_for(&o.tree));
	oci_end(&o);
}

/* What docker 25 and later save is both; the index counts when it lists a manifest. */
static void
views_prefer_an_index_that_lists_something(void **state)
{
	static const struct {
		const char *index, *list;
		const struct hs_view *view;
	} rows[] = {
		{ "{\"manifests\":[{}]}", "[{\"Config\":\"c\",\"Layers\":[]}]", &hs_view_oci },
		{ "{\"manifests\":[]}", "[{\"Config\":\"c\",\"Layers\":[]}]", &hs_view_docker },
		{ "{", "[{\"Config\":\"c\",\"Layers\":[]}]", &hs_view_docker },
		{ "{\"manifests\":[]}", "[]", &hs_view_oci },
		{ "{", "{}", &hs_view_oci },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct oci o;

		oci_begin(&o);
		oci_file(&o, "oci-layout", HS_SPAN("{}"));
		oci_file(&o, "index.json", hs_span_of(rows[i].index));
		oci_file(&o, "manifest.json", hs_span_of(rows[i].list));
		assert_ptr_equal(hs_view_for(&o.tree), rows[i].view);
		oci_end(&o);
	}
}

/* The archive at that path, mapped. */
static struct hs_blob *
map(const char *path)
{
	struct hs_blob *blob;
	struct hs_err err;
	struct stat st;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	assert_int_equal(hs_blob_map(&blob, fd, (uint64_t)st.st_size, &err), 0);
	close(fd);
	return blob;
}

/* Every member of a real archive can be read, its digests hold, and it has a layer and a config. */
static void
check_archive(const char *path)
{
	size_t configs = 0, layers = 0;
	struct hs_blob *blob = map(path);
	struct hs_content content;
	struct hs_err err;
	struct oci o;

	start_run(&o.run, 2);
	o.arena = (struct hs_arena){ 0 };
	hs_tree_init(&o.tree, &o.run, hs_pool_main(o.run.pool), blob);
	assert_int_equal(hs_comparator_tar.expand(&o.tree, blob->bytes, &err), 0);
	assert_int_equal(oci_arrange(&o, &err), 0);
	for (size_t i = 0; i < o.tree.n_entries; i++) {
		const struct hs_entry *e = &o.tree.entries[i];

		assert_false(e->damaged);
		assert_int_equal(hs_tree_open(&content, &o.tree, e, &err), 0);
		configs += hs_span_ends(e->key, HS_SPAN("config"));
		if (hs_span_ends(e->key, HS_SPAN("layer[0]"))) {
			layers++;
			assert_true(hs_comparator_tar.bid(content.bytes) > 0);
		}
		hs_content_release(&content);
	}
	assert_true(configs > 0 && configs == layers);
	oci_end(&o);
	hs_blob_unref(blob);
}

static void
views_read_every_published_archive(void **state)
{
	const char *shared = getenv("HS_SHARED");
	char folder[2048], path[4096];
	const struct dirent *d;
	size_t n = 0;
	DIR *dir;

	(void)state;
	snprintf(folder, sizeof(folder), "%s/vectors/oci/images",
	         shared && *shared ? shared : "../shared");
	dir = opendir(folder);
	if (!dir) {
		print_message("skipped: no %s\n", folder);
		skip();
	}
	while ((d = readdir(dir))) {
		if (!strstr(d->d_name, ".tar"))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, d->d_name);
		check_archive(path);
		n++;
	}
	closedir(dir);
	assert_true(n > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views_have_names_and_ends),
		cmocka_unit_test(views_take_no_empty_tree),
		cmocka_unit_test(views_prefer_an_index_that_lists_something),
		cmocka_unit_test(views_read_every_published_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
