/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_strings.h"

#include "comparators/elf/elf_data.h"
#include "comparators/elf/elf_facts.h"

#include <stdlib.h>

/* A string table and which of its bytes somebody names. */
struct used {
	const struct hs_elf *elf;
	const struct hs_elf_section *section;
	struct hs_span table;
	bool *bytes;
};

static void
mark_name(struct used *u, struct hs_span name)
{
	size_t at;

	if (!name.at || name.at < u->table.at || name.at >= u->table.at + u->table.len)
		return;
	at = (size_t)(name.at - u->table.at);
	/* Of a table that reaches into this one. */
	if (name.len >= u->table.len - at)
		return;
	/* A name marked to its end has been here, or one that ends alike. */
	for (size_t i = 0; i <= name.len && !(i > 0 && u->bytes[at + i]); i++)
		u->bytes[at + i] = true;
}

static void
mark_symbols(struct used *u, struct hs_arena *a, const struct hs_elf_section *s)
{
	struct hs_elf_symbols t;
	struct hs_elf_symbol symbol;

	if (s->link != u->section->index || !hs_elf_symbols_open(&t, a, u->elf, s))
		return;
	for (uint64_t i = 1; hs_elf_symbol_at(&symbol, &t, i); i++)
		mark_name(u, symbol.name);
	for (size_t i = 0; i < t.n_versions; i++) {
		mark_name(u, t.versions[i].name);
		mark_name(u, t.versions[i].file);
	}
}

static void
mark_dynamic(struct used *u, const struct hs_elf_section *s)
{
	struct hs_elf_dynamic d;

	if (s->type != SHT_DYNAMIC || s->link != u->section->index)
		return;
	for (uint64_t i = 0; hs_elf_dynamic_at(&d, u->elf, s->bytes, i); i++)
		if (d.tag == DT_NEEDED || d.tag == DT_SONAME || d.tag == DT_RPATH ||
		    d.tag == DT_RUNPATH || d.tag == DT_AUXILIARY || d.tag == DT_FILTER)
			mark_name(u, hs_elf_string(u->table, d.value));
}

int
hs_elf_view_strings(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	struct hs_arena a = { 0 };
	struct used u = {
		.elf = &p->elf,
		.section = s,
		.table = s->bytes,
		.bytes = hs_arena_array(&a, s->bytes.len, sizeof(bool)),
	};

	for (size_t i = 1; i < p->elf.n_sections; i++) {
		mark_name(&u, p->elf.sections[i].name);
		mark_symbols(&u, &a, &p->elf.sections[i]);
		mark_dynamic(&u, &p->elf.sections[i]);
	}
	/* The NUL in front is the empty name. */
	u.bytes[0] = u.bytes[0] || s->bytes.at[0] == 0;
	for (size_t i = 0, end; i < s->bytes.len && !ferror(out); i = end) {
		for (end = i; end < s->bytes.len && u.bytes[end] == u.bytes[i];)
			end++;
		if (!u.bytes[i])
			hs_elf_write_data(out, hs_span_head(hs_span_from(s->bytes, i), end - i), 0);
	}
	hs_arena_release(&a);
	return 0;
}
