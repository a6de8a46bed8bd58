/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/eif.h"

#include "core/crc32.h"
#include "core/escape.h"
#include "core/limits.h"
#include "enclave/eif_problems.h"

#include <inttypes.h>

enum { MAGIC = 4, CRC_AT = HS_EIF_HEADER - 4, FIRST_ROOM = 8 };

/* A walk over the sections. */
struct walk {
	struct hs_eif *eif;
	struct hs_arena *arena;
	struct hs_eif_problems problems;
	struct hs_span *gaps;
	size_t room, gap_room;
	unsigned counts[HS_EIF_N_TYPES];
	uint64_t at;
};

static void
read_header(struct hs_eif *eif)
{
	struct hs_cursor c = { .rest = eif->file };

	eif->magic = hs_take(&c, MAGIC);
	eif->version = (uint16_t)hs_take_be(&c, 2);
	eif->flags = (uint16_t)hs_take_be(&c, 2);
	eif->memory = hs_take_be(&c, 8);
	eif->cpus = hs_take_be(&c, 8);
	eif->reserved = (uint16_t)hs_take_be(&c, 2);
	eif->n_claimed = (uint16_t)hs_take_be(&c, 2);
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		eif->offsets[i] = hs_take_be(&c, 8);
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		eif->sizes[i] = hs_take_be(&c, 8);
	eif->unused = (uint32_t)hs_take_be(&c, 4);
	eif->crc = (uint32_t)hs_take_be(&c, 4);
}

/* One more place behind `n` of them, in the arena. */
static void *
grown(struct hs_arena *a, void *list, size_t n, size_t *room, size_t size)
{
	void *more;

	if (n < *room)
		return list;
	*room = *room ? *room * 2 : FIRST_ROOM;
	more = hs_arena_array(a, *room, size);
	if (n)
		memcpy(more, list, n * size);
	return more;
}

/* The section header at `at`, if there is room for one. */
static bool
section_at(struct hs_eif_section *out, const struct hs_eif *eif, uint64_t at)
{
	struct hs_cursor c = { 0 };

	*out = (struct hs_eif_section){ .offset = at };
	if (!hs_span_part(&out->header, eif->file, at, HS_EIF_SECTION_HEADER))
		return false;
	c.rest = out->header;
	out->raw_type = (uint16_t)hs_take_be(&c, 2);
	out->flags = (uint16_t)hs_take_be(&c, 2);
	out->size = hs_take_be(&c, 8);
	if (out->raw_type < HS_EIF_N_TYPES)
		out->type = (enum hs_eif_type)out->raw_type;
	return true;
}

/* Whether what stands there could be a section that the file holds whole. */
static bool
is_plausible(const struct hs_eif *eif, uint64_t at)
{
	struct hs_eif_section s;

	return section_at(&s, eif, at) && s.type != HS_EIF_INVALID &&
	       s.size <= eif->file.len - at - HS_EIF_SECTION_HEADER;
}

static bool
is_listed(const struct hs_eif *eif, uint64_t at)
{
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		if (eif->offsets[i] == at)
			return true;
	return false;
}

/* Where the table says that the next section is, from `at` on; the file's end where it says
 * nothing that holds. */
static uint64_t
next_listed(const struct hs_eif *eif, uint64_t at)
{
	uint64_t next = eif->file.len;

	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		if (eif->offsets[i] >= at && eif->offsets[i] < next &&
		    is_plausible(eif, eif->offsets[i]))
			next = eif->offsets[i];
	return next;
}

static void
add_section(struct walk *w, struct hs_eif_section s, uint64_t size)
{
	struct hs_eif *eif = w->eif;

	hs_span_part(&s.data, eif->file, s.offset + HS_EIF_SECTION_HEADER, size);
	s.ordinal = ++w->counts[s.type];
	eif->sections = grown(w->arena, eif->sections, eif->n_sections, &w->room, sizeof(s));
	eif->sections[eif->n_sections++] = s;
	w->at = s.offset + HS_EIF_SECTION_HEADER + size;
}

/* What stands between here and `end`. */
static void
add_gap(struct walk *w, uint64_t end)
{
	struct hs_eif *eif = w->eif;

	w->gaps = grown(w->arena, w->gaps, eif->n_gaps, &w->gap_room, sizeof(*w->gaps));
	hs_span_part(&w->gaps[eif->n_gaps++], eif->file, w->at, end - w->at);
	w->at = end;
}

/* What stands at w->at is a section, or the table has to help. */
static void
take_one(struct walk *w)
{
	struct hs_eif_section s;
	const bool whole = section_at(&s, w->eif, w->at);
	const uint64_t room = whole ? w->eif->file.len - w->at - HS_EIF_SECTION_HEADER : 0;
	const uint64_t next = next_listed(w->eif, w->at + 1);
	uint64_t there = room;

	if (!whole || (s.type == HS_EIF_INVALID && !is_listed(w->eif, w->at))) {
		add_gap(w, next);
		return;
	}
	if (s.size <= room) {
		add_section(w, s, s.size);
		return;
	}
	if (next < w->eif->file.len && !is_listed(w->eif, w->at)) {
		add_gap(w, next);
		return;
	}
	if (next >= w->at + HS_EIF_SECTION_HEADER)
		there = next - w->at - HS_EIF_SECTION_HEADER;
	add_section(w, s, there);
}

/* Sections and gaps in the order of the file. */
static void
find_problems(struct walk *w)
{
	struct hs_eif_problems *p = &w->problems;
	struct hs_eif *eif = w->eif;
	size_t gap = 0;

	hs_eif_check_header(p, eif);
	for (size_t i = 0; i < eif->n_sections; i++) {
		while (gap < eif->n_gaps && eif->gaps[gap].at < eif->sections[i].header.at)
			hs_eif_check_gap(p, eif, gap++);
		hs_eif_check_section(p, eif, i);
	}
	while (gap < eif->n_gaps)
		hs_eif_check_gap(p, eif, gap++);
	hs_eif_check_tables(p, eif);
	hs_eif_check_roles(p, eif);
	eif->problems = p->list;
	eif->n_problems = p->n;
}

int
hs_eif_read(struct hs_eif *out, struct hs_arena *a, struct hs_span file, struct hs_err *err)
{
	struct walk w = { .eif = out, .arena = a, .problems.arena = a, .at = HS_EIF_HEADER };
	int rc = 0;

	*out = (struct hs_eif){ .file = file };
	if (file.len < HS_EIF_HEADER)
		return hs_fail(err, HS_EFORMAT,
		               "the file has %zu bytes, and the header of an enclave image %d",
		               file.len, HS_EIF_HEADER);
	read_header(out);
	while (w.at < file.len && out->n_sections < HS_MAX_EIF_SECTIONS)
		take_one(&w);
	if (w.at < file.len) {
		rc = hs_fail(err, HS_ELIMIT, "it has more than %d sections", HS_MAX_EIF_SECTIONS);
		add_gap(&w, file.len);
	}
	out->gaps = w.gaps;
	find_problems(&w);
	return rc;
}

uint32_t
hs_eif_crc(struct hs_span file)
{
	return hs_crc32_more(hs_crc32(hs_span_head(file, CRC_AT)),
	                     hs_span_from(file, HS_EIF_HEADER));
}

bool
hs_eif_crc_problem(struct hs_err *out, const struct hs_eif *eif, uint32_t crc)
{
	if (crc == eif->crc)
		return false;
	hs_fail(out, HS_EFORMAT,
	        "the header's CRC-32 is %08" PRIx32 ", that of the file %08" PRIx32, eif->crc, crc);
	return true;
}

int
hs_eif_check(const struct hs_eif *eif, uint32_t crc, bool lenient, struct hs_err *err)
{
	for (size_t i = 0; i < eif->n_problems; i++)
		if (!lenient || eif->problems[i].aws_refuses)
			return hs_fail(err, HS_EFORMAT, "%s", eif->problems[i].text);
	return !lenient && hs_eif_crc_problem(err, eif, crc) ? HS_EFORMAT : 0;
}

const struct hs_eif_section *
hs_eif_find(const struct hs_eif *eif, enum hs_eif_type type, unsigned ordinal)
{
	for (size_t i = 0; i < eif->n_sections; i++)
		if (eif->sections[i].type == type && eif->sections[i].ordinal == ordinal)
			return &eif->sections[i];
	return NULL;
}

const char *
hs_eif_type_name(enum hs_eif_type type)
{
	static const char *const names[HS_EIF_N_TYPES] = {
		[HS_EIF_INVALID] = "invalid",     [HS_EIF_KERNEL] = "kernel",
		[HS_EIF_CMDLINE] = "cmdline",     [HS_EIF_RAMDISK] = "ramdisk",
		[HS_EIF_SIGNATURE] = "signature", [HS_EIF_METADATA] = "metadata",
	};

	return names[type];
}

const char *
hs_eif_section_name(struct hs_arena *a, const struct hs_eif_section *s)
{
	if (s->type == HS_EIF_RAMDISK || s->ordinal > 1)
		return hs_arena_printf(a, "%s[%u]", hs_eif_type_name(s->type), s->ordinal);
	return hs_eif_type_name(s->type);
}

bool
hs_eif_is(struct hs_span file)
{
	return hs_span_starts(file, HS_SPAN(".eif"));
}

int
hs_eif_expect(struct hs_span file, bool lenient, struct hs_err *err)
{
	char shown[32];

	if (lenient || hs_eif_is(file))
		return 0;
	if (!file.len)
		return hs_fail(err, HS_EUSAGE, "it is no enclave image (EIF): it is empty");
	hs_escape_short(shown, sizeof(shown), hs_span_head(file, 4));
	return hs_fail(err, HS_EUSAGE,
	               "it is no enclave image (EIF): it begins with \"%s\" and not with \".eif\"",
	               shown);
}

const char *
hs_eif_arch(uint16_t flags)
{
	return flags & HS_EIF_FLAG_ARM64 ? "aarch64" : "x86_64";
}
