/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "image/names.h"

static size_t
find(struct oci *o, const char *key)
{
	struct hs_arena *scratch = &hs_pool_main(o->run.pool)->scratch;
	struct hs_names names;

	hs_names_init(&names, &o->arena, scratch, &o->tree);
	assert_int_equal(hs_names_find(&names, hs_span_of(key)),
	                 hs_names_find(&names, hs_span_of(key)));
	return hs_names_find(&names, hs_span_of(key));
}

static void
names_find_files_and_the_last_of_several(void **state)
{
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "a", HS_SPAN("1"));
	oci_file(&o, "b", HS_SPAN("2"));
	oci_file(&o, "./a", HS_SPAN("3"));
	oci_file(&o, "d", HS_SPAN(""))->kind = HS_KIND_DIR;
	assert_int_equal(find(&o, "a"), 2);
	assert_int_equal(find(&o, "b"), 1);
	assert_true(find(&o, "c") == HS_NOWHERE);
	assert_true(find(&o, "d") == HS_NOWHERE);
	oci_end(&o);
}

static void
names_follow_links_inside_the_archive_only(void **state)
{
	static const struct {
		const char *name, *target;
		size_t found;
	} rows[] = {
		{ "x/layer.tar", "../y/layer.tar", 0 },
		{ "x/abs", "/y/layer.tar", 0 },
		{ "x/dots", "./.././/x/../y/layer.tar", 0 },
		{ "x/above", "../../../../y/layer.tar", 0 },
		{ "x/chain", "layer.tar", 0 },
		{ "gone", "nowhere", HS_NOWHERE },
		{ "host", "../../etc/passwd", HS_NOWHERE },
		{ "self", "self", HS_NOWHERE },
		{ "ping", "pong", HS_NOWHERE },
		{ "pong", "ping", HS_NOWHERE },
		{ "empty", "", HS_NOWHERE },
	};
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "y/layer.tar", HS_SPAN("layer"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		oci_symlink(&o, rows[i].name, rows[i].target);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_true(find(&o, rows[i].name) == rows[i].found);
	oci_end(&o);
}

static void
names_give_up_on_a_long_chain(void **state)
{
	struct oci o;

	(void)state;
	oci_begin(&o);
	oci_file(&o, "0", HS_SPAN("end"));
	for (int i = 1; i < 100; i++)
		oci_symlink(&o, hs_arena_printf(&o.arena, "%d", i),
		            hs_arena_printf(&o.arena, "%d", i - 1));
	assert_true(find(&o, "10") == 0);
	assert_true(find(&o, "99") == HS_NOWHERE);
	oci_end(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_find_files_and_the_last_of_several),
		cmocka_unit_test(names_follow_links_inside_the_archive_only),
		cmocka_unit_test(names_give_up_on_a_long_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
