/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_FORMATS_H
#define HS_CLI_FORMATS_H

#include "cli/commands.h"
#include "cli/libraries.h"

#include <stdio.h>

/* Who reads a format. */
enum hs_reader {
	HS_READER_BUILT_IN, /* this program, whatever it was built with */
	HS_READER_LIBRARY,
	HS_READER_NOT_BUILT, /* a library that was not there at build time */
};

/* What the rows of comparators and of images come to, as --list-formats tells it. */
struct hs_format {
	const char *name, *about, *known_by;
	const char *libraries; /* ", " between them; NULL: none */
	bool of_members;       /* known by its members, whatever holds them */
	enum hs_reader reader;
	char why[160]; /* what is missing and what that comes to; empty: nothing */
};

/* The formats one after the other: comparators, then images; false past the last. */
bool hs_format_at(struct hs_format *out, size_t i, const struct hs_library all[HS_N_LIBRARIES]);

void hs_formats_print_text(FILE *out);

/* As docs/hashoscope-formats-1.0.schema.json has it. */
void hs_formats_print_json(FILE *out);

/* --list-formats, to where -o says. */
enum hs_exit hs_formats(const struct hs_cli *cli);

#endif
