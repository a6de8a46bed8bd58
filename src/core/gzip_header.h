/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_GZIP_HEADER_H
#define HS_CORE_GZIP_HEADER_H

#include "core/err.h"
#include "core/span.h"

/* The header of one gzip member (RFC 1952, 2.3); the spans are parts of the input. */
enum hs_gzip_flag {
	HS_GZIP_TEXT = 1 << 0,
	HS_GZIP_HCRC = 1 << 1,
	HS_GZIP_EXTRA = 1 << 2,
	HS_GZIP_NAME = 1 << 3,
	HS_GZIP_COMMENT = 1 << 4,
	HS_GZIP_RESERVED = 7 << 5,
};

struct hs_gzip_header {
	struct hs_span raw; /* all of it */
	unsigned method, flags, xfl, os;
	uint32_t mtime;
	struct hs_span extra, name, comment; /* empty where the flag is not set */
	uint16_t crc;                        /* as stored, where HS_GZIP_HCRC is set */
	bool crc_fits;
};

/* Whether a member may begin here: magic and method. */
bool hs_is_gzip(struct hs_span s);

/*
 * Takes a header off the front. HS_EFORMAT where it is cut short, where it is
 * none or where it uses reserved flags; *out then holds what was read.
 */
int hs_take_gzip_header(struct hs_gzip_header *out, struct hs_cursor *c, struct hs_err *err);

#endif
