/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EIF_LAYOUT_H
#define HS_CLI_EIF_LAYOUT_H

#include "enclave/eif_writer.h"

/*
 * layout.json: what an EIF is beside the content of its sections and gaps,
 * which stand in files of fixed names. With those files it gives the EIF
 * again, byte for byte, however odd that was.
 *
 *	{
 *	  "version": 4, "flags": 0, "default_memory": 1073741824, "default_cpus": 2,
 *	  "reserved": 0, "unused": 0,
 *	  "parts": [
 *	    { "file": "kernel", "type": 1, "flags": 0 },
 *	    { "file": "gap1" },
 *	    { "file": "ramdisk1", "type": 3, "flags": 0, "size": 5000 }
 *	  ]
 *	}
 *
 * "size" is what a section claims where that is not the size of its file.
 * "magic" (8 hex digits), "sections" (their number), "offsets" and "sizes"
 * (32 numbers each) and "crc" (8 hex digits) stand there where they do not
 * follow from the rest. Numbers past 2^63 - 1 are strings.
 */

/* A section (an index) or a gap, in the order of the file. */
struct hs_eif_part {
	const char *file; /* its name */
	size_t section;   /* SIZE_MAX: a gap */
	bool has_size;    /* read: the section claims what eif.sections says */
	struct hs_span data;
};

struct hs_eif_layout {
	struct hs_eif eif;
	struct hs_eif_part *parts;
	size_t n_parts;
	bool has_count, has_offsets, has_sizes, has_crc; /* read: eif has what the text says */
};

/* Fills in the parts of layout->eif, with their names and data. */
void hs_eif_layout_name(struct hs_eif_layout *layout, struct hs_arena *a);

/* The text of layout.json. In the arena. */
struct hs_span hs_eif_layout_write(struct hs_arena *a, const struct hs_eif_layout *layout);

/*
 * Reads layout.json; the data of the parts are the caller's to fill in. HS_EFORMAT
 * for what is no such text, and for a name that leads out of the folder. In the arena.
 */
int hs_eif_layout_read(struct hs_eif_layout *out, struct hs_arena *a, struct hs_span text,
                       struct hs_err *err);

/* The file, once each part has its data: sizes, tables and the CRC where the text did not say them
 * follow from the parts, and layout->eif then has them. */
void hs_eif_layout_make(struct hs_pieces *out, struct hs_eif_layout *layout);

#endif
