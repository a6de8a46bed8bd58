/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/explain.h"

#include "sinks/json_measure.h"
#include "sinks/json_node.h"

static void
write_word(struct hs_json *j, const char *key, const char *word)
{
	hs_json_key(j, key);
	hs_json_word(j, word);
}

static void
write_result(struct hs_json *j, const struct hs_explanation *e)
{
	const struct hs_report *r = e->report;
	const bool same = e->only ? e->only->same : r->measurements->same;
	char name[16] = "";

	if (e->only)
		snprintf(name, sizeof(name), "PCR%u", e->only->index);
	hs_json_break(j);
	hs_json_key(j, "result");
	hs_json_open(j, '{');
	write_word(j, "verdict", same ? "same" : "different");
	hs_json_key(j, "complete");
	hs_json_bool(j, r->complete);
	hs_json_key(j, "exit_code");
	hs_json_u64(j, (uint64_t)e->exit_status);
	hs_json_key(j, "incomplete_reasons");
	hs_json_open(j, '[');
	for (size_t i = 0; i < r->n_reasons; i++)
		hs_json_word(j, r->reasons[i]);
	hs_json_close(j, ']');
	write_word(j, "pcr", e->only ? name : NULL);
	write_word(j, "sentence", e->only ? e->only->sentence : r->measurements->sentence);
	hs_json_key(j, "measurements");
	hs_json_measurements(j, r->measurements);
	hs_json_close(j, '}');
}

void
hs_explain_json_write(struct hs_json *j, const struct hs_explanation *e)
{
	hs_json_open(j, '{');
	hs_json_break(j);
	write_word(j, "$schema", "hashoscope-explanation-1.0.schema.json");
	hs_json_break(j);
	hs_json_key(j, "format");
	hs_json_open(j, '{');
	write_word(j, "name", "hashoscope-explanation");
	write_word(j, "version", "1.0.0");
	hs_json_close(j, '}');
	hs_json_head(j, e->report);
	write_result(j, e);
	hs_json_break(j);
	hs_json_key(j, "measurements");
	hs_json_measured(j, e->report->measurements);
	hs_json_break(j);
	hs_json_close(j, '}');
}

void
hs_explain_json(FILE *out, const struct hs_explanation *e)
{
	struct hs_json j = { .out = out };

	hs_explain_json_write(&j, e);
	putc('\n', out);
}
