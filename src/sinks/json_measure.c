/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/json_measure.h"

#include "sinks/json_node.h"

static void
write_word(struct hs_json *j, const char *key, const char *word)
{
	hs_json_key(j, key);
	hs_json_word(j, word);
}

static void
write_bool(struct hs_json *j, const char *key, bool value)
{
	hs_json_key(j, key);
	hs_json_bool(j, value);
}

static void
write_hex(struct hs_json *j, const char *key, struct hs_span hex)
{
	hs_json_key(j, key);
	if (hex.len)
		hs_json_text(j, hex);
	else
		hs_json_null(j);
}

/* Of what was rebuilt no report has the nodes. */
static void
write_node(struct hs_json *j, const struct hs_measurements *m, const struct hs_node *node)
{
	hs_json_key(j, "node");
	if (node && !m->rebuilt)
		hs_json_id(j, node);
	else
		hs_json_null(j);
}

static void
write_pcr_name(struct hs_json *j, unsigned index)
{
	char name[16];

	snprintf(name, sizeof(name), "PCR%u", index);
	hs_json_word(j, name);
}

void
hs_json_pcrs(struct hs_json *j, unsigned pcrs)
{
	hs_json_open(j, '[');
	for (unsigned i = 0; i <= 8; i++)
		if (pcrs & HS_PCR_BIT(i))
			write_pcr_name(j, i);
	hs_json_close(j, ']');
}

static void
write_sections(struct hs_json *j, const struct hs_measurements *m, const struct hs_measure_pcr *pcr)
{
	hs_json_key(j, "sections");
	hs_json_open(j, '[');
	for (size_t i = 0; i < pcr->n_sections; i++) {
		const struct hs_measure_section *s = &pcr->sections[i];

		hs_json_open(j, '{');
		write_word(j, "name", s->name);
		write_bool(j, "in_a", s->in_a);
		write_bool(j, "in_b", s->in_b);
		write_bool(j, "same", s->same);
		write_node(j, m, s->node);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

static void
write_pcr(struct hs_json *j, const struct hs_measurements *m, const struct hs_measure_pcr *pcr)
{
	hs_json_open(j, '{');
	hs_json_key(j, "id");
	write_pcr_name(j, pcr->index);
	write_word(j, "algorithm", "sha384");
	write_hex(j, "a", pcr->a);
	write_hex(j, "b", pcr->b);
	write_bool(j, "same", pcr->same);
	write_word(j, "sentence", pcr->sentence);
	write_sections(j, m, pcr);
	write_word(j, "release_a", pcr->release_a);
	write_word(j, "release_b", pcr->release_b);
	hs_json_close(j, '}');
}

void
hs_json_measured(struct hs_json *j, const struct hs_measurements *m)
{
	hs_json_open(j, '[');
	for (size_t i = 0; m && i < m->n_pcrs; i++) {
		hs_json_break(j);
		write_pcr(j, m, &m->pcrs[i]);
	}
	if (m)
		hs_json_break(j);
	hs_json_close(j, ']');
}

static void
write_cause(struct hs_json *j, const struct hs_measurements *m, const struct hs_measure_cause *c)
{
	hs_json_open(j, '{');
	write_word(j, "code", c->code);
	write_word(j, "sentence", c->sentence);
	hs_json_key(j, "reaches");
	hs_json_pcrs(j, c->pcrs);
	hs_json_key(j, "entries");
	hs_json_u64(j, c->n);
	write_node(j, m, c->node);
	write_word(j, "path", c->node ? c->path : NULL);
	hs_json_close(j, '}');
}

static void
write_asides(struct hs_json *j, const struct hs_measurements *m)
{
	hs_json_key(j, "not_measured");
	hs_json_open(j, '[');
	for (size_t i = 0; i < m->n_asides; i++) {
		hs_json_open(j, '{');
		write_word(j, "name", m->asides[i].name);
		write_word(j, "detail", *m->asides[i].detail ? m->asides[i].detail : NULL);
		write_node(j, m, m->asides[i].node);
		hs_json_close(j, '}');
	}
	hs_json_close(j, ']');
}

void
hs_json_measurements(struct hs_json *j, const struct hs_measurements *m)
{
	if (!m) {
		hs_json_null(j);
		return;
	}
	hs_json_open(j, '{');
	write_bool(j, "same", m->same);
	write_word(j, "sentence", m->sentence);
	hs_json_key(j, "rebuilt");
	hs_json_side_name(j, m->rebuilt);
	write_bool(j, "unknown_flags", m->unknown_flags);
	hs_json_key(j, "causes");
	hs_json_open(j, '[');
	for (size_t i = 0; i < m->n_causes; i++)
		write_cause(j, m, &m->causes[i]);
	hs_json_close(j, ']');
	hs_json_key(j, "causes_left_out");
	hs_json_u64(j, m->n_more);
	write_asides(j, m);
	hs_json_key(j, "remarks");
	hs_json_open(j, '[');
	for (size_t i = 0; i < m->n_remarks; i++)
		hs_json_word(j, m->remarks[i]);
	hs_json_close(j, ']');
	hs_json_close(j, '}');
}
