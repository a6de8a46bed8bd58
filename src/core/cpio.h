/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_CPIO_H
#define HS_CORE_CPIO_H

#include "core/err.h"

/*
 * One member of a cpio archive, taken apart where it stands: every pointer
 * is into the archive. Both the comparator of archives and whoever checks a
 * ramdisk read members through this.
 *
 *	header | name, NUL | padding | data | padding
 *
 * Paddings fill up to 4 bytes (newc, crc), 2 bytes (binary) or nothing (odc),
 * counted from the header's own beginning.
 */
enum hs_cpio_dialect {
	HS_CPIO_NEWC,   /* 070701: 110 bytes, hex; what Linux boots from */
	HS_CPIO_CRC,    /* 070702: the same with a sum of the data's bytes */
	HS_CPIO_ODC,    /* 070707: 76 bytes, octal; POSIX.1-1988 */
	HS_CPIO_BIN_LE, /* 0o070707 as 16-bit words: 26 bytes */
	HS_CPIO_BIN_BE,
};

/* "newc", "crc", "odc", "binary, little-endian", "binary, big-endian". */
const char *hs_cpio_dialect_name(enum hs_cpio_dialect d);

struct hs_cpio_member {
	enum hs_cpio_dialect dialect;
	bool malformed; /* a field is no number; it reads as 0 */
	bool unusual;   /* a field is not digits only: a sign, leading blanks, or no number */
	uint64_t ino, mode, uid, gid, nlink, size, name_size, check;
	int64_t mtime; /* negative where a writer put a sign there (linuxkit does) */
	uint64_t dev_major, dev_minor;   /* of the file system it was read from */
	uint64_t rdev_major, rdev_minor; /* of a device node */
	struct hs_span header;           /* the fixed part */
	struct hs_span name;             /* up to its NUL */
	struct hs_span name_rest; /* from that NUL to the data: zero bytes, if all is in order */
	struct hs_span data;
	struct hs_span padding; /* behind the data; what there is of it at the end of the file */
};

/* Whether a header of any dialect may stand here; looks at the magic only. */
bool hs_cpio_is(struct hs_span bytes);

/*
 * Takes apart the member at the front of `bytes`. HS_EFORMAT where it is cut
 * or makes no sense; out->header is empty then if not even the header and the
 * name are whole, else only the data are cut and out->data is what there is.
 */
int hs_cpio_read(struct hs_cpio_member *out, struct hs_span bytes, struct hs_err *err);

/* The same without the data, which stay empty: enough where the header and the name are all there
 * is. */
int hs_cpio_read_head(struct hs_cpio_member *out, struct hs_span bytes, struct hs_err *err);

/* The bytes from the header to the end of the data: what the member takes without its padding. */
struct hs_span hs_cpio_span(const struct hs_cpio_member *m);

/* The same, up to where the data begin. */
struct hs_span hs_cpio_head(const struct hs_cpio_member *m);

/* How many bytes the member takes with its padding. */
uint64_t hs_cpio_length(const struct hs_cpio_member *m);

/* Whether it is the one that ends an archive. */
bool hs_cpio_is_trailer(const struct hs_cpio_member *m);

/* What `check` should be in a crc archive. */
uint32_t hs_cpio_sum(struct hs_span data);

#endif
