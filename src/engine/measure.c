/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/measure.h"

#include "enclave/releases.h"
#include "enclave/signature.h"
#include "engine/measuring.h"

#include <inttypes.h>

static const unsigned pcr_index[HS_MEASURE_PCRS] = { 0, 1, 2, 8 };

/* ---- One side ---- */

/* PCRs of what is not all there are of no image that anybody has. */
static int
check_whole(const struct hs_eif *eif, struct hs_err *err)
{
	for (size_t i = 0; i < eif->n_sections; i++) {
		const struct hs_eif_section *s = &eif->sections[i];

		if (s->data.len < s->size)
			return hs_fail(err, HS_EFORMAT,
			               "section %zu at offset %" PRIu64 " has %zu of its %" PRIu64
			               " bytes",
			               i, s->offset, s->data.len, s->size);
	}
	return 0;
}

static void
measure_certificate(struct hs_measured *out, struct hs_arena *a)
{
	const struct hs_eif_section *s = hs_eif_find(&out->eif, HS_EIF_SIGNATURE, 1);
	struct hs_signature signature = { 0 };
	struct hs_err ignored;

	if (!s)
		return;
	/* What cannot be read of the signature does not matter once the certificate is there. */
	hs_signature_read(&signature, a, s->data, &ignored);
	if (signature.certificate.der.len) {
		out->pcr8 = hs_pcr_of_bytes(signature.certificate.der, HS_PCR_SHA384);
		out->has_pcr8 = true;
	}
	hs_signature_release(&signature);
}

static void
measure(struct hs_measured *out, struct hs_run *run, struct hs_worker *w, struct hs_span file)
{
	*out = (struct hs_measured){ 0 };
	/* Read a second time: the first is that of the members. */
	atomic_fetch_add_explicit(&run->bytes_known, file.len, memory_order_relaxed);
	if (hs_eif_read(&out->eif, &w->keep, file, &out->why) < 0 ||
	    check_whole(&out->eif, &out->why) < 0 ||
	    hs_pcrs_of_eif(&out->pcrs, run, w, &out->eif, &out->why) < 0)
		return;
	measure_certificate(out, &w->keep);
}

/* ---- Sections ---- */

/* The PCRs that the data of a section are in. */
static unsigned
pcrs_of(const struct hs_eif_section *s)
{
	const unsigned pcr1 = HS_PCR_BIT(0) | HS_PCR_BIT(1);

	switch (s->type) {
	case HS_EIF_KERNEL:
	case HS_EIF_CMDLINE:
		return pcr1;
	case HS_EIF_RAMDISK:
		return s->ordinal == 1 ? pcr1 : HS_PCR_BIT(0) | HS_PCR_BIT(2);
	default:
		return 0;
	}
}

/* The node of a section that differs: of the member of its name, on whichever side it has it. */
static const struct hs_node *
node_of(const struct hs_node *image, const char *name)
{
	const struct hs_node *n = image ? image->first_child : NULL;

	while (n && !hs_span_is(n->name, name) && !hs_span_is(n->moved_from, name))
		n = n->next;
	return n;
}

static struct hs_measuring_section *
find_section(struct hs_measuring *m, const char *name)
{
	for (size_t i = 0; i < m->n_sections; i++)
		if (strcmp(m->sections[i].name, name) == 0)
			return &m->sections[i];
	return NULL;
}

static void
add_sections(struct hs_measuring *m, int side)
{
	const struct hs_eif *eif = &m->side[side]->eif;

	for (size_t i = 0; i < eif->n_sections; i++) {
		const struct hs_eif_section *s = &eif->sections[i];
		const char *name = hs_eif_section_name(m->keep, s);
		struct hs_measuring_section *at = find_section(m, name);

		if (!at) {
			at = &m->sections[m->n_sections++];
			at->name = name;
		}
		*(side ? &at->b : &at->a) = s;
		at->pcrs |= pcrs_of(s);
	}
}

/* The next section behind `i` that is in the PCR and that both sides have. */
static const struct hs_eif_section *
next_shared(struct hs_measuring *m, int side, unsigned pcr, size_t *i)
{
	const struct hs_eif *eif = &m->side[side]->eif;

	while (*i < eif->n_sections) {
		const struct hs_eif_section *s = &eif->sections[(*i)++];
		const struct hs_measuring_section *at =
			find_section(m, hs_eif_section_name(&m->w->scratch, s));

		if ((at->pcrs & pcr) && at->a && at->b)
			return s;
	}
	return NULL;
}

static bool
is_reordered(struct hs_measuring *m, unsigned pcr)
{
	const struct hs_arena_mark mark = hs_arena_mark(&m->w->scratch);
	const struct hs_eif_section *a, *b;
	size_t i = 0, j = 0;

	do {
		a = next_shared(m, 0, pcr, &i);
		b = next_shared(m, 1, pcr, &j);
	} while (a && b && a->type == b->type && a->ordinal == b->ordinal);
	hs_arena_rewind(&m->w->scratch, mark);
	return a && b;
}

static void
pair_sections(struct hs_measuring *m)
{
	const size_t room = m->side[0]->eif.n_sections + m->side[1]->eif.n_sections;

	m->sections = hs_arena_array(m->keep, room + 1, sizeof(*m->sections));
	add_sections(m, 0);
	add_sections(m, 1);
	for (size_t i = 0; i < m->n_sections; i++) {
		struct hs_measuring_section *s = &m->sections[i];

		s->same = s->a && s->b && hs_same_bytes(m->w, s->a->data, s->b->data);
		s->node = s->same ? NULL : node_of(m->node, s->name);
	}
	for (unsigned i = 0; i < 3; i++)
		if (is_reordered(m, HS_PCR_BIT(i)))
			m->reordered |= HS_PCR_BIT(i);
	m->two_ramdisks = hs_eif_find(&m->side[0]->eif, HS_EIF_RAMDISK, 2) &&
	                  hs_eif_find(&m->side[1]->eif, HS_EIF_RAMDISK, 2) &&
	                  !hs_eif_find(&m->side[0]->eif, HS_EIF_RAMDISK, 3) &&
	                  !hs_eif_find(&m->side[1]->eif, HS_EIF_RAMDISK, 3);
}

const char *
hs_measure_section_words(const struct hs_measuring *m, const struct hs_measuring_section *s)
{
	const struct hs_eif_section *any = s->a ? s->a : s->b;

	if (any->ordinal == 1 && any->type == HS_EIF_KERNEL)
		return "the kernel";
	if (any->ordinal == 1 && any->type == HS_EIF_CMDLINE)
		return "the kernel command line";
	if (any->type == HS_EIF_RAMDISK && m->two_ramdisks)
		return any->ordinal == 1 ? "the bootstrap ramdisk" : "the customer ramdisk";
	return s->name;
}

/* ---- PCRs ---- */

static const struct hs_pcr *
pcr_of(const struct hs_measured *side, size_t i)
{
	if (pcr_index[i] == 8)
		return side->has_pcr8 ? &side->pcr8 : NULL;
	return &side->pcrs.pcr[i];
}

static struct hs_span
hex_of(struct hs_arena *a, const struct hs_pcr *pcr)
{
	char hex[HS_PCR_HEX];

	return pcr ? hs_arena_copy(a, hs_span_of(hs_pcr_hex(hex, pcr))) : (struct hs_span){ 0 };
}

static const char *
release_of(const struct hs_pcr *pcr1)
{
	const struct hs_release *r = hs_release_of_pcr1(pcr1);

	return r ? r->versions : NULL;
}

static void
list_sections(struct hs_measure_pcr *pcr, const struct hs_measuring *m)
{
	struct hs_measure_section *list = hs_arena_array(m->keep, m->n_sections + 1, sizeof(*list));

	pcr->sections = list;
	for (size_t i = 0; i < m->n_sections; i++) {
		const struct hs_measuring_section *s = &m->sections[i];
		const bool feeds = pcr->index == 8 ? strcmp(s->name, "signature") == 0
		                                   : (s->pcrs & HS_PCR_BIT(pcr->index)) != 0;

		if (feeds)
			list[pcr->n_sections++] =
				(struct hs_measure_section){ s->name, s->a != NULL, s->b != NULL,
				                             s->same, s->node,      s->counted };
	}
}

static void
fill_pcr(struct hs_measuring *m, size_t i)
{
	struct hs_measure_pcr *pcr = &m->out->pcrs[i];
	const struct hs_pcr *a = pcr_of(m->side[0], i), *b = pcr_of(m->side[1], i);

	pcr->index = pcr_index[i];
	pcr->a = hex_of(m->keep, a);
	pcr->b = hex_of(m->keep, b);
	pcr->same = !a == !b && (!a || hs_pcr_equal(a, b));
	if (pcr->index == 1) {
		pcr->release_a = release_of(a);
		pcr->release_b = release_of(b);
	}
	if (!pcr->same)
		m->differ |= HS_PCR_BIT(pcr->index);
}

static void
fill_pcrs(struct hs_measuring *m)
{
	const bool both_signed = m->side[0]->has_pcr8 && m->side[1]->has_pcr8;

	m->out->n_pcrs = HS_MEASURE_PCRS;
	for (size_t i = 0; i < HS_MEASURE_PCRS; i++)
		fill_pcr(m, i);
	m->differ &= m->compared;
	m->out->same = !(m->differ & ~HS_PCR_BIT(8)) && (!both_signed || !m->differ);
}

/* ---- The two together ---- */

static void
note_rebuilt(struct hs_measuring *m)
{
	struct hs_facts facts = { .arena = m->keep };

	m->compared = ~0u;
	if (!m->rebuilt)
		return;
	m->compared = HS_PCR_BIT(2);
	if (m->rebuilt->whole)
		m->compared |= HS_PCR_BIT(0) | HS_PCR_BIT(1);
	hs_say_time(&facts, "mtime", m->rebuilt->implied_time, 0, 0);
	m->implied = facts.first->value;
	m->out->rebuilt = m->rebuilt->side;
}

/* A ramdisk with times that nobody knows has no measurement. */
static void
drop_unknown(struct hs_measuring *m)
{
	bool unknown = false;

	for (size_t i = 0; i < m->out->n_causes; i++)
		unknown = unknown || strcmp(m->out->causes[i].code, "implied-times") == 0;
	for (size_t i = 0; i < HS_MEASURE_PCRS && unknown; i++)
		if (m->out->pcrs[i].index != 1)
			*(m->rebuilt->side == 'a' ? &m->out->pcrs[i].a : &m->out->pcrs[i].b) =
				(struct hs_span){ 0 };
}

/* Of what was put in from the other side nothing is to be said, nor of a signature. */
static void
keep_rebuilt(struct hs_measuring *m)
{
	if (!m->rebuilt)
		return;
	drop_unknown(m);
	m->out->n_pcrs = HS_MEASURE_PCRS - 1;
	if (m->rebuilt->whole)
		return;
	m->out->pcrs[0] = m->out->pcrs[2];
	m->out->n_pcrs = 1;
}

static const struct hs_measurements *
conclude(struct hs_worker *w, const struct hs_node *node, const struct hs_measured *const side[2],
         const struct hs_measure_rebuilt *rebuilt)
{
	struct hs_measuring m = {
		.keep = &w->keep,
		.w = w,
		.node = node,
		.side = { side[0], side[1] },
		.rebuilt = rebuilt,
	};

	m.out = hs_arena_alloc(&w->keep, sizeof(*m.out));
	m.out->node = node;
	note_rebuilt(&m);
	pair_sections(&m);
	fill_pcrs(&m);
	hs_measure_remarks(&m);
	hs_measure_causes(&m);
	for (size_t i = 0; i < HS_MEASURE_PCRS; i++)
		list_sections(&m.out->pcrs[i], &m);
	hs_measure_asides(&m);
	hs_measure_words(&m);
	keep_rebuilt(&m);
	return m.out;
}

/* Members and hashes want different things of a machine: they go side by side. */
struct measure_job {
	const struct hs_engine *en;
	struct hs_node *node;
	const struct hs_opened *side[2];
	struct hs_measured *out[2];
};

static void
measure_one(void *ctx, size_t i, struct hs_worker *w)
{
	struct measure_job *j = ctx;

	if (i == 0)
		hs_compare_members(j->en, w, j->node, j->side[0], j->side[1]);
	else
		measure(j->out[i - 1], j->en->run, w, j->side[i - 1]->bytes);
}

/* Whether the node is what the operands are, filters around them aside. */
static bool
is_operand(const struct hs_node *node)
{
	while (node && node->name.len == 0)
		node = node->parent;
	return !node;
}

static bool
is_eif(const struct hs_opened *o)
{
	return o->row == &hs_comparator_eif;
}

static void
note_unmeasured(struct hs_node *node, struct hs_worker *w, const struct hs_err *why, char side)
{
	if (why->code)
		hs_node_note(node, &w->keep,
		             (struct hs_note){
				     .code = "not-measured",
				     .text = hs_arena_printf(
					     &w->keep, "PCRs cannot be computed: %s", why->text),
				     .side = side });
}

bool
hs_measure_members(const struct hs_engine *en, struct hs_worker *w, struct hs_node *node,
                   const struct hs_opened *a, const struct hs_opened *b)
{
	struct hs_measured measured[2];
	struct measure_job j = {
		.en = en,
		.node = node,
		.side = { a, b },
		.out = { &measured[0], &measured[1] },
	};

	if (!en->measurements || !is_eif(a) || !is_eif(b) || !is_operand(node))
		return false;
	hs_pool_each(w, 3, measure_one, &j);
	note_unmeasured(node, w, &measured[0].why, 'a');
	note_unmeasured(node, w, &measured[1].why, 'b');
	if (!measured[0].why.code && !measured[1].why.code)
		*en->measurements = conclude(
			w, node, (const struct hs_measured *const[]){ &measured[0], &measured[1] },
			en->options ? en->options->rebuilt : NULL);
	return true;
}

const struct hs_measurements *
hs_measure_same(struct hs_run *run, const struct hs_operand *o,
                const struct hs_measure_rebuilt *rebuilt)
{
	struct hs_worker *w = hs_pool_main(run->pool);
	const struct hs_measurements *out = NULL;
	struct hs_measured measured;
	struct hs_content content;
	struct hs_err ignored;

	if (hs_measure_open(&content, run, o, &ignored) == 0) {
		measure(&measured, run, w, content.bytes);
		if (!measured.why.code)
			out = conclude(w, NULL,
			               (const struct hs_measured *const[]){ &measured, &measured },
			               rebuilt);
	}
	hs_content_release(&content);
	return out;
}
