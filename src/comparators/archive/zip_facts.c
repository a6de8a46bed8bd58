/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/zip_facts.h"

#include "comparators/archive/zip_extra.h"
#include "comparators/archive/zip_layout.h"
#include "core/hash.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const host_names[] = {
	"DOS",       "Amiga",         "OpenVMS", "Unix",   "VM/CMS", "Atari",  "OS/2",
	"Macintosh", "Z-System",      "CP/M",    "NTFS",   "MVS",    "VSE",    "Acorn",
	"VFAT",      "alternate MVS", "BeOS",    "Tandem", "OS/400", "Darwin",
};

/* ---- Headers ---- */

static void
say_dos_time(struct hs_facts *out, const char *field, const struct hs_zip_header *h)
{
	hs_sayf(out, field, "%04u-%02u-%02u %02u:%02u:%02u", 1980u + (h->date >> 9),
	        h->date >> 5 & 15u, h->date & 31u, h->time >> 11 & 31u, h->time >> 5 & 63u,
	        2 * (h->time & 31u));
}

static void
say_version(struct hs_facts *out, const char *field, unsigned v)
{
	hs_sayf(out, field, "%u.%u", (v & 0xff) / 10, (v & 0xff) % 10);
}

static void
say_made_by(struct hs_facts *out, const char *field, unsigned v)
{
	const unsigned host = v >> 8, version = v & 0xff;

	if (host < sizeof(host_names) / sizeof(host_names[0]))
		hs_sayf(out, field, "%s, %u.%u", host_names[host], version / 10, version % 10);
	else
		hs_sayf(out, field, "host %u, %u.%u", host, version / 10, version % 10);
}

static void
say_needed(struct hs_facts *out, const char *field, unsigned v)
{
	if (v >> 8)
		say_made_by(out, field, v);
	else
		say_version(out, field, v);
}

/* What a writer says of how hard it tried: bits 1 and 2, which mean this for deflate alone. */
static void
say_level_hint(struct hs_facts *out, const struct hs_zip_header *h)
{
	static const char *const hints[] = { NULL, "maximum", "fast", "super fast" };
	const char *hint = hints[h->flags >> 1 & 3];

	if (hint && (h->method == HS_ZIP_DEFLATE || h->method == HS_ZIP_DEFLATE64))
		hs_say_word(out, "level hint", hint);
}

static void
say_encryption(struct hs_facts *out, const struct hs_zip_header *h)
{
	if (!(h->flags & HS_ZIP_ENCRYPTED))
		return;
	if (h->flags & HS_ZIP_STRONG)
		hs_say_word(out, "encryption", "strong (PKWARE)");
	else if (h->method != HS_ZIP_AES)
		hs_say_word(out, "encryption", "traditional (PKWARE)");
	else
		hs_zip_say_aes(out, h->extra);
}

static void
say_central(struct hs_facts *out, const struct hs_zip_header *h, const struct hs_meta *meta)
{
	hs_say_word(out, "method", hs_zip_method_name(out->arena, h->method));
	say_dos_time(out, "dos time", h);
	hs_sayf(out, "crc32", "0x%08" PRIx32, h->crc);
	hs_say_u64(out, "compressed size", h->packed);
	if (h->central)
		say_made_by(out, "made by", h->made_by);
	say_needed(out, "version needed", h->needed);
	hs_sayf(out, "flags", "0x%04x", h->flags);
	say_level_hint(out, h);
	say_encryption(out, h);
	if (h->central) {
		hs_sayf(out, "internal attributes", "0x%04x", h->internal);
		hs_sayf(out, "external attributes", "0x%08" PRIx32, h->external);
	}
	if (h->disk)
		hs_say_u64(out, "disk", h->disk);
	hs_zip_say_extras(out, "", h->extra, meta);
	if (h->comment.len)
		hs_say_value(out, "comment", h->comment);
}

/* A number that the local header may leave open, as 0, when a descriptor follows. */
static void
say_local_number(struct hs_facts *out, const char *field, const uint64_t v[2], bool may_be_open)
{
	if (may_be_open && v[1] == 0)
		return;
	if (v[0] != v[1])
		hs_say_u64(out, hs_arena_printf(out->arena, "local %s", field), v[1]);
	else if (may_be_open)
		hs_say_word(out, "in spite of a data descriptor the local header has", field);
}

static void
say_local_sizes(struct hs_facts *out, const struct hs_zip_header *h, const struct hs_zip_header *l)
{
	const bool open = l->flags & HS_ZIP_DESCRIPTOR;

	if (l->crc != h->crc && !(open && l->crc == 0))
		hs_sayf(out, "local crc32", "0x%08" PRIx32, l->crc);
	else if (open && l->crc)
		hs_say_word(out, "in spite of a data descriptor the local header has", "crc32");
	say_local_number(out, "compressed size", (uint64_t[]){ h->packed, l->packed }, open);
	say_local_number(out, "size", (uint64_t[]){ h->size, l->size }, open);
}

/* Where the local header says something else than the directory. */
static void
say_local(struct hs_facts *out, const struct hs_zip_header *h, const struct hs_zip_header *l,
          const struct hs_meta *meta)
{
	if (!hs_span_equal(l->name, h->name))
		hs_say_value(out, "local name", l->name);
	if (l->method != h->method)
		hs_say_word(out, "local method", hs_zip_method_name(out->arena, l->method));
	if (l->time != h->time || l->date != h->date)
		say_dos_time(out, "local dos time", l);
	if (l->needed != h->needed)
		say_needed(out, "local version needed", l->needed);
	if (l->flags != h->flags)
		hs_sayf(out, "local flags", "0x%04x", l->flags);
	say_local_sizes(out, h, l);
	if (!hs_span_equal(l->extra, h->extra))
		hs_zip_say_extras(out, "local ", l->extra, meta);
}

static void
say_descriptor(struct hs_facts *out, struct hs_span d)
{
	const bool signed_ = hs_span_starts(d, HS_SPAN("PK\7\10")) && d.len % 8 == 0;

	if (d.len)
		hs_sayf(out, "data descriptor", "%s-bit sizes, %s signature",
		        d.len > 16 ? "64" : "32", signed_ ? "with" : "without");
}

/* Whether the key of a member tells its name: directories, and they alone, end in a slash. */
static bool
is_usual_name(struct hs_arena *a, struct hs_span name, enum hs_kind kind)
{
	if (kind == HS_KIND_DIR) {
		if (!hs_span_ends(name, HS_SPAN("/")))
			return false;
		name.len--;
	}
	return hs_span_equal(hs_key_of_name(a, name), name);
}

static struct hs_meta
meta_of(const struct hs_zip_member *m, const struct hs_entry *e)
{
	const struct hs_zip_header *h = hs_zip_header_of(m);
	struct hs_meta meta = {
		.kind = e->kind,
		.mode = hs_zip_mode(m),
		.size = h->size,
		.link = e->link,
	};

	if (meta.mode)
		meta.has |= HS_HAS_MODE;
	if (e->kind == HS_KIND_FILE || e->kind == HS_KIND_OTHER)
		meta.has |= HS_HAS_SIZE;
	if (e->kind == HS_KIND_SYMLINK)
		meta.has |= HS_HAS_LINK;
	if (m->has_central)
		hs_zip_read_extras(&meta, m->central.extra);
	if (m->has_local)
		hs_zip_read_extras(&meta, m->local.extra);
	return meta;
}

void
hs_zip_describe_entry(struct hs_facts *out, const struct hs_tree *t, const struct hs_entry *e)
{
	const bool was = out->of_format;
	const struct hs_zip_header *h;
	struct hs_zip_member m;
	struct hs_meta meta;

	(void)t;
	hs_zip_take_head(&m, e);
	h = hs_zip_header_of(&m);
	meta = meta_of(&m, e);
	hs_say_meta(out, &meta);
	out->of_format = true;
	say_central(out, h, &meta);
	if (m.has_central && m.has_local)
		say_local(out, h, &m.local, &meta);
	say_descriptor(out, m.descriptor);
	if (!is_usual_name(out->arena, h->name, e->kind))
		hs_say_value(out, "stored name", h->name);
	/* A target that could be read is said already. */
	if (e->kind != HS_KIND_FILE && e->kind != HS_KIND_OTHER && !e->link.len && m.data.len)
		hs_zip_say_bytes(out, "content as stored", m.data);
	out->of_format = was;
}

/* ---- The archive ---- */

static void
say_zip64(struct hs_facts *out, const struct hs_zip_end *end)
{
	if (!end->zip64.len)
		return;
	hs_say_word(out, "zip64", end->zip64_differs ? "contradicts the end record" : "yes");
	say_made_by(out, "zip64 made by", end->zip64_made_by);
	say_needed(out, "zip64 version needed", end->zip64_needed);
	if (end->zip64_more.len)
		hs_zip_say_bytes(out, "zip64 extensible data", end->zip64_more);
}

static void
say_end(struct hs_facts *out, const struct hs_zip_end *end)
{
	if (end->base)
		hs_say_i64(out, "offsets count from byte", end->base);
	if (end->disk || end->directory_disk)
		hs_sayf(out, "disks", "ends on %" PRIu64 ", directory on %" PRIu64, end->disk,
		        end->directory_disk);
	if (end->disk_entries != end->stated_entries)
		hs_say_u64(out, "entries on this disk", end->disk_entries);
	say_zip64(out, end);
	if (end->comment.len)
		hs_say_value(out, "comment", end->comment);
}

struct place {
	uint64_t offset;
	struct hs_span name;
};

static int
order_places(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return hs_span_order(a->name, b->name);
}

/* Members may stand in another order in the file than in the directory, which is the tree's. */
static void
say_order(struct hs_facts *out, struct hs_span directory, size_t n)
{
	struct hs_cursor c = { .rest = directory };
	struct place *places = hs_arena_array(out->arena, n, sizeof(*places));
	struct hs_sha256_stream stream = { 0 };
	char hex[HS_SHA256_HEX];
	struct hs_sha256 digest;
	struct hs_zip_header h;
	bool ascending = true;

	for (size_t i = 0; i < n && hs_zip_take_central(&h, &c); i++) {
		places[i] = (struct place){ h.offset, h.name };
		ascending &= i == 0 || places[i - 1].offset < h.offset;
	}
	if (ascending)
		return;
	qsort(places, n, sizeof(*places), order_places);
	hs_sha256_init(&stream);
	for (size_t i = 0; i < n; i++) {
		hs_sha256_update(&stream, places[i].name);
		hs_sha256_update(&stream, HS_SPAN("\0"));
	}
	hs_sha256_final(&stream, &digest);
	hs_sayf(out, "order of the data", "not that of the directory; of the names: sha256:%s",
	        hs_sha256_hex(hex, &digest));
}

int
hs_zip_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_zip_end end;
	struct hs_span directory;
	struct hs_cursor c;
	struct hs_zip_header h;
	size_t n = 0;

	(void)err;
	if (!hs_zip_find_end(&end, file))
		return 0;
	directory = hs_zip_directory(&end, file);
	c = (struct hs_cursor){ .rest = directory };
	while (hs_zip_take_central(&h, &c))
		n++;
	say_end(out, &end);
	if (n != end.stated_entries)
		hs_sayf(out, "entries", "%zu, the end record says %" PRIu64, n, end.stated_entries);
	say_order(out, directory, n);
	hs_zip_say_layout(out, &end, file);
	return 0;
}
