/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/kms_policy.h"

#include <jansson.h>
#include <stdlib.h>

enum { SHA384_SIZE = 48, PCRS_OF_CODE = 3 };

/* The value of each PCR, or NULL. */
struct table {
	const struct hs_pcr *pcr[HS_ATTEST_PCRS];
};

static int
add(struct table *t, const struct hs_attest_expected *e, struct hs_err *err)
{
	const struct hs_span bytes = { e->value.bytes, e->value.size };

	if (e->index >= HS_ATTEST_PCRS)
		return hs_fail(err, HS_EUSAGE, "there is no PCR%u", e->index);
	if (bytes.len != SHA384_SIZE)
		return hs_fail(err, HS_EUSAGE, "PCR%u has %zu bytes, and that of an enclave %d",
		               e->index, bytes.len, SHA384_SIZE);
	if (hs_span_is_zero(bytes))
		return hs_fail(err, HS_EUSAGE,
		               "PCR%u is all zero: every enclave in debug mode would fit",
		               e->index);
	if (t->pcr[e->index] && !hs_pcr_equal(t->pcr[e->index], &e->value))
		return hs_fail(err, HS_EUSAGE, "%s gives another PCR%u", e->from, e->index);
	t->pcr[e->index] = &e->value;
	return 0;
}

static int
fill(struct table *t, const struct hs_kms_policy *p, struct hs_err *err)
{
	*t = (struct table){ { NULL } };
	for (size_t i = 0; i < p->n; i++)
		if (add(t, &p->list[i], err) < 0)
			return err->code;
	return p->n ? 0 : hs_fail(err, HS_EUSAGE, "there is no PCR to insist on");
}

/* jansson fails for want of memory alone: all that it gets is UTF-8. */
static json_t *
made(json_t *value)
{
	if (!value)
		hs_die_out_of_memory();
	return value;
}

static void
put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, made(value)) < 0)
		hs_die_out_of_memory();
}

static void
put_pcrs(json_t *object, const struct table *t, const char *prefix, const char *first)
{
	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++) {
		char name[8], key[64], hex[HS_PCR_HEX];

		if (!t->pcr[i])
			continue;
		snprintf(name, sizeof(name), "PCR%u", i);
		snprintf(key, sizeof(key), "%s%s", prefix, i ? name : first);
		put(object, key, json_string(hs_pcr_hex(hex, t->pcr[i])));
	}
}

static void
print(FILE *out, json_t *object)
{
	json_dumpf(object, out, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	fputc('\n', out);
	json_decref(object);
}

int
hs_kms_policy_print(FILE *out, const struct hs_kms_policy *p, struct hs_err *err)
{
	struct table t;
	json_t *statement, *conditions, *one;

	if (fill(&t, p, err) < 0)
		return err->code;
	statement = made(json_object());
	put(statement, "Sid", json_string("OnlyThisEnclave"));
	put(statement, "Effect", json_string("Allow"));
	if (p->principal) {
		one = made(json_object());
		put(one, "AWS", json_string(p->principal));
		put(statement, "Principal", one);
	}
	put(statement, "Action", json_string("kms:Decrypt"));
	put(statement, "Resource", json_string("*"));
	conditions = made(json_object());
	put_pcrs(conditions, &t, "kms:RecipientAttestation:", "ImageSha384");
	one = made(json_object());
	put(one, "StringEqualsIgnoreCase", conditions);
	put(statement, "Condition", one);
	print(out, statement);
	return 0;
}

int
hs_kms_policy_print_expected(FILE *out, const struct hs_kms_policy *p, struct hs_err *err)
{
	struct table t;
	json_t *object, *inner;

	if (fill(&t, p, err) < 0)
		return err->code;
	inner = made(json_object());
	put(inner, "HashAlgorithm", json_string("Sha512_48 { .. }"));
	put_pcrs(inner, &t, "", "PCR0");
	object = made(json_object());
	put(object, "Measurements", inner);
	print(out, object);
	return 0;
}

bool
hs_kms_policy_is_loose(const struct hs_kms_policy *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].index < PCRS_OF_CODE)
			return false;
	return true;
}
