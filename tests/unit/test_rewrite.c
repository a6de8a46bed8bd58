/* SPDX-License-Identifier: Apache-2.0 */
#include "build_tar.h"
#include "unit.h"

#include "canon/rewrite.h"
#include "core/blob.h"
#include "core/tar_reader.h"

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

/* All pieces, one behind the other, or what is wrong. */
static int
rewrite(struct hs_build *out, struct hs_span layer, const struct hs_canon *how, char *losses,
        struct hs_err *err)
{
	struct hs_rewrite *const r = hs_rewrite_new(&run, layer, how);
	struct hs_rewrite_piece piece;
	const char *const *sentences;
	int found;
	size_t n;

	while ((found = hs_rewrite_next(&piece, r, err)) > 0) {
		hs_build_put(out, piece.header);
		hs_build_put(out, piece.content);
		hs_build_fill(out, 0, (size_t)piece.padding);
	}
	sentences = hs_rewrite_losses(r, &n);
	losses[0] = '\0';
	for (size_t i = 0; i < n; i++)
		snprintf(losses + strlen(losses), 1000 - strlen(losses), "%s; ", sentences[i]);
	if (found == 0)
		assert_int_equal(hs_rewrite_next(&piece, r, err), 0);
	hs_rewrite_free(r);
	return found;
}

static const struct hs_canon set_by_buildah = { HS_LIKE_BUILDAH, true, 1700000000 };
static const struct hs_canon stable = { .like = HS_LIKE_STABILIZE };

/* The names of the entries of an archive, by their blocks: "name " each. */
static void
list_names(char names[200], struct hs_span tar)
{
	struct hs_tar_reader r = { .file = tar };
	struct hs_tar_member m;
	struct hs_err err;

	names[0] = '\0';
	while (hs_tar_next(&m, &r, &err) > 0)
		snprintf(names + strlen(names), 200 - strlen(names), "%.*s:%.*s ",
		         (int)m.header.name.len, (const char *)m.header.name.at, (int)m.data.len,
		         (const char *)m.data.at);
	assert_int_equal(r.end, HS_TAR_END_FULL);
	assert_int_equal(r.at, tar.len);
}

static void
entries_keep_their_order_and_content(void **state)
{
	struct hs_build b = { 0 }, out = { 0 };
	char names[200], losses[1000];
	struct hs_err err;

	(void)state;
	hs_build_tar_file(&b, "z", "one");
	hs_build_tar_file(&b, "a", "two");
	hs_build_tar_file(&b, "z", "");
	hs_build_tar_end(&b);
	hs_build_fill(&b, 0, 9216);
	assert_int_equal(rewrite(&out, hs_build_span(&b), &canonical, losses, &err), 0);
	list_names(names, hs_build_span(&out));
	assert_string_equal(names, "z:one a:two z: ");
	assert_string_equal(losses, "");
	hs_build_release(&out);
	assert_int_equal(rewrite(&out, hs_build_span(&b), &stable, losses, &err), 0);
	list_names(names, hs_build_span(&out));
	assert_string_equal(names, "a:two z:one z: ");
	hs_build_release(&out);
	hs_build_release(&b);
}

static void
content_is_where_it_is_in_the_layer(void **state)
{
	struct hs_build b = { 0 };
	struct hs_rewrite_piece piece;
	struct hs_rewrite *r;
	struct hs_err err;

	(void)state;
	hs_build_tar_file(&b, "f", "content");
	r = hs_rewrite_new(&run, hs_build_span(&b), &canonical);
	assert_int_equal(hs_rewrite_next(&piece, r, &err), 1);
	assert_ptr_equal(piece.content.at, b.at + 512);
	assert_int_equal(piece.content.len, 7);
	assert_int_equal(piece.padding, 505);
	assert_int_equal(hs_rewrite_next(&piece, r, &err), 1);
	assert_int_equal(piece.header.len, 1024);
	assert_int_equal(hs_rewrite_next(&piece, r, &err), 0);
	hs_rewrite_free(r);
	hs_build_release(&b);
}

/* A sparse file of pax 0.1, `size` bytes long, with "ab" at 5 and "c" at 10. */
static void
build_sparse(struct hs_build *b, const char *size)
{
	struct hs_build text = { 0 };

	hs_build_pax_record(&text, "GNU.sparse.numblocks", HS_SPAN("2"));
	hs_build_pax_record(&text, "GNU.sparse.map", HS_SPAN("5,2,10,1"));
	hs_build_pax_record(&text, "GNU.sparse.size", hs_span_of(size));
	hs_build_tar_extension(b, 'x', hs_build_span(&text));
	hs_build_tar_file(b, "f", "abc");
	hs_build_release(&text);
}

static void
holes_are_padding_and_not_memory(void **state)
{
	static const struct {
		const char *header, *content;
		uint64_t padding;
	} want[] = {
		{ "f", "", 5 },
		{ "", "ab", 3 },
		{ "", "c", UINT64_C(5000000000) - 11 },
	};
	const uint64_t max_ratio = run.limits.max_ratio;
	struct hs_build b = { 0 };
	struct hs_rewrite_piece piece;
	struct hs_rewrite *r;
	struct hs_err err;

	(void)state;
	run.limits.max_ratio = UINT64_MAX;
	build_sparse(&b, "5000000000");
	hs_build_tar_end(&b);
	r = hs_rewrite_new(&run, hs_build_span(&b), &canonical);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_int_equal(hs_rewrite_next(&piece, r, &err), 1);
		assert_int_equal(piece.header.len, i == 0 ? 512 : 0);
		assert_span(piece.content, want[i].content);
		assert_int_equal(piece.padding, want[i].padding);
	}
	run.limits.max_ratio = max_ratio;
	hs_rewrite_free(r);
	hs_build_release(&b);
}

static void
holes_past_a_limit_are_refused(void **state)
{
	static const char *const rows[][2] = {
		{ "9223372036854775807", "entry f: holes of 9223372036854775804 bytes, more than "
		                         "--max-size" },
		{ "200000000000", "entry f: holes of 199999999997 bytes, past --max-ratio" },
	};
	char losses[1000];
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct hs_build b = { 0 }, out = { 0 };

		build_sparse(&b, rows[i][0]);
		assert_int_equal(rewrite(&out, hs_build_span(&b), &canonical, losses, &err),
		                 HS_ELIMIT);
		assert_string_equal(err.text, rows[i][1]);
		hs_build_release(&b);
		hs_build_release(&out);
	}
}

static void
what_is_lost_is_said(void **state)
{
	struct hs_build b = { 0 }, out = { 0 };
	char losses[1000];
	struct hs_err err;

	(void)state;
	build_sparse(&b, "20");
	hs_build_tar_record(&b, 'x', "atime", "1.5");
	hs_build_tar_record(&b, 'x', "atime", "1.5");
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f", .magic = HS_BUILD_V7 });
	hs_build_tar_end(&b);
	hs_build_text(&b, "hidden");
	assert_int_equal(rewrite(&out, hs_build_span(&b), &clamped, losses, &err), 0);
	assert_string_equal(
		losses, "6 bytes behind the end marker are lost; 1 sparse file becomes dense; "
			"1 extension header that belongs to no entry is lost; 1 entry loses its "
			"access and change times and fractions of a second: Go does not know the "
			"format of its header; ");
	hs_build_release(&b);
	hs_build_release(&out);
}

/* buildah reads what follows an end marker as a further archive. */
static void
buildah_joins_archives(void **state)
{
	struct hs_build b = { 0 }, out = { 0 };
	char names[200], losses[1000];
	struct hs_err err;

	(void)state;
	hs_build_tar_file(&b, "one", "1");
	hs_build_tar_end(&b);
	hs_build_tar_end(&b);
	hs_build_tar_file(&b, "two", "2");
	assert_int_equal(rewrite(&out, hs_build_span(&b), &set_by_buildah, losses, &err), 0);
	list_names(names, hs_build_span(&out));
	assert_string_equal(names, "one:1 two:2 ");
	assert_string_equal(losses, "");
	hs_build_release(&out);
	hs_build_text(&b, "garbage");
	assert_int_equal(rewrite(&out, hs_build_span(&b), &set_by_buildah, losses, &err),
	                 HS_EFORMAT);
	hs_build_release(&out);
	hs_build_release(&b);
}

static void
refusals_name_the_entry(void **state)
{
	static const struct {
		struct hs_build_tar e;
		const struct hs_canon *how;
		const char *want;
	} rows[] = {
		{ { .name = "a/\n", .type = '7', .data = { (const uint8_t *)"12345", 5 } },
		  &canonical,
		  "entry a/\\n: go refuses: missed writing 5 bytes" },
		{ { .name = "d/" },
		  &canonical,
		  "entry d/: go refuses: cannot encode header: filename may not have trailing "
		  "slash" },
		{ { .name = "d", .type = '5', .size = 5 },
		  &set_by_buildah,
		  "entry d: buildah refuses: expected 5 bytes, got 0 bytes" },
		{ { .name = "s", .type = 'S', .magic = HS_BUILD_GNU },
		  &stable,
		  "entry s: the tool refuses old GNU sparse files" },
		{ { .name = "s", .type = 'S', .magic = HS_BUILD_GNU },
		  &clamped,
		  "entry s: go would write this old GNU sparse file without its map, which no "
		  "reader "
		  "can undo" },
		{ { .name = "g", .type = 'g' },
		  &at_time,
		  "entry g: go refuses: cannot encode header: only PAXRecords should be set for "
		  "TypeXGlobalHeader" },
	};
	char losses[1000];
	struct hs_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 }, out = { 0 };

		hs_build_tar_entry(&b, &rows[i].e);
		hs_build_tar_end(&b);
		assert_int_equal(rewrite(&out, hs_build_span(&b), rows[i].how, losses, &err),
		                 HS_EUSAGE);
		assert_string_equal(err.text, rows[i].want);
		hs_build_release(&b);
		hs_build_release(&out);
	}
}

static void
a_form_that_needs_a_time_says_so(void **state)
{
	const struct hs_canon how = { .like = HS_LIKE_BUILDKIT };
	struct hs_build out = { 0 };
	char losses[1000];
	struct hs_err err;

	(void)state;
	assert_int_equal(rewrite(&out, HS_SPAN(""), &how, losses, &err), HS_EUSAGE);
	assert_string_equal(err.text, "the form buildkit needs a time");
	assert_int_equal(rewrite(&out, HS_SPAN(""), &canonical, losses, &err), 0);
	assert_int_equal(out.len, 1024);
	hs_build_release(&out);
}

static void
sorting_has_a_limit_of_entries(void **state)
{
	struct hs_build b = { 0 }, out = { 0 };
	const uint64_t was = run.limits.max_members;
	char losses[1000];
	struct hs_err err;

	(void)state;
	for (unsigned i = 0; i < 4; i++)
		hs_build_tar_file(&b, "f", "");
	run.limits.max_members = 4;
	assert_int_equal(rewrite(&out, hs_build_span(&b), &stable, losses, &err), 0);
	run.limits.max_members = 3;
	assert_int_equal(rewrite(&out, hs_build_span(&b), &stable, losses, &err), HS_ELIMIT);
	assert_string_equal(err.text, "more than --max-members entries (3)");
	run.limits.max_members = was;
	hs_build_release(&b);
	hs_build_release(&out);
}

/* Names that are joined, or come from a record, outlive the entry while all are sorted. */
static void
names_that_are_sorted_may_be_long(void **state)
{
	struct hs_build b = { 0 }, out = { 0 };
	char names[200], losses[1000];
	struct hs_err err;

	(void)state;
	for (unsigned i = 0; i < 300; i++) {
		char name[16];

		snprintf(name, sizeof(name), "%03u", 299 - i);
		hs_build_tar_header(&b, &(struct hs_build_tar){ .name = name });
		hs_build_tar_patch(&b, b.len - 512, 345, HS_SPAN("folder"));
	}
	assert_int_equal(rewrite(&out, hs_build_span(&b), &stable, losses, &err), 0);
	for (unsigned i = 0; i < 300; i++) {
		snprintf(names, sizeof(names), "folder/%03u", i);
		assert_string_equal((char *)out.at + 1536 * i + 1024, names);
	}
	hs_build_release(&b);
	hs_build_release(&out);
}

static void
every_truncation_is_survived(void **state)
{
	const struct hs_canon *const forms[] = { &canonical, &clamped, &set_by_buildah, &stable };
	struct hs_build b = { 0 };
	char losses[1000];
	struct hs_err err;

	(void)state;
	build_sparse(&b, "20");
	hs_build_tar_extension(&b, 'L', HS_SPAN("long"));
	hs_build_tar_file(&b, "g", "more");
	hs_build_tar_end(&b);
	for (size_t len = 0; len < b.len; len++) {
		const struct hs_span part = exact_copy(hs_build_span(&b), len);

		for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
			struct hs_build out = { 0 };

			rewrite(&out, part, forms[i], losses, &err);
			hs_build_release(&out);
		}
		free((void *)(uintptr_t)part.at);
	}
	hs_build_release(&b);
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
		cmocka_unit_test(entries_keep_their_order_and_content),
		cmocka_unit_test(content_is_where_it_is_in_the_layer),
		cmocka_unit_test(holes_are_padding_and_not_memory),
		cmocka_unit_test(holes_past_a_limit_are_refused),
		cmocka_unit_test(what_is_lost_is_said),
		cmocka_unit_test(buildah_joins_archives),
		cmocka_unit_test(refusals_name_the_entry),
		cmocka_unit_test(a_form_that_needs_a_time_says_so),
		cmocka_unit_test(sorting_has_a_limit_of_entries),
		cmocka_unit_test(names_that_are_sorted_may_be_long),
		cmocka_unit_test(every_truncation_is_survived),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
