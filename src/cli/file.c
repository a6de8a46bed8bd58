/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/file.h"

int
hs_file_open(struct hs_operand *out, const char *file, struct hs_run *run, struct hs_err *err)
{
	const char *why = NULL;

	if (hs_operand_open(out, file, run, err) < 0)
		return err->code;
	if (!out->blob)
		why = "it is a directory";
	else if (out->selector.len)
		why = "there is no such file";
	if (!why)
		return 0;
	hs_operand_release(out);
	hs_fail(err, HS_EUSAGE, "%s", why);
	return hs_fail_in_span(err, hs_span_of(file));
}
