/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_BINARY_EH_FRAME_H
#define HS_BINARY_EH_FRAME_H

#include "binary/elf_file.h"

/*
 * .eh_frame: how to unwind each function (Linux Standard Base, "Exception
 * Frames"): rows of a length and an id; an id of 0 is a CIE, what many
 * functions have in common; else an FDE, of one function, and the id is the
 * way back to its CIE.
 *
 *	struct hs_eh_frames it = hs_eh_frames_of(elf);
 *	struct hs_eh_frame f;
 *	while (hs_eh_frame_next(&f, &it))
 *		... f.start, f.size
 */
struct hs_eh_frames {
	const struct hs_elf *elf;
	const struct hs_elf_section *section; /* NULL: there is none that can be read */
	uint64_t at;
	bool damaged; /* it stopped before the end */
};

/* What many functions have in common. */
struct hs_eh_cie {
	unsigned version;
	struct hs_span letters; /* "zPLR": what its augmentation has */
	struct hs_span
		factors;   /* of code, of data, the register of the return address; as stored */
	bool has_data;     /* each FDE has data of its own */
	unsigned pointers; /* how its FDEs write pointers */
	unsigned handlers; /* and where exceptions are handled; 0xff: not at all */
	bool has_personality;
	uint64_t personality; /* an address; where `indirect`, of what holds it */
	bool indirect;
	struct hs_span instructions; /* with what pads them */
};

struct hs_eh_frame {
	uint64_t at;          /* offset of its row in the section */
	uint64_t start, size; /* the code; addresses */
	struct hs_eh_cie cie;
	bool has_handlers;
	uint64_t handlers;           /* the address of their table */
	struct hs_span instructions; /* with what pads them */
};

/* Of an object (ET_REL) none is read: its fields wait for the linker. */
struct hs_eh_frames hs_eh_frames_of(const struct hs_elf *elf);

/* The next FDE; false past the last, and at damage. */
bool hs_eh_frame_next(struct hs_eh_frame *out, struct hs_eh_frames *it);

#endif
