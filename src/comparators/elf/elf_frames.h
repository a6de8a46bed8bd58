/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ELF_FRAMES_H
#define HS_COMPARATORS_ELF_FRAMES_H

#include "comparators/elf/elf_parts.h"

/* .eh_frame: how to unwind each function, a line each, by name. HS_EFORMAT where it ends early,
 * after what there is. */
int hs_elf_view_frames(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s,
                       struct hs_err *err);

/* .eh_frame_hdr: that it follows from .eh_frame; its bytes where it does not. */
int hs_elf_view_lookup(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s);

/* .ARM.exidx: the same of Arm, a line a function. */
int hs_elf_view_exidx(FILE *out, const struct hs_elf_parts *p, const struct hs_elf_section *s);

#endif
