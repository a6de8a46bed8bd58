/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An attestation document as text, as it is logged, mailed and pasted:
 *
 *	base64   either alphabet, with or without padding, on one line or several
 *	hex      of either case, with or without 0x
 *	PEM      the same base64 between -----BEGIN x----- and -----END x-----
 *
 * The text varies with who wrote it, which tells nothing of the document: its
 * form is a fact, and the document is what is inside. It is one only where the
 * whole text is armour and what is inside begins as a document does.
 */
#include "comparators/comparator.h"

#include "attest/armour.h"
#include "attest/attestation.h"
#include "core/limits.h"

#include <openssl/evp.h>

enum { BITS = 8 * 28 }; /* as many as a file of PEM, and its content besides */

/* How a text is laid out, as far as there is a rule to it. */
struct layout {
	struct hs_span before, after; /* the lines of PEM, or 0x */
	const char *line_end;
	size_t width; /* of all lines but the last; 0 for one line */
	bool final_newline, url, padded, upper;
};

static int
open_armour(struct hs_span *out, enum hs_armour *how, struct hs_arena *a, struct hs_span file,
            struct hs_err *err)
{
	const int rc = hs_armour_open(out, how, a, file, err);

	if (rc < 0)
		return err->code = HS_ENOTMINE;
	if (*how == HS_ARMOUR_NONE || !hs_attest_is(*out))
		return hs_fail(err, HS_ENOTMINE, "there is no attestation document inside");
	return 0;
}

static unsigned
attestation_armour_bid(struct hs_span file)
{
	/* With what a document begins, in each armour: hE and 0o, 84 and d2, 0x. */
	static const char first[] = "h0-8dD";
	struct hs_arena a = { 0 };
	enum hs_armour how;
	struct hs_span in = file;
	struct hs_err err;
	unsigned bits = 0;

	if (file.len == 0 || file.len > HS_MAX_ATTESTATION_TEXT)
		return 0;
	while (in.len && (in.at[0] == ' ' || (in.at[0] >= '\t' && in.at[0] <= '\r')))
		in = hs_span_from(in, 1);
	if (in.len == 0 || !in.at[0] || !strchr(first, in.at[0]))
		return 0;
	if (open_armour(&in, &how, &a, file, &err) == 0)
		bits = BITS;
	hs_arena_release(&a);
	return bits;
}

static bool
holds(struct hs_span s, const char *one_of)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] && strchr(one_of, s.at[i]))
			return true;
	return false;
}

/* Splits off the lines around the digits; what is left is in *digits. */
static struct layout
layout_of(struct hs_span *digits, enum hs_armour how, struct hs_span file)
{
	struct layout l = { .line_end = "\n" };
	struct hs_span in = file;
	const uint8_t *line = memchr(in.at, '\n', in.len);

	if (line && line > in.at && line[-1] == '\r')
		l.line_end = "\r\n";
	l.final_newline = hs_span_ends(in, hs_span_of(l.line_end));
	if (l.final_newline)
		in.len -= strlen(l.line_end);
	if (how == HS_ARMOUR_PEM && line) {
		const uint8_t *end = memmem(in.at, in.len, "-----END ", 9);

		l.before = hs_span_head(in, (size_t)(line + 1 - in.at));
		if (end && end > line + 1 && end[-1] == '\n') {
			l.after = hs_span_from(in, (size_t)(end - in.at));
			in = hs_span_head(in, (size_t)(end - in.at) - strlen(l.line_end));
		}
	} else if (how == HS_ARMOUR_HEX && holds(hs_span_head(in, 2), "xX")) {
		l.before = hs_span_head(in, 2);
	}
	in = hs_span_from(in, l.before.len);
	line = memmem(in.at, in.len, l.line_end, strlen(l.line_end));
	l.width = line ? (size_t)(line - in.at) : 0;
	l.url = how != HS_ARMOUR_HEX && holds(in, "-_");
	l.padded = holds(in, "=");
	l.upper = how == HS_ARMOUR_HEX && holds(in, "ABCDEF");
	*digits = in;
	return l;
}

/* ---- The text that follows from the document and the layout ---- */

static struct hs_span
digits_of(struct hs_arena *a, enum hs_armour how, const struct layout *l, struct hs_span document)
{
	const char *const hex = l->upper ? "0123456789ABCDEF" : "0123456789abcdef";
	uint8_t *const at = hs_arena_alloc(a, 2 * document.len + 8);
	size_t n = 2 * document.len;

	if (how == HS_ARMOUR_HEX) {
		for (size_t i = 0; i < document.len; i++) {
			at[2 * i] = (uint8_t)hex[document.at[i] >> 4];
			at[2 * i + 1] = (uint8_t)hex[document.at[i] & 15];
		}
		return (struct hs_span){ at, n };
	}
	n = (size_t)EVP_EncodeBlock(at, document.at, (int)document.len);
	for (size_t i = 0; i < n && l->url; i++)
		at[i] = at[i] == '+' ? '-' : at[i] == '/' ? '_' : at[i];
	while (n && at[n - 1] == '=' && !l->padded)
		n--;
	return (struct hs_span){ at, n };
}

static bool
take(struct hs_span *rest, struct hs_span want)
{
	if (!hs_span_starts(*rest, want))
		return false;
	*rest = hs_span_from(*rest, want.len);
	return true;
}

/* Whether the digits stand in lines of that width, and nothing else does. */
static bool
is_regular(struct hs_span text, const struct layout *l, struct hs_span digits)
{
	while (l->width && digits.len > l->width) {
		if (!take(&text, hs_span_head(digits, l->width)) ||
		    !take(&text, hs_span_of(l->line_end)))
			return false;
		digits = hs_span_from(digits, l->width);
	}
	return hs_span_equal(text, digits);
}

/* Whether facts and document tell the text byte for byte. */
static bool
is_told(struct hs_arena *a, enum hs_armour how, struct hs_span file, struct hs_span document)
{
	struct hs_span text;
	const struct layout l = layout_of(&text, how, file);

	return is_regular(text, &l, digits_of(a, how, &l, document));
}

static void
say_layout(struct hs_facts *out, const struct layout *l)
{
	struct hs_span label = l->before;

	if (l->width)
		hs_sayf(out, "lines", "of %zu characters, ended by %s", l->width,
		        l->line_end[0] == '\r' ? "CRLF" : "LF");
	else
		hs_say_word(out, "lines", "one");
	hs_say_word(out, "final newline", l->final_newline ? "yes" : "no");
	if (l->url)
		hs_say_word(out, "alphabet", "of URLs");
	if (l->upper)
		hs_say_word(out, "letters", "upper case");
	while (label.len && (label.at[label.len - 1] == '\n' || label.at[label.len - 1] == '\r'))
		label.len--;
	if (label.len)
		hs_say_value(out, "begins with", label);
	if (l->after.len)
		hs_say_value(out, "ends with", l->after);
}

static int
attestation_armour_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_span document, digits;
	struct layout l;
	enum hs_armour how;

	if (open_armour(&document, &how, out->arena, file, err) < 0)
		return err->code;
	l = layout_of(&digits, how, file);
	out->of_format = true;
	hs_say_word(out, "armour", hs_armour_name(how));
	if (how != HS_ARMOUR_HEX && document.len % 3)
		hs_say_word(out, "padding", l.padded ? "yes" : "no");
	say_layout(out, &l);
	out->of_format = false;
	return 0;
}

static int
attestation_armour_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	static const struct hs_tree_ops ops = { 0 };
	struct hs_span document;
	enum hs_armour how;
	struct hs_entry *e;
	uint8_t *heap;

	out->ops = &ops;
	if (open_armour(&document, &how, &out->arena, file, err) < 0 ||
	    hs_tree_add(&e, out, HS_SPAN(""), err) < 0)
		return err->code;
	heap = hs_alloc(document.len);
	memcpy(heap, document.at, document.len);
	e->kind = HS_KIND_FILE;
	e->blob = hs_blob_of_heap(heap, document.len);
	e->bytes = e->blob->bytes;
	e->size = document.len;
	if (is_told(&out->arena, how, file, document))
		return 0;
	return hs_tree_add_gap(out, "as it is written", file, err);
}

const struct hs_comparator hs_comparator_attestation_armour = {
	.name = "attestation-text",
	.about = "attestation document of an enclave as base64, hex or PEM",
	.known_by = "base64, hex or PEM in which an attestation document stands",
	.shape = HS_SHAPE_FILTER,
	.bid = attestation_armour_bid,
	.describe = attestation_armour_describe,
	.expand = attestation_armour_expand,
};
