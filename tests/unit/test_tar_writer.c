/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_writer.h"

#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const tar = &hs_comparator_tar;

/* Fields of one header by which writers are told apart. */
struct fields {
	enum hs_build_magic magic;
	struct hs_span mode, mtime, devices;
	const char *uname;
};

static void
add_member(struct hs_build *b, const struct fields *f)
{
	const size_t at = b->len;

	hs_build_tar_entry(
		b, &(struct hs_build_tar){ .name = "f", .magic = f->magic, .uname = f->uname });
	if (f->mode.len)
		hs_build_tar_patch(b, at, 100, f->mode);
	if (f->mtime.len)
		hs_build_tar_patch(b, at, 136, f->mtime);
	if (f->devices.len)
		hs_build_tar_patch(b, at, 329, f->devices);
}

static const char *
writer_of(struct expanded *o, struct hs_build *b)
{
	const char *line;

	listed_open(o, tar, b);
	line = strstr(listed_facts(o, NULL), "written by: ");
	assert_non_null(line);
	line += strlen("written by: ");
	return hs_arena_printf(&o->arena, "%.*s", (int)strcspn(line, "\n"), line);
}

static void
writers_are_told_by_numbers_devices_and_the_end(void **state)
{
	static const struct {
		struct fields fields;
		size_t padding;
		const char *by;
	} rows[] = {
		{ { .devices = { (const uint8_t *)"0000000\0000000000", 16 }, .uname = "root" },
		  0,
		  "Go archive/tar" },
		{ { .devices = { (const uint8_t *)"0000000\0000000000", 16 } },
		  0,
		  "Go archive/tar (no owner names: as container tools do)" },
		{ { .devices = { (const uint8_t *)"0000000\0000000000", 16 },
		    .mode = { (const uint8_t *)"0100644", 8 } },
		  0,
		  "Go archive/tar (types in the mode, no owner names: as Docker, BuildKit and "
		  "Buildah do)" },
		{ { .devices = { (const uint8_t *)"0000000\0000000000", 16 }, .uname = "root" },
		  8704,
		  "GNU tar or Python tarfile" },
		{ { .magic = HS_BUILD_GNU,
		    .devices = { (const uint8_t *)"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16 } },
		  8704,
		  "GNU tar or Python tarfile or libarchive" },
		{ { .magic = HS_BUILD_GNU,
		    .devices = { (const uint8_t *)"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16 } },
		  0,
		  "libarchive or busybox tar or 7-Zip" },
		{ { .devices = { (const uint8_t *)"000000 \000000000 ", 16 },
		    .mode = { (const uint8_t *)"000644 ", 8 },
		    .mtime = { (const uint8_t *)"00000000000 ", 12 } },
		  0,
		  "libarchive" },
		{ { .devices = { (const uint8_t *)"0000000\0000000000", 16 },
		    .mode = { (const uint8_t *)"   644 ", 8 } },
		  0,
		  "unknown" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct expanded o;

		add_member(&b, &rows[i].fields);
		hs_build_tar_end(&b);
		hs_build_fill(&b, 0, rows[i].padding);
		assert_string_equal(writer_of(&o, &b), rows[i].by);
		expanded_release(&o);
	}
}

static void
writers_are_told_by_extension_headers(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_record(&b, 'x', "mtime", "1.5");
	hs_build_tar_patch(&b, 0, 0, HS_SPAN("d/PaxHeaders.0/f\0"));
	hs_build_tar_patch(&b, 0, 100, HS_SPAN("0000000\0"));
	add_member(&b, &(struct fields){ .devices = { (const uint8_t *)"0000000\0000000000", 16 },
	                                 .uname = "u" });
	hs_build_tar_end(&b);
	assert_string_equal(writer_of(&o, &b), "Go archive/tar");
	expanded_release(&o);

	hs_build_tar_record(&b, 'x', "mtime", "1.5");
	hs_build_tar_patch(&b, 0, 0, HS_SPAN("d/PaxHeaders.4711/f\0"));
	add_member(&b, &(struct fields){ .devices = { (const uint8_t *)"0000000\0000000000", 16 },
	                                 .uname = "u" });
	hs_build_fill(&b, 0, 10240 - b.len);
	assert_string_equal(writer_of(&o, &b), "GNU tar");
	expanded_release(&o);
}

/* umoci does not fill up the block of the last file, and writes no end marker. */
static void
a_layer_of_umoci_is_told_by_its_end(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_file(&b, "f", "12345");
	hs_build_tar_patch(&b, 0, 329, HS_SPAN("0000000\0000000000\0"));
	b.len -= 507;
	assert_string_equal(writer_of(&o, &b),
	                    "GNU tar or Go archive/tar (the last block is not filled up: as umoci "
	                    "does) or Python tarfile");
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writers_are_told_by_numbers_devices_and_the_end),
		cmocka_unit_test(writers_are_told_by_extension_headers),
		cmocka_unit_test(a_layer_of_umoci_is_told_by_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
