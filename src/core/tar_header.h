/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_TAR_HEADER_H
#define HS_CORE_TAR_HEADER_H

#include "core/span.h"

/*
 * One header block of a tar archive, whoever wrote it: bytes in, fields out.
 * Knows nothing of the blocks around it; core/tar_reader.h does.
 */
enum { HS_TAR_BLOCK = 512 };

enum hs_tar_dialect {
	HS_TAR_V7,    /* no magic: Unix version 7 */
	HS_TAR_USTAR, /* POSIX.1-1988; with an 'x' header before it the entry is pax */
	HS_TAR_GNU,   /* "ustar  ": GNU tar before and beside POSIX */
	HS_TAR_STAR,  /* ustar with "tar" in its last four bytes: J. Schilling's star */
};

/* "v7", "ustar", "gnu", "star". */
const char *hs_tar_dialect_name(enum hs_tar_dialect d);

/* How a number stands in its field. */
enum hs_tar_form {
	HS_TAR_EMPTY,   /* only NULs and spaces: 0 */
	HS_TAR_OCTAL,   /* digits, maybe between spaces and NULs */
	HS_TAR_BASE256, /* big-endian two's complement behind a set first bit */
	HS_TAR_BAD,     /* neither, or too large for int64_t: value is 0 */
};

struct hs_tar_number {
	int64_t value;
	struct hs_span raw;
	enum hs_tar_form form;
};

/* Texts end before their first NUL. What a dialect does not have is empty. */
struct hs_tar_header {
	struct hs_span block;
	enum hs_tar_dialect dialect;
	uint8_t typeflag;
	bool signed_sum; /* the checksum fits only when bytes count as signed, as SunOS did */
	struct hs_span name, prefix, link, uname, gname;
	struct hs_tar_number mode, uid, gid, size, mtime, checksum, dev_major, dev_minor;
	struct hs_tar_number atime, ctime, offset, real_size; /* GNU and star */
};

enum hs_tar_block {
	HS_TAR_IS_HEADER,
	HS_TAR_IS_ZERO,    /* 512 zero bytes */
	HS_TAR_IS_GARBAGE, /* its checksum does not fit */
};

/* Decodes the first 512 bytes of `bytes`, of which there must be as many. */
enum hs_tar_block hs_tar_header_parse(struct hs_tar_header *out, struct hs_span bytes);

/* A number field by itself. */
struct hs_tar_number hs_tar_number_parse(struct hs_span field);

/* The sum of the bytes with the checksum's own field taken as spaces. */
uint32_t hs_tar_sum(struct hs_span block);

/* Bytes [off, off + len) of a block. */
struct hs_tar_range {
	uint16_t off, len;
};

/* The ranges of a block that its dialect leaves unused; ends with a length of 0. */
const struct hs_tar_range *hs_tar_unused(const struct hs_tar_header *h);

#endif
