/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_TAR_H
#define HS_GOLANG_GO_TAR_H

#include "core/arena.h"
#include "core/err.h"
#include "core/tar_sparse.h"
#include "golang/go_number.h"

/*
 * A tar entry as Go's archive/tar has it (type Header), and the bytes that
 * its Writer makes of it. Nearly every tool that writes layers is written in
 * Go, so these rules decide the diffIDs of the world: which format an entry
 * gets, which pax records, how numbers are padded. Go 1.19 to 1.26 agree.
 */
enum hs_go_format {
	HS_GO_UNKNOWN = 0,
	HS_GO_USTAR = 1 << 0,
	HS_GO_PAX = 1 << 1,
	HS_GO_GNU = 1 << 2,
};

struct hs_go_record {
	struct hs_span key, value;
};

struct hs_go_header {
	uint8_t typeflag;
	struct hs_span name, link, uname, gname;
	int64_t size, mode, uid, gid, dev_major, dev_minor;
	struct hs_go_tar_time mtime, atime, ctime;
	const struct hs_go_record *records; /* Header.PAXRecords, sorted by key, each key once */
	size_t n_records;
	unsigned format; /* enum hs_go_format: what the Reader detects, or the Writer is asked for
	                  */
};

/* Whether Go takes an entry of that type to have no data, whatever its size says. */
bool hs_go_is_header_only(uint8_t typeflag);

/*
 * The blocks that tar.Writer.WriteHeader() writes: an 'x' header, GNU 'L' and
 * 'K' and the main header, a multiple of 512 bytes, in the arena. HS_EUSAGE with
 * Go's reason where Go refuses the header.
 */
int hs_go_write(struct hs_span *out, struct hs_arena *a, const struct hs_go_header *h,
                struct hs_err *err);

/* The two zero blocks of tar.Writer.Close(). */
extern const struct hs_span hs_go_end;

/*
 * tar.Reader over uncompressed bytes. All zero but for `file` begins at its
 * front. It differs from core/tar_reader.h where Go differs: a 'g' header is an
 * entry of its own and changes no other, sparse files of pax are dense, names
 * and records are checked as Go checks them.
 */
struct hs_go_reader {
	struct hs_span file;
	uint64_t at;        /* behind what was read: once there is no next, behind the end marker */
	uint64_t n_dropped; /* extension headers so far that Go reads and then forgets */
	bool cut;           /* the file ends inside the data of the last entry */
};

/* An entry and where its stored data stand. */
struct hs_go_entry {
	struct hs_go_header header;
	struct hs_span head; /* all header blocks that made it */
	struct hs_span data; /* as stored, empty for a type without; cut where the file is */
	uint64_t stored;     /* how many bytes of data there should be */
	bool sparse;         /* header.size counts the holes; `extents` tell where `data` go */
	const struct hs_tar_extent *extents; /* in order, not overlapping, inside header.size */
	size_t n_extents;
};

/* 1 with the next, 0 at the end; HS_EFORMAT where Go gives ErrHeader and the like. Strings and
 * records are spans of the file or in the arena. */
int hs_go_next(struct hs_go_entry *out, struct hs_arena *a, struct hs_go_reader *r,
               struct hs_err *err);

#endif
