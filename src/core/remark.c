/* SPDX-License-Identifier: Apache-2.0 */
#include "core/remark.h"

#include "core/arena.h"
#include "core/capture.h"
#include "core/edits.h"
#include "core/encoding.h"
#include "core/hash.h"
#include "core/limits.h"

#include <stdlib.h>

/* A text as UTF-8, in memory of its own where its bytes are not that already. */
struct decoded {
	struct hs_capture capture;
	struct hs_span text;
};

static bool
decode(struct decoded *out, const struct hs_text *t, bool keep_ends)
{
	bool complete;
	FILE *stream;

	out->capture = (struct hs_capture){ 0 };
	out->text = t->body;
	if (t->encoding == HS_ENCODING_UTF8 && (keep_ends || hs_text_is_plain(t)))
		return true;
	stream = hs_capture_open(&out->capture);
	hs_text_write(stream, t, keep_ends);
	complete = fclose(stream) == 0 && !out->capture.full;
	out->text = (struct hs_span){ out->capture.bytes, out->capture.len };
	return complete;
}

static void
release_decoded(struct decoded *d)
{
	free(d->capture.bytes);
}

typedef bool test(struct hs_span a, struct hs_span b);

static bool
holds(test *proof, const struct hs_text *a, const struct hs_text *b, bool keep_ends)
{
	struct decoded da, db = { 0 };
	const bool out =
		decode(&da, a, keep_ends) && decode(&db, b, keep_ends) && proof(da.text, db.text);

	release_decoded(&da);
	release_decoded(&db);
	return out;
}

static bool
is_white(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
skip_white(struct hs_span *s)
{
	while (s->len && is_white(s->at[0])) {
		s->at++;
		s->len--;
	}
	return s->len > 0;
}

static bool
same_but_for_white(struct hs_span a, struct hs_span b)
{
	for (;;) {
		const bool more_a = skip_white(&a), more_b = skip_white(&b);

		if (!more_a || !more_b)
			return more_a == more_b;
		if (a.at[0] != b.at[0])
			return false;
		a = hs_span_from(a, 1);
		b = hs_span_from(b, 1);
	}
}

static struct hs_span
take_line(struct hs_span *s)
{
	const uint8_t *nl = memchr(s->at, '\n', s->len);
	const struct hs_span line = hs_span_head(*s, nl ? (uint64_t)(nl - s->at) : s->len);

	*s = hs_span_from(*s, line.len + 1);
	return line;
}

/* A number and a sum of hashes that do not depend on the order of the lines. */
struct digest {
	uint64_t n, sum;
};

static struct digest
digest_lines(struct hs_span s)
{
	struct digest out = { 0 };

	while (s.len) {
		out.sum += hs_xxh64(take_line(&s));
		out.n++;
	}
	return out;
}

static int
by_bytes(const void *a, const void *b)
{
	return hs_span_order(*(const struct hs_span *)a, *(const struct hs_span *)b);
}

static struct hs_span *
sorted_lines(struct hs_span s, size_t n)
{
	struct hs_span *out = hs_alloc(n * sizeof(*out));

	for (size_t i = 0; i < n; i++)
		out[i] = take_line(&s);
	qsort(out, n, sizeof(*out), by_bytes);
	return out;
}

/* The sums may agree by chance, or by design of whoever made the file: the lines themselves decide.
 */
static bool
same_lines_sorted(struct hs_span a, struct hs_span b)
{
	struct digest da, db;
	struct hs_span *la, *lb;
	bool same = true;

	hs_trim_lines(&a, &b);
	da = digest_lines(a);
	db = digest_lines(b);
	if (da.n != db.n || da.sum != db.sum || da.n > HS_MAX_SPLIT_LINES)
		return false;
	la = sorted_lines(a, (size_t)da.n);
	lb = sorted_lines(b, (size_t)db.n);
	for (size_t i = 0; same && i < da.n; i++)
		same = hs_span_equal(la[i], lb[i]);
	free(la);
	free(lb);
	return same;
}

/* All line ends of one kind, and the same on both sides: their order says nothing then. */
static bool
same_ends(const struct hs_text *a, const struct hs_text *b)
{
	return a->lf == b->lf && a->crlf == b->crlf && a->cr == b->cr &&
	       (a->lf > 0) + (a->crlf > 0) + (a->cr > 0) <= 1 &&
	       a->final_newline == b->final_newline;
}

bool
hs_text_remark(struct hs_remark *out, struct hs_span a, struct hs_span b)
{
	static const struct hs_remark encoding = {
		"encoding-only", "only the encoding differs: the characters are the same"
	};
	static const struct hs_remark ends = {
		"line-ends-only", "only the line ends differ: the lines are the same"
	};
	static const struct hs_remark both = {
		"encoding-and-line-ends-only",
		"only the encoding and the line ends differ: the lines are the same"
	};
	static const struct hs_remark order = { "line-order-only",
		                                "only the order of the lines differs" };
	static const struct hs_remark white = { "whitespace-only", "only white space differs" };
	const struct hs_remark *found = NULL;
	struct hs_text ta, tb;
	bool same_bytes;

	if (!hs_text_read(&ta, a) || !hs_text_read(&tb, b))
		return false;
	same_bytes = ta.encoding == tb.encoding && ta.mark == tb.mark;
	if (!same_bytes && holds(hs_span_equal, &ta, &tb, true))
		found = &encoding;
	else if (holds(hs_span_equal, &ta, &tb, false))
		found = same_bytes ? &ends : &both;
	else if (same_bytes && same_ends(&ta, &tb) && holds(same_lines_sorted, &ta, &tb, false))
		found = &order;
	else if (same_bytes && holds(same_but_for_white, &ta, &tb, true))
		found = &white;
	if (found)
		*out = *found;
	return found != NULL;
}
