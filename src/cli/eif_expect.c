/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_expect.h"

#include "core/escape.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

enum { N_PCRS = 32, SHA384_SIZE = 48 };

/* The number of a PCR's name; false for a name that is none. */
static bool
index_of(unsigned *out, struct hs_span name)
{
	for (unsigned i = 0; i < N_PCRS; i++) {
		char known[8];

		snprintf(known, sizeof(known), "PCR%u", i);
		if (hs_span_is(name, known)) {
			*out = i;
			return true;
		}
	}
	return false;
}

/* Whether it can be measured from a file, and is therefore an expectation of one. */
static bool
is_of_image(unsigned index)
{
	return index <= 2 || index == 8;
}

void
hs_eif_expect_put(struct hs_eif_expect *e, const char *from, unsigned index,
                  const struct hs_pcr *value)
{
	if (e->n == e->room) {
		struct hs_eif_expected *more;

		e->room = e->room ? 2 * e->room : 8;
		more = hs_arena_array(e->arena, e->room, sizeof(*more));
		if (e->n)
			memcpy(more, e->list, e->n * sizeof(*more));
		e->list = more;
	}
	e->list[e->n++] = (struct hs_eif_expected){ index, *value, from };
}

static int
add(struct hs_eif_expect *e, const char *from, struct hs_span name, struct hs_span hex,
    struct hs_err *err)
{
	struct hs_pcr value;
	unsigned index;
	char shown[64];

	hs_escape_short(shown, sizeof(shown), name);
	if (!index_of(&index, name) || !(e->any || is_of_image(index)))
		return hs_fail(err, HS_EUSAGE, "%s is not one of %s", shown,
		               e->any ? "PCR0 to PCR31"
		                      : "PCR0, PCR1, PCR2 and PCR8, which an image has");
	if (!hs_pcr_parse(&value, hex) || value.size != SHA384_SIZE)
		return hs_fail(err, HS_EUSAGE, "%s is not 96 hex digits", shown);
	if (hs_span_is_zero((struct hs_span){ value.bytes, value.size }))
		return hs_fail(err, HS_EUSAGE,
		               "%s is all zero: that is what an enclave in debug mode attests to, "
		               "and no image has it",
		               shown);
	hs_eif_expect_put(e, from, index, &value);
	return 0;
}

static int
add_object(struct hs_eif_expect *e, const char *from, json_t *object, struct hs_err *err)
{
	const size_t before = e->n;
	const char *key;
	json_t *value;

	/* By number, not by jansson's order. */
	for (unsigned i = 0; i < N_PCRS; i++) {
		char name[8];

		snprintf(name, sizeof(name), "PCR%u", i);
		value = json_object_get(object, name);
		if (!value)
			continue;
		if (!json_is_string(value))
			return hs_fail(err, HS_EUSAGE, "%s is no string", name);
		if (add(e, from, hs_span_of(name), hs_span_of(json_string_value(value)), err) < 0)
			return err->code;
	}
	json_object_foreach(object, key, value) {
		unsigned ignored;

		if (strcmp(key, "HashAlgorithm") != 0 && !index_of(&ignored, hs_span_of(key)))
			return add(e, from, hs_span_of(key), HS_SPAN(""), err);
	}
	if (e->n == before)
		return hs_fail(err, HS_EUSAGE, "it names no PCR");
	return 0;
}

int
hs_eif_expect_json(struct hs_eif_expect *e, const char *from, struct hs_span text,
                   struct hs_err *err)
{
	json_error_t why;
	json_t *root, *inner;
	int rc;

	if (text.len >= HS_EIF_EXPECT_JSON)
		return hs_fail(err, HS_EUSAGE, "it is larger than any list of measurements");
	root = json_loadb((const char *)text.at, text.len, JSON_REJECT_DUPLICATES, &why);
	inner = json_object_get(root, "Measurements");
	if (!json_is_object(root))
		rc = hs_fail(err, HS_EUSAGE, "it is no JSON object, or says a key twice");
	else if (inner && (!json_is_object(inner) || json_object_size(root) != 1))
		rc = hs_fail(err, HS_EUSAGE,
		             "\"Measurements\" is no object, or not all that is there");
	else
		rc = add_object(e, from, inner ? inner : root, err);
	json_decref(root);
	return rc;
}

static int
add_file(struct hs_eif_expect *e, const char *file, struct hs_err *err)
{
	FILE *const in = fopen(file, "re");
	char *text;
	size_t len;
	int rc;

	if (!in)
		return hs_fail_errno(err, errno, "it cannot be opened");
	text = hs_alloc(HS_EIF_EXPECT_JSON);
	len = fread(text, 1, HS_EIF_EXPECT_JSON, in);
	if (ferror(in))
		rc = hs_fail_errno(err, errno, "it cannot be read");
	else
		rc = hs_eif_expect_json(e, file, (struct hs_span){ (uint8_t *)text, len }, err);
	free(text);
	fclose(in);
	return rc;
}

bool
hs_eif_expect_is_inline(const char *arg)
{
	const char *at = arg;

	if (strncmp(at, "PCR", 3) != 0)
		return false;
	for (at += 3; *at >= '0' && *at <= '9'; at++)
		;
	return at > arg + 3 && *at == '=';
}

int
hs_eif_expect_inline(struct hs_eif_expect *e, const char *arg, struct hs_err *err)
{
	const size_t n = strcspn(arg, "=");

	return add(e, arg, hs_span_head(hs_span_of(arg), n), hs_span_from(hs_span_of(arg), n + 1),
	           err);
}

int
hs_eif_expect_read(struct hs_eif_expect *out, struct hs_arena *a, const char *const *args, size_t n,
                   struct hs_err *err)
{
	*out = (struct hs_eif_expect){ .arena = a };
	for (size_t i = 0; i < n; i++) {
		int rc;

		if (hs_eif_expect_is_inline(args[i])) {
			rc = hs_eif_expect_inline(out, args[i], err);
		} else {
			rc = add_file(out, args[i], err);
			if (rc < 0)
				hs_fail_in_span(err, hs_span_of(args[i]));
		}
		if (rc < 0)
			return hs_fail_in(err, "--expect");
	}
	return 0;
}
