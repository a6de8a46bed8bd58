/* SPDX-License-Identifier: Apache-2.0 */
#include "core/listing.h"

#include "core/capture.h"
#include "core/encoding.h"
#include "core/hexdiff.h"
#include "core/hunks.h"
#include "core/limits.h"
#include "core/textdiff.h"

#include <inttypes.h>
#include <stdlib.h>

/* The text of one side: its own bytes, or a rendering of them. */
struct text {
	struct hs_capture capture;
	struct hs_span bytes;
	bool rendered;
	const char *why_not; /* in the arena, where there is no text */
};

static bool
is_its_own_rendering(hs_render *render, struct hs_span bytes)
{
	struct hs_text t;

	return !render ||
	       (render == hs_text_render && hs_text_read(&t, bytes) && hs_text_is_plain(&t));
}

static void
make_text(struct text *out, struct hs_arena *a, const struct hs_side *side, hs_render *render)
{
	struct hs_err err;
	FILE *stream;
	int rc;

	*out = (struct text){ .bytes = side->content.bytes };
	if (!side->present || is_its_own_rendering(render, side->content.bytes))
		return;
	stream = hs_capture_open(&out->capture);
	rc = render(stream, side->content.bytes, &err);
	if (fclose(stream) != 0 || out->capture.full)
		out->why_not =
			hs_arena_printf(a, "its text has more than %" PRIu64 " bytes", HS_MAX_TEXT);
	else if (rc < 0)
		out->why_not = hs_arena_printf(a, "%s", err.text);
	out->bytes = (struct hs_span){ out->capture.bytes, out->capture.len };
	out->rendered = true;
}

static struct hs_listing
list_text(struct hs_arena *arena, const struct text *a, const struct text *b,
          const struct hs_listing_options *options)
{
	struct hs_hunks hunks = { .arena = arena, .max_lines = options->max_lines };
	struct hs_listing out = { .view = "text" };
	struct hs_edits edits = { 0 };

	hs_textdiff(&edits, a->bytes, b->bytes);
	hs_textdiff_hunks(&hunks, a->bytes, b->bytes, &edits, options->context);
	hs_edits_release(&edits);
	hs_hunks_take(&out, &hunks, a->rendered || b->rendered);
	return out;
}

static struct hs_listing
list_hex(struct hs_arena *arena, const struct hs_node *node,
         const struct hs_listing_options *options, const char *note)
{
	struct hs_hunks hunks = { .arena = arena, .max_lines = options->max_lines };
	struct hs_listing out = { .view = "hex", .note = note };
	uint64_t unread;

	unread = hs_hexdiff_hunks(&hunks, node->a.content.bytes, node->b.content.bytes,
	                          options->context);
	hs_hunks_take(&out, &hunks, false);
	if (unread > 0)
		out.note = hs_arena_printf(
			arena, "%s%sthe last %" PRIu64 " bytes were not compared line by line",
			note ? note : "", note ? "; " : "", unread);
	return out;
}

static bool
has_long_line(struct hs_span s)
{
	while (s.len > HS_MAX_LINE) {
		const uint8_t *nl = memrchr(s.at, '\n', HS_MAX_LINE + 1);

		if (!nl)
			return true;
		s = hs_span_from(s, (uint64_t)(nl - s.at) + 1);
	}
	return false;
}

/* Whether what differs has lines that people can read. */
static bool
has_short_lines(struct hs_span a, struct hs_span b)
{
	hs_trim_lines(&a, &b);
	return !has_long_line(a) && !has_long_line(b);
}

static bool
is_utf8(struct hs_span file)
{
	struct hs_text t;

	return hs_text_read(&t, file) && t.encoding == HS_ENCODING_UTF8;
}

/* Whether a note says already what the whole difference comes to. */
static bool
is_remarked(const struct hs_node *node)
{
	for (const struct hs_note *n = node->notes; n; n = n->next)
		if (!n->damage && !n->side)
			return true;
	return false;
}

/*
 * The texts where they differ, the files as they stand where only those do
 * and are text as well; else their bytes, with the reason.
 */
static struct hs_listing
list_best(struct hs_arena *arena, const struct hs_node *node, const struct text *a,
          const struct text *b, const struct hs_listing_options *options)
{
	const struct text raw_a = { .bytes = node->a.content.bytes };
	const struct text raw_b = { .bytes = node->b.content.bytes };
	const char *const why = a->why_not ? a->why_not : b->why_not;
	struct hs_listing out;

	if (why)
		return list_hex(arena, node, options,
		                hs_arena_printf(arena, "shown as bytes: on side %c %s",
		                                a->why_not ? 'a' : 'b', why));
	if (!node->a.present || !node->b.present || !hs_span_equal(a->bytes, b->bytes)) {
		if (has_short_lines(a->bytes, b->bytes))
			return list_text(arena, a, b, options);
		return list_hex(arena, node, options,
		                hs_arena_printf(arena,
		                                "shown as bytes: a line that differs is longer "
		                                "than %" PRIu64 " bytes",
		                                HS_MAX_LINE));
	}
	if (!is_utf8(raw_a.bytes) || !is_utf8(raw_b.bytes) ||
	    !has_short_lines(raw_a.bytes, raw_b.bytes))
		return list_hex(arena, node, options,
		                "shown as bytes: as text, both sides are the same");
	out = list_text(arena, &raw_a, &raw_b, options);
	if (!is_remarked(node))
		out.note = "shown as the files have it: laid out alike, both sides are the same";
	return out;
}

struct hs_listing
hs_listing_make(struct hs_arena *a, const struct hs_node *node,
                const struct hs_listing_options *options)
{
	const uint64_t most = HS_MAX_LISTING_LINES;
	const struct hs_listing_options bounded = {
		.context = options->context,
		.max_lines = options->max_lines < most ? options->max_lines : most,
	};
	struct hs_listing out;
	struct text ta, tb;

	if (node->view != HS_VIEW_TEXT)
		return list_hex(a, node, &bounded, NULL);
	make_text(&ta, a, &node->a, node->render_a);
	make_text(&tb, a, &node->b, node->render_b);
	out = list_best(a, node, &ta, &tb, &bounded);
	free(ta.capture.bytes);
	free(tb.capture.bytes);
	return out;
}
