/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EFI zboot images (CONFIG_EFI_ZBOOT; Linux, drivers/firmware/efi/libstub/zboot-header.S):
 *
 *	 0  "MZ", zeros
 *	 4  "zimg"
 *	 8  offset of the payload (4), its size (4)
 *	16  reserved (8)
 *	24  compression: "gzip", "lz4", "lzma", "lzo", "xzkern", "zstd22", up to a NUL
 *	56  0x818223cd, where it is Linux's
 *	60  offset of the PE header
 *	..  the stub, which unpacks; the payload; behind it its unpacked size (4; gzip has that)
 *
 * The payload is an uncompressed kernel, Image on arm64. What varies between
 * builds is in there; the header follows its compressed size.
 */
#include "comparators/comparator.h"
#include "comparators/kernel/kernel_parts.h"
#include "comparators/kernel/pe_header.h"

#include <inttypes.h>

enum { HEADER = 64, FIELDS = 4, PAYLOAD = 8, TYPE = 24, TYPE_ROOM = 32, SIZE_FIELD = 4 };

struct image {
	uint64_t at, len; /* of the payload */
	struct hs_span type;
};

static int
read_image(struct image *out, struct hs_span file, struct hs_err *err)
{
	struct hs_cursor c = { .rest = hs_span_from(file, PAYLOAD) };

	if (file.len < HEADER)
		return hs_fail(err, HS_EFORMAT, "the header ends at byte %d, the file has %zu",
		               HEADER, file.len);
	out->at = hs_take_le(&c, 4);
	out->len = hs_take_le(&c, 4);
	c.rest = hs_span_head(hs_span_from(file, TYPE), TYPE_ROOM);
	out->type = hs_take_string(&c);
	return 0;
}

static int
zboot_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct image im;
	struct hs_pe pe;
	const int rc = read_image(&im, file, err);

	if (rc < 0)
		return rc;
	hs_say_value(out, "compression", im.type);
	hs_say_u64(out, "payload offset", im.at);
	hs_say_u64(out, "payload length", im.len);
	hs_say_pe(out, hs_pe_read(&pe, file) ? &pe : NULL);
	return 0;
}

static int
zboot_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct hs_kernel_parts p = { .file = file };
	struct hs_kernel_part part = { .name = "image" };
	struct image im;
	struct hs_pe pe;
	int rc = read_image(&im, file, err);

	if (rc < 0)
		return rc;
	part.at = im.at;
	part.len = im.len;
	hs_kernel_packing(&part, hs_span_head(hs_span_from(file, im.at), im.len));
	part.sized = *part.packing && part.codec != HS_CODEC_GZIP &&
	             im.at + im.len + SIZE_FIELD <= file.len;
	if (part.sized)
		part.len += SIZE_FIELD;
	hs_parts_told(&p, FIELDS, TYPE - PAYLOAD - FIELDS);
	hs_parts_add(&p, &part);
	if (hs_pe_read(&pe, file) && pe.certificate_len)
		hs_parts_region(&p, (struct hs_kernel_region){ pe.certificate, pe.certificate_len,
		                                               "signature", true });
	hs_parts_region(&p, (struct hs_kernel_region){ 0, file.len, "stub", false });
	rc = hs_parts_list(&p, out, err);
	if (rc == 0 && im.at + im.len > file.len)
		rc = hs_fail(err, HS_EFORMAT,
		             "the payload ends at byte %" PRIu64 ", the file has %zu",
		             im.at + im.len, file.len);
	return rc;
}

static unsigned
zboot_bid(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN("MZ")) &&
	                       hs_span_starts(hs_span_from(file, FIELDS), HS_SPAN("zimg"))
	               ? 48
	               : 0;
}

const struct hs_comparator hs_comparator_linux_zboot = {
	.name = "linux-zboot",
	.about = "EFI zboot images: the compressed kernel inside as a member",
	.known_by = "\"MZ\" at 0, \"zimg\" at 4",
	.shape = HS_SHAPE_PARTS,
	.bid = zboot_bid,
	.describe = zboot_describe,
	.expand = zboot_expand,
};
