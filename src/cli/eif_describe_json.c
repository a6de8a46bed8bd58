/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_describe.h"

#include "core/capture.h"
#include "core/version.h"
#include "enclave/releases.h"

#include <inttypes.h>
#include <stdlib.h>

/* Raised by whoever adds a key. */
#define FORMAT_VERSION "1.0.0"

static void
put_text(struct hs_json *j, const char *key, struct hs_span text)
{
	hs_json_key(j, key);
	hs_json_text(j, text);
}

static void
put_word(struct hs_json *j, const char *key, const char *word)
{
	hs_json_key(j, key);
	hs_json_word(j, word);
}

static void
put_u64(struct hs_json *j, const char *key, uint64_t v)
{
	hs_json_key(j, key);
	hs_json_u64(j, v);
}

static void
put_bool(struct hs_json *j, const char *key, bool v)
{
	hs_json_key(j, key);
	hs_json_bool(j, v);
}

static void
open_key(struct hs_json *j, const char *key, char bracket)
{
	hs_json_break(j);
	hs_json_key(j, key);
	hs_json_open(j, bracket);
}

void
hs_eif_put_json(struct hs_json *j, const struct hs_serde *v)
{
	const bool object = v && v->kind == HS_SERDE_OBJECT;
	struct hs_capture scalar = { 0 };
	FILE *out;

	if (!v) {
		hs_json_null(j);
	} else if (v->kind == HS_SERDE_STRING) {
		hs_json_text(j, v->string);
	} else if (object || v->kind == HS_SERDE_ARRAY) {
		hs_json_open(j, object ? '{' : '[');
		for (size_t i = 0; i < v->of.n; i++) {
			if (object)
				hs_json_key_text(j, v->of.keys[i]);
			hs_eif_put_json(j, &v->of.list[i]);
		}
		hs_json_close(j, object ? '}' : ']');
	} else {
		out = hs_capture_open(&scalar);
		hs_serde_write(out, v);
		fclose(out);
		hs_json_number(j, (struct hs_span){ scalar.bytes, scalar.len });
		free(scalar.bytes);
	}
}

static void
put_input(struct hs_json *j, const struct hs_eif_described *d)
{
	put_word(j, "$schema", "hashoscope-eif-1.0.schema.json");
	open_key(j, "format", '{');
	put_word(j, "name", "hashoscope-eif");
	put_word(j, "version", FORMAT_VERSION);
	hs_json_close(j, '}');
	open_key(j, "tool", '{');
	put_word(j, "name", "hashoscope");
	put_word(j, "version", hs_version());
	hs_json_close(j, '}');
	open_key(j, "input", '{');
	hs_json_key(j, "name");
	hs_json_shown(j, hs_span_of(d->name));
	put_u64(j, "size", d->contents.eif.file.len);
	hs_json_close(j, '}');
	open_key(j, "result", '{');
	put_bool(j, "complete", d->exit == HS_EXIT_SAME);
	put_u64(j, "exit_code", (uint64_t)d->exit);
	hs_json_close(j, '}');
}

static void
put_header(struct hs_json *j, const struct hs_eif_contents *c)
{
	const struct hs_eif *eif = &c->eif;
	char hex[16];

	open_key(j, "header", '{');
	hs_json_key(j, "magic");
	hs_json_shown(j, eif->magic);
	put_u64(j, "version", eif->version);
	put_u64(j, "flags", eif->flags);
	put_word(j, "arch", hs_eif_arch(eif->flags));
	put_u64(j, "memory", eif->memory);
	put_u64(j, "cpus", eif->cpus);
	put_u64(j, "reserved", eif->reserved);
	put_u64(j, "n_sections", eif->n_claimed);
	hs_json_key(j, "offsets");
	hs_json_open(j, '[');
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		hs_json_u64(j, eif->offsets[i]);
	hs_json_close(j, ']');
	hs_json_key(j, "sizes");
	hs_json_open(j, '[');
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		hs_json_u64(j, eif->sizes[i]);
	hs_json_close(j, ']');
	put_u64(j, "unused", eif->unused);
	snprintf(hex, sizeof(hex), "%08" PRIx32, eif->crc);
	put_word(j, "crc32", hex);
	snprintf(hex, sizeof(hex), "%08" PRIx32, c->pcrs.crc);
	put_word(j, "crc32_of_file", hex);
	hs_json_close(j, '}');
}

static void
put_sections(struct hs_json *j, const struct hs_eif_described *d)
{
	const struct hs_eif *eif = &d->contents.eif;

	open_key(j, "sections", '[');
	for (size_t i = 0; i < eif->n_sections; i++) {
		const struct hs_eif_section *s = &eif->sections[i];

		hs_json_break(j);
		hs_json_open(j, '{');
		put_word(j, "name", hs_eif_section_name(d->arena, s));
		put_u64(j, "type", s->raw_type);
		put_u64(j, "flags", s->flags);
		put_u64(j, "offset", s->offset);
		put_u64(j, "size", s->size);
		put_u64(j, "present", s->data.len);
		hs_json_key(j, "pcrs");
		hs_json_open(j, '[');
		for (unsigned pcr = 0; pcr < 3; pcr++)
			if (hs_eif_section_feeds(s) >> pcr & 1)
				hs_json_u64(j, pcr);
		hs_json_close(j, ']');
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
	open_key(j, "gaps", '[');
	for (size_t i = 0; i < eif->n_gaps; i++) {
		hs_json_open(j, '{');
		put_u64(j, "offset", (uint64_t)(eif->gaps[i].at - eif->file.at));
		put_u64(j, "size", eif->gaps[i].len);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
put_pcr(struct hs_json *j, const char *key, const struct hs_pcr *pcr)
{
	char hex[HS_PCR_HEX];

	put_word(j, key, pcr ? hs_pcr_hex(hex, pcr) : NULL);
}

static void
put_release(struct hs_json *j, const char *key, const struct hs_release *release)
{
	hs_json_key(j, key);
	if (!release) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	put_word(j, "versions", release->versions);
	put_word(j, "arch", release->arch);
	hs_json_close(j, '}');
}

static void
put_measurements(struct hs_json *j, const struct hs_eif_contents *c)
{
	const struct hs_eif_section *first = hs_eif_find(&c->eif, HS_EIF_RAMDISK, 1);

	open_key(j, "measurements", '{');
	put_word(j, "algorithm", "sha384");
	put_pcr(j, "PCR0", &c->pcrs.pcr[0]);
	put_pcr(j, "PCR1", &c->pcrs.pcr[1]);
	put_pcr(j, "PCR2", &c->pcrs.pcr[2]);
	put_pcr(j, "PCR8", c->has_pcr8 ? &c->pcr8 : NULL);
	put_release(j, "release_of_pcr1", hs_release_of_pcr1(&c->pcrs.pcr[1]));
	put_release(j, "release_of_first_ramdisk",
	            first ? hs_release_of_bootstrap(first->data) : NULL);
	hs_json_close(j, '}');
}

static void
put_certificate(struct hs_json *j, const struct hs_eif_described *d)
{
	struct hs_facts facts = { .arena = d->arena };

	hs_json_key(j, "certificate");
	if (!d->contents.signature.certificate.x509) {
		hs_json_null(j);
		return;
	}
	hs_certificate_say(&facts, &d->contents.signature.certificate);
	hs_json_open(j, '[');
	for (const struct hs_fact *f = facts.first; f; f = f->next) {
		hs_json_break(j);
		hs_json_open(j, '{');
		put_word(j, "field", f->field);
		hs_json_key(j, "value");
		hs_json_shown(j, f->value);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
put_message(struct hs_json *j, const struct hs_eif_contents *c)
{
	const struct hs_signature *s = &c->signature;

	hs_json_key(j, "message");
	if (!s->has_message) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	put_word(j, "algorithm", s->message.has_alg ? hs_cose_alg_name(s->message.alg) : NULL);
	hs_json_key(j, "register_index");
	if (s->has_payload)
		hs_json_u64(j, s->register_index);
	else
		hs_json_null(j);
	put_pcr(j, "register_value", s->has_payload ? &s->register_value : NULL);
	put_bool(j, "genuine", c->verdict.genuine);
	put_word(j, "why", c->verdict.genuine ? NULL : c->verdict.why.text);
	put_bool(j, "covers_pcr0", c->verdict.covers);
	hs_json_close(j, '}');
}

static void
put_signature(struct hs_json *j, const struct hs_eif_described *d)
{
	const struct hs_eif_contents *c = &d->contents;

	hs_json_break(j);
	hs_json_key(j, "signature");
	if (!c->is_signed) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	put_u64(j, "n_signatures", c->signature.n_signatures);
	put_message(j, c);
	put_certificate(j, d);
	hs_json_close(j, '}');
}

static void
put_metadata(struct hs_json *j, const struct hs_eif_contents *c)
{
	const struct hs_metadata *m = &c->metadata;

	hs_json_break(j);
	hs_json_key(j, "metadata");
	if (!c->has_metadata || m->none || c->metadata_err.code < 0) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	put_text(j, "ImageName", m->image_name);
	put_text(j, "ImageVersion", m->image_version);
	put_text(j, "BuildTime", m->build_time);
	put_text(j, "BuildTool", m->build_tool);
	put_text(j, "BuildToolVersion", m->build_tool_version);
	put_text(j, "OperatingSystem", m->operating_system);
	put_text(j, "KernelVersion", m->kernel_version);
	hs_json_break(j);
	hs_json_key(j, "DockerInfo");
	hs_eif_put_json(j, m->docker_info);
	hs_json_break(j);
	hs_json_key(j, "CustomMetadata");
	hs_eif_put_json(j, m->custom_metadata);
	hs_json_close(j, '}');
}

static void
put_problem(struct hs_json *j, const struct hs_eif_other *p, size_t section)
{
	hs_json_break(j);
	hs_json_open(j, '{');
	put_word(j, "code", p->code);
	put_word(j, "text", p->text);
	hs_json_key(j, "section");
	if (section == SIZE_MAX)
		hs_json_null(j);
	else
		hs_json_u64(j, section);
	put_bool(j, "aws_refuses", p->aws_refuses);
	hs_json_close(j, '}');
}

static void
put_problems(struct hs_json *j, const struct hs_eif_described *d)
{
	const struct hs_eif *eif = &d->contents.eif;
	struct hs_eif_other others[HS_EIF_OTHERS];
	const size_t n = hs_eif_others(others, d);

	open_key(j, "problems", '[');
	for (size_t i = 0; i < eif->n_problems; i++) {
		const struct hs_eif_problem *p = &eif->problems[i];

		put_problem(j, &(struct hs_eif_other){ p->code, p->text, p->aws_refuses },
		            p->section);
	}
	for (size_t i = 0; i < n; i++)
		put_problem(j, &others[i], SIZE_MAX);
	hs_json_close(j, ']');
}

void
hs_eif_describe_json(FILE *out, const struct hs_eif_described *d)
{
	struct hs_json j = { .out = out };

	hs_json_open(&j, '{');
	put_input(&j, d);
	put_header(&j, &d->contents);
	put_sections(&j, d);
	put_measurements(&j, &d->contents);
	put_signature(&j, d);
	put_metadata(&j, &d->contents);
	put_problems(&j, d);
	hs_json_break(&j);
	hs_json_close(&j, '}');
	fputc('\n', out);
}
