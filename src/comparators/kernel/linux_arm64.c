/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linux kernels for arm64, Image (Documentation/arch/arm64/booting.rst):
 *
 *	 0  code0 (4), code1 (4)  a jump; with an EFI stub code0 begins with "MZ"
 *	 8  text_offset (8), image_size (8): with the zeros that no file has behind it
 *	24  flags (8): 0 big-endian, 1-2 page size, 3 placement
 *	32  reserved (3 * 8)
 *	56  "ARM\x64"
 *	60  offset of the PE header, or reserved
 *	64  the kernel as it lies in memory; the PE header's sections tell code from data
 *
 * What varies between builds: the banner, the version in the names that
 * uname(2) gives, the build ID (all three follow KBUILD_BUILD_USER, _HOST,
 * _VERSION, _TIMESTAMP), the certificate of a module signing key that the
 * build makes for itself (CONFIG_MODULE_SIG_KEY), the configuration that
 * CONFIG_IKCONFIG embeds, an embedded initramfs.
 */
#include "comparators/comparator.h"
#include "comparators/kernel/kernel_find.h"
#include "comparators/kernel/pe_header.h"

#include <inttypes.h>

enum { HEADER = 64, MAGIC = 56, RESERVED = 32 };

static const struct hs_span magic = { (const uint8_t *)"ARM\x64", 4 };

static const char *
page_size(uint64_t flags)
{
	static const char *const words[] = { "not said", "4 KiB", "16 KiB", "64 KiB" };

	return words[flags >> 1 & 3];
}

static void
say_header(struct hs_facts *out, struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	uint64_t flags, reserved;

	hs_say_hex(out, "code0", hs_take_le(&c, 4));
	hs_say_hex(out, "code1", hs_take_le(&c, 4));
	hs_say_hex(out, "text offset", hs_take_le(&c, 8));
	hs_say_u64(out, "image size", hs_take_le(&c, 8));
	flags = hs_take_le(&c, 8);
	hs_say_hex(out, "flags", flags);
	hs_say_word(out, "endianness", flags & 1 ? "big" : "little");
	hs_say_word(out, "page size", page_size(flags));
	hs_say_word(out, "placement", flags & 8 ? "anywhere" : "near the start of memory");
	for (int i = 0; i < 3; i++) {
		reserved = hs_take_le(&c, 8);
		if (reserved)
			hs_sayf(out, "reserved", "0x%" PRIx64 " at offset %d", reserved,
			        RESERVED + 8 * i);
	}
	hs_take(&c, magic.len);
	hs_say_hex(out, "pe header offset", hs_take_le(&c, 4));
}

static int
fail_short(struct hs_span file, struct hs_err *err)
{
	return hs_fail(err, HS_EFORMAT, "the header ends at byte %d, the file has %zu", HEADER,
	               file.len);
}

static int
arm64_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_kernel_found found;
	struct hs_pe pe;

	if (file.len < HEADER)
		return fail_short(file, err);
	hs_kernel_find_names(&found, file);
	hs_say_kernel_found(out, &found);
	say_header(out, file);
	hs_say_pe(out, hs_pe_read(&pe, file) ? &pe : NULL);
	return 0;
}

/* Names the pieces of the image; the byte behind the last of them. */
static uint64_t
add_regions(struct hs_kernel_parts *p, struct hs_tree *tree, const struct hs_pe *pe)
{
	uint64_t end = 0;

	hs_pe_regions(p, &tree->arena, pe);
	for (size_t i = 0; i < pe->n_sections; i++)
		if (pe->sections[i].at + pe->sections[i].len > end)
			end = pe->sections[i].at + pe->sections[i].len;
	if (pe->certificate_len && pe->certificate + pe->certificate_len > end)
		end = pe->certificate + pe->certificate_len;
	return end;
}

static int
arm64_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_kernel_parts p = { .file = file };
	struct hs_kernel_found found;
	struct hs_pe pe;
	uint64_t end = 0;
	int rc;

	if (file.len < HEADER)
		return fail_short(file, err);
	hs_kernel_find(&found, file);
	hs_parts_told(&p, 0, HEADER);
	hs_kernel_found_parts(&p, &found);
	out->note = found.trouble;
	if (hs_pe_read(&pe, file))
		end = add_regions(&p, out, &pe);
	else
		hs_parts_region(&p, (struct hs_kernel_region){ 0, file.len, "image", false });
	rc = hs_parts_list(&p, out, err);
	if (rc == 0 && end > file.len)
		rc = hs_fail(err, HS_EFORMAT,
		             "its sections end at byte %" PRIu64 ", the file has %zu", end,
		             file.len);
	return rc;
}

static unsigned
arm64_bid(struct hs_span file)
{
	struct hs_span reserved;

	if (!hs_span_starts(hs_span_from(file, MAGIC), magic))
		return 0;
	return hs_span_part(&reserved, file, RESERVED, MAGIC - RESERVED) &&
	                       hs_span_is_zero(reserved)
	               ? 48
	               : 32;
}

const struct hs_comparator hs_comparator_linux_arm64 = {
	.name = "linux-arm64",
	.about = "Linux for arm64: Image header, who built it and when, configuration, initramfs",
	.known_by = "\"ARMd\" at 56",
	.shape = HS_SHAPE_PARTS,
	.bid = arm64_bid,
	.describe = arm64_describe,
	.expand = arm64_expand,
};
