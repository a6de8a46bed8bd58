/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A signed message, COSE_Sign1 (RFC 9052 section 4.2):
 *
 *	18(                   the tag may be left out
 *	  [ h'{ 1: -35 }',    protected header, a map in a byte string, or empty
 *	    { 4: h'..' },     unprotected header
 *	    h'..' or null,    payload; null where it is kept elsewhere
 *	    h'..' ] )         signature
 *
 * ECDSA draws a number for each signature: two of the same payload differ.
 * Attestation documents and the signatures of enclave images are such messages
 * and have comparators of their own.
 */
#include "comparators/comparator.h"

#include "comparators/enclave/cbor_say.h"
#include "core/hex.h"

#include <inttypes.h>

enum { TAG = 18, BITS = 40, TAG_BITS = 16, NULL_VALUE = 22 };

struct message {
	bool tagged, detached;
	struct hs_span protected_, unprotected, payload, signature;
};

/* One whole map, and nothing behind it. */
static int
check_map(struct hs_span bytes, struct hs_err *err)
{
	struct hs_cbor c = hs_cbor_of(bytes);
	struct hs_cbor_item map;
	struct hs_span item;

	if (hs_cbor_expect(&map, &c, HS_CBOR_MAP, "a header", err) < 0)
		return err->code;
	c = hs_cbor_of(bytes);
	if (hs_cbor_skip(&item, &c, err) < 0)
		return err->code;
	if (c.rest.len)
		return hs_fail(err, HS_EFORMAT, "%zu bytes are behind the map of a header",
		               c.rest.len);
	return 0;
}

static int
take_payload(struct message *m, struct hs_cbor *c, struct hs_err *err)
{
	const struct hs_cbor before = *c;
	struct hs_cbor_item it;

	if (hs_cbor_next(&it, c, err) < 0)
		return err->code;
	m->detached = it.major == HS_CBOR_SIMPLE && it.width == 0 && it.value == NULL_VALUE;
	if (m->detached)
		return 0;
	*c = before;
	if (hs_cbor_expect(&it, c, HS_CBOR_BYTES, "the payload", err) < 0)
		return err->code;
	m->payload = it.data;
	return 0;
}

/* What was read before an error stays in *m. */
static int
read_message(struct message *m, struct hs_span file, struct hs_err *err)
{
	struct hs_cbor c = hs_cbor_of(file), before;
	struct hs_cbor_item it;

	*m = (struct message){ 0 };
	before = c;
	if (hs_cbor_next(&it, &c, err) < 0)
		return err->code;
	m->tagged = it.major == HS_CBOR_TAG && it.value == TAG;
	if (!m->tagged)
		c = before;
	if (hs_cbor_expect(&it, &c, HS_CBOR_ARRAY, "the message", err) < 0)
		return err->code;
	if (it.value != 4)
		return hs_fail(err, HS_EFORMAT, "the message has %" PRIu64 " parts, not 4",
		               it.value);
	if (hs_cbor_expect(&it, &c, HS_CBOR_BYTES, "the protected header", err) < 0 ||
	    (it.data.len && check_map(it.data, err) < 0))
		return err->code;
	m->protected_ = it.data;
	if (hs_cbor_skip(&m->unprotected, &c, err) < 0 || check_map(m->unprotected, err) < 0 ||
	    take_payload(m, &c, err) < 0 ||
	    hs_cbor_expect(&it, &c, HS_CBOR_BYTES, "the signature", err) < 0)
		return err->code;
	m->signature = it.data;
	if (c.rest.len)
		return hs_fail(err, HS_EFORMAT, "%zu bytes are behind the message", c.rest.len);
	return 0;
}

static unsigned
cose_bid(struct hs_span file)
{
	struct message m;
	struct hs_err ignored;

	if (file.len < 2 ||
	    (file.at[0] != 0x84 && file.at[0] != 0xd2 && file.at[0] != 0xd8 && file.at[0] != 0x9b))
		return 0;
	if (read_message(&m, file, &ignored) == 0 && (m.tagged || m.protected_.len))
		return BITS;
	return hs_span_starts(file, HS_SPAN("\xd2\x84")) ? TAG_BITS : 0;
}

/* ---- Facts ---- */

static const char *
algorithm_name(int64_t alg)
{
	static const struct {
		int64_t alg;
		const char *name;
	} names[] = {
		{ -7, "ES256" },  { -8, "EdDSA" },   { -35, "ES384" },
		{ -36, "ES512" }, { -37, "PS256" },  { -38, "PS384" },
		{ -39, "PS512" }, { -47, "ES256K" }, { -257, "RS256" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].alg == alg)
			return names[i].name;
	return "unknown";
}

/* "kid", or the label as it is. */
static const char *
label_name(struct hs_arena *a, const struct hs_cbor_item *label, struct hs_span item)
{
	static const char *const names[] = { NULL,           "algorithm", "critical parameters",
		                             "content type", "key id",    "IV",
		                             "partial IV" };

	if (label->major == HS_CBOR_UINT && label->shortest &&
	    label->value < sizeof(names) / sizeof(names[0]) && names[label->value])
		return names[label->value];
	return hs_arena_printf(a, "parameter %s", (const char *)hs_cbor_text_of(a, item).at);
}

static bool
is_algorithm(int64_t *out, const struct hs_cbor_item *label, struct hs_span value)
{
	struct hs_cbor c = hs_cbor_of(value);
	struct hs_cbor_item it;
	struct hs_err ignored;

	if (label->major != HS_CBOR_UINT || label->value != 1 ||
	    hs_cbor_next(&it, &c, &ignored) < 0 || it.major != HS_CBOR_NEGINT || !it.shortest ||
	    it.value > INT32_MAX)
		return false;
	*out = -1 - (int64_t)it.value;
	return true;
}

/* Parameters that are not protected are marked, since anybody can change them. */
static void
say_header(struct hs_facts *out, struct hs_span header, const char *mark)
{
	struct hs_cbor c = hs_cbor_of(header), at;
	struct hs_cbor_item map, label;
	struct hs_span key, value;
	struct hs_err ignored;
	int64_t alg;

	if (hs_cbor_next(&map, &c, &ignored) < 0)
		return;
	for (uint64_t i = 0; i < map.value; i++) {
		const char *field;

		at = c;
		if (hs_cbor_next(&label, &at, &ignored) < 0 ||
		    hs_cbor_skip(&key, &c, &ignored) < 0 || hs_cbor_skip(&value, &c, &ignored) < 0)
			return;
		field = hs_arena_printf(out->arena, "%s%s", label_name(out->arena, &label, key),
		                        mark);
		if (is_algorithm(&alg, &label, value))
			hs_sayf(out, field, "%" PRIi64 " (%s)", alg, algorithm_name(alg));
		else
			hs_say_value(out, field, hs_cbor_text_of(out->arena, value));
	}
}

static struct hs_span
written_again(struct hs_arena *a, const struct message *m)
{
	struct hs_cbor_writer w = { .arena = a };

	if (m->tagged)
		hs_cbor_head(&w, HS_CBOR_TAG, TAG);
	hs_cbor_head(&w, HS_CBOR_ARRAY, 4);
	hs_cbor_bytes(&w, m->protected_);
	hs_cbor_raw(&w, m->unprotected);
	if (m->detached)
		hs_cbor_raw(&w, HS_SPAN("\xf6"));
	else
		hs_cbor_bytes(&w, m->payload);
	hs_cbor_bytes(&w, m->signature);
	return hs_cbor_written(&w);
}

/* What cannot be read is expand()'s to tell. */
static int
cose_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct message m;
	struct hs_err why;

	(void)err;
	read_message(&m, file, &why);
	hs_say_word(out, "tag", m.tagged ? "18" : "none");
	say_header(out, m.protected_, "");
	if (m.unprotected.len)
		say_header(out, m.unprotected, " (unprotected)");
	if (m.detached)
		hs_say_word(out, "payload", "kept elsewhere");
	if (m.signature.len)
		hs_say_value(out, "signature", hs_hex(out->arena, m.signature));
	return 0;
}

static const struct hs_tree_ops ops = { 0 };

static int
cose_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct message m;
	struct hs_entry *e;
	struct hs_err full;
	const int rc = read_message(&m, file, err);

	out->ops = &ops;
	if (m.payload.len || (rc == 0 && !m.detached)) {
		if (hs_tree_add(&e, out, HS_SPAN("payload"), err) < 0)
			return err->code;
		e->kind = HS_KIND_FILE;
		e->bytes = m.payload;
		e->size = m.payload.len;
	}
	if ((rc < 0 || !hs_span_equal(written_again(&out->arena, &m), file)) &&
	    hs_tree_add_gap(out, "as it is encoded", file, &full) < 0) {
		*err = full;
		return full.code;
	}
	return rc;
}

const struct hs_comparator hs_comparator_cose = {
	.name = "cose",
	.about = "signed message, COSE_Sign1: headers and payload",
	.known_by = "an array of four as COSE_Sign1 has it, with or without tag 18",
	.shape = HS_SHAPE_PARTS,
	.bid = cose_bid,
	.describe = cose_describe,
	.expand = cose_expand,
};
