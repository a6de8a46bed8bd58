/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_expect.h"

#include "core/escape.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

/* What can be measured from a file, and is therefore an expectation of it. */
static const struct {
	const char *name;
	unsigned index;
} pcrs[] = { { "PCR0", 0 }, { "PCR1", 1 }, { "PCR2", 2 }, { "PCR8", 8 } };

enum { N_PCRS = sizeof(pcrs) / sizeof(pcrs[0]) };

/* The number of a PCR's name; false for a name that is none, or not one of a file's. */
static bool
index_of(unsigned *out, struct hs_span name)
{
	for (size_t i = 0; i < N_PCRS; i++)
		if (hs_span_is(name, pcrs[i].name)) {
			*out = pcrs[i].index;
			return true;
		}
	return false;
}

struct expecting {
	struct hs_eif_expect *out;
	const char *arg;
};

static int
add(struct expecting *e, struct hs_span name, struct hs_span hex, struct hs_err *err)
{
	struct hs_eif_expected x = { .from = e->arg };
	char shown[64];

	hs_escape_short(shown, sizeof(shown), name);
	if (!index_of(&x.index, name))
		return hs_fail(err, HS_EUSAGE,
		               "%s is not one of PCR0, PCR1, PCR2 and PCR8, which an image has",
		               shown);
	if (!hs_pcr_parse(&x.value, hex) || x.value.size != 48)
		return hs_fail(err, HS_EUSAGE, "%s is not 96 hex digits", shown);
	if (hs_span_is_zero((struct hs_span){ x.value.bytes, x.value.size }))
		return hs_fail(err, HS_EUSAGE,
		               "%s is all zero: that is what an enclave in debug mode attests to, "
		               "and no image has it",
		               shown);
	e->out->list[e->out->n++] = x;
	return 0;
}

static int
add_object(struct expecting *e, json_t *object, struct hs_err *err)
{
	const size_t before = e->out->n;
	const char *key;
	json_t *value;

	/* By number, not by jansson's order. */
	for (size_t i = 0; i < N_PCRS; i++) {
		value = json_object_get(object, pcrs[i].name);
		if (!value)
			continue;
		if (!json_is_string(value))
			return hs_fail(err, HS_EUSAGE, "%s is no string", pcrs[i].name);
		if (add(e, hs_span_of(pcrs[i].name), hs_span_of(json_string_value(value)), err) < 0)
			return err->code;
	}
	json_object_foreach(object, key, value) {
		unsigned ignored;

		if (strcmp(key, "HashAlgorithm") != 0 && !index_of(&ignored, hs_span_of(key)))
			return add(e, hs_span_of(key), HS_SPAN(""), err);
	}
	if (e->out->n == before)
		return hs_fail(err, HS_EUSAGE, "it names no PCR");
	return 0;
}

static int
add_json(struct expecting *e, const char *text, size_t len, struct hs_err *err)
{
	json_error_t why;
	json_t *const root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
	json_t *const inner = json_object_get(root, "Measurements");
	int rc;

	if (!json_is_object(root))
		rc = hs_fail(err, HS_EUSAGE, "it is no JSON object, or says a key twice");
	else if (inner && (!json_is_object(inner) || json_object_size(root) != 1))
		rc = hs_fail(err, HS_EUSAGE,
		             "\"Measurements\" is no object, or not all that is there");
	else
		rc = add_object(e, inner ? inner : root, err);
	json_decref(root);
	return rc;
}

static int
add_file(struct expecting *e, struct hs_err *err)
{
	enum { ROOM = 64 * 1024 }; /* nitro-cli prints some hundred bytes */
	char *text;
	size_t len;
	FILE *in = fopen(e->arg, "re");
	int rc;

	if (!in)
		return hs_fail_errno(err, errno, "it cannot be opened");
	text = hs_alloc(ROOM);
	len = fread(text, 1, ROOM, in);
	if (ferror(in))
		rc = hs_fail_errno(err, errno, "it cannot be read");
	else if (len == ROOM)
		rc = hs_fail(err, HS_EUSAGE, "it is larger than any list of measurements");
	else
		rc = add_json(e, text, len, err);
	free(text);
	fclose(in);
	return rc;
}

/* PCRn=HEX, for any number: a file with such a name is ./PCRn=HEX. */
static bool
is_inline(const char *arg, const char **hex)
{
	const char *at = arg;

	if (strncmp(at, "PCR", 3) != 0)
		return false;
	for (at += 3; *at >= '0' && *at <= '9'; at++)
		;
	*hex = at + 1;
	return at > arg + 3 && *at == '=';
}

int
hs_eif_expect_read(struct hs_eif_expect *out, struct hs_arena *a, const char *const *args, size_t n,
                   struct hs_err *err)
{
	*out = (struct hs_eif_expect){ hs_arena_array(a, n * N_PCRS, sizeof(*out->list)), 0 };
	for (size_t i = 0; i < n; i++) {
		struct expecting e = { out, args[i] };
		const char *hex;
		int rc;

		if (is_inline(args[i], &hex)) {
			const struct hs_span name = { (const uint8_t *)args[i],
				                      (size_t)(hex - args[i]) - 1 };

			rc = add(&e, name, hs_span_of(hex), err);
		} else {
			rc = add_file(&e, err);
			if (rc < 0)
				hs_fail_in_span(err, hs_span_of(args[i]));
		}
		if (rc < 0)
			return hs_fail_in(err, "--expect");
	}
	return 0;
}
