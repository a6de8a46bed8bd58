/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linux kernels for x86, bzImage (Documentation/arch/x86/boot.rst):
 *
 *	0          boot sector; with an EFI stub it is the DOS and PE headers
 *	0x1f1      setup header, of which "HdrS" stands at 0x202 and the version at 0x206;
 *	           how far it goes says the jump over it at 0x200
 *	...        real-mode code, up to (setup_sects + 1) * 512; in it the version banner
 *	...        protected-mode code, syssize * 16 bytes: the decompressor and, payload_offset
 *	           behind its front, the compressed kernel: an ELF file, its relocations, and
 *	           behind the stream the size of both (4; gzip has that itself)
 *	4 bytes    a CRC-32 that makes the one over all of it come to 0; gone since Linux 6.16,
 *	           and wrong since it was signed in a signed one
 *	...        certificate table of the PE image, where it is signed
 *
 * What varies between builds: the banner's user, host, number and date
 * (KBUILD_BUILD_USER, _HOST, _VERSION, _TIMESTAMP), which stand once here and
 * thrice in the kernel inside; and through them, since the kernel is
 * compressed, the sizes and places of all that follows: payload_length,
 * init_size, handover_offset, syssize. A signature differs with each signing.
 */
#include "comparators/comparator.h"
#include "comparators/kernel/kernel_banner.h"
#include "comparators/kernel/kernel_parts.h"
#include "comparators/kernel/pe_header.h"
#include "core/crc32.h"

#include <inttypes.h>

enum {
	SECTOR = 512,
	PARAGRAPH = 16,
	FIELDS = 0x1f1, /* where the setup header begins */
	MAGIC = 0x202,
	CRC = 4,
	SIZE_FIELD = 4,
	HAS_PAYLOAD = 0x208, /* the version from which there are payload_offset and the CRC */
};

struct field {
	uint16_t at;
	uint8_t width;
	uint16_t since; /* version of the protocol */
	bool hex;
	const char *name;
};

/* clang-format off */
static const struct field fields[] = {
	{ 0x1f1, 1, 0x000, false, "setup sectors" },
	{ 0x1f2, 2, 0x000, true,  "root flags" },
	{ 0x1f4, 4, 0x000, false, "syssize" },
	{ 0x1f8, 2, 0x000, true,  "ram size" },
	{ 0x1fa, 2, 0x000, true,  "video mode" },
	{ 0x1fc, 2, 0x000, true,  "root device" },
	{ 0x1fe, 2, 0x000, true,  "boot flag" },
	{ 0x200, 2, 0x000, true,  "jump" },
	{ 0x202, 4, 0x000, true,  "header magic" },
	{ 0x206, 2, 0x000, true,  "boot protocol" },
	{ 0x208, 4, 0x200, true,  "real-mode switch" },
	{ 0x20c, 2, 0x200, true,  "start segment" },
	{ 0x20e, 2, 0x200, true,  "banner offset" },
	{ 0x210, 1, 0x200, true,  "loader type" },
	{ 0x211, 1, 0x200, true,  "load flags" },
	{ 0x212, 2, 0x200, true,  "setup move size" },
	{ 0x214, 4, 0x200, true,  "code32 start" },
	{ 0x218, 4, 0x200, true,  "ramdisk address" },
	{ 0x21c, 4, 0x200, false, "ramdisk size" },
	{ 0x220, 4, 0x200, true,  "boot sector kludge" },
	{ 0x224, 2, 0x201, true,  "heap end" },
	{ 0x226, 1, 0x202, true,  "extended loader version" },
	{ 0x227, 1, 0x202, true,  "extended loader type" },
	{ 0x228, 4, 0x202, true,  "command line address" },
	{ 0x22c, 4, 0x203, true,  "highest ramdisk address" },
	{ 0x230, 4, 0x205, true,  "kernel alignment" },
	{ 0x234, 1, 0x205, false, "relocatable" },
	{ 0x235, 1, 0x20a, false, "least alignment, as a power of 2" },
	{ 0x236, 2, 0x20c, true,  "extended load flags" },
	{ 0x238, 4, 0x206, false, "longest command line" },
	{ 0x23c, 4, 0x207, true,  "hardware" },
	{ 0x240, 8, 0x207, true,  "hardware data" },
	{ 0x248, 4, 0x208, false, "payload offset" },
	{ 0x24c, 4, 0x208, false, "payload length" },
	{ 0x250, 8, 0x209, true,  "setup data" },
	{ 0x258, 8, 0x20a, true,  "preferred address" },
	{ 0x260, 4, 0x20a, false, "init size" },
	{ 0x264, 4, 0x20b, true,  "EFI handover offset" },
	{ 0x268, 4, 0x20f, true,  "kernel info offset" },
};
/* clang-format on */

enum { N_FIELDS = sizeof(fields) / sizeof(fields[0]) };

struct image {
	struct hs_span file;
	unsigned version;
	uint64_t setup;           /* bytes of the real-mode part */
	uint64_t end;             /* of the protected-mode part, by syssize */
	uint64_t header_end;      /* of the fields that are said */
	uint64_t payload, length; /* of the compressed kernel; 0, 0 where the header names none */
	struct hs_span banner;    /* without its NUL; empty where there is none */
	struct hs_pe pe;
	bool has_pe;
};

static uint64_t
number(struct hs_span file, uint64_t at, size_t width)
{
	struct hs_cursor c = { .rest = hs_span_from(file, at) };

	return hs_take_le(&c, width);
}

/* The version as a number that orders: 2.08 is 0x208, 2.15 is 0x20f. */
static bool
has_field(const struct image *im, const struct field *f)
{
	return f->since <= im->version;
}

static struct hs_span
banner_of(struct hs_span file, uint64_t setup)
{
	const uint64_t pointer = number(file, 0x20e, 2);
	struct hs_cursor c = { .rest = hs_span_head(file, setup) };

	hs_take(&c, pointer ? pointer + SECTOR : UINT64_MAX);
	return hs_take_string(&c);
}

static int
read_image(struct image *im, struct hs_span file, struct hs_err *err)
{
	uint64_t sectors = number(file, FIELDS, 1);

	*im = (struct image){ .file = file, .version = (unsigned)number(file, 0x206, 2) };
	for (size_t i = 0; i < N_FIELDS; i++)
		if (has_field(im, &fields[i]) && fields[i].at + fields[i].width > im->header_end)
			im->header_end = fields[i].at + (uint64_t)fields[i].width;
	if (file.len < im->header_end)
		return hs_fail(err, HS_EFORMAT,
		               "the setup header ends at byte %" PRIu64 ", the file has %zu",
		               im->header_end, file.len);
	if (sectors == 0)
		sectors = 4;
	im->setup = (sectors + 1) * SECTOR;
	im->end = im->setup + number(file, 0x1f4, 4) * PARAGRAPH;
	if (im->version >= HAS_PAYLOAD) {
		im->payload = im->setup + number(file, 0x248, 4);
		im->length = number(file, 0x24c, 4);
	}
	im->banner = banner_of(file, im->setup);
	im->has_pe = hs_pe_read(&im->pe, file);
	return 0;
}

/* ---- What it says ---- */

struct flag {
	unsigned bit;
	const char *name;
};

static const struct flag load_flags[] = {
	{ 0, "loaded high" }, { 1, "KASLR" }, { 5, "quiet" }, { 6, "keep segments" }, { 7, "heap" },
};

static const struct flag extended_flags[] = {
	{ 0, "64-bit entry" },           { 1, "above 4 GiB" },       { 2, "32-bit EFI handover" },
	{ 3, "64-bit EFI handover" },    { 4, "EFI kexec" },         { 5, "5-level paging" },
	{ 6, "5-level paging enabled" }, { 7, "memory encryption" },
};

static void
say_flags(struct hs_facts *out, const struct field *f, uint64_t value, const struct flag *flags,
          size_t n)
{
	const char *text = hs_arena_printf(out->arena, "0x%" PRIx64, value);

	for (size_t i = 0; i < n; i++)
		if (value >> flags[i].bit & 1)
			text = hs_arena_printf(out->arena, "%s, %s", text, flags[i].name);
	hs_say_word(out, f->name, text);
}

static void
say_field(struct hs_facts *out, const struct image *im, const struct field *f)
{
	const uint64_t value = number(im->file, f->at, f->width);

	if (f->at == 0x206)
		hs_sayf(out, f->name, "%u.%02u", im->version >> 8, im->version & 0xff);
	else if (f->at == 0x211)
		say_flags(out, f, value, load_flags, sizeof(load_flags) / sizeof(load_flags[0]));
	else if (f->at == 0x236)
		say_flags(out, f, value, extended_flags,
		          sizeof(extended_flags) / sizeof(extended_flags[0]));
	else if (f->hex)
		hs_say_hex(out, f->name, value);
	else
		hs_say_u64(out, f->name, value);
}

static bool
has_crc(const struct image *im)
{
	return im->version >= HAS_PAYLOAD && im->end <= im->file.len && im->end >= im->setup + CRC;
}

/* The right one follows from everything else and is no news; any other is said as it stands. */
static void
say_crc(struct hs_facts *out, const struct image *im)
{
	const struct hs_span sum = hs_span_head(im->file, im->end);
	uint64_t stored;

	if (!has_crc(im))
		return;
	stored = number(im->file, im->end - CRC, CRC);
	if (stored == 0)
		hs_say_word(out, "crc-32", "none");
	else if (stored == (uint32_t)~hs_crc32(hs_span_head(sum, sum.len - CRC)))
		hs_say_word(out, "crc-32", "right");
	else
		hs_sayf(out, "crc-32", "0x%08" PRIx64 ", which is not that of the image", stored);
}

static int
bzimage_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct image im;
	const int rc = read_image(&im, file, err);

	if (rc < 0)
		return rc;
	if (im.banner.len)
		hs_say_kernel_banner(out, im.banner);
	for (size_t i = 0; i < N_FIELDS; i++)
		if (has_field(&im, &fields[i]))
			say_field(out, &im, &fields[i]);
	say_crc(out, &im);
	hs_say_pe(out, im.has_pe ? &im.pe : NULL);
	return 0;
}

/* ---- Its parts ---- */

static void
add_payload(struct hs_kernel_parts *p, const struct image *im)
{
	struct hs_kernel_part part = { .at = im->payload, .len = im->length, .name = "vmlinux" };

	hs_kernel_packing(&part, hs_span_head(hs_span_from(im->file, im->payload), im->length));
	part.sized = *part.packing && part.codec != HS_CODEC_GZIP && part.len > SIZE_FIELD;
	hs_parts_add(p, &part);
}

/* What the header promises and the file has not. */
static int
check(const struct image *im, struct hs_err *err)
{
	const size_t len = im->file.len;

	if (im->end > len)
		return hs_fail(err, HS_EFORMAT,
		               "the kernel ends at byte %" PRIu64 ", the file has %zu", im->end,
		               len);
	if (im->payload + im->length > im->end)
		return hs_fail(err, HS_EFORMAT,
		               "the payload ends at byte %" PRIu64 ", the kernel at %" PRIu64,
		               im->payload + im->length, im->end);
	if (im->pe.certificate + im->pe.certificate_len > len)
		return hs_fail(err, HS_EFORMAT,
		               "the signature ends at byte %" PRIu64 ", the file has %zu",
		               im->pe.certificate + im->pe.certificate_len, len);
	return 0;
}

static int
bzimage_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_kernel_parts p = { .file = file };
	struct image im;
	int rc = read_image(&im, file, err);

	if (rc < 0) {
		struct hs_err ignored;

		hs_tree_add_gap(out, "a header that is cut short", file, &ignored);
		return rc;
	}
	hs_parts_told(&p, FIELDS, im.header_end - FIELDS);
	hs_parts_line(&p, im.banner);
	if (im.length)
		add_payload(&p, &im);
	if (has_crc(&im))
		hs_parts_told(&p, im.end - CRC, CRC);
	hs_parts_region(&p, (struct hs_kernel_region){ im.pe.certificate, im.pe.certificate_len,
	                                               "signature", true });
	hs_parts_region(&p, (struct hs_kernel_region){ 0, FIELDS, "boot sector", false });
	hs_parts_region(&p, (struct hs_kernel_region){ 0, im.setup, "setup", false });
	hs_parts_region(&p, (struct hs_kernel_region){ im.setup, im.end - im.setup, "decompressor",
	                                               false });
	hs_parts_region(&p, (struct hs_kernel_region){ im.end, UINT64_MAX, "after the end", true });
	rc = hs_parts_list(&p, out, err);
	return rc < 0 ? rc : check(&im, err);
}

static unsigned
bzimage_bid(struct hs_span file)
{
	if (!hs_span_starts(hs_span_from(file, MAGIC), HS_SPAN("HdrS")) ||
	    number(file, 0x1fe, 2) != 0xaa55)
		return 0;
	/* Versions so far are 2.00 to 2.15. */
	return number(file, 0x207, 1) == 2 ? 56 : 48;
}

const struct hs_comparator hs_comparator_linux_bzimage = {
	.name = "linux-bzimage",
	.about =
		"Linux for x86: setup header, who built it and when; the kernel inside as a member",
	.known_by = "\"HdrS\" at 514, 0xaa55 at 510",
	.shape = HS_SHAPE_PARTS,
	.bid = bzimage_bid,
	.describe = bzimage_describe,
	.expand = bzimage_expand,
};
