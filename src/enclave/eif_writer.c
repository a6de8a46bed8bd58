/* SPDX-License-Identifier: Apache-2.0 */
#include "enclave/eif_writer.h"

#include "core/crc32.h"

enum { VERSION = 4, CPUS = 2, CRC_AT = HS_EIF_HEADER - 4 };
#define MEMORY (UINT64_C(1) << 30)

void
hs_eif_plan_init(struct hs_eif_plan *plan, bool arm64)
{
	*plan = (struct hs_eif_plan){
		.version = VERSION,
		.flags = arm64 ? HS_EIF_FLAG_ARM64 : 0,
		.memory = MEMORY,
		.cpus = CPUS,
	};
}

int
hs_eif_plan_add(struct hs_eif_plan *plan, enum hs_eif_type type, const struct hs_pieces *data,
                struct hs_err *err)
{
	if (plan->n_sections == HS_EIF_MAX_SECTIONS)
		return hs_fail(err, HS_ELIMIT, "an enclave image has at most %d sections",
		               HS_EIF_MAX_SECTIONS);
	plan->sections[plan->n_sections++] =
		(struct hs_eif_plan_section){ .type = (uint16_t)type, .data = *data };
	return 0;
}

static uint8_t *
put_be(uint8_t *at, uint64_t v, size_t width)
{
	for (size_t i = width; i-- > 0; v >>= 8)
		at[i] = (uint8_t)v;
	return at + width;
}

void
hs_eif_put_header(uint8_t out[HS_EIF_HEADER], const struct hs_eif *eif)
{
	uint8_t *at = out;

	memset(out, 0, HS_EIF_HEADER);
	memcpy(at, eif->magic.at, 4);
	at = put_be(at + 4, eif->version, 2);
	at = put_be(at, eif->flags, 2);
	at = put_be(at, eif->memory, 8);
	at = put_be(at, eif->cpus, 8);
	at = put_be(at, eif->reserved, 2);
	at = put_be(at, eif->n_claimed, 2);
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		at = put_be(at, eif->offsets[i], 8);
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++)
		at = put_be(at, eif->sizes[i], 8);
	at = put_be(at, eif->unused, 4);
	put_be(at, eif->crc, 4);
}

void
hs_eif_put_section_header(uint8_t out[HS_EIF_SECTION_HEADER], uint16_t type, uint16_t flags,
                          uint64_t size)
{
	put_be(put_be(put_be(out, type, 2), flags, 2), size, 8);
}

void
hs_eif_list_sections(struct hs_eif *eif)
{
	eif->n_claimed = (uint16_t)eif->n_sections;
	for (size_t i = 0; i < HS_EIF_MAX_SECTIONS; i++) {
		const bool there = i < eif->n_sections;

		eif->offsets[i] = there ? eif->sections[i].offset : 0;
		eif->sizes[i] = there ? eif->sections[i].size : 0;
	}
}

uint32_t
hs_eif_crc_of_pieces(const struct hs_pieces *file)
{
	uint64_t at = 0;
	uint32_t crc = 0;

	for (size_t i = 0; i < file->n; at += file->list[i++].len) {
		const struct hs_span s = file->list[i];
		const uint64_t end = at + s.len;

		if (at < CRC_AT)
			crc = hs_crc32_more(crc, hs_span_head(s, CRC_AT - at));
		if (end > HS_EIF_HEADER)
			crc = hs_crc32_more(
				crc, hs_span_from(s, at < HS_EIF_HEADER ? HS_EIF_HEADER - at : 0));
	}
	return crc;
}

static void
add_section(struct hs_pieces *out, const struct hs_eif_plan_section *s)
{
	uint8_t *header = hs_arena_alloc(out->arena, HS_EIF_SECTION_HEADER);

	hs_eif_put_section_header(header, s->type, s->flags, s->data.size);
	hs_pieces_add(out, (struct hs_span){ header, HS_EIF_SECTION_HEADER });
	for (size_t i = 0; i < s->data.n; i++)
		hs_pieces_add(out, s->data.list[i]);
}

void
hs_eif_plan_make(struct hs_pieces *out, const struct hs_eif_plan *plan)
{
	uint8_t *header = hs_arena_alloc(out->arena, HS_EIF_HEADER);
	struct hs_eif eif = {
		.magic = HS_SPAN(".eif"),
		.version = plan->version,
		.flags = plan->flags,
		.memory = plan->memory,
		.cpus = plan->cpus,
		.reserved = plan->reserved,
		.n_claimed = (uint16_t)plan->n_sections,
		.unused = plan->unused,
	};
	uint64_t at = HS_EIF_HEADER;

	for (size_t i = 0; i < plan->n_sections; i++) {
		eif.offsets[i] = at;
		eif.sizes[i] = plan->sections[i].data.size;
		at += HS_EIF_SECTION_HEADER + eif.sizes[i];
	}
	hs_eif_put_header(header, &eif);
	hs_pieces_add(out, (struct hs_span){ header, HS_EIF_HEADER });
	for (size_t i = 0; i < plan->n_sections; i++)
		add_section(out, &plan->sections[i]);
	put_be(header + CRC_AT, hs_eif_crc_of_pieces(out), 4);
}
