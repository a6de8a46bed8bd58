/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_PE_FACTS_H
#define HS_COMPARATORS_PE_FACTS_H

#include "comparators/binary/pe_image.h"
#include "core/facts.h"

/* Every field of the COFF header and the optional header; a data directory by where it is. */
void hs_pe_say_headers(struct hs_facts *out, const struct hs_pe *pe);

/*
 * What Microsoft's linker writes behind the DOS stub: which tools made how
 * many objects. The part of the file that it takes; empty where it is not there.
 */
struct hs_span hs_pe_say_rich(struct hs_facts *out, const struct hs_pe *pe);

/* The entries of the debug directory: their times, the PDB file and its GUID. */
void hs_pe_say_debug(struct hs_facts *out, const struct hs_pe *pe);

/* "KERNEL32.dll CreateFileW", an import each; names that are exported. */
void hs_pe_say_imports(struct hs_facts *out, const struct hs_pe *pe);
void hs_pe_say_exports(struct hs_facts *out, const struct hs_pe *pe);

/* Of a .NET assembly: the runtime, its flags, the module's version ID. */
void hs_pe_say_clr(struct hs_facts *out, const struct hs_pe *pe);

#endif
