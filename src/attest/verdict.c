/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/verdict.h"

#include <inttypes.h>
#include <stdarg.h>

/* A clock may be ahead of ours by this much. */
enum { SKEW = 300 };

/* document, certificates, signature, timestamp, age, three fields, debug, measurements: besides one
 * for each PCR that is expected. */
enum { MAX_CHECKS = 10 };

struct verifier {
	struct hs_attest_verdict *out;
	const struct hs_attest_policy *policy;
	struct hs_arena *arena;
	struct hs_attest_chain chain;
};

__attribute__((format(printf, 4, 5))) static bool
tell(struct verifier *v, const char *name, enum hs_attest_reason reason, const char *fmt, ...)
{
	struct hs_attest_verdict *out = v->out;
	struct hs_attest_check *c;
	char text[600];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	c = &out->checks[out->n_checks++];
	*c = (struct hs_attest_check){ name, reason, hs_arena_printf(v->arena, "%s", text) };
	if (reason != HS_ATTEST_OK && out->reason == HS_ATTEST_OK) {
		out->reason = reason;
		out->sentence = c->text;
	}
	return reason == HS_ATTEST_OK;
}

static int64_t
seconds_of(const struct hs_attest_document *d)
{
	return (int64_t)(d->timestamp / 1000);
}

/* ---- Who signed it ---- */

static bool
check_document(struct verifier *v, struct hs_span bytes)
{
	enum hs_attest_reason reason;
	struct hs_err err;

	if (hs_attest_read(&v->out->document, &reason, bytes, &err) < 0)
		return tell(v, "document", reason, "%s", err.text);
	return tell(v, "document", HS_ATTEST_OK, "it is an attestation document");
}

static bool
check_chain(struct verifier *v)
{
	const struct hs_attest_policy *p = v->policy;
	const int64_t at = p->at_timestamp ? seconds_of(&v->out->document) : p->at;
	enum hs_attest_reason reason;
	struct hs_err err;

	if (hs_attest_chain_read(&v->chain, &v->out->document, &err) < 0)
		return tell(v, "certificates", HS_ATTEST_CERTIFICATE, "%s", err.text);
	if (hs_attest_chain_check(&reason, &v->chain, &p->roots, at, &err) < 0)
		return tell(v, "certificates", reason, "%s", err.text);
	return tell(v, "certificates", HS_ATTEST_OK, "a trusted root vouches for its certificate");
}

static bool
check_signature(struct verifier *v)
{
	const struct hs_certificate *leaf = &v->chain.certificates[v->chain.n - 1];
	struct hs_err err;

	if (hs_cose_verify(&v->out->document.cose, leaf->key, &err) < 0)
		return tell(v, "signature", HS_ATTEST_SIGNATURE, "%s", err.text);
	return tell(v, "signature", HS_ATTEST_OK, "the signature is that of its certificate");
}

/* The moment that it states is signed: the certificate has to have been valid then. */
static bool
check_timestamp(struct verifier *v)
{
	const struct hs_certificate *leaf = &v->chain.certificates[v->chain.n - 1];
	const int64_t at = seconds_of(&v->out->document);
	int64_t from, until;

	if (!hs_certificate_dates(leaf, &from, &until) || at < from || at > until)
		return tell(v, "timestamp", HS_ATTEST_TIMESTAMP,
		            "its timestamp is outside the time of its certificate");
	return tell(v, "timestamp", HS_ATTEST_OK,
	            "its timestamp is inside the time of its certificate");
}

/* ---- What it says ---- */

static void
check_age(struct verifier *v)
{
	const struct hs_attest_policy *p = v->policy;
	const int64_t age = p->now - seconds_of(&v->out->document);

	if (age < -SKEW)
		tell(v, "age", HS_ATTEST_TIMESTAMP, "it is %" PRId64 " s from the future", -age);
	else if (p->has_max_age && age > p->max_age)
		tell(v, "age", HS_ATTEST_STALE, "it is %" PRId64 " s old, more than %" PRId64, age,
		     p->max_age);
	else if (p->has_max_age)
		tell(v, "age", HS_ATTEST_OK, "it is %" PRId64 " s old", age < 0 ? 0 : age);
}

struct wanted {
	const char *name;
	enum hs_attest_reason reason;
	const struct hs_attest_field *want, *got;
};

static void
check_field(struct verifier *v, const struct wanted *w)
{
	if (!w->want->present)
		return;
	if (!w->got->present || w->got->null)
		tell(v, w->name, w->reason, "it has no %s", w->name);
	else if (!hs_span_equal(w->want->bytes, w->got->bytes))
		tell(v, w->name, w->reason, "its %s is another", w->name);
	else
		tell(v, w->name, HS_ATTEST_OK, "its %s is the one that was asked for", w->name);
}

static void
check_fields(struct verifier *v)
{
	const struct hs_attest_policy *p = v->policy;
	const struct hs_attest_document *d = &v->out->document;
	const struct wanted fields[] = {
		{ "nonce", HS_ATTEST_NONCE, &p->nonce, &d->nonce },
		{ "user_data", HS_ATTEST_USER_DATA, &p->user_data, &d->user_data },
		{ "public_key", HS_ATTEST_PUBLIC_KEY, &p->public_key, &d->public_key },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		check_field(v, &fields[i]);
}

/* The values are the check's to tell, not the sentence's. */
static void
tell_mismatch(struct verifier *v, const char *name, const struct hs_attest_expected *e)
{
	const bool first = v->out->reason == HS_ATTEST_OK;
	char want[HS_PCR_HEX], got[HS_PCR_HEX];

	tell(v, name, HS_ATTEST_MEASUREMENT, "it is %s, and that of %s is %s",
	     hs_pcr_hex(got, &v->out->document.pcrs[e->index]), e->from,
	     hs_pcr_hex(want, &e->value));
	if (first)
		v->out->sentence = hs_arena_printf(v->arena, "%s is not that of %s", name, e->from);
}

static void
check_pcr(struct verifier *v, const struct hs_attest_expected *e)
{
	const struct hs_attest_document *d = &v->out->document;
	const char *name = hs_arena_printf(v->arena, "PCR%u", e->index);

	if (e->index >= HS_ATTEST_PCRS || !(d->pcr_set & UINT32_C(1) << e->index))
		tell(v, name, HS_ATTEST_MEASUREMENT, "%s is not in it", name);
	else if (!hs_pcr_equal(&e->value, &d->pcrs[e->index]))
		tell_mismatch(v, name, e);
	else
		tell(v, name, HS_ATTEST_OK, "it is that of %s", e->from);
}

/* What may be whatever it likes though all that was expected is there; NULL: nothing of the image.
 */
static const char *
left_open(const struct hs_attest_policy *p)
{
	uint32_t set = 0;

	for (size_t i = 0; i < p->n_expected; i++)
		set |= p->expected[i].index < HS_ATTEST_PCRS ? UINT32_C(1) << p->expected[i].index
		                                             : 0;
	if (set & 1u || (set & 6u) == 6u)
		return NULL;
	if (set & 1u << 8)
		return "PCR0 was not compared: any image of that signer would do";
	if (set & 1u << 2)
		return "PCR0 and PCR1 were not compared: the kernel, its command line and the "
		       "bootstrap ramdisk may be any";
	if (set & 1u << 1)
		return "PCR0 and PCR2 were not compared: the application may be any";
	return "no PCR of the image was compared: any image would do";
}

static void
check_measurements(struct verifier *v)
{
	const struct hs_attest_policy *p = v->policy;

	if (hs_attest_is_debug(&v->out->document))
		tell(v, "debug", p->allow_debug ? HS_ATTEST_OK : HS_ATTEST_DEBUG,
		     "the enclave runs in debug mode, in which what it runs is not measured: "
		     "PCR0, PCR1 or PCR2 is zero");
	for (size_t i = 0; i < p->n_expected; i++)
		check_pcr(v, &p->expected[i]);
	if (p->n_expected == 0)
		tell(v, "measurements", p->no_measurements ? HS_ATTEST_OK : HS_ATTEST_NOT_COMPARED,
		     "no measurement was asked for, and none was compared");
	else if (left_open(p))
		tell(v, "measurements", HS_ATTEST_OK, "%s", left_open(p));
}

void
hs_attest_verify(struct hs_attest_verdict *out, struct hs_arena *a, struct hs_span bytes,
                 const struct hs_attest_policy *policy)
{
	struct verifier v = { .out = out, .policy = policy, .arena = a };

	*out = (struct hs_attest_verdict){ .reason = HS_ATTEST_OK };
	out->checks = hs_arena_array(a, MAX_CHECKS + policy->n_expected, sizeof(*out->checks));
	out->genuine = check_document(&v, bytes) && check_chain(&v) && check_signature(&v) &&
	               check_timestamp(&v);
	if (out->genuine) {
		check_age(&v);
		check_fields(&v);
		check_measurements(&v);
	}
	if (out->reason == HS_ATTEST_OK)
		out->sentence = policy->n_expected ? "genuine, and as expected"
		                                   : "genuine; no measurement was compared";
	else if (out->reason == HS_ATTEST_NOT_COMPARED)
		out->sentence = "genuine, but nothing was compared";
	hs_attest_chain_release(&v.chain);
}
