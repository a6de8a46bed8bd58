/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_verdict.h"

#include "cli/certificate_told.h"
#include "cli/say.h"
#include "sinks/json_node.h"

/* A PCR that there may be. */
struct measured {
	const char *name;
	const struct hs_pcr *pcr; /* NULL: of no certificate */
};

enum { N_MEASURED = 4 };

static void
measure(struct measured out[N_MEASURED], const struct hs_eif_verdict *v)
{
	out[0] = (struct measured){ "PCR0", &v->pcrs.pcr[0] };
	out[1] = (struct measured){ "PCR1", &v->pcrs.pcr[1] };
	out[2] = (struct measured){ "PCR2", &v->pcrs.pcr[2] };
	out[3] = (struct measured){ "PCR8", v->signature.certificate.x509 ? &v->pcr8 : NULL };
}

static void
print_certificate(FILE *out, const struct hs_eif_verdict *v)
{
	static const char *const fields[] = { "subject", "key", "not before", "not after",
		                              "fingerprint" };
	struct hs_arena scratch = { 0 };
	struct hs_facts facts = { .arena = &scratch };

	hs_certificate_say(&facts, &v->signature.certificate);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct hs_span value = hs_certificate_told(&facts, fields[i]);

		fprintf(out, "%-12s %.*s\n", fields[i], (int)value.len, (const char *)value.at);
	}
	hs_arena_release(&scratch);
}

/* A text that begins with the word already is not told by it again. */
static void
print_reason(FILE *out, char sign, const struct hs_eif_reason *r)
{
	const size_t len = strlen(r->word);
	const bool named = strncmp(r->text, r->word, len) == 0 && r->text[len] == ':';

	fprintf(out, "%c %s%s%s\n", sign, named ? "" : r->word, named ? "" : ": ", r->text);
}

void
hs_eif_verdict_print(FILE *out, const struct hs_eif_verdict *v)
{
	const struct hs_cose_sign1 *const m = &v->signature.message;
	struct measured measured[N_MEASURED];
	char hex[HS_PCR_HEX];

	fprintf(out, "%s: %s\n", hs_shown(v->name).text, v->reasons ? "refused" : "in order");
	for (const struct hs_eif_reason *r = v->reasons; r; r = r->next)
		print_reason(out, '-', r);
	for (const struct hs_eif_reason *r = v->remarks; r; r = r->next)
		print_reason(out, '+', r);
	measure(measured, v);
	for (size_t i = 0; i < N_MEASURED; i++)
		if (measured[i].pcr)
			fprintf(out, "%-12s %s\n", measured[i].name,
			        hs_pcr_hex(hex, measured[i].pcr));
	if (v->signature.has_message && m->has_alg)
		fprintf(out, "%-12s %s%s\n", "signature",
		        hs_cose_alg_name(m->alg) ? hs_cose_alg_name(m->alg) : "unknown",
		        v->holds.genuine ? ", genuine" : "");
	if (v->signature.certificate.x509)
		print_certificate(out, v);
}

static void
write_who(struct hs_json *j)
{
	hs_json_break(j);
	hs_json_key(j, "$schema");
	hs_json_word(j, "hashoscope-verification-1.0.schema.json");
	hs_json_break(j);
	hs_json_key(j, "format");
	hs_json_open(j, '{');
	hs_json_key(j, "name");
	hs_json_word(j, "hashoscope-verification");
	hs_json_key(j, "version");
	hs_json_word(j, "1.0.0");
	hs_json_close(j, '}');
	hs_json_break(j);
	hs_json_tool(j);
}

static void
write_what(struct hs_json *j, const struct hs_eif_verdict *v)
{
	hs_json_break(j);
	hs_json_key(j, "input");
	hs_json_open(j, '{');
	hs_json_key(j, "name");
	hs_json_shown(j, hs_span_of(v->name));
	hs_json_key(j, "size");
	hs_json_u64(j, v->eif.file.len);
	hs_json_close(j, '}');
	hs_json_break(j);
	hs_json_key(j, "at");
	hs_json_shown(j, hs_span_of(v->at));
	hs_json_break(j);
	hs_json_key(j, "result");
	hs_json_open(j, '{');
	hs_json_key(j, "verdict");
	hs_json_word(j, v->reasons ? "refused" : "in-order");
	hs_json_key(j, "exit_code");
	hs_json_u64(j, v->reasons ? HS_EXIT_DIFFERS : HS_EXIT_SAME);
	hs_json_close(j, '}');
}

static void
write_reasons(struct hs_json *j, const char *key, const struct hs_eif_reason *r)
{
	hs_json_break(j);
	hs_json_key(j, key);
	hs_json_open(j, '[');
	for (; r; r = r->next) {
		hs_json_break(j);
		hs_json_open(j, '{');
		hs_json_key(j, "reason");
		hs_json_word(j, r->word);
		hs_json_key(j, "code");
		hs_json_word(j, r->code);
		hs_json_key(j, "text");
		hs_json_word(j, r->text);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
write_measurements(struct hs_json *j, const struct hs_eif_verdict *v)
{
	struct measured measured[N_MEASURED];
	char hex[HS_PCR_HEX];

	measure(measured, v);
	hs_json_break(j);
	hs_json_key(j, "measurements");
	hs_json_open(j, '{');
	for (size_t i = 0; i < N_MEASURED; i++) {
		hs_json_key(j, measured[i].name);
		hs_json_word(j, measured[i].pcr ? hs_pcr_hex(hex, measured[i].pcr) : NULL);
	}
	hs_json_close(j, '}');
}

static void
write_signature(struct hs_json *j, const struct hs_eif_verdict *v)
{
	const struct hs_signature *const s = &v->signature;
	char hex[HS_PCR_HEX];

	hs_json_break(j);
	hs_json_key(j, "signature");
	if (!v->section) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	hs_json_key(j, "algorithm");
	hs_json_word(j, s->message.has_alg ? hs_cose_alg_name(s->message.alg) : NULL);
	hs_json_key(j, "genuine");
	hs_json_bool(j, v->holds.genuine);
	hs_json_key(j, "covers");
	hs_json_bool(j, v->holds.covers);
	hs_json_key(j, "register_index");
	if (s->has_payload)
		hs_json_u64(j, s->register_index);
	else
		hs_json_null(j);
	hs_json_key(j, "register_value");
	hs_json_word(j, s->has_payload ? hs_pcr_hex(hex, &s->register_value) : NULL);
	hs_json_close(j, '}');
}

static void
write_certificate(struct hs_json *j, const struct hs_eif_verdict *v)
{
	hs_json_break(j);
	hs_json_key(j, "certificate");
	if (v->signature.certificate.x509)
		hs_certificate_print_json(j, &v->signature.certificate);
	else
		hs_json_null(j);
}

void
hs_eif_verdict_print_json(FILE *out, const struct hs_eif_verdict *v)
{
	struct hs_json j = { .out = out };

	hs_json_open(&j, '{');
	write_who(&j);
	write_what(&j, v);
	write_reasons(&j, "reasons", v->reasons);
	write_reasons(&j, "remarks", v->remarks);
	write_measurements(&j, v);
	write_signature(&j, v);
	write_certificate(&j, v);
	hs_json_break(&j);
	hs_json_close(&j, '}');
	putc('\n', out);
}
