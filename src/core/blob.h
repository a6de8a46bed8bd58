/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_BLOB_H
#define HS_CORE_BLOB_H

#include "core/err.h"
#include "core/hash.h"
#include "core/span.h"

#include <stdatomic.h>
#include <sys/stat.h>

/*
 * Bytes that stay: a mapped file, a mapped part of the spool, or memory.
 * Counted by reference, so that the members of an archive are plain spans of
 * its blob and a result keeps just those blobs alive that it may still show.
 * The bytes never change; any thread may read them and ref or unref.
 */
/* Which file of the input bytes stand in: two that are equal are the same file. No padding. */
struct hs_file_id {
	uint64_t dev, ino, size;
	int64_t mtime, mtime_nsec;
	uint64_t known; /* 0: no file of the input */
};

struct hs_blob {
	struct hs_span bytes;
	atomic_uint refs;
	void *map; /* what to unmap, or NULL */
	size_t map_len;
	void *heap;             /* what to free, or NULL */
	struct hs_blob *parent; /* kept alive by this one, or NULL */
	struct hs_file_id file; /* set by who opened it */
	bool has_sha256;        /* `sha256` is the digest of `bytes`: set by who made the blob */
	struct hs_sha256 sha256;
};

struct hs_comparator;

/* Some bytes of a blob. Holds a reference wherever it is stored. */
struct hs_content {
	struct hs_blob *blob; /* NULL: the bytes live as long as the program does (or are none) */
	struct hs_span bytes;
	struct hs_span name; /* under which it stands in its container; lives as long as that is
	                        open. Empty where it has none. */
	const struct hs_comparator *as; /* what the container knows it to be, or NULL */
};

/* One more reference; gives `b` back. NULL stays NULL. */
struct hs_blob *hs_blob_ref(struct hs_blob *b);

/* One less; the last lets the bytes go. NULL is nothing. */
void hs_blob_unref(struct hs_blob *b);

/* A blob that owns a malloc'd buffer. */
struct hs_blob *hs_blob_of_heap(void *heap, size_t len);

/* A blob that owns a mapping, of which `bytes` is the part that counts. */
struct hs_blob *hs_blob_of_map(void *map, size_t map_len, struct hs_span bytes);

/* hs_blob_map() of an input's file, which the blob then knows by its identity. */
int hs_blob_map_input(struct hs_blob **out, int fd, const struct stat *st, struct hs_err *err);

/* A blob for a part of another, which it keeps alive. */
struct hs_blob *hs_blob_part(struct hs_blob *whole, struct hs_span bytes);

/* Maps the regular file open at `fd` (which stays the caller's), `size` bytes of it. */
int hs_blob_map(struct hs_blob **out, int fd, uint64_t size, struct hs_err *err);

/* Content that shares the blob: takes a reference for the caller. */
struct hs_content hs_content_of(struct hs_blob *b, struct hs_span bytes);
/* The digest of the content's bytes; the blob's own where that is known and the content is all of
 * it. */
struct hs_sha256 hs_content_sha256(const struct hs_content *c);

void hs_content_release(struct hs_content *c);

#endif
