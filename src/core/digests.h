/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CORE_DIGESTS_H
#define HS_CORE_DIGESTS_H

#include "core/blob.h"

/*
 * SHA-256 of bytes that stand in a file of the input, each hashed once in a
 * run: two image layouts that share their blobs by hard links, or two images
 * of one archive, hold the same bytes and not only equal ones. Any thread may
 * ask. Bytes that are no part of an input's file are nobody's business here.
 */
struct hs_digests;

struct hs_digests *hs_digests_new(void);
void hs_digests_free(struct hs_digests *d);

enum hs_digests_answer {
	HS_DIGESTS_KNOWN, /* *out is the digest */
	HS_DIGESTS_YOURS, /* hash it, and tell */
	HS_DIGESTS_BUSY, /* someone else does: ask again, with `wait` once there is no other work */
};

/* With `wait` never HS_DIGESTS_BUSY. */
enum hs_digests_answer hs_digests_ask(struct hs_sha256 *out, struct hs_digests *d,
                                      const struct hs_content *c, bool wait);

/* After HS_DIGESTS_YOURS, always: the digest, or NULL where it could not be made. */
void hs_digests_tell(struct hs_digests *d, const struct hs_content *c,
                     const struct hs_sha256 *digest);

#endif
