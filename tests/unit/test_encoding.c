/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "core/capture.h"
#include "core/encoding.h"

#include <stdlib.h>

/* A literal with its NULs. */
#define ROW(literal) HS_SPAN(literal)

static void
encoding_tells_texts_from_other_bytes(void **state)
{
	const struct {
		struct hs_span file;
		unsigned guess;
		enum hs_encoding encoding;
	} rows[] = {
		{ ROW(""), 0, 0 },
		{ ROW("a"), 3, HS_ENCODING_UTF8 },
		{ ROW("a\tb\r\n\f\x1b[0m"), 3, HS_ENCODING_UTF8 },
		{ ROW("gr\xc3\xbc\xc3\x9f\n"), 3, HS_ENCODING_UTF8 },
		{ ROW("\xef\xbb\xbfx"), 3, HS_ENCODING_UTF8 },
		{ ROW("\xef\xbb\xbf"), 3, HS_ENCODING_UTF8 },
		{ ROW("\xff\xfe\x61\0\x0a\0"), 2, HS_ENCODING_UTF16LE },
		{ ROW("\xfe\xff\0\x61\0\x0a"), 2, HS_ENCODING_UTF16BE },
		{ ROW("\xff\xfe\x3d\xd8\x00\xde"), 2, HS_ENCODING_UTF16LE },
		{ ROW("gr\xfc\xdf dich\n"), 1, HS_ENCODING_8BIT },
		{ ROW("\xff\xfe\x61"), 0, 0 },
		{ ROW("\xff\xfe\x3d\xd8\x61\0"), 0, 0 },
		{ ROW("\xff\xfe\x3d\xd8"), 0, 0 },
		{ ROW("\xff\xfe\x00\xde"), 0, 0 },
		{ ROW("\xff\xfe\0\0"), 0, 0 },
		{ ROW("a\0b"), 0, 0 },
		{ ROW("a\1b"), 0, 0 },
		{ ROW("a\x7f"), 0, 0 },
		{ ROW("\xfc\xdf\xe4\xf6"), 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hs_span file = exact_copy(rows[i].file, rows[i].file.len);
		struct hs_text t;

		assert_int_equal(hs_text_guess(file), rows[i].guess);
		assert_int_equal(hs_text_read(&t, file), rows[i].guess > 0);
		if (rows[i].guess)
			assert_int_equal(t.encoding, rows[i].encoding);
		free((void *)(uintptr_t)file.at);
	}
}

static void
encoding_is_guessed_from_both_ends(void **state)
{
	enum { N = 300001 };
	uint8_t *text = hs_alloc(N + 1);
	const struct hs_span file = { text, N };
	struct hs_text t;

	(void)state;
	/* Three bytes a character: wherever a sample ends, it cuts one. */
	for (size_t shift = 0; shift < 3; shift++) {
		memset(text, 'x', N);
		for (size_t i = shift; i + 3 <= N; i += 3)
			memcpy(text + i, "\xe2\x82\xac", 3);
		assert_int_equal(hs_text_guess(file), 3);
	}
	text[N / 2] = 0;
	assert_int_equal(hs_text_guess(file), 3);
	assert_false(hs_text_read(&t, file));
	text[N - 5] = 0;
	assert_int_equal(hs_text_guess(file), 0);

	memcpy(text, "\xff\xfe", 2);
	for (size_t i = 2; i + 4 <= N; i += 4)
		memcpy(text + i, "\x3d\xd8\x00\xde", 4);
	assert_int_equal(hs_text_guess(hs_span_head(file, 2 + 4 * 70000)), 2);
	assert_int_equal(hs_text_guess(hs_span_head(file, 2 + 4 * 70000 - 1)), 0);
	memcpy(text + 2, "a", 2);
	for (size_t i = 4; i + 4 <= N; i += 4)
		memcpy(text + i, "\x3d\xd8\x00\xde", 4);
	assert_int_equal(hs_text_guess(hs_span_head(file, 4 + 4 * 70000)), 2);
	free(text);
}

static void
encoding_counts_line_ends(void **state)
{
	const struct {
		struct hs_span file;
		unsigned lf, crlf, cr, lines;
		bool final_newline, plain;
	} rows[] = {
		{ ROW("a"), 0, 0, 0, 1, false, true },
		{ ROW("a\nb\n"), 2, 0, 0, 2, true, true },
		{ ROW("a\nb"), 1, 0, 0, 2, false, true },
		{ ROW("a\r\nb\r\r\n\nc\r"), 1, 2, 2, 5, true, false },
		{ ROW("\xef\xbb\xbf\n"), 1, 0, 0, 1, true, false },
		{ ROW("\xef\xbb\xbf"), 0, 0, 0, 0, false, false },
		{ ROW("\xff\xfe\r\0\n\0\n\0\r\0x\0"), 1, 1, 1, 4, false, false },
		{ ROW("na\xefve\n"), 1, 0, 0, 1, true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_text t;

		assert_true(hs_text_read(&t, rows[i].file));
		assert_int_equal(t.lf, rows[i].lf);
		assert_int_equal(t.crlf, rows[i].crlf);
		assert_int_equal(t.cr, rows[i].cr);
		assert_int_equal(t.lines, rows[i].lines);
		assert_int_equal(t.final_newline, rows[i].final_newline);
		assert_int_equal(hs_text_is_plain(&t), rows[i].plain);
	}
}

static void
encoding_is_undone_in_what_is_written(void **state)
{
	const struct {
		struct hs_span file;
		const char *plain, *with_ends;
	} rows[] = {
		/* clang-format off */
		{ ROW("a\nb"), "a\nb", "a\nb" },
		{ ROW("\xef\xbb\xbf" "a\r\nb\rc\n\r"), "a\nb\nc\n\n", "a\r\nb\rc\n\r" },
		{ ROW("stra\xdf" "e\r\n"), "stra\xc3\x9f" "e\n", "stra\xc3\x9f" "e\r\n" },
		{ ROW("\xff\xfe" "a\0\r\0\n\0\r\0\xac\x20\n\0"), "a\n\n\xe2\x82\xac\n",
		  "a\r\n\r\xe2\x82\xac\n" },
		{ ROW("\xfe\xff\xd8\x3d\xde\0\0\xe9\0\n\0\n"), "\xf0\x9f\x98\x80\xc3\xa9\n\n",
		  "\xf0\x9f\x98\x80\xc3\xa9\n\n" },
		/* clang-format on */
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_capture c;
		FILE *out = hs_capture_open(&c);
		struct hs_text t;

		assert_true(hs_text_read(&t, rows[i / 2].file));
		hs_text_write(out, &t, i % 2);
		assert_int_equal(fclose(out), 0);
		assert_span((struct hs_span){ c.bytes, c.len },
		            i % 2 ? rows[i / 2].with_ends : rows[i / 2].plain);
		free(c.bytes);
	}
}

static void
encoding_renders_text_alone(void **state)
{
	struct hs_capture c;
	FILE *out = hs_capture_open(&c);
	struct hs_err err;

	(void)state;
	assert_int_equal(hs_text_render(out, ROW("a\0b"), &err), HS_ENOTMINE);
	assert_int_equal(hs_text_render(out, ROW("a\r\n"), &err), 0);
	fclose(out);
	assert_span((struct hs_span){ c.bytes, c.len }, "a\n");
	free(c.bytes);
}

static void
encoding_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(hs_encoding_name(HS_ENCODING_UTF8), "UTF-8");
	assert_string_equal(hs_encoding_name(HS_ENCODING_8BIT), "8-bit, not UTF-8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encoding_tells_texts_from_other_bytes),
		cmocka_unit_test(encoding_is_guessed_from_both_ends),
		cmocka_unit_test(encoding_counts_line_ends),
		cmocka_unit_test(encoding_is_undone_in_what_is_written),
		cmocka_unit_test(encoding_renders_text_alone),
		cmocka_unit_test(encoding_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
