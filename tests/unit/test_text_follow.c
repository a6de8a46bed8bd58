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

#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define HEX_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

/* Two archives of one image each, whose layer differs; the manifest is for more. */
struct page {
	struct hs_built b;
	struct hs_ladder ladder;
	struct hs_node *layer, *manifest;
};

static void
start(struct page *p)
{
	p->ladder = (struct hs_ladder){ .n = 1, .rung = HS_RUNG_CONTENT };
	hs_built_init(&p->b, "a", "b", "oci-archive");
	p->b.root->status = HS_STATUS_CONTENT;
	p->ladder.first = build_image_ladder(&p->b.arena, HS_RUNG_CONTENT, "content", "r");
	p->b.report.ladder = &p->ladder;
	p->layer = hs_built_add(&p->b, p->b.root, HS_SPAN("layer[0]"), HS_STATUS_CONTENT);
	hs_built_change(&p->b, p->layer, "descriptor digest", "sha256:" HEX_A, "sha256:" HEX_B);
	hs_built_change(&p->b, p->layer, "descriptor size", "600", "700");
	p->manifest = hs_built_add(&p->b, p->b.root, HS_SPAN("manifest"), HS_STATUS_CONTENT);
	p->manifest->by_field = true;
}

static const char *
text(struct page *p, unsigned verbose)
{
	const struct hs_sink_options options = { .verbose = verbose, .width = 80 };

	return hs_built_write(&p->b, &hs_sink_text, &options);
}

static void
a_document_that_only_names_what_differs_has_no_line(void **state)
{
	struct page p;

	(void)state;
	start(&p);
	hs_built_change(&p.b, p.manifest, ".layers[0].digest", "sha256:" HEX_A, "sha256:" HEX_B);
	hs_built_change(&p.b, p.manifest, ".layers[0].size", "600", "700");
	hs_built_change(&p.b, p.manifest, ".created", "1", "2")->ignored = HS_IGNORE_TIMESTAMPS;
	hs_built_change(&p.b, p.manifest, ".Layers[]", HEX_A ".tar", NULL);
	hs_built_change(&p.b, p.manifest, ".Layers[]", NULL, HEX_B ".tar");
	hs_check_lacks(text(&p, 0), "manifest");
	hs_check_lacks(text(&p, 0), "descriptor");
	hs_check_has(text(&p, 0), "Left out: 6 facts that only follow from others\n");
	hs_check_has(text(&p, 1), "~ manifest");
	hs_check_has(text(&p, 1), "    descriptor size: 600 -> 700\n");
	hs_check_lacks(text(&p, 1), "only follow");
	hs_built_release(&p.b);
}

static void
a_digest_of_no_member_stays(void **state)
{
	struct page p;

	(void)state;
	start(&p);
	hs_built_change(&p.b, p.manifest, ".layers[0].digest", "sha256:" HEX_A, "sha256:" HEX_C);
	hs_built_change(&p.b, p.manifest, ".other", "x-" HEX_A, "y-" HEX_B);
	hs_built_change(&p.b, p.manifest, ".longer", "0" HEX_A, "0" HEX_B);
	hs_built_change(&p.b, p.manifest, ".layers[0].size", "600", "701");
	hs_built_change(&p.b, p.manifest, ".number", "600", "700");
	hs_built_change(&p.b, p.manifest, ".Layers[]", HEX_B, NULL);
	hs_check_has(text(&p, 0), "~ manifest");
	hs_check_has(text(&p, 0), "    - .Layers[]: " HEX_B "\n");
	hs_check_has(text(&p, 0), "    + .layers[0].digest: sha256:" HEX_C "\n"
	                          "    - .other: x-" HEX_A "\n    + .other: y-" HEX_B "\n"
	                          "    - .longer: 0" HEX_A "\n    + .longer: 0" HEX_B "\n"
	                          "    .layers[0].size: 600 -> 701\n"
	                          "    .number: 600 -> 700\n");
	hs_built_release(&p.b);
}

static void
what_is_compressed_otherwise_tells_its_own_digest(void **state)
{
	struct page p;

	(void)state;
	start(&p);
	p.layer->status = HS_STATUS_METADATA;
	hs_built_change(&p.b, p.manifest, ".layers[0].digest", "sha256:" HEX_A, "sha256:" HEX_B);
	hs_check_has(text(&p, 0), "    + descriptor digest: sha256:" HEX_B "\n");
	hs_check_lacks(text(&p, 0), "~ manifest");
	hs_built_release(&p.b);
}

static void
one_time_of_all_members_is_said_once(void **state)
{
	struct page p;
	struct hs_node *other;

	(void)state;
	start(&p);
	hs_built_change(&p.b, p.b.root, "mtimes", "1, all the same", "2, all the same");
	hs_built_change(&p.b, p.layer, "mtime", "1", "2");
	other = hs_built_add(&p.b, p.b.root, HS_SPAN("oci-layout"), HS_STATUS_METADATA);
	hs_built_change(&p.b, other, "mtime", "1", "2");
	hs_built_change(&p.b, p.manifest, "mtime", "1", "3");
	hs_check_lacks(text(&p, 0), "oci-layout");
	hs_check_lacks(text(&p, 0), "mtime: 1 -> 2");
	hs_check_has(text(&p, 0), "    mtime: 1 -> 3\n");
	hs_built_release(&p.b);
}

static void
times_of_the_history_are_said_once(void **state)
{
	struct page p;

	(void)state;
	start(&p);
	hs_built_change(&p.b, p.manifest, "history[0] created", "1", "2");
	hs_built_change(&p.b, p.manifest, "history[1] created", "3", "4");
	hs_built_change(&p.b, p.manifest, "history[1] empty_layer", "true", NULL);
	hs_built_change(&p.b, p.manifest, "history[1] layer", "none", "layer[0]");
	hs_built_change(&p.b, p.manifest, "history[2] empty_layer", "true", NULL);
	hs_built_change(&p.b, p.manifest, "history[3] empty_layer", NULL, "true");
	hs_built_change(&p.b, p.manifest, "history[3] layer", NULL, "none");
	hs_check_has(text(&p, 0), "    history[0] created: 1 -> 2\n"
	                          "    history[1] layer: none -> layer[0]\n"
	                          "    - history[2] empty_layer: true\n"
	                          "    + history[3] layer: none\n");
	hs_built_release(&p.b);
}

static void
files_of_one_format_of_archive_have_a_line_and_no_more(void **state)
{
	struct page p;
	struct hs_node *only;

	(void)state;
	start(&p);
	p.b.root->b.format = "docker-archive";
	only = hs_built_add(&p.b, p.b.root, HS_SPAN("repositories"), HS_STATUS_ONLY_B);
	hs_built_change(&p.b, only, "mode", NULL, "0444");
	hs_built_change(&p.b, only, "media type", NULL, "m");
	hs_built_change(&p.b, only, "link target", NULL, "t");
	hs_built_change(&p.b, p.manifest, "uname", "root", "");
	hs_built_listing(&p.b, only, "text", "@@ 0 0 1 1\n+{}\n");
	hs_check_has(text(&p, 0), "\n+ repositories  data, 10 bytes\n    link target: t\n");
	hs_check_lacks(text(&p, 0), "+{}");
	hs_check_lacks(text(&p, 0), "uname");
	hs_check_has(text(&p, 1), "+{}");
	hs_built_release(&p.b);
}

static void
nothing_follows_where_there_are_no_images(void **state)
{
	struct page p;

	(void)state;
	start(&p);
	p.b.report.ladder = NULL;
	hs_check_has(text(&p, 0), "    descriptor size: 600 -> 700\n");
	hs_built_release(&p.b);
}

static void
what_a_conversion_drops_is_told_by_its_note(void **state)
{
	struct page p;

	(void)state;
	start(&p);
	hs_built_change(&p.b, p.manifest, ".container", "1b2c", NULL);
	hs_check_has(text(&p, 0), ".container");
	hs_built_note(&p.b, p.manifest,
	              (struct hs_note){ .code = "re-serialised", .text = "says the same" });
	hs_check_lacks(text(&p, 0), ".container");
	hs_check_has(text(&p, 0), "says the same");
	hs_check_has(text(&p, 1), ".container");
	hs_built_release(&p.b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_conversion_drops_is_told_by_its_note),
		cmocka_unit_test(a_document_that_only_names_what_differs_has_no_line),
		cmocka_unit_test(a_digest_of_no_member_stays),
		cmocka_unit_test(what_is_compressed_otherwise_tells_its_own_digest),
		cmocka_unit_test(one_time_of_all_members_is_said_once),
		cmocka_unit_test(times_of_the_history_are_said_once),
		cmocka_unit_test(files_of_one_format_of_archive_have_a_line_and_no_more),
		cmocka_unit_test(nothing_follows_where_there_are_no_images),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
