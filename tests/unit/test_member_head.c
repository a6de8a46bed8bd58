/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/member_head.h"

#include "unit.h"

static const struct hs_attr xattrs[] = {
	{ { (const uint8_t *)"user.a", 6 },
	  { (const uint8_t *)"1\0"
	                     "2",
	    3 } },
	{ { (const uint8_t *)"user.b", 6 }, { NULL, 0 } },
};

static const struct hs_member full = {
	.meta = { .has = HS_HAS_MODE | HS_HAS_OWNER | HS_HAS_NAMES | HS_HAS_SIZE | HS_HAS_MTIME |
	                 HS_HAS_DEVICE | HS_HAS_LINK,
	          .kind = HS_KIND_BLOCKDEV,
	          .mode = 060640,
	          .uid = -1,
	          .gid = 1,
	          .uname = { (const uint8_t *)"root", 4 },
	          .gname = { (const uint8_t *)"disk", 4 },
	          .size = UINT64_MAX,
	          .mtime = { -5, 120000000, 2 },
	          .link = { (const uint8_t *)"x", 1 },
	          .dev_major = 8,
	          .dev_minor = 1,
	          .xattrs = xattrs,
	          .n_xattrs = 2 },
	.facts = { { { (const uint8_t *)"method", 6 }, { (const uint8_t *)"lzx", 3 } } },
	.n_facts = 1,
};

static const char *
said(struct hs_arena *a, const struct hs_meta *m)
{
	struct hs_facts facts = { .arena = a };

	hs_say_meta(&facts, m);
	return hs_facts_text(&facts);
}

static void
what_was_written_is_read_back(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span head = hs_member_head(&arena, &full);
	struct hs_member back;

	(void)state;
	hs_member_of_head(&back, &arena, head);
	assert_string_equal(said(&arena, &back.meta), said(&arena, &full.meta));
	assert_int_equal(back.n_facts, 1);
	assert_span(back.facts[0].name, "method");
	assert_span(back.facts[0].value, "lzx");
	assert_true(hs_span_equal(hs_member_head(&arena, &back), head));
}

static void
equal_metadata_is_equal_bytes_and_other_is_not(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span head = hs_member_head(&arena, &full);
	struct hs_member other = full;

	(void)state;
	assert_true(hs_span_equal(hs_member_head(&arena, &other), head));
	other.meta.mtime.nsec++;
	assert_false(hs_span_equal(hs_member_head(&arena, &other), head));
	other = full;
	other.meta.n_xattrs = 1;
	assert_false(hs_span_equal(hs_member_head(&arena, &other), head));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read_back),
		cmocka_unit_test(equal_metadata_is_equal_bytes_and_other_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
