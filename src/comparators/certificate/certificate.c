/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One X.509 certificate (RFC 5280) in PEM (RFC 7468):
 *
 *	-----BEGIN CERTIFICATE-----
 *	base64 of the DER, 64 characters a line
 *	-----END CERTIFICATE-----
 *
 * with any text around it, as openssl x509 -text writes. A test certificate
 * that each build makes anew differs in serial number, dates, key and
 * signature; a renewed one keeps the key. The PEM of one certificate differs
 * by line width and text around it, which no digest of the certificate sees
 * but that of the file does: that shows in the lines.
 */
#include "comparators/certificate/certificate.h"

#include "comparators/comparator.h"
#include "core/encoding.h"
#include "enclave/certificate.h"

enum { WINDOW = 64 * 1024, BITS = 8 * 27 };

struct hs_pem_count
hs_pem_count(struct hs_span file)
{
	struct hs_pem_count n = { 0 };
	struct hs_pem_block b;

	while (hs_pem_next(&b, &file)) {
		n.n_blocks++;
		n.n_certificates += hs_pem_is_certificate(b.label);
		n.in_blocks += b.block.len;
	}
	return n;
}

unsigned
hs_pem_bid(struct hs_span file, bool several)
{
	const struct hs_span window = hs_span_head(file, WINDOW);
	struct hs_pem_count n;

	if (window.len == 0 || !memmem(window.at, window.len, "-----BEGIN ", 11))
		return 0;
	n = hs_pem_count(window);
	if (n.n_certificates == 0 || n.in_blocks < window.len / 2)
		return 0;
	return (n.n_blocks > 1) == several ? BITS : 0;
}

static unsigned
certificate_bid(struct hs_span file)
{
	return hs_pem_bid(file, false);
}

static int
certificate_describe(struct hs_facts *out, struct hs_span file, struct hs_err *err)
{
	struct hs_certificate c;

	if (hs_certificate_of_pem(&c, file, err) < 0)
		return err->code = HS_ENOTMINE;
	if (c.n_in_file > 1) {
		hs_certificate_release(&c);
		return hs_fail(err, HS_ENOTMINE, "more than one certificate is in the file");
	}
	hs_certificate_say(out, &c);
	hs_certificate_release(&c);
	return 0;
}

const struct hs_comparator hs_comparator_certificate = {
	.name = "certificate",
	.about = "X.509 certificate in PEM",
	.known_by = "\"-----BEGIN CERTIFICATE-----\": one block, most of the text",
	.library = "libcrypto",
	.shape = HS_SHAPE_LEAF,
	.bid = certificate_bid,
	.describe = certificate_describe,
	.render = hs_text_render,
};
