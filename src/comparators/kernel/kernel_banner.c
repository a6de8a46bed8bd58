/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/kernel/kernel_banner.h"

static const struct hs_span prefix = { (const uint8_t *)"Linux version ", 14 };

/* Up to `n` bytes off the front. */
static struct hs_span
take(struct hs_span *rest, size_t n)
{
	const struct hs_span out = hs_span_head(*rest, n);

	*rest = hs_span_from(*rest, n);
	return out;
}

/* A word, and the blank behind it. */
static struct hs_span
take_word(struct hs_span *rest)
{
	size_t n = 0;
	struct hs_span out;

	while (n < rest->len && rest->at[n] != ' ')
		n++;
	out = take(rest, n);
	take(rest, 1);
	return out;
}

/* What parentheses hold that may hold others, and the blank behind them; empty without any. */
static struct hs_span
take_parentheses(struct hs_span *rest)
{
	size_t depth = 0;

	for (size_t i = 0; i < rest->len && rest->at[0] == '('; i++) {
		depth += rest->at[i] == '(';
		depth -= rest->at[i] == ')';
		if (depth > 0)
			continue;
		const struct hs_span all = take(rest, i + 1);

		if (hs_span_starts(*rest, HS_SPAN(" ")))
			take(rest, 1);
		return hs_span_head(hs_span_from(all, 1), all.len - 2);
	}
	return (struct hs_span){ NULL, 0 };
}

/* "compiler, linker", as Linux writes it since 5.8: at the last comma outside parentheses. */
static void
split_tools(struct hs_kernel_banner *out, struct hs_span tools)
{
	size_t depth = 0, comma = 0;

	for (size_t i = 0; i + 1 < tools.len; i++) {
		depth += tools.at[i] == '(';
		depth -= tools.at[i] == ')' && depth > 0;
		if (depth == 0 && tools.at[i] == ',' && tools.at[i + 1] == ' ')
			comma = i;
	}
	out->compiler = comma ? hs_span_head(tools, comma) : tools;
	out->linker = comma ? hs_span_from(tools, comma + 2) : (struct hs_span){ NULL, 0 };
}

/* "SMP PREEMPT_DYNAMIC": words of the configuration that scripts/mkcompile_h puts before the date.
 */
static struct hs_span
take_flags(struct hs_span *rest)
{
	const struct hs_span start = *rest;
	struct hs_span end = start;

	while (hs_span_starts(*rest, HS_SPAN("SMP ")) ||
	       hs_span_starts(*rest, HS_SPAN("PREEMPT"))) {
		take_word(rest);
		end = *rest;
	}
	return start.len > end.len ? hs_span_head(start, start.len - end.len - 1)
	                           : (struct hs_span){ NULL, 0 };
}

bool
hs_kernel_banner_read(struct hs_kernel_banner *out, struct hs_span line)
{
	struct hs_span rest = line, last;

	*out = (struct hs_kernel_banner){ 0 };
	if (hs_span_starts(rest, prefix))
		take(&rest, prefix.len);
	if (hs_span_ends(rest, HS_SPAN("\n")))
		rest.len--;
	out->release = take_word(&rest);
	out->builder = take_parentheses(&rest);
	split_tools(out, take_parentheses(&rest));
	/* What more there may be in parentheses is somebody's patch of the banner. */
	do
		last = take_parentheses(&rest);
	while (last.len);
	if (!hs_span_starts(rest, HS_SPAN("#")))
		return false;
	take(&rest, 1);
	out->number = take_word(&rest);
	out->flags = take_flags(&rest);
	out->date = rest;
	return out->release.len > 0 && out->number.len > 0;
}

/* The line that has these parts; `like` tells which of the two forms it is. */
static struct hs_span
compose(struct hs_arena *a, const struct hs_kernel_banner *b, struct hs_span like)
{
	const struct hs_span none = { NULL, 0 };
	const bool tools = b->compiler.len > 0;
	const struct hs_span pieces[] = {
		hs_span_starts(like, prefix) ? prefix : none,
		b->release,
		HS_SPAN(" ("),
		b->builder,
		tools ? HS_SPAN(") (") : none,
		b->compiler,
		b->linker.len ? HS_SPAN(", ") : none,
		b->linker,
		HS_SPAN(") #"),
		b->number,
		b->flags.len ? HS_SPAN(" ") : none,
		b->flags,
		HS_SPAN(" "),
		b->date,
		hs_span_ends(like, HS_SPAN("\n")) ? HS_SPAN("\n") : none,
	};
	struct hs_span out = none;

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		out = hs_arena_join(a, out, pieces[i]);
	return out;
}

void
hs_say_kernel_banner(struct hs_facts *out, struct hs_span line)
{
	struct hs_kernel_banner b;
	const bool whole = hs_kernel_banner_read(&b, line);
	const struct {
		const char *field;
		struct hs_span value;
	} rows[] = {
		{ "kernel release", b.release }, { "built by", b.builder },
		{ "compiler", b.compiler },      { "linker", b.linker },
		{ "build number", b.number },    { "build flags", b.flags },
		{ "built at", b.date },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].value.len)
			hs_say_value(out, rows[i].field, rows[i].value);
	if (!whole || !hs_span_equal(compose(out->arena, &b, line), line))
		hs_say_value(out, "banner", line);
}
