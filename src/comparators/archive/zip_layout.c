/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The APK signing block (source.android.com, "APK Signature Scheme v2"):
 *
 *	8  size of all behind this field
 *	   pairs: 8  size of the pair behind this field
 *	          4  id
 *	             value
 *	8  the same size
 *	16 "APK Sig Block 42"
 *
 * It ends where the directory begins.
 */
#include "comparators/archive/zip_layout.h"

#include "core/limits.h"

#include <inttypes.h>

enum {
	FOOTER = 24,
	MAX_MIMETYPE = 128,
	MOST_ALIGNED = 1 << 14, /* the page of newer Android devices */
	LEAST_ALIGNED = 4,
};

static const struct {
	uint32_t id;
	const char *name;
} block_names[] = {
	{ 0x7109871a, "APK signature v2" },     { 0xf05368c0, "APK signature v3" },
	{ 0x1b93ad61, "APK signature v3.1" },   { 0x2b09189e, "source stamp v1" },
	{ 0x6dff800d, "source stamp v2" },      { 0x504b4453, "dependencies" },
	{ 0x2146444e, "Google Play metadata" }, { 0x42726577, "padding" },
};

/* What a look at all members gives. */
struct layout {
	uint64_t size, packed;
	uint64_t stored, stored_so; /* all offsets of such data, or-ed */
	bool has_stored, has_stored_so;
	struct hs_zip_header first, second; /* by their place in the file */
	size_t n;
	bool has_mimetype, has_manifest;
};

static void
note_place(struct layout *l, const struct hs_zip_header *h)
{
	if (l->n == 0 || h->offset < l->first.offset) {
		l->second = l->first;
		l->first = *h;
	} else if (l->n == 1 || h->offset < l->second.offset) {
		l->second = *h;
	}
	l->n++;
}

/* Where the data begins; 0 where no local header says. */
static uint64_t
data_of(const struct hs_zip_end *end, struct hs_span file, const struct hs_zip_header *h)
{
	struct hs_zip_header local;
	struct hs_cursor c;
	uint64_t at;

	if (!hs_zip_place(&at, end, file, h->offset))
		return 0;
	c = (struct hs_cursor){ .rest = hs_span_from(file, at) };
	return hs_zip_take_local(&local, &c) ? at + local.raw.len : 0;
}

static void
note_stored(struct layout *l, const struct hs_zip_header *h, uint64_t at)
{
	if (at == 0)
		return;
	if (hs_span_ends(h->name, HS_SPAN(".so"))) {
		l->stored_so |= at;
		l->has_stored_so = true;
	} else {
		l->stored |= at;
		l->has_stored = true;
	}
}

static void
look(struct layout *l, const struct hs_zip_end *end, struct hs_span file)
{
	struct hs_cursor c = { .rest = hs_zip_directory(end, file) };

	for (struct hs_zip_header h; hs_zip_take_central(&h, &c);) {
		l->size += h.size;
		l->packed += h.packed;
		l->has_mimetype |= hs_span_is(h.name, "mimetype");
		l->has_manifest |= hs_span_is(h.name, "META-INF/MANIFEST.MF");
		if (h.method == HS_ZIP_STORED && h.size)
			note_stored(l, &h, data_of(end, file, &h));
		note_place(l, &h);
	}
}

static void
say_alignment(struct hs_facts *out, const char *field, uint64_t offsets)
{
	const uint64_t bits = offsets | MOST_ALIGNED, lowest = bits & (~bits + 1);

	if (lowest >= LEAST_ALIGNED)
		hs_say_u64(out, field, lowest);
}

/* ODF 1.3 part 2, 3.3 and EPUB OCF 4.3: first, stored, without an extra field. */
static void
say_mimetype(struct hs_facts *out, const struct layout *l, const struct hs_zip_end *end,
             struct hs_span file)
{
	const struct hs_zip_header *h = &l->first;
	struct hs_span type;

	if (!hs_span_is(h->name, "mimetype"))
		hs_say_word(out, "mimetype", "not the first member");
	else if (h->method != HS_ZIP_STORED)
		hs_say_word(out, "mimetype", "first, but compressed");
	else if (h->size > MAX_MIMETYPE ||
	         !hs_span_part(&type, file, data_of(end, file, h), h->size))
		hs_say_word(out, "mimetype", "first, and no media type");
	else
		hs_say_value(out, "mimetype", type);
}

/* java.util.jar.JarInputStream looks for it in the first member, or behind META-INF/. */
static void
say_manifest(struct hs_facts *out, const struct layout *l)
{
	static const char manifest[] = "META-INF/MANIFEST.MF";
	const bool first = hs_span_is(l->first.name, manifest) ||
	                   (l->n > 1 && hs_span_is(l->first.name, "META-INF/") &&
	                    hs_span_is(l->second.name, manifest));

	hs_say_word(out, "manifest", first ? "first" : "not first: readers of a stream miss it");
}

static void
say_pair(struct hs_facts *out, uint32_t id, struct hs_span value)
{
	const char *name = "";

	for (size_t i = 0; i < sizeof(block_names) / sizeof(block_names[0]); i++)
		if (block_names[i].id == id)
			name = block_names[i].name;
	hs_say_digest(out,
	              hs_arena_printf(out->arena, "signing block 0x%08" PRIx32 "%s%s", id,
	                              *name ? " " : "", name),
	              value);
}

/* The pairs between both sizes; empty where there is no block or it contradicts itself. */
static struct hs_span
signing_block(const struct hs_zip_end *end, struct hs_span file, bool *is_there)
{
	const struct hs_span before = hs_span_head(file, end->directory);
	struct hs_cursor c;
	struct hs_span all;
	uint64_t size;

	*is_there = hs_span_ends(before, HS_SPAN("APK Sig Block 42"));
	if (!*is_there || before.len < FOOTER)
		return (struct hs_span){ 0 };
	c = (struct hs_cursor){ .rest = hs_span_from(before, before.len - FOOTER) };
	size = hs_take_le(&c, 8);
	if (size < FOOTER || size > before.len - 8)
		return (struct hs_span){ 0 };
	all = hs_span_from(before, before.len - 8 - size);
	c = (struct hs_cursor){ .rest = all };
	if (hs_take_le(&c, 8) != size)
		return (struct hs_span){ 0 };
	return hs_span_head(c.rest, size - FOOTER);
}

static void
say_signing_block(struct hs_facts *out, const struct hs_zip_end *end, struct hs_span file)
{
	bool is_there;
	struct hs_cursor c = { .rest = signing_block(end, file, &is_there) };
	unsigned n = 0;

	if (!is_there)
		return;
	for (; c.rest.len && n < HS_MAX_SIGNING_PAIRS; n++) {
		const uint64_t size = hs_take_le(&c, 8);
		struct hs_cursor pair = { .rest = hs_take(&c, size) };
		const uint32_t id = (uint32_t)hs_take_le(&pair, 4);

		if (c.cut || pair.cut)
			break;
		say_pair(out, id, pair.rest);
	}
	if (n == 0 || c.cut || c.rest.len)
		hs_sayf(out, "signing block", "not understood behind pair %u", n);
}

void
hs_zip_say_layout(struct hs_facts *out, const struct hs_zip_end *end, struct hs_span file)
{
	const bool was = out->of_members;
	struct layout l = { 0 };

	look(&l, end, file);
	out->of_members = true;
	if (l.n) {
		hs_say_u64(out, "content in all", l.size);
		hs_say_u64(out, "compressed in all", l.packed);
	}
	if (l.has_stored)
		say_alignment(out, "stored data aligned to", l.stored);
	if (l.has_stored_so)
		say_alignment(out, "stored .so data aligned to", l.stored_so);
	if (l.has_mimetype)
		say_mimetype(out, &l, end, file);
	if (l.has_manifest)
		say_manifest(out, &l);
	out->of_members = was;
	say_signing_block(out, end, file);
}
