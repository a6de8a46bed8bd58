/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON Lines (jsonlines.org, NDJSON): an object or an array of JSON a line,
 * logs and exports. The records are said as the elements of one array:
 *
 *	{"a": 1}     .[0].a: 1
 *	{"a": 2}     .[1].a: 2
 *
 * To that end each line end becomes a comma; no string of JSON holds one, and
 * that there are as many elements as lines is looked at. What varies between
 * builds is what the records tell, and their order.
 */
#include "comparators/comparator.h"

#include "comparators/package/deb822.h"
#include "comparators/text/json_say.h"
#include "comparators/text/structured.h"
#include "core/encoding.h"
#include "core/limits.h"

enum { BID = 29 };

/* How many lines there are; 0 where one of them is not in brackets. */
static size_t
count_records(struct hs_span rest)
{
	size_t n = 0;

	while (rest.len) {
		const struct hs_span line = hs_deb822_trim(hs_deb822_line(&rest));

		if (line.len < 2 || !memchr("{[", line.at[0], 2) ||
		    !memchr("}]", line.at[line.len - 1], 2))
			return 0;
		n++;
	}
	return n;
}

static struct hs_span
as_array(struct hs_arena *a, struct hs_span text)
{
	uint8_t *out = hs_arena_alloc(a, text.len + 2);

	out[0] = '[';
	for (size_t i = 0; i < text.len; i++)
		out[i + 1] = text.at[i] == '\n' && i + 1 < text.len ? ',' : text.at[i];
	out[text.len + 1] = ']';
	return (struct hs_span){ out, text.len + 2 };
}

static int
ndjson_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	const size_t n = file.len < HS_MAX_JSON ? count_records(file) : 0;
	struct hs_json_document d;
	struct hs_json_saying s;
	struct hs_span array;
	int rc = 0;

	if (n == 0)
		return hs_fail(err, HS_ENOTMINE, "not each line is an object or array");
	array = as_array(out->arena, file);
	if (hs_json_read(&d, array, err) < 0)
		return err->code;
	if (json_array_size(d.root) == n) {
		hs_json_say_begin(&s, out, &d);
		hs_json_say(&s, d.root);
		hs_json_say_end(&s, array);
	} else {
		rc = hs_fail(err, HS_ENOTMINE, "%zu records in %zu lines", json_array_size(d.root),
		             n);
	}
	hs_json_release(&d);
	return rc;
}

static unsigned
ndjson_bid_named(struct hs_span file, struct hs_span name)
{
	static const char *const extensions[] = { "ndjson", "jsonl" };

	return hs_name_extension(name, extensions, 2) && hs_text_guess(file) ? BID : 0;
}

const struct hs_comparator hs_comparator_ndjson = {
	.name = "ndjson",
	.about = "JSON Lines: each record by field",
	.known_by = "a name in .ndjson or .jsonl, and an object or array a line",
	.library = "jansson",
	.shape = HS_SHAPE_LEAF,
	.bid_named = ndjson_bid_named,
	.describe = ndjson_describe,
	.render = hs_text_render,
	.by_field = true,
};
