/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/language/class_attributes.h"

#include "class_text.h"
#include "build_bytes.h"

#include <stdarg.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

static const char *const names[] = { "Exceptions",
	                             "InnerClasses",
	                             "MethodParameters",
	                             "RuntimeVisibleAnnotations",
	                             "Record",
	                             "AnnotationDefault",
	                             "StackMapTable",
	                             "Signature",
	                             "Made.By.Me",
	                             "LA;",
	                             "e",
	                             "" };

enum {
	EXCEPTIONS = 1,
	INNER,
	PARAMETERS,
	ANNOTATIONS,
	RECORD,
	DEFAULT,
	FRAMES,
	SIGNATURE,
	UNKNOWN
};

static void
write(FILE *out, const struct hs_class *k, struct hs_span bytes)
{
	assert_false(hs_class_attributes_write(out, k, (struct hs_cursor){ .rest = bytes }).cut);
}

static void
check(unsigned name, struct hs_span bytes, const char *want)
{
	struct hs_arena arena = { 0 };
	const struct hs_class k = class_of(&arena, names);
	struct hs_build b = { 0 };
	char *text;

	hs_build_be(&b, 1, 2);
	hs_build_be(&b, name, 2);
	hs_build_be(&b, bytes.len, 4);
	hs_build_put(&b, bytes);
	text = class_text(&k, hs_build_span(&b), write);
	if (want[strlen(want) - 1] == '\n')
		assert_string_equal(text, want);
	else
		assert_memory_equal(text, want, strlen(want));
	free(text);
	hs_build_release(&b);
	hs_arena_release(&arena);
}

static void
attributes_are_said_in_words(void **state)
{
	(void)state;
	check(EXCEPTIONS, HS_SPAN("\0\2\0\x0a\0\x0b"), "Exceptions: LA; e\n");
	check(INNER, HS_SPAN("\0\1\0\x0a\0\0\0\x0b\0\1"), "InnerClasses:\n    LA; none e 1\n");
	check(PARAMETERS, HS_SPAN("\1\0\x0b\0\x10"), "MethodParameters:\n    e 16\n");
	check(SIGNATURE, HS_SPAN("\0\x0a"), "Signature: LA;\n");
	check(ANNOTATIONS,
	      HS_SPAN("\0\1\0\x0a\0\1\0\x0b[\0\2s\0\x0a"
	              "e\0\x0a\0\x0b"),
	      "RuntimeVisibleAnnotations: @ LA; e = [ LA; LA; e ]\n");
	check(DEFAULT, HS_SPAN("@\0\x0a\0\0"), "AnnotationDefault: @ LA;\n");
	check(FRAMES, HS_SPAN("\0\4\x05\xf7\0\2\7\0\x0a\xfd\0\3\1\4\xff\0\4\0\1\x08\0\2\0\1\3"),
	      "StackMapTable: (frame 5) (frame 247 after 2 LA;) (frame 253 after 3 int long) "
	      "(frame 255 after 4 new at 2 / double)\n");
}

static void
records_hold_attributes_of_their_own(void **state)
{
	(void)state;
	check(RECORD, HS_SPAN("\0\1\0\x0b\0\x0a\0\1\0\x08\0\0\0\2\0\x0a"),
	      "Record:\n    e LA; {\nSignature: LA;\n}\n");
}

static void
what_has_no_words_is_a_digest(void **state)
{
	(void)state;
	check(UNKNOWN, HS_SPAN("abc"),
	      "Made.By.Me: 3 bytes, "
	      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
	check(EXCEPTIONS, HS_SPAN("\0\2\0\x0a"), "Exceptions: LA; none and what does not fit: 4 ");
	check(SIGNATURE, HS_SPAN("\0\x0a!"), "Signature: LA; and what does not fit: 3 bytes");
	check(FRAMES, HS_SPAN("\0\1\x40\x63"), "StackMapTable: (frame 64) and what does not fit:");
}

/* Arrays in arrays, records in records: they end. */
static void
depth_is_limited(void **state)
{
	struct hs_build b = { 0 };

	(void)state;
	for (int i = 0; i < 4096; i++)
		hs_build_put(&b, HS_SPAN("[\0\1"));
	check(DEFAULT, hs_build_span(&b), "AnnotationDefault: [ [");
	b.len = 0;
	for (uint64_t i = 4096; i > 0; i--) {
		hs_build_put(&b, HS_SPAN("\0\1\0\x0b\0\x0a\0\1\0\5"));
		hs_build_be(&b, (i - 1) * 14, 4);
	}
	check(RECORD, hs_build_span(&b), "Record:\n    e LA; {\nRecord:");
	hs_build_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attributes_are_said_in_words),
		cmocka_unit_test(records_hold_attributes_of_their_own),
		cmocka_unit_test(what_has_no_words_is_a_digest),
		cmocka_unit_test(depth_is_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
