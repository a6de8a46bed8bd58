/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include "engine/compare.h"

/* An archive of an image beside an empty one: through the views, down to each entry of each layer.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_blob blob = { .bytes = { data, size }, .refs = 2 };
	struct hs_blob none = { .bytes = HS_SPAN(""), .refs = 2 };
	const struct hs_operand a = { .name = "a", .blob = &blob, .dir = -1 };
	const struct hs_operand b = { .name = "b", .blob = &none, .dir = -1 };
	struct hs_run *shared = hs_fuzz_run();
	struct hs_run run;
	struct hs_report report = { 0 };
	const struct hs_compare_options options = { 0 };

	/* Of its own: a report lives as long as its run. */
	hs_run_init(&run, &shared->limits, 1, NULL);
	hs_compare(&report, &run, &a, &b, &options);
	hs_report_release(&report);
	hs_run_release(&run);
	return 0;
}
