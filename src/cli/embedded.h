/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_EMBEDDED_H
#define HS_CLI_EMBEDDED_H

#include "core/span.h"

/*
 * Texts of docs/ that the program prints: the schemas and the prose of the
 * manual page. cmake/Embed.cmake makes the table while building.
 */
struct hs_embedded {
	const char *name; /* as the file is called in docs/ */
	const unsigned char *bytes;
	size_t len;
};

/* Ends with a row whose name is NULL. */
extern const struct hs_embedded hs_embedded[];

/* The text of that file; empty where there is none. */
struct hs_span hs_embedded_find(const char *name);

#endif
