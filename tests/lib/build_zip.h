/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUILD_ZIP_H
#define BUILD_ZIP_H

#include "grow.h"

/*
 * Writes zip archives, and wrong ones: what a member says is written as it is
 * given, in the directory and, unless `local` says otherwise, in its header.
 *
 *	struct build_zip b = { .out.arena = &arena };
 *	build_zip_add(&b, &(struct build_zip_member){ .name = "a", .content = HS_SPAN("x") });
 *	build_zip_end(&b, HS_SPAN(""));
 *	... b.out.bytes
 */
struct build_zip {
	struct grow out;     /* the file */
	struct grow records; /* the directory, till build_zip_end() */
	uint64_t n;          /* of records */
	uint64_t base;       /* where the archive begins: offsets count from there */
	bool zip64;          /* write the records of zip64 too, and leave the old one open */
	size_t directory;    /* set by build_zip_end(): where the directory begins */
	size_t end;          /* and the end record */
};

enum build_zip_descriptor {
	BUILD_ZIP_NO_DESCRIPTOR,
	BUILD_ZIP_SIGNED = 16, /* how many bytes it takes */
	BUILD_ZIP_BARE = 12,
	BUILD_ZIP_SIGNED_64 = 24,
	BUILD_ZIP_BARE_64 = 20,
};

struct build_zip_member {
	const char *name;
	struct hs_span content; /* deflated for method 8, else written as it is */
	struct hs_span stored;  /* instead of that, where it is not empty */
	uint16_t method, made_by, needed, flags, time, date, internal;
	uint32_t external;
	struct hs_span extra, local_extra, comment;
	enum build_zip_descriptor descriptor;
	const char *local_name; /* where it is another */
	uint32_t local_crc_xor; /* to lie with */
	uint32_t crc_xor;       /* in both headers */
	int64_t size_more;      /* added to the size in both */
	int64_t packed_more;
	bool zip64; /* sizes and offset in the extra field */
};

void build_zip_add(struct build_zip *b, const struct build_zip_member *m);
void build_zip_end(struct build_zip *b, struct hs_span comment);

#endif
