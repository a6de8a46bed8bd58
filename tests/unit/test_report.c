/* SPDX-License-Identifier: Apache-2.0 */
#include "build_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

/* Writes what it is called with into its stream. */
static void
recorder_begin(struct hs_sink *s)
{
	fprintf(s->out, "begin(%s)", s->report->a.name);
}

static void
recorder_enter(struct hs_sink *s, const struct hs_node *node, const struct hs_listing *listing)
{
	fprintf(s->out, " enter(%.*s)", (int)node->name.len, (const char *)node->name.at);
	for (size_t i = 0; listing && i < listing->n_hunks; i++)
		for (size_t k = 0; k < listing->hunks[i].n_lines; k++)
			fprintf(s->out, " %c%.*s", listing->hunks[i].lines[k].op,
			        (int)listing->hunks[i].lines[k].text.len,
			        (const char *)listing->hunks[i].lines[k].text.at);
}

static void
recorder_leave(struct hs_sink *s, const struct hs_node *node)
{
	fprintf(s->out, " leave(%.*s)", (int)node->name.len, (const char *)node->name.at);
}

static int
recorder_end(struct hs_sink *s, struct hs_err *err)
{
	(void)err;
	fputs(" end", s->out);
	fflush(s->out);
	return 0;
}

static int
failing_end(struct hs_sink *s, struct hs_err *err)
{
	fputs(" end", s->out);
	fflush(s->out);
	return hs_fail(err, HS_EIO, "%s", (const char *)s->state);
}

static const struct hs_sink_ops recorder = {
	.name = "recorder",
	.begin = recorder_begin,
	.enter = recorder_enter,
	.leave = recorder_leave,
	.end = recorder_end,
};

static const struct hs_sink_ops failing = {
	.name = "failing",
	.begin = recorder_begin,
	.enter = recorder_enter,
	.leave = recorder_leave,
	.end = failing_end,
};

static const struct hs_listing_options usual = { .context = 3, .max_lines = 100 };

static void
build(struct hs_built *b)
{
	struct hs_node *dir;

	hs_built_init(b, "A", "B", "tar");
	dir = hs_built_add(b, b->root, HS_SPAN("d"), HS_STATUS_CONTENT);
	hs_built_add(b, dir, HS_SPAN("x"), HS_STATUS_CONTENT);
	hs_built_add(b, dir, HS_SPAN("y"), HS_STATUS_CONTENT);
	hs_built_add(b, b->root, HS_SPAN("z"), HS_STATUS_CONTENT);
	hs_built_finish(b);
}

static void
all_sinks_see_the_same_walk(void **state)
{
	static const char want[] = "begin(A) enter() enter(d) enter(x) leave(x) enter(y) leave(y) "
				   "leave(d) enter(z) leave(z) leave() end";
	struct hs_sink sinks[2] = { { .ops = &recorder }, { .ops = &recorder } };
	char *text[2];
	size_t len[2];
	struct hs_built b;
	struct hs_err err;

	(void)state;
	build(&b);
	for (size_t i = 0; i < 2; i++)
		sinks[i].out = open_memstream(&text[i], &len[i]);
	assert_int_equal(0, hs_report_emit(&b.report, sinks, 2, &usual, &err));
	for (size_t i = 0; i < 2; i++) {
		fclose(sinks[i].out);
		assert_string_equal(want, text[i]);
		free(text[i]);
	}
	hs_built_release(&b);
}

static void
listings_are_made_for_nodes_that_have_a_view(void **state)
{
	static const char *const want[] = {
		"begin(A) enter() enter(t) -old +new leave(t) leave() end",
		"begin(A) enter() enter(t) leave(t) leave() end",
	};

	(void)state;
	for (int inspection = 0; inspection < 2; inspection++) {
		struct hs_sink sink = { .ops = &recorder };
		struct hs_built b;
		struct hs_node *node;
		struct hs_err err;
		char *text;
		size_t len;

		hs_built_init(&b, "A", "B", "tar");
		b.report.inspection = inspection;
		node = hs_built_add(&b, b.root, HS_SPAN("t"), HS_STATUS_CONTENT);
		node->b.present = true;
		node->view = HS_VIEW_TEXT;
		node->a.content.bytes = HS_SPAN("old\n");
		node->b.content.bytes = HS_SPAN("new\n");
		sink.out = open_memstream(&text, &len);
		assert_int_equal(0, hs_report_emit(&b.report, &sink, 1, &usual, &err));
		fclose(sink.out);
		assert_string_equal(want[inspection], text);
		free(text);
		hs_built_release(&b);
	}
}

static void
every_sink_is_ended_and_the_first_error_is_kept(void **state)
{
	char one[] = "one", two[] = "two";
	struct hs_sink sinks[3] = {
		{ .ops = &failing, .state = one },
		{ .ops = &failing, .state = two },
		{ .ops = &recorder },
	};
	char *text[3];
	size_t len[3];
	struct hs_built b;
	struct hs_err err;

	(void)state;
	build(&b);
	for (size_t i = 0; i < 3; i++)
		sinks[i].out = open_memstream(&text[i], &len[i]);
	assert_int_equal(HS_EIO, hs_report_emit(&b.report, sinks, 3, &usual, &err));
	assert_string_equal("one", err.text);
	for (size_t i = 0; i < 3; i++) {
		fclose(sinks[i].out);
		assert_string_equal(" end", text[i] + len[i] - strlen(" end"));
		free(text[i]);
	}
	hs_built_release(&b);
}

static void
counter_enter(struct hs_sink *s, const struct hs_node *node, const struct hs_listing *listing)
{
	(void)node;
	(void)listing;
	++*(unsigned *)s->state;
	putc('x', s->out);
}

/* A reader that went away must not cost the making of all that it will not read. */
static void
a_walk_ends_when_nobody_reads_it(void **state)
{
	static const struct hs_sink_ops counter = {
		.name = "counter",
		.begin = recorder_begin,
		.enter = counter_enter,
		.leave = recorder_leave,
		.end = recorder_end,
	};
	unsigned n[2] = { 0, 0 };
	struct hs_sink sinks[2] = {
		{ .ops = &counter, .state = &n[0], .out = fopen("/dev/full", "w") },
		{ .ops = &counter, .state = &n[1], .out = fopen("/dev/null", "w") },
	};
	struct hs_built b;
	struct hs_err err;

	(void)state;
	assert_non_null(sinks[0].out);
	assert_non_null(sinks[1].out);
	setvbuf(sinks[0].out, NULL, _IONBF, 0);
	build(&b);
	assert_int_equal(0, hs_report_emit(&b.report, sinks, 1, &usual, &err));
	assert_int_equal(0, n[0]);
	assert_int_equal(0, hs_report_emit(&b.report, sinks, 2, &usual, &err));
	assert_int_equal(5, n[1]);
	fclose(sinks[0].out);
	fclose(sinks[1].out);
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_sinks_see_the_same_walk),
		cmocka_unit_test(listings_are_made_for_nodes_that_have_a_view),
		cmocka_unit_test(every_sink_is_ended_and_the_first_error_is_kept),
		cmocka_unit_test(a_walk_ends_when_nobody_reads_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
