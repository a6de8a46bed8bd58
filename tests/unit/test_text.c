/* SPDX-License-Identifier: Apache-2.0 */
#include "check_text.h"
#include "hostile.h"
#include "sinks/sink.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* Two builds of one image, with one thing of each kind between them. */
static void
build_image(struct hs_built *b)
{
	struct hs_node *config, *layer, *tar, *node;

	hs_built_init(b, "app-1.tar", "app-2.tar", "oci-archive");
	b->root->n_same = 2;
	config = hs_built_add(b, b->root, HS_SPAN("config"), HS_STATUS_CONTENT);
	hs_built_side(config, "json", 1512, 1512);
	hs_built_change(b, config, ".created", "2026-08-01T00:00:00Z", "2026-08-14T00:00:00Z");
	layer = hs_built_add(b, b->root, HS_SPAN("layer[0]"), HS_STATUS_CONTENT);
	hs_built_side(layer, "gzip", 312000, 312005);
	tar = hs_built_add(b, layer, (struct hs_span){ 0 }, HS_STATUS_CONTENT);
	hs_built_side(tar, "tar", 912000, 912000);
	tar->n_same = 1000;
	for (int i = 0; i < 40; i++)
		hs_built_change(b,
		                hs_built_add(b, tar, hs_arena_span(&b->arena, "etc/conf.d/%02d", i),
		                             HS_STATUS_METADATA),
		                "mtime", hs_arena_printf(&b->arena, "2026-08-01T00:00:%02dZ", i),
		                "2026-08-14T00:00:00Z");
	node = hs_built_add(b, tar, HS_SPAN("etc/issue"), HS_STATUS_ONLY_B);
	hs_built_change(b, node, "type", NULL, "file");
	hs_built_change(b, node, "mode", NULL, "0644");
	hs_built_change(b, node, "uid", NULL, "0");
	hs_built_listing(b, node, "text", "@@ 0 0 1 1\n+Welcome\n");
	node = hs_built_add(b, tar, HS_SPAN("etc/motd"), HS_STATUS_CONTENT);
	hs_built_side(node, "text", 12, 14);
	hs_built_change(b, node, "size", "12", "14");
	hs_built_listing(b, node, "text", "@@ 1 2 1 2\n Hello\n-old world\n+new world, now\n");
	node = hs_built_add(b, tar, HS_SPAN("usr/bin/su"), HS_STATUS_METADATA);
	hs_built_change(b, node, "mode", "0755", "4755");
	node = hs_built_add(b, tar, HS_SPAN("usr/lib/b.so"), HS_STATUS_MOVED);
	hs_built_side(node, "elf", 1400000, 1400000);
	node->moved_from = HS_SPAN("usr/lib/a.so");
}

static const char page_of_image[] =
	"DIFFERENT  45 of 1047 entries differ: 2 content, 41 metadata, 1 only in b, 1 moved\n"
	"  a  app-1.tar  oci-archive, 10.0 KiB (10240 bytes)\n"
	"     sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
	"  b  app-2.tar  oci-archive, 10.0 KiB (10240 bytes)\n"
	"     sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
	"\n"
	"~ config  json, 1512 bytes\n"
	"    .created: 2026-08-01T00:00:00Z -> 2026-08-14T00:00:00Z\n"
	"~ layer[0]  tar in gzip, 44 of 1044 members differ\n"
	"  m 40 members: mtime differs (etc/conf.d/00, etc/conf.d/01, ...)\n"
	"      mtime of the first: 2026-08-01T00:00:00Z -> 2026-08-14T00:00:00Z\n"
	"  + etc/issue  data, 10 bytes\n"
	"      mode: 0644  uid: 0\n"
	"      +Welcome\n"
	"  ~ etc/motd  text, 12 -> 14 bytes (+2)\n"
	"      @@ -1,2 +1,2 @@\n"
	"       Hello\n"
	"      -old world\n"
	"      +new world, now\n"
	"  m usr/bin/su  mode: 0755 -> 4755\n"
	"  > usr/lib/b.so  elf, 1.3 MiB, moved from usr/lib/a.so\n"
	"\n"
	"Left out: 40 members folded into 1 line\n"
	"Next: hashoscope -v app-1.tar app-2.tar\n"
	"      hashoscope -o json=report.json app-1.tar app-2.tar\n"
	"      hashoscope cat app-2.tar 'layer[0]!etc/issue'\n";

static void
a_page_of_an_image_says_what_differs_where(void **state)
{
	struct hs_built b;

	(void)state;
	build_image(&b);
	assert_string_equal(page_of_image, hs_built_write(&b, &hs_sink_text, NULL));
	hs_built_release(&b);
}

static void
two_plain_files_are_listed_below_their_operands(void **state)
{
	struct hs_built b;

	(void)state;
	hs_built_init(&b, "a", "b", "text");
	b.root->status = HS_STATUS_CONTENT;
	hs_built_change(&b, b.root, "line ends", "LF", "CR LF");
	hs_built_listing(&b, b.root, "text", "@@ 1 1 1 1\n-x\n+y\n");
	hs_check_has(hs_built_write(&b, &hs_sink_text, NULL),
	             "bbb\n\n  line ends: LF -> CR LF\n\n  @@ -1 +1 @@\n  -x\n  +y\n\nNext: ");
	hs_built_release(&b);
}

static void
an_inspection_is_a_tree_of_facts(void **state)
{
	struct hs_built b;
	struct hs_node *gz, *tar, *node;

	(void)state;
	hs_built_inspection(&b, "app.tar", "oci-archive");
	hs_built_change(&b, b.root, "layers", "1", NULL);
	gz = hs_built_add(&b, b.root, HS_SPAN("layer[0]"), HS_STATUS_SAME);
	hs_built_side(gz, "gzip", 3000, 0);
	hs_built_change(&b, gz, "os", "3", NULL);
	tar = hs_built_add(&b, gz, (struct hs_span){ 0 }, HS_STATUS_SAME);
	hs_built_side(tar, "tar", 9000, 0);
	node = hs_built_add(&b, tar, HS_SPAN("x"), HS_STATUS_SAME);
	hs_built_change(&b, node, "mode", "0644", NULL);
	hs_built_change(&b, node, "uid", "0", NULL);
	hs_check_has(hs_built_write(&b, &hs_sink_text, NULL),
	             "\n\n  layers: 1\n\n"
	             "layer[0]  gzip, 3000 bytes\n"
	             "    os: 3\n"
	             "  (content)  tar, 9000 bytes, 1 member\n"
	             "    x  data, 10 bytes\n"
	             "        mode: 0644  uid: 0\n");
	hs_built_release(&b);
}

/* An input decides how deep the tree is; the sink has to get back from there. */
static void
a_deep_tree_is_walked_without_recursion(void **state)
{
	struct hs_built b;
	struct hs_node *node;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	node = b.root;
	for (int i = 0; i < 2000; i++)
		node = hs_built_add(&b, node, HS_SPAN("d"), HS_STATUS_CONTENT);
	hs_built_add(&b, b.root, HS_SPAN("last"), HS_STATUS_CONTENT);
	hs_check_has(hs_built_write(&b, &hs_sink_text, NULL), "\n~ last  data, 10 bytes\n");
	hs_built_release(&b);
}

static size_t
count_lines(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void
hostile_bytes_are_never_written_raw(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		const struct hs_sink_options options = { .verbose = i & 1 };
		struct hs_built b;
		const char *text;

		hs_hostile_report(&b, i & 2);
		text = hs_built_write(&b, &hs_sink_text, &options);
		assert_null(hs_hostile_find(text));
		/* A newline of an input would make a line that looks like one of ours. */
		assert_true(count_lines(text) < 100);
		hs_check_has(text,
		             "\\x1b[31m\\r\\n\\xc2\\x9b\\xe2\\x80\\xae\\xe2\\x80\\x8b\\xff\\x7f");
		hs_built_release(&b);
	}
}

/* What the heap holds while members go by does not depend on their number. */
static void
a_hundred_thousand_members_are_written_without_being_kept(void **state)
{
	const struct hs_sink_options options = { .verbose = 0 };
	struct hs_sink sink = { .ops = &hs_sink_text,
		                .out = fopen("/dev/null", "w"),
		                .options = &options };
	struct hs_built b;
	struct hs_err err;
	size_t at_start, most = 0;

	(void)state;
	assert_non_null(sink.out);
	hs_built_init(&b, "a.tar", "b.tar", "tar");
	for (int i = 0; i < 100000; i++)
		hs_built_change(&b,
		                hs_built_add(&b, b.root, hs_arena_span(&b.arena, "d/%06d", i),
		                             HS_STATUS_CONTENT),
		                "mtime", "1", "2");
	hs_built_finish(&b);
	sink.report = &b.report;
	sink.ops->begin(&sink);
	at_start = mallinfo2().uordblks;
	sink.ops->enter(&sink, b.root, NULL);
	for (const struct hs_node *n = b.root->first_child; n; n = n->next) {
		const size_t now = (sink.ops->enter(&sink, n, NULL), mallinfo2().uordblks);

		most = now > most ? now : most;
		sink.ops->leave(&sink, n);
	}
	sink.ops->leave(&sink, b.root);
	assert_true(most <= at_start + 256 * 1024);
	assert_int_equal(0, sink.ops->end(&sink, &err));
	fclose(sink.out);
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_of_an_image_says_what_differs_where),
		cmocka_unit_test(two_plain_files_are_listed_below_their_operands),
		cmocka_unit_test(an_inspection_is_a_tree_of_facts),
		cmocka_unit_test(a_deep_tree_is_walked_without_recursion),
		cmocka_unit_test(hostile_bytes_are_never_written_raw),
		cmocka_unit_test(a_hundred_thousand_members_are_written_without_being_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
