/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One X.509 certificate (RFC 5280) in DER:
 *
 *	SEQUENCE        all of the file
 *	  SEQUENCE      what is signed
 *	    [0] version 2 (v3), serial number, ...
 *	  SEQUENCE      signature algorithm
 *	  BIT STRING    signature
 *
 * What varies between builds: see certificate.c.
 */
#include "comparators/comparator.h"

#include "enclave/certificate.h"

enum { SEQUENCE = 0x30, LONG_2 = 0x82, VERSION_BITS = 8 * 9 };

/* The content of a SEQUENCE whose length takes two bytes, as that of any certificate does. */
static bool
take_sequence(struct hs_span *out, struct hs_cursor *c)
{
	if (hs_take_be(c, 1) != SEQUENCE || hs_take_be(c, 1) != LONG_2)
		return false;
	out->len = (size_t)hs_take_be(c, 2);
	out->at = c->rest.at;
	return !c->cut;
}

static unsigned
certificate_der_bid(struct hs_span file)
{
	struct hs_cursor c = { .rest = file };
	struct hs_span all, to_be_signed;

	if (!take_sequence(&all, &c) || all.len != c.rest.len ||
	    !take_sequence(&to_be_signed, &c) || to_be_signed.len > c.rest.len)
		return 0;
	/* [0] { INTEGER 2 } */
	return hs_span_starts(c.rest, HS_SPAN("\xa0\x03\x02\x01\x02")) ? VERSION_BITS : 0;
}

static int
certificate_der_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_certificate c;

	if (hs_certificate_of_der(&c, file, err) < 0)
		return err->code = HS_ENOTMINE;
	hs_certificate_say(out, &c);
	hs_certificate_release(&c);
	return 0;
}

const struct hs_comparator hs_comparator_certificate_der = {
	.name = "certificate-der",
	.about = "X.509 certificate in DER",
	.known_by = "a sequence as long as the file, in it one that begins with [0] version 3",
	.library = "libcrypto",
	.shape = HS_SHAPE_LEAF,
	.bid = certificate_der_bid,
	.describe = certificate_der_describe,
	.by_field = true,
};
