/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/elf/elf_functions.h"

#include "comparators/comparator.h"

#include "comparators/elf/elf_names.h"
#include "comparators/elf/elf_refs.h"
#include "core/limits.h"

static int
add_function(struct hs_tree *out, const struct hs_elf_parts *p, const struct hs_elf_function *f,
             struct hs_err *err)
{
	const struct hs_elf *elf = &p->elf;
	const struct hs_elf_section *s = hs_elf_function_section(elf, f);
	const struct hs_span own = hs_elf_function_name(&out->arena, &p->code, f);
	struct hs_entry *e;
	int rc;

	rc = hs_tree_add(&e, out,
	                 hs_arena_span(&out->arena, "%s: %s", hs_elf_section_label(&out->arena, s),
	                               hs_elf_escaped(&out->arena, own)),
	                 err);
	if (rc < 0)
		return rc;
	e->kind = HS_KIND_FILE;
	e->bytes = hs_elf_function_bytes(elf, f);
	e->size = e->bytes.len;
	e->place = f->at;
	e->unnamed = f->symbol == 0;
	if (!hs_disassembles(hs_elf_isa(elf, f->thumb)) || e->bytes.len > HS_MAX_CODE) {
		e->plain = true;
		return 0;
	}
	e->more = f;
	e->codec = HS_ELF_FUNCTION;
	e->view = true;
	e->as = &hs_comparator_text;
	return 0;
}

int
hs_elf_add_functions(bool *cut, struct hs_tree *out, const struct hs_elf_parts *p,
                     const struct hs_elf_section *s, struct hs_err *err)
{
	const uint64_t space = p->elf.type == ET_REL ? s->index : 0;
	const uint64_t base = space ? 0 : s->address;

	*cut = false;
	for (size_t i = hs_elf_code_first(&p->code, s); i < p->code.n; i++) {
		const struct hs_elf_function *f = &p->code.rows[i];

		if (f->space != space || f->at - base >= s->bytes.len || hs_elf_is_plt(s))
			break;
		if (add_function(out, p, f, err) < 0)
			return err->code;
		*cut = true;
	}
	return 0;
}

/* ---- Views ---- */

static int
view(struct hs_content *out, const struct hs_elf_parts *p, struct hs_machine_code code,
     uint64_t space, struct hs_err *err)
{
	const struct hs_elf_refs refs = hs_elf_refs_of(p, space);
	struct hs_lines lines = { 0 };
	int rc;

	code.big = p->elf.big;
	code.names = &refs.names;
	rc = hs_disassemble(&lines, &code, err);
	if (rc == 0)
		return hs_lines_content(out, &lines, err);
	hs_lines_release(&lines);
	return rc;
}

int
hs_elf_view_function(struct hs_content *out, const struct hs_elf_parts *p,
                     const struct hs_elf_function *f, struct hs_err *err)
{
	const struct hs_machine_code code = {
		.bytes = hs_elf_function_bytes(&p->elf, f),
		.address = f->at,
		.isa = hs_elf_isa(&p->elf, f->thumb),
	};

	return view(out, p, code, f->space, err);
}

int
hs_elf_view_code(struct hs_content *out, const struct hs_elf_parts *p,
                 const struct hs_elf_section *s, struct hs_err *err)
{
	const bool object = p->elf.type == ET_REL;
	const struct hs_machine_code code = {
		.bytes = s->bytes,
		.address = object ? 0 : s->address,
		.isa = hs_elf_isa(&p->elf, false),
	};

	return view(out, p, code, object ? s->index : 0, err);
}
