/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_describe.h"

#include "cli/size.h"
#include "core/escape.h"
#include "enclave/releases.h"
#include "sinks/json_write.h"

#include <inttypes.h>

static void
put_field(FILE *out, const char *name, struct hs_span value)
{
	fprintf(out, "  %-20s ", name);
	hs_escape_write(out, value);
	fputc('\n', out);
}

static void
put_head(FILE *out, const struct hs_eif_described *d)
{
	const struct hs_eif *eif = &d->contents.eif;
	const bool right = d->contents.pcrs.crc == eif->crc;
	char memory[32];

	fputs("Enclave image ", out);
	hs_escape_write(out, hs_span_of(d->name));
	fprintf(out, ", %zu bytes\n", eif->file.len);
	hs_size_show(memory, sizeof(memory), eif->memory);
	fprintf(out,
	        "  version %u, %s, flags 0x%04x, %s of memory and %" PRIu64 " CPUs by default\n"
	        "  CRC-32 %08" PRIx32 " (%s)\n",
	        eif->version, hs_eif_arch(eif->flags), eif->flags, memory, eif->cpus, eif->crc,
	        right ? "right" : "wrong");
}

/* What of a section fits its line. */
static void
put_excerpt(FILE *out, const struct hs_eif_section *s)
{
	char text[160];

	if (s->type != HS_EIF_CMDLINE)
		return;
	hs_escape_short(text, sizeof(text), s->data);
	fprintf(out, "  \"%s\"", text);
}

static void
put_sections(FILE *out, const struct hs_eif_described *d)
{
	const struct hs_eif *eif = &d->contents.eif;

	fputs("\nSections\n          offset            size  measured in\n", out);
	for (size_t i = 0; i < eif->n_sections; i++) {
		const struct hs_eif_section *s = &eif->sections[i];
		const unsigned feeds = hs_eif_section_feeds(s);

		fprintf(out, "  %14" PRIu64 "  %14" PRIu64 "  %-11s  %s", s->offset, s->size,
		        feeds == 3   ? "PCR0, PCR1"
		        : feeds == 5 ? "PCR0, PCR2"
		                     : "no PCR",
		        hs_eif_section_name(d->arena, s));
		put_excerpt(out, s);
		fputc('\n', out);
	}
	for (size_t i = 0; i < eif->n_gaps; i++)
		fprintf(out, "  %14zu  %14zu  %-11s  no section's bytes\n",
		        (size_t)(eif->gaps[i].at - eif->file.at), eif->gaps[i].len, "no PCR");
}

static void
put_measurements(FILE *out, const struct hs_eif_described *d)
{
	const struct hs_eif_contents *c = &d->contents;
	const struct hs_release *release = hs_release_of_pcr1(&c->pcrs.pcr[1]);
	const struct hs_eif_section *first = hs_eif_find(&c->eif, HS_EIF_RAMDISK, 1);
	const struct hs_release *boot = first ? hs_release_of_bootstrap(first->data) : NULL;
	char hex[HS_PCR_HEX];

	fputs("\nMeasurements (SHA-384)\n", out);
	for (unsigned i = 0; i < 3; i++)
		fprintf(out, "  PCR%u  %s\n", i, hs_pcr_hex(hex, &c->pcrs.pcr[i]));
	if (c->has_pcr8)
		fprintf(out, "  PCR8  %s\n", hs_pcr_hex(hex, &c->pcr8));
	if (release)
		fprintf(out, "  PCR1 is that of the blobs of nitro-cli %s (%s)\n",
		        release->versions, release->arch);
	else if (boot)
		fprintf(out, "  the first ramdisk is that of nitro-cli %s (%s), PCR1 is not\n",
		        boot->versions, boot->arch);
}

static void
put_certificate(FILE *out, const struct hs_eif_described *d)
{
	struct hs_facts facts = { .arena = d->arena };

	hs_certificate_say(&facts, &d->contents.signature.certificate);
	for (const struct hs_fact *f = facts.first; f; f = f->next)
		put_field(out, f->field, f->value);
}

static void
put_signature(FILE *out, const struct hs_eif_described *d)
{
	const struct hs_eif_contents *c = &d->contents;
	const struct hs_cose_sign1 *m = &c->signature.message;
	const char *alg = m->has_alg ? hs_cose_alg_name(m->alg) : NULL;

	if (!c->is_signed) {
		fputs("\nNot signed\n", out);
		return;
	}
	fputs("\nSignature\n", out);
	if (c->signature_err.code < 0)
		put_field(out, "not readable", hs_span_of(c->signature_err.text));
	if (c->signature.has_message) {
		put_field(out, "algorithm", hs_span_of(alg ? alg : "not known"));
		put_field(out, "made with the key",
		          hs_span_of(c->verdict.genuine ? "yes" : c->verdict.why.text));
		put_field(out, "covers this PCR0", hs_span_of(c->verdict.covers ? "yes" : "no"));
	}
	if (c->signature.certificate.x509)
		put_certificate(out, d);
}

/* The members of an object on a line each; the key is escaped as its values are. */
static void
put_value(FILE *out, const char *name, const struct hs_serde *v)
{
	const bool object = v && v->kind == HS_SERDE_OBJECT && v->of.n > 0;
	struct hs_json j = { .out = out };

	if (!object) {
		fprintf(out, "  %-20s ", name);
		hs_eif_put_json(&j, v);
		fputc('\n', out);
		return;
	}
	fprintf(out, "  %s\n", name);
	for (size_t i = 0; i < v->of.n; i++) {
		j = (struct hs_json){ .out = out };
		fputs("    ", out);
		hs_json_key_text(&j, v->of.keys[i]);
		hs_eif_put_json(&j, &v->of.list[i]);
		fputc('\n', out);
	}
}

static void
put_metadata(FILE *out, const struct hs_eif_described *d)
{
	const struct hs_eif_contents *c = &d->contents;
	const struct hs_metadata *m = &c->metadata;

	if (!c->has_metadata || m->none) {
		fputs("\nNo metadata\n", out);
		return;
	}
	fputs("\nMetadata (in no PCR)\n", out);
	if (c->metadata_err.code < 0) {
		put_field(out, "not readable", hs_span_of(c->metadata_err.text));
		return;
	}
	put_field(out, "ImageName", m->image_name);
	put_field(out, "ImageVersion", m->image_version);
	put_field(out, "BuildTime", m->build_time);
	put_field(out, "BuildTool", m->build_tool);
	put_field(out, "BuildToolVersion", m->build_tool_version);
	put_field(out, "OperatingSystem", m->operating_system);
	put_field(out, "KernelVersion", m->kernel_version);
	put_value(out, "DockerInfo", m->docker_info);
	put_value(out, "CustomMetadata", m->custom_metadata);
}

static void
put_problem(FILE *out, const char *code, const char *text, bool aws_refuses)
{
	fprintf(out, "  %s: %s%s\n", code, text, aws_refuses ? " (nitro-cli refuses it)" : "");
}

static void
put_problems(FILE *out, const struct hs_eif_described *d)
{
	const struct hs_eif *eif = &d->contents.eif;
	struct hs_eif_other others[HS_EIF_OTHERS];
	const size_t n = hs_eif_others(others, d);

	if (eif->n_problems + n == 0)
		return;
	fputs("\nProblems\n", out);
	for (size_t i = 0; i < eif->n_problems; i++)
		put_problem(out, eif->problems[i].code, eif->problems[i].text,
		            eif->problems[i].aws_refuses);
	for (size_t i = 0; i < n; i++)
		put_problem(out, others[i].code, others[i].text, others[i].aws_refuses);
}

void
hs_eif_describe_text(FILE *out, const struct hs_eif_described *d)
{
	put_head(out, d);
	put_sections(out, d);
	put_measurements(out, d);
	put_signature(out, d);
	put_metadata(out, d);
	put_problems(out, d);
}
