/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_GOLANG_GO_PAX_H
#define HS_GOLANG_GO_PAX_H

#include "golang/go_tar.h"

/* The records of an 'x' or 'g' header as Go's archive/tar reads, checks and writes them. */

/* The keys that are fields of a header, in the order of their bytes. */
enum hs_go_key {
	HS_GO_ATIME,
	HS_GO_CTIME,
	HS_GO_GID,
	HS_GO_GNAME,
	HS_GO_LINKPATH,
	HS_GO_MTIME,
	HS_GO_PATH,
	HS_GO_SIZE,
	HS_GO_UID,
	HS_GO_UNAME,
	HS_GO_N_KEYS, /* any other */
};

const char *hs_go_key_name(enum hs_go_key key);
enum hs_go_key hs_go_key_of(struct hs_span key);

/* "GNU.sparse.": keys that are read and never written for an entry. */
bool hs_go_key_is_sparse(struct hs_span key);
/* "SCHILY.xattr.". */
bool hs_go_key_is_xattr(struct hs_span key);

/*
 * All records of a header's data, sorted by key, of those with one key the
 * last; the pairs of GNU's sparse format 0.0 become one record with the map.
 * False where Go gives ErrHeader. Keys and values are spans of `data`, but for
 * such a map.
 */
bool hs_go_records_parse(struct hs_go_header *out, struct hs_arena *a, struct hs_span data);

/* The value under that key; empty where there is none. */
struct hs_span hs_go_record_value(const struct hs_go_header *h, const char *key);

/* What the header takes from its records. False where a number or time is none. */
bool hs_go_records_apply(struct hs_go_header *h);

/* Whether Go would write the record; NUL is allowed only in values of what is no text field. */
bool hs_go_record_is_valid(const struct hs_go_record *r);

/* The length of "LEN key=value\n". */
size_t hs_go_record_size(const struct hs_go_record *r);
/* Writes it; gives the place behind it. */
uint8_t *hs_go_record_put(uint8_t *at, const struct hs_go_record *r);

#endif
