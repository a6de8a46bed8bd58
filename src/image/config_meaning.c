/* SPDX-License-Identifier: Apache-2.0 */
#include "image/config_meaning.h"

#include "image/image_json.h"

#include <stdlib.h>

/* What no runtime reads. */
static const char *const top_leftovers[] = {
	"id", "parent", "Size", "docker_version", "container", "container_config", NULL,
};

static const char *const config_leftovers[] = {
	"Hostname",     "Domainname",   "Image", "MacAddress", "NetworkDisabled", "AttachStdin",
	"AttachStdout", "AttachStderr", "Tty",   "OpenStdin",  "StdinOnce",       NULL,
};

static const char *const no_leftovers[] = { NULL };

/* What Go's omitempty leaves out, and a time that is none. */
static bool
is_nothing(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return json_object_size(value) == 0;
	case JSON_ARRAY:
		return json_array_size(value) == 0;
	case JSON_STRING:
		return json_string_length(value) == 0 ||
		       hs_span_is(hs_image_json_span(value), "0001-01-01T00:00:00Z");
	case JSON_INTEGER:
		return json_integer_value(value) == 0;
	case JSON_TRUE:
	case JSON_REAL:
		return false;
	default:
		return true;
	}
}

/* The fields of one object that the specification knows, not of those below it. */
static void
drop_nothings(json_t *object, const char *const *leftovers)
{
	const char *key;
	json_t *value;
	void *next;

	for (; *leftovers; leftovers++)
		json_object_del(object, *leftovers);
	json_object_foreach_safe(object, next, key, value) if (is_nothing(value))
		json_object_del(object, key);
}

/* RFC 3339 as Go writes it again: no zeros at the end of a fraction, Z for no offset. */
static void
write_time_again(json_t *object)
{
	json_t *value = json_object_get(object, "created");
	struct hs_span s = hs_image_json_span(value);
	const uint8_t *dot = s.len ? memchr(s.at, '.', s.len) : NULL;
	char again[40];
	size_t zone, whole;

	if (hs_span_ends(s, HS_SPAN("Z")))
		zone = s.len - 1;
	else if (hs_span_ends(s, HS_SPAN("+00:00")))
		zone = s.len - 6;
	else
		return;
	for (whole = zone; dot && s.at[whole - 1] == '0';)
		whole--;
	if (dot && s.at + whole == dot + 1)
		whole--;
	if (whole + 2 > sizeof(again))
		return;
	memcpy(again, s.at, whole);
	again[whole] = 'Z';
	if (json_string_setn(value, again, whole + 1) != 0)
		hs_die_out_of_memory();
}

/* Lower levels first: what is left of them may be nothing. */
static void
make_normal(json_t *root)
{
	json_t *config = json_object_get(root, "config");
	json_t *history = json_object_get(root, "history");
	json_t *line;
	size_t i;

	drop_nothings(json_object_get(config, "Healthcheck"), no_leftovers);
	drop_nothings(config, config_leftovers);
	json_array_foreach(history, i, line) {
		write_time_again(line);
		drop_nothings(line, no_leftovers);
	}
	drop_nothings(json_object_get(root, "rootfs"), no_leftovers);
	write_time_again(root);
	drop_nothings(root, top_leftovers);
}

static bool
load(json_t **out, struct hs_span config)
{
	struct hs_err ignored;

	if (hs_image_json_load(out, config, &ignored) < 0)
		return false;
	if (json_is_object(*out)) {
		make_normal(*out);
		return true;
	}
	json_decref(*out);
	return false;
}

bool
hs_config_same_meaning(struct hs_span a, struct hs_span b)
{
	json_t *x, *y;
	bool same;

	if (!load(&x, a))
		return false;
	if (!load(&y, b)) {
		json_decref(x);
		return false;
	}
	same = json_equal(x, y) == 1;
	json_decref(x);
	json_decref(y);
	return same;
}
