/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_oci.h"
#include "image/remarks.h"

static void
remarks_keep_a_word_for_each_sentence(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_remarks r = { 0 }, all = { 0 };
	const struct hs_entry_note *notes;

	(void)state;
	assert_null(hs_remarks_notes(&r, &a));
	hs_remarks_add(&r, &a, HS_REMARK_FOREIGN, "one %d", 1);
	assert_false(r.damaged);
	hs_remarks_add(&r, &a, HS_REMARK_SIZE, "two");
	hs_remarks_join(&all, &a, &(struct hs_remarks){ 0 });
	assert_int_equal(all.n, 0);
	hs_remarks_join(&all, &a, &r);
	assert_true(all.damaged);
	assert_int_equal(all.n, 2);
	notes = hs_remarks_notes(&all, &a);
	assert_string_equal(notes[0].code, "foreign-blob");
	assert_string_equal(notes[0].text, "one 1");
	assert_false(notes[0].damage);
	assert_string_equal(notes[1].code, "size-mismatch");
	assert_string_equal(notes[1].text, "two");
	assert_true(notes[1].damage);
}

/* A thousand sentences of one kind leave room for another kind, joined too. */
static void
remarks_count_what_is_too_much_to_read(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_remarks r = { 0 }, all = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		hs_remarks_add(&r, &a, HS_REMARK_MISSING, "%d", i);
	hs_remarks_add(&r, &a, HS_REMARK_LOOP, "round");
	assert_string_equal(oci_remarks(&a, &r),
	                    "0; 1; 2; 3; 4; 5; 6; 7; and 992 more of the kind; round");
	hs_remarks_join(&all, &a, &r);
	hs_remarks_join(&all, &a, &r);
	assert_string_equal(oci_remarks(&a, &all),
	                    "0; 1; 2; 3; 4; 5; 6; 7; and 1992 more of the kind; round; round");
}

static void
remarks_have_words_that_no_two_kinds_of_damage_share(void **state)
{
	(void)state;
	for (int i = 0; i < HS_N_REMARK_KINDS; i++) {
		assert_non_null(hs_remark_word((enum hs_remark_kind)i));
		for (int k = 0; k < i; k++)
			if (strcmp(hs_remark_word((enum hs_remark_kind)i),
			           hs_remark_word((enum hs_remark_kind)k)) == 0)
				assert_int_equal(i, HS_REMARK_NAME_HINT);
	}
}

static void
remarks_call_errors_what_the_engine_calls_them(void **state)
{
	static const struct {
		enum hs_code code;
		const char *word;
	} rows[] = {
		{ HS_EFORMAT, "damaged" }, { HS_ENOTMINE, "damaged" },
		{ HS_ELIMIT, "limit" },    { HS_ESTOP, "timeout" },
		{ HS_EIO, "unreadable" },  { HS_EDIFFID, "diff-id-mismatch" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_err err = { .code = rows[i].code };

		assert_string_equal(hs_remark_word(hs_remark_of(&err)), rows[i].word);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(remarks_keep_a_word_for_each_sentence),
		cmocka_unit_test(remarks_count_what_is_too_much_to_read),
		cmocka_unit_test(remarks_have_words_that_no_two_kinds_of_damage_share),
		cmocka_unit_test(remarks_call_errors_what_the_engine_calls_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
