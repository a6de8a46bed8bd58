/* SPDX-License-Identifier: Apache-2.0 */
#include "build_report.h"
#include "sinks/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
sinks_are_found_by_their_names(void **state)
{
	(void)state;
	assert_ptr_equal(&hs_sink_text, hs_sink_for("text"));
	assert_ptr_equal(&hs_sink_json, hs_sink_for("json"));
	assert_null(hs_sink_for("jso"));
	assert_null(hs_sink_for(""));
	for (size_t i = 0; hs_sink_at(i); i++)
		assert_ptr_equal(hs_sink_at(i), hs_sink_for(hs_sink_at(i)->name));
}

static void
a_full_disk_is_said_by_each_sink(void **state)
{
	(void)state;
	for (size_t i = 0; hs_sink_at(i); i++) {
		struct hs_sink sink = { .ops = hs_sink_at(i), .out = fopen("/dev/full", "w") };
		struct hs_built b;
		struct hs_err err;

		assert_non_null(sink.out);
		hs_built_init(&b, "a", "b", "tar");
		assert_int_equal(HS_EIO, hs_built_emit(&b, sink.ops, NULL, sink.out));
		fputs("more", sink.out);
		assert_int_equal(HS_EIO, hs_sink_finish(&sink, &err));
		assert_non_null(strstr(err.text, "report cannot be written"));
		fclose(sink.out);
		hs_built_release(&b);
	}
}

/* What failed earlier is not forgotten because the last write went well. */
static void
an_early_failure_is_said_at_the_end(void **state)
{
	struct hs_sink sink = { .ops = &hs_sink_json, .out = fopen("/dev/full", "w") };
	struct hs_err err;

	(void)state;
	assert_non_null(sink.out);
	fputs("lost", sink.out);
	fflush(sink.out);
	assert_int_equal(HS_EIO, hs_sink_finish(&sink, &err));
	assert_string_equal("the json report cannot be written", err.text);
	fclose(sink.out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sinks_are_found_by_their_names),
		cmocka_unit_test(a_full_disk_is_said_by_each_sink),
		cmocka_unit_test(an_early_failure_is_said_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
