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
text_of(struct hs_built *b, const struct hs_measure_pcr *only, int exit_status)
{
	const struct hs_explanation e = { .report = &b->report,
		                          .only = only,
		                          .exit_status = exit_status };
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	hs_explain_json(out, &e);
	fclose(out);
	return text;
}

static void
an_explanation_has_a_verdict_and_the_measurements(void **state)
{
	struct hs_built b;
	char *text;

	(void)state;
	hs_built_init(&b, "a\n.tar", "b.eif", "eif");
	b.report.measurements = &build_measurements(&b.arena)->m;
	b.report.complete = true;
	text = text_of(&b, NULL, 1);
	hs_check_has(text, "{\n\"$schema\": \"hashoscope-explanation-1.0.schema.json\",\n"
	                   "\"format\": {\"name\": \"hashoscope-explanation\", \"version\": "
	                   "\"1.0.0\"},\n\"tool\": ");
	hs_check_has(text, "{\"name\": \"a\\\\n.tar\", ");
	hs_check_has(text, "\n\"result\": {\"verdict\": \"different\", \"complete\": true, "
	                   "\"exit_code\": 1, \"incomplete_reasons\": [], \"pcr\": null, "
	                   "\"sentence\": \"PCR0 and PCR2 differ because f differs; PCR1 is the "
	                   "same\", \"measurements\": {\"same\": false, ");
	hs_check_has(text, "\n\"measurements\": [\n{\"id\": \"PCR0\", ");
	free(text);
	hs_built_release(&b);
}

static void
a_pcr_that_was_asked_for_has_the_verdict(void **state)
{
	struct hs_built b;
	char *text;

	(void)state;
	hs_built_init(&b, "a", "b", "eif");
	b.report.measurements = &build_measurements(&b.arena)->m;
	text = text_of(&b, &b.report.measurements->pcrs[1], 3);
	hs_check_has(text, "{\"verdict\": \"same\", \"complete\": false, \"exit_code\": 3, ");
	hs_check_has(text, "\"pcr\": \"PCR1\", \"sentence\": \"PCR1 is the same\", ");
	free(text);
	hs_built_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_explanation_has_a_verdict_and_the_measurements),
		cmocka_unit_test(a_pcr_that_was_asked_for_has_the_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
