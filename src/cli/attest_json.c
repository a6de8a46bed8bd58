/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/attest_report.h"

#include "attest/observed.h"
#include "cli/certificate_told.h"
#include "core/escape.h"
#include "core/hex.h"
#include "sinks/json_node.h"

struct writer {
	struct hs_json j;
	const struct hs_attest_report *report;
};

static void
key(struct writer *w, const char *name)
{
	hs_json_break(&w->j);
	hs_json_key(&w->j, name);
}

static void
word(struct writer *w, const char *name, const char *value)
{
	hs_json_key(&w->j, name);
	hs_json_word(&w->j, value);
}

static void
hex(struct writer *w, const char *name, struct hs_span bytes)
{
	hs_json_key(&w->j, name);
	hs_json_text(&w->j, hs_hex(w->report->arena, bytes));
}

/* ---- The head ---- */

static void
write_who(struct writer *w)
{
	struct hs_json *j = &w->j;

	key(w, "$schema");
	hs_json_word(j, "hashoscope-attestation-1.0.schema.json");
	key(w, "format");
	hs_json_open(j, '{');
	word(w, "name", "hashoscope-attestation");
	word(w, "version", "1.0.0");
	hs_json_close(j, '}');
	hs_json_break(j);
	hs_json_tool(j);
}

static const char *
verdict_of(const struct hs_attest_report *r)
{
	if (r->exit == HS_EXIT_TROUBLE)
		return "not-a-document";
	if (!r->verified)
		return "unverified";
	return r->exit == HS_EXIT_SAME ? "verified" : "refused";
}

static void
write_what(struct writer *w)
{
	const struct hs_attest_report *r = w->report;
	struct hs_json *j = &w->j;

	key(w, "input");
	hs_json_open(j, '{');
	hs_json_key(j, "name");
	hs_json_shown(j, hs_span_of(r->name));
	hs_json_key(j, "size");
	hs_json_u64(j, r->size);
	word(w, "encoding", hs_armour_name(r->armour));
	hs_json_close(j, '}');
	key(w, "at");
	if (r->at)
		hs_json_shown(j, hs_span_of(r->at));
	else
		hs_json_null(j);
	key(w, "result");
	hs_json_open(j, '{');
	word(w, "verdict", verdict_of(r));
	word(w, "reason", r->word);
	word(w, "text", r->text);
	hs_json_key(j, "exit_code");
	hs_json_u64(j, r->exit);
	hs_json_close(j, '}');
}

static void
write_checks(struct writer *w)
{
	const struct hs_attest_verdict *v = &w->report->verdict;
	struct hs_json *j = &w->j;

	key(w, "checks");
	hs_json_open(j, '[');
	for (size_t i = 0; i < v->n_checks; i++) {
		hs_json_break(j);
		hs_json_open(j, '{');
		word(w, "check", v->checks[i].name);
		word(w, "reason", hs_attest_reason_name(v->checks[i].reason));
		word(w, "text", v->checks[i].text);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

/* ---- The document ---- */

static void
write_field(struct writer *w, const char *name, const struct hs_attest_field *f)
{
	key(w, name);
	if (f->present && !f->null)
		hs_json_text(&w->j, hs_hex(w->report->arena, f->bytes));
	else
		hs_json_null(&w->j);
}

static void
write_pcrs(struct writer *w)
{
	const struct hs_attest_document *d = &w->report->verdict.document;
	struct hs_json *j = &w->j;

	key(w, "pcrs");
	hs_json_open(j, '[');
	for (unsigned i = 0; i < HS_ATTEST_PCRS; i++) {
		if (!(d->pcr_set & UINT32_C(1) << i))
			continue;
		hs_json_break(j);
		hs_json_open(j, '{');
		hs_json_key(j, "index");
		hs_json_u64(j, i);
		hex(w, "value", (struct hs_span){ d->pcrs[i].bytes, d->pcrs[i].size });
		word(w, "meaning", hs_attest_pcr_meaning(i));
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
write_certificates(struct writer *w)
{
	struct hs_attest_chain chain;
	struct hs_err ignored;

	/* One that cannot be read ends the list: a check says which. */
	hs_attest_chain_read(&chain, &w->report->verdict.document, &ignored);
	key(w, "certificates");
	hs_json_open(&w->j, '[');
	for (size_t i = 0; i < chain.n; i++) {
		hs_json_break(&w->j);
		hs_certificate_print_json(&w->j, &chain.certificates[i]);
	}
	hs_json_close(&w->j, ']');
	hs_attest_chain_release(&chain);
}

static void
write_shown(struct writer *w, const char *name, struct hs_span value)
{
	hs_json_key(&w->j, name);
	if (value.len)
		hs_json_shown(&w->j, value);
	else
		hs_json_null(&w->j);
}

static void
write_observed(struct writer *w)
{
	const struct hs_attest_document *d = &w->report->verdict.document;
	struct hs_arena *a = w->report->arena;
	struct hs_attest_observed o;
	struct hs_json *j = &w->j;
	bool issued;

	hs_attest_observe(&o, d);
	issued = o.leaf_issued > 0 && o.leaf_issued < INT64_C(253402300800);
	key(w, "observed");
	hs_json_open(j, '{');
	write_shown(w, "region", o.region);
	write_shown(w, "instance_id", o.instance_id);
	write_shown(w, "enclave_id", o.enclave_id);
	word(w, "launched", o.instance_id.len ? hs_attest_time(a, o.launched_ms, 3) : NULL);
	word(w, "issued", issued ? hs_attest_time(a, o.leaf_issued * 1000, 0) : NULL);
	hs_json_key(j, "pcr4_is_of_instance");
	hs_json_bool(j, o.pcr4_fits);
	hs_json_close(j, '}');
}

static void
write_document(struct writer *w)
{
	const struct hs_attest_report *r = w->report;
	const struct hs_attest_document *d = &r->verdict.document;
	struct hs_json *j = &w->j;

	key(w, "document");
	if (!r->has_document) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	key(w, "module_id");
	hs_json_shown(j, d->module_id);
	word(w, "digest", "SHA384");
	key(w, "timestamp");
	hs_json_word(j, hs_attest_time(r->arena, (int64_t)d->timestamp, 3));
	hs_json_key(j, "timestamp_ms");
	hs_json_u64(j, d->timestamp);
	key(w, "debug_mode");
	hs_json_bool(j, hs_attest_is_debug(d));
	hs_json_key(j, "indefinite_map");
	hs_json_bool(j, d->indefinite);
	write_field(w, "public_key", &d->public_key);
	write_field(w, "user_data", &d->user_data);
	write_field(w, "nonce", &d->nonce);
	key(w, "unknown_keys");
	hs_json_open(j, '[');
	for (size_t i = 0; i < d->n_unknown; i++)
		hs_json_shown(j, d->unknown[i]);
	hs_json_close(j, ']');
	write_pcrs(w);
	write_certificates(w);
	write_observed(w);
	key(w, "signature");
	hs_json_text(j, hs_hex(r->arena, d->cose.signature));
	hs_json_close(j, '}');
}

void
hs_attest_print_json(FILE *out, const struct hs_attest_report *r, bool in_line)
{
	struct writer w = { .j = { .out = out, .in_line = in_line }, .report = r };

	hs_json_open(&w.j, '{');
	write_who(&w);
	write_what(&w);
	write_checks(&w);
	write_document(&w);
	key(&w, "explanation");
	if (r->explained)
		hs_explain_json_write(&w.j, &r->explained->explanation);
	else
		hs_json_null(&w.j);
	hs_json_break(&w.j);
	hs_json_close(&w.j, '}');
	fputc('\n', out);
}
