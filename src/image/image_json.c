/* SPDX-License-Identifier: Apache-2.0 */
#include "image/image_json.h"

#include "core/limits.h"

#include <inttypes.h>

/* jansson's own text quotes the input; these are ours. */
static const char *
what_is_wrong(enum json_error_code code)
{
	switch (code) {
	case json_error_duplicate_key:
		return "names a field twice";
	case json_error_premature_end_of_input:
		return "ends early";
	case json_error_end_of_input_expected:
		return "goes on behind its end";
	case json_error_stack_overflow:
		return "is nested too deeply";
	case json_error_invalid_utf8:
		return "is not UTF-8";
	case json_error_numeric_overflow:
		return "has a number that is too large";
	default:
		return "is not valid JSON";
	}
}

static int
load(json_t **out, size_t flags, struct hs_span bytes, json_error_t *error)
{
	*out = json_loadb((const char *)bytes.at, bytes.len,
	                  flags | JSON_ALLOW_NUL | JSON_DECODE_ANY, error);
	return *out ? 0 : HS_EFORMAT;
}

static int
check_size(struct hs_span bytes, struct hs_err *err)
{
	if (bytes.len > HS_MAX_IMAGE_JSON)
		return hs_fail(err, HS_ELIMIT,
		               "the JSON is %zu bytes long, %" PRIu64
		               " are read of an image's (HS_MAX_IMAGE_JSON)",
		               bytes.len, HS_MAX_IMAGE_JSON);
	if (bytes.len == 0)
		return hs_fail(err, HS_EFORMAT, "the JSON is empty");
	return 0;
}

static int
fail_at(struct hs_err *err, const json_error_t *error)
{
	return hs_fail(err, HS_EFORMAT, "the JSON %s at byte %d",
	               what_is_wrong(json_error_code(error)), error->position);
}

int
hs_image_json_load(json_t **out, struct hs_span bytes, struct hs_err *err)
{
	json_error_t error;
	int rc = check_size(bytes, err);

	if (rc == 0 && load(out, JSON_REJECT_DUPLICATES, bytes, &error) < 0)
		rc = fail_at(err, &error);
	return rc;
}

int
hs_image_json_read(json_t **out, struct hs_remarks *r, struct hs_arena *a, struct hs_span bytes)
{
	size_t flags = JSON_REJECT_DUPLICATES;
	enum hs_remark_kind kind;
	json_error_t error;
	struct hs_err err;

	*out = NULL;
	if (check_size(bytes, &err) < 0) {
		hs_remarks_add(r, a, err.code == HS_ELIMIT ? HS_REMARK_LIMIT : HS_REMARK_BAD_JSON,
		               "%s", err.text);
		return err.code;
	}
	/* Each of the two faults that can be read past takes one more round. */
	for (int i = 0; i < 3 && load(out, flags, bytes, &error) < 0; i++) {
		kind = HS_REMARK_BAD_JSON;
		if (json_error_code(&error) == json_error_duplicate_key) {
			kind = HS_REMARK_TWICE;
			flags &= ~(size_t)JSON_REJECT_DUPLICATES;
		} else if (json_error_code(&error) == json_error_numeric_overflow &&
		           !(flags & JSON_DECODE_INT_AS_REAL)) {
			flags |= JSON_DECODE_INT_AS_REAL;
		} else {
			i = 3;
		}
		fail_at(&err, &error);
		hs_remarks_add(r, a, kind, "%s", err.text);
	}
	return *out ? 0 : HS_EFORMAT;
}

struct hs_span
hs_image_json_span(const json_t *value)
{
	if (!json_is_string(value))
		return (struct hs_span){ NULL, 0 };
	return (struct hs_span){ (const uint8_t *)json_string_value(value),
		                 json_string_length(value) };
}

struct hs_span
hs_image_json_text(struct hs_arena *a, const json_t *object, const char *field)
{
	const struct hs_span s = hs_image_json_span(json_object_get(object, field));

	return s.len ? hs_arena_copy(a, s) : s;
}

const json_t *
hs_image_json_field(const json_t *object, const char *field)
{
	const json_t *value = json_object_get(object, field);

	return json_is_null(value) ? NULL : value;
}
