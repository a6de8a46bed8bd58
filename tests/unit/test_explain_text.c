/* SPDX-License-Identifier: Apache-2.0 */
#include "build_measurements.h"
#include "build_report.h"
#include "check_text.h"
#include "sinks/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

static char *
text_of(struct hs_built *b, struct build_measurements *m, const struct hs_measure_pcr *only)
{
	const struct hs_explanation e = { .report = &b->report, .only = only, .exit_status = 1 };
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	b->report.measurements = &m->m;
	hs_explain_text(out, &e);
	fclose(out);
	return text;
}

static void
a_sentence_then_causes_then_what_is_not_measured(void **state)
{
	struct build_measurements *m;
	struct hs_built b;
	char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	text = text_of(&b, m, NULL);
	assert_string_equal(text,
	                    "PCR0 and PCR2 differ because f differs; PCR1 is the same.\n"
	                    "a is a, b is b.\n"
	                    "\n"
	                    "PCR0, PCR2\n"
	                    "  f in the customer ramdisk has other content\n"
	                    "  mtime of 40 entries in the customer ramdisk differs (a and others)\n"
	                    "\n"
	                    "In no PCR\n"
	                    "  metadata: BuildMetadata.BuildTime\n");
	free(text);
	hs_built_release(&b);
}

static void
one_pcr_is_told_alone(void **state)
{
	struct build_measurements *m;
	struct hs_built b;
	char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	m->causes[0].pcrs = HS_PCR_BIT(0) | HS_PCR_BIT(1);
	m->m.pcrs[1].release_a = "1.3.1 and later";
	text = text_of(&b, m, &m->m.pcrs[2]);
	assert_string_equal(
		text, "PCR2 differs because f differs.\n"
		      "a is a, b is b.\n"
		      "\n"
		      "PCR0, PCR2\n"
		      "  mtime of 40 entries in the customer ramdisk differs (a and others)\n");
	free(text);
	m->m.n_causes = 0;
	text = text_of(&b, m, &m->m.pcrs[1]);
	assert_string_equal(text, "PCR1 is the same.\n"
	                          "\n"
	                          "PCR1 is that of nitro-cli 1.3.1 and later.\n");
	free(text);
	hs_built_release(&b);
}

static void
what_is_left_out_and_remarked_is_said(void **state)
{
	struct build_measurements *m;
	struct hs_built b;
	char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	m = build_measurements(&b.arena);
	m->m.n_more = 7;
	m->remarks[0] = "a remark";
	m->m.n_remarks = 1;
	m->m.pcrs[1].same = false;
	m->m.pcrs[1].release_b = "1.2.0 to 1.3.0";
	text = text_of(&b, m, NULL);
	hs_check_has(text, "  and 7 more\n");
	hs_check_has(text, "\nPCR1 of b is that of nitro-cli 1.2.0 to 1.3.0.\n");
	hs_check_has(text, "\nNote: a remark.\n");
	free(text);
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sentence_then_causes_then_what_is_not_measured),
		cmocka_unit_test(one_pcr_is_told_alone),
		cmocka_unit_test(what_is_left_out_and_remarked_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
