/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_TAR_H
#define BUILD_TAR_H

#include "build_bytes.h"

/*
 * Tar archives by hand, so that what is odd in one stands in the test:
 *
 *	struct hs_build b = { 0 };
 *	hs_build_tar_file(&b, "motd", "hello\n");
 *	hs_build_tar_entry(&b, &(struct hs_build_tar){ .name = "bin", .type = '5' });
 *	hs_build_tar_end(&b);
 *
 * What an entry leaves zero is: mode 0644, owner 0:0 without names, mtime 0,
 * type '0', dialect ustar.
 */
enum hs_build_magic {
	HS_BUILD_USTAR,
	HS_BUILD_GNU,
	HS_BUILD_V7,
	HS_BUILD_STAR,
};

struct hs_build_tar {
	const char *name, *link, *uname, *gname;
	struct hs_span data;
	enum hs_build_magic magic;
	unsigned mode, uid, gid, dev_major, dev_minor;
	uint64_t mtime;
	uint64_t size; /* where it is not data.len */
	char type;
	bool type_nul; /* the type is NUL */
};

/* The header block alone. */
void hs_build_tar_header(struct hs_build *b, const struct hs_build_tar *e);
/* Header, data, padding. */
void hs_build_tar_entry(struct hs_build *b, const struct hs_build_tar *e);
void hs_build_tar_file(struct hs_build *b, const char *name, const char *content);
/* A header of type 'x', 'g', 'L' or 'K' with its data. */
void hs_build_tar_extension(struct hs_build *b, char type, struct hs_span data);
/* "LEN key=value\n". */
void hs_build_pax_record(struct hs_build *records, const char *key, struct hs_span value);
/* An 'x' or 'g' header with one record. */
void hs_build_tar_record(struct hs_build *b, char type, const char *key, const char *value);
/* Two zero blocks. */
void hs_build_tar_end(struct hs_build *b);

/* Bytes into the header at `off`, whose checksum is made right again. */
void hs_build_tar_patch(struct hs_build *b, size_t off, size_t field, struct hs_span bytes);

#endif
