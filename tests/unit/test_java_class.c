/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_class.h"
#include "check_bytes.h"
#include "compared.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const row = &hs_comparator_java_class;

static void
java_class_wins_its_own_bid(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_class(&b, &(struct build_class){ 0 });
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), row);
	assert_int_equal(row->bid(hs_span_head(hs_build_span(&b), 9)), 0);
	/* A universal binary of two architectures, and of 61. */
	assert_int_equal(row->bid(HS_SPAN("\xca\xfe\xba\xbe\0\0\0\2\1\0\0\7")), 0);
	assert_int_equal(row->bid(HS_SPAN("\xca\xfe\xba\xbe\0\0\0\x3d\0\0\0\7")), 0);
	hs_build_release(&b);
}

static void
java_class_describes_class_fields_and_methods(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_class(&b, &(struct build_class){ .value = 1 });
	hs_build_text(&b, "more");
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o), "(class)\nx I\nf()I\n(after the end)\n");
	assert_non_null(strstr(listed_facts(&o, NULL),
	                       "class version: 61.0 (Java 17)\nclass: A\n"
	                       "super class: java/lang/Object\nconstants: 21 (form "));
	assert_string_equal(listed_content(&o, "(class)"),
	                    "flags: public super\\nSourceFile: A.java\\n");
	assert_string_equal(listed_content(&o, "x I"), "flags: static final\\nConstantValue: 7\\n");
	assert_string_equal(
		listed_content(&o, "f()I"),
		"flags: public\\nstack: 2\\nlocals: 1\\n  line +0\\nL1:\\n    ldc 'text'\\n"
		"    ifnull L3\\n  line +1\\nL2:\\n    getstatic A.x:I\\n  line +2\\nL3:\\n"
		"    iconst_1\\n    ireturn\\n"
		"exceptions of L1 to L2 go to L3 java/lang/Object\\n"
		"StackMapTable: (frame 72 int)\\n");
	expanded_release(&o);
}

/* Only what differs is told, and as what it is. */
static void
java_class_tells_lines_numbers_and_code_apart(void **state)
{
	static const struct {
		struct build_class b;
		const char *said;
		bool a_member;
	} rows[] = {
		{ { .line = 90 }, "{shifted}", false },
		{ { .more = 2 }, "constants:21 (form ", false },
		{ { .value = 2 }, "content f()I [text text]", true },
		{ { .text = "other" }, "content f()I [text text]", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build a = { 0 }, b = { 0 };
		struct compared c;
		const char *said;

		build_class(&a, &(struct build_class){ 0 });
		build_class(&b, &rows[i].b);
		compared_init(&c, hs_build_span(&a), hs_build_span(&b), NULL, NULL);
		said = compared_text(&c);
		assert_non_null(strstr(said, rows[i].said));
		assert_int_equal(strstr(said, "\n") != said + strlen(said) - 1, rows[i].a_member);
		compared_release(&c);
		hs_build_release(&a);
		hs_build_release(&b);
	}
}

static void
java_class_lets_no_byte_differ_unseen(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_class(&b, &(struct build_class){ 0 });
	check_every_byte_counts(row, hs_build_span(&b));
	hs_build_release(&b);
}

static void
check_cut(const struct expanded *o, size_t len)
{
	(void)len;
	assert_int_equal(o->rc, HS_EFORMAT);
}

static void
java_class_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_class(&b, &(struct build_class){ 0 });
	b.len--;
	listed_truncations(row, hs_build_span(&b), check_cut);
	hs_build_release(&b);
}

/* Members that were read whole are there, and the rest is a gap. */
static void
java_class_keeps_what_stands_before_damage(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build_class(&b, &(struct build_class){ 0 });
	b.len -= 4;
	listed_open(&o, row, &b);
	assert_int_equal(o.rc, HS_EFORMAT);
	assert_string_equal(expanded_keys(&o), "(class)\nx I\nf()I\n(unreadable)\n");
	expanded_release(&o);
}

/* Any byte changed: nothing but that it ends well. */
static void
java_class_survives_hostile_fields(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build_class(&b, &(struct build_class){ 0 });
	for (size_t i = 8; i < b.len; i++) {
		const uint8_t values[] = { 0, 0xff, 0xaa, 0xc4, 15, 18 };
		const uint8_t was = b.at[i];

		for (size_t k = 0; k < sizeof(values); k++) {
			struct expanded o;

			b.at[i] = values[k];
			expanded_init(&o, row, hs_build_span(&b), NULL);
			if (o.rc < 0)
				assert_true(o.rc == HS_EFORMAT || o.rc == HS_ELIMIT);
			expanded_exercise(&o);
			expanded_release(&o);
		}
		b.at[i] = was;
	}
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(java_class_wins_its_own_bid),
		cmocka_unit_test(java_class_describes_class_fields_and_methods),
		cmocka_unit_test(java_class_tells_lines_numbers_and_code_apart),
		cmocka_unit_test(java_class_lets_no_byte_differ_unseen),
		cmocka_unit_test(java_class_survives_every_truncation),
		cmocka_unit_test(java_class_keeps_what_stands_before_damage),
		cmocka_unit_test(java_class_survives_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
