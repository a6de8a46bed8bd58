/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/observed.h"

#include "enclave/certificate.h"

const char *
hs_attest_pcr_meaning(unsigned index)
{
	switch (index) {
	case 0:
		return "the whole enclave image";
	case 1:
		return "kernel, command line and first ramdisk";
	case 2:
		return "the other ramdisks: the application";
	case 3:
		return "the IAM role of the parent instance";
	case 4:
		return "the id of the parent instance";
	case 8:
		return "the certificate that signed the image";
	default:
		return index < 16 ? "reserved" : "the application's own";
	}
}

static bool
is_hex(struct hs_span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!strchr("0123456789abcdef", s.at[i]) || !s.at[i])
			return false;
	return s.len > 0;
}

static uint64_t
number_of_hex(struct hs_span s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n = n << 4 | (uint64_t)(s.at[i] <= '9' ? s.at[i] - '0' : s.at[i] - 'a' + 10);
	return n;
}

/* "i-" and 17 digits, "-enc" and 16 digits. */
static void
split_module_id(struct hs_attest_observed *out, struct hs_span id)
{
	enum { INSTANCE = 2 + 17, ENCLAVE = 16, LAUNCH_DIGITS = 12 };
	const struct hs_span rest = hs_span_from(id, INSTANCE);

	if (id.len != INSTANCE + 4 + ENCLAVE || !hs_span_starts(id, HS_SPAN("i-")) ||
	    !is_hex(hs_span_from(hs_span_head(id, INSTANCE), 2)) ||
	    !hs_span_starts(rest, HS_SPAN("-enc")) || !is_hex(hs_span_from(rest, 4)))
		return;
	out->instance_id = hs_span_head(id, INSTANCE);
	out->enclave_id = hs_span_from(rest, 4);
	out->launched_ms = (int64_t)number_of_hex(hs_span_head(out->enclave_id, LAUNCH_DIGITS));
}

/* The leaf is called module_id.REGION.aws; the name is in the DER as it is. */
static struct hs_span
region_of(struct hs_span der, struct hs_span module_id)
{
	const uint8_t *at = NULL;
	struct hs_span rest;
	size_t n = 0;

	if (module_id.len && module_id.len <= der.len)
		at = memmem(der.at, der.len, module_id.at, module_id.len);
	if (!at)
		return (struct hs_span){ NULL, 0 };
	rest = hs_span_from(der, (uint64_t)(at - der.at) + module_id.len);
	if (!hs_span_starts(rest, HS_SPAN(".")))
		return (struct hs_span){ NULL, 0 };
	rest = hs_span_from(rest, 1);
	while (n < rest.len && rest.at[n] &&
	       strchr("abcdefghijklmnopqrstuvwxyz0123456789-", rest.at[n]))
		n++;
	if (n == 0 || !hs_span_starts(hs_span_from(rest, n), HS_SPAN(".aws")))
		return (struct hs_span){ NULL, 0 };
	return hs_span_head(rest, n);
}

/* The serial number is the enclave's id and the second of issue, 8 bytes each. */
static int64_t
issued_at(struct hs_span der, uint64_t enclave_id)
{
	enum { HALF = 8 };
	struct hs_certificate c = { 0 };
	const ASN1_INTEGER *serial;
	struct hs_err ignored;
	struct hs_cursor in;
	int64_t second = 0;
	uint8_t bytes[2 * HALF] = { 0 };
	BIGNUM *n = NULL;

	if (hs_certificate_of_der(&c, der, &ignored) < 0) {
		hs_certificate_release(&c);
		return 0;
	}
	serial = X509_get0_serialNumber(c.x509);
	n = ASN1_INTEGER_to_BN(serial, NULL);
	if (n && !BN_is_negative(n) && BN_bn2binpad(n, bytes, sizeof(bytes)) == sizeof(bytes)) {
		in = (struct hs_cursor){ .rest = { bytes, sizeof(bytes) } };
		if (hs_take_be(&in, HALF) == enclave_id)
			second = (int64_t)hs_take_be(&in, HALF);
	}
	BN_free(n);
	hs_certificate_release(&c);
	return second;
}

void
hs_attest_observe(struct hs_attest_observed *out, const struct hs_attest_document *d)
{
	enum { PCR_INSTANCE = 4 };

	*out = (struct hs_attest_observed){ 0 };
	split_module_id(out, d->module_id);
	if (!out->instance_id.len)
		return;
	out->region = region_of(d->certificate, d->module_id);
	out->leaf_issued = issued_at(d->certificate, number_of_hex(out->enclave_id));
	if (d->pcr_set & 1u << PCR_INSTANCE) {
		const struct hs_pcr want = hs_pcr_of_text(out->instance_id);

		out->pcr4_fits = hs_pcr_equal(&want, &d->pcrs[PCR_INSTANCE]);
	}
}
