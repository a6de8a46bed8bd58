/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/attest_report.h"

#include "attest/observed.h"
#include "cli/certificate_told.h"
#include "cli/file.h"
#include "core/escape.h"
#include "core/hash.h"
#include "core/hex.h"
#include "core/limits.h"

#include <inttypes.h>

const char *
hs_attest_time(struct hs_arena *a, int64_t ms, unsigned digits)
{
	struct hs_facts facts = { .arena = a };
	const uint32_t nsec = (uint32_t)(ms % 1000) * 1000000;

	hs_say_time(&facts, "time", ms / 1000, nsec, digits);
	return (const char *)hs_arena_copy(a, facts.first->value).at;
}

int
hs_attest_open(struct hs_span *out, struct hs_attest_report *r, struct hs_run *run,
               struct hs_err *err)
{
	struct hs_span inside = { NULL, 0 };
	struct hs_operand o;
	int rc = hs_file_open(&o, r->name, run, err);

	if (rc < 0)
		return rc;
	r->size = o.blob->bytes.len;
	rc = hs_armour_open(&inside, &r->armour, r->arena, o.blob->bytes, err);
	/* One byte more than any document has is enough to tell that it is none. */
	*out = hs_arena_copy(r->arena, hs_span_head(inside, HS_MAX_ATTESTATION + 1));
	hs_operand_release(&o);
	return rc < 0 ? rc : 0;
}

/* ---- One document, for people ---- */

enum { LABEL = 13 };

static void
put(FILE *out, const char *label, const char *text)
{
	fprintf(out, "  %-*s %s\n", LABEL, label, text);
}

/* The whole of a short value, of a long one enough to know it by: JSON has all of it. */
static void
put_bytes(FILE *out, const struct hs_attest_report *r, const char *label,
          const struct hs_attest_field *f)
{
	enum { LINE = 32, SHOWN = 4 * LINE };
	struct hs_span rest = hs_span_head(f->bytes, SHOWN);
	char digest[HS_SHA256_HEX];

	if (!f->present || f->null) {
		put(out, label, f->present ? "none (null)" : "none");
		return;
	}
	put(out, label, hs_arena_printf(r->arena, "%zu bytes", f->bytes.len));
	for (; rest.len; rest = hs_span_from(rest, LINE)) {
		const struct hs_span hex = hs_hex(r->arena, hs_span_head(rest, LINE));

		fprintf(out, "  %-*s %.*s\n", LABEL, "", (int)hex.len, (const char *)hex.at);
	}
	if (f->bytes.len > SHOWN) {
		const struct hs_sha256 all = hs_sha256(f->bytes);

		fprintf(out, "  %-*s and %zu bytes more; all of them: sha256:%s\n", LABEL, "",
		        f->bytes.len - SHOWN, hs_sha256_hex(digest, &all));
	}
}

static void
put_pcrs(FILE *out, const struct hs_attest_document *d)
{
	fputs("\nPCRs (SHA-384)\n", out);
	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++) {
		const struct hs_pcr *pcr = &d->pcrs[i];
		const bool zero = hs_span_is_zero((struct hs_span){ pcr->bytes, pcr->size });
		char hex[HS_PCR_HEX];

		if (!(d->pcr_set & UINT32_C(1) << i))
			continue;
		fprintf(out, "  PCR%-2u %s  %s\n", i, zero ? "zero" : hs_pcr_hex(hex, pcr),
		        hs_attest_pcr_meaning(i));
	}
}

static void
put_certificate(FILE *out, const struct hs_attest_report *r, const struct hs_attest_chain *c,
                size_t i)
{
	static const char *const fields[] = { "subject",   "serial number", "not before",
		                              "not after", "key",           "fingerprint" };
	struct hs_facts facts = { .arena = r->arena };
	char place[HS_ATTEST_PLACE];

	hs_certificate_say(&facts, &c->certificates[i]);
	fprintf(out, "  %s\n", hs_attest_place(place, c, i));
	for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++) {
		const struct hs_span value = hs_certificate_told(&facts, fields[k]);

		fprintf(out, "    %-*s %.*s\n", LABEL, fields[k], (int)value.len,
		        (const char *)value.at);
	}
}

static void
put_certificates(FILE *out, const struct hs_attest_report *r)
{
	struct hs_attest_chain chain;
	struct hs_err err;
	const int rc = hs_attest_chain_read(&chain, &r->verdict.document, &err);

	fputs("\nCertificates, from the root down\n", out);
	for (size_t i = 0; i < chain.n; i++)
		put_certificate(out, r, &chain, i);
	if (rc < 0)
		fprintf(out, "  %s\n", err.text);
	hs_attest_chain_release(&chain);
}

static void
put_span(FILE *out, const char *label, struct hs_span value)
{
	fprintf(out, "  %-*s ", LABEL, label);
	hs_escape_write(out, value);
	fputc('\n', out);
}

static void
put_observed(FILE *out, const struct hs_attest_report *r)
{
	const struct hs_attest_document *d = &r->verdict.document;
	struct hs_attest_observed o;

	hs_attest_observe(&o, d);
	if (!o.instance_id.len)
		return;
	fputs("\nObserved in real documents, and documented by nobody\n", out);
	if (o.region.len)
		put_span(out, "region", o.region);
	put_span(out, "instance", o.instance_id);
	put_span(out, "enclave", o.enclave_id);
	put(out, "launched", hs_attest_time(r->arena, o.launched_ms, 3));
	if (o.leaf_issued > 0 && o.leaf_issued < INT64_C(253402300800))
		put(out, "issued", hs_attest_time(r->arena, o.leaf_issued * 1000, 0));
	if (d->pcr_set & 1u << 4)
		put(out, "PCR4",
		    o.pcr4_fits ? "is that of this instance" : "is not that of this instance");
}

static void
put_fields(FILE *out, const struct hs_attest_report *r)
{
	const struct hs_attest_document *d = &r->verdict.document;

	put_span(out, "module id", d->module_id);
	put_span(out, "digest", d->digest);
	put(out, "timestamp",
	    hs_arena_printf(r->arena, "%s (%" PRIu64 ")",
	                    hs_attest_time(r->arena, (int64_t)d->timestamp, 3), d->timestamp));
	put(out, "debug mode",
	    hs_attest_is_debug(d) ? "YES: anybody may look into the enclave and change it" : "no");
	put(out, "map", d->indefinite ? "of no stated length" : "of stated length");
	put_bytes(out, r, "public key", &d->public_key);
	put_bytes(out, r, "user data", &d->user_data);
	put_bytes(out, r, "nonce", &d->nonce);
	for (size_t i = 0; i < d->n_unknown; i++)
		put_span(out, "unknown key", d->unknown[i]);
	put_bytes(out, r, "signature",
	          &(struct hs_attest_field){ .present = true, .bytes = d->cose.signature });
}

void
hs_attest_print_document(FILE *out, const struct hs_attest_report *r)
{
	fprintf(out,
	        "UNVERIFIED: this is what the document says of itself; attest verify checks it\n\n"
	        "Attestation document %s, %zu bytes, %s\n",
	        hs_shown(r->name).text, r->size, hs_armour_name(r->armour));
	if (!r->has_document) {
		fprintf(out, "  damaged: %s (%s)\n", r->text, r->word);
		return;
	}
	put_fields(out, r);
	put_pcrs(out, &r->verdict.document);
	put_certificates(out, r);
	put_observed(out, r);
}

/* ---- A verdict, for people ---- */

/* Of many documents that run the same image one is told why. */
static void
print_explanation(FILE *out, const struct hs_attest_explained *e)
{
	fprintf(out, "\nThe enclave runs %s. ", hs_shown(e->pair.running->name).text);
	fprintf(out, "Why %s measures otherwise%s\n", hs_shown(e->pair.other->name).text,
	        e->told ? " is said above." : ":\n");
	if (!e->told)
		hs_explain_text(out, &e->explanation);
	putc('\n', out);
}

void
hs_attest_print_verdict(FILE *out, const struct hs_attest_report *r, unsigned verbose)
{
	const struct hs_attest_verdict *v = &r->verdict;
	const bool listed = r->has_document || v->n_checks;

	if (r->exit == HS_EXIT_SAME)
		fprintf(out, "%s: verified (%s)\n", hs_shown(r->name).text, r->text);
	else
		fprintf(out, "%s: %s (%s): %s\n", hs_shown(r->name).text,
		        r->exit == HS_EXIT_TROUBLE ? "not an attestation document" : "refused",
		        r->word, r->text);
	if (verbose)
		fprintf(out, "  encoding: %s\n", hs_armour_name(r->armour));
	for (size_t i = 0; listed && i < v->n_checks; i++) {
		const struct hs_attest_check *c = &v->checks[i];

		if (c->reason == HS_ATTEST_OK)
			fprintf(out, "  ok    %s: %s\n", c->name, c->text);
		else
			fprintf(out, "  FAIL  %s: %s (%s)\n", c->name, c->text,
			        hs_attest_reason_name(c->reason));
	}
	if (r->explained)
		print_explanation(out, r->explained);
}
