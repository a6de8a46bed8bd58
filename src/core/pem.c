/* SPDX-License-Identifier: Apache-2.0 */
#include "core/pem.h"

static const struct hs_span begins = { (const uint8_t *)"-----BEGIN ", 11 };
static const struct hs_span ends = { (const uint8_t *)"-----END ", 9 };
static const struct hs_span dashes = { (const uint8_t *)"-----", 5 };

/* The next line with its end; its text alone in *text, without what white space ends it. */
static struct hs_span
take_line(struct hs_span *text, struct hs_span *rest)
{
	const uint8_t *const nl = memchr(rest->at, '\n', rest->len);
	const size_t len = nl ? (size_t)(nl - rest->at) + 1 : rest->len;
	const struct hs_span line = hs_span_head(*rest, len);

	*text = line;
	while (text->len > 0 && (text->at[text->len - 1] == '\n' ||
	                         text->at[text->len - 1] == '\r' || text->at[text->len - 1] == ' '))
		text->len--;
	*rest = hs_span_from(*rest, len);
	return line;
}

/* The label of a line that begins or ends a block. */
static bool
label_of(struct hs_span *label, struct hs_span text, struct hs_span with)
{
	if (!hs_span_starts(text, with) || text.len < with.len + dashes.len ||
	    !hs_span_ends(text, dashes))
		return false;
	*label = hs_span_head(hs_span_from(text, with.len), text.len - with.len - dashes.len);
	return true;
}

bool
hs_pem_next(struct hs_pem_block *out, struct hs_span *rest)
{
	bool open = false;

	while (rest->len > 0) {
		struct hs_span ahead = *rest;
		struct hs_span text, label;
		const struct hs_span line = take_line(&text, &ahead);

		if (label_of(&label, text, begins)) {
			if (open)
				return true;
			*out = (struct hs_pem_block){ .label = label, .block = { line.at, 0 } };
			open = true;
		}
		*rest = ahead;
		if (!open)
			continue;
		out->block.len += line.len;
		out->ended = label_of(&label, text, ends) && hs_span_equal(label, out->label);
		if (out->ended)
			return true;
	}
	return open;
}

bool
hs_pem_is_certificate(struct hs_span label)
{
	return hs_span_is(label, "CERTIFICATE") || hs_span_is(label, "X509 CERTIFICATE");
}
