/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/boot/fdt_walk.h"

#include "core/escape.h"

#include <inttypes.h>

enum { MAGIC_LEN = 4, END_NODE = 2, NOTHING = 4, END = 9, SHOWN = 256 };

int
hs_fdt_open(struct hs_fdt *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(file, MAGIC_LEN) };
	uint64_t structure, strings, reserved, n_strings, n_structure;

	*out = (struct hs_fdt){ .size = hs_take_be(&c, 4) };
	structure = hs_take_be(&c, 4);
	strings = hs_take_be(&c, 4);
	reserved = hs_take_be(&c, 4);
	out->version = hs_take_be(&c, 4);
	out->last_compatible = hs_take_be(&c, 4);
	out->boot_cpu = hs_take_be(&c, 4);
	n_strings = hs_take_be(&c, 4);
	/* Before version 17 the structure ends where it says so. */
	n_structure = out->version >= 17 ? hs_take_be(&c, 4)
	                                 : (structure < file.len ? file.len - structure : 0);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT, "its header is cut off");
	if (!hs_span_part(&out->structure, file, structure, n_structure))
		return hs_fail(err, HS_EFORMAT,
		               "its structure of %" PRIu64 " bytes at offset %" PRIu64
		               " is past the end",
		               n_structure, structure);
	if (!hs_span_part(&out->strings, file, strings, n_strings))
		return hs_fail(err, HS_EFORMAT,
		               "its strings of %" PRIu64 " bytes at offset %" PRIu64
		               " are past the end",
		               n_strings, strings);
	out->reserved = hs_span_from(file, reserved);
	if (out->size > file.len)
		return hs_fail(err, HS_EFORMAT, "it states %" PRIu64 " bytes, and has %zu",
		               out->size, file.len);
	return 0;
}

void
hs_fdt_begin(struct hs_fdt_walk *w, const struct hs_fdt *t)
{
	*w = (struct hs_fdt_walk){ .tree = t, .at = { .rest = t->structure } };
}

static size_t
offset(const struct hs_fdt_walk *w)
{
	return w->tree->structure.len - w->at.rest.len;
}

static void
align(struct hs_fdt_walk *w)
{
	const size_t over = offset(w) % 4;

	if (over && !w->at.cut)
		hs_take(&w->at, w->at.rest.len < 4 - over ? w->at.rest.len : 4 - over);
}

static int
open_node(struct hs_fdt_walk *w, struct hs_err *err)
{
	const struct hs_span name = hs_take_string(&w->at);

	if (w->at.cut)
		return hs_fail(err, HS_EFORMAT, "the structure is cut off in a name");
	if (w->depth == HS_MAX_FDT_DEPTH)
		return hs_fail(err, HS_ELIMIT, "nodes nested deeper than %d", HS_MAX_FDT_DEPTH);
	align(w);
	w->path[w->depth++] = name;
	w->token = HS_FDT_NODE;
	return 1;
}

static int
read_property(struct hs_fdt_walk *w, struct hs_err *err)
{
	const uint64_t len = hs_take_be(&w->at, 4), name = hs_take_be(&w->at, 4);
	struct hs_cursor c = { .rest = hs_span_from(w->tree->strings, name) };

	w->value = hs_take(&w->at, len);
	w->name = hs_take_string(&c);
	if (w->at.cut)
		return hs_fail(err, HS_EFORMAT, "a property of %" PRIu64 " bytes is cut off", len);
	if (c.cut)
		return hs_fail(err, HS_EFORMAT,
		               "the name of a property at %" PRIu64 " is not among the strings",
		               name);
	if (w->depth == 0)
		return hs_fail(err, HS_EFORMAT, "a property stands in no node");
	align(w);
	w->token = HS_FDT_PROPERTY;
	return 1;
}

int
hs_fdt_next(struct hs_fdt_walk *w, struct hs_err *err)
{
	for (;;) {
		const size_t at = offset(w);
		const uint64_t token = hs_take_be(&w->at, 4);

		if (w->at.cut)
			return hs_fail(err, HS_EFORMAT, "the structure has no end");
		switch (token) {
		case HS_FDT_NODE:
			return open_node(w, err);
		case HS_FDT_PROPERTY:
			return read_property(w, err);
		case NOTHING:
			break;
		case END_NODE:
			if (w->depth == 0)
				return hs_fail(err, HS_EFORMAT, "a node ends that never began");
			w->depth--;
			break;
		case END:
			return w->depth ? hs_fail(err, HS_EFORMAT, "the structure ends in a node")
			                : 0;
		default:
			return hs_fail(err, HS_EFORMAT,
			               "token %" PRIu64 " at offset %zu of the structure", token,
			               at);
		}
	}
}

const char *
hs_fdt_path(struct hs_arena *a, const struct hs_fdt_walk *w)
{
	const char *path = w->depth > 1 ? "" : "/";

	for (unsigned i = 1; i < w->depth; i++) {
		char shown[SHOWN];

		hs_escape_short(shown, sizeof(shown), w->path[i]);
		path = hs_arena_printf(a, "%s/%s", path, shown);
	}
	return path;
}

const char *
hs_fdt_name(struct hs_arena *a, const struct hs_fdt_walk *w)
{
	char shown[SHOWN];

	hs_escape_short(shown, sizeof(shown), w->name);
	return hs_arena_printf(a, "%s", shown);
}

bool
hs_fdt_is_image(const struct hs_fdt_walk *w)
{
	return w->depth == 3 && hs_span_is(w->path[1], "images") && hs_span_is(w->name, "data");
}
