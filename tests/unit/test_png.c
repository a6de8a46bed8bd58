/* SPDX-License-Identifier: Apache-2.0 */
#include "check_archive.h"
#include "check_bytes.h"
#include "core/crc32.h"
#include "expanded.h"
#include "grow.h"
#include "unit.h"

#include <zlib.h>

static const struct hs_comparator *const png = &hs_comparator_png;

static void
put_be(struct grow *g, uint32_t v)
{
	const uint8_t b[] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8),
		              (uint8_t)v };

	grow_add(g, (struct hs_span){ b, sizeof(b) });
}

static void
put_chunk(struct grow *g, const char *type, struct hs_span data)
{
	put_be(g, (uint32_t)data.len);
	grow_text(g, type);
	grow_add(g, data);
	put_be(g, hs_crc32(hs_span_from(g->bytes, g->bytes.len - data.len - 4)));
}

static struct hs_span
packed(struct hs_arena *a, const char *prefix, size_t n, struct hs_span plain, int level)
{
	struct grow g = { .arena = a };
	uint8_t out[256];
	uLongf size = sizeof(out);

	assert_int_equal(compress2(out, &size, plain.at, plain.len, level), Z_OK);
	grow_add(&g, (struct hs_span){ (const uint8_t *)prefix, n });
	grow_add(&g, (struct hs_span){ out, size });
	return g.bytes;
}

/* Four grey pixels; with `level`, and in so many pieces of IDAT. */
static void
put_picture(struct grow *g, const char *pixels, int level, size_t pieces)
{
	struct hs_span rest =
		packed(g->arena, "", 0, (struct hs_span){ (const uint8_t *)pixels, 6 }, level);

	for (size_t i = 1; i < pieces; i++) {
		put_chunk(g, "IDAT", hs_span_head(rest, 5));
		rest = hs_span_from(rest, 5);
	}
	put_chunk(g, "IDAT", rest);
	put_chunk(g, "IEND", HS_SPAN(""));
}

static void
put_head(struct grow *g, struct hs_arena *a)
{
	*g = (struct grow){ .arena = a };
	grow_text(g, "\x89PNG\r\n\x1a\n");
	put_chunk(g, "IHDR", HS_SPAN("\0\0\0\2\0\0\0\2\x8\0\0\0\0"));
}

static struct hs_span
small(struct hs_arena *a, const char *pixels, int level, size_t pieces)
{
	struct grow g;

	put_head(&g, a);
	put_picture(&g, pixels, level, pieces);
	return g.bytes;
}

static struct hs_span
rich(struct hs_arena *a)
{
	struct grow g;

	put_head(&g, a);
	put_chunk(&g, "gAMA", HS_SPAN("\0\0\xb1\x8f"));
	put_chunk(&g, "pHYs", HS_SPAN("\0\0\x0b\x13\0\0\x0b\x13\1"));
	put_chunk(&g, "tIME", HS_SPAN("\x07\xe8\2\3\4\5\6"));
	put_chunk(&g, "bKGD", HS_SPAN("ab"));
	put_chunk(&g, "tEXt", HS_SPAN("Software\0tool 1"));
	put_chunk(&g, "iTXt", HS_SPAN("Title\0\0\0en\0T\0hello"));
	put_chunk(&g, "zTXt", packed(a, "Comment\0\0", 9, HS_SPAN("hello"), 9));
	put_chunk(&g, "iCCP", packed(a, "sRGB\0\0", 6, HS_SPAN("profile"), 9));
	put_picture(&g, "\0ab\0cd", 6, 3);
	return g.bytes;
}

static void
check_line(struct expanded *o, const char *line)
{
	assert_non_null(strstr(expanded_text(o), line));
}

static void
png_wins_its_bid_and_says_its_header(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct expanded o;
	int rc;

	(void)state;
	check_archive_wins(png, small(&a, "\0ab\0cd", 6, 1));
	expanded_init(&o, png, small(&a, "\0ab\0cd", 6, 1), NULL);
	assert_string_equal(expanded_text(&o),
	                    "width: 2\nheight: 2\nbit depth: 8\ncolour type: 0 (grey)\n"
	                    "compression method: 0\nfilter method: 0\ninterlace method: 0\n"
	                    "order of chunks: IHDR\norder of chunks: IDAT\n"
	                    "order of chunks: IEND\n");
	assert_string_equal(expanded_keys(&o), "pixels\n");
	assert_true(hs_span_equal(expanded_content(&o, expanded_entry(&o, "pixels"), &rc),
	                          HS_SPAN("\0ab\0cd")));
	assert_string_equal(expanded_fact(&o, expanded_entry(&o, "pixels"), "IDAT"), "1 chunk");
	expanded_release(&o);
}

static void
png_says_texts_times_and_profiles(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct expanded o;
	int rc;

	(void)state;
	expanded_init(&o, png, rich(&a), NULL);
	assert_int_equal(o.rc, 0);
	assert_string_equal(expanded_keys(&o), "text Comment\nICC profile\npixels\n");
	check_line(&o, "gamma (gAMA): 0.45455\n");
	check_line(&o, "density (pHYs): 2835 x 2835 per unit 1 (metre)\n");
	check_line(&o, "last modified (tIME): 2024-02-03T04:05:06Z\n");
	check_line(&o, "chunk bKGD: ab\n");
	check_line(&o, "text Software: tool 1\n");
	check_line(&o, "text Title: hello\n");
	assert_true(
		hs_span_is(expanded_content(&o, expanded_entry(&o, "text Comment"), &rc), "hello"));
	assert_true(hs_span_is(expanded_content(&o, expanded_entry(&o, "ICC profile"), &rc),
	                       "profile"));
	assert_non_null(strstr(expanded_fact(&o, expanded_entry(&o, "pixels"), "IDAT"),
	                       "3 chunks of 5 bytes, the last of "));
	expanded_release(&o);
}

static void
png_knows_equal_pixels_however_compressed(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct expanded x, y;
	const struct hs_entry *p, *q;

	(void)state;
	expanded_init(&x, png, small(&a, "\0ab\0cd", 0, 1), NULL);
	expanded_init(&y, png, small(&a, "\0ab\0cd", 9, 2), NULL);
	p = expanded_entry(&x, "pixels");
	q = expanded_entry(&y, "pixels");
	assert_true(hs_span_equal(p->bytes, q->bytes));
	assert_string_not_equal(expanded_fact(&x, p, "compressed"),
	                        expanded_fact(&y, q, "compressed"));
	expanded_release(&x);
	expanded_release(&y);
}

static void
png_tells_every_byte(void **state)
{
	RELEASED struct hs_arena a = { 0 };

	(void)state;
	check_every_byte_counts(png, rich(&a));
}

static void
png_survives_every_truncation(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	const struct hs_span file = rich(&a);

	(void)state;
	check_archive_truncations(png, file, 1, file.len);
	check_archive_survives(png, file, 1);
}

static void
png_refuses_hostile_fields(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct expanded o;
	struct grow g;

	(void)state;
	put_head(&g, &a);
	grow_add(&g, HS_SPAN("\xff\xff\xff\xffIDAT"));
	expanded_init(&o, png, g.bytes, NULL);
	assert_int_equal(o.rc, HS_EFORMAT);
	assert_string_equal(o.err.text, "the chunk at byte 33 is cut short");
	assert_string_equal(expanded_keys(&o), "(unreadable)\n");
	expanded_release(&o);

	put_head(&g, &a);
	put_chunk(&g, "IDAT", HS_SPAN("no zlib stream"));
	put_chunk(&g, "iTXt", HS_SPAN("key"));
	put_chunk(&g, "zTXt", HS_SPAN("key\0"));
	put_chunk(&g, "tIME", HS_SPAN("1"));
	put_chunk(&g, "IEND", HS_SPAN(""));
	grow_text(&g, "more");
	grow_patch(&g, 29, 4, 0);
	expanded_init(&o, png, g.bytes, NULL);
	assert_int_equal(o.rc, 0);
	assert_true(expanded_entry(&o, "pixels")->damaged);
	assert_non_null(expanded_entry(&o, "(after the end)"));
	check_line(&o, "wrong CRC: chunk 1: 0x00000000\n");
	check_line(&o, "chunk iTXt: key\n");
	check_line(&o, "chunk tIME: 1\n");
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(png_wins_its_bid_and_says_its_header),
		cmocka_unit_test(png_says_texts_times_and_profiles),
		cmocka_unit_test(png_knows_equal_pixels_however_compressed),
		cmocka_unit_test(png_tells_every_byte),
		cmocka_unit_test(png_survives_every_truncation),
		cmocka_unit_test(png_refuses_hostile_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
