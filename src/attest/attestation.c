/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/attestation.h"

#include "core/cbor.h"
#include "core/escape.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/*
 * Lengths that AWS's description gives, or, where it contradicts itself and
 * devices do not enforce it, what a request to the device has room for.
 */
enum {
	MAX_PAYLOAD = 16384,
	SIGNATURE = 96,
	MAX_CERTIFICATE = 1024,
	MAX_OPTIONAL = 4096,
	MAX_MODULE_ID = 100,
	SHA384_SIZE = 48,
	EMULATED_SIZE = 64, /* of the zeros that QEMU writes where a certificate should be */
};

struct reader {
	struct hs_attest_document *doc;
	enum hs_attest_reason *reason;
	struct hs_err *err;
	bool seen[9]; /* by the place in fields[] */
};

__attribute__((format(printf, 3, 4))) static int
refuse(struct reader *r, enum hs_attest_reason reason, const char *fmt, ...)
{
	char text[sizeof(r->err->text)];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	*r->reason = reason;
	return hs_fail(r->err, HS_EFORMAT, "%s", text);
}

/* The next head; not the shortest one is refused, since what was signed may then be read in two
 * ways. */
static int
next(struct hs_cbor_item *it, struct reader *r, struct hs_cbor *c, enum hs_attest_reason reason)
{
	if (hs_cbor_next(it, c, r->err) < 0) {
		*r->reason = reason;
		return r->err->code;
	}
	if (!it->shortest && !it->indefinite && it->major != HS_CBOR_SIMPLE)
		return refuse(r, reason, "the head at byte %" PRIu64 " is longer than it has to be",
		              it->offset);
	return 0;
}

/* A definite item of that type; `what` names it. */
static int
expect(struct hs_cbor_item *it, struct reader *r, struct hs_cbor *c, enum hs_cbor_major major,
       const char *what)
{
	static const char *const names[] = {
		[HS_CBOR_UINT] = "number",       [HS_CBOR_NEGINT] = "negative number",
		[HS_CBOR_BYTES] = "byte string", [HS_CBOR_TEXT] = "text",
		[HS_CBOR_ARRAY] = "array",       [HS_CBOR_MAP] = "map",
		[HS_CBOR_TAG] = "tag",           [HS_CBOR_SIMPLE] = "simple value",
	};
	int rc = next(it, r, c, HS_ATTEST_FIELD);

	if (rc == 0 && it->major != major)
		rc = refuse(r, HS_ATTEST_FIELD, "%s is a %s, where a %s belongs", what,
		            names[it->major], names[major]);
	if (rc == 0 && it->indefinite)
		rc = refuse(r, HS_ATTEST_FIELD, "%s does not state its length", what);
	return rc;
}

/* ---- Fields of the payload ---- */

static int
read_bytes(struct hs_span *out, struct reader *r, struct hs_cbor *c, const char *what, size_t most)
{
	struct hs_cbor_item it;
	const int rc = expect(&it, r, c, HS_CBOR_BYTES, what);

	if (rc < 0)
		return rc;
	*out = it.data;
	if (it.data.len > most)
		return refuse(r, HS_ATTEST_FIELD, "%s has %zu bytes, more than %zu", what,
		              it.data.len, most);
	return 0;
}

static int
read_module_id(struct reader *r, struct hs_cbor *c)
{
	struct hs_cbor_item it;
	const int rc = expect(&it, r, c, HS_CBOR_TEXT, "module_id");

	if (rc < 0)
		return rc;
	r->doc->module_id = it.data;
	if (it.data.len == 0 || it.data.len > MAX_MODULE_ID)
		return refuse(r, HS_ATTEST_FIELD, "module_id has %zu bytes, not 1 to %d",
		              it.data.len, MAX_MODULE_ID);
	if (!hs_is_utf8(it.data))
		return refuse(r, HS_ATTEST_FIELD, "module_id is not UTF-8");
	return 0;
}

static int
read_digest(struct reader *r, struct hs_cbor *c)
{
	struct hs_cbor_item it;
	const int rc = expect(&it, r, c, HS_CBOR_TEXT, "digest");
	char shown[40];

	if (rc < 0)
		return rc;
	r->doc->digest = it.data;
	if (hs_span_is(it.data, "SHA384"))
		return 0;
	hs_escape_short(shown, sizeof(shown), it.data);
	return refuse(r, HS_ATTEST_FIELD, "digest is \"%s\" and not \"SHA384\"", shown);
}

static int
read_timestamp(struct reader *r, struct hs_cbor *c)
{
	/* Milliseconds from the first Nitro Enclaves to the year 9999: seconds are not taken for
	 * them. */
	const uint64_t least = UINT64_C(1000000000000), most = UINT64_C(253402300799999);
	struct hs_cbor_item it;
	const int rc = expect(&it, r, c, HS_CBOR_UINT, "timestamp");

	if (rc < 0)
		return rc;
	r->doc->timestamp = it.value;
	if (it.value < least || it.value > most)
		return refuse(r, HS_ATTEST_FIELD,
		              "timestamp is %" PRIu64 ", which are no milliseconds since 1970",
		              it.value);
	return 0;
}

static int
read_pcr(struct reader *r, struct hs_cbor *c)
{
	struct hs_attest_document *d = r->doc;
	struct hs_cbor_item it;
	struct hs_span value;
	int rc = expect(&it, r, c, HS_CBOR_UINT, "the index of a PCR");

	if (rc < 0)
		return rc;
	if (it.value >= HS_ATTEST_PCRS)
		return refuse(r, HS_ATTEST_FIELD, "there is a PCR%" PRIu64 ", past the last, PCR%d",
		              it.value, HS_ATTEST_PCRS - 1);
	if (d->pcr_set & UINT32_C(1) << it.value)
		return refuse(r, HS_ATTEST_FIELD, "PCR%" PRIu64 " is there twice", it.value);
	rc = read_bytes(&value, r, c, "the value of a PCR", HS_PCR_MAX);
	if (rc < 0)
		return rc;
	if (value.len != SHA384_SIZE)
		return refuse(r, HS_ATTEST_FIELD, "PCR%" PRIu64 " has %zu bytes, not %d", it.value,
		              value.len, SHA384_SIZE);
	d->pcr_set |= UINT32_C(1) << it.value;
	d->pcrs[it.value].size = value.len;
	memcpy(d->pcrs[it.value].bytes, value.at, value.len);
	return 0;
}

static int
read_pcrs(struct reader *r, struct hs_cbor *c)
{
	struct hs_cbor_item it;
	int rc = expect(&it, r, c, HS_CBOR_MAP, "pcrs");

	if (rc == 0 && (it.value == 0 || it.value > HS_ATTEST_PCRS))
		rc = refuse(r, HS_ATTEST_FIELD, "there are %" PRIu64 " PCRs, not 1 to %d", it.value,
		            HS_ATTEST_PCRS);
	for (uint64_t i = 0; rc == 0 && i < it.value; i++)
		rc = read_pcr(r, c);
	for (unsigned i = 0; rc == 0 && i < 3; i++)
		if (!(r->doc->pcr_set & 1u << i))
			rc = refuse(r, HS_ATTEST_FIELD, "there is no PCR%u", i);
	return rc;
}

static int
read_certificate(struct reader *r, struct hs_cbor *c)
{
	struct hs_attest_document *d = r->doc;
	const int rc = read_bytes(&d->certificate, r, c, "certificate", MAX_CERTIFICATE);

	if (rc == 0 && d->certificate.len == 0)
		return refuse(r, HS_ATTEST_FIELD, "certificate is empty");
	return rc;
}

static int
read_cabundle(struct reader *r, struct hs_cbor *c)
{
	struct hs_attest_document *d = r->doc;
	struct hs_cbor_item it;
	int rc = expect(&it, r, c, HS_CBOR_ARRAY, "cabundle");

	if (rc == 0 && (it.value == 0 || it.value > HS_ATTEST_MAX_CHAIN))
		rc = refuse(r, HS_ATTEST_FIELD,
		            "cabundle has %" PRIu64 " certificates, not 1 to %d", it.value,
		            HS_ATTEST_MAX_CHAIN);
	for (uint64_t i = 0; rc == 0 && i < it.value; i++) {
		struct hs_span *der = &d->cabundle[i];

		rc = read_bytes(der, r, c, "a certificate of cabundle", MAX_CERTIFICATE);
		if (rc == 0 && der->len == 0)
			rc = refuse(r, HS_ATTEST_FIELD,
			            "certificate %" PRIu64 " of cabundle is empty", i);
		d->n_cabundle += rc == 0;
	}
	return rc;
}

static int
read_optional(struct hs_attest_field *out, struct reader *r, struct hs_cbor *c, const char *what)
{
	enum { NULL_VALUE = 22 };
	const struct hs_cbor before = *c;
	struct hs_cbor_item it;
	int rc = next(&it, r, c, HS_ATTEST_FIELD);

	if (rc < 0)
		return rc;
	out->present = true;
	if (it.major == HS_CBOR_SIMPLE && it.width == 0 && it.value == NULL_VALUE) {
		out->null = true;
		return 0;
	}
	*c = before;
	return read_bytes(&out->bytes, r, c, what, MAX_OPTIONAL);
}

static int
read_public_key(struct reader *r, struct hs_cbor *c)
{
	return read_optional(&r->doc->public_key, r, c, "public_key");
}

static int
read_user_data(struct reader *r, struct hs_cbor *c)
{
	return read_optional(&r->doc->user_data, r, c, "user_data");
}

static int
read_nonce(struct reader *r, struct hs_cbor *c)
{
	return read_optional(&r->doc->nonce, r, c, "nonce");
}

static const struct field {
	const char *key;
	int (*read)(struct reader *r, struct hs_cbor *c);
	bool optional;
} fields[] = {
	{ "module_id", read_module_id, false },
	{ "digest", read_digest, false },
	{ "timestamp", read_timestamp, false },
	{ "pcrs", read_pcrs, false },
	{ "certificate", read_certificate, false },
	{ "cabundle", read_cabundle, false },
	{ "public_key", read_public_key, true },
	{ "user_data", read_user_data, true },
	{ "nonce", read_nonce, true },
};

enum { N_FIELDS = sizeof(fields) / sizeof(fields[0]) };

/* A key that is none of ours is signed like the others: it says something to who knows it. */
static int
pass_unknown(struct reader *r, struct hs_span key, struct hs_cbor *c)
{
	struct hs_attest_document *d = r->doc;
	const size_t room = sizeof(d->unknown) / sizeof(d->unknown[0]);
	struct hs_span ignored;

	if (hs_span_is(key, "nitrotpm_pcrs"))
		return refuse(r, HS_ATTEST_NITROTPM,
		              "it is a document of an EC2 instance's NitroTPM, not of an enclave");
	for (size_t i = 0; i < d->n_unknown && i < room; i++)
		if (hs_span_equal(d->unknown[i], key))
			return refuse(r, HS_ATTEST_PAYLOAD, "a key is there twice");
	if (d->n_unknown >= room)
		return refuse(r, HS_ATTEST_PAYLOAD, "more than %zu keys are not known", room);
	d->unknown[d->n_unknown++] = key;
	if (hs_cbor_skip(&ignored, c, r->err) < 0) {
		*r->reason = HS_ATTEST_PAYLOAD;
		return r->err->code;
	}
	return 0;
}

static int
read_member(struct reader *r, const struct hs_cbor_item *key, struct hs_cbor *c)
{
	if (key->major != HS_CBOR_TEXT || key->indefinite)
		return refuse(r, HS_ATTEST_PAYLOAD, "the key at byte %" PRIu64 " is no text",
		              key->offset);
	if (!hs_is_utf8(key->data))
		return refuse(r, HS_ATTEST_PAYLOAD, "the key at byte %" PRIu64 " is not UTF-8",
		              key->offset);
	for (size_t i = 0; i < N_FIELDS; i++) {
		if (!hs_span_is(key->data, fields[i].key))
			continue;
		if (r->seen[i])
			return refuse(r, HS_ATTEST_FIELD, "%s is there twice", fields[i].key);
		r->seen[i] = true;
		return fields[i].read(r, c);
	}
	return pass_unknown(r, key->data, c);
}

/* The outer map, of stated length up to 2025 and without one since. */
static int
read_payload(struct reader *r)
{
	struct hs_cbor c = hs_cbor_of(r->doc->cose.payload);
	struct hs_cbor_item map, key;
	int rc = next(&map, r, &c, HS_ATTEST_PAYLOAD);

	if (rc == 0 && map.major != HS_CBOR_MAP)
		rc = refuse(r, HS_ATTEST_PAYLOAD, "the payload is no map");
	r->doc->indefinite = rc == 0 && map.indefinite;
	for (uint64_t i = 0; rc == 0 && (map.indefinite || i < map.value); i++) {
		rc = next(&key, r, &c, HS_ATTEST_PAYLOAD);
		if (rc == 0 && hs_cbor_is_break(&key)) {
			if (map.indefinite)
				break;
			rc = refuse(r, HS_ATTEST_PAYLOAD, "the map ends before its length");
		}
		if (rc == 0)
			rc = read_member(r, &key, &c);
	}
	if (rc == 0 && c.rest.len)
		rc = refuse(r, HS_ATTEST_PAYLOAD, "%zu bytes are behind the payload's map",
		            c.rest.len);
	for (size_t i = 0; rc == 0 && i < N_FIELDS; i++)
		if (!r->seen[i] && !fields[i].optional)
			rc = refuse(r, HS_ATTEST_FIELD, "there is no %s", fields[i].key);
	return rc;
}

/* ---- The envelope, of which hs_cose_read() has seen that each head has its one form ---- */

static int
check_envelope(struct reader *r)
{
	static const uint8_t es384[] = { 0xa1, 0x01, 0x38, 0x22 }, empty_map[] = { 0xa0 };
	const struct hs_cose_sign1 *m = &r->doc->cose;

	if (m->has_alg && m->alg == -1)
		return refuse(r, HS_ATTEST_EMULATED,
		              "it is QEMU's emulation of the security module, which signs nothing");
	if (m->unprotected.len != sizeof(empty_map) || m->unprotected.at[0] != empty_map[0])
		return refuse(r, HS_ATTEST_ENVELOPE, "there are unprotected header parameters");
	if (m->protected_.len != sizeof(es384) ||
	    memcmp(m->protected_.at, es384, sizeof(es384)) != 0)
		return refuse(r, HS_ATTEST_ENVELOPE,
		              "the protected header is not that of ES384 alone");
	if (m->payload.len == 0 || m->payload.len > MAX_PAYLOAD)
		return refuse(r, HS_ATTEST_ENVELOPE, "the payload has %zu bytes, not 1 to %d",
		              m->payload.len, MAX_PAYLOAD);
	if (m->signature.len != SIGNATURE)
		return refuse(r, HS_ATTEST_ENVELOPE, "the signature has %zu bytes, not %d",
		              m->signature.len, SIGNATURE);
	return 0;
}

int
hs_attest_read(struct hs_attest_document *out, enum hs_attest_reason *reason, struct hs_span bytes,
               struct hs_err *err)
{
	struct reader r = { .doc = out, .reason = reason, .err = err };
	int rc;

	*out = (struct hs_attest_document){ 0 };
	*reason = HS_ATTEST_OK;
	if (bytes.len > HS_MAX_ATTESTATION)
		return refuse(&r, HS_ATTEST_NOT_COSE,
		              "it has %zu bytes, more than any document (HS_MAX_ATTESTATION)",
		              bytes.len);
	if (hs_cose_read(&out->cose, bytes, err) < 0) {
		*reason = HS_ATTEST_NOT_COSE;
		return err->code;
	}
	rc = check_envelope(&r);
	return rc < 0 ? rc : read_payload(&r);
}

bool
hs_attest_is_debug(const struct hs_attest_document *d)
{
	bool zero = false;

	for (unsigned i = 0; i < 3; i++)
		zero = zero ||
		       hs_span_is_zero((struct hs_span){ d->pcrs[i].bytes, d->pcrs[i].size });
	return zero;
}

/* Whether the payload's first key is a field; also where the payload is cut before it. What else
 * has this envelope, the signature of an enclave image, has other keys. */
static bool
has_our_key(struct hs_cbor *c)
{
	const unsigned head = c->rest.len ? c->rest.at[0] : 0;
	const unsigned info = head & 31;
	struct hs_cbor_item it = { 0 };
	struct hs_err ignored;

	/* By hand, since the string may be cut: its head, and that of the map in it. */
	if (c->rest.len == 0)
		return true;
	if (head >> 5 != HS_CBOR_BYTES || info > 27)
		return false;
	c->rest = hs_span_from(c->rest, info < 24 ? 1 : 1 + (1U << (info - 24)));
	if (c->rest.len == 0)
		return true;
	if (c->rest.at[0] >> 5 != HS_CBOR_MAP || (c->rest.at[0] & 31) == 24)
		return false;
	c->rest = hs_span_from(c->rest, 1);
	if (hs_cbor_next(&it, c, &ignored) < 0)
		return true;
	for (size_t i = 0; i < N_FIELDS && it.major == HS_CBOR_TEXT; i++)
		if (hs_span_is(it.data, fields[i].key))
			return true;
	return it.major == HS_CBOR_TEXT && hs_span_is(it.data, "nitrotpm_pcrs");
}

bool
hs_attest_is(struct hs_span bytes)
{
	static const uint8_t head[] = { 0x84, 0x44, 0xa1, 0x01, 0x38, 0x22, 0xa0 };
	const struct hs_span want = { head, sizeof(head) };
	struct hs_cbor c;

	if (bytes.len && bytes.at[0] == 0xd2)
		bytes = hs_span_from(bytes, 1);
	if (!hs_span_starts(bytes, want))
		return false;
	c = hs_cbor_of(hs_span_from(bytes, sizeof(head)));
	return has_our_key(&c);
}
