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

int
hs_image_json_load(json_t **out, struct hs_span bytes, struct hs_err *err)
{
	json_error_t error;

	if (bytes.len > HS_MAX_IMAGE_JSON)
		return hs_fail(err, HS_ELIMIT,
		               "the JSON is %zu bytes long, %" PRIu64
		               " are read of an image's (HS_MAX_IMAGE_JSON)",
		               bytes.len, HS_MAX_IMAGE_JSON);
	if (bytes.len == 0)
		return hs_fail(err, HS_EFORMAT, "the JSON is empty");
	*out = json_loadb((const char *)bytes.at, bytes.len,
	                  JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
	if (!*out)
		return hs_fail(err, HS_EFORMAT, "the JSON %s at byte %d",
		               what_is_wrong(json_error_code(&error)), error.position);
	return 0;
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
