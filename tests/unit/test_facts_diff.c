/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/facts.h"

#include <stdio.h>

/* "field=value" words, each said in turn; a "!" before one marks it as of the format. */
static void
say_words(struct hs_facts *f, const char *words)
{
	char text[256];
	char *save = NULL;

	snprintf(text, sizeof(text), "%s", words);
	for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		char *value = strchr(w, '=');

		*value++ = 0;
		f->of_format = *w == '!';
		hs_say(f, hs_arena_printf(f->arena, "%s", w + f->of_format),
		       hs_arena_copy(f->arena, hs_span_of(value)));
	}
}

static const char *
diff(struct hs_arena *a, const char *x, const char *y, bool same_format)
{
	struct hs_facts fx = { .arena = a }, fy = { .arena = a };
	struct hs_changes changes = { 0 };
	const char *out = "";

	say_words(&fx, x);
	say_words(&fy, y);
	hs_facts_diff(&changes, a, &fx, &fy, same_format);
	for (const struct hs_change *c = changes.first; c; c = c->next)
		out = hs_arena_printf(a, "%s%s:%s>%s%s;", out, c->field,
		                      c->has_a ? (const char *)c->a.at : "none",
		                      c->has_b ? (const char *)c->b.at : "none",
		                      c->order_only ? " order" : "");
	return out;
}

static void
facts_differ_by_value_by_absence_and_by_presence(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(diff(&a, "s=1 m=1 o=x", "s=1 m=2 n=y", true),
	                    "m:1>2;o:x>none;n:none>y;");
	assert_string_equal(diff(&a, "s=1 m=1", "s=1 m=1", true), "");
	assert_string_equal(diff(&a, "s=1 m=1", "m=1 s=1", true), "");
	assert_string_equal(diff(&a, "", "m=1", true), "m:none>1;");
}

static void
facts_of_lists_differ_by_element_then_by_order(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(diff(&a, "e=A e=B e=C", "e=C e=X e=A", true), "e:B>none;e:none>X;");
	assert_string_equal(diff(&a, "e=Z e=S e=Y", "e=S e=A e=B", true),
	                    "e:Z>none;e:Y>none;e:none>A;e:none>B;");
	assert_string_equal(diff(&a, "e=A e=B", "e=B e=A", true), "e:A, B>B, A order;");
	assert_string_equal(diff(&a, "e=A e=A", "e=A", true), "e:A>none;");
}

static void
facts_of_two_formats_are_compared_where_both_speak(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(diff(&a, "mode=1 uid=5 !ino=9", "mode=2 !ino=8 x=1", false),
	                    "mode:1>2;");
	assert_string_equal(diff(&a, "mode=1 !ino=9", "mode=1 !ino=8", true), "ino:9>8;");
}

/* A directory has nanoseconds, a tar of it whole seconds: that is no difference of each member. */
static void
times_of_two_formats_are_compared_to_the_digits_of_both(void **state)
{
	static const char whole[] = "t=2026-11-23T15:53:51Z", fine[] = "t=2026-11-23T15:53:51.058Z",
			  finer[] = "t=2026-11-23T15:53:51.0580Z";
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	assert_string_equal(diff(&a, whole, fine, false), "");
	assert_string_equal(diff(&a, finer, fine, false), "");
	assert_string_not_equal(diff(&a, whole, fine, true), "");
	assert_string_not_equal(diff(&a, "t=2026-11-23T15:53:51.1Z", finer, false), "");
	assert_string_not_equal(diff(&a, "t=2026-11-23T15:53:50Z", fine, false), "");
	assert_string_not_equal(diff(&a, "t=12Z", "t=123Z", false), "");
	assert_string_not_equal(diff(&a, whole, "t=2026-11-23T15:53:51+01Z", false), "");
	assert_string_not_equal(diff(&a, "t=", whole, false), "");
}

static void
facts_of_one_side_are_all_changes_but_for_the_origin(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts f = { .arena = &a };
	struct hs_changes changes = { 0 };

	(void)state;
	say_words(&f, "x=1 y=2");
	f.of_origin = true;
	hs_say_word(&f, "layer", "0");
	hs_facts_alone(&changes, &a, &f, false);
	assert_int_equal(changes.n, 2);
	assert_string_equal(changes.first->field, "x");
	assert_true(changes.first->has_b && !changes.first->has_a);
	assert_string_equal(changes.first->b.at, "1");
}

static void
facts_in_detail_stand_behind_the_others(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts x = { .arena = &a, .detail = true }, y = { .arena = &a };
	struct hs_changes changes = { 0 };

	(void)state;
	say_words(&x, "detail=1");
	x.detail = false;
	say_words(&x, "x=1");
	say_words(&y, "x=2 y=1");
	hs_facts_diff(&changes, &a, &x, &y, true);
	assert_int_equal(changes.n, 3);
	assert_string_equal(changes.first->field, "x");
	assert_string_equal(changes.first->next->field, "y");
	assert_string_equal(changes.last->field, "detail");
}

static void
facts_of_a_large_document_take_linear_time(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_facts x = { .arena = &a }, y = { .arena = &a };
	struct hs_changes changes = { 0 };

	(void)state;
	for (int i = 0; i < 200000; i++) {
		hs_say_u64(&x, hs_arena_printf(&a, "f%d", i), 1);
		hs_say_u64(&y, hs_arena_printf(&a, "f%d", 199999 - i), i == 7 ? 2 : 1);
	}
	hs_facts_diff(&changes, &a, &x, &y, true);
	assert_int_equal(changes.n, 1);
	assert_string_equal(changes.first->field, "f199992");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_differ_by_value_by_absence_and_by_presence),
		cmocka_unit_test(facts_of_lists_differ_by_element_then_by_order),
		cmocka_unit_test(facts_of_two_formats_are_compared_where_both_speak),
		cmocka_unit_test(times_of_two_formats_are_compared_to_the_digits_of_both),
		cmocka_unit_test(facts_of_one_side_are_all_changes_but_for_the_origin),
		cmocka_unit_test(facts_in_detail_stand_behind_the_others),
		cmocka_unit_test(facts_of_a_large_document_take_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
