/* SPDX-License-Identifier: Apache-2.0 */
#include "build_ar.h"
#include "build_tar.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const deb = &hs_comparator_deb;

/* A tar with one file. */
static void
put_tar(struct hs_build *b, const char *member, const char *name, const char *content)
{
	struct hs_build tar = { 0 };

	hs_build_tar_file(&tar, name, content);
	hs_build_tar_end(&tar);
	hs_build_ar_member(b, member, hs_build_span(&tar));
	hs_build_release(&tar);
}

static void
build_deb(struct hs_build *b, const char *payload)
{
	hs_build_ar_begin(b);
	hs_build_ar_member(b, "debian-binary", HS_SPAN("2.0\n"));
	put_tar(b, "control.tar", "./md5sums", "b1946ac92492d2347c6235b4d2611184  hello\n");
	put_tar(b, "data.tar", "./hello", payload);
}

static void
deb_bids_higher_than_ar(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_deb(&b, "hello\n");
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), deb);
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 1), &hs_comparator_ar);
	hs_build_release(&b);

	hs_build_ar_begin(&b);
	hs_build_ar_member(&b, "other", HS_SPAN("2.0\n"));
	assert_int_equal(deb->bid(hs_build_span(&b)), 0);
	hs_build_release(&b);
}

static void
deb_gives_members_their_roles(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_ar_begin(&b);
	hs_build_ar_member(&b, "debian-binary/", HS_SPAN("2.0\n"));
	hs_build_ar_member(&b, "control.tar.xz/", HS_SPAN("c"));
	hs_build_ar_member(&b, "data.tar.zst/", HS_SPAN("d"));
	hs_build_ar_member(&b, "data.tarball/", HS_SPAN("e"));
	hs_build_ar_member(&b, "_gpgorigin/", HS_SPAN("f"));
	listed_open(&o, deb, &b);
	assert_int_equal(o.rc, 0);
	assert_null(o.tree.note);
	assert_string_equal(listed(&o),
	                    "file debian-binary 4\nfile control.tar 1\nfile data.tar 1\n"
	                    "file data.tarball 1\nfile _gpgorigin 1\n");
	assert_non_null(strstr(listed_facts(&o, "data.tar"), "stored name: data.tar.zst/\n"));
	assert_string_equal(listed_facts(&o, NULL), "package format: 2.0\n");
	expanded_release(&o);
}

static void
deb_notes_what_is_missing(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_ar_begin(&b);
	hs_build_ar_member(&b, "debian-binary", HS_SPAN("2.0\n"));
	hs_build_ar_member(&b, "control.tar.xz", HS_SPAN("c"));
	listed_open(&o, deb, &b);
	assert_string_equal(o.tree.note,
	                    "no complete package: control.tar or data.tar is not there");
	expanded_release(&o);
}

/* The md5sums of both are those of "hello\n"; only the bytes tell them apart. */
static void
deb_shows_a_changed_payload_whatever_md5sums_say(void **state)
{
	struct hs_build b = { 0 };
	struct expanded honest, lying;
	const struct hs_entry *a_data, *b_data;

	(void)state;
	build_deb(&b, "hello\n");
	listed_open(&honest, deb, &b);
	build_deb(&b, "HELLO\n");
	listed_open(&lying, deb, &b);
	a_data = expanded_entry(&honest, "data.tar");
	b_data = expanded_entry(&lying, "data.tar");
	assert_true(hs_span_equal(a_data->head, b_data->head));
	assert_false(hs_span_equal(a_data->bytes, b_data->bytes));
	assert_true(hs_span_equal(expanded_entry(&honest, "control.tar")->bytes,
	                          expanded_entry(&lying, "control.tar")->bytes));
	assert_ptr_equal(hs_comparator_for(b_data->bytes, 0), &hs_comparator_tar);
	expanded_release(&honest);
	expanded_release(&lying);
}

static void
check_cut(const struct expanded *o, size_t len)
{
	(void)len;
	assert_true(o->rc == 0 || o->rc == HS_EFORMAT);
	assert_true(o->rc < 0 || o->tree.note);
}

static void
deb_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	hs_build_ar_begin(&b);
	hs_build_ar_member(&b, "debian-binary", HS_SPAN("2.0\n"));
	hs_build_ar_member(&b, "control.tar.gz", HS_SPAN("control"));
	hs_build_ar_member(&b, "data.tar.gz", HS_SPAN("data"));
	listed_truncations(deb, hs_build_span(&b), check_cut);
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deb_bids_higher_than_ar),
		cmocka_unit_test(deb_gives_members_their_roles),
		cmocka_unit_test(deb_notes_what_is_missing),
		cmocka_unit_test(deb_shows_a_changed_payload_whatever_md5sums_say),
		cmocka_unit_test(deb_survives_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
