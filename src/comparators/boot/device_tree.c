/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flattened device trees and FIT images (Devicetree Specification 0.4, section 5; U-Boot:
 * doc/usage/fit/source_file_format.rst), all big endian:
 *
 *	40 bytes  0xd00dfeed, size, where structure, strings and reserved memory stand, versions,
 *	          boot processor, sizes of strings and structure
 *	...       reserved memory: address and size, two of zero end it
 *	...       structure: 1 name (a node begins), 3 length name-offset value (a property), 2 (it
 *	          ends), 4 (nothing), 9 (the end); each padded to 4 bytes
 *	...       strings: names of properties
 *
 * A FIT is a tree whose "/images" carry kernels and ramdisks in properties called "data", or, with
 * mkimage -E, behind the tree.
 *
 * What varies between builds: "timestamp" of a FIT (SOURCE_DATE_EPOCH), phandles, which follow from
 * the order of nodes, the order of properties, the padding that boot loaders use.
 */
#include "comparators/comparator.h"

#include "comparators/boot/fdt_walk.h"

#include <inttypes.h>

/* Cells of one property that are said one by one. */
enum { MAX_CELLS = 64, MAX_TEXT = 1024 };

static unsigned
device_tree_bid(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	struct hs_span structure;
	uint64_t size, at;

	if (!hs_span_starts(file, HS_SPAN("\xd0\x0d\xfe\xed")))
		return 0;
	hs_take(&c, 4);
	size = hs_take_be(&c, 4);
	at = hs_take_be(&c, 4);
	return size >= 40 && hs_span_part(&structure, file, at, 4) ? 40 : 0;
}

/* Strings that end in NUL each, at least one, none of them empty: what dtc takes for texts. */
static bool
is_text(struct hs_span v)
{
	bool begun = false;

	if (v.len == 0 || v.at[v.len - 1] != 0)
		return false;
	for (size_t i = 0; i < v.len; i++) {
		if (v.at[i] == 0 ? !begun : v.at[i] < ' ' || v.at[i] > '~')
			return false;
		begun = v.at[i] != 0;
	}
	return true;
}

static struct hs_span
text_value(struct hs_arena *a, struct hs_span v)
{
	struct hs_cursor c = { .rest = v };
	struct hs_span out = { 0 };

	while (c.rest.len > 0) {
		const struct hs_span s = hs_take_string(&c);

		out = hs_arena_span(a, "%.*s%s\"%.*s\"", (int)out.len, (const char *)out.at,
		                    out.len ? ", " : "", (int)s.len, (const char *)s.at);
	}
	return out;
}

static struct hs_span
cells_value(struct hs_arena *a, struct hs_span v)
{
	struct hs_cursor c = { .rest = v };
	const char *out = "<";

	while (c.rest.len > 0)
		out = hs_arena_printf(a, "%s%s0x%" PRIx64, out, out[1] ? " " : "",
		                      hs_take_be(&c, 4));
	return hs_arena_span(a, "%s>", out);
}

static void
say_property(struct hs_facts *out, const struct hs_fdt_walk *w)
{
	const char *field = hs_arena_printf(out->arena, "%s %s", hs_fdt_path(out->arena, w),
	                                    hs_fdt_name(out->arena, w));
	const struct hs_span v = w->value;

	if (v.len == 0)
		hs_say_word(out, field, "set");
	else if (v.len <= MAX_TEXT && is_text(v))
		hs_say(out, field, text_value(out->arena, v));
	else if (v.len % 4 == 0 && v.len <= 4 * MAX_CELLS)
		hs_say(out, field, cells_value(out->arena, v));
	else
		hs_say_digest(out, field, v);
}

static void
say_header(struct hs_facts *out, const struct hs_fdt *t)
{
	struct hs_cursor c = { .rest = t->reserved };

	hs_say_u64(out, "version", t->version);
	hs_say_u64(out, "last compatible version", t->last_compatible);
	hs_say_hex(out, "boot processor", t->boot_cpu);
	while (c.rest.len >= 16) {
		const uint64_t at = hs_take_be(&c, 8), size = hs_take_be(&c, 8);

		if (at == 0 && size == 0)
			break;
		hs_sayf(out, "reserved memory", "0x%" PRIx64 ", 0x%" PRIx64 " bytes", at, size);
	}
	out->of_origin = true;
	hs_say_u64(out, "size", t->size);
	out->of_origin = false;
}

/* What a property holds that is a member is not said. */
static int
device_tree_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_fdt_walk w;
	struct hs_fdt t;
	int rc = hs_fdt_open(&t, file, err);

	if (rc < 0)
		return rc;
	say_header(out, &t);
	hs_fdt_begin(&w, &t);
	while ((rc = hs_fdt_next(&w, err)) > 0) {
		if (out->n > HS_MAX_FDT_FACTS)
			return hs_fail(err, HS_ELIMIT, "more than %d nodes and properties",
			               HS_MAX_FDT_FACTS);
		if (w.token == HS_FDT_NODE && w.depth > 1)
			hs_say_word(out, "node", hs_fdt_path(out->arena, &w));
		else if (w.token == HS_FDT_PROPERTY && !hs_fdt_is_image(&w))
			say_property(out, &w);
	}
	return rc;
}

static int
add_images(struct hs_tree *out, const struct hs_fdt *t, struct hs_err *err)
{
	struct hs_fdt_walk w;
	int rc;

	hs_fdt_begin(&w, t);
	while ((rc = hs_fdt_next(&w, err)) > 0) {
		struct hs_entry *e;

		if (w.token != HS_FDT_PROPERTY || !hs_fdt_is_image(&w))
			continue;
		rc = hs_tree_add(&e, out, hs_span_of(hs_fdt_path(&out->arena, &w)), err);
		if (rc < 0)
			return rc;
		e->kind = HS_KIND_FILE;
		e->bytes = w.value;
		e->size = w.value.len;
	}
	return rc;
}

static const struct hs_tree_ops device_tree_ops = { .describe = NULL };

static int
device_tree_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_span rest;
	struct hs_fdt t;
	struct hs_err why;
	int rc = hs_fdt_open(&t, file, err);

	out->ops = &device_tree_ops;
	if (rc < 0)
		return rc;
	rc = add_images(out, &t, err);
	rest = hs_span_from(file, t.size);
	if (rest.len > 0 && hs_tree_add_gap(out, "behind the tree", rest, &why) < 0 && rc == 0) {
		rc = why.code;
		*err = why;
	}
	return rc;
}

const struct hs_comparator hs_comparator_device_tree = {
	.name = "dtb",
	.about = "flattened device trees, FIT images of U-Boot",
	.known_by = "0xd00dfeed at 0",
	.shape = HS_SHAPE_PARTS,
	.bid = device_tree_bid,
	.describe = device_tree_describe,
	.expand = device_tree_expand,
};
