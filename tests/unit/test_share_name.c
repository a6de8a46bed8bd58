/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/share_name.h"

#include "unit.h"

#include "comparators/comparator.h"

/* A paragraph is a list of packages where it stands under that path, else a control file. */
#define LIST "Package: a\nVersion: 1\nArchitecture: all\n"
#define PATH "var/lib/dpkg/status"

static struct hs_content
content(const char *bytes, const char *name)
{
	return (struct hs_content){ .bytes = hs_span_of(bytes), .name = hs_span_of(name) };
}

static void
a_name_that_decides_is_shared(void **state)
{
	struct hs_content a = content(LIST, PATH), b = content(LIST "Depends: b\n", "copy.txt");

	(void)state;
	assert_ptr_not_equal(hs_comparator_of(&a, 0), hs_comparator_of(&b, 0));
	hs_share_name(&a, &b);
	assert_true(hs_span_is(a.name, PATH));
	assert_true(hs_span_is(b.name, PATH));
	assert_ptr_equal(&hs_comparator_dpkg_status, hs_comparator_of(&b, 0));

	a = content(LIST, "copy.txt");
	b = content(LIST, PATH);
	hs_share_name(&a, &b);
	assert_true(hs_span_is(a.name, PATH));
}

static void
a_name_is_kept_where_the_other_would_not_follow(void **state)
{
	struct hs_content a = content(LIST, PATH), b = content("{\"a\": 1}\n", "new.json");

	(void)state;
	hs_share_name(&a, &b);
	assert_true(hs_span_is(b.name, "new.json"));
}

static void
a_name_that_says_nothing_is_kept(void **state)
{
	struct hs_content a = content("one\n", "a.txt"), b = content("\x1f\x8b\x08\0", "b.gz");
	struct hs_content c = content(LIST, PATH);

	(void)state;
	hs_share_name(&a, &b);
	assert_true(hs_span_is(a.name, "a.txt"));
	assert_true(hs_span_is(b.name, "b.gz"));

	/* What the container knows is not asked again. */
	b = content(LIST, "copy.txt");
	b.as = &hs_comparator_text;
	hs_share_name(&c, &b);
	assert_true(hs_span_is(b.name, "copy.txt"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_that_decides_is_shared),
		cmocka_unit_test(a_name_is_kept_where_the_other_would_not_follow),
		cmocka_unit_test(a_name_that_says_nothing_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
