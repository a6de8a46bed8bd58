/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/json_ladder.h"

#include <inttypes.h>
#include <stdio.h>

static const char *
answer_name(enum hs_answer answer)
{
	static const char *const names[] = {
		[HS_ANSWER_SKIPPED] = NULL,
		[HS_ANSWER_YES] = "yes",
		[HS_ANSWER_NO] = "no",
		[HS_ANSWER_UNKNOWN] = "unknown",
	};

	return names[answer];
}

static void
write_span(struct hs_json *j, const char *key, struct hs_span text)
{
	hs_json_key(j, key);
	if (text.len)
		hs_json_shown(j, text);
	else
		hs_json_null(j);
}

static void
write_word(struct hs_json *j, const char *key, const char *word)
{
	hs_json_key(j, key);
	hs_json_word(j, word);
}

static void
write_rungs(struct hs_json *j, const struct hs_image_ladder *l)
{
	hs_json_key(j, "rungs");
	hs_json_open(j, '[');
	for (int i = 0; i < HS_RUNG_CONTENT; i++) {
		hs_json_open(j, '{');
		write_word(j, "rung", hs_rung_name((enum hs_rung)i));
		write_word(j, "same", answer_name(l->rungs[i].same));
		write_span(j, "a", l->rungs[i].a);
		write_span(j, "b", l->rungs[i].b);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
write_form(struct hs_json *j, const struct hs_form_result *f)
{
	char text[HS_SHA256_HEX + 8], hex[HS_SHA256_HEX];

	hs_json_open(j, '{');
	write_word(j, "like", f->like);
	hs_json_key(j, "time");
	if (f->has_time)
		hs_json_i64(j, f->time);
	else
		hs_json_null(j);
	write_word(j, "same", answer_name(f->same));
	snprintf(text, sizeof(text), "sha256:%s", hs_sha256_hex(hex, &f->image_id));
	write_word(j, "image_id", f->same == HS_ANSWER_YES ? text : NULL);
	write_word(j, "still", f->still);
	hs_json_close(j, '}');
}

static void
write_image(struct hs_json *j, const struct hs_image_ladder *l)
{
	hs_json_open(j, '{');
	write_span(j, "ref", l->ref);
	write_span(j, "platform", l->platform);
	write_word(j, "rung", hs_rung_name(l->rung));
	hs_json_key(j, "certain");
	hs_json_bool(j, l->certain);
	write_word(j, "cause", l->cause);
	write_word(j, "remedy", l->remedy);
	write_rungs(j, l);
	hs_json_key(j, "forms");
	hs_json_open(j, '[');
	for (size_t i = 0; i < l->n_forms; i++)
		write_form(j, &l->forms[i]);
	hs_json_close(j, ']');
	hs_json_close(j, '}');
}

void
hs_json_ladder(struct hs_json *j, const struct hs_ladder *ladder)
{
	if (!ladder) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	write_word(j, "rung", hs_rung_name(ladder->rung));
	hs_json_key(j, "only_a");
	hs_json_u64(j, ladder->only_a);
	hs_json_key(j, "only_b");
	hs_json_u64(j, ladder->only_b);
	hs_json_key(j, "images");
	hs_json_open(j, '[');
	for (const struct hs_image_ladder *l = ladder->first; l; l = l->next)
		write_image(j, l);
	hs_json_close(j, ']');
	hs_json_close(j, '}');
}
