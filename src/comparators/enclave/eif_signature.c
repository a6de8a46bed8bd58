/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signature section of an enclave image (README of image-format; COSE is
 * RFC 9052):
 *
 *	array(1)  the first element counts
 *	  map(2)
 *	    "signing_certificate"  the PEM file, as an array of numbers
 *	    "signature"            COSE_Sign1, likewise
 *	      protected header     { 1: -7, -35 or -36 }: ES256, ES384, ES512
 *	      unprotected header   {}
 *	      payload              { "register_index": 0, "register_value": PCR0 }
 *	      signature            r and s
 *
 * ECDSA draws a number for each signature: two of the same image with the
 * same key differ, in their length too, since a byte below 24 takes one byte
 * as a CBOR number and any other takes two. What should not differ between
 * two builds is the certificate (PCR8) and the payload (PCR0).
 */
#include "comparators/comparator.h"

#include "core/cbor.h"
#include "core/hex.h"
#include "enclave/signature.h"

#include <inttypes.h>

static unsigned
eif_signature_bid(struct hs_span file)
{
	struct hs_cbor c = hs_cbor_of(hs_span_head(file, 64));
	struct hs_cbor_item key;
	struct hs_err err;

	/* The first two heads by hand: counts are checked against what is left. */
	if (file.len < 3 || file.at[0] < 0x81 || file.at[0] > 0x97 || file.at[1] < 0xa1 ||
	    file.at[1] > 0xb7)
		return 0;
	c.rest = hs_span_from(c.rest, 2);
	if (hs_cbor_expect(&key, &c, HS_CBOR_TEXT, "a key", &err) < 0 ||
	    (!hs_span_is(key.data, "signing_certificate") && !hs_span_is(key.data, "signature")))
		return 0;
	return 8 * (unsigned)key.data.len;
}

static void
say_algorithm(struct hs_facts *out, const struct hs_cose_sign1 *m)
{
	const char *const name = hs_cose_alg_name(m->alg);

	if (!m->has_alg)
		hs_say_word(out, "algorithm", "not stated");
	else
		hs_sayf(out, "algorithm", "%" PRIi64 " (%s)", m->alg, name ? name : "unknown");
	if (m->tagged)
		hs_say_word(out, "tag", "18");
	if (!hs_span_is(m->unprotected, "\xa0"))
		hs_say_value(out, "unprotected header", hs_hex(out->arena, m->unprotected));
}

static void
say_payload(struct hs_facts *out, const struct hs_signature *s)
{
	const struct hs_span value = { s->register_value.bytes, s->register_value.size };

	hs_sayf(out, "signed register", "PCR%" PRIu64, s->register_index);
	hs_say(out, "signed value", hs_hex(out->arena, value));
}

/* Whether it was made with the certificate's key. What it was made over is the image's to compare.
 */
static void
say_verdict(struct hs_facts *out, const struct hs_signature *s)
{
	struct hs_signature_verdict verdict;

	hs_signature_verify(&verdict, s, &s->register_value);
	if (verdict.genuine)
		hs_say_word(out, "genuine", "yes");
	else
		hs_sayf(out, "genuine", "no: %s", verdict.why.text);
}

/* What cannot be read is expand()'s to tell. */
static int
eif_signature_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_signature s;
	struct hs_err why;
	const int rc = hs_signature_read(&s, out->arena, file, &why);

	(void)err;
	if (s.n_signatures != 1)
		hs_say_u64(out, "signatures", s.n_signatures);
	if (s.certificate.n_in_file > 1)
		hs_say_u64(out, "certificates", s.certificate.n_in_file);
	if (s.has_message) {
		say_algorithm(out, &s.message);
		hs_say(out, "signature", hs_hex(out->arena, s.message.signature));
	}
	if (s.has_payload)
		say_payload(out, &s);
	if (s.has_message && s.certificate.x509)
		say_verdict(out, &s);
	if (rc == 0 && !s.as_written)
		hs_say_word(out, "encoding", "not that of AWS's tools");
	hs_signature_release(&s);
	return 0;
}

/* A member whose bytes stand nowhere in the file as they are: a blob of its own. */
static int
add(struct hs_tree *out, const char *name, struct hs_span bytes, bool plain, struct hs_err *err)
{
	struct hs_entry *e;
	uint8_t *heap;

	if (bytes.len == 0)
		return 0;
	if (hs_tree_add(&e, out, hs_span_of(name), err) < 0)
		return err->code;
	heap = hs_alloc(bytes.len);
	memcpy(heap, bytes.at, bytes.len);
	e->kind = HS_KIND_FILE;
	e->blob = hs_blob_of_heap(heap, bytes.len);
	e->bytes = e->blob->bytes;
	e->size = bytes.len;
	/* What is in the message and what was signed are facts of the section. */
	e->plain = plain;
	return 0;
}

/* Adds all of the section where its members do not tell all: another spelling, or damage. */
static int
add_rest(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	return file.len > 0 ? hs_tree_add_gap(out, "as it is encoded", file, err) : 0;
}

static const struct hs_tree_ops ops = { 0 };

static int
eif_signature_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_signature s;
	struct hs_err full;
	int rc;

	out->ops = &ops;
	rc = hs_signature_read(&s, &out->arena, file, err);
	if (add(out, "certificate", s.pem, false, &full) < 0 ||
	    add(out, "payload", s.message.payload, true, &full) < 0 ||
	    add(out, "cose", s.cose, true, &full) < 0 ||
	    (!s.as_written && add_rest(out, file, &full) < 0)) {
		rc = full.code;
		*err = full;
	}
	hs_signature_release(&s);
	return rc;
}

const struct hs_comparator hs_comparator_eif_signature = {
	.name = "eif-signature",
	.about = "signature of an enclave image: certificate, algorithm, what was signed",
	.known_by = "a CBOR array of maps whose first key is signing_certificate or signature",
	.shape = HS_SHAPE_PARTS,
	.bid = eif_signature_bid,
	.describe = eif_signature_describe,
	.expand = eif_signature_expand,
};
