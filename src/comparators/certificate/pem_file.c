/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of several PEM blocks (RFC 7468), among them a certificate: a chain,
 * the certificates that a system trusts, a key with its certificate.
 *
 *	text, block, text, block, ... text
 *
 * A chain differs between builds as its certificates do; a file of trusted
 * roots by the day on which it was made. Which certificate comes first can
 * matter: of a signer's file an enclave image knows only that.
 */
#include "comparators/certificate/certificate.h"
#include "comparators/comparator.h"
#include "comparators/archive/member.h"

static unsigned
pem_bid(struct hs_span file)
{
	return hs_pem_bid(file, true);
}

/* Labels seen so far, to number them: few, or it is not worth a number. */
enum { MAX_LABELS = 16 };

struct numbers {
	struct hs_span label[MAX_LABELS];
	unsigned count[MAX_LABELS];
	size_t n;
};

static unsigned
next_number(struct numbers *n, struct hs_span label)
{
	for (size_t i = 0; i < n->n; i++)
		if (hs_span_equal(n->label[i], label))
			return ++n->count[i];
	if (n->n == MAX_LABELS)
		return 0;
	n->label[n->n] = label;
	n->count[n->n] = 1;
	return n->count[n->n++];
}

static uint8_t
lower(uint8_t c)
{
	if (c == ' ')
		return '-';
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

/* "certificate[2]", "ec-private-key[1]" */
static struct hs_span
name_of(struct hs_arena *a, struct numbers *numbers, struct hs_span label)
{
	const struct hs_span copy = hs_arena_copy(a, label);
	uint8_t *const at = (uint8_t *)(uintptr_t)copy.at;
	const unsigned number = next_number(numbers, label);

	for (size_t i = 0; i < copy.len; i++)
		at[i] = lower(at[i]);
	return number ? hs_arena_join(a, copy, hs_arena_span(a, "[%u]", number)) : copy;
}

static int
add(struct hs_tree *out, struct numbers *numbers, const struct hs_pem_block *b, struct hs_err *err)
{
	struct hs_entry *e;

	if (hs_member_add(&e, out, name_of(&out->arena, numbers, b->label), err) < 0)
		return err->code;
	e->kind = HS_KIND_FILE;
	e->bytes = b->block;
	e->size = b->block.len;
	if (!b->ended)
		e->note = "it has no end line of its own";
	return 0;
}

static int
pem_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	static const struct hs_tree_ops ops = { 0 };
	struct numbers numbers = { .n = 0 };
	struct hs_span rest = file;
	const uint8_t *told = file.at;
	struct hs_pem_block b;
	bool more;

	out->ops = &ops;
	do {
		const uint8_t *const end = file.at + file.len;

		more = hs_pem_next(&b, &rest);
		if (more ? b.block.at > told : end > told) {
			const struct hs_span text = { told,
				                      (size_t)((more ? b.block.at : end) - told) };

			if (hs_tree_add_gap(out, "text", text, err) < 0)
				return err->code;
		}
		if (more && add(out, &numbers, &b, err) < 0)
			return err->code;
		if (more)
			told = b.block.at + b.block.len;
	} while (more);
	return 0;
}

const struct hs_comparator hs_comparator_pem_file = {
	.name = "pem",
	.about = "file of several PEM blocks: certificates, keys",
	.known_by = "\"-----BEGIN \": several blocks, one a certificate, most of the text",
	.library = "libcrypto",
	.shape = HS_SHAPE_PARTS,
	.bid = pem_bid,
	.expand = pem_expand,
};
