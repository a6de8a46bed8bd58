/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/eif_contents.h"

#include <stdlib.h>

/* DER of certificates, one behind the other: AWS's reader feeds one hash with all of them. */
struct certificates {
	uint8_t *at;
	size_t len, room;
};

static void
add_certificate(struct certificates *c, struct hs_span der)
{
	if (der.len > c->room - c->len) {
		c->room = 2 * c->room + der.len;
		c->at = hs_realloc(c->at, c->room, 1);
	}
	if (der.len)
		memcpy(c->at + c->len, der.at, der.len);
	c->len += der.len;
}

/* The last section stays; the first that cannot be read is told. */
static void
read_signature(struct hs_eif_contents *c, struct hs_arena *a, struct certificates *all,
               struct hs_span section)
{
	struct hs_err err = { .text = "" };
	int rc;

	hs_signature_release(&c->signature);
	rc = hs_signature_read(&c->signature, a, section, &err);
	c->is_signed = true;
	add_certificate(all, c->signature.certificate.der);
	c->signature_is_no_pcr0 = rc < 0 && c->signature.certificate.x509 &&
	                          c->signature.has_message && !c->signature.has_payload;
	if (rc < 0 && c->signature_err.code == 0)
		c->signature_err = err;
}

/* As with signatures. A value of two bytes takes a hundred in memory: only the last section's stay
 * there, however many there are. */
static void
read_metadata(struct hs_eif_contents *c, struct hs_arena *a, const struct hs_eif_section *s)
{
	const bool last = !hs_eif_find(&c->eif, HS_EIF_METADATA, s->ordinal + 1);
	struct hs_err err = { .text = "" };
	struct hs_arena scratch = { 0 };

	c->has_metadata = true;
	if (hs_metadata_read(&c->metadata, last ? a : &scratch, s->data, &err) < 0 &&
	    c->metadata_err.code == 0)
		c->metadata_err = err;
	hs_arena_release(&scratch);
}

static void
read_sections(struct hs_eif_contents *c, struct hs_arena *a)
{
	struct certificates all = { .len = 0 };

	for (size_t i = 0; i < c->eif.n_sections; i++) {
		const struct hs_eif_section *s = &c->eif.sections[i];

		if (s->type == HS_EIF_SIGNATURE)
			read_signature(c, a, &all, s->data);
		else if (s->type == HS_EIF_METADATA)
			read_metadata(c, a, s);
	}
	c->has_pcr8 = all.len > 0;
	c->pcr8 = hs_pcr_of_bytes((struct hs_span){ all.at, all.len }, HS_PCR_SHA384);
	free(all.at);
}

/* AWS's reader sums up sections; too few bytes for one more at the end are nothing to it. */
static bool
is_crc_of_aws(const struct hs_eif_contents *c)
{
	const struct hs_eif *eif = &c->eif;
	const struct hs_span last = eif->n_gaps ? eif->gaps[eif->n_gaps - 1] : HS_SPAN("");

	if (last.len == 0 || last.len >= HS_EIF_SECTION_HEADER ||
	    last.at + last.len != eif->file.at + eif->file.len)
		return c->pcrs.crc == eif->crc;
	return hs_eif_crc(hs_span_head(eif->file, eif->file.len - last.len)) == eif->crc;
}

int
hs_eif_contents_read(struct hs_eif_contents *out, struct hs_arena *a, struct hs_run *run,
                     struct hs_span file, struct hs_err *err)
{
	int rc;

	*out = (struct hs_eif_contents){ .is_signed = false };
	rc = hs_eif_read(&out->eif, a, file, err);
	if (rc == 0)
		rc = hs_pcrs_of_eif(&out->pcrs, run, hs_pool_main(run->pool), &out->eif, err);
	if (rc < 0)
		return rc;
	out->aws_crc = is_crc_of_aws(out);
	read_sections(out, a);
	if (out->is_signed)
		hs_signature_verify(&out->verdict, &out->signature, &out->pcrs.pcr[0]);
	return 0;
}

void
hs_eif_contents_release(struct hs_eif_contents *c)
{
	hs_signature_release(&c->signature);
}

int
hs_eif_contents_check(const struct hs_eif_contents *c, bool lenient, struct hs_err *err)
{
	const struct hs_eif_section *metadata = hs_eif_find(&c->eif, HS_EIF_METADATA, 1);
	const struct hs_eif_section *signature = hs_eif_find(&c->eif, HS_EIF_SIGNATURE, 1);
	const bool metadata_first =
		metadata && (!signature || metadata->offset < signature->offset);
	const bool bad_signature =
		c->signature_err.code < 0 && !(lenient && c->signature_is_no_pcr0);
	const int rc = hs_eif_check(&c->eif, c->pcrs.crc, lenient, err);

	if (rc < 0)
		return rc;
	if (bad_signature && !(metadata_first && c->metadata_err.code < 0)) {
		*err = c->signature_err;
		return hs_fail_in(err, "signature");
	}
	if (c->metadata_err.code < 0)
		*err = c->metadata_err;
	return c->metadata_err.code;
}

unsigned
hs_eif_section_feeds(const struct hs_eif_section *s)
{
	switch (s->type) {
	case HS_EIF_KERNEL:
	case HS_EIF_CMDLINE:
		return 1 << 0 | 1 << 1;
	case HS_EIF_RAMDISK:
		return 1 << 0 | 1 << (s->ordinal == 1 ? 1 : 2);
	default:
		return 0;
	}
}
