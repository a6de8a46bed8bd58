/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/archive/tar_forensics.h"

#include "comparators/archive/tar_facts.h"
#include "core/limits.h"

#include <inttypes.h>
#include <stdio.h>

/* Hidden entries that are named; of more, the number is said. */
enum { MAX_NAMED = 8 };

void
hs_tar_forensics_init(struct hs_tar_forensics *f, struct hs_span file)
{
	*f = (struct hs_tar_forensics){ .file = file };
	hs_tar_order_init(&f->order);
}

void
hs_tar_forensics_release(struct hs_tar_forensics *f)
{
	hs_seen_release(&f->names);
	hs_seen_release(&f->times);
	hs_tar_order_release(&f->order);
	hs_arena_release(&f->arena);
}

/* ---- Taking down ---- */

static void
add_dialect(struct hs_tar_forensics *f, const char *word)
{
	size_t i = 0;

	while (i + 1 < HS_TAR_DIALECTS && f->dialects[i].word && f->dialects[i].word != word)
		i++;
	f->dialects[i].word = word;
	f->dialects[i].n++;
}

/* The name that counts, without memory that an archive of long prefixes could ask for. */
static struct hs_span
name_of(struct hs_tar_forensics *f, const struct hs_tar_member *m)
{
	const struct hs_tar_header *h = &m->header;
	uint8_t *at = f->joined[f->entries & 1];

	if (h->prefix.len == 0 || m->long_name.len || hs_pax_has(&m->values, HS_PAX_PATH) ||
	    hs_pax_has(&m->values, HS_PAX_SPARSE_NAME))
		return hs_tar_name(&f->arena, m);
	memcpy(at, h->prefix.at, h->prefix.len);
	at[h->prefix.len] = '/';
	if (h->name.len)
		memcpy(at + h->prefix.len + 1, h->name.at, h->name.len);
	return (struct hs_span){ at, h->prefix.len + 1 + h->name.len };
}

static void
keep_name(struct hs_tar_forensics *f, struct hs_span key)
{
	if (!hs_seen_add(&f->names, hs_xxh128(key)) && f->n_duplicates++ == 0)
		f->first_duplicate = hs_arena_copy(&f->arena, key);
}

/* Up to here no name could stand twice, and none was kept: reads them once more. */
static void
keep_names_before(struct hs_tar_forensics *f, uint64_t offset)
{
	struct hs_tar_reader r = { .file = f->file };
	struct hs_tar_member m;
	struct hs_err ignored;
	int rc;

	while ((rc = hs_tar_next(&m, &r, &ignored)) != 0) {
		if (rc < 0 && !hs_tar_resync(&r))
			return;
		if (rc < 0)
			continue;
		if (m.offset >= offset)
			return;
		if (m.header.typeflag != 'g')
			keep_name(f,
			          hs_key_of_name(&f->arena, hs_span_head(hs_tar_name(&f->arena, &m),
			                                                 HS_MAX_NAME)));
	}
}

static void
add_name(struct hs_tar_forensics *f, struct hs_span stored, const struct hs_tar_member *m)
{
	const struct hs_span key = hs_key_of_name(&f->arena, hs_span_head(stored, HS_MAX_NAME));
	const bool is_root = hs_span_is(key, ".");

	hs_tar_order_add(&f->order, is_root ? (struct hs_span){ NULL, 0 } : key, stored,
	                 m->kind == HS_KIND_DIR);
	if (f->order.ascends)
		return;
	if (!f->names_kept)
		keep_names_before(f, m->offset);
	f->names_kept = true;
	keep_name(f, key);
}

static void
add_time(struct hs_tar_forensics *f, const struct hs_tar_member *m)
{
	struct hs_time t = { .sec = m->header.mtime.value };
	bool exact;

	if (hs_pax_has(&m->values, HS_PAX_MTIME))
		hs_pax_time(&t, &exact, m->values.of[HS_PAX_MTIME]);
	f->n_fractions += t.nsec > 0;
	if (f->n_times > 0 && t.sec == f->earlier.sec && t.nsec == f->earlier.nsec)
		return;
	f->earlier = t;
	/* Odd factors spread neighbouring seconds over the set. */
	if (!hs_seen_add(&f->times,
	                 (struct hs_xxh128){ (uint64_t)t.sec * UINT64_C(0x9e3779b97f4a7c15),
	                                     t.nsec + UINT64_C(1) }))
		return;
	if (f->n_times == 0 || t.sec < f->first.sec ||
	    (t.sec == f->first.sec && t.nsec < f->first.nsec))
		f->first = t;
	if (f->n_times == 0 || t.sec > f->last.sec ||
	    (t.sec == f->last.sec && t.nsec > f->last.nsec))
		f->last = t;
	f->n_times++;
}

static void
add_kind(struct hs_tar_forensics *f, struct hs_span key)
{
	for (size_t i = 0; i < HS_TAR_KINDS; i++) {
		if (f->n_kind[i] && !hs_span_equal(f->kinds[i], key))
			continue;
		f->kinds[i] = key;
		f->n_kind[i]++;
		return;
	}
	f->n_other_kinds++;
}

static void
add_records(struct hs_tar_forensics *f, struct hs_span records)
{
	struct hs_pax_record rec;
	struct hs_err ignored;

	while (hs_pax_take(&rec, &records, &ignored) > 0) {
		const enum hs_pax_key key = hs_pax_key_of(rec.key);

		if (key == HS_PAX_N_KEYS)
			add_kind(f, hs_span_head(rec.key, 128));
		else
			f->records[key]++;
	}
}

/* The 'x' headers of a member; its blocks were read once, so that their sizes fit. */
static void
add_pax(struct hs_tar_forensics *f, const struct hs_tar_member *m)
{
	struct hs_span head = m->head;

	while (head.len >= HS_TAR_BLOCK && head.at != m->header.block.at) {
		const struct hs_span field = { head.at + 124, 12 };
		const uint64_t size = (uint64_t)hs_tar_number_parse(field).value;
		const uint64_t blocks = (size + HS_TAR_BLOCK - 1) / HS_TAR_BLOCK;

		if (head.at[156] == 'x' || head.at[156] == 'X')
			add_records(f, hs_span_head(hs_span_from(head, HS_TAR_BLOCK), size));
		head = hs_span_from(head, HS_TAR_BLOCK * (1 + blocks));
	}
}

static void
add_odd(struct hs_tar_forensics *f, struct hs_span name, unsigned odd)
{
	for (size_t i = 0; odd && i < HS_TAR_N_ODD; i++)
		if (hs_tar_differential(i, odd) && f->n_odd[i]++ == 0)
			f->first_odd[i] = hs_arena_copy(&f->arena, name);
}

void
hs_tar_forensics_add(struct hs_tar_forensics *f, const struct hs_tar_member *m)
{
	struct hs_span name;

	hs_tar_trace(&f->traces, m);
	add_dialect(f, hs_tar_member_dialect(m));
	if (m->header.typeflag == 'g') {
		f->entries++;
		return;
	}
	name = name_of(f, m);
	add_name(f, name, m);
	add_time(f, m);
	if (m->n_pax)
		add_pax(f, m);
	add_odd(f, name, m->odd);
	f->entries++;
}

/* ---- Saying ---- */

/* Text with spans in it, which may hold any byte. */
static void
append(struct hs_arena *a, struct hs_span *text, const char *before, struct hs_span s)
{
	*text = hs_arena_join(a, *text, hs_span_of(before));
	*text = hs_arena_join(a, *text, s);
}

/* "WORD N" behind what there is. */
static void
append_count(struct hs_arena *a, struct hs_span *text, struct hs_span word, uint64_t n)
{
	append(a, text, text->len ? ", " : "", word);
	*text = hs_arena_join(a, *text, hs_arena_span(a, " %" PRIu64, n));
}

static void
say_dialects(struct hs_facts *out, const struct hs_tar_forensics *f)
{
	struct hs_span text = { NULL, 0 };

	/* How many is of interest only where dialects are mixed. */
	if (f->dialects[0].n == f->entries && f->entries) {
		hs_say_word(out, "dialects", f->dialects[0].word);
		return;
	}
	for (size_t i = 0; i < HS_TAR_DIALECTS && f->dialects[i].n; i++)
		append_count(out->arena, &text, hs_span_of(f->dialects[i].word), f->dialects[i].n);
	if (text.len)
		hs_say(out, "dialects", text);
}

static void
say_records(struct hs_facts *out, const struct hs_tar_forensics *f)
{
	struct hs_arena *a = out->arena;
	struct hs_span text = { NULL, 0 };

	for (unsigned k = 0; k < HS_PAX_N_KEYS; k++)
		if (f->records[k])
			append_count(a, &text, hs_span_of(hs_pax_key_name((enum hs_pax_key)k)),
			             f->records[k]);
	for (size_t i = 0; i < HS_TAR_KINDS && f->n_kind[i]; i++)
		append_count(a, &text, f->kinds[i], f->n_kind[i]);
	if (f->n_other_kinds)
		append_count(a, &text, HS_SPAN("others"), f->n_other_kinds);
	if (text.len)
		hs_say(out, "pax records", text);
}

static void
say_modes(struct hs_facts *out, const struct hs_tar_traces *t)
{
	if (t->n == 0)
		return;
	if (t->n_typed == 0 || t->n_typed == t->n)
		hs_say_word(out, "mode type bits", t->n_typed ? "all" : "none");
	else
		hs_sayf(out, "mode type bits", "%" PRIu64 " of %" PRIu64, t->n_typed, t->n);
}

/* A time as a text. */
static struct hs_span
time_text(struct hs_arena *a, const struct hs_time *t)
{
	struct hs_facts one = { .arena = a };

	hs_say_time(&one, "", t->sec, t->nsec, t->digits);
	return one.first->value;
}

static void
say_times(struct hs_facts *out, const struct hs_tar_forensics *f)
{
	struct hs_arena *a = out->arena;
	struct hs_span text;

	if (f->n_times == 0)
		return;
	text = time_text(a, &f->first);
	if (f->n_times == 1) {
		append(a, &text, f->traces.n > 1 ? ", all the same" : "", HS_SPAN(""));
	} else {
		append(a, &text, " to ", time_text(a, &f->last));
		append(a, &text, ", ", hs_arena_span(a, "%" PRIu64 " distinct", f->n_times));
	}
	if (f->n_fractions)
		append(a, &text, ", ",
		       hs_arena_span(a, "%" PRIu64 " with a fraction", f->n_fractions));
	hs_say(out, "mtimes", text);
}

static void
say_firsts(struct hs_facts *out, const struct hs_tar_forensics *f)
{
	struct hs_arena *a = out->arena;
	struct hs_span text;

	if (f->n_duplicates) {
		text = hs_arena_span(a, "%" PRIu64, f->n_duplicates);
		append(a, &text, ", the first: ", f->first_duplicate);
		hs_say_value(out, "duplicates", text);
	}
	for (size_t i = 0; i < HS_TAR_N_ODD; i++) {
		if (f->n_odd[i] == 0)
			continue;
		text = hs_arena_span(
			a, "%s: %" PRIu64 " entr%s, the first: ", hs_tar_differential(i, ~0U),
			f->n_odd[i], f->n_odd[i] == 1 ? "y" : "ies");
		append(a, &text, "", f->first_odd[i]);
		hs_say_value(out, "reader differential", text);
	}
}

static void
say_hidden(struct hs_facts *out, struct hs_span rest)
{
	struct hs_tar_hidden walk = { .r.file = rest };
	struct hs_span text = { NULL, 0 };
	struct hs_tar_member m;

	while (hs_tar_next_hidden(&m, &walk))
		if (walk.n <= MAX_NAMED)
			append(out->arena, &text, text.len ? ", " : "",
			       hs_tar_name(out->arena, &m));
	if (walk.n > MAX_NAMED)
		append(out->arena, &text, ", ",
		       hs_arena_span(out->arena, "%" PRIu64 " in all", walk.n));
	if (walk.n)
		hs_say_value(out, "hidden entries", text);
}

static void
say_end(struct hs_facts *out, const struct hs_tar_reader *r)
{
	static const char *const words[] = {
		[HS_TAR_END_NONE] = "none",
		[HS_TAR_END_LONE] = "one zero block",
		[HS_TAR_END_FULL] = "two zero blocks",
	};
	const struct hs_span rest = hs_span_from(r->file, r->at);
	const size_t padding = hs_tar_padding(rest);

	hs_say_word(out, "end marker", words[r->end]);
	/* How much it is follows from the members then. */
	if (padding && padding == rest.len && r->file.len % 10240 == 0 && padding < 10240)
		hs_say_word(out, "padding at the end", "up to a multiple of 10240 bytes");
	else
		hs_sayf(out, "padding at the end", "%zu bytes", padding);
	if (!hs_span_is_zero(rest))
		say_hidden(out, rest);
}

void
hs_tar_forensics_say(struct hs_facts *out, struct hs_tar_forensics *f,
                     const struct hs_tar_reader *r, bool whole)
{
	const bool of_members = out->of_members;
	const char *order = hs_tar_order_name(&f->order);

	if (whole)
		hs_tar_trace_end(&f->traces, r);
	out->of_members = true;
	hs_say_u64(out, "entries", f->entries);
	say_dialects(out, f);
	hs_tar_say_writer(out, &f->traces);
	if (order)
		hs_say_word(out, "order", order);
	say_records(out, f);
	say_modes(out, &f->traces);
	say_times(out, f);
	say_firsts(out, f);
	out->of_members = of_members;
	if (whole)
		say_end(out, r);
}
