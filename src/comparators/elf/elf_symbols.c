/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_symbols.h"

#include "comparators/elf/elf_data.h"
#include "comparators/elf/elf_names.h"
#include "core/escape.h"

#include <inttypes.h>
#include <stdlib.h>

void
hs_elf_write_symbol_name(FILE *out, const struct hs_elf_symbols *t, const struct hs_elf_symbol *s)
{
	const struct hs_elf_version *v = hs_elf_symbol_version(t, s);

	hs_escape_write(out, s->name);
	if (v) {
		fputs(s->hidden || v->file.at ? "@" : "@@", out);
		hs_escape_write(out, v->name);
	}
}

/* ---- A table of symbols ---- */

/* Where it is: a section, or what stands for one; with the value where that is no address. */
static void
write_place(FILE *out, struct hs_arena *a, const struct hs_elf *e, const struct hs_elf_symbol *s)
{
	const struct hs_elf_section *section = s->reserved ? NULL : hs_elf_section(e, s->section);

	if (section)
		fputs(hs_elf_section_label(a, section), out);
	else if (s->section == SHN_UNDEF)
		fputs("UNDEF", out);
	else if (s->section == SHN_ABS && s->type == STT_FILE)
		fputs("ABS", out);
	else if (s->section == SHN_ABS || s->section == SHN_COMMON)
		fprintf(out, "%s 0x%" PRIx64, s->section == SHN_ABS ? "ABS" : "COMMON", s->value);
	else
		fprintf(out, "section %" PRIu64, s->section);
}

/* Whether it is the size of a function that is shown with its instructions. */
static bool
is_size_told(const struct hs_elf_parts *p, const struct hs_elf_symbol *s)
{
	const uint64_t at = p->elf.machine == EM_ARM ? s->value & ~UINT64_C(1) : s->value;
	const struct hs_elf_function *f;

	if (s->reserved || s->type != STT_FUNC)
		return false;
	f = hs_elf_function_at(&p->code, p->elf.type == ET_REL ? s->section : 0, at);
	return f && f->at == at && f->size == s->size;
}

static void
write_symbol(FILE *out, struct hs_arena *a, const struct hs_elf_parts *p,
             const struct hs_elf_symbols *t, const struct hs_elf_symbol *s)
{
	const struct hs_arena_mark mark = hs_arena_mark(a);

	fprintf(out, "%s %s %s ", hs_elf_symbol_bind(a, s->bind), hs_elf_symbol_type(a, s->type),
	        hs_elf_symbol_visibility(s->visibility));
	if (s->other & ~3)
		fprintf(out, "other 0x%x ", s->other);
	write_place(out, a, t->elf, s);
	if (is_size_told(p, s))
		fputc(' ', out);
	else
		fprintf(out, " %" PRIu64 " ", s->size);
	hs_elf_write_symbol_name(out, t, s);
	fputc('\n', out);
	hs_arena_rewind(a, mark);
}

struct named {
	struct hs_span name;
	uint64_t index;
	uint16_t version;
};

static int
by_name(const void *x, const void *y)
{
	const struct named *a = x, *b = y;
	const int d = hs_span_order(a->name, b->name);

	if (d)
		return d;
	if (a->version != b->version)
		return a->version < b->version ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

int
hs_elf_view_symbols(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *section,
                    struct hs_err *err)
{
	struct hs_arena a = { 0 };
	struct hs_elf_symbols t = { 0 };
	struct hs_elf_symbol s;
	struct named *others;
	size_t n = 0;

	hs_elf_symbols_open(&t, &a, &p->elf, section);
	others = hs_alloc((size_t)(t.n ? t.n : 1) * sizeof(*others));
	for (uint64_t i = 1; !ferror(out) && hs_elf_symbol_at(&s, &t, i); i++) {
		if (s.bind == STB_LOCAL)
			write_symbol(out, &a, p, &t, &s);
		else
			others[n++] = (struct named){ s.name, i, s.version };
	}
	if (n > 1)
		qsort(others, n, sizeof(*others), by_name);
	for (size_t i = 0; i < n && !ferror(out); i++)
		if (hs_elf_symbol_at(&s, &t, others[i].index))
			write_symbol(out, &a, p, &t, &s);
	free(others);
	hs_arena_release(&a);
	if (section->bytes.len % (p->elf.is64 ? 24 : 16))
		return hs_fail(err, HS_EFORMAT, "the table ends inside a symbol");
	return 0;
}

int
hs_elf_view_versym(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	const struct hs_elf_section *table = hs_elf_section(&p->elf, s->link);
	const uint64_t n = table ? table->bytes.len / (p->elf.is64 ? 24 : 16) : 0;

	if (s->bytes.len != 2 * n)
		fprintf(out, "%zu bytes for %" PRIu64 " symbols\n", s->bytes.len, n);
	else
		fputs("the version of each symbol\n", out);
	return 0;
}

/* ---- .gnu.hash ---- */

/* nbuckets, symoffset, bloom_size, bloom_shift (4 bytes each); the filter's words; the buckets; a
 * hash for each symbol from symoffset on, its last bit set where a bucket ends. */
struct gnu_hash {
	uint64_t n_buckets, first, n_bloom, shift;
	struct hs_span bloom, buckets, chains;
};

static bool
read_hash(struct gnu_hash *h, const struct hs_elf *e, struct hs_span s)
{
	struct hs_cursor c = { .rest = s };

	h->n_buckets = hs_elf_take(e, &c, 4);
	h->first = hs_elf_take(e, &c, 4);
	h->n_bloom = hs_elf_take(e, &c, 4);
	h->shift = hs_elf_take(e, &c, 4);
	h->bloom = hs_take(&c, h->n_bloom * (e->is64 ? 8 : 4));
	h->buckets = hs_take(&c, h->n_buckets * 4);
	h->chains = c.rest;
	return !c.cut;
}

static uint32_t
hash_of(struct hs_span name)
{
	uint32_t h = 5381;

	for (size_t i = 0; i < name.len; i++)
		h = h * 33 + name.at[i];
	return h;
}

static uint64_t
number_at(const struct hs_elf *e, struct hs_span s, uint64_t i, size_t width)
{
	struct hs_cursor c = { .rest = hs_span_from(s, i * width) };

	return hs_elf_take(e, &c, width);
}

/* Whether the filter, made anew in `bloom`, is the one that stands there. */
static bool
same_bloom(const struct hs_elf *e, const struct gnu_hash *h, const uint64_t *bloom)
{
	for (uint64_t i = 0; i < h->n_bloom; i++)
		if (number_at(e, h->bloom, i, e->is64 ? 8 : 4) != bloom[i])
			return false;
	return true;
}

/* Whether buckets, chains and filter are those that the symbols give. */
static bool
follows(const struct hs_elf_symbols *t, const struct gnu_hash *h, uint64_t *bloom)
{
	const struct hs_elf *e = t->elf;
	const unsigned bits = e->is64 ? 64 : 32;
	uint64_t n_seen = 0;
	struct hs_elf_symbol s;

	if (h->first > t->n || h->chains.len != (t->n - h->first) * 4 || h->shift > 31)
		return false;
	for (uint64_t i = h->first; hs_elf_symbol_at(&s, t, i); i++) {
		const uint32_t hash = hash_of(s.name);
		const uint64_t bucket = hash % h->n_buckets;
		const uint64_t stored = number_at(e, h->chains, i - h->first, 4);
		const bool begins = number_at(e, h->buckets, bucket, 4) == i;

		if ((stored | 1) != (hash | 1))
			return false;
		/* A bucket begins where the one before ended. */
		if (begins != (i == h->first || number_at(e, h->chains, i - h->first - 1, 4) & 1))
			return false;
		n_seen += begins;
		bloom[hash / bits % h->n_bloom] |=
			UINT64_C(1) << hash % bits | UINT64_C(1) << (hash >> h->shift) % bits;
	}
	for (uint64_t i = 0; i < h->n_buckets; i++)
		n_seen -= number_at(e, h->buckets, i, 4) != 0;
	return n_seen == 0 && same_bloom(e, h, bloom);
}

int
hs_elf_view_hash(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s)
{
	struct hs_elf_symbols t;
	struct gnu_hash h = { 0 };
	struct hs_arena a = { 0 };

	if (!read_hash(&h, &p->elf, s->bytes) || h.n_bloom == 0 || h.n_buckets == 0 ||
	    !hs_elf_symbols_open(&t, &a, &p->elf, hs_elf_section(&p->elf, s->link)) ||
	    !follows(&t, &h, hs_arena_array(&a, (size_t)h.n_bloom, sizeof(uint64_t))))
		hs_elf_write_data(out, s->bytes, 0);
	else
		fputs("follows from the symbols\n", out);
	hs_arena_release(&a);
	return 0;
}
