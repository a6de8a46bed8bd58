/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/comparator.h"

#include "build_bytes.h"
#include "compared.h"
#include "listed.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static const struct hs_comparator *const pyc = &hs_comparator_pyc;

/* What a file is to be; all zero is a module of Python 3.11 that returns None. */
struct wanted {
	const char *file; /* "/a.py" */
	uint32_t line;    /* 1 */
	uint32_t mtime;
	uint8_t value; /* what f returns: 1 */
	bool hashed, marked;
};

static void
le(struct hs_build *b, uint64_t v)
{
	for (int i = 0; i < 4; i++)
		hs_build_be(b, v >> 8 * i & 0xff, 1);
}

static void
raw(struct hs_build *b, struct hs_span s)
{
	hs_build_text(b, "s");
	le(b, s.len);
	hs_build_put(b, s);
}

static void
text(struct hs_build *b, const char *s)
{
	hs_build_text(b, "z");
	hs_build_be(b, strlen(s), 1);
	hs_build_text(b, s);
}

/* RESUME; LOAD_CONST 0; POP_JUMP_FORWARD_IF_FALSE over a NOP; RETURN_VALUE. */
static void
code(struct hs_build *b, const struct wanted *w, const char *name, bool inner)
{
	const char *file = w->file ? w->file : "/a.py";

	hs_build_be(b, w->marked ? 0xe3 : 'c', 1);
	le(b, 0);
	le(b, 0);
	le(b, 0);
	le(b, 1);
	le(b, inner ? 3 : 0);
	raw(b, HS_SPAN("\x97\0d\0\x72\1\x09\0S\0"));
	hs_build_text(b, ")\1");
	if (inner) {
		hs_build_text(b, "i");
		le(b, w->value ? w->value : 1);
	} else {
		code(b, w, "f", true);
	}
	hs_build_put(b, HS_SPAN(")\0)\0"));
	raw(b, HS_SPAN(""));
	text(b, file);
	text(b, name);
	text(b, name);
	le(b, (w->line ? w->line : 1) + inner);
	raw(b, HS_SPAN("\xf0\0\1\1\1\xd8\4\5"));
	raw(b, HS_SPAN("\0\1\4\3"));
}

static void
build(struct hs_build *b, const struct wanted *w)
{
	hs_build_put(b, HS_SPAN("\xa7\r\r\n"));
	le(b, w->hashed ? 3 : 0);
	if (w->hashed) {
		hs_build_text(b, "01234567");
	} else {
		le(b, w->mtime);
		le(b, 20);
	}
	code(b, w, "<module>", false);
}

static void
pyc_wins_its_own_bid(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build(&b, &(struct wanted){ 0 });
	assert_ptr_equal(hs_comparator_for(hs_build_span(&b), 0), pyc);
	assert_int_equal(pyc->bid(hs_span_head(hs_build_span(&b), 16)), 0);
	assert_int_equal(pyc->bid(HS_SPAN("\xff\xff\r\n0123456789abc")), 0);
	hs_build_release(&b);
}

static void
pyc_describes_header_and_code(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build(&b, &(struct wanted){ .mtime = 7 });
	hs_build_text(&b, "more");
	listed_open(&o, pyc, &b);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o), "<module>\nf\n(after the end)\n");
	assert_non_null(strstr(listed_facts(&o, NULL),
	                       "python: 3.11 (magic 3495)\nvalid while: mtime and size match\n"
	                       "source mtime: 1970-01-01T00:00:07Z\nsource size: 20\n"
	                       "source file: /a.py\nmarshalled: 23 objects, 0 marked for reuse, "
	                       "0 references (form "));
	assert_string_equal(
		listed_content(&o, "f"),
		"name: f\\narguments: 0\\npositional-only arguments: 0\\n"
		"keyword-only arguments: 0\\nstack: 1\\nflags: optimized; new locals;\\n"
		"constant: 1\\ninstructions:\\nL1:\\n    RESUME  ; 0-+1:0\\n"
		"  line +1\\nL2:\\n    LOAD_CONST 1  ; 4-5\\n"
		"    POP_JUMP_FORWARD_IF_FALSE L3\\n    NOP\\n"
		"L3:\\n    RETURN_VALUE\\n"
		"exceptions of L1 to L2 go to L3, stack 1, with the instruction\\n");
	expanded_release(&o);
}

static void
pyc_says_a_hash_instead_of_a_time(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	build(&b, &(struct wanted){ .hashed = true });
	listed_open(&o, pyc, &b);
	assert_non_null(strstr(listed_facts(&o, NULL), "valid while: the hash matches\n"
	                                               "source hash: 3031323334353637\n"
	                                               "source file: /a.py\n"));
	expanded_release(&o);
}

/* Only what differs is told, and as what it is. */
static void
pyc_tells_paths_lines_and_code_apart(void **state)
{
	static const struct {
		struct wanted b;
		const char *lines[2];
	} rows[] = {
		{ { .file = "/b.py" }, { "source file:/a.py>/b.py", "\n" } },
		{ { .line = 4 }, { "{shifted}", "\n" } },
		{ { .value = 9 }, { "content f [text text]", NULL } },
		{ { .marked = true }, { "marshalled:23 objects", "\n" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_build a = { 0 }, b = { 0 };
		struct compared c;
		const char *said;

		build(&a, &(struct wanted){ 0 });
		build(&b, &rows[i].b);
		compared_init(&c, hs_build_span(&a), hs_build_span(&b), NULL, NULL);
		said = compared_text(&c);
		assert_non_null(strstr(said, rows[i].lines[0]));
		/* One line: no member is a node. */
		if (rows[i].lines[1])
			assert_ptr_equal(strstr(said, "\n"), said + strlen(said) - 1);
		compared_release(&c);
		hs_build_release(&a);
		hs_build_release(&b);
	}
}

static void
check_cut(const struct expanded *o, size_t len)
{
	assert_int_equal(o->rc, HS_EFORMAT);
	if (len > 16)
		assert_true(o->tree.entries[0].bytes.len == len - 16);
}

static void
pyc_survives_every_truncation(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build(&b, &(struct wanted){ .marked = true });
	b.len--;
	listed_truncations(pyc, hs_build_span(&b), check_cut);
	hs_build_release(&b);
}

/* Any byte changed: nothing but that it ends well. */
static void
pyc_survives_hostile_fields(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	build(&b, &(struct wanted){ 0 });
	for (size_t i = 16; i < b.len; i++) {
		const uint8_t values[] = { 0, 0xff, 'r', '(', 0xa8 };
		const uint8_t was = b.at[i];

		for (size_t k = 0; k < sizeof(values); k++) {
			struct expanded o;

			b.at[i] = values[k];
			expanded_init(&o, pyc, hs_build_span(&b), NULL);
			if (o.rc < 0)
				assert_true(o.rc == HS_EFORMAT || o.rc == HS_ELIMIT);
			expanded_exercise(&o);
			expanded_release(&o);
		}
		b.at[i] = was;
	}
	hs_build_release(&b);
}

/* A tuple that holds itself, and tuples that double from one to the next. */
static void
pyc_ends_with_constants_that_refer_to_one_another(void **state)
{
	struct hs_build b = { 0 };
	struct expanded o;

	(void)state;
	hs_build_put(&b, HS_SPAN("\xa7\r\r\n\0\0\0\0\0\0\0\0\0\0\0\0c"));
	hs_build_fill(&b, 0, 20);
	raw(&b, HS_SPAN("d\0S\0"));
	hs_build_be(&b, ')', 1);
	hs_build_be(&b, 41, 1);
	hs_build_put(&b, HS_SPAN("\xa9\1r\0\0\0\0"));
	for (uint64_t i = 0; i < 40; i++) {
		hs_build_put(&b, HS_SPAN("\xa9\2r"));
		le(&b, i);
		hs_build_text(&b, "r");
		le(&b, i);
	}
	hs_build_put(&b, HS_SPAN(")\0)\0"));
	for (int i = 0; i < 4; i++)
		raw(&b, HS_SPAN(""));
	le(&b, 1);
	raw(&b, HS_SPAN(""));
	raw(&b, HS_SPAN(""));
	listed_open(&o, pyc, &b);
	assert_int_equal(o.rc, HS_ELIMIT);
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pyc_wins_its_own_bid),
		cmocka_unit_test(pyc_describes_header_and_code),
		cmocka_unit_test(pyc_says_a_hash_instead_of_a_time),
		cmocka_unit_test(pyc_tells_paths_lines_and_code_apart),
		cmocka_unit_test(pyc_survives_every_truncation),
		cmocka_unit_test(pyc_survives_hostile_fields),
		cmocka_unit_test(pyc_ends_with_constants_that_refer_to_one_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
