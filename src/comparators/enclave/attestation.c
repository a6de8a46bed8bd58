/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An attestation document of the Nitro Security Module (nsm-api,
 * docs/attestation_process.md; COSE is RFC 9052):
 *
 *	array(4)              COSE_Sign1, without its tag 18
 *	  protected header    { 1: -35 }: ES384
 *	  unprotected header  {}
 *	  payload             a map in a byte string
 *	    "module_id"       i-INSTANCE-encENCLAVE
 *	    "digest"          "SHA384"
 *	    "timestamp"       milliseconds since 1970
 *	    "pcrs"            { 0: 48 bytes, 1: ... }, those that are locked
 *	    "certificate"     of the key that signs, in DER
 *	    "cabundle"        [ root, ... issuer of "certificate" ]
 *	    "public_key", "user_data", "nonce"   what the enclave asked for, or null
 *	  signature           r and s
 *
 * Two documents never have the same signature; certificates are valid for
 * hours, the timestamp tells them apart. What matters are the PCRs: PCR0, PCR1
 * and PCR2 are the image's, and zero in debug mode. PCR4 is another on each
 * parent instance.
 */
#include "comparators/comparator.h"

#include "attest/attestation.h"
#include "attest/observed.h"
#include "core/cbor.h"
#include "core/hex.h"

enum { MS = 1000, NS_OF_MS = 1000000 };

static unsigned
attestation_bid(struct hs_span file)
{
	/* The head of the array, the protected header and the unprotected one. */
	enum { BITS = 8 * 7 };

	return hs_attest_is(file) ? BITS : 0;
}

/* ---- Facts ---- */

static void
say_ms(struct hs_facts *out, const char *field, uint64_t ms)
{
	hs_say_time(out, field, (int64_t)(ms / MS), (uint32_t)(ms % MS) * NS_OF_MS, 3);
}

static void
say_pcrs(struct hs_facts *out, const struct hs_attest_document *d)
{
	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++) {
		const struct hs_span value = { d->pcrs[i].bytes, d->pcrs[i].size };
		const char *field;

		if (!(d->pcr_set & UINT32_C(1) << i))
			continue;
		field = hs_arena_printf(out->arena, "PCR%u (%s)", i, hs_attest_pcr_meaning(i));
		if (hs_span_is_zero(value))
			hs_say_word(out, field, "zero");
		else
			hs_say(out, field, hs_hex(out->arena, value));
	}
}

/* What real documents have and nobody documents. */
static void
say_observed(struct hs_facts *out, const struct hs_attest_document *d)
{
	struct hs_attest_observed o;

	hs_attest_observe(&o, d);
	if (!o.instance_id.len)
		return;
	hs_say(out, "parent instance (observed)", o.instance_id);
	if (o.region.len)
		hs_say(out, "region (observed)", o.region);
	say_ms(out, "enclave launched (observed)", (uint64_t)o.launched_ms);
	if (o.leaf_issued > 0)
		hs_say_time(out, "certificate issued (observed)", o.leaf_issued, 0, 0);
	if (d->pcr_set & 1U << 4)
		hs_say_word(out, "PCR4 is of the parent instance (observed)",
		            o.pcr4_fits ? "yes" : "no");
}

/* A field that is a member says nothing here. */
static void
say_missing(struct hs_facts *out, const char *field, const struct hs_attest_field *f)
{
	if (!f->present)
		hs_say_word(out, field, "no such key");
	else if (f->null)
		hs_say_word(out, field, "null");
}

static void
say_envelope(struct hs_facts *out, const struct hs_attest_document *d)
{
	if (d->cose.tagged)
		hs_say_word(out, "tag", "18");
	hs_say_word(out, "map of the payload",
	            d->indefinite ? "of no stated length, as since 2025"
	                          : "of stated length, as until 2025");
	for (size_t i = 0; i < d->n_unknown; i++)
		hs_say_value(out, "unknown key", d->unknown[i]);
}

/* What cannot be read is expand()'s to tell. */
static int
attestation_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	const uint32_t image = 7; /* PCR0, PCR1, PCR2 */
	struct hs_attest_document d;
	enum hs_attest_reason reason;
	struct hs_err why;

	(void)err;
	hs_attest_read(&d, &reason, file, &why);
	if (d.module_id.len)
		hs_say(out, "module_id", d.module_id);
	if (d.timestamp)
		say_ms(out, "timestamp", d.timestamp);
	if ((d.pcr_set & image) == image)
		hs_say_word(out, "debug mode",
		            hs_attest_is_debug(&d) ? "yes: PCR0, PCR1 and PCR2 are zero" : "no");
	say_pcrs(out, &d);
	if (d.digest.len)
		hs_say(out, "digest", d.digest);
	if (d.cose.signature.len)
		hs_say_value(out, "signature", hs_hex(out->arena, d.cose.signature));
	if (reason == HS_ATTEST_OK) {
		say_missing(out, "public_key", &d.public_key);
		say_missing(out, "user_data", &d.user_data);
		say_missing(out, "nonce", &d.nonce);
		say_envelope(out, &d);
	}
	say_observed(out, &d);
	return 0;
}

/* ---- Members ---- */

static void
write_optional(struct hs_cbor_writer *w, const char *key, const struct hs_attest_field *f)
{
	hs_cbor_text(w, key);
	if (f->present && !f->null)
		hs_cbor_bytes(w, f->bytes);
	else
		hs_cbor_raw(w, HS_SPAN("\xf6"));
}

static void
write_pcrs(struct hs_cbor_writer *w, const struct hs_attest_document *d)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++)
		n += d->pcr_set >> i & 1;
	hs_cbor_text(w, "pcrs");
	hs_cbor_head(w, HS_CBOR_MAP, n);
	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++) {
		if (!(d->pcr_set >> i & 1))
			continue;
		hs_cbor_head(w, HS_CBOR_UINT, i);
		hs_cbor_bytes(w, (struct hs_span){ d->pcrs[i].bytes, d->pcrs[i].size });
	}
}

/* The payload as the device writes what was read. */
static struct hs_span
payload_again(struct hs_arena *a, const struct hs_attest_document *d)
{
	struct hs_cbor_writer w = { .arena = a };

	if (d->indefinite)
		hs_cbor_raw(&w, HS_SPAN("\xbf"));
	else
		hs_cbor_head(&w, HS_CBOR_MAP, 9);
	hs_cbor_text(&w, "module_id");
	hs_cbor_head(&w, HS_CBOR_TEXT, d->module_id.len);
	hs_cbor_raw(&w, d->module_id);
	hs_cbor_text(&w, "digest");
	hs_cbor_head(&w, HS_CBOR_TEXT, d->digest.len);
	hs_cbor_raw(&w, d->digest);
	hs_cbor_text(&w, "timestamp");
	hs_cbor_head(&w, HS_CBOR_UINT, d->timestamp);
	write_pcrs(&w, d);
	hs_cbor_text(&w, "certificate");
	hs_cbor_bytes(&w, d->certificate);
	hs_cbor_text(&w, "cabundle");
	hs_cbor_head(&w, HS_CBOR_ARRAY, d->n_cabundle);
	for (size_t i = 0; i < d->n_cabundle; i++)
		hs_cbor_bytes(&w, d->cabundle[i]);
	write_optional(&w, "public_key", &d->public_key);
	write_optional(&w, "user_data", &d->user_data);
	write_optional(&w, "nonce", &d->nonce);
	if (d->indefinite)
		hs_cbor_raw(&w, HS_SPAN("\xff"));
	return hs_cbor_written(&w);
}

static int
add(struct hs_tree *out, const char *name, struct hs_span bytes, struct hs_err *err)
{
	struct hs_entry *e;

	if (hs_tree_add(&e, out, hs_span_of(name), err) < 0)
		return err->code;
	e->kind = HS_KIND_FILE;
	e->bytes = bytes;
	e->size = bytes.len;
	return 0;
}

/* Random bytes look like anything: of a `plain` one that is not asked. */
static int
add_optional(struct hs_tree *out, const char *name, const struct hs_attest_field *f, bool plain,
             struct hs_err *err)
{
	int rc = 0;

	if (f->present && !f->null) {
		rc = add(out, name, f->bytes, err);
		if (rc == 0)
			out->entries[out->n_entries - 1].plain = plain;
	}
	return rc;
}

static int
add_members(struct hs_tree *out, const struct hs_attest_document *d, struct hs_err *err)
{
	int rc = d->certificate.len ? add(out, "certificate", d->certificate, err) : 0;

	for (size_t i = 0; rc == 0 && i < d->n_cabundle; i++)
		rc = add(out, hs_arena_printf(&out->arena, "cabundle[%zu]", i), d->cabundle[i],
		         err);
	if (rc == 0)
		rc = add_optional(out, "public_key", &d->public_key, false, err);
	if (rc == 0)
		rc = add_optional(out, "user_data", &d->user_data, false, err);
	if (rc == 0)
		rc = add_optional(out, "nonce", &d->nonce, true, err);
	return rc;
}

/* The note of every document, and the one of debug mode. */
static void
add_notes(struct hs_tree *out, bool debug)
{
	static const struct hs_entry_note notes[] = {
		{
			.code = "attestation-unverified",
			.text = "nothing of the document is verified here: hashoscope attest "
				"verify checks certificates and signature",
		},
		{
			.code = "attestation-debug",
			.text = "the enclave runs in debug mode: PCR0, PCR1 and PCR2 are zero, so "
				"that nothing tells which image it is",
		},
	};

	out->notes = notes;
	out->n_notes = debug ? 2 : 1;
}

/* All of it once more where members and facts do not tell all: another spelling, or damage. */
static int
attestation_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	static const struct hs_tree_ops ops = { 0 };
	struct hs_attest_document d;
	enum hs_attest_reason reason;
	struct hs_err full;
	int rc;

	out->ops = &ops;
	rc = hs_attest_read(&d, &reason, file, err);
	add_notes(out, rc == 0 && hs_attest_is_debug(&d));
	if (add_members(out, &d, &full) < 0 ||
	    ((rc < 0 || !hs_span_equal(payload_again(&out->arena, &d), d.cose.payload)) &&
	     hs_tree_add_gap(out, "as it is encoded", file, &full) < 0)) {
		*err = full;
		return full.code;
	}
	return rc;
}

const struct hs_comparator hs_comparator_attestation = {
	.name = "attestation",
	.about = "attestation document of an enclave: PCRs, time, certificates, what it was asked "
		 "for",
	.known_by = "a COSE_Sign1 array whose protected header says ES384, a document in it",
	.shape = HS_SHAPE_PARTS,
	.bid = attestation_bid,
	.describe = attestation_describe,
	.expand = attestation_expand,
};
