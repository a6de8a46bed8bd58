/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_SPOOL_H
#define HS_CORE_SPOOL_H

#include "core/blob.h"
#include "core/err.h"

/*
 * Where decompressed bytes go: unlinked files in one folder, written
 * once and then mapped, so that they cost no anonymous memory and leave
 * nothing behind however the program ends. Small pieces share a file.
 *
 * The spool is shared by all threads; a writer belongs to one.
 */
struct hs_spool;

/* `folder` must outlive the spool; NULL or "" is /tmp. Nothing is made before it is needed. */
struct hs_spool *hs_spool_new(const char *folder);

/* Blobs made from the spool may outlive it. */
void hs_spool_free(struct hs_spool *s);

/*
 * Collects a stream of unknown length and gives it as one blob:
 *
 *	struct hs_spool_writer w;
 *	hs_spool_begin(&w, spool);
 *	while (...) {
 *		room = hs_spool_room(&w, &n);  // n bytes to fill, at least 1
 *		rc = hs_spool_took(&w, filled, err);
 *	}
 *	rc = hs_spool_end(&w, &blob, err);
 *
 * hs_spool_drop() instead of hs_spool_end() gives up. After an error of
 * `took` or `end`, drop too. A full disk is HS_EIO naming the folder.
 */
enum { HS_SPOOL_BUFFER = 256 * 1024 }; /* a stream up to this shares a file */

struct hs_spool_writer {
	struct hs_spool *spool;
	uint8_t *buffer; /* of the writer's own, filled front to back and then again */
	size_t filled;
	int fd; /* -1 while all fits the buffer */
	uint64_t flushed;
};

void hs_spool_begin(struct hs_spool_writer *w, struct hs_spool *s);
uint8_t *hs_spool_room(struct hs_spool_writer *w, size_t *n);
int hs_spool_took(struct hs_spool_writer *w, size_t n, struct hs_err *err);

/* Bytes taken so far. */
uint64_t hs_spool_size(const struct hs_spool_writer *w);

/* *out is the caller's to unref. */
int hs_spool_end(struct hs_spool_writer *w, struct hs_blob **out, struct hs_err *err);
void hs_spool_drop(struct hs_spool_writer *w);

#endif
