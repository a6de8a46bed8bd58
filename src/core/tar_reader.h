/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_TAR_READER_H
#define HS_CORE_TAR_READER_H

#include "core/arena.h"
#include "core/err.h"
#include "core/meta.h"
#include "core/tar_header.h"
#include "core/tar_pax.h"

/*
 * The members of a tar archive one after the other, in every dialect. Looks
 * at headers only; data are skipped. Allocates nothing.
 *
 * Where tar readers disagree, this one reads as Go and GNU tar do, and says so
 * in `odd`:
 *	- of two 'x' headers in a row the later counts alone (Python takes the
 *	  earlier, others merge);
 *	- an empty pax value leaves the field of the header (GNU tar empties it);
 *	- a 'g' header counts for all later entries (GNU tar, Python; not Go,
 *	  not libarchive before 3.8);
 *	- a size in the header of a link, directory or device counts only where
 *	  no header and no end follows at once (each reader has its own rule);
 *	- an archive ends at its first zero block, even a lone one.
 */
enum hs_tar_odd {
	HS_TAR_ODD_TWO_PAX = 1 << 0,   /* two 'x' headers */
	HS_TAR_ODD_EMPTY_PAX = 1 << 1, /* an empty value for a field that the header has too */
	HS_TAR_ODD_GLOBAL = 1 << 2,    /* a 'g' header changes this entry */
	HS_TAR_ODD_TWO_NAMES = 1 << 3, /* a GNU long name and a pax path */
	HS_TAR_ODD_SIZES = 1 << 4,     /* pax size and header size, and they differ */
	HS_TAR_ODD_SIZE_ONLY = 1 << 5, /* a type without data claims a size, none follow */
	HS_TAR_ODD_DATA = 1 << 6,      /* a type without data has some */
	HS_TAR_ODD_NUMBER = 1 << 7,    /* a number field that is none: damage */
	HS_TAR_ODD_PAX = 1 << 8,       /* malformed pax records: damage */
	HS_TAR_ODD_NUL = 1 << 9,       /* a NUL inside a pax name: readers cut there or refuse */
	HS_TAR_ODD_SPARSE = 1 << 10,   /* a sparse format that is not known: damage */
	HS_TAR_ODD_VOLUME = 1 << 11,   /* the rest of a file that another volume begins */
};

enum hs_tar_sparse {
	HS_TAR_DENSE,
	HS_TAR_SPARSE_GNU,  /* typeflag 'S', map in the header and in blocks behind it */
	HS_TAR_SPARSE_STAR, /* the same in star's layout */
	HS_TAR_SPARSE_0_0,  /* pax: a record pair for each extent */
	HS_TAR_SPARSE_0_1,  /* pax: one record with the map */
	HS_TAR_SPARSE_1_0,  /* pax: the map stands before the data */
};

struct hs_tar_member {
	struct hs_span head;    /* all header blocks, from the first 'x' or 'L' on */
	struct hs_span data;    /* as stored; short where the archive is cut */
	struct hs_span padding; /* behind the data, to the end of the block */
	struct hs_span map;     /* blocks of a sparse map behind the header */
	uint64_t offset;        /* of head */
	uint64_t size;          /* of the data, as claimed */
	uint64_t real_size;     /* of the content: with holes, where it is sparse */
	struct hs_tar_header header;
	struct hs_pax_values values;         /* 'g' and 'x' headers taken together */
	struct hs_span long_name, long_link; /* of GNU 'L' and 'K' */
	enum hs_kind kind;
	enum hs_tar_sparse sparse;
	unsigned odd; /* enum hs_tar_odd */
	unsigned n_pax;
	bool cut; /* the file ends inside the data */
};

enum hs_tar_end {
	HS_TAR_END_NONE, /* the file ends behind the last member */
	HS_TAR_END_LONE, /* one zero block */
	HS_TAR_END_FULL, /* two, as POSIX wants it */
};

/* All zero but for `file` begins at its front. */
struct hs_tar_reader {
	struct hs_span file;
	uint64_t at;                  /* behind what was read */
	struct hs_pax_values globals; /* of the 'g' headers so far */
	bool head_only;               /* `file` is the head of one member: data are not missed */
	enum hs_tar_end end;          /* valid once hs_tar_next() gave 0 */
	uint32_t n_missing;           /* bytes that the padding of the last member lacks */
};

/*
 * 1 with the next member (for which a 'g' header counts too), 0 at the end
 * (r->at is behind the end marker), or HS_EFORMAT or HS_ELIMIT with r->at at
 * the block, or the first of the extension headers, that cannot be read.
 */
int hs_tar_next(struct hs_tar_member *out, struct hs_tar_reader *r, struct hs_err *err);

/* Moves r->at on, by a block at least, to a header with magic and checksum; to the end of the file
 * and false where none follows. */
bool hs_tar_resync(struct hs_tar_reader *r);

/* The name that counts; a prefix and a name are joined in the arena. */
struct hs_span hs_tar_name(struct hs_arena *a, const struct hs_tar_member *m);
/* The link target that counts. */
struct hs_span hs_tar_link(const struct hs_tar_member *m);

/* One of the header blocks of a member with its own data, taken from its head front to back. */
struct hs_tar_block_view {
	struct hs_tar_header header;
	struct hs_span data; /* of an 'x', 'g', 'L' or 'K'; empty for the main header */
	struct hs_span padding;
};
bool hs_tar_take_block(struct hs_tar_block_view *out, struct hs_span *head);

#endif
