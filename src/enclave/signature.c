/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/signature.h"

#include "core/cbor.h"
#include "core/limits.h"

#include <inttypes.h>

/* Bytes as an array of numbers, which is how serde writes a Vec<u8>. */
static int
read_bytes(struct hs_span *out, struct hs_arena *a, struct hs_cbor *c, const char *what,
           struct hs_err *err)
{
	struct hs_cbor_item array, it;
	uint8_t *at;
	int rc = hs_cbor_expect(&array, c, HS_CBOR_ARRAY, what, err);

	if (rc < 0)
		return rc;
	/* A count that cannot fit has been refused: no more than the section's size is asked for.
	 */
	at = hs_arena_alloc(a, (size_t)array.value);
	for (uint64_t i = 0; i < array.value; i++) {
		rc = hs_cbor_expect(&it, c, HS_CBOR_UINT, what, err);
		if (rc == 0 && it.value > UINT8_MAX)
			rc = hs_fail(err, HS_EFORMAT,
			             "%s has the number %" PRIu64 " at byte %" PRIu64
			             ", which is no byte",
			             what, it.value, it.offset);
		if (rc < 0)
			return rc;
		at[i] = (uint8_t)it.value;
	}
	*out = (struct hs_span){ at, (size_t)array.value };
	return 0;
}

/* A map with text keys: which of two known ones comes next. Others are passed over, as AWS's
 * reader does. */
struct known_keys {
	const char *name[2];
	bool seen[2];
};

static int
next_key(int *which, struct known_keys *keys, struct hs_cbor *c, struct hs_err *err)
{
	struct hs_cbor_item key;
	struct hs_span ignored;
	int rc = hs_cbor_expect(&key, c, HS_CBOR_TEXT, "a key", err);

	*which = -1;
	if (rc < 0)
		return rc;
	for (int i = 0; i < 2; i++)
		if (hs_span_is(key.data, keys->name[i]))
			*which = i;
	if (*which < 0)
		return hs_cbor_skip(&ignored, c, err);
	if (keys->seen[*which])
		return hs_fail(err, HS_EFORMAT, "\"%s\" is there twice", keys->name[*which]);
	keys->seen[*which] = true;
	return 0;
}

static int
check_seen(const struct known_keys *keys, struct hs_err *err)
{
	for (int i = 0; i < 2; i++)
		if (!keys->seen[i])
			return hs_fail(err, HS_EFORMAT, "there is no \"%s\"", keys->name[i]);
	return 0;
}

/* { "signing_certificate": PEM, "signature": COSE } */
static int
read_element(struct hs_signature *s, struct hs_arena *a, struct hs_cbor *c, struct hs_err *err)
{
	struct known_keys keys = { .name = { "signing_certificate", "signature" } };
	struct hs_cbor_item map;
	int rc = hs_cbor_expect(&map, c, HS_CBOR_MAP, "the first signature", err);

	for (uint64_t i = 0; rc == 0 && i < map.value; i++) {
		int which;

		rc = next_key(&which, &keys, c, err);
		if (rc == 0 && which == 0)
			rc = read_bytes(&s->pem, a, c, "the certificate", err);
		else if (rc == 0 && which == 1)
			rc = read_bytes(&s->cose, a, c, "the message", err);
	}
	return rc < 0 ? rc : check_seen(&keys, err);
}

/* The array: the first element counts, what follows only has to be CBOR. */
static int
read_section(struct hs_signature *s, struct hs_arena *a, struct hs_span section, struct hs_err *err)
{
	struct hs_cbor c = hs_cbor_of(section);
	struct hs_cbor_item array;
	struct hs_span ignored;
	int rc;

	if (section.len > HS_MAX_EIF_SIGNATURE)
		return hs_fail(err, HS_ELIMIT,
		               "the signature section has %zu bytes, more than %" PRIu64
		               " (HS_MAX_EIF_SIGNATURE)",
		               section.len, HS_MAX_EIF_SIGNATURE);
	rc = hs_cbor_expect(&array, &c, HS_CBOR_ARRAY, "the signature section", err);
	if (rc < 0)
		return rc;
	s->n_signatures = (size_t)array.value;
	if (array.value == 0)
		return hs_fail(err, HS_EFORMAT, "the signature section holds no signature");
	rc = read_element(s, a, &c, err);
	for (uint64_t i = 1; rc == 0 && i < array.value; i++)
		rc = hs_cbor_skip(&ignored, &c, err);
	if (rc == 0 && c.rest.len > 0)
		rc = hs_fail(err, HS_EFORMAT, "%zu bytes are behind the signature", c.rest.len);
	return rc;
}

/* { "register_index": 0, "register_value": PCR0 } */
static int
read_payload(struct hs_signature *s, struct hs_arena *a, struct hs_err *err)
{
	struct known_keys keys = { .name = { "register_index", "register_value" } };
	struct hs_cbor c = hs_cbor_of(s->message.payload);
	struct hs_cbor_item map, index;
	struct hs_span value = { NULL, 0 };
	int rc = hs_cbor_expect(&map, &c, HS_CBOR_MAP, "its map", err);

	for (uint64_t i = 0; rc == 0 && i < map.value; i++) {
		int which;

		rc = next_key(&which, &keys, &c, err);
		if (rc == 0 && which == 0) {
			rc = hs_cbor_expect(&index, &c, HS_CBOR_UINT, "the register's index", err);
			if (rc == 0)
				s->register_index = index.value;
		} else if (rc == 0 && which == 1) {
			rc = read_bytes(&value, a, &c, "the register's value", err);
		}
	}
	if (rc == 0)
		rc = check_seen(&keys, err);
	if (rc == 0 && value.len > HS_PCR_MAX)
		rc = hs_fail(err, HS_EFORMAT, "the register's value has %zu bytes", value.len);
	if (rc == 0 && c.rest.len > 0)
		rc = hs_fail(err, HS_EFORMAT, "%zu bytes are behind its map", c.rest.len);
	if (rc < 0)
		return hs_fail_in(err, "the payload");
	if (value.len > 0)
		memcpy(s->register_value.bytes, value.at, value.len);
	s->register_value.size = value.len;
	s->has_payload = true;
	return 0;
}

static struct hs_span
write_section(struct hs_arena *a, struct hs_span pem, struct hs_span cose)
{
	struct hs_cbor_writer w = { .arena = a };

	hs_cbor_head(&w, HS_CBOR_ARRAY, 1);
	hs_cbor_head(&w, HS_CBOR_MAP, 2);
	hs_cbor_text(&w, "signing_certificate");
	hs_cbor_byte_array(&w, pem);
	hs_cbor_text(&w, "signature");
	hs_cbor_byte_array(&w, cose);
	return hs_cbor_written(&w);
}

static struct hs_span
write_payload(struct hs_arena *a, uint64_t index, const struct hs_pcr *pcr)
{
	struct hs_cbor_writer w = { .arena = a };

	hs_cbor_head(&w, HS_CBOR_MAP, 2);
	hs_cbor_text(&w, "register_index");
	hs_cbor_head(&w, HS_CBOR_UINT, index);
	hs_cbor_text(&w, "register_value");
	hs_cbor_byte_array(&w, (struct hs_span){ pcr->bytes, pcr->size });
	return hs_cbor_written(&w);
}

/*
 * The parts after one another, so that one that cannot be read hides none of
 * the others; the first failure is the one that is told.
 */
int
hs_signature_read(struct hs_signature *out, struct hs_arena *a, struct hs_span section,
                  struct hs_err *err)
{
	struct hs_err other;
	int rc, sub;

	*out = (struct hs_signature){ 0 };
	rc = read_section(out, a, section, err);
	if (out->pem.len > 0 || rc == 0) {
		sub = hs_certificate_of_pem(&out->certificate, out->pem, rc == 0 ? err : &other);
		rc = rc == 0 ? sub : rc;
	}
	if (out->cose.len > 0 || rc == 0) {
		sub = hs_cose_read(&out->message, out->cose, rc == 0 ? err : &other);
		out->has_message = sub == 0;
		rc = rc == 0 ? sub : rc;
	}
	if (out->message.payload.len > 0 || rc == 0) {
		sub = read_payload(out, a, rc == 0 ? err : &other);
		rc = rc == 0 ? sub : rc;
	}
	out->as_written = rc == 0 && hs_span_equal(section, write_section(a, out->pem, out->cose));
	return rc;
}

void
hs_signature_release(struct hs_signature *s)
{
	hs_certificate_release(&s->certificate);
}

void
hs_signature_verify(struct hs_signature_verdict *out, const struct hs_signature *s,
                    const struct hs_pcr *pcr0)
{
	struct hs_arena scratch = { 0 };

	*out = (struct hs_signature_verdict){ 0 };
	if (!s->certificate.x509)
		hs_fail(&out->why, HS_EFORMAT, "the certificate cannot be read");
	else if (!s->has_message)
		hs_fail(&out->why, HS_EFORMAT, "the message cannot be read");
	else
		out->genuine = hs_cose_verify(&s->message, s->certificate.key, &out->why) == 0;
	/* As AWS's reader: by the bytes, which another order of keys would change. */
	out->covers = s->has_message &&
	              hs_span_equal(s->message.payload, write_payload(&scratch, 0, pcr0));
	hs_arena_release(&scratch);
}

int
hs_signature_make(struct hs_span *out, struct hs_arena *a, const struct hs_signature_by *by,
                  const struct hs_pcr *pcr0, struct hs_err *err)
{
	struct hs_span cose;
	const int rc = hs_cose_sign(&cose, a, &by->signer, write_payload(a, 0, pcr0), err);

	if (rc < 0)
		return rc;
	*out = write_section(a, by->pem, cose);
	if (out->len > HS_EIF_MAX_SIGNATURE)
		return hs_fail(err, HS_EUSAGE,
		               "the signature section would have %zu bytes, and an enclave takes "
		               "%d: the PEM file is too long",
		               out->len, HS_EIF_MAX_SIGNATURE);
	return 0;
}
