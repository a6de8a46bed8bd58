/* SPDX-License-Identifier: Apache-2.0 */
#include "binary/eh_frame.h"

/* How a pointer is written (LSB, "DWARF Exception Header Encoding"). */
enum {
	FORMAT = 0x0f,
	UDATA2 = 2,
	UDATA4 = 3,
	UDATA8 = 4,
	SDATA2 = 10,
	SDATA4 = 11,
	SDATA8 = 12,
	RELATIVE = 0x70,
	TO_PLACE = 0x10,
	INDIRECT = 0x80,
	OMITTED = 0xff,
};

struct hs_eh_frames
hs_eh_frames_of(const struct hs_elf *elf)
{
	const struct hs_elf_section *s = hs_elf_section_named(elf, ".eh_frame");
	const bool usable = s && elf->type != ET_REL && s->packing == HS_ELF_PLAIN;

	return (struct hs_eh_frames){ .elf = elf, .section = usable ? s : NULL };
}

static uint64_t
take_uleb(struct hs_cursor *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0;; shift += 7) {
		const uint64_t byte = hs_take_le(c, 1);

		if (shift < 64)
			v |= (byte & 0x7f) << shift;
		if (!(byte & 0x80) || c->cut)
			return v;
	}
}

/* A pointer; `place` is the address of what `c` has first. False for an encoding not read here. */
static bool
take_pointer(uint64_t *out, const struct hs_elf *elf, struct hs_cursor *c, unsigned how,
             uint64_t place)
{
	uint64_t v;

	switch (how & FORMAT) {
	case 0:
		v = hs_elf_take_word(elf, c);
		break;
	case UDATA2:
		v = hs_elf_take(elf, c, 2);
		break;
	case SDATA2:
		v = (uint64_t)(int64_t)(int16_t)hs_elf_take(elf, c, 2);
		break;
	case UDATA4:
		v = hs_elf_take(elf, c, 4);
		break;
	case SDATA4:
		v = (uint64_t)(int64_t)(int32_t)hs_elf_take(elf, c, 4);
		break;
	case UDATA8:
	case SDATA8:
		v = hs_elf_take(elf, c, 8);
		break;
	default:
		return false;
	}
	if ((how & RELATIVE) == TO_PLACE)
		v += place;
	else if (how & RELATIVE)
		return false;
	*out = elf->is64 ? v : v & UINT32_MAX;
	return !c->cut;
}

/* Where in the section the cursor stands, as an address. */
static uint64_t
place_of(const struct hs_eh_frames *it, const struct hs_cursor *c)
{
	return it->section->address + (uint64_t)(c->rest.at - it->section->bytes.at);
}

/* One letter behind the "z" has its data; false for one not read here. */
static bool
read_letter(struct hs_eh_cie *out, const struct hs_eh_frames *it, struct hs_cursor *c,
            uint8_t letter)
{
	unsigned how;

	switch (letter) {
	case 'R':
		out->pointers = (unsigned)hs_take_le(c, 1);
		return true;
	case 'L':
		out->handlers = (unsigned)hs_take_le(c, 1);
		return true;
	case 'P':
		how = (unsigned)hs_take_le(c, 1);
		out->indirect = how & INDIRECT;
		out->has_personality = true;
		return take_pointer(&out->personality, it->elf, c, how, place_of(it, c));
	case 'S':
	case 'B':
	case 'G':
		return true;
	default:
		return false;
	}
}

static bool
read_cie(struct hs_eh_cie *out, const struct hs_eh_frames *it, struct hs_span cie)
{
	struct hs_cursor c = { .rest = cie }, data;
	const uint8_t *factors;

	*out = (struct hs_eh_cie){ .handlers = OMITTED };
	out->version = (unsigned)hs_take_le(&c, 1);
	out->letters = hs_take_string(&c);
	out->has_data = out->letters.len && out->letters.at[0] == 'z';
	factors = c.rest.at;
	take_uleb(&c);
	take_uleb(&c);
	if (out->version == 1)
		hs_take(&c, 1);
	else
		take_uleb(&c);
	if (c.cut || (out->letters.len && !out->has_data))
		return false;
	out->factors = (struct hs_span){ factors, (size_t)(c.rest.at - factors) };
	data.rest = out->has_data ? hs_take(&c, take_uleb(&c)) : (struct hs_span){ cie.at, 0 };
	data.cut = false;
	for (size_t i = 1; i < out->letters.len; i++)
		if (!read_letter(out, it, &data, out->letters.at[i]))
			return false;
	out->instructions = c.rest;
	return !c.cut && !data.cut;
}

/* The row at `at`: its id, where that stands, and what follows. False at the end. */
static bool
take_row(const struct hs_eh_frames *it, uint64_t at, uint64_t *id, uint64_t *id_at,
         struct hs_cursor *body)
{
	struct hs_cursor c = { .rest = hs_span_from(it->section->bytes, at) };
	const size_t before = c.rest.len;
	uint64_t len = hs_elf_take(it->elf, &c, 4);

	if (len == UINT32_MAX)
		len = hs_elf_take(it->elf, &c, 8);
	if (c.cut || len < 4 || len > c.rest.len)
		return false;
	*id_at = at + (before - c.rest.len);
	*body = (struct hs_cursor){ .rest = hs_span_head(c.rest, len) };
	*id = hs_elf_take(it->elf, body, 4);
	return true;
}

/* An FDE whose body is `c`. */
static bool
read_fde(struct hs_eh_frame *out, const struct hs_eh_frames *it, struct hs_cursor *c,
         uint64_t cie_at)
{
	uint64_t id, id_at;
	struct hs_cursor cie, data;

	if (!take_row(it, cie_at, &id, &id_at, &cie) || id != 0 ||
	    !read_cie(&out->cie, it, cie.rest))
		return false;
	if (!take_pointer(&out->start, it->elf, c, out->cie.pointers, place_of(it, c)) ||
	    !take_pointer(&out->size, it->elf, c, out->cie.pointers & FORMAT, 0))
		return false;
	if (out->cie.has_data) {
		data = (struct hs_cursor){ .rest = hs_take(c, take_uleb(c)) };
		if (out->cie.handlers != OMITTED && data.rest.len > 0) {
			const uint64_t place = place_of(it, &data);

			if (!take_pointer(&out->handlers, it->elf, &data, out->cie.handlers, place))
				return false;
			/* A distance of 0 is none. */
			out->has_handlers = out->handlers != 0 && out->handlers != place;
		}
	}
	out->instructions = c->rest;
	return !c->cut;
}

bool
hs_eh_frame_next(struct hs_eh_frame *out, struct hs_eh_frames *it)
{
	struct hs_cursor body;
	uint64_t id, id_at;

	while (it->section && it->at < it->section->bytes.len) {
		*out = (struct hs_eh_frame){ .at = it->at };
		if (!take_row(it, it->at, &id, &id_at, &body)) {
			/* A length of 0 ends the list. */
			it->damaged = !hs_span_is_zero(
				hs_span_head(hs_span_from(it->section->bytes, it->at), 4));
			it->at = it->section->bytes.len;
			return false;
		}
		it->at = id_at + 4 + body.rest.len;
		if (id == 0)
			continue;
		if (id <= id_at && read_fde(out, it, &body, id_at - id))
			return true;
		it->damaged = true;
	}
	return false;
}
