/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report for programs (docs/report-format.md), written while the nodes
 * go by: one line a node, so that two reports can be compared by lines.
 * Nothing of a node is kept. The diagnostics, which come last, are found by a
 * second walk.
 */
#include "sinks/json_ladder.h"
#include "sinks/json_measure.h"
#include "sinks/json_node.h"
#include "sinks/sink.h"

#include <stdlib.h>

struct json_state {
	struct hs_json json;
	struct hs_arena scratch;
};

static void
write_empty_array(struct hs_json *j, const char *key)
{
	hs_json_break(j);
	hs_json_key(j, key);
	hs_json_open(j, '[');
	hs_json_close(j, ']');
}

static void
write_who(struct hs_json *j, const struct hs_report *report)
{
	hs_json_break(j);
	hs_json_key(j, "format");
	hs_json_open(j, '{');
	hs_json_key(j, "name");
	hs_json_word(j, report->inspection ? "hashoscope-inspection" : "hashoscope-report");
	hs_json_key(j, "version");
	hs_json_word(j, report->inspection ? "1.0.0" : "1.0.2");
	hs_json_close(j, '}');
	hs_json_head(j, report);
}

/* "same" is only said of what was compared to the end. */
static const char *
verdict(const struct hs_report *report)
{
	if (!report->same)
		return "different";
	return report->complete ? "same" : "incomplete";
}

/* How many differences are ignored, by reason. */
static void
write_ignored(struct hs_json *j, const struct hs_report *report)
{
	hs_json_key(j, "ignored");
	hs_json_open(j, '{');
	for (size_t i = 0; i < HS_N_IGNORE; i++) {
		if (report->n_ignored[i] == 0)
			continue;
		hs_json_key(j, hs_ignore_name((enum hs_ignore)(1U << i)));
		hs_json_u64(j, report->n_ignored[i]);
	}
	hs_json_close(j, '}');
}

static void
write_result(struct hs_json *j, const struct hs_report *report)
{
	hs_json_break(j);
	hs_json_key(j, "result");
	hs_json_open(j, '{');
	if (!report->inspection) {
		hs_json_key(j, "verdict");
		hs_json_word(j, verdict(report));
	}
	hs_json_key(j, "complete");
	hs_json_bool(j, report->complete);
	hs_json_key(j, "exit_code");
	hs_json_u64(j, (uint64_t)report->exit_status);
	hs_json_key(j, "incomplete_reasons");
	hs_json_open(j, '[');
	for (size_t i = 0; i < report->n_reasons; i++)
		hs_json_word(j, report->reasons[i]);
	hs_json_close(j, ']');
	if (!report->inspection) {
		hs_json_key(j, "ladder");
		hs_json_ladder(j, report->ladder);
		write_ignored(j, report);
		hs_json_key(j, "measurements");
		hs_json_measurements(j, report->measurements);
	}
	hs_json_close(j, '}');
}

static void
write_count(struct hs_json *j, const char *key, uint64_t count)
{
	hs_json_key(j, key);
	hs_json_u64(j, count);
}

static void
write_summary(struct hs_json *j, const struct hs_report *report)
{
	const struct hs_summary *s = &report->summary;

	hs_json_break(j);
	hs_json_key(j, "summary");
	hs_json_open(j, '{');
	write_count(j, "entries", s->entries);
	if (!report->inspection) {
		write_count(j, "identical", s->same);
		write_count(j, "content", s->content);
		write_count(j, "metadata", s->metadata);
		write_count(j, "only_a", s->only_a);
		write_count(j, "only_b", s->only_b);
		write_count(j, "moved", s->moved);
		write_count(j, "ignored", s->ignored);
	}
	write_count(j, "unreadable", s->damaged);
	hs_json_close(j, '}');
}

static void
json_begin(struct hs_sink *s)
{
	struct json_state *state = hs_alloc(sizeof(*state));
	struct hs_json *j = &state->json;

	s->state = state;
	j->out = s->out;
	/* Keeps a first block, which would else be got and let go for each node. */
	hs_arena_alloc(&state->scratch, 1);
	hs_json_open(j, '{');
	hs_json_break(j);
	hs_json_key(j, "$schema");
	hs_json_word(j, s->report->inspection ? "hashoscope-inspection-1.0.schema.json"
	                                      : "hashoscope-report-1.0.schema.json");
	write_who(j, s->report);
	write_result(j, s->report);
	write_summary(j, s->report);
	if (!s->report->inspection) {
		hs_json_break(j);
		hs_json_key(j, "measurements");
		hs_json_measured(j, s->report->measurements);
		write_empty_array(j, "causes");
	}
	hs_json_break(j);
	hs_json_key(j, "nodes");
	hs_json_open(j, '[');
}

static void
json_enter(struct hs_sink *s, const struct hs_node *node, const struct hs_listing *listing)
{
	struct json_state *state = s->state;

	hs_json_break(&state->json);
	if (s->report->inspection)
		hs_json_inspected(&state->json, &state->scratch, node);
	else
		hs_json_node(&state->json,
		             &(struct hs_json_context){ &state->scratch, s->report->measurements },
		             node, listing);
}

/* All that there is of a node is known, and written, when it is entered. */
static void
json_leave(struct hs_sink *s, const struct hs_node *node)
{
	(void)s;
	(void)node;
}

static void
write_diagnostic(struct hs_json *j, const struct hs_node *node, const struct hs_note *note)
{
	hs_json_break(j);
	hs_json_open(j, '{');
	hs_json_key(j, "level");
	hs_json_word(j, "error");
	hs_json_key(j, "code");
	hs_json_word(j, note->code);
	hs_json_key(j, "message");
	hs_json_word(j, note->text);
	hs_json_key(j, "node");
	hs_json_id(j, node);
	hs_json_key(j, "side");
	hs_json_side_name(j, note->side);
	hs_json_close(j, '}');
}

static void
write_diagnostics(struct hs_json *j, const struct hs_report *report)
{
	bool any = false;

	hs_json_break(j);
	hs_json_key(j, "diagnostics");
	hs_json_open(j, '[');
	for (const struct hs_node *n = report->root; n; n = hs_node_next(n)) {
		for (const struct hs_note *note = n->notes; note; note = note->next) {
			if (note->damage) {
				write_diagnostic(j, n, note);
				any = true;
			}
		}
	}
	if (any)
		hs_json_break(j);
	hs_json_close(j, ']');
}

static int
json_end(struct hs_sink *s, struct hs_err *err)
{
	struct json_state *state = s->state;
	struct hs_json *j = &state->json;

	hs_json_break(j);
	hs_json_close(j, ']');
	write_diagnostics(j, s->report);
	hs_json_break(j);
	hs_json_close(j, '}');
	putc('\n', s->out);
	hs_arena_release(&state->scratch);
	free(state);
	s->state = NULL;
	return hs_sink_finish(s, err);
}

const struct hs_sink_ops hs_sink_json = {
	.name = "json",
	.begin = json_begin,
	.enter = json_enter,
	.leave = json_leave,
	.end = json_end,
};
