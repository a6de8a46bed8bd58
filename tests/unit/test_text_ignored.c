/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "build_report.h"
#include "sinks/sink.h"

/* The text below the digests of the operands. */
static const char *
body_of(const char *text)
{
	const char *b = strstr(text, "\n  b  ");

	assert_non_null(b);
	b = strstr(b, "sha256:");
	assert_non_null(b);
	return strchr(b, '\n') + 1;
}

static struct hs_node *
add_ignored(struct hs_built *b, const char *name, enum hs_ignore why)
{
	struct hs_node *n = hs_built_add(b, b->root, hs_span_of(name), HS_STATUS_METADATA);

	hs_built_change(b, n, "mtime", "1", "2")->ignored = (uint16_t)why;
	n->ignored = (uint16_t)why;
	b->root->n_ignored++;
	b->report.n_ignored[why == HS_IGNORE_TIMESTAMPS ? 0 : HS_N_IGNORE - 1]++;
	return n;
}

static void
ignored_members_are_told_in_one_line(void **state)
{
	struct hs_built b;
	struct hs_node *real;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	add_ignored(&b, "x", HS_IGNORE_TIMESTAMPS);
	real = hs_built_add(&b, b.root, HS_SPAN("y"), HS_STATUS_METADATA);
	hs_built_change(&b, real, "mode", "0644", "0600");
	hs_built_change(&b, real, "mtime", "1", "2")->ignored = HS_IGNORE_TIMESTAMPS;
	b.report.n_ignored[0]++;
	add_ignored(&b, "z", HS_IGNORE_DERIVED);
	b.root->status = HS_STATUS_CONTENT;
	assert_string_equal(body_of(hs_built_write(&b, &hs_sink_text, NULL)),
	                    "  ignored: 3 differences (--ignore-timestamps 2, 1 that follows)\n"
	                    "\n"
	                    "2 members differ only in what is ignored (timestamps)\n"
	                    "m y  mode: 0644 -> 0600\n"
	                    "    [1 more difference ignored: timestamps]\n"
	                    "\n"
	                    "Next: hashoscope -o json=report.json a b\n");
	hs_built_release(&b);
}

static void
all_ignored_is_the_same_and_says_so(void **state)
{
	struct hs_built b;
	const char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	add_ignored(&b, "x", HS_IGNORE_TIMESTAMPS);
	b.root->status = HS_STATUS_CONTENT;
	b.root->ignored = HS_IGNORE_TIMESTAMPS;
	text = hs_built_write(&b, &hs_sink_text, NULL);
	assert_ptr_equal(text, strstr(text, "SAME apart from what is ignored: 1 difference "
	                                    "(--ignore-timestamps 1)\n"));
	assert_string_equal(body_of(text),
	                    "\n1 member differs only in what is ignored (timestamps)\n");
	hs_built_release(&b);
}

static void
with_v_it_is_shown_and_marked(void **state)
{
	const struct hs_sink_options options = { .verbose = 1 };
	struct hs_built b;
	struct hs_node *n;

	(void)state;
	hs_built_init(&b, "a", "b", "tar");
	n = add_ignored(&b, "x", HS_IGNORE_TIMESTAMPS);
	n->a.has_sha256 = n->b.has_sha256 = false;
	b.root->status = HS_STATUS_CONTENT;
	b.root->ignored = HS_IGNORE_TIMESTAMPS;
	assert_string_equal(body_of(hs_built_write(&b, &hs_sink_text, &options)),
	                    "\nm x  mtime: 1 -> 2  [ignored: timestamps]\n");
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ignored_members_are_told_in_one_line),
		cmocka_unit_test(all_ignored_is_the_same_and_says_so),
		cmocka_unit_test(with_v_it_is_shown_and_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
