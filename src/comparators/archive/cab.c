/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Microsoft cabinet (MS-CAB):
 *
 *	36 bytes  "MSCF", 0, size of the cabinet, 0, offset of the files, 0, version minor and
 *	          major, number of folders, number of files, flags, set id, number in the set
 *	...       sizes of reserved areas, reserve (a signature), names of neighbours: by flags
 *	folders   offset, number of data blocks, compression; reserve
 *	files     size, offset in the folder, folder, date, time, attributes (2 each), name
 *	data      checksum, packed and unpacked size, reserve, bytes
 *
 * Dates are local time of the packer's clock to two seconds; the set id is
 * often random or a time; compression is the packer's choice.
 */
#include "comparators/archive/archive_members.h"

#include <archive.h>

enum { FLAG_PREVIOUS = 1, FLAG_NEXT = 2, FLAG_RESERVE = 4 };
enum { FILE_FIELDS = 16 };

struct header {
	uint64_t size, files_at;
	unsigned minor, major, n_folders, n_files, flags, set, number;
	unsigned folder_reserve;
	struct hs_span reserve;
	struct hs_span neighbours[4]; /* cabinet and disk before, cabinet and disk after */
	struct hs_cursor folders;     /* cut where the header is */
};

static unsigned
cab_bid(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("MSCF\0\0\0\0")) ? 64 : 0;
}

static struct header
read_header(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	struct header h = { 0 };

	hs_take(&c, 8);
	h.size = hs_take_le(&c, 4);
	hs_take(&c, 4);
	h.files_at = hs_take_le(&c, 4);
	hs_take(&c, 4);
	h.minor = (unsigned)hs_take_le(&c, 1);
	h.major = (unsigned)hs_take_le(&c, 1);
	h.n_folders = (unsigned)hs_take_le(&c, 2);
	h.n_files = (unsigned)hs_take_le(&c, 2);
	h.flags = (unsigned)hs_take_le(&c, 2);
	h.set = (unsigned)hs_take_le(&c, 2);
	h.number = (unsigned)hs_take_le(&c, 2);
	if (h.flags & FLAG_RESERVE) {
		const uint64_t reserve = hs_take_le(&c, 2);

		h.folder_reserve = (unsigned)hs_take_le(&c, 1);
		hs_take(&c, 1);
		h.reserve = hs_take(&c, reserve);
	}
	for (unsigned i = 0; i < 4; i++)
		if (h.flags & (i < 2 ? FLAG_PREVIOUS : FLAG_NEXT))
			h.neighbours[i] = hs_take_string(&c);
	h.folders = c;
	return h;
}

static void
say_folder(struct hs_facts *out, struct hs_cursor *c, const struct header *h)
{
	static const char *const names[] = { "stored", "MSZIP", "Quantum", "LZX" };
	unsigned compression;

	hs_take(c, 4 + 2);
	compression = (unsigned)hs_take_le(c, 2);
	hs_take(c, h->folder_reserve);
	if (!c->cut)
		hs_sayf(out, "folder compression", "%s (0x%04x)",
		        (compression & 15) < 4 ? names[compression & 15] : "not known",
		        compression);
}

static int
cab_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	static const char *const fields[] = { "previous cabinet", "previous disk", "next cabinet",
		                              "next disk" };
	struct header h = read_header(file);

	if (h.folders.cut)
		return hs_fail(err, HS_EFORMAT, "the cab header is cut short");
	hs_sayf(out, "version", "%u.%u", h.major, h.minor);
	hs_say_hex(out, "flags", h.flags);
	hs_say_u64(out, "set id", h.set);
	hs_say_u64(out, "number in set", h.number);
	for (unsigned i = 0; i < 4; i++)
		if (h.flags & (i < 2 ? FLAG_PREVIOUS : FLAG_NEXT))
			hs_say_value(out, fields[i], h.neighbours[i]);
	if (h.reserve.len > 0)
		hs_say_digest(out, "reserve", h.reserve);
	hs_say_u64(out, "folders", h.n_folders);
	for (unsigned i = 0; i < h.n_folders && !h.folders.cut; i++)
		say_folder(out, &h.folders, &h);
	if (h.folders.cut)
		return hs_fail(err, HS_EFORMAT, "the folders of the cabinet end outside the file");
	return 0;
}

/* Where each file's fields stand: what libarchive reads with the time zone of this machine. */
struct files {
	const struct hs_span *at;
	size_t n;
};

static struct files
find_files(struct hs_arena *a, struct hs_span file)
{
	const struct header h = read_header(file);
	struct hs_cursor c = { .rest = hs_span_from(file, h.files_at) };
	struct hs_span *list = hs_arena_array(a, h.n_files, sizeof(*list));
	struct files files = { list, 0 };

	while (files.n < h.n_files) {
		list[files.n] = hs_take(&c, FILE_FIELDS);
		hs_take_string(&c);
		if (c.cut)
			break;
		files.n++;
	}
	return files;
}

static void
cab_amend(const void *ctx, struct hs_arena *a, size_t i, struct hs_member *m)
{
	const struct files *files = ctx;
	struct hs_cursor c = { 0 };
	unsigned date, time, attributes;

	if (i >= files->n)
		return;
	c.rest = hs_span_from(files->at[i], 10);
	date = (unsigned)hs_take_le(&c, 2);
	time = (unsigned)hs_take_le(&c, 2);
	attributes = (unsigned)hs_take_le(&c, 2);
	m->meta.mtime = hs_dos_time(date, time);
	m->facts[m->n_facts++] =
		(struct hs_attr){ HS_SPAN("attributes"), hs_arena_span(a, "0x%02x", attributes) };
}

static const struct hs_tree_ops ops = { .describe = hs_archive_members_describe };

static int
cab_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	const struct header h = read_header(file);
	const struct files files = find_files(&out->arena, file);
	const struct hs_archive_format format = {
		.enable = archive_read_support_format_cab,
		.records = HS_HAS_MTIME,
		.amend = cab_amend,
		.ctx = &files,
		.ops = &ops,
	};
	int rc = hs_archive_members_expand(out, file, &format, err);

	if (rc == 0 && h.size < file.len)
		rc = hs_tree_add_gap(out, "after the end", hs_span_from(file, h.size), err);
	if (rc == 0 && h.size > file.len)
		rc = hs_fail(err, HS_EFORMAT, "the cabinet has %zu of its %zu bytes", file.len,
		             (size_t)h.size);
	return rc;
}

const struct hs_comparator hs_comparator_cab = {
	.name = "cab",
	.about = "Microsoft cabinet: header, compression and members with dates and attributes",
	.known_by = "\"MSCF\" and four zeros at 0",
	.library = "libarchive",
	.shape = HS_SHAPE_TREE,
	.bid = cab_bid,
	.describe = cab_describe,
	.expand = cab_expand,
};
