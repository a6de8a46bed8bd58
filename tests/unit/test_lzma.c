/* SPDX-License-Identifier: Apache-2.0 */
#include "build_stream.h"
#include "check_filter.h"
#include "expanded.h"
#include "unit.h"

static void
lzma_wins_its_bid_and_holds_its_content(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 3000);

	(void)state;
	check_filter_content(&hs_comparator_lzma, build_stream(&arena, HS_CODEC_LZMA, plain),
	                     plain);
	check_filter_content(&hs_comparator_lzma, build_stream(&arena, HS_CODEC_LZMA, HS_SPAN("")),
	                     HS_SPAN(""));
}

static void
lzma_refuses_every_truncation(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = HS_SPAN("twelve words of text, twelve words of text");

	(void)state;
	check_filter_truncations(&hs_comparator_lzma, build_stream(&arena, HS_CODEC_LZMA, plain),
	                         plain);
}

static void
lzma_shows_bytes_after_the_end(void **state)
{
	RELEASED struct hs_arena arena = { 0 };
	const struct hs_span plain = build_text(&arena, 100);

	(void)state;
	check_filter_trailing(&hs_comparator_lzma, build_stream(&arena, HS_CODEC_LZMA, plain),
	                      plain);
}

static void
lzma_says_its_properties(void **state)
{
	(void)state;
	check_filter_says(&hs_comparator_lzma,
	                  HS_SPAN("\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff"), 0,
	                  "properties: lc=3 lp=0 pb=2\ndictionary size: 8388608\n"
	                  "content size: not stored\n");
	check_filter_says(
		&hs_comparator_lzma, HS_SPAN("\x5d\0\0\x80\0\5\0\0\0\0\0\0\0"), 0,
		"properties: lc=3 lp=0 pb=2\ndictionary size: 8388608\ncontent size: 5\n");
	check_filter_says(&hs_comparator_lzma, HS_SPAN("\x5d\0\0\x80\0\5\0\0\0\0\0\0"), HS_EFORMAT,
	                  "");
}

/* There is no magic: what no encoder writes is not taken for it. */
static void
lzma_bids_low_and_for_plausible_headers_only(void **state)
{
	static const char plausible[] = "\x5d\0\0\x80\0\5\0\0\0\0\0\0\0\0rest";
	uint8_t at[sizeof(plausible)];

	(void)state;
	assert_int_equal(hs_comparator_lzma.bid((struct hs_span){ (const uint8_t *)plausible, 18 }),
	                 5);
	for (size_t i = 1; i < 14; i++) {
		const bool any_will_do = i >= 5 && i <= 8; /* the low bytes of the size */

		memcpy(at, plausible, sizeof(at));
		at[i] ^= 0xff;
		assert_int_equal(hs_comparator_lzma.bid((struct hs_span){ at, 18 }),
		                 any_will_do ? 5 : 0);
	}
	memcpy(at, plausible, sizeof(at));
	at[0] = 225; /* pb would be 5 */
	assert_int_equal(hs_comparator_lzma.bid((struct hs_span){ at, 18 }), 0);
}

static void
lzma_gives_up_where_its_guess_is_wrong(void **state)
{
	struct expanded o;

	(void)state;
	expanded_init(&o, &hs_comparator_lzma,
	              HS_SPAN("\x5d\0\0\x80\0\5\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff"),
	              NULL);
	assert_int_equal(o.rc, HS_ENOTMINE);
	expanded_release(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lzma_wins_its_bid_and_holds_its_content),
		cmocka_unit_test(lzma_refuses_every_truncation),
		cmocka_unit_test(lzma_shows_bytes_after_the_end),
		cmocka_unit_test(lzma_says_its_properties),
		cmocka_unit_test(lzma_bids_low_and_for_plausible_headers_only),
		cmocka_unit_test(lzma_gives_up_where_its_guess_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
