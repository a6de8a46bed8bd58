/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON (RFC 8259): one object or array, by field. jansson says whether it is
 * well formed and decodes the strings; numbers are kept as they are spelled,
 * since 1.0 and 1.00, or 20 digits, are not the same bytes.
 *
 *	scalar            .config.User: app
 *	array of scalars  .config.Env[], once for each element: a list
 *	other arrays      .layers[0].digest
 *	empty             .config.Volumes["/data"]: {}
 *
 * A string stands without quotes unless it would then look like another value.
 * What is not JSON after all, nests too deep or says a key twice (parsers
 * disagree on which counts) is left to text, which shows all there is.
 *
 * Builds differ in the order of keys (Go sorts maps and not structs, Python
 * keeps insertion), in layout (jq, json.MarshalIndent) and in what is escaped (Go
 * writes \u003c for <, PHP \/ for /): "(key order)", "(formatting)" and
 * "(escapes)" are facts by themselves, so that a difference in nothing else can
 * be told.
 */
#include "comparators/comparator.h"
#include "comparators/text/json_render.h"
#include "comparators/text/json_say.h"

static int
json_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_json_document d;
	struct hs_json_saying s;

	if (hs_json_read(&d, file, err) < 0)
		return err->code;
	hs_json_say_begin(&s, out, &d);
	hs_json_say(&s, d.root);
	hs_json_say_end(&s, file);
	hs_json_release(&d);
	return 0;
}

const struct hs_comparator hs_comparator_json = {
	.name = "json",
	.about = "JSON, by field; order of keys and layout by themselves",
	.known_by = "begins with { or [ and ends with what closes it, blanks aside",
	.library = "jansson",
	.shape = HS_SHAPE_LEAF,
	.bid = hs_json_bid,
	.describe = json_describe,
	.render = hs_json_render,
	.by_field = true,
};
