/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/text/json_render.h"

#include <stdlib.h>

static void
write_string(FILE *out, struct hs_span s)
{
	static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	putc('"', out);
	while (s.len) {
		const uint8_t c = s.at[0];
		const char *name = NULL;
		size_t n = 0;

		while (n < s.len && s.at[n] >= 0x20 && s.at[n] != '"' && s.at[n] != '\\')
			n++;
		fwrite(s.at, 1, n, out);
		for (size_t i = 0; n == 0 && !name && i + 1 < sizeof(named); i += 2)
			name = (uint8_t)named[i] == c ? &named[i + 1] : NULL;
		if (name)
			fprintf(out, "\\%c", *name);
		else if (n == 0)
			fprintf(out, "\\u%04x", c);
		s = hs_span_from(s, n ? n : 1);
	}
	putc('"', out);
}

static void
new_line(FILE *out, unsigned depth)
{
	fprintf(out, "\n%*s", 2 * (int)depth, "");
}

static void write_value(FILE *out, struct hs_json_document *d, json_t *value, unsigned depth);

static void
write_object(FILE *out, struct hs_json_document *d, json_t *object, unsigned depth)
{
	const char **keys = hs_json_sorted_keys(d, object);
	const size_t n = json_object_size(object);

	putc('{', out);
	for (size_t i = 0; i < n && !ferror(out); i++) {
		if (i)
			putc(',', out);
		new_line(out, depth + 1);
		write_string(out, hs_span_of(keys[i]));
		fputs(": ", out);
		write_value(out, d, json_object_get(object, keys[i]), depth + 1);
	}
	new_line(out, depth);
	putc('}', out);
}

static void
write_array(FILE *out, struct hs_json_document *d, const json_t *array, unsigned depth)
{
	putc('[', out);
	for (size_t i = 0; i < json_array_size(array) && !ferror(out); i++) {
		if (i)
			putc(',', out);
		new_line(out, depth + 1);
		write_value(out, d, json_array_get(array, i), depth + 1);
	}
	new_line(out, depth);
	putc(']', out);
}

/* Calls itself through write_object() and write_array(), HS_MAX_JSON_DEPTH deep. */
static void
write_value(FILE *out, struct hs_json_document *d, json_t *value, unsigned depth)
{
	const struct hs_span text =
		json_is_string(value) ? hs_json_string(value) : hs_json_spelling(d, value);

	if (json_is_string(value))
		write_string(out, text);
	else if (text.len)
		fwrite(text.at, 1, text.len, out);
	else if (json_is_object(value))
		write_object(out, d, value, depth);
	else
		write_array(out, d, value, depth);
}

int
hs_json_render(FILE *out, struct hs_span file, struct hs_err *err)
{
	struct hs_json_document d;

	if (hs_json_read(&d, file, err) < 0)
		return err->code;
	write_value(out, &d, d.root, 0);
	putc('\n', out);
	hs_json_release(&d);
	return 0;
}
