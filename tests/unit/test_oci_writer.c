/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "engine/side.h"
#include "image/images.h"
#include "listed.h"
#include "pack/oci_writer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

/* The archive of these blobs, in a heap block. */
static struct hs_span
archive_of(struct hs_run *run, const char *const *blobs, const char *index)
{
	struct hs_oci_writer w;
	char *bytes = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&bytes, &len);
	struct hs_err err;

	hs_oci_writer_begin(&w, run);
	for (size_t i = 0; blobs[i]; i++) {
		const struct hs_span blob = hs_span_of(blobs[i]);
		const struct hs_sha256 want = hs_sha256(blob);
		struct hs_sha256 digest;

		hs_oci_writer_add(&w, blob, NULL, &digest);
		assert_memory_equal(digest.bytes, want.bytes, sizeof(want.bytes));
	}
	assert_int_equal(hs_oci_writer_finish(&w, out, hs_span_of(index), &err), 0);
	hs_oci_writer_release(&w);
	assert_int_equal(fclose(out), 0);
	return (struct hs_span){ (uint8_t *)bytes, len };
}

static void
oci_writer_sorts_blobs_and_writes_each_once(void **state)
{
	static const char *const blobs[] = { "one", "two", "", "two", NULL };
	static const char *const others[] = { "", "two", "one", NULL };
	struct hs_run run;
	struct hs_span x, y;
	struct expanded o;

	(void)state;
	start_run(&run, 1);
	x = archive_of(&run, blobs, "{}");
	y = archive_of(&run, others, "{}");
	assert_true(hs_span_equal(x, y));
	assert_int_equal(x.len, 512 * (2 + 2 + 2 + 2 + 2 + 1 + 2));

	expanded_init(&o, &hs_comparator_tar, x, NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(
		listed(&o),
		"file oci-layout 30\n"
		"file index.json 2\n"
		"directory blobs 0\n"
		"directory blobs/sha256 0\n"
		"file "
		"blobs/sha256/3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3 3\n"
		"file "
		"blobs/sha256/7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed 3\n"
		"file "
		"blobs/sha256/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 "
		"0\n");
	assert_string_equal(listed_facts(&o, "oci-layout"),
	                    "type: file\nmode: 0644\nuid: 0\ngid: 0\nuname: \ngname: \n"
	                    "size: 30\nmtime: 1970-01-01T00:00:00Z\ndialect: ustar\n"
	                    "device fields: 0:0\n");
	expanded_release(&o);
	free((void *)(uintptr_t)x.at);
	free((void *)(uintptr_t)y.at);
	hs_run_release(&run);
}

/* The blob's own digest is taken, its bytes are not hashed again; and they stay. */
static void
oci_writer_keeps_the_blobs_that_it_is_given(void **state)
{
	struct hs_blob *blob = hs_blob_of_heap(strdup("layer"), 5);
	struct hs_oci_writer w;
	struct hs_sha256 digest;

	(void)state;
	blob->has_sha256 = true;
	memset(blob->sha256.bytes, 0xab, sizeof(blob->sha256.bytes));
	hs_oci_writer_begin(&w, NULL);
	hs_oci_writer_add(&w, blob->bytes, blob, &digest);
	assert_int_equal(atomic_load(&blob->refs), 2);
	assert_int_equal(digest.bytes[0], 0xab);
	hs_oci_writer_release(&w);
	assert_int_equal(atomic_load(&blob->refs), 1);
	hs_blob_unref(blob);
}

static void
oci_writer_says_what_it_cannot_write(void **state)
{
	struct hs_oci_writer w;
	struct hs_sha256 digest;
	struct hs_run run;
	struct hs_err err;
	FILE *out = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(out);
	assert_int_equal(setvbuf(out, NULL, _IONBF, 0), 0);
	start_run(&run, 1);
	hs_oci_writer_begin(&w, &run);
	hs_oci_writer_add(&w, HS_SPAN("x"), NULL, &digest);
	assert_int_equal(hs_oci_writer_finish(&w, out, HS_SPAN("{}"), &err), HS_EIO);
	assert_string_equal(err.text, "cannot be written: No space left on device");

	run.deadline_ns = 1;
	assert_int_equal(hs_oci_writer_finish(&w, out, HS_SPAN("{}"), &err), HS_ESTOP);
	hs_oci_writer_release(&w);
	hs_run_release(&run);
	fclose(out);
}

/* Keeps where a header of `blobs/sha256/` stands and lets all else go unread. */
struct drain {
	uint64_t at;
	uint8_t header[512];
};

static ssize_t
drain_write(void *cookie, const char *bytes, size_t n)
{
	struct drain *d = cookie;

	if (n == sizeof(d->header) && strncmp(bytes, "blobs/sha256/c", 14) == 0)
		memcpy(d->header, bytes, n);
	d->at += n;
	return (ssize_t)n;
}

/* It keeps a record of all bytes that are read: of 8 GiB, more than a machine has. */
#if defined(__SANITIZE_THREAD__)
#define UNDER_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNDER_TSAN 1
#endif
#endif
#ifndef UNDER_TSAN
#define UNDER_TSAN 0
#endif

static void
oci_writer_writes_blobs_that_octal_does_not_hold(void **state)
{
	const size_t size = (size_t)((UINT64_C(1) << 33) + 5);
	void *map = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct drain d = { 0 };
	FILE *out = fopencookie(&d, "w", (cookie_io_functions_t){ .write = drain_write });
	struct hs_oci_writer w;
	struct hs_sha256 digest;
	struct hs_blob *blob;
	struct hs_run run;
	struct hs_err err;

	(void)state;
	if (UNDER_TSAN)
		skip();
	assert_true(map != MAP_FAILED);
	blob = hs_blob_of_map(map, size, (struct hs_span){ map, size });
	blob->has_sha256 = true;
	memset(blob->sha256.bytes, 0xcd, sizeof(blob->sha256.bytes));
	assert_int_equal(setvbuf(out, NULL, _IONBF, 0), 0);
	start_run(&run, 1);
	hs_oci_writer_begin(&w, &run);
	hs_oci_writer_add(&w, blob->bytes, blob, &digest);
	assert_int_equal(hs_oci_writer_finish(&w, out, HS_SPAN("{}"), &err), 0);
	assert_int_equal(d.at, 512 * (4 + 2 + 1 + 1 + 2) + (UINT64_C(1) << 33));
	assert_memory_equal(d.header + 124, "\x80\0\0\0\0\0\0\x02\0\0\0\x05", 12);
	hs_oci_writer_release(&w);
	hs_blob_unref(blob);
	hs_run_release(&run);
	fclose(out);
}

static const char *
digest_text(struct hs_arena *a, const char *blob)
{
	const struct hs_sha256 digest = hs_sha256(hs_span_of(blob));
	char hex[HS_SHA256_HEX];

	return hs_arena_printf(a, "sha256:%s", hs_sha256_hex(hex, &digest));
}

/* All blobs are verified on the way: the image has no remark. */
static void
oci_writer_writes_what_our_own_view_reads(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	static const char layer[1024];
	const struct hs_sha256 id = hs_sha256((struct hs_span){ (const uint8_t *)layer, 1024 });
	char hex[HS_SHA256_HEX];
	struct hs_oci_writer w;
	struct hs_sha256 digest;
	struct hs_opened opened;
	struct hs_run run;
	struct hs_err err;
	const char *config, *manifest, *index;
	char *bytes = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&bytes, &len);

	(void)state;
	start_run(&run, 1);
	hs_sha256_hex(hex, &id);
	config = hs_arena_printf(&a,
	                         "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":"
	                         "{\"type\":\"layers\",\"diff_ids\":[\"sha256:%s\"]}}",
	                         hex);
	manifest = hs_arena_printf(
		&a,
		"{\"schemaVersion\":2,\"config\":{\"mediaType\":"
		"\"application/vnd.oci.image.config.v1+json\",\"digest\":\"%s\",\"size\":%zu},"
		"\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\","
		"\"digest\":\"sha256:%s\",\"size\":1024}]}",
		digest_text(&a, config), strlen(config), hex);
	index = hs_arena_printf(&a,
	                        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":"
	                        "\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"%s\","
	                        "\"size\":%zu}]}",
	                        digest_text(&a, manifest), strlen(manifest));
	hs_oci_writer_begin(&w, &run);
	hs_oci_writer_add(&w, (struct hs_span){ (const uint8_t *)layer, 1024 }, NULL, &digest);
	hs_oci_writer_add(&w, hs_span_of(config), NULL, &digest);
	hs_oci_writer_add(&w, hs_span_of(manifest), NULL, &digest);
	assert_int_equal(hs_oci_writer_finish(&w, out, hs_span_of(index), &err), 0);
	hs_oci_writer_release(&w);
	fclose(out);

	hs_side_open(&opened, &run, hs_pool_main(run.pool),
	             (struct hs_content){ .bytes = { (uint8_t *)bytes, len } });
	assert_string_equal(opened.format, "oci-archive");
	assert_int_equal(opened.trouble.code, 0);
	assert_null(opened.tree.note);
	for (size_t i = 0; i < opened.tree.n_entries; i++)
		assert_null(opened.tree.entries[i].note);
	assert_non_null(hs_tree_find(&opened.tree, HS_SPAN("layer[0]"), 0));
	hs_side_release(&opened);
	hs_run_release(&run);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(oci_writer_sorts_blobs_and_writes_each_once),
		cmocka_unit_test(oci_writer_keeps_the_blobs_that_it_is_given),
		cmocka_unit_test(oci_writer_says_what_it_cannot_write),
		cmocka_unit_test(oci_writer_writes_blobs_that_octal_does_not_hold),
		cmocka_unit_test(oci_writer_writes_what_our_own_view_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
