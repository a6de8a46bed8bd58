/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_COMPARATORS_ZIP_DIRECTORY_H
#define HS_COMPARATORS_ZIP_DIRECTORY_H

#include "core/err.h"

/*
 * The records of a zip archive, taken apart where they stand. Section numbers
 * are those of PKWARE's APPNOTE.TXT 6.3.10.
 */

/* Bits of hs_zip_header.flags (4.4.4). */
enum {
	HS_ZIP_ENCRYPTED = 1 << 0,
	HS_ZIP_LZMA_EOS = 1 << 1,
	HS_ZIP_DESCRIPTOR = 1 << 3, /* crc and sizes stand behind the data */
	HS_ZIP_STRONG = 1 << 6,     /* PKWARE's strong encryption */
};

/* Methods (4.4.5). */
enum {
	HS_ZIP_STORED = 0,
	HS_ZIP_DEFLATE = 8,
	HS_ZIP_DEFLATE64 = 9,
	HS_ZIP_BZIP2 = 12,
	HS_ZIP_LZMA = 14,
	HS_ZIP_ZSTD = 93,
	HS_ZIP_XZ = 95,
	HS_ZIP_AES = 99, /* the true one stands in the extra field */
};

/* A record of the central directory (4.3.12), or a local header (4.3.7), which lacks some of it. */
struct hs_zip_header {
	bool central;
	bool zip64; /* it has the extra field for it */
	uint16_t made_by, needed, flags, method, time, date, internal;
	uint32_t crc, external;
	uint64_t disk, packed, size, offset; /* from the zip64 field where it says so */
	struct hs_span raw;                  /* all of the record */
	struct hs_span name, extra, comment;
	struct hs_span zip64_offset; /* where in `raw` a 64-bit offset stands, or empty */
};

/* False where no whole record stands at the cursor, which is then of no more use. */
bool hs_zip_take_central(struct hs_zip_header *out, struct hs_cursor *c);
bool hs_zip_take_local(struct hs_zip_header *out, struct hs_cursor *c);

/* One extra field (4.5). False at the end; what is left in *c then is no field. */
struct hs_zip_extra {
	uint16_t id;
	struct hs_span data;
};
bool hs_zip_take_extra(struct hs_zip_extra *out, struct hs_cursor *c);

/*
 * How many bytes at the front of `rest`, which follow the data of `h`, are its
 * data descriptor (4.3.9): with or without signature, of 32 or 64 bits. It
 * has to repeat the crc and sizes of `h`. Where both widths do, `wide` tells:
 * 64 bits belong to a local header with a zip64 field. 0 for none.
 */
size_t hs_zip_descriptor(const struct hs_zip_header *h, struct hs_span rest, bool wide);

/* The end of the central directory (4.3.14 to 4.3.16). Offsets are those in the file. */
struct hs_zip_end {
	uint64_t at;    /* of the end record */
	uint64_t limit; /* where the directory must have ended: the first of the end records */
	uint64_t after; /* where the comment ends */
	int64_t base; /* to be added to every stated offset: a stub may stand before the archive */
	uint64_t directory;                                  /* where the directory begins */
	uint64_t stated_offset, stated_size, stated_entries; /* of the directory */
	uint64_t disk, directory_disk, disk_entries;
	struct hs_span comment;
	uint16_t comment_size;  /* as stated; the comment is shorter where the file is cut */
	struct hs_span locator; /* of zip64, or empty */
	struct hs_span zip64;   /* its record, or empty */
	uint16_t zip64_made_by, zip64_needed;
	struct hs_span zip64_more; /* the extensible part of the record */
	bool zip64_differs;        /* it contradicts what the old record says */
	unsigned score;            /* how well all this fits; 0 is not at all */
};

/*
 * Looks for the end record in the last 64 KiB: the one whose directory is
 * there, and whose comment ends where the file does, before any other, since
 * comments and data may hold what looks like one. False where there is none.
 */
bool hs_zip_find_end(struct hs_zip_end *out, struct hs_span file);

/* Where a stated offset of a local header is in the file; false outside of it. */
bool hs_zip_place(uint64_t *out, const struct hs_zip_end *end, struct hs_span file,
                  uint64_t offset);

/* The directory, from its first record to `limit`. */
struct hs_span hs_zip_directory(const struct hs_zip_end *end, struct hs_span file);

#endif
