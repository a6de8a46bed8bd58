/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/dwarf.h"

#include "core/escape.h"

#include <inttypes.h>

/* How values are written (DWARF 5, 7.5.6). */
enum form {
	ADDR = 0x01,
	BLOCK2 = 0x03,
	BLOCK4,
	DATA2,
	DATA4,
	DATA8,
	STRING,
	BLOCK,
	BLOCK1,
	DATA1,
	FLAG,
	SDATA,
	STRP,
	UDATA,
	REF_ADDR,
	REF1,
	REF2,
	REF4,
	REF8,
	REF_UDATA,
	INDIRECT,
	SEC_OFFSET,
	EXPRLOC,
	FLAG_PRESENT,
	STRX,
	ADDRX,
	REF_SUP4,
	STRP_SUP,
	DATA16,
	LINE_STRP,
	REF_SIG8,
	IMPLICIT_CONST,
	LOCLISTX,
	RNGLISTX,
	REF_SUP8,
	STRX1,
	STRX2,
	STRX3,
	STRX4,
	ADDRX1,
	ADDRX2,
	ADDRX3,
	ADDRX4,
	GNU_REF_ALT = 0x1f20,
	GNU_STRP_ALT = 0x1f21,
};

enum { OP_ADDR = 3, OPERAND = 9 };

static bool
number(struct hs_dwarf_value *out, enum hs_dwarf_class is, uint64_t u)
{
	*out = (struct hs_dwarf_value){ .is = is, .u = u };
	return true;
}

static bool
text(struct hs_dwarf_value *out, struct hs_span s)
{
	*out = (struct hs_dwarf_value){ .is = HS_DWARF_TEXT, .bytes = s };
	return true;
}

static bool
block(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c, uint64_t len)
{
	*out = (struct hs_dwarf_value){ .is = HS_DWARF_BLOCK, .bytes = hs_take(&c->c, len) };
	return true;
}

/* A reference into its own unit. */
static bool
reference(struct hs_dwarf_value *out, const struct hs_dwarf_unit *u, uint64_t distance)
{
	return number(out, HS_DWARF_REFERENCE, u->at + distance);
}

/* A text by its number in the unit's part of .debug_str_offsets. */
static bool
indexed_text(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c, const struct hs_dwarf_unit *u,
             uint64_t index)
{
	struct hs_dwarf_cursor at = hs_dwarf_in(c->d, HS_DWARF_STR_OFFSETS, u->str_offsets);

	at.c.rest =
		hs_span_from(at.c.rest, index > UINT32_MAX ? UINT64_MAX : index * u->offset_size);
	return text(out, hs_dwarf_string(c->d, HS_DWARF_STR, hs_dwarf_offset(&at, u->offset_size)));
}

static bool
address(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c, size_t width)
{
	uint64_t v;
	const char *name = hs_dwarf_address(c, width, &v);

	*out = (struct hs_dwarf_value){ HS_DWARF_ADDRESS, v, hs_span_of(name) };
	return true;
}

static bool
indexed_address(struct hs_dwarf_value *out, const struct hs_dwarf_cursor *c,
                const struct hs_dwarf_unit *u, uint64_t index)
{
	struct hs_dwarf_cursor at = hs_dwarf_in(c->d, HS_DWARF_ADDR, u->addresses);

	at.c.rest =
		hs_span_from(at.c.rest, index > UINT32_MAX ? UINT64_MAX : index * u->address_size);
	return address(out, &at, u->address_size);
}

/* Forms that lead elsewhere. */
static bool
read_reference(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c, const struct hs_dwarf_unit *u,
               uint64_t form)
{
	switch (form) {
	case REF1:
		return reference(out, u, hs_dwarf_take(c, 1));
	case REF2:
		return reference(out, u, hs_dwarf_take(c, 2));
	case REF4:
		return reference(out, u, hs_dwarf_take(c, 4));
	case REF8:
		return reference(out, u, hs_dwarf_take(c, 8));
	case REF_UDATA:
		return reference(out, u, hs_dwarf_uleb(c));
	case REF_ADDR:
		return number(
			out, HS_DWARF_REFERENCE,
			hs_dwarf_offset(c, u->version == 2 ? u->address_size : u->offset_size));
	case SEC_OFFSET:
		return number(out, HS_DWARF_OFFSET, hs_dwarf_offset(c, u->offset_size));
	case LOCLISTX:
	case RNGLISTX:
		return number(out, HS_DWARF_OFFSET, hs_dwarf_uleb(c));
	case REF_SUP4:
		return number(out, HS_DWARF_OTHER, hs_dwarf_take(c, 4));
	case REF_SUP8:
	case REF_SIG8:
		return number(out, HS_DWARF_OTHER, hs_dwarf_take(c, 8));
	case STRP_SUP:
	case GNU_REF_ALT:
	case GNU_STRP_ALT:
		return number(out, HS_DWARF_OTHER, hs_dwarf_take(c, u->offset_size));
	case ADDRX:
		return indexed_address(out, c, u, hs_dwarf_uleb(c));
	case ADDRX1:
	case ADDRX2:
	case ADDRX3:
	case ADDRX4:
		return indexed_address(out, c, u, hs_dwarf_take(c, form - ADDRX1 + 1));
	default:
		return false;
	}
}

static bool
read_text(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c, const struct hs_dwarf_unit *u,
          uint64_t form)
{
	switch (form) {
	case STRING:
		return text(out, hs_take_string(&c->c));
	case STRP:
		return text(out, hs_dwarf_string(c->d, HS_DWARF_STR,
		                                 hs_dwarf_offset(c, u->offset_size)));
	case LINE_STRP:
		return text(out, hs_dwarf_string(c->d, HS_DWARF_LINE_STR,
		                                 hs_dwarf_offset(c, u->offset_size)));
	case STRX:
		return indexed_text(out, c, u, hs_dwarf_uleb(c));
	case STRX1:
	case STRX2:
	case STRX3:
	case STRX4:
		return indexed_text(out, c, u, hs_dwarf_take(c, form - STRX1 + 1));
	default:
		return read_reference(out, c, u, form);
	}
}

/* A form that the value itself names; one step of that, or a file could go round for ever. */
static bool
read_indirect(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c, const struct hs_dwarf_unit *u)
{
	const uint64_t form = hs_dwarf_uleb(c);

	return form != INDIRECT && form != IMPLICIT_CONST && hs_dwarf_value(out, c, u, form, 0);
}

static bool
read_value(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c, const struct hs_dwarf_unit *u,
           uint64_t form, int64_t implied)
{
	switch (form) {
	case ADDR:
		return address(out, c, u->address_size);
	case DATA1:
		return number(out, HS_DWARF_NUMBER, hs_dwarf_take(c, 1));
	case DATA2:
		return number(out, HS_DWARF_NUMBER, hs_dwarf_take(c, 2));
	case DATA4:
		return number(out, HS_DWARF_NUMBER, hs_dwarf_offset(c, 4));
	case DATA8:
		return number(out, HS_DWARF_NUMBER, hs_dwarf_offset(c, 8));
	case UDATA:
		return number(out, HS_DWARF_NUMBER, hs_dwarf_uleb(c));
	case SDATA:
		return number(out, HS_DWARF_SIGNED, (uint64_t)hs_dwarf_sleb(c));
	case IMPLICIT_CONST:
		return number(out, HS_DWARF_SIGNED, (uint64_t)implied);
	case FLAG:
		return number(out, HS_DWARF_FLAG, hs_dwarf_take(c, 1));
	case FLAG_PRESENT:
		return number(out, HS_DWARF_FLAG, 1);
	case BLOCK1:
		return block(out, c, hs_dwarf_take(c, 1));
	case BLOCK2:
		return block(out, c, hs_dwarf_take(c, 2));
	case BLOCK4:
		return block(out, c, hs_dwarf_take(c, 4));
	case BLOCK:
		return block(out, c, hs_dwarf_uleb(c));
	case DATA16:
		return block(out, c, 16);
	case EXPRLOC:
		block(out, c, hs_dwarf_uleb(c));
		out->is = HS_DWARF_EXPRESSION;
		return true;
	case INDIRECT:
		return read_indirect(out, c, u);
	default:
		return read_text(out, c, u, form);
	}
}

bool
hs_dwarf_value(struct hs_dwarf_value *out, struct hs_dwarf_cursor *c, const struct hs_dwarf_unit *u,
               uint64_t form, int64_t implied)
{
	return read_value(out, c, u, form, implied) && !c->c.cut;
}

/* Only what an expression begins with is looked at: that is where compilers have an address. */
void
hs_dwarf_write_expression(FILE *out, struct hs_dwarf_cursor *c, struct hs_span bytes,
                          size_t address_size)
{
	struct hs_dwarf_cursor at = *c;
	uint64_t v;

	if (bytes.len > address_size && bytes.at[0] == OP_ADDR && address_size < OPERAND) {
		at.c.rest = hs_span_from(bytes, 1);
		fprintf(out, "&%s ", hs_dwarf_address(&at, address_size, &v));
		bytes = at.c.rest;
	}
	for (size_t i = 0; i < bytes.len; i++)
		fprintf(out, "%02x", bytes.at[i]);
}
