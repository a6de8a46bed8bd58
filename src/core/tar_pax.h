/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_TAR_PAX_H
#define HS_CORE_TAR_PAX_H

#include "core/err.h"
#include "core/meta.h"
#include "core/span.h"

/*
 * The records of a pax header: "LEN KEY=VALUE\n", LEN in decimal, counting
 * all of the record. A value may hold any byte, NUL and line feed too.
 */
struct hs_pax_record {
	struct hs_span key, value;
	bool padded_len; /* LEN has a zero in front, which no known writer puts there */
};

/* Takes one record. 1, 0 at the end, or HS_EFORMAT; what was taken before stays valid. */
int hs_pax_take(struct hs_pax_record *out, struct hs_span *rest, struct hs_err *err);

/* The keys that change how an entry is read. */
enum hs_pax_key {
	HS_PAX_PATH,
	HS_PAX_LINKPATH,
	HS_PAX_SIZE,
	HS_PAX_UID,
	HS_PAX_GID,
	HS_PAX_UNAME,
	HS_PAX_GNAME,
	HS_PAX_MTIME,
	HS_PAX_ATIME,
	HS_PAX_CTIME,
	HS_PAX_BIRTHTIME,
	HS_PAX_DEVMAJOR,
	HS_PAX_DEVMINOR,
	HS_PAX_SPARSE_MAJOR,
	HS_PAX_SPARSE_MINOR,
	HS_PAX_SPARSE_NAME,
	HS_PAX_SPARSE_REALSIZE,
	HS_PAX_SPARSE_SIZE,
	HS_PAX_SPARSE_NUMBLOCKS,
	HS_PAX_SPARSE_MAP,
	HS_PAX_SPARSE_OFFSET,
	HS_PAX_SPARSE_NUMBYTES,
	HS_PAX_N_KEYS, /* any other */
};

enum hs_pax_key hs_pax_key_of(struct hs_span key);
const char *hs_pax_key_name(enum hs_pax_key key);

/* The last value of each known key; those never given are empty, and so are those given as empty.
 */
struct hs_pax_values {
	struct hs_span of[HS_PAX_N_KEYS];
	uint32_t given; /* bit 1 << key: with a value */
};

void hs_pax_set(struct hs_pax_values *v, enum hs_pax_key key, struct hs_span value);

static inline bool
hs_pax_has(const struct hs_pax_values *v, enum hs_pax_key key)
{
	return v->given >> key & 1;
}

/* A decimal number without sign; false, and *out untouched, where the text is none or too large. */
bool hs_pax_u64(uint64_t *out, struct hs_span text);
/* The same with an optional minus. */
bool hs_pax_i64(int64_t *out, struct hs_span text);

/*
 * Seconds with an optional sign and fraction. The fraction beyond nine digits
 * is cut off; *exact says whether writing *out again gives `text`.
 */
bool hs_pax_time(struct hs_time *out, bool *exact, struct hs_span text);

#endif
