/* SPDX-License-Identifier: Apache-2.0 */
#include "build_ladder.h"
#include "build_report.h"
#include "check_text.h"
#include "sinks/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char *
page(struct hs_built *b, const struct hs_ladder *ladder, unsigned verbose)
{
	const struct hs_sink_options options = { .verbose = verbose, .width = 80 };

	b->root->status = HS_STATUS_CONTENT;
	b->report.ladder = ladder;
	return hs_built_write(b, &hs_sink_text, &options);
}

static void
the_rung_and_the_remedy_stand_below_the_verdict(void **state)
{
	struct hs_ladder ladder = { .n = 1, .rung = HS_RUNG_IMAGE_ID };
	struct hs_built b;
	const char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	ladder.first = build_image_ladder(&b.arena, HS_RUNG_IMAGE_ID, "compression", "recompress");
	text = page(&b, &ladder, 0);
	hs_check_has(text, "differ\n"
	                   "  =  the same image ID; the compression of layers differs\n"
	                   "     recompress\n"
	                   "  a  a");
	hs_check_lacks(text, "sha256:b\n");
	text = page(&b, &ladder, 1);
	hs_check_has(text, "     manifest   differs  sha256:a\n"
	                   "                         sha256:b\n"
	                   "     image-id   same     sha256:a\n");
	hs_built_release(&b);
}

static void
forms_with_one_result_share_a_line(void **state)
{
	struct hs_ladder ladder = { .n = 1, .rung = HS_RUNG_CANONICAL, .only_a = 1 };
	struct hs_built b;
	const char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	ladder.first = build_image_ladder(&b.arena, HS_RUNG_CANONICAL, "timestamps", "r");
	ladder.first->certain = false;
	build_forms(&b.arena, ladder.first);
	text = page(&b, &ladder, 0);
	hs_check_has(text, "the same layers in canonical form; times differ (a rung above could "
	                   "not be checked)\n");
	hs_check_has(text,
	             "     like ggcr: one image, "
	             "sha256:8300000000000000000000000000000000000000000000000000000000000000\n"
	             "     like buildkit -5, buildah -5: layer[1] still differs\n"
	             "     like stabilize: refused for b: a sparse file\n"
	             "     images without a partner: 1 of a, 0 of b\n");
	hs_built_release(&b);
}

static void
forms_that_all_say_no_say_no_more(void **state)
{
	struct hs_form_result no = { .like = "ggcr", .same = HS_ANSWER_NO };
	struct hs_ladder ladder = { .n = 1, .rung = HS_RUNG_CANONICAL };
	struct hs_built b;

	(void)state;
	no.still = "the configuration";
	hs_built_init(&b, "a", "b", "oci-archive");
	ladder.first = build_image_ladder(&b.arena, HS_RUNG_CANONICAL, "timestamps", "r");
	ladder.first->forms = &no;
	ladder.first->n_forms = 1;
	hs_check_has(page(&b, &ladder, 0),
	             "times differ, and so does the configuration\n     r\n  a  a");
	hs_check_has(page(&b, &ladder, 1), "     like ggcr: the configuration still differs\n");
	hs_built_release(&b);
}

static void
a_remedy_is_broken_between_words(void **state)
{
	static const char remedy[] =
		"compress the layers with the same tool and level, or compare by image ID: both "
		"are sha256:0123456789012345678901234567890123456789012345678901234567890123";
	struct hs_ladder ladder = { .n = 1, .rung = HS_RUNG_IMAGE_ID };
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	ladder.first = build_image_ladder(&b.arena, HS_RUNG_IMAGE_ID, "compression", remedy);
	hs_check_has(page(&b, &ladder, 0),
	             "     compress the layers with the same tool and level, or compare by image "
	             "ID:\n     both are\n     sha256:0123456789");
	hs_built_release(&b);
}

static void
several_pairs_have_names_and_a_limit(void **state)
{
	struct hs_ladder ladder = { .n = 8, .rung = HS_RUNG_CONTENT };
	struct hs_image_ladder **at = &ladder.first;
	struct hs_built b;
	const char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "oci-archive");
	for (int i = 0; i < 8; i++) {
		*at = build_image_ladder(&b.arena, HS_RUNG_CONTENT, "content", "r");
		(*at)->ref = HS_SPAN("x\033[31m");
		(*at)->platform = HS_SPAN("linux/arm64");
		at = &(*at)->next;
	}
	text = page(&b, &ladder, 0);
	hs_check_has(text, "  ~  x\\x1b[31m linux/arm64: files differ; "
	                   "no canonical form makes them equal\n");
	hs_check_has(text, "     and 2 more pairs of images, shown with -v\n");
	hs_check_lacks(page(&b, &ladder, 1), "more pairs");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rung_and_the_remedy_stand_below_the_verdict),
		cmocka_unit_test(forms_with_one_result_share_a_line),
		cmocka_unit_test(forms_that_all_say_no_say_no_more),
		cmocka_unit_test(a_remedy_is_broken_between_words),
		cmocka_unit_test(several_pairs_have_names_and_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
