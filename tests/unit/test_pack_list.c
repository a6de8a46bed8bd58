/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_tar.h"
#include "core/escape.h"
#include "listed.h"
#include "pack/pack_list.h"

#include <inttypes.h>

/* An archive on its way into a list. */
struct packing {
	struct hs_build tar;
	struct expanded o;
	struct hs_arena arena;
	struct hs_pack_list list;
	struct hs_err err;
	int rc;
};

static void
add(struct packing *p, const char *name, char type, const char *link)
{
	hs_build_tar_entry(&p->tar,
	                   &(struct hs_build_tar){ .name = name, .type = type, .link = link });
}

static void
make(struct packing *p)
{
	hs_build_tar_end(&p->tar);
	listed_open(&p->o, &hs_comparator_tar, &p->tar);
	p->list.arena = &p->arena;
	p->rc = hs_pack_list_make(&p->list, &p->o.tree, &p->err);
}

static void
release(struct packing *p)
{
	hs_pack_list_release(&p->list);
	hs_arena_release(&p->arena);
	expanded_release(&p->o);
}

/* "PATH KIND", " = FIRST" for another name of a file; remarks behind a "!". */
static const char *
text(struct packing *p)
{
	const char *out = "";

	assert_int_equal(p->rc, 0);
	for (size_t i = 0; i < p->list.n; i++) {
		const struct hs_pack_item *item = &p->list.items[i];
		const struct hs_span path = hs_escape(&p->arena, item->path);
		const struct hs_span first = p->list.items[item->first].path;

		out = hs_arena_printf(&p->arena, "%s%.*s %s", out, (int)path.len,
		                      (const char *)path.at,
		                      item->entry ? hs_kind_name(item->entry->kind) : "added");
		if (item->first != i)
			out = hs_arena_printf(&p->arena, "%s = %.*s", out, (int)first.len,
			                      (const char *)first.at);
		out = hs_arena_printf(&p->arena, "%s\n", out);
	}
	for (const struct hs_pack_remark *r = p->list.remarks; r; r = r->next)
		out = hs_arena_printf(&p->arena, "%s! %.*s %s\n", out, (int)r->name.len,
		                      (const char *)r->name.at, r->text);
	return out;
}

static void
pack_lists_sort_paths_and_add_directories(void **state)
{
	struct packing p = { 0 };

	(void)state;
	add(&p, "./b/x-y", '0', NULL);
	add(&p, "b/x/z", '0', NULL);
	add(&p, "./", '5', NULL);
	add(&p, "/b//./x/", '5', NULL);
	add(&p, "-", '0', NULL);
	make(&p);
	assert_string_equal(text(&p), " directory\n- file\nb added\nb/x directory\nb/x-y file\n"
	                              "b/x/z file\n");
	release(&p);
}

/* As if it had been unpacked: the later entry counts, but a link made before it keeps the earlier.
 */
static void
pack_lists_keep_what_unpacking_would_leave(void **state)
{
	struct packing p = { 0 };

	(void)state;
	add(&p, "z", '0', NULL);
	add(&p, "a", '1', "./z");
	add(&p, "m", '1', "a");
	add(&p, "z", '2', "target");
	add(&p, "y", '1', "z");
	add(&p, "d", '5', NULL);
	add(&p, "d", '0', NULL);
	make(&p);
	assert_string_equal(text(&p), "a file\nd file\nm file = a\ny symlink\nz symlink = y\n");
	release(&p);
}

static void
pack_lists_say_what_they_leave_out(void **state)
{
	struct packing p = { 0 };

	(void)state;
	hs_build_tar_record(&p.tar, 'g', "comment", "0123");
	add(&p, "f", '0', NULL);
	add(&p, "volume", 'V', NULL);
	hs_build_tar_end(&p.tar);
	hs_build_text(&p.tar, "hidden");
	make(&p);
	assert_string_equal(text(&p),
	                    "f file\n! volume what is no file is left out\n"
	                    "!  bytes of the archive that belong to no entry are left out\n");
	release(&p);
}

static void
pack_lists_outlive_what_their_remarks_speak_of(void **state)
{
	struct packing p = { .list = { .arena = &p.arena } };
	char name[] = "volume", text[] = "is left out";

	(void)state;
	hs_pack_remark(&p.list, hs_span_of(name), text);
	memset(name, 'x', sizeof(name) - 1);
	memset(text, 'x', sizeof(text) - 1);
	assert_true(hs_span_is(p.list.remarks->name, "volume"));
	assert_string_equal(p.list.remarks->text, "is left out");
	hs_arena_release(&p.arena);
}

static void
pack_lists_refuse_what_cannot_be_unpacked(void **state)
{
	static const struct {
		struct hs_build_tar first, second;
		int rc;
		const char *why;
	} rows[] = {
		{ { .name = "a/../../b" },
		  { .name = "c" },
		  HS_EFORMAT,
		  "a/../../b: a path with \"..\" in it" },
		{ { .name = "a" },
		  { .name = "a/b" },
		  HS_EFORMAT,
		  "a/b: what it stands below is no directory" },
		{ { .name = "a", .type = '2', .link = "/etc" },
		  { .name = "a/b" },
		  HS_EFORMAT,
		  "a/b: what it stands below is no directory" },
		{ { .name = "a", .type = '1', .link = "b" },
		  { .name = "b" },
		  HS_EFORMAT,
		  "a: a hard link to what does not stand before it" },
		{ { .name = "a", .type = '5' },
		  { .name = "b", .type = '1', .link = "a" },
		  HS_EFORMAT,
		  "b: a hard link to a directory" },
		{ { .name = "." }, { .name = "b" }, HS_EFORMAT, ".: the root is no directory" },
		{ { .name = "etc/.wh.motd" },
		  { .name = "b" },
		  HS_EUSAGE,
		  "etc/.wh.motd: in a layer a name that begins with .wh. hides a file" },
		{ { .name = ".wh.d/x" },
		  { .name = "b" },
		  HS_EUSAGE,
		  ".wh.d/x: in a layer a name that begins with .wh. hides a file" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct packing p = { 0 };

		hs_build_tar_entry(&p.tar, &rows[i].first);
		hs_build_tar_entry(&p.tar, &rows[i].second);
		make(&p);
		assert_int_equal(p.rc, rows[i].rc);
		assert_string_equal(p.err.text, rows[i].why);
		release(&p);
	}
}

static void
pack_lists_are_limited(void **state)
{
	const struct hs_limits limits = { .max_depth = 1, .max_size = 1, .max_members = 2 };
	struct packing p = { .list.arena = &p.arena };

	(void)state;
	add(&p, "a/b/c", '0', NULL);
	hs_build_tar_end(&p.tar);
	expanded_init(&p.o, &hs_comparator_tar, hs_build_span(&p.tar), &limits);
	hs_build_release(&p.tar);
	assert_int_equal(hs_pack_list_make(&p.list, &p.o.tree, &p.err), HS_ELIMIT);
	assert_string_equal(p.err.text, "more than 2 members (--max-members)");
	release(&p);
}

/* Paths whose table grows more than once. */
static void
pack_lists_find_each_of_many_paths(void **state)
{
	struct packing p = { 0 };
	char name[32];

	(void)state;
	for (unsigned i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "d%u/f%04u", i % 7, i % 2500);
		add(&p, name, '0', NULL);
	}
	make(&p);
	assert_int_equal(p.rc, 0);
	assert_int_equal(p.list.n, 7 + 5000);
	for (size_t i = 1; i < p.list.n; i++)
		assert_true(hs_span_order(p.list.items[i - 1].path, p.list.items[i].path) < 0);
	release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pack_lists_sort_paths_and_add_directories),
		cmocka_unit_test(pack_lists_keep_what_unpacking_would_leave),
		cmocka_unit_test(pack_lists_say_what_they_leave_out),
		cmocka_unit_test(pack_lists_outlive_what_their_remarks_speak_of),
		cmocka_unit_test(pack_lists_refuse_what_cannot_be_unpacked),
		cmocka_unit_test(pack_lists_are_limited),
		cmocka_unit_test(pack_lists_find_each_of_many_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
