/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_tar.h"
#include "listed.h"
#include "pack/pack_layer.h"

/* The layer of an archive, which is released; what was remarked goes to *remarks. */
static struct hs_blob *
layer_of(struct hs_arena *a, struct hs_build *b, const struct hs_pack_times *times,
         const char **remarks)
{
	struct hs_pack_list list = { .arena = a };
	struct hs_blob *layer;
	struct expanded o;
	struct hs_err err;
	struct hs_sha256 digest;

	hs_build_tar_end(b);
	listed_open(&o, &hs_comparator_tar, b);
	assert_int_equal(hs_pack_list_make(&list, &o.tree, &err), 0);
	assert_int_equal(hs_pack_layer(&layer, &list, &o.tree, times, &err), 0);
	*remarks = "";
	for (const struct hs_pack_remark *r = list.remarks; r; r = r->next)
		*remarks = hs_arena_printf(a, "%s%s\n", *remarks, r->text);
	assert_true(layer->has_sha256);
	digest = hs_sha256(layer->bytes);
	assert_memory_equal(layer->sha256.bytes, digest.bytes, sizeof(digest.bytes));
	hs_pack_list_release(&list);
	expanded_release(&o);
	return layer;
}

static void
add_xattrs(struct hs_build *b, bool reversed)
{
	static const char *const names[] = { "SCHILY.xattr.user.a", "SCHILY.xattr.user.b",
		                             "SCHILY.xattr.security.selinux" };
	struct hs_build r = { 0 };

	for (size_t i = 0; i < 3; i++)
		hs_build_pax_record(&r, names[reversed ? 2 - i : i], HS_SPAN("v\0\n"));
	hs_build_pax_record(&r, "mtime", HS_SPAN("1500000000.75"));
	hs_build_tar_extension(b, 'x', hs_build_span(&r));
	hs_build_release(&r);
}

static const struct hs_build_tar file = {
	.name = "./d/file",
	.data = { (const uint8_t *)"content", 7 },
	.mode = 0100640,
	.uid = 5,
	.gid = 6,
	.uname = "somebody",
	.gname = "somegroup",
};

static void
add_others(struct hs_build *b, unsigned link_mode, uint64_t mtime)
{
	hs_build_tar_entry(b, &(struct hs_build_tar){
				      .name = "l", .type = '2', .link = "d", .mode = link_mode });
	hs_build_tar_entry(b, &(struct hs_build_tar){ .name = "null",
	                                              .type = '3',
	                                              .mode = 0666,
	                                              .dev_major = 1,
	                                              .dev_minor = 3,
	                                              .mtime = mtime });
}

static void
check_layer(struct hs_span layer)
{
	static const struct {
		const char *key, *field, *value;
	} rows[] = {
		{ "d", "mtime", "2020-09-13T12:26:40Z" },
		{ "d", "mode", "0755" },
		{ "null", "mtime", "2020-09-13T12:26:40Z" },
		{ "d/file", "mtime", "2017-07-14T02:40:00Z" },
		{ "d/file", "mode", "0640" },
		{ "d/file", "uname", "" },
		{ "d/file", "pax records", "SCHILY.xattr.user.a, SCHILY.xattr.user.b" },
	};
	struct expanded o;

	expanded_init(&o, &hs_comparator_tar, layer, NULL);
	assert_string_equal(listed(&o), "directory d 0\nfile d/file 7\nsymlink l 0 -> d\n"
	                                "character device null 0\nhardlink z 7 -> d/file\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
			expanded_fact(&o, expanded_entry(&o, rows[i].key), rows[i].field),
			rows[i].value);
	expanded_release(&o);
}

static void
layers_are_the_same_in_any_order_and_dialect(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_pack_times times = { true, 1600000000 };
	const struct hs_build_tar link = { .name = "z", .type = '1', .link = "d/file" };
	struct hs_build x = { 0 }, y = { 0 };
	struct hs_build_tar gnu = file;
	struct hs_blob *one, *two;
	const char *remarks;

	(void)state;
	add_xattrs(&x, false);
	hs_build_tar_entry(&x, &file);
	hs_build_tar_entry(&x, &link);
	add_others(&x, 0, 1700000000);

	gnu.name = "d/./file";
	gnu.mode = 0640;
	gnu.uname = gnu.gname = "";
	gnu.magic = HS_BUILD_GNU;
	add_others(&y, 0777, 1600000000);
	add_xattrs(&y, true);
	hs_build_tar_entry(&y, &gnu);
	hs_build_tar_entry(&y, &link);

	one = layer_of(&a, &x, &times, &remarks);
	two = layer_of(&a, &y, &times, &remarks);
	assert_true(hs_span_equal(one->bytes, two->bytes));
	assert_string_equal(remarks, "labels of this machine's security modules are left out: 1 "
	                             "of security.selinux, .ima or .evm\n");
	check_layer(one->bytes);
	hs_blob_unref(one);
	hs_blob_unref(two);
}

static void
layers_have_no_time_without_an_epoch(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_build b = { 0 };
	struct hs_blob *layer;
	const char *remarks;
	struct expanded o;

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "f", .mtime = 1 });
	layer = layer_of(&a, &b, &(struct hs_pack_times){ .has_time = false }, &remarks);
	expanded_init(&o, &hs_comparator_tar, layer->bytes, NULL);
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "f"), "mtime"),
	                    "1970-01-01T00:00:00Z");
	expanded_release(&o);
	hs_blob_unref(layer);
}

static void
layers_remark_on_a_root_that_is_closed(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_build b = { 0 };
	const char *remarks;

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "./", .type = '5', .mode = 0700 });
	hs_blob_unref(layer_of(&a, &b, &(struct hs_pack_times){ .has_time = false }, &remarks));
	assert_string_equal(remarks, "the root directory has mode 0700: only its owner and group "
	                             "may read and enter it\n");
}

/* The error names the file, and nothing is left behind. */
static void
layers_are_refused_where_go_refuses_a_header(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_pack_list list = { .arena = &a };
	struct hs_build b = { 0 };
	struct hs_blob *layer = NULL;
	struct expanded o;
	struct hs_err err;

	(void)state;
	hs_build_tar_record(&b, 'x', "LIBARCHIVE.xattr.user.a%3Db", "dg");
	hs_build_tar_file(&b, "f", "x");
	hs_build_tar_end(&b);
	listed_open(&o, &hs_comparator_tar, &b);
	assert_int_equal(hs_pack_list_make(&list, &o.tree, &err), 0);
	assert_int_equal(hs_pack_layer(&layer, &list, &o.tree, &(struct hs_pack_times){ 0 }, &err),
	                 HS_EUSAGE);
	assert_memory_equal(err.text, "f: ", 3);
	assert_null(layer);
	hs_pack_list_release(&list);
	expanded_release(&o);
}

static void
layers_are_limited(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_limits limits = { .max_depth = 1, .max_size = 1024, .max_members = 2 };
	struct hs_pack_list list = { .arena = &a };
	struct hs_build b = { 0 };
	struct hs_blob *layer = NULL;
	struct expanded o;
	struct hs_err err;

	(void)state;
	hs_build_tar_file(&b, "f", "x");
	hs_build_tar_end(&b);
	expanded_init(&o, &hs_comparator_tar, hs_build_span(&b), &limits);
	hs_build_release(&b);
	assert_int_equal(hs_pack_list_make(&list, &o.tree, &err), 0);
	assert_int_equal(hs_pack_layer(&layer, &list, &o.tree, &(struct hs_pack_times){ 0 }, &err),
	                 HS_ELIMIT);
	assert_string_equal(err.text, "more than 1024 bytes (--max-size)");
	hs_pack_list_release(&list);
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layers_are_the_same_in_any_order_and_dialect),
		cmocka_unit_test(layers_have_no_time_without_an_epoch),
		cmocka_unit_test(layers_remark_on_a_root_that_is_closed),
		cmocka_unit_test(layers_are_refused_where_go_refuses_a_header),
		cmocka_unit_test(layers_are_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
