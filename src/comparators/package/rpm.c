/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RPM packages (docs/manual/format_v4 of rpm; LSB Core, "Package File Format"):
 *
 *	lead        96 bytes: ed ab ee db, version 2, type 2, arch 2, name 66,
 *	            os 2, kind of signature 2, reserved 16; only its magic is used
 *	signature   a header structure, filled with zeros to 8 bytes
 *	header      a header structure: all metadata
 *	payload     a cpio archive (newc, or its form without metadata), compressed
 *
 * What varies between builds: BUILDTIME, BUILDHOST, COOKIE (both put
 * together), FILEMTIMES, FILEINODES and FILEDEVICES of old rpms, RPMVERSION,
 * the signatures and digests over all of that, the compressor.
 */
#include "comparators/comparator.h"
#include "comparators/package/rpm_facts.h"
#include "core/hash.h"

#include <inttypes.h>

enum { LEAD = 96, LEAD_NAME = 66, SIGNATURE_ALIGN = 8, PAYLOADDIGEST = 5092, SIG_SHA256 = 273 };

static const struct hs_span magic = { (const uint8_t *)"\xed\xab\xee\xdb", 4 };

/* The parts of a package, as far as they could be read. */
struct package {
	struct hs_rpm_header signature, header;
	struct hs_span padding, payload;
	bool has_signature, has_header;
};

static unsigned
rpm_bid(struct hs_span file)
{
	return hs_span_starts(file, magic) ? 32 : 0;
}

static int
parse(struct package *p, struct hs_span file, struct hs_err *err)
{
	struct hs_span rest = hs_span_from(file, LEAD);
	uint64_t fill;
	int rc;

	*p = (struct package){ 0 };
	if (file.len < LEAD)
		return hs_fail(err, HS_EFORMAT, "the lead is cut after %zu bytes", file.len);
	rc = hs_rpm_header_parse(&p->signature, rest, "signature", err);
	if (rc < 0)
		return rc;
	p->has_signature = true;
	fill = -(uint64_t)p->signature.whole.len & (SIGNATURE_ALIGN - 1);
	rest = hs_span_from(rest, p->signature.whole.len);
	p->padding = hs_span_head(rest, fill);
	rest = hs_span_from(rest, fill);
	rc = hs_rpm_header_parse(&p->header, rest, "header", err);
	if (rc < 0)
		return rc;
	p->has_header = true;
	p->payload = hs_span_from(rest, p->header.whole.len);
	return 0;
}

static void
say_lead(struct hs_facts *out, struct hs_span file)
{
	struct hs_cursor c = { .rest = hs_span_head(file, LEAD) };
	struct hs_span name, reserved, tail;
	uint64_t major, minor, type, arch, os, kind;

	hs_take(&c, magic.len);
	major = hs_take_be(&c, 1);
	minor = hs_take_be(&c, 1);
	type = hs_take_be(&c, 2);
	arch = hs_take_be(&c, 2);
	name = hs_take(&c, LEAD_NAME);
	os = hs_take_be(&c, 2);
	kind = hs_take_be(&c, 2);
	reserved = hs_take(&c, 16);
	if (c.cut)
		return;
	hs_sayf(out, "lead version", "%" PRIu64 ".%" PRIu64, major, minor);
	if (type <= 1)
		hs_say_word(out, "lead type", type ? "source" : "binary");
	else
		hs_say_u64(out, "lead type", type);
	hs_say_u64(out, "lead arch", arch);
	tail = name;
	name = hs_span_head(name, strnlen((const char *)name.at, LEAD_NAME));
	tail = hs_span_from(tail, name.len);
	hs_say_value(out, "lead name", name);
	if (!hs_span_is_zero(tail))
		hs_say_value(out, "lead bytes behind name", tail);
	hs_say_u64(out, "lead os", os);
	hs_say_u64(out, "lead signature type", kind);
	if (!hs_span_is_zero(reserved))
		hs_say_value(out, "lead reserved bytes", reserved);
}

static int
rpm_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct package p;
	struct hs_err own;
	int rc = parse(&p, file, err);

	/* First what people know a package by, last what nobody reads any more. */
	if (p.has_header && hs_rpm_say_header(out, &p.header, false, &own) < 0 && rc == 0)
		rc = (*err = own).code;
	if (p.has_signature && hs_rpm_say_header(out, &p.signature, true, &own) < 0 && rc == 0)
		rc = (*err = own).code;
	say_lead(out, file);
	return rc;
}

/* Whether a tag with a SHA-256 in hex is there and is not that of the bytes. */
static bool
contradicts(const struct hs_rpm_header *h, uint32_t tag, struct hs_span bytes)
{
	struct hs_rpm_entry e;
	struct hs_sha256 digest;
	char hex[HS_SHA256_HEX];
	struct hs_span told;

	if (!hs_rpm_find(&e, h, tag) ||
	    (e.type != HS_RPM_STRING && e.type != HS_RPM_STRING_ARRAY) || e.count == 0)
		return false;
	told = hs_rpm_take(&e.value, e.type);
	if (told.len != HS_SHA256_HEX - 1)
		return false;
	digest = hs_sha256(bytes);
	return !hs_span_is(told, hs_sha256_hex(hex, &digest));
}

static int
rpm_expand(struct hs_tree *out, struct hs_span file, struct hs_err *err)
{
	struct package p;
	struct hs_entry *e;
	struct hs_err ignored;
	int rc = parse(&p, file, err);

	if (rc < 0) {
		hs_tree_add_gap(
			out, "unreadable",
			hs_span_from(file, p.has_signature ? LEAD + p.signature.whole.len : LEAD),
			&ignored);
		return rc;
	}
	if (!hs_span_is_zero(p.padding))
		rc = hs_tree_add_gap(out, "behind the signature", p.padding, err);
	if (rc == 0)
		rc = hs_tree_add(&e, out, HS_SPAN("payload"), err);
	if (rc < 0)
		return rc;
	e->kind = HS_KIND_FILE;
	e->bytes = p.payload;
	e->size = p.payload.len;
	if (contradicts(&p.header, PAYLOADDIGEST, p.payload))
		e->note = "its SHA-256 is not the PAYLOADDIGEST of the header";
	if (contradicts(&p.signature, SIG_SHA256, p.header.whole))
		out->note = "the SHA-256 of the header is not the one of the signature";
	return 0;
}

const struct hs_comparator hs_comparator_rpm = {
	.name = "rpm",
	.about = "RPM packages: lead, signatures and header by tag, the payload as a member",
	.known_by = "\"\\355\\253\\356\\333\" at 0",
	.shape = HS_SHAPE_PARTS,
	.bid = rpm_bid,
	.describe = rpm_describe,
	.expand = rpm_expand,
};
