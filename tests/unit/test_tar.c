/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_tar.h"
#include "listed.h"

static const struct hs_comparator *const tar = &hs_comparator_tar;

static void
check_list(struct hs_build *b, const char *want)
{
	struct expanded o;

	listed_open(&o, tar, b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(listed(&o), want);
	expanded_exercise(&o);
	expanded_release(&o);
}

static void
tar_wins_its_own_bid(void **state)
{
	static const enum hs_build_magic magics[] = { HS_BUILD_USTAR, HS_BUILD_GNU, HS_BUILD_V7,
		                                      HS_BUILD_STAR };

	(void)state;
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		struct hs_build b = { 0 };

		hs_build_tar_header(&b, &(struct hs_build_tar){ .name = "a", .magic = magics[i] });
		assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), tar);
		b.at[200] ^= 1;
		assert_int_equal(tar->bid(hs_build_span(&b)), 0);
		hs_build_release(&b);
	}
}

static void
tar_reads_zeros_as_an_empty_archive_only_where_they_are_few(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_end(&b);
	assert_int_equal(tar->bid(hs_build_span(&b)), 1);
	assert_int_equal(tar->bid(hs_span_head(hs_build_span(&b), 1023)), 0);
	hs_build_fill(&b, 0, 1 << 20);
	assert_int_equal(tar->bid(hs_build_span(&b)), 0);
	hs_build_release(&b);

	hs_build_tar_end(&b);
	hs_build_fill(&b, 0, 511);
	hs_build_text(&b, "x");
	struct expanded o;
	listed_open(&o, tar, &b);
	assert_int_equal(o.tree.n_entries, 1);
	assert_string_equal(listed(&o), "gap (after the end) 512\n");
	expanded_release(&o);
}

static void
tar_lists_every_type(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "./d/", .type = '5', .mode = 0755 });
	hs_build_tar_file(&b, "./d/f", "hello");
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "l", .type = '2', .link = "d/f" });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "h", .type = '1', .link = "./d/f" });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "c", .type = '3', .dev_major = 1 });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "b", .type = '4', .dev_minor = 2 });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "p", .type = '6' });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "7", .type = '7' });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "0", .type_nul = true });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "o/", .type_nul = true });
	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "V", .type = 'V' });
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){ .name = "D/", .type = 'D', .data = HS_SPAN("Yf\0\0") });
	hs_build_tar_end(&b);
	check_list(&b, "directory d 0\nfile d/f 5\nsymlink l 0 -> d/f\nhardlink h 5 -> ./d/f\n"
	               "character device c 0\nblock device b 0\nfifo p 0\nfile 7 0\nfile 0 0\n"
	               "directory o 0\nother V 0\nother D 4\n");
}

static void
tar_goes_on_behind_damage(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_tar_file(&b, "a", "1");
	hs_build_tar_file(&b, "b", "2");
	hs_build_tar_file(&b, "c", "3");
	hs_build_tar_end(&b);
	b.at[1024] ^= 1;
	listed_open(&o, tar, &b);
	assert_int_equal(o.rc, HS_EFORMAT);
	assert_string_equal(o.err.text, "no tar header at offset 1024: its checksum does not fit");
	assert_string_equal(listed(&o),
	                    "file a 1\ngap (unreadable) 1024: no tar header at offset 1024: its "
	                    "checksum does not fit\nfile c 1\n");
	assert_true(o.tree.entries[1].damaged);
	expanded_release(&o);
}

static void
tar_refuses_hostile_fields(void **state)
{
	static const struct {
		size_t field;
		const char *bytes;
		size_t len;
		int rc;
		const char *text;
	} rows[] = {
		{ 124, "77777777777", 11, HS_EFORMAT,
		  "f: the archive ends after 1536 of the 8589934591 bytes of the entry at offset "
		  "0" },
		{ 124, "\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", 12, HS_EFORMAT,
		  "f: the archive ends after 1536 of the 9223372036854775807 bytes of the entry at "
		  "offset 0" },
		{ 124, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12, HS_EFORMAT,
		  "the size of the entry at offset 0 is no number" },
		{ 124, "9", 1, HS_EFORMAT, "the size of the entry at offset 0 is no number" },
		{ 156, "x", 1, HS_EFORMAT, "no entry follows the header at offset 0" },
		{ 156, "L", 1, HS_EFORMAT, "no entry follows the header at offset 0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build b = { 0 };
		struct expanded o;

		hs_build_tar_file(&b, "f", "abc");
		hs_build_tar_end(&b);
		hs_build_tar_patch(&b, 0, rows[i].field,
		                   (struct hs_span){ (const uint8_t *)rows[i].bytes, rows[i].len });
		listed_open(&o, tar, &b);
		assert_int_equal(o.rc, rows[i].rc);
		assert_string_equal(o.err.text, rows[i].text);
		assert_true(o.tree.n_entries > 0);
		expanded_exercise(&o);
		expanded_release(&o);
	}
}

static void
tar_limits_headers_and_names(void **state)
{
	struct hs_build b = { 0 };
	struct hs_build value = { 0 };
	struct expanded o;

	(void)state;
	hs_build_fill(&value, 'n', 70000);
	hs_build_fill(&value, 0, 1);
	hs_build_tar_file(&b, "a", "1");
	hs_build_tar_record(&b, 'x', "path", (const char *)value.at);
	hs_build_tar_file(&b, "b", "2");
	hs_build_tar_file(&b, "c", "3");
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_int_equal(o.rc, HS_ELIMIT);
	assert_string_equal(listed(&o),
	                    "file a 1\ngap (unreadable) 71680: member 2 has a name of 70000 bytes, "
	                    "65536 are read\nfile c 1\n");
	expanded_release(&o);

	hs_build_fill(&value, 'n', 1 << 20);
	hs_build_tar_file(&b, "a", "1");
	hs_build_tar_extension(&b, 'x', hs_build_span(&value));
	hs_build_tar_file(&b, "b", "2");
	listed_open(&o, tar, &b);
	assert_int_equal(o.rc, HS_ELIMIT);
	assert_int_equal(o.tree.n_entries, 2);
	expanded_release(&o);
	hs_build_release(&value);
}

/* An archive with a bit of everything. */
static void
build_all(struct hs_build *b)
{
	hs_build_tar_record(b, 'g', "comment", "c");
	hs_build_tar_record(b, 'x', "mtime", "1.5");
	hs_build_tar_file(b, "a", "abc");
	hs_build_tar_extension(b, 'L', HS_SPAN("long\0"));
	hs_build_tar_entry(b, &(struct hs_build_tar){ .name = "l", .type = '2', .link = "a" });
	hs_build_tar_end(b);
}

static void
check_cut(const struct expanded *o, size_t len)
{
	size_t told = 0;

	for (size_t i = 0; i < o->tree.n_entries; i++) {
		const struct hs_entry *e = &o->tree.entries[i];

		told += e->head.len + e->bytes.len;
		assert_true(!e->damaged || e->note);
	}
	if (o->rc < 0)
		assert_int_equal(o->rc, HS_EFORMAT);
	else
		assert_non_null(o->tree.note);
	assert_true(told <= len);
}

static void
tar_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_all(&b);
	listed_truncations(tar, hs_build_span(&b), check_cut);
	hs_build_release(&b);
}

static void
tar_survives_every_changed_byte(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_all(&b);
	for (size_t i = 0; i < b.len; i++) {
		struct expanded o;

		b.at[i] ^= 0x55;
		if (i % 512 < 257 && (i / 512) % 2 == 0 && (i % 512 < 148 || i % 512 >= 156))
			hs_build_tar_patch(&b, i / 512 * 512, i % 512,
			                   (struct hs_span){ b.at + i, 1 });
		expanded_init(&o, tar, hs_build_span(&b), NULL);
		expanded_exercise(&o);
		expanded_release(&o);
		hs_build_release(&b);
		build_all(&b);
	}
	hs_build_release(&b);
}

static void
tar_gives_metadata_as_numbers(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	struct hs_build b = { 0 }, r = { 0 };
	struct expanded o;
	struct hs_meta m;

	(void)state;
	hs_build_pax_record(&r, "SCHILY.xattr.user.\n", HS_SPAN("v"));
	hs_build_pax_record(&r, "mtime", HS_SPAN("-1.5"));
	hs_build_pax_record(&r, "uid", HS_SPAN("3000000"));
	hs_build_tar_extension(&b, 'x', hs_build_span(&r));
	hs_build_tar_entry(
		&b, &(struct hs_build_tar){ .name = "f", .mode = 04755, .uid = 7, .gid = 8 });
	hs_build_tar_end(&b);
	listed_open(&o, tar, &b);
	assert_true(o.tree.ops->meta(&m, &arena, &o.tree, expanded_entry(&o, "f")));
	assert_int_equal(m.mode, 04755);
	assert_int_equal(m.uid, 3000000);
	assert_int_equal(m.gid, 8);
	assert_int_equal(m.mtime.sec, -2);
	assert_int_equal(m.mtime.nsec, 500000000);
	assert_int_equal(m.n_xattrs, 1);
	assert_span(m.xattrs[0].name, "user.\n");
	assert_span(m.xattrs[0].value, "v");
	expanded_release(&o);
	hs_build_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tar_wins_its_own_bid),
		cmocka_unit_test(tar_reads_zeros_as_an_empty_archive_only_where_they_are_few),
		cmocka_unit_test(tar_lists_every_type),
		cmocka_unit_test(tar_gives_metadata_as_numbers),
		cmocka_unit_test(tar_goes_on_behind_damage),
		cmocka_unit_test(tar_refuses_hostile_fields),
		cmocka_unit_test(tar_limits_headers_and_names),
		cmocka_unit_test(tar_survives_every_truncation),
		cmocka_unit_test(tar_survives_every_changed_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
