/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text: lines of characters, in UTF-8, in UTF-16 with a byte order mark, or in
 * an encoding with 8 bits a character. There is no magic, so a bid is a guess
 * from the bytes at both ends, and any other format is asked first.
 *
 * Besides the lines themselves, builds differ in what editors, version control
 * and templates leave: a byte order mark, \r\n for \n (git's core.autocrlf on
 * Windows), no newline at the end. Those are facts; the rendering has none of
 * them, so that a difference in nothing else leaves equal renderings.
 */
#include "comparators/comparator.h"

#include "core/encoding.h"

#include <inttypes.h>

static unsigned
text_bid(struct hs_span file)
{
	return hs_text_guess(file);
}

static void
say_line_ends(struct hs_facts *out, const struct hs_text *t)
{
	const struct {
		const char *name;
		uint64_t n;
	} rows[] = { { "LF", t->lf }, { "CRLF", t->crlf }, { "CR", t->cr } };
	const int kinds = (t->lf > 0) + (t->crlf > 0) + (t->cr > 0);

	if (kinds == 0)
		hs_say_word(out, "line ends", "none");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (kinds == 1 && rows[i].n)
			hs_say_word(out, "line ends", rows[i].name);
		else if (rows[i].n)
			hs_sayf(out, "line ends", "%" PRIu64 " %s", rows[i].n, rows[i].name);
	}
}

static int
text_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_text t;

	if (!hs_text_read(&t, file))
		return hs_fail(err, HS_ENOTMINE, "the file is not text");
	hs_say_word(out, "encoding", hs_encoding_name(t.encoding));
	hs_say_word(out, "byte order mark", t.mark ? "yes" : "no");
	say_line_ends(out, &t);
	hs_say_word(out, "final newline", t.final_newline ? "yes" : "no");
	hs_say_u64(out, "lines", t.lines);
	return 0;
}

const struct hs_comparator hs_comparator_text = {
	.name = "text",
	.about = "text in UTF-8, UTF-16 or 8 bits a character, by lines",
	.known_by =
		"UTF-8, UTF-16 with its mark, or 8 bits and no control characters, at both ends",
	.shape = HS_SHAPE_LEAF,
	.bid = text_bid,
	.describe = text_describe,
	.render = hs_text_render,
};
