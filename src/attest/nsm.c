/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/nsm.h"

#include "core/cbor.h"
#include "core/escape.h"

#include <inttypes.h>

/* CBOR's simple values. */
enum { CBOR_FALSE = 20, CBOR_TRUE = 21, CBOR_NULL = 22 };

/* One request and its response. */
struct call {
	struct hs_arena *arena;
	const char *name; /* of the request, and of the response's variant */
	struct hs_cbor_writer w;
	struct hs_cbor c; /* of the response, behind the variant's name */
};

static struct call
begin(struct hs_arena *a, const char *name, unsigned n_fields)
{
	struct call call = { .arena = a, .name = name, .w = { .arena = a } };

	if (n_fields)
		hs_cbor_head(&call.w, HS_CBOR_MAP, 1);
	hs_cbor_text(&call.w, name);
	if (n_fields)
		hs_cbor_head(&call.w, HS_CBOR_MAP, n_fields);
	return call;
}

static void
put_number(struct call *call, const char *field, unsigned value)
{
	hs_cbor_text(&call->w, field);
	hs_cbor_head(&call->w, HS_CBOR_UINT, value);
}

static void
put_bytes(struct call *call, const char *field, const struct hs_span *bytes)
{
	hs_cbor_text(&call->w, field);
	if (bytes)
		hs_cbor_bytes(&call->w, *bytes);
	else
		hs_cbor_head(&call->w, HS_CBOR_SIMPLE, CBOR_NULL);
}

static int
fail_refused(struct call *call, struct hs_err *err)
{
	struct hs_cbor_item word;
	char shown[60];

	if (hs_cbor_expect(&word, &call->c, HS_CBOR_TEXT, "the error", err) < 0)
		return err->code;
	hs_escape_short(shown, sizeof(shown), word.data);
	return hs_fail(err, HS_EIO, "the security module refuses %s: %s", call->name, shown);
}

/* The variant of the response: that of the request, or an error. */
static int
take_variant(struct call *call, bool has_fields, struct hs_err *err)
{
	struct hs_cbor_item it, name;
	char shown[60];
	int rc = hs_cbor_next(&it, &call->c, err);

	if (rc < 0)
		return rc;
	if (it.major == HS_CBOR_TEXT && !has_fields && hs_span_is(it.data, call->name))
		return 0;
	if (it.major != HS_CBOR_MAP || it.indefinite || it.value != 1)
		return hs_fail(err, HS_EFORMAT, "the answer is no response to %s", call->name);
	rc = hs_cbor_expect(&name, &call->c, HS_CBOR_TEXT, "the response's name", err);
	if (rc < 0)
		return rc;
	if (hs_span_is(name.data, "Error"))
		return fail_refused(call, err);
	if (has_fields && hs_span_is(name.data, call->name))
		return 0;
	if (hs_span_is(name.data, call->name))
		return hs_fail(err, HS_EFORMAT, "%s is answered with fields", call->name);
	hs_escape_short(shown, sizeof(shown), name.data);
	return hs_fail(err, HS_EFORMAT, "the answer to %s is %s", call->name, shown);
}

static int
fail_answer(struct hs_err *err)
{
	return hs_fail_in(err, "the security module's answer");
}

/* Sends what was put; call->c is left at the response's fields. */
static int
exchange(struct call *call, const struct hs_nsm *nsm, bool has_fields, struct hs_err *err)
{
	const struct hs_span request = hs_cbor_written(&call->w);
	uint8_t *response = hs_arena_alloc(call->arena, HS_NSM_MAX_RESPONSE);
	size_t n = HS_NSM_MAX_RESPONSE;
	struct hs_span item;
	struct hs_cbor whole;
	int rc;

	if (request.len > HS_NSM_MAX_REQUEST)
		return hs_fail(err, HS_EUSAGE,
		               "the request has %zu bytes, and the security module takes %d",
		               request.len, HS_NSM_MAX_REQUEST);
	rc = nsm->exchange(nsm->ctx, response, &n, request, err);
	if (rc < 0)
		return rc;
	whole = hs_cbor_of((struct hs_span){ response, n });
	call->c = whole;
	rc = hs_cbor_skip(&item, &whole, err);
	if (rc == 0 && whole.rest.len)
		rc = hs_fail(err, HS_EFORMAT, "%zu bytes are behind the response", whole.rest.len);
	if (rc == 0)
		rc = take_variant(call, has_fields, err);
	return rc == 0 || err->code == HS_EIO ? rc : fail_answer(err);
}

/* ---- Fields of responses ---- */

struct field {
	const char *name;
	int (*read)(void *out, struct hs_cbor *c, const char *name, struct hs_err *err);
	void *out;
};

static int
read_u64(void *out, struct hs_cbor *c, const char *name, struct hs_err *err)
{
	struct hs_cbor_item it;
	const int rc = hs_cbor_expect(&it, c, HS_CBOR_UINT, name, err);

	if (rc == 0)
		*(uint64_t *)out = it.value;
	return rc;
}

static int
read_bytes(void *out, struct hs_cbor *c, const char *name, struct hs_err *err)
{
	struct hs_cbor_item it;
	const int rc = hs_cbor_expect(&it, c, HS_CBOR_BYTES, name, err);

	if (rc == 0)
		*(struct hs_span *)out = it.data;
	return rc;
}

static int
read_text(void *out, struct hs_cbor *c, const char *name, struct hs_err *err)
{
	struct hs_cbor_item it;
	const int rc = hs_cbor_expect(&it, c, HS_CBOR_TEXT, name, err);

	if (rc == 0)
		*(struct hs_span *)out = it.data;
	return rc;
}

static int
read_bool(void *out, struct hs_cbor *c, const char *name, struct hs_err *err)
{
	struct hs_cbor_item it;
	const int rc = hs_cbor_expect(&it, c, HS_CBOR_SIMPLE, name, err);

	if (rc < 0)
		return rc;
	if (it.width || (it.value != CBOR_FALSE && it.value != CBOR_TRUE))
		return hs_fail(err, HS_EFORMAT, "%s is neither true nor false", name);
	*(bool *)out = it.value == CBOR_TRUE;
	return 0;
}

static int
read_locked(void *out, struct hs_cbor *c, const char *name, struct hs_err *err)
{
	struct hs_nsm_description *d = out;
	struct hs_cbor_item list, it;
	int rc = hs_cbor_expect(&list, c, HS_CBOR_ARRAY, name, err);

	if (rc == 0 && list.value > HS_NSM_MAX_PCRS)
		rc = hs_fail(err, HS_EFORMAT, "%" PRIu64 " PCRs are locked, of %d", list.value,
		             HS_NSM_MAX_PCRS);
	for (uint64_t i = 0; rc == 0 && i < list.value; i++) {
		rc = hs_cbor_expect(&it, c, HS_CBOR_UINT, name, err);
		if (rc == 0 && it.value > UINT16_MAX)
			rc = hs_fail(err, HS_EFORMAT, "PCR%" PRIu64 " cannot be locked", it.value);
		if (rc == 0)
			d->locked[d->n_locked++] = (uint16_t)it.value;
	}
	return rc;
}

/* A map in which each of `fields` is there once; others are passed over. */
static int
take_fields(struct call *call, const struct field *fields, unsigned n, struct hs_err *err)
{
	struct hs_cbor_item map, key;
	struct hs_span ignored;
	unsigned seen = 0;
	int rc = hs_cbor_expect(&map, &call->c, HS_CBOR_MAP, "the response", err);

	for (uint64_t i = 0; rc == 0 && i < map.value; i++) {
		unsigned k = 0;

		rc = hs_cbor_expect(&key, &call->c, HS_CBOR_TEXT, "a key", err);
		while (rc == 0 && k < n && !hs_span_is(key.data, fields[k].name))
			k++;
		if (rc == 0 && k == n)
			rc = hs_cbor_skip(&ignored, &call->c, err);
		else if (rc == 0 && seen & 1u << k)
			rc = hs_fail(err, HS_EFORMAT, "%s is there twice", fields[k].name);
		else if (rc == 0)
			rc = fields[k].read(fields[k].out, &call->c, fields[k].name, err);
		if (rc == 0 && k < n)
			seen |= 1u << k;
	}
	for (unsigned k = 0; rc == 0 && k < n; k++)
		if (!(seen & 1u << k))
			rc = hs_fail(err, HS_EFORMAT, "there is no %s", fields[k].name);
	return rc < 0 ? fail_answer(err) : 0;
}

/* An empty answer would be taken for one, or asked for again without end. */
static int
check_some(struct hs_span bytes, const char *name, struct hs_err *err)
{
	if (bytes.len)
		return 0;
	hs_fail(err, HS_EFORMAT, "%s is empty", name);
	return fail_answer(err);
}

/* A PCR is as long as a hash of the SHA-2 family, whichever the module has. */
static int
check_value(struct hs_span value, struct hs_err *err)
{
	if (value.len == 32 || value.len == 48 || value.len == 64)
		return 0;
	hs_fail(err, HS_EFORMAT, "a PCR has %zu bytes", value.len);
	return fail_answer(err);
}

/* ---- Requests ---- */

int
hs_nsm_describe(struct hs_nsm_description *out, struct hs_arena *a, const struct hs_nsm *nsm,
                struct hs_err *err)
{
	struct call call = begin(a, "DescribeNSM", 0);
	const struct field fields[] = {
		{ "version_major", read_u64, &out->version[0] },
		{ "version_minor", read_u64, &out->version[1] },
		{ "version_patch", read_u64, &out->version[2] },
		{ "module_id", read_text, &out->module_id },
		{ "max_pcrs", read_u64, &out->max_pcrs },
		{ "locked_pcrs", read_locked, out },
		{ "digest", read_text, &out->digest },
	};
	int rc;

	*out = (struct hs_nsm_description){ .n_locked = 0 };
	rc = exchange(&call, nsm, true, err);
	return rc < 0 ? rc : take_fields(&call, fields, sizeof(fields) / sizeof(fields[0]), err);
}

int
hs_nsm_pcr(struct hs_nsm_pcr *out, struct hs_arena *a, const struct hs_nsm *nsm, unsigned index,
           struct hs_err *err)
{
	struct call call = begin(a, "DescribePCR", 1);
	const struct field fields[] = {
		{ "lock", read_bool, &out->locked },
		{ "data", read_bytes, &out->value },
	};
	int rc;

	put_number(&call, "index", index);
	rc = exchange(&call, nsm, true, err);
	if (rc == 0)
		rc = take_fields(&call, fields, sizeof(fields) / sizeof(fields[0]), err);
	return rc < 0 ? rc : check_value(out->value, err);
}

int
hs_nsm_extend(struct hs_span *out, struct hs_arena *a, const struct hs_nsm *nsm,
              const struct hs_nsm_extension *e, struct hs_err *err)
{
	struct call call = begin(a, "ExtendPCR", 2);
	const struct field fields[] = { { "data", read_bytes, out } };
	int rc;

	put_number(&call, "index", e->index);
	put_bytes(&call, "data", &e->data);
	rc = exchange(&call, nsm, true, err);
	if (rc == 0)
		rc = take_fields(&call, fields, 1, err);
	return rc < 0 ? rc : check_value(*out, err);
}

int
hs_nsm_lock(struct hs_arena *a, const struct hs_nsm *nsm, unsigned index, struct hs_err *err)
{
	struct call call = begin(a, "LockPCR", 1);

	put_number(&call, "index", index);
	return exchange(&call, nsm, false, err);
}

int
hs_nsm_lock_range(struct hs_arena *a, const struct hs_nsm *nsm, unsigned range, struct hs_err *err)
{
	struct call call = begin(a, "LockPCRs", 1);

	put_number(&call, "range", range);
	return exchange(&call, nsm, false, err);
}

int
hs_nsm_random(struct hs_span *out, struct hs_arena *a, const struct hs_nsm *nsm, struct hs_err *err)
{
	struct call call = begin(a, "GetRandom", 0);
	const struct field fields[] = { { "random", read_bytes, out } };
	int rc = exchange(&call, nsm, true, err);

	if (rc == 0)
		rc = take_fields(&call, fields, 1, err);
	return rc < 0 ? rc : check_some(*out, "random", err);
}

int
hs_nsm_attest(struct hs_span *document, struct hs_arena *a, const struct hs_nsm *nsm,
              const struct hs_nsm_attestation *order, struct hs_err *err)
{
	struct call call = begin(a, "Attestation", 3);
	const struct field fields[] = { { "document", read_bytes, document } };
	int rc;

	put_bytes(&call, "user_data", order->user_data);
	put_bytes(&call, "nonce", order->nonce);
	put_bytes(&call, "public_key", order->public_key);
	rc = exchange(&call, nsm, true, err);
	if (rc == 0)
		rc = take_fields(&call, fields, 1, err);
	return rc < 0 ? rc : check_some(*document, "document", err);
}
